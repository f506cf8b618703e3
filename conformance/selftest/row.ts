// One line of the kill matrix: what was made wrong, which requirements had to say so, and which did.

/** One of them. */
export interface Row {
  readonly kind: 'message' | 'expectation' | 'peer' | 'vector' | 'no-op' | 'harness'
  readonly id: string
  /** requirements that have to be found */
  readonly due: readonly string[]
  readonly found: readonly string[]
  /** it was found, under the ids that were due; of a no-op: nothing was */
  readonly isRight: boolean
  /** what went otherwise, for a person to read */
  readonly why?: string
}

/** Nothing is wrong in it: whatever is found is a false alarm. */
export function isHarmless({ kind, due }: Row): boolean {
  return kind === 'no-op' || (kind === 'vector' && due.length === 0)
}

/** In order, each once. */
export function idsOf(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].sort()
}

/** A mutant that has to be found under exactly these ids. */
export function exactly(
  kind: Row['kind'],
  id: string,
  due: readonly string[],
  found: readonly string[],
): Row {
  const [wanted, got] = [idsOf(due), idsOf(found)]
  return { kind, id, due: wanted, found: got, isRight: wanted.join() === got.join() }
}

/** Something that was done to the suite itself. @param isRight somebody has noticed */
export function noticed(id: string, isRight: boolean): Row {
  return { kind: 'harness', id, due: [], found: [], isRight }
}
