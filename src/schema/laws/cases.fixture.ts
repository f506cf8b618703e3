// For tests only: the messages that the laws are tried on, the same for `npm test` and for `npm run test:laws`.

import { ROOTS, SCHEMAS, messageOf, payloadsOf } from './laws.fixture.ts'
import type { Case } from './laws.fixture.ts'
import { LAWS, bothOf } from './table.fixture.ts'
import { sampleVerbs } from '../sample/sample.ts'

/** Messages of a noun: every verb, generic and typed, in turn, each time with another seed from `from` on. */
export function* casesOf(noun: string, count: number, from = 0): Generator<Case> {
  let left = count
  for (let seed = from; left > 0; seed += 1) {
    const made = [...messagesWith(noun, seed)].slice(0, left)
    if (made.length === 0) return
    yield* made
    left -= made.length
  }
}

function* messagesWith(noun: string, seed: number): Generator<Case> {
  for (const verb of sampleVerbs(SCHEMAS, noun))
    for (const typed of [false, true]) {
      const made = messageOf(noun, { verb, typed, seed })
      if (made !== undefined) yield made
    }
}

/** What a law said of the cases that it was tried on. */
export interface Tried {
  readonly law: string
  /** cases that had something that the law is about */
  readonly applied: number
  /** what is wrong, with the case that shows it */
  readonly broken: readonly string[]
}

/** failures of one law that are told; more of the same say no more */
const MOST_TOLD = 3

/** Every law on every case. */
export function tried(cases: Iterable<Case>): readonly Tried[] {
  const applied = new Map(LAWS.map((it) => [it.id, 0]))
  const broken = new Map<string, string[]>(LAWS.map((it) => [it.id, []]))
  for (const one of cases) {
    const both = attempt(() => bothOf(one), broken.get('P-03') ?? [])
    if (both === undefined) continue
    for (const { id, holds } of LAWS)
      if (attempt(() => holds(both), broken.get(id) ?? []) === true)
        applied.set(id, (applied.get(id) ?? 0) + 1)
  }
  return LAWS.map(({ id }) => ({
    law: id,
    applied: applied.get(id) ?? 0,
    broken: broken.get(id) ?? [],
  }))
}

function attempt<T>(run: () => T, broken: string[]): T | undefined {
  try {
    return run()
  } catch (error) {
    if (broken.length < MOST_TOLD) broken.push(told(error))
    return undefined
  }
}

function told(error: unknown): string {
  const { message, details } = error as { message?: string; details?: string }
  return `${message ?? String(error)}\n${details ?? ''}`
}

/** The roots of fixtures/, which have what no noun has. */
export function* fixtureCases(count: number): Generator<Case> {
  for (const root of ROOTS) yield* payloadsOf(root, count)
}
