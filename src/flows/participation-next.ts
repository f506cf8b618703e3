// What has to be sent when a device in a stage has changed: a notice to its customer that it is reserved, or that the event does
// not take place (EV-05), and the word to whoever calls devices that a customer has opted out (OO-02).

import { isObject, member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { deviceText } from './device.ts'
import { statusOf } from './document-status.ts'
import type { Around, Placed, Reference } from './flow.ts'
import type { Following, Making } from './next.ts'
import { NOTICE, customerAt, noticeTo } from './notice.ts'
import { subscriptionOf, subscriptionReferences } from './participant.ts'
import { stageOf } from './participation-refs.ts'
import { eventReferences } from './stage-ref.ts'

/** In the order in which they are sent. */
export const PARTICIPATION_NEXT: readonly Following[] = [
  {
    ...{ ...NOTICE, from: 'cpm', when: 'a device is reserved', source: 'EV-05' },
    dueIn: ['RESERVED', 'CALLED'],
    refers,
    objects: (before, after, making) =>
      after.state === 'RESERVED' && before === undefined
        ? notice(after, 'deviceReserved', 'is reserved for an event', making)
        : [],
  },
  {
    ...{ ...NOTICE, from: 'cpm', when: 'an event is cancelled', source: 'EV-05' },
    dueIn: ['RELEASED', 'CLOSED'],
    refers,
    objects: (before, after, making) =>
      isReleased(before, after) && isCancelled(after, making)
        ? notice(after, 'eventCancelled', 'is not called: the event is cancelled', making)
        : [],
  },
  {
    ...{ when: 'a customer has opted out', source: 'OO-02', from: 'derms' },
    ...{ verb: 'changed', noun: 'EventParticipations', isDoneHere: true, dueIn: ['OPTED_OUT'] },
    objects: (before, after) =>
      after.state === 'OPTED_OUT' && before?.state !== 'OPTED_OUT' ? [after.object] : [],
  },
]

/** The subscription, its customer, and the stage. */
function refers(it: JsonObject, find: Around['find']): readonly Reference[] {
  const device = member(it, 'EndDevice')
  const customer = customerOf(it, find)
  return [
    ...subscriptionReferences(device, member(it, 'ProgramSubscription')),
    ...(customer === undefined ? [] : [customerAt(customer)]),
    ...eventReferences(member(it, 'stage'), member(it, 'ProgramEvent')),
  ]
}

function customerOf(it: JsonObject, find: Around['find']): JsonObject | undefined {
  const subscription = subscriptionOf(it, member(it, 'EndDevice'), find)?.object
  const customer = member(subscription, 'Customer')
  return isObject(customer) ? customer : undefined
}

/** Whoever has not been told of a reservation need not be told that it is none. */
function isReleased(before: Placed | undefined, after: Placed): boolean {
  return before !== undefined && before.state !== 'RELEASED' && after.state === 'RELEASED'
}

function isCancelled({ object }: Placed, { find }: Making): boolean {
  return statusOf(stageOf(object, find)?.stage) === 'CANCELED'
}

/** Of whom nobody knows whose it is nobody is told. */
function notice(
  { object }: Placed,
  trigger: string,
  what: string,
  making: Making,
): readonly JsonObject[] {
  const customer = customerOf(object, making.find)
  if (customer === undefined) return []
  const [start, end] = ['start', 'end'].map((it) => member(member(object, 'reservation'), it))
  const text = `Your device ${deviceText(member(object, 'EndDevice'))} ${what} (${start} to ${end}).`
  const about = { trigger, about: object, objectType: 'EventParticipation', text }
  return [noticeTo(customer, about, making)]
}
