// Order by key beside a key that fails, on virtual time. `npm run test:delivery` does the same with 50,000 messages.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { besidePoison } from './order.fixture.ts'

const test = suite('delivery: order')

test('T5: order per key holds beside a poisoned key, and the other keys do not wait for it', async () => {
  const { delivered, parked, worst } = await besidePoison({ messages: 2_000, keys: 200, seed: 5 })
  assert.equal([delivered, parked], [1_990, 10])
  assert.ok(worst <= 2, `a key waits ${worst.toFixed(2)} times as long`)
})

test.run()
