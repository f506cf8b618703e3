// What happens at a device, as its DERMS tells of it. An issue leads to a service order (SO-03).

import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { withCrew } from './crew.ts'
import { defineFlow } from './flow.ts'
import type { Placed } from './flow.ts'
import type { Making } from './next.ts'
import { devicesOf, eventClaims, isFirst, isThirdPartys, issueText } from './issue.ts'
import { RECORDED, REPORT_VERBS } from './record.ts'
import { registrationsOf } from './registered.ts'

export default defineFlow({
  ...RECORDED,
  id: 'device-issue',
  noun: 'EndDeviceEvents',
  objectType: 'EndDeviceEvent',
  verbs: [...REPORT_VERBS, 'get'],
  pattern: 'EV',
  about: 'tell of an issue at a device; it leads to one service order',
  source: 'SO-03, EPRI 3002014619 §5.5',
  claims: { inState: eventClaims },
  next: [
    {
      when: 'a DERMS has detected an issue at a device of the DSO',
      source: 'SO-03',
      from: 'dso-cs',
      verb: 'create',
      noun: 'ServiceOrders',
      refers: (it) => devicesOf(it).flatMap(registrationsOf),
      objects: ordersFor,
      finished: (order, _event, making) => withCrew(order, undefined, WANTED, making),
    },
  ],
})

const WANTED = 'set flows.device-issue.crewETA in the configuration'

/** Nothing is ordered where no device is named, and nothing behind a third party's own network. */
function ordersFor(
  before: Placed | undefined,
  { object }: Placed,
  making: Making,
): readonly JsonObject[] {
  const isNews = before === undefined && isFirst(object, making.find)
  const id = member(object, 'mRID')
  if (!isNews || typeof id !== 'string' || isThirdPartys(object, making.find)) return []
  const statusKind = 'waitingToBeScheduled'
  const task = {
    statusKind,
    subject: issueText(object),
    taskKind: 'investigate',
  }
  const work = {
    mRID: making.newId(),
    kind: 'repair',
    lastModifiedDateTime: making.now,
    requestDateTime: making.now,
    statusKind,
    WorkTasks: [task],
  }
  const Names = [{ name: id, NameType: { name: 'EndDeviceEvent' } }]
  return [{ mRID: making.newId(), Names, Work: [work] }]
}
