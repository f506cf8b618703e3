// What a store that fails does to the outcome of a try.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CimError } from '../../envelope/errors.ts'
import type { Committed } from '../ports.ts'
import { noting } from './noting.ts'

const test = suite('delivery: noting')
const KEPT: Committed = { kind: 'committed', events: [] }

/** What the store has said. */
const said = ({ message, cause }: Error) => (cause as Error | undefined)?.message ?? message

/** A store that fails in these ways, one after the other, and then keeps; timers that run at once, or never. */
function world(codes: readonly string[], runs = true) {
  const warned: string[] = []
  let tries = 0
  const over = new AbortController()
  const timers = {
    after: (_ms: number, run: () => void) => {
      if (runs) queueMicrotask(run)
      return () => undefined
    },
  }
  const log = { warn: (_fields: unknown, text: string) => void warned.push(text) }
  const note = noting({ timers, log }, over.signal)
  const commit = () =>
    note('a', async () => {
      const code = codes[tries]
      tries += 1
      if (code === undefined) return KEPT
      const error = Object.assign(new Error(code), { code })
      // As the gateway reads the store, and as it writes to it.
      throw tries % 2 === 0 ? error : new CimError('overloaded', undefined, { cause: error })
    })
  return { commit, over, warned, tries: () => tries }
}

test('an outcome is noted again until it is kept, and that is told once', async () => {
  const codes = ['store-unavailable', 'store-lost', 'store-timeout', 'store-full', 'store-busy']
  const { commit, warned, tries } = world(codes)
  assert.equal(await commit(), KEPT)
  assert.equal([tries(), warned.length], [6, 1])
})

test('what waiting does not mend is told at once', async () => {
  for (const code of ['store-refused', 'store-damaged', 'store-closed', 'something else']) {
    const { commit, tries } = world([code])
    const told = await commit().catch(said)
    assert.equal([told, tries()], [code, 1])
  }
})

test('whoever waits is let go at the end', async () => {
  const { commit, over } = world(['store-io', 'store-io', 'store-io'], false)
  const told = commit().catch(said)
  await Promise.resolve()
  over.abort()
  assert.is(await told, 'store-io')
})

test.run()
