// What a file should have been about, too, and is not: objects of its groups of which nothing has been said yet. Of what stands in
// it and was refused that is told already, line by line.

import { rowOf } from '../../flows/file-columns.ts'
import type { FileKind } from '../../flows/file-kind.ts'
import type { Item } from './outcome.ts'
import type { Line } from './ports.ts'
import type { Records } from './record.ts'

/** A file that has been taken as far as it can be. */
export interface TakenFile {
  readonly kind: FileKind
  /** names of the columns, in their order */
  readonly places: readonly string[]
  /** of the records that could be told */
  readonly groups: ReadonlySet<string>
  /** read once more, where something is missing */
  readonly lines: () => AsyncIterable<readonly Line[]>
}

/** One item for each object that no record of the file is about. */
export async function* missingFrom(
  { kind, places, groups, lines }: TakenFile,
  records: Pick<Records, 'all'>,
): AsyncGenerator<Item> {
  const { expects } = kind
  if (expects === undefined || groups.size === 0) return
  /** by the key that its record would have: the group, and what it is called */
  const open = new Map<string, readonly [group: string, called: string]>()
  for await (const object of records.all(kind.noun)) {
    const group = [...groups].find((it) => expects.isMissing(object, it))
    if (group !== undefined) open.set(expects.keyOf(object, group), [group, expects.called(object)])
  }
  if (open.size === 0) return
  for await (const block of lines())
    for (const { values } of block) {
      const row = rowOf(values, places)
      if (row !== undefined) open.delete(kind.keyOf(row))
    }
  for (const [group, called] of open.values())
    yield {
      ...{ lines: [], outcome: 'MISSING', code: '5.8', rule: expects.rule },
      reason: `The ${expects.what} ${group} has no record in the file: ${called}.`,
    }
}
