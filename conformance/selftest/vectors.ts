// Vectors as rows of the kill matrix: what is found in each message, and in each of its mutations, is exactly what its
// author says. Where that is nothing, and something is found, it is a false alarm.

import type { Sample } from '../vectors.ts'
import type { Ground } from './playing.ts'
import { exactly } from './row.ts'
import type { Row } from './row.ts'

/** A row for each message and each mutation. */
export async function vectorRows(
  samples: readonly Sample[],
  { judge }: Pick<Ground, 'judge'>,
): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const { id, findings, bytes, mutations = [] } of samples) {
    rows.push(await rowOf(id, findings, bytes, judge))
    const text = new TextDecoder().decode(bytes)
    for (const it of mutations) {
      const changed = new TextEncoder().encode(text.replace(it.find, () => it.replace))
      rows.push(await rowOf(`${id}: ${it.title}`, it.findings, changed, judge))
    }
  }
  return rows
}

async function rowOf(
  id: string,
  due: readonly string[],
  bytes: Uint8Array,
  judge: Ground['judge'],
): Promise<Row> {
  const { observations, undecided } = await judge(bytes)
  const row = exactly(
    'vector',
    id,
    due,
    observations.map((it) => it.requirement),
  )
  return undecided === undefined ? row : { ...row, isRight: false, why: undecided }
}
