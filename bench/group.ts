// One group of 10,000 members, from the first octet sent to the reply that says it is on disk: goal 12.

import { shoot } from './load.ts'
import { ROUNDS, median } from './measure.ts'
import { groupOf } from './messages.ts'
import { gateway, residentMb } from './program.ts'
import { rounded } from './row.ts'
import type { Row } from './row.ts'

const MEMBERS = 10_000

/** @param folder an empty one, for the store */
export async function group(folder: string): Promise<readonly Row[]> {
  const { address, stop } = await gateway(folder)
  const due = (answer: string) => answer.includes('<Result>OK</Result>')
  const tookMs: number[] = []
  let [before, after] = [0, 0]
  try {
    before = await residentMb(address)
    for (let round = 0; round < ROUNDS; round += 1)
      tookMs.push(await shoot({ url: `${address}/cim`, body: Buffer.from(groupOf(MEMBERS)), due }))
    after = await residentMb(address)
  } finally {
    await stop()
  }
  const value = median(tookMs) / 1_000
  const size = `${rounded(groupOf(MEMBERS).length / 1e6)} MB`
  const note = `resident ${rounded(before)} MB, after ${ROUNDS} of them +${rounded(after - before)}`
  return [
    {
      what: 'create a group of 10,000',
      size,
      figure: `${rounded(value)} s`,
      value,
      goal: 12,
      note,
    },
  ]
}
