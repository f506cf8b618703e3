// Events of a programme system: stages in their order, devices that are reserved for them, leave them or have an outcome, and
// times in which a device is away (Oracle functional overview, DR event journey).

import { find, textAt } from '../find.ts'
import type { Node } from '../xml.ts'
import { idOf } from './drafts.ts'
import {
  all,
  devicesOf,
  inState,
  isOverlapping,
  one,
  participationsOf,
  placed,
  saying,
  stageIn,
  stageOf,
  statusOf,
  withChild,
  withParticipation,
  withStages,
} from './program-content.ts'
import type { Kept } from './program-content.ts'
import { known } from './program-enrolling.ts'
import { refused } from './program-rules.ts'
import type { Deed, Guard } from './program-rules.ts'

const [EVENTS, PARTICIPATIONS] = ['ProgramEvents', 'EventParticipations']
const stateOf = (it: Node | undefined) => textAt(it, 'status/value') ?? ''

/** Completed, and not in progress before. */
export const early: Guard = (kept, object) => {
  const event = known(kept, EVENTS, object)
  const isEarly = find(object, 'stages').some(
    (it) => stateOf(it) === 'COMPLETED' && stateOf(stageOf(event, idOf(it))) === 'SCHEDULED',
  )
  return isEarly
    ? refused('STG-ORDER', 'A stage is in progress before it is completed.')
    : undefined
}

/** Over, and to begin again. */
export const backward: Guard = (kept, object) => {
  const event = known(kept, EVENTS, object)
  const isBack = find(object, 'stages').some((it) => {
    const was = stateOf(stageOf(event, idOf(it)))
    return ['COMPLETED', 'CANCELED'].includes(was) && stateOf(it) !== was
  })
  return isBack ? refused('STG-OVER', 'The stage is over.') : undefined
}

/** Stages come to what is said of them. */
export const moved: Deed = (kept, object) => {
  const event = known(kept, EVENTS, object)
  const told = (it: Node) => find(stageOf(object, idOf(it)) ?? it, 'status')[0]
  return placed(
    kept,
    EVENTS,
    withStages(event, (it) => withChild(it, 'status', told(it))),
  )
}

/** A stage of the event has begun, by the clock or by what was said. */
export const begun: Guard = (kept, object, { now }) =>
  find(known(kept, EVENTS, object), 'stages').some((it) => hasBegun(it, now))
    ? refused('STG-LATE', 'A stage has begun.')
    : undefined

/** By the clock, or by what was said. */
export function hasBegun(stage: Node | undefined, now: string): boolean {
  const isDue = Date.parse(textAt(stage, 'interval/start') ?? '') <= Date.parse(now)
  return isDue || stateOf(stage) !== 'SCHEDULED'
}

/** All of it, and what was reserved for it. */
export const cancelled: Deed = (kept, object) => releasedOf(stagesCancelled(kept, object), object)

/** @param isMeant which of its stages are cancelled */
export function stagesCancelled(
  kept: Kept,
  object: Node,
  isMeant: (stage: Node, at: number) => boolean = () => true,
): Kept {
  const event = known(kept, EVENTS, object)
  const meant = find(event, 'stages').filter(isMeant).map(idOf)
  const is = withStages(event, (it) => (meant.includes(idOf(it)) ? statusOf(it, 'CANCELED') : it))
  return placed(kept, EVENTS, is)
}

/** Everything that was reserved for an event. */
export function releasedOf(kept: Kept, event: Node): Kept {
  return all(kept, PARTICIPATIONS)
    .filter((it) => textAt(it, 'ProgramEvent/mRID') === idOf(event))
    .filter((it) => textAt(it, 'state') === 'RESERVED')
    .reduce((done, it) => withParticipation(done, inState(it, 'RELEASED')), kept)
}

/** For a stage that nobody has planned. */
export const unplanned: Guard = (kept, object) =>
  stageIn(kept, object) === undefined
    ? { code: '99.1', reason: 'There is no such stage.' }
    : undefined

function subscriptionOf(kept: Kept, participation: Node): Node | undefined {
  const device = textAt(participation, 'EndDevice/mRID') ?? ''
  return all(kept, 'ProgramSubscriptions').find((it) => devicesOf(it).has(device))
}

/** A device that takes part in nothing. */
export const strange: Guard = (kept, object) =>
  subscriptionOf(kept, object) === undefined
    ? refused('RSV-INACT', 'The device takes part in no programme.', '99.1')
    : undefined

/** A device that takes part no longer. */
export const inactive: Guard = (kept, object) =>
  stateOf(subscriptionOf(kept, object)) === 'INACTIVE'
    ? refused('RSV-INACT', 'Its subscription is not active.')
    : undefined

/** A device that nobody has acknowledged to take part. */
export const pending: Guard = (kept, object) => {
  const its = subscriptionOf(kept, object)
  const isPending = stateOf(its) === 'ACTIVE' && textAt(its, 'syncState') === 'pending'
  return isPending ? refused('RSV-INACT', 'Its subscription is not acknowledged.') : undefined
}

const isOpen = (it: Node) => ['RESERVED', 'CALLED'].includes(textAt(it, 'state') ?? '')
const isInSame = (it: Node, other: Node) => textAt(it, 'stage/mRID') === textAt(other, 'stage/mRID')

/** A device that is in the stage already. */
export const again: Guard = (kept, object) =>
  participationsOf(kept, object).some((it) => isOpen(it) && isInSame(it, object))
    ? refused('DEV-DUP', 'The device is in the stage already.')
    : undefined

