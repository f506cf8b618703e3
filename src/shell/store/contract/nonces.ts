// Contract cases: Nonces of ReplayDetection. Each belongs to one message of one party, as long as that could still be let in.

import * as assert from 'uvu/assert'
import type { Store } from '../../../gateway/ports.ts'
import type { NonceUse } from '../../../gateway/replay-detection.ts'
import { LATER, MUCH_LATER, NOTHING, NOW } from './ledger.ts'
import { counted } from './samples.ts'
import type { Cases } from './samples.ts'

async function use(store: Store, changes: Partial<NonceUse> = {}): Promise<string> {
  const it = { party: 'north', nonce: 'n', createdAt: NOW, message: 'a', mayRepeat: true }
  return (await store.commit({ ...NOTHING, nonce: { ...it, forgetBefore: '', ...changes } })).kind
}

/** Contract cases about Nonces. */
export const NONCE_CASES: Cases = {
  'T16: lets a Nonce be used by one message of a party, and that again only where it may repeat':
    async (store) => {
      assert.is(await use(store), 'committed')
      assert.is(await use(store), 'committed')
      assert.is(await use(store, { mayRepeat: false }), 'used')
      assert.is(await use(store, { message: 'b' }), 'used')
      assert.is(await use(store, { message: 'b', createdAt: LATER }), 'used')
      assert.is(await use(store, { message: 'b', party: 'south' }), 'committed')
      assert.is(await use(store, { message: 'b', nonce: 'N' }), 'committed')
      for (const nonce of ['', '\0', '\ud800', 'x'.repeat(100_000)])
        assert.is(await use(store, { nonce }), 'committed', nonce.slice(0, 9))
    },

  'T16: of a hundred messages at once with one Nonce one is let in': async (store) => {
    const outcomes = await Promise.all(
      counted(100).map((n) => use(store, { message: `${n}`, mayRepeat: n % 2 === 0 })),
    )
    assert.is(outcomes.filter((it) => it === 'committed').length, 1)
    assert.is(outcomes.filter((it) => it === 'used').length, 99)
  },

  'T16: keeps nothing else of a unit whose Nonce is used': async (store) => {
    await use(store)
    const audit = [{ at: NOW, who: 'w', what: 'x', subject: 's', details: 'd' }]
    const nonce = {
      ...{ party: 'north', nonce: 'n', createdAt: NOW, message: 'b' },
      ...{ mayRepeat: true, forgetBefore: '' },
    }
    assert.is((await store.commit({ ...NOTHING, nonce, audit })).kind, 'used')
    assert.equal(await store.audit({ limit: 9 }), [])
  },

  'T16: forgets what is too old, and lets in nothing that is as old, whatever the clock says':
    async (store) => {
      for (const n of counted(500)) await use(store, { nonce: `${n}`, message: `${n}` })
      assert.is(await use(store, { nonce: 'late', createdAt: LATER }), 'committed')
      // A clock that is an hour ahead, and goes back.
      const ahead = { createdAt: MUCH_LATER, forgetBefore: MUCH_LATER }
      for (const n of counted(5)) await use(store, { ...ahead, nonce: `ahead ${n}` })
      for (const createdAt of [NOW, LATER, '2026-01-01T00:00:00.000Z'])
        for (const nonce of ['0', 'late', 'new'])
          assert.is(
            await use(store, { nonce, createdAt, message: 'b' }),
            'old',
            `${nonce} ${createdAt}`,
          )
      assert.is(
        await use(store, { nonce: 'next', createdAt: '2026-03-01T12:02:00.000Z' }),
        'committed',
      )
      assert.is(await use(store, { nonce: 'ahead 1', createdAt: MUCH_LATER, message: 'b' }), 'used')
    },
}
