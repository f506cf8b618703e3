// A party that does several kinds of business: each has a table and a state of its own, and none knows of the others.

import type { Party } from './party.ts'

/** The states of the parts, by their names. */
export type Joined = Readonly<Record<string, unknown>>

type Row = (state: never, ...rest: never[]) => { readonly state: unknown }
type Rows = Readonly<Record<string, Row>>

/** A party whose state is nobody else's business. */
interface Part extends Pick<Party<unknown>, 'role' | 'namespaces' | 'start'> {
  readonly takes: Rows
  readonly follows?: Rows
  readonly wakes?: Rows
}

/** One party of parts of the same role. @throws what two of them take: whoever joins them has to see to it */
export function joined(first: readonly [string, Part], ...more: (typeof first)[]): Party<Joined> {
  const all = [first, ...more]
  return {
    role: first[1].role,
    namespaces: [...new Set(all.flatMap(([, it]) => it.namespaces))],
    start: Object.fromEntries(all.map(([name, it]) => [name, it.start])),
    takes: tableOf(all, 'takes') as Party<Joined>['takes'],
    follows: tableOf(all, 'follows') as NonNullable<Party<Joined>['follows']>,
    wakes: tableOf(all, 'wakes') as NonNullable<Party<Joined>['wakes']>,
  }
}

function tableOf(
  all: readonly (readonly [string, Part])[],
  table: 'takes' | 'follows' | 'wakes',
): Readonly<Record<string, unknown>> {
  const rows: Record<string, unknown> = {}
  for (const [name, part] of all)
    for (const [what, row] of Object.entries(part[table] ?? {})) {
      if (what in rows) throw new Error(`two parts of ${part.role} have ${what}`)
      rows[what] = lifted(name, row)
    }
  return rows
}

/** The row of a part, over the states of all. */
function lifted(name: string, row: Row) {
  return (states: Joined, ...rest: never[]) => {
    const done = row(states[name] as never, ...rest)
    return { ...done, state: { ...states, [name]: done.state } }
  }
}

/** Rows of a party, as rows of one whose state has its own under this name, for who looks at both. */
export function rowsOf<S extends object, K extends keyof S & string>(
  name: K,
  party: Party<S[K]>,
): Required<Pick<Party<S>, 'takes' | 'follows' | 'wakes'>> {
  // Nothing else of the state is looked at.
  return joined([name, party as unknown as Part]) as unknown as Required<Party<S>>
}
