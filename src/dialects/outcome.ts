// What one row makes of its source, and how outcomes are put together. The only words for losses and problems.

import { isNumberToken, isObject, member, put, writeJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Losses, Placed, Problem } from './dialect.ts'

/** Members for the target, and all there is to say about them. */
export interface Outcome {
  readonly members: JsonObject
  /** members of the vendor's message around the list that the object stands in; absent = none */
  readonly above?: JsonObject
  readonly losses: Losses
  readonly problems: readonly Problem[]
}

/** No loss at all. */
const NO_LOSS: Losses = {
  mapped: 0,
  dropped: [],
  kept: [],
  defaulted: [],
  invented: [],
  altered: [],
  unmapped: [],
}

/** Members that were made without anything to add. */
export function made(members: JsonObject): Outcome {
  return madeWith(members, {})
}

/** Members that were made, and what was lost or added with them. */
export function madeWith(members: JsonObject, losses: Partial<Losses>): Outcome {
  const mapped = Object.keys(members).length === 0 ? 0 : 1
  return { members, losses: { ...NO_LOSS, mapped, ...losses }, problems: [] }
}

/** A value that is not of the form it has to be; `due` continues "… is due here". */
export function wrong(path: string, found: Json, due: string): Outcome {
  const problem = {
    path,
    message: `${shortly(found)} stands where ${due} is due.`,
    mend: `Write ${due} here.`,
  }
  return { ...made({}), problems: [problem] }
}

/** A value that is of the right form and cannot be taken; `what` goes on from it: "… is no time zone". */
export function problemAt(path: string, value: Json, what: string, mend: string): Outcome {
  const it = value === null ? lastStep(path) : shortly(value)
  return { ...made({}), problems: [{ path, message: `${it} ${what}.`, mend }] }
}

/** The same of what is not whole. */
export function incomplete(of: Outcome): Outcome {
  return { ...of, problems: of.problems.map((it) => ({ ...it, code: '5.8' })) }
}

/** All members, losses and problems, in order. */
export function joined(outcomes: readonly Outcome[]): Outcome {
  const above = outcomes.flatMap((it) => (it.above === undefined ? [] : [it.above]))
  return {
    members: merged(outcomes.map((it) => it.members)),
    ...(above.length === 0 ? {} : { above: merged(above) }),
    ...saidOf(outcomes),
  }
}

/** What is to be said of many, whose members stand apart. */
export function saidOf(
  outcomes: readonly Pick<Outcome, 'losses' | 'problems'>[],
): Pick<Outcome, 'losses' | 'problems'> {
  const all = outcomes.map((it) => it.losses)
  return {
    losses: {
      mapped: all.reduce((sum, it) => sum + it.mapped, 0),
      dropped: chained(all.map((it) => it.dropped)),
      kept: chained(all.map((it) => it.kept)),
      defaulted: chained(all.map((it) => it.defaulted)),
      invented: chained(all.map((it) => it.invented)),
      altered: chained(all.map((it) => it.altered)),
      unmapped: chained(all.map((it) => it.unmapped)),
    },
    problems: chained(outcomes.map((it) => it.problems)),
  }
}

const NONE: readonly never[] = []

/** Most of a hundred thousand lists are empty. */
function chained<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const filled = lists.filter((it) => it.length > 0)
  const [first = NONE, ...others] = filled
  return others.length === 0 ? first : filled.flat()
}

/** One row may say one part of an object, and another one the rest. */
function merged(all: readonly JsonObject[]): JsonObject {
  const whole: Record<string, Json> = {}
  for (const it of all)
    for (const [name, value] of Object.entries(it)) {
      const known = member(whole, name)
      put(whole, name, isObject(known) && isObject(value) ? merged([known, value]) : value)
    }
  return whole
}

/** The field at the end of a pointer, as sentences call it. */
export function lastStep(path: string): string {
  return stepsOf(path).at(-1) || 'It'
}

/** A value for a sentence. */
function shortly(it: Json): string {
  const text = writeJson(it)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
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

/** The steps of a pointer, as they were before they were escaped. */
export function stepsOf(path: string): readonly string[] {
  return path
    .slice(1)
    .split('/')
    .map((it) => it.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** True for text, numbers and booleans. */
export function isPlain(it: Json | undefined): it is Json {
  return ['string', 'number', 'boolean'].includes(typeof it) || isNumberToken(it)
}
