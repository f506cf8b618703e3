// How long others wait while a message of 5 MB is judged: goal 9.

import { shoot } from './load.ts'
import type { Shot } from './load.ts'
import { ROUNDS, median } from './measure.ts'
import { SIZES, groupOfSize } from './messages.ts'
import { gateway } from './program.ts'
import { rounded } from './row.ts'
import type { Row } from './row.ts'

/** @param folder an empty one, for the store */
export async function beside(folder: string): Promise<readonly Row[]> {
  const { address, stop } = await gateway(folder)
  try {
    const value = median(await longestWaits(address))
    const figure = `${rounded(value)} ms`
    return [{ what: 'longest wait for /livez', size: 'beside 5 MB', figure, value, goal: 9 }]
  } finally {
    await stop()
  }
}

/** Of each round, the longest answer of a probe. */
async function longestWaits(address: string): Promise<readonly number[]> {
  const body = Buffer.from(groupOfSize(SIZES['5 MB']))
  const large: Shot = { url: `${address}/api/v1/validate`, body }
  await shoot(large)
  const longest: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const waits: number[] = []
    let isJudged = false
    const judged = shoot(large).finally(() => (isJudged = true))
    while (!isJudged) waits.push(await shoot({ url: `${address}/livez` }))
    await judged
    longest.push(Math.max(...waits))
  }
  return longest
}
