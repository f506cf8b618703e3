// Parties that are made of parts: rows about one piece of a state, as rows of the whole.

import type { Doing, Following, Party, Waking } from './party.ts'

/** What a part of a party does, and the piece of its state that it is about. */
export type Part<P> = Pick<Party<P>, 'start' | 'takes' | 'follows' | 'wakes'>

/** Rows of a part, as rows of the party whose state has it under this name. */
export function rowsOf<S extends object, K extends keyof S>(
  name: K,
  { takes, follows = {}, wakes = {} }: Part<S[K]>,
): Required<Pick<Party<S>, 'takes' | 'follows' | 'wakes'>> {
  const put = <D extends { readonly state: S[K] }>(before: S, done: D) => ({
    ...done,
    state: { ...before, [name]: done.state },
  })
  const each = <R, T>(rows: Readonly<Record<string, R>>, make: (row: R) => T) =>
    Object.fromEntries(Object.entries(rows).map(([key, row]) => [key, make(row)]))
  return {
    takes: each(
      takes,
      (row: Doing<S[K]>): Doing<S> =>
        (state, ask, tools) =>
          put(state, row(state[name], ask, tools)),
    ),
    follows: each(
      follows,
      (row: Following<S[K]>): Following<S> =>
        (state, sent, reply, tools) =>
          put(state, row(state[name], sent, reply, tools)),
    ),
    wakes: each(
      wakes,
      (row: Waking<S[K]>): Waking<S> =>
        (state, rest, tools) =>
          put(state, row(state[name], rest, tools)),
    ),
  }
}
