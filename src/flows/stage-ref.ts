// How a stage is found by whoever names it: each id of a stage is its own over all events, so that an event is found by any of
// its stages, and all that belongs to a stage under each of its ids.

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Around, Claim, Placed, Reference } from './flow.ts'
import { contentText } from './frozen.ts'
import { keysOf, listOf } from './reference.ts'
import { sameStage, stagesOf } from './stages.ts'

/** Rule of the claim of an event to the ids of its stages. */
const STAGE_OF = 'STG-DUP'

/** Where the event of a stage may be. @param event the event itself, where it is named too */
export function eventReferences(
  stage: Json | undefined,
  event: Json | undefined,
): readonly Reference[] {
  const named = event === undefined ? [] : [{ noun: 'ProgramEvents', object: event }]
  const byStage = keysOf(stage).map((key) => ({
    noun: 'ProgramEvents',
    object: undefined,
    claim: { rule: STAGE_OF, key },
  }))
  return [...named, ...byStage]
}

/** The event of a stage; undefined where it is not known. */
export function eventOf(
  stage: Json | undefined,
  event: Json | undefined,
  find: Around['find'],
): Placed | undefined {
  const all = eventReferences(stage, event).map(find)
  return all.find((it) => it !== undefined && stageIn(it.object, stage) !== undefined)
}

/** The stage that is named, as its event has it. */
export function stageIn(event: JsonObject, stage: Json | undefined): JsonObject | undefined {
  const keys = keysOf(stage)
  return stagesOf(event).find((it) => keysOf(it).some((one) => keys.includes(one)))
}

/** The ids of its stages are an event's own; the same event told again is the same. */
export function stageClaims(event: JsonObject, state: string): readonly Claim[] {
  if (state === 'deleted') return []
  return stagesOf(event)
    .flatMap(keysOf)
    .map((key) => ({
      key,
      rule: STAGE_OF,
      reason: `The id ${key} is that of a stage of another event.`,
      same: (other) => isSameEvent(event, other),
    }))
}

/** What comes to be known of an event after it is planned. */
const LATER = ['mRID', 'status', 'createdDateTime', 'lostReduction', 'lostDevices', 'stages']

/** True where both plan the same, however far one has come since. */
function isSameEvent(a: JsonObject, b: JsonObject): boolean {
  const [own, other] = [stagesOf(a), stagesOf(b)]
  if (own.length !== other.length || planText(a) !== planText(b)) return false
  return own.every((it, at) => planText(it) === planText(sameStage(it, at, other) ?? {}))
}

function planText(it: JsonObject): string {
  return contentText(
    Object.fromEntries(Object.entries(it).filter(([name]) => !LATER.includes(name))),
  )
}

/** Texts under which all that belongs to a stage is found. */
export function underStage(stage: Json | undefined): readonly string[] {
  return keysOf(stage).map((it) => `stage ${it}`)
}

/** The identity of an object, for whoever refers to it. */
export function referenceTo(it: JsonObject): JsonObject {
  const [mRID, Names] = [member(it, 'mRID'), listOf(it, 'Names')]
  return {
    ...(mRID === undefined ? {} : { mRID }),
    ...(Names.length === 0 ? {} : { Names }),
  }
}
