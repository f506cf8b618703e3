// A peer that says OK to everything, and has nothing to show, in each case by itself: what it passes asks for nothing but
// the word of the product, and says so in byWord.

import type { Peer } from '../peers/peer.ts'
import { okTo, replying } from '../peers/variants.ts'
import type { Variant } from '../peers/variants.ts'
import { foundIn } from './messages.ts'
import { played } from './playing.ts'
import type { Ground } from './playing.ts'
import { idsOf } from './row.ts'
import type { Row } from './row.ts'

/** OK, with the ids of the request, and without Payload. */
const EMPTY_WORDS: Variant = replying(
  (reply, message, tools) => okTo(message, { ...reply, children: [] }, tools),
  () => 200,
)

/** A row for each case that one of these peers plays. */
export async function emptyRows(peers: readonly Peer[], ground: Ground): Promise<readonly Row[]> {
  const cases = new Map(ground.register.scenarios.map((it) => [it.id, it]))
  const rows: Row[] = []
  for (const peer of peers) {
    const { results } = await played(EMPTY_WORDS(peer), ground)
    for (const it of results.cases.filter(({ verdict }) => verdict !== 'not-applicable')) {
      const id = `${peer.role} says OK without Payload in ${it.id}`
      rows.push(rowOf(id, idsOf(foundIn({ cases: [it] })), cases.get(it.id)?.byWord))
    }
  }
  return rows
}

/** @param byWord why it may pass; then it has to */
export function rowOf(id: string, found: readonly string[], byWord: string | undefined): Row {
  const isPassed = found.length === 0
  const row = { id, due: [], found, isRight: isPassed === (byWord !== undefined) } as const
  const kind = byWord === undefined ? 'peer' : 'no-op'
  if (row.isRight) return { kind, ...row }
  const why = isPassed
    ? 'nothing is found: ask for more, or say in byWord why that cannot be'
    : `${found.join(', ')} is found: the case asks for more than a word, and byWord is idle`
  return { kind, ...row, why }
}
