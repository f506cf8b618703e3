// What one row makes of its source, and how outcomes are put together. The only words for losses and problems.

import { isNumberToken, isObject, writeJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Losses, Placed, Problem } from './dialect.ts'

/** Members for the target, and all there is to say about them. */
export interface Outcome {
  readonly members: JsonObject
  readonly losses: Losses
  readonly problems: readonly Problem[]
}

const NO_LOSS: Losses = { dropped: [], defaulted: [], unmapped: [] }

/** Members that were made without anything to add. */
export function made(members: JsonObject): Outcome {
  return { members, losses: NO_LOSS, problems: [] }
}

/** Members that were made, and what was lost or added with them. */
export function madeWith(members: JsonObject, losses: Partial<Losses>): Outcome {
  return { members, losses: { ...NO_LOSS, ...losses }, problems: [] }
}

/** A value that is not of the form it has to be; `due` continues "… is due here". */
export function wrong(path: string, found: Json, due: string): Outcome {
  const text = writeJson(found)
  const shown = text.length > 60 ? `${text.slice(0, 59)}…` : text
  const problem = {
    path,
    message: `${shown} stands where ${due} is due.`,
    mend: `Write ${due} here.`,
  }
  return { ...made({}), problems: [problem] }
}

/** All members, losses and problems, in order. */
export function joined(outcomes: readonly Outcome[]): Outcome {
  return {
    members: Object.assign({}, ...outcomes.map((it) => it.members)) as JsonObject,
    losses: {
      dropped: outcomes.flatMap((it) => it.losses.dropped),
      defaulted: outcomes.flatMap((it) => it.losses.defaulted),
      unmapped: outcomes.flatMap((it) => it.losses.unmapped),
    },
    problems: outcomes.flatMap((it) => it.problems),
  }
}

/** The members of an object that nothing reads; a value that should be an object is a stranger as a whole. */
export function strangers(
  of: Json | undefined,
  path: string,
  known: readonly string[],
): readonly Placed[] {
  if (of === undefined) return []
  if (!isObject(of)) return [{ path, value: of }]
  return Object.entries(of)
    .filter(([name]) => !known.includes(name))
    .map(([name, value]) => ({ path: pointer(path, name), value }))
}

/** One step further down, escaped as RFC 6901 demands. */
export function pointer(path: string, step: string | number): string {
  return `${path}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** True for text, numbers and booleans. */
export function isPlain(it: Json | undefined): it is Json {
  return ['string', 'number', 'boolean'].includes(typeof it) || isNumberToken(it)
}
