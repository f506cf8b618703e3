// For tests only: a thousand audit logs that somebody has had his hands in, and the lines of a day of traffic.

import * as assert from 'uvu/assert'
import { judged, tampering } from '../../gateway/audit/tampered.fixture.ts'
import { leaks } from '../../gateway/log-private.fixture.ts'
import type { Attack } from './attack.fixture.ts'

/** T17 */
export const TAMPERINGS: Attack = {
  id: 'T17',
  about: 'whatever is done to the audit log is found, and nothing private is in any log',
  full: 1_000,
  run: async ({ count, seed, attempt }) => {
    const kinds: Record<string, number> = {}
    for (let n = seed * count; n < (seed + 1) * count; n += 1) {
      const { name, log, seq, kinds: expected } = tampering(n)
      await attempt(`${n} ${name}`, () => {
        const { broken } = judged(log)
        assert.ok(broken)
        assert.ok(expected.includes(broken.kind), broken.found)
        if (seq !== undefined) assert.is(broken.seq, seq, broken.found)
        kinds[broken.kind] = (kinds[broken.kind] ?? 0) + 1
      })
    }
    await attempt('nothing private is in 100,000 lines', async () => {
      const { lines, audited, found } = await leaks(100 * count, seed + 1)
      Object.assign(kinds, { lines, audited })
      assert.equal(found, [])
    })
    return kinds
  },
}