/** A device that is in another stage at that time. */
export const overlapping: Guard = (kept, object) => {
  const [own] = find(stageIn(kept, object), 'interval')
  const isElsewhere = participationsOf(kept, object).some(
    (it) =>
      isOpen(it) &&
      !isInSame(it, object) &&
      isOverlapping(own, find(stageIn(kept, it), 'interval')[0]),
  )
  return isElsewhere ? refused('RSV-OVERLAP', 'The device is in another stage then.') : undefined
}

/** A device that is away at that time. @param meets half-open, as intervals are */
export function away(meets = isOverlapping): Guard {
  return (kept, object) => {
    const device = textAt(object, 'EndDevice/mRID') ?? ''
    const [own] = find(stageIn(kept, object), 'interval')
    const isAway = all(kept, 'DeviceUnavailabilities').some(
      (it) => devicesOf(it).has(device) && meets(find(it, 'period')[0], own),
    )
    return isAway ? refused('RSV-UNAV', 'The device is unavailable then.') : undefined
  }
}

/** For its stage. */
export const reserved: Deed = (kept, object) => withParticipation(kept, inState(object, 'RESERVED'))

/** As it is told. */
export const told: Deed = (kept, object) => withParticipation(kept, object)

const hasOutcome = (it: Node) => textAt(it, 'outcome') !== undefined
const knownTo = (kept: Kept, it: Node) => one(kept, PARTICIPATIONS, idOf(it))

/** Of a device that nobody has reserved. */
export const unreserved: Guard = (kept, object) => {
  if (knownTo(kept, object) !== undefined) return undefined
  if (!hasOutcome(object)) return { code: '99.1', reason: 'There is no such participation.' }
  return refused('OUT-UNRES', 'The device was never reserved for the stage.', '2.29')
}

/** A success of who has opted out. */
export const optedOut: Guard = (kept, object) => {
  const isOut = textAt(knownTo(kept, object), 'state') === 'OPTED_OUT'
  return isOut && textAt(object, 'outcome') === 'success'
    ? refused('OUT-OPT', 'The customer has opted out.')
    : undefined
}

/** An outcome of what is not over. */
export const open: Guard = (kept, object) => {
  const stage = stageIn(kept, knownTo(kept, object) ?? object)
  return hasOutcome(object) && stateOf(stage) === 'IN_PROGRESS'
    ? refused('OUT-STATE', 'The stage is not completed.')
    : undefined
}

/** An opt-out of what has begun; who has opted out already has done so in time. */
export const late: Guard = (kept, object, { now }) => {
  const its = knownTo(kept, object)
  const isOut = textAt(its, 'state') === 'OPTED_OUT'
  return !hasOutcome(object) && !isOut && hasBegun(stageIn(kept, its ?? object), now)
    ? refused('OPT-LATE', 'The stage has begun.')
    : undefined
}

/** The programme that a participation is in. */
function programIn(kept: Kept, participation: Node): Node | undefined {
  const event = one(kept, EVENTS, textAt(participation, 'ProgramEvent/mRID'))
  return one(kept, 'Programs', textAt(event, 'DemandResponseProgram/mRID'))
}

/** An opt-out of a programme in which there is none. */
export const barred: Guard = (kept, object) => {
  const its = knownTo(kept, object) ?? object
  return !hasOutcome(object) && textAt(programIn(kept, its), 'allowOptOut') === 'false'
    ? refused('OPT-OFF', 'The programme does not let customers opt out.')
    : undefined
}

/** An opt-out behind the cut-off of its programme; nobody opts out twice. */
export const cutOff: Guard = (kept, object, { now }) => {
  const its = knownTo(kept, object) ?? object
  const before = hoursIn(textAt(programIn(kept, its), 'optOutCutoff')) * 3_600_000
  const latest = Date.parse(textAt(stageIn(kept, its), 'interval/start') ?? '') - before
  const isOut = textAt(its, 'state') === 'OPTED_OUT'
  return !hasOutcome(object) && !isOut && before > 0 && latest <= Date.parse(now)
    ? refused('OPT-LATE', 'The programme has cut off opt-outs.')
    : undefined
}

/** Of a duration in whole hours, as cases write them. */
function hoursIn(duration = ''): number {
  return Number(/^PT(\d+)H$/.exec(duration)?.[1] ?? 0)
}

/** Closed by its outcome, or left by its customer. */
export const participated: Deed = (kept, object) => {
  const its = known(kept, PARTICIPATIONS, object)
  const outcome = textAt(object, 'outcome')
  if (outcome === undefined) return withParticipation(kept, inState(its, 'OPTED_OUT'))
  const [why] = find(object, 'errorMessage')
  const told = withChild(saying(its, 'outcome', outcome), 'errorMessage', why)
  return withParticipation(kept, inState(told, 'CLOSED'))
}

/** What is reserved for the devices of an unavailability in its period. */
export function reservedThen(kept: Kept, unavailability: Node): readonly Node[] {
  const devices = devicesOf(unavailability)
  return all(kept, PARTICIPATIONS).filter(
    (it) =>
      isOpen(it) &&
      devices.has(textAt(it, 'EndDevice/mRID') ?? '') &&
      isOverlapping(find(unavailability, 'period')[0], find(stageIn(kept, it), 'interval')[0]),
  )
}
