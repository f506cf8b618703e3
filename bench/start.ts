// From the start of the process to the first request that /readyz answers with 200, store empty: goal 13.

import { join } from 'node:path'
import { shoot } from './load.ts'
import { ROUNDS, median } from './measure.ts'
import { gateway } from './program.ts'
import { rounded } from './row.ts'
import type { Row } from './row.ts'

/** @param folder an empty one, for the stores */
export async function start(folder: string): Promise<readonly Row[]> {
  const took: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const from = performance.now()
    const { address, stop } = await gateway(join(folder, `${round}`))
    await shoot({ url: `${address}/readyz` })
    took.push((performance.now() - from) / 1_000)
    await stop()
  }
  const value = median(took)
  const figure = `${rounded(value)} s`
  return [{ what: 'start to ready', size: 'empty store', figure, value, goal: 13 }]
}
