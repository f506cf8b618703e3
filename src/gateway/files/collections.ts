// The second reading: records become objects, as many as one message is to have. Nothing is in memory but one message.

import { rowOf } from '../../flows/file-columns.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Examined } from './examine.ts'
import type { Layout } from './layout.ts'
import type { Shelf } from './ports.ts'
import type { FolderRules } from './rules.ts'
import { uuidOf } from './uuid.ts'

/** Records that become one message. */
export interface Collection {
  /** its place in the file, from 1 */
  readonly n: number
  readonly objects: readonly JsonObject[]
  /** where each stands in the file */
  readonly lines: readonly number[]
}

/** The records of a file that may be taken, in collections. */
export async function* collectionsOf(
  place: string,
  layout: Layout,
  { left, places }: Examined,
  { shelf, rules, digest, groups }: CollectingParts,
): AsyncGenerator<Collection> {
  const { kind, collection: most } = rules
  let [n, objects, lines] = [1, [] as JsonObject[], [] as number[]]
  for await (const block of shelf.lines(place, layout)) {
    for (const it of block) {
      // What is wrong with the others has been found at the first reading.
      const row = left.has(it.line) ? undefined : rowOf(it.values, places)
      if (row === undefined) continue
      const mRID = uuidOf(digest(`${kind.noun} ${kind.keyOf(row)}`))
      objects.push(kind.toCim(row, mRID))
      if (kind.expects !== undefined) groups.add(kind.expects.groupOf(row))
      lines.push(it.line)
      if (objects.length < most) continue
      yield { n, objects, lines }
      ;[n, objects, lines] = [n + 1, [], []]
    }
  }
  if (objects.length > 0) yield { n, objects, lines }
}

/** What collecting needs besides the file. */
export interface CollectingParts {
  /** SHA-256, hex */
  readonly digest: (text: string) => string
  /** what the records are of is added to it, where the kind expects something */
  readonly groups: Set<string>
  readonly shelf: Pick<Shelf, 'lines'>
  readonly rules: Pick<FolderRules, 'kind' | 'collection'>
}
