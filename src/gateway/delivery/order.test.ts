// Order by key beside a key that fails, on virtual time. `npm run test:delivery` does the same with 50,000 messages.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { seeded } from '../../shell/websocket/load.fixture.ts'
import { down, http, openBench, outgoingLeg } from './dispatcher.fixture.ts'
import { besidePoison } from './order.fixture.ts'

const test = suite('delivery: order')

const OBJECTS = 'abcdef'

test('T5: order per key holds beside a poisoned key, and the other keys do not wait for it', async () => {
  const { delivered, parked, worst } = await besidePoison({ messages: 1_000, keys: 100, seed: 5 })
  assert.equal([delivered, parked], [990, 10])
  assert.ok(worst <= 2, `a key waits ${worst.toFixed(2)} times as long`)
})

test('messages about several objects keep their order against all about any of them, whatever fails', async () => {
  for (let seed = 1; seed <= 8; seed += 1) {
    const random = seeded(seed)
    const about = Array.from({ length: 60 }, () => {
      const some = [...OBJECTS].filter(() => random() < 0.3)
      return some.length === 0 ? ['a'] : some
    })
    const legs = about.map((it, n) =>
      outgoingLeg(String(n).padStart(2, '0'), { orderKey: `mRID ${it.join(' ')}` }),
    )
    const bench = await openBench((_, tries) =>
      random() < 0.5 && tries < 3 ? down('no') : http(200),
    )
    try {
      await bench.queue(legs)
      await bench.drain()
      const over = bench.noted.filter(({ to }) => to === 'ACKED').map(({ leg }) => Number(leg))
      assert.is(over.length, legs.length, `seed ${seed}`)
      for (const one of OBJECTS) {
        const order = over.filter((n) => about[n]?.includes(one))
        assert.equal(
          order,
          [...order].sort((a, b) => a - b),
          `seed ${seed}, object ${one}`,
        )
      }
      // Those that have no object in common overtake each other.
      assert.ok(
        over.some((n, at) => n < (over[at - 1] ?? 0)),
        `seed ${seed}`,
      )
    } finally {
      await bench.close()
    }
  }
})

test.run()
