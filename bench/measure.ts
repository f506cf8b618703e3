// How durations are taken: subjects take turns within each round, so that a machine that slows down slows all of them.

import { performance } from 'node:perf_hooks'

/** Something to be timed. */
export interface Subject {
  readonly name: string
  readonly run: () => unknown
}

/** Rounds that count; one more goes before them to warm up. */
export const ROUNDS = 5

/**
 * Times synchronous subjects.
 * @param budgetMs time that each subject has in each round; it runs at least once
 * @returns by name: the median over the rounds of each round's median, in microseconds per call
 */
export function interleaved(
  subjects: readonly Subject[],
  budgetMs: number,
): ReadonlyMap<string, number> {
  const rounds = new Map(subjects.map((it) => [it.name, [] as number[]]))
  for (const it of subjects) callsFor(it, 2 * budgetMs)
  for (let round = 0; round < ROUNDS; round += 1)
    for (const it of subjects) rounds.get(it.name)?.push(median(callsFor(it, budgetMs)))
  return new Map([...rounds].map(([name, it]) => [name, median(it)]))
}

function callsFor({ run }: Subject, budgetMs: number): readonly number[] {
  const calls: number[] = []
  const until = performance.now() + budgetMs
  do {
    const start = performance.now()
    run()
    calls.push((performance.now() - start) * 1_000)
  } while (performance.now() < until)
  return calls
}

/**
 * Times subjects that end in a promise, in turns.
 * @returns by name: the median of all rounds, in microseconds
 */
export async function inTurns(
  subjects: readonly { readonly name: string; readonly run: () => Promise<unknown> }[],
): Promise<ReadonlyMap<string, number>> {
  const rounds = new Map(subjects.map((it) => [it.name, [] as number[]]))
  for (let round = 0; round < ROUNDS; round += 1)
    for (const it of subjects) {
      const start = performance.now()
      await it.run()
      rounds.get(it.name)?.push((performance.now() - start) * 1_000)
    }
  return new Map([...rounds].map(([name, it]) => [name, median(it)]))
}

/** The middle one of the values. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** @param share 0.5 for the median, 0.99 for the ninety-ninth percentile */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN
}
