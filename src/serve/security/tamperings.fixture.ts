// For tests only: a thousand audit logs that somebody has had his hands in.

import * as assert from 'uvu/assert'
import { judged, tampering } from '../../gateway/audit/tampered.fixture.ts'
import type { Attack } from './attack.fixture.ts'

/** T17 */
export const TAMPERINGS: Attack = {
  id: 'T17',
  about: 'whatever is done to the audit log is found, at the line where it was done',
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
    return kinds
  },
}
