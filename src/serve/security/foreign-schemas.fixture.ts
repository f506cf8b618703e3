// For tests only: T20. Schemas from a user that are broken or made to do harm: each ends in its cage, and the thread that serves
// everybody is free meanwhile.

import { monitorEventLoopDelay } from 'node:perf_hooks'
import * as assert from 'uvu/assert'
import { CASES, nsOf, openForeign } from '../../shell/xml-in/foreign.fixture.ts'
import { request } from '../../shell/xml-in/xml-in.fixture.ts'
import type { Attack, Attacking } from './attack.fixture.ts'

/** milliseconds for which the main thread may be kept at most */
const MOST_DELAY_MS = 50

export const FOREIGN_SCHEMAS: Attack = {
  id: 'T20',
  about: 'no schema of a user is believed beyond its cage, and none keeps others waiting',
  full: Object.keys(CASES).length,
  run: attack,
}

async function attack({ attempt }: Attacking) {
  const { xml, close } = await openForeign()
  const delay = monitorEventLoopDelay({ resolution: 5 })
  let longest = 0
  try {
    // Each case twice: the second time what was compiled, or given up, is known.
    for (const round of ['first', 'again'])
      for (const [at, [name, it]] of Object.entries(CASES).entries())
        await attempt(`${name}, ${round}`, async () => {
          delay.reset()
          delay.enable()
          const { verdict } = await xml.judge(
            Buffer.from(`<r xmlns="${nsOf(at)}">${it.document}</r>`),
          )
          delay.disable()
          longest = Math.max(longest, delay.max / 1e6)
          assert.ok(it.verdicts.includes(verdict), verdict)
          assert.ok(delay.max / 1e6 <= MOST_DELAY_MS, `${delay.max / 1e6} ms`)
          assert.is((await xml.judge(Buffer.from(request()))).verdict, 'valid')
        })
  } finally {
    await close()
  }
  return { 'longest delay of the main thread, ms': Math.round(longest) }
}
