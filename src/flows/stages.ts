// The stages of a programme event: each lives by SM-STG and says so itself; the event is where they together are.

import { step } from '../lifecycles/lifecycle.ts'
import type { Stepped } from '../lifecycles/lifecycle.ts'
import { STAGE } from '../lifecycles/stage.ts'
import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { STATUS, asking, statusOf } from './document-status.ts'
import type { Placed } from './flow.ts'
import type { Items } from './frozen.ts'
import { keysOf, listOf, sameIdentity } from './reference.ts'

/** A state of a stage, and of an event. */
export type StageState = 'SCHEDULED' | 'IN_PROGRESS' | 'COMPLETED' | 'CANCELED'

/** The stages of an event. */
export function stagesOf(event: JsonObject | undefined): readonly JsonObject[] {
  return listOf(event, 'stages')
}

/** Each stage by its own status. */
export const STAGE_ITEMS = {
  list: 'stages',
  all: stagesOf,
  stateOf: statusOf,
  same: sameStage,
} as const satisfies Items

/** By mRID where it has one, else by a name, else by its place. */
export function sameStage(
  stage: JsonObject,
  at: number,
  old: readonly JsonObject[],
): JsonObject | undefined {
  return keysOf(stage).length === 0 ? old[at] : old.find((it) => sameIdentity(it, stage))
}

/** A stage as it was and as it is to be. */
export interface StageChange {
  readonly was: JsonObject | undefined
  readonly is: JsonObject
  /** of SM-STG */
  readonly trigger: string
}

/** What becomes of each stage, those that stay as they are among them. @param stops what has begun may be cancelled, too */
export function stageChanges(
  before: JsonObject | undefined,
  after: JsonObject,
  stops = false,
): readonly StageChange[] {
  const old = stagesOf(before)
  return stagesOf(after).map((is, at) => {
    const was = sameStage(is, at, old)
    return { was, is, trigger: stageTrigger(statusOf(was) ?? '', statusOf(is) ?? '', stops) }
  })
}

/** The trigger by which a stage comes from one state to another. @param from empty for a stage that is new */
export function stageTrigger(from: string, to: string, stops = false): string {
  if (from === to) return 'change'
  if (stops && from === 'IN_PROGRESS' && to === 'CANCELED') return 'stop'
  return TRIGGERS[to] ?? 'schedule'
}

const TRIGGERS: Readonly<Record<string, string>> = {
  SCHEDULED: 'schedule',
  IN_PROGRESS: 'start',
  COMPLETED: 'complete',
  CANCELED: 'cancel',
}

/** Steps each stage by its own row; one that cannot be taken keeps all from being taken. */
export function steppedStages(stops: boolean) {
  return (before: Placed | undefined, after: JsonObject): Stepped => {
    for (const { was, trigger } of stageChanges(before?.object, after, stops)) {
      const stepped = step(STAGE, statusOf(was) ?? '', trigger)
      if ('refusal' in stepped) return stepped
    }
    return { to: eventState(after) }
  }
}

/** The steps of all stages together, each once. */
export function stepsTaken(
  before: JsonObject | undefined,
  after: JsonObject | undefined,
): readonly string[] {
  if (after === undefined) return ['delete']
  const all = stageChanges(before, after).map((it) => it.trigger)
  const steps = [
    ...new Set(all.length === 0 ? [before === undefined ? 'schedule' : 'change'] : all),
  ]
  return steps.length > 1 ? steps.filter((it) => it !== 'change') : steps
}

/** Where an event is by its stages. */
export function eventState(event: JsonObject): StageState {
  const states = stagesOf(event).map(statusOf)
  const all = (...wanted: readonly string[]) => states.every((it) => wanted.includes(it ?? ''))
  if (states.length === 0) return 'SCHEDULED'
  if (all('CANCELED')) return 'CANCELED'
  if (states.includes('IN_PROGRESS')) return 'IN_PROGRESS'
  return all('CANCELED', 'COMPLETED') ? 'COMPLETED' : 'SCHEDULED'
}

/** The event with the state that follows from its stages, and each stage with the time since when it is in its own. */
export function writtenEvent(
  event: JsonObject,
  state: string,
  now: string,
  was?: JsonObject,
): JsonObject {
  const old = stagesOf(was)
  const stages = stagesOf(event).map((it, at) => {
    const before = sameStage(it, at, old)
    const state = statusOf(it)
    return before === undefined || state === undefined ? it : STATUS.written(it, state, now, before)
  })
  const own = stages.length === 0 ? event : { ...event, stages }
  return STATUS.written(own, stages.length === 0 ? state : eventState(own), now, was)
}

/** The event as one of a single stage for each, under the ids of that; what it says of no stage is said of all. */
export function stagesApart(
  asked: JsonObject,
  known: JsonObject | undefined,
  isOpen = false,
): readonly JsonObject[] {
  const own = stagesOf(asked)
  const all = own.length > 0 ? own : stagesOf(known).map(identityOnly)
  const { mRID: _id, Names: _names, stages: _stages, status: _status, ...event } = asked
  return all
    .filter((it) => !isOpen || !isStageOver(it))
    .map((stage) => {
      const status = member(stage, 'status')
      const said = own.length > 0 ? { stages: [stage] } : {}
      return {
        ...identityOnly(stage),
        ...event,
        ...said,
        ...(status === undefined ? {} : { status }),
      }
    })
}

/** The event with those of its stages cancelled that were taken where others were not. */
export function stagesUndone(event: JsonObject, isMade: (at: number) => boolean): JsonObject {
  const status = { value: 'CANCELED', reason: 'Another stage of its event has not been taken.' }
  const stages = stagesOf(event).filter((_it, at) => isMade(at))
  return { ...identityOnly(event), stages: stages.map((it) => ({ ...identityOnly(it), status })) }
}

function identityOnly(stage: JsonObject): JsonObject {
  const { mRID, Names } = stage
  return { ...(mRID === undefined ? {} : { mRID }), ...(Names === undefined ? {} : { Names }) }
}

/** The event with every stage that is not over asked to be in a state. */
export function askingStages(state: StageState): (event: JsonObject) => JsonObject {
  const asked = asking(state)
  return (event) => ({
    ...event,
    stages: stagesOf(event).map((it) => (isStageOver(it) ? it : asked(it))),
  })
}

/** True for a stage that is completed or cancelled. */
export function isStageOver(stage: JsonObject): boolean {
  return ['COMPLETED', 'CANCELED'].includes(statusOf(stage) ?? '')
}
