// What becomes of the devices in a stage: called when it starts, released when it is cancelled, missing when no outcome has
// come in time; and what a stage loses with each device that leaves it before.

import { member, numberOf, numberText } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { decimalText, shifted, sumOf } from './decimal.ts'
import { statusOf } from './document-status.ts'
import type { Around, Move } from './flow.ts'
import { boundsOf } from './interval.ts'
import { isOpen } from './participation-refs.ts'
import { participationState } from './participation-state.ts'
import { keysOf } from './reference.ts'
import type { FindAll, Search } from './search.ts'
import { eventOf, stageIn, underStage } from './stage-ref.ts'
import { stageChanges, stagesOf } from './stages.ts'
import type { Turns } from './turns.ts'
import { exactQuantity } from './unit.ts'

const NOUN = 'EventParticipations'

/** Steps of a stage that its devices take along. */
const TAKING = ['start', 'cancel', 'stop']

/** The devices of the stages that a change is about; of an event that is to go those of all of them. */
export function eventSearches(
  before: JsonObject | undefined,
  after: JsonObject,
  isGoing: boolean,
): readonly Search[] {
  if (before === undefined) return []
  if (isGoing) return stagesOf(before).flatMap(devicesIn)
  return stageChanges(before, after, true)
    .filter(({ trigger }) => TAKING.includes(trigger))
    .flatMap(({ is }) => devicesIn(is))
}

/** Everything of a stage that is open. */
function devicesIn(stage: JsonObject): readonly Search[] {
  const keys = keysOf(stage)
  return underStage(stage).map((under) => ({
    noun: NOUN,
    under,
    has: (it) => isOpen(it) && keysOf(member(it, 'stage')).some((key) => keys.includes(key)),
  }))
}

/** Each once, whatever it is found under. */
function found(stage: JsonObject, all: FindAll): readonly JsonObject[] {
  const objects = devicesIn(stage).flatMap((it) => all(it).map(({ object }) => object))
  return [...new Map(objects.map((it) => [member(it, 'mRID'), it])).values()]
}

/** Called, or released; all of them or none. */
export function eventMoves(
  before: JsonObject | undefined,
  after: JsonObject,
  all: FindAll,
): readonly Move[] {
  if (before === undefined) return []
  return stageChanges(before, after, true)
    .filter(({ trigger }) => TAKING.includes(trigger))
    .flatMap(({ is, trigger }) =>
      trigger === 'start' ? steps(is, all, ['RESERVED'], 'call') : releases(is, all),
    )
}

/** Everything that is open is released. */
export function releases(stage: JsonObject, all: FindAll): readonly Move[] {
  return steps(stage, all, ['RESERVED', 'CALLED'], 'eventCancelled')
}

/** @param states those of the devices that take the step */
function steps(
  stage: JsonObject,
  all: FindAll,
  states: readonly string[],
  trigger: string,
): readonly Move[] {
  return found(stage, all)
    .filter((it) => states.includes(participationState(it) ?? ''))
    .map((it) => ({ noun: NOUN, object: { mRID: member(it, 'mRID') ?? '' }, trigger }))
}

/** What has had no outcome when it was due is missing. @param within milliseconds from the end of a stage */
export function outcomeTurns(within: number): Turns {
  const dueAt = (stage: JsonObject) => {
    const since = member(member(stage, 'status'), 'dateTime')
    return statusOf(stage) === 'COMPLETED' ? boundsOf({ start: since ?? '' })[0] + within : NaN
  }
  const due = (event: JsonObject, at: number) => stagesOf(event).filter((it) => dueAt(it) <= at)
  return {
    times: ({ object }) => stagesOf(object).map(dueAt).filter(Number.isFinite),
    searches: (event, at) => due(event, at).flatMap(devicesIn),
    moves: ({ object }, at, all) =>
      due(object, at).flatMap((it) => steps(it, all, ['CALLED'], 'overdue')),
  }
}

/** Stages that are not over lose what they expected of the devices that leave them: one step for each event. */
export function losses(leaving: readonly JsonObject[], find: Around['find']): readonly Move[] {
  const events = new Map<string, JsonObject[]>()
  for (const it of leaving) {
    const event = eventOf(member(it, 'stage'), member(it, 'ProgramEvent'), find)?.object
    const stage = event === undefined ? undefined : stageIn(event, member(it, 'stage'))
    const id = member(event, 'mRID')
    if (typeof id !== 'string' || statusOf(stage) !== 'SCHEDULED') continue
    events.set(id, [...(events.get(id) ?? []), it])
  }
  return [...events].map(([mRID, own]) => ({
    noun: 'ProgramEvents',
    object: { mRID },
    trigger: 'change',
    change: (event) => ({
      ...event,
      stages: stagesOf(event).map((stage) =>
        own.filter((it) => isIn(stage, it)).reduce(withoutOne, stage),
      ),
    }),
    optional: true,
  }))
}

function isIn(stage: JsonObject, participation: JsonObject): boolean {
  const keys = keysOf(member(participation, 'stage'))
  return keysOf(stage).some((it) => keys.includes(it))
}

/** One device less, and what was expected of it where that is known. */
function withoutOne(stage: JsonObject, participation: JsonObject): JsonObject {
  const lost = member(stage, 'lostDevices')
  const count = Number(numberText(lost) ?? lost ?? 0) + 1
  const reduction = lostReduction(stage, participation)
  return {
    ...stage,
    lostDevices: count,
    ...(reduction === undefined ? {} : { lostReduction: reduction }),
  }
}

function lostReduction(stage: JsonObject, participation: JsonObject): JsonObject | undefined {
  const expected = member(participation, 'expectedReduction')
  if (expected === undefined) return undefined
  const sum = sumOf([expected, member(stage, 'lostReduction')].map(exactQuantity))
  return { multiplier: 'k', unit: 'W', value: numberOf(decimalText(shifted(sum, -3))) }
}
