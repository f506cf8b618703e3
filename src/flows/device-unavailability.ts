// Times in which a customer's devices are not to be called: planned ahead, begun and over by the clock, and half open, so that
// a stage that starts at the end is not touched. What is reserved at that time is listed, and released where that is the policy.

import { UNAVAILABILITY } from '../lifecycles/unavailability.ts'
import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { aboutDevice, deviceText } from './device.ts'
import { STATUS, asking, statusOf } from './document-status.ts'
import { losses } from './event-moves.ts'
import { defineFlow } from './flow.ts'
import type { Around, Breach, Move, Placed, Reference } from './flow.ts'
import { backwardBreaches, boundsOf } from './interval.ts'
import { named } from './notice.ts'
import { meansDevice, subscriptionReferences } from './participant.ts'
import { allowsUnavailability, programOf, programReferences } from './program-terms.ts'
import { REPORT_VERBS } from './record.ts'
import { keysOf, listOf } from './reference.ts'
import { only } from './role.ts'
import type { Saying } from './saying.ts'
import type { FindAll } from './search.ts'
import { eventReferences } from './stage-ref.ts'
import { isExcluded } from './subscription-sync.ts'
import { awayClaims, awayDevices, reservedIn, reservedSearches } from './unavailable.ts'

const OPEN = ['planned', 'active']

export default defineFlow({
  id: 'device-unavailability',
  noun: 'DeviceUnavailabilities',
  objectType: 'DeviceUnavailability',
  verbs: [...REPORT_VERBS, 'get', 'cancel', 'canceled', 'close', 'closed'],
  pattern: 'RR',
  about: 'say when devices are not to be called',
  source: 'UN-01, G-AC30',
  lifecycle: UNAVAILABILITY,
  by: only('cpm', 'dso-cs', 'customer'),
  trigger,
  status: STATUS,
  claims: { inState: awayClaims },
  leadsTo,
  searches: (before, after) => (isTimely(before, after) ? reservedSearches(after) : []),
  invariants: (after, _around, before) =>
    backwardBreaches('UNAV-PERIOD', ['period'], after, before?.object),
  rules,
  frozen: {
    rule: 'UNAV-FROZEN',
    freezes: [
      { members: ['EndDevices', 'ProgramSubscription'] },
      {
        members: [{ name: 'period.start', of: (it) => member(member(it, 'period'), 'start') }],
        in: ['active'],
      },
    ],
  },
  says: (it, state, around) => (OPEN.includes(state) ? reservedThen(it, around) : undefined),
  // G-AC30: late is better than never, but somebody has to know.
  answerBy: (after, _before, _find, now) => {
    const [start] = boundsOf(member(after, 'period'))
    return start > Date.parse(now) ? start : undefined
  },
  asks: { cancel: asking('cancelled'), close: asking('ended') },
  turns: {
    times: ({ state, object }) =>
      OPEN.includes(state) ? [...boundsOf(member(object, 'period'))] : [],
    moves: turned,
  },
  policies: { releaseReservations: { moves: released } },
})

function trigger(before: JsonObject | undefined, after: JsonObject | undefined): string {
  if (after === undefined) return 'delete'
  const [was, is] = [statusOf(before), statusOf(after)]
  if (before === undefined) return TRIGGERS[is ?? 'planned'] ?? 'create'
  return was === is || is === undefined ? 'change' : (TRIGGERS[is] ?? 'change')
}

const TRIGGERS: Readonly<Record<string, string>> = {
  planned: 'create',
  active: 'begin',
  ended: 'close',
  cancelled: 'cancel',
}

/** Of what is new, and of what gets another time, it is asked what is reserved. */
function isTimely(before: JsonObject | undefined, after: JsonObject): boolean {
  const [was, is] = [before, after].map((it) => boundsOf(member(it, 'period')).join())
  return before === undefined || (was !== is && OPEN.includes(statusOf(after) ?? ''))
}

