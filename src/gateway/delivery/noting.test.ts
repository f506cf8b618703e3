// What a store that fails does to the outcome of a try.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Committed, Unit } from '../ports.ts'
import { noting } from './noting.ts'

const test = suite('delivery: noting')
const UNIT: Unit = { puts: [], removals: [], events: [] }
const KEPT: Committed = { kind: 'committed', events: [] }

/** A store that fails in these ways, one after the other, and then keeps; timers that run at once, or never. */
function world(codes: readonly string[], runs = true) {
  const said: string[] = []
  let tries = 0
  const over = new AbortController()
  const timers = {
    after: (_ms: number, run: () => void) => {
      if (runs) queueMicrotask(run)
      return () => undefined
    },
  }
  const log = {
    info: () => undefined,
    warn: (_fields: unknown, text: string) => void said.push(text),
    error: () => undefined,
  }
  const commit = noting(
    async () => {
      const code = codes[tries]
      tries += 1
      if (code === undefined) return KEPT
      throw Object.assign(new Error(code), { code })
    },
    { timers, log },
    over.signal,
  )
  return { commit, over, said, tries: () => tries }
}

test('an outcome is noted again until it is kept, and that is told once', async () => {
  const codes = ['store-unavailable', 'store-lost', 'store-timeout', 'store-full', 'store-busy']
  const { commit, said, tries } = world(codes)
  assert.equal(await commit(UNIT), KEPT)
  assert.equal([tries(), said.length], [6, 1])
})

test('what waiting does not mend is told at once', async () => {
  for (const code of ['store-refused', 'store-damaged', 'store-closed', 'something else']) {
    const { commit, tries } = world([code])
    const told = await commit(UNIT).catch((error: Error) => error.message)
    assert.equal([told, tries()], [code, 1])
  }
})

test('whoever waits is let go at the end', async () => {
  const { commit, over } = world(['store-io', 'store-io', 'store-io'], false)
  const told = commit(UNIT).catch((error: Error) => error.message)
  await Promise.resolve()
  over.abort()
  assert.is(await told, 'store-io')
})

test.run()
