// From the start of the process to the first request that /readyz answers with 200: goal 13.

import { join } from 'node:path'
import { fill } from './full-store.ts'
import { shoot } from './load.ts'
import { ROUNDS, median } from './measure.ts'
import { gateway } from './program.ts'
import { rounded } from './row.ts'
import type { Row } from './row.ts'

const MESSAGES = 100_000

/** @param folder an empty one, for the stores */
export async function start(folder: string): Promise<readonly Row[]> {
  const full = join(folder, 'full')
  await fill(full, MESSAGES)
  return [
    row('empty store', 13, await readyIn((round) => join(folder, `${round}`))),
    row(`${MESSAGES / 1_000}k messages`, '13L', await readyIn(() => full)),
  ]
}

function row(size: string, goal: 13 | '13L', value: number): Row {
  return { what: 'start to ready', size, figure: `${rounded(value)} s`, value, goal }
}

/** Seconds, the median of all rounds. */
async function readyIn(store: (round: number) => string): Promise<number> {
  const took: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const from = performance.now()
    const { address, stop } = await gateway(store(round))
    await shoot({ url: `${address}/readyz` })
    took.push((performance.now() - from) / 1_000)
    await stop()
  }
  return median(took)
}