/** Subscriptions, from there the programmes; and the events of what is reserved. */
function leadsTo(it: JsonObject, find: Around['find'], all: FindAll): readonly Reference[] {
  const subscriptions = subscriptionsOf(it)
  const programs = subscriptions.flatMap((one) => {
    const object = find(one)?.object
    return object === undefined ? [] : programReferences(member(object, 'DemandResponseProgram'))
  })
  const events = reservedIn(it, all).flatMap((one) =>
    eventReferences(member(one, 'stage'), member(one, 'ProgramEvent')),
  )
  return [...subscriptions, ...programs, ...events]
}

function subscriptionsOf(it: JsonObject): readonly Reference[] {
  const named = member(it, 'ProgramSubscription')
  return awayDevices(it).flatMap((device) => subscriptionReferences(device, named))
}

function rules(
  after: JsonObject,
  { find, now }: Around,
  before: Placed | undefined,
): readonly Breach[] {
  if (before !== undefined && boundsOf(member(after, 'period'))[1] > Date.parse(now)) return []
  const programs = subscriptionsOf(after).flatMap((it) => {
    const object = find(it)?.object
    return object === undefined
      ? []
      : (programOf(member(object, 'DemandResponseProgram'), find) ?? [])
  })
  const strange = before === undefined ? strangeDevices(after, find) : []
  const off = programs.find(({ object }) => !allowsUnavailability(object))
  const [, end] = boundsOf(member(after, 'period'))
  const isAsked = before === undefined || statusOf(after) === before.state
  return [
    ...strange,
    ...(off === undefined || before !== undefined ? [] : [offBreach(off.object)]),
    ...(isAsked && end <= Date.parse(now) ? [PAST] : []),
  ]
}

/** Whoever names the subscription means devices that take part by it. */
function strangeDevices(it: JsonObject, find: Around['find']): readonly Breach[] {
  const named = member(it, 'ProgramSubscription')
  const subscription =
    named === undefined ? undefined : find({ noun: 'ProgramSubscriptions', object: named })?.object
  if (subscription === undefined) return []
  const own = listOf(subscription, 'EndDevices').filter((one) => !isExcluded(one))
  const [id = ''] = keysOf(named)
  return awayDevices(it)
    .filter((device) => !own.some(meansDevice(device)))
    .map((device) => ({
      ...{ rule: 'UNAV-DEVICE', code: '6.1', about: aboutDevice(device) },
      reason: `The device ${deviceText(device)} is none of those that take part by the subscription ${id}.`,
    }))
}

function offBreach(program: JsonObject): Breach {
  const [name = ''] = keysOf(program)
  const reason = `The programme ${name} does not let customers say when devices are not to be called.`
  return { rule: 'UNAV-OFF', code: '6.1', reason }
}

const PAST: Breach = { rule: 'UNAV-PAST', code: '6.1', reason: 'The period is over already.' }

/** By the policy: what is reserved then is released, and lost to its stage. */
function released(
  before: JsonObject | undefined,
  after: JsonObject,
  find: Around['find'],
  all: FindAll,
): readonly Move[] {
  if (!isTimely(before, after)) return []
  const leaving = reservedIn(after, all)
  return [
    ...leaving.map((it) => ({
      noun: 'EventParticipations',
      object: named(it),
      trigger: 'unavailable',
    })),
    ...losses(leaving, find),
  ]
}

/** Everything that is reserved then, and what was until now. */
function reservedThen(it: JsonObject, around: Around | undefined): Saying | undefined {
  const reserved = around?.all === undefined ? [] : reservedIn(it, around.all)
  const listed = reserved.slice(0, MOST_LISTED).map((one) => String(member(one, 'mRID')))
  const more = reserved.length > MOST_LISTED ? ` and ${reserved.length - MOST_LISTED} more` : ''
  if (listed.length === 0) return undefined
  return {
    code: '0.0',
    reason: `Reserved at that time: EventParticipation ${listed.join(', ')}${more}.`,
  }
}

/** more would be no sentence */
const MOST_LISTED = 20

/** Begun at its start, over at its end. */
function turned(
  { noun, object }: { noun: string; object: JsonObject },
  at: number,
): readonly Move[] {
  const [start] = boundsOf(member(object, 'period'))
  const trigger = at === start ? 'begin' : 'close'
  return [{ noun, object: named(object), trigger, optional: true }]
}
