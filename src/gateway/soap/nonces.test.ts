// A nonce proves once, in bounded memory, and forgetting one lets nobody in.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { noncesFor } from './nonces.ts'

const test = suite('soap: nonces')

const FRESH_MS = 300_000
const NOW = 1_000_000_000

test('a nonce is used once, by its party; another party may have the same', () => {
  const nonces = noncesFor(FRESH_MS)
  const it = { party: 'dms', nonce: 'a', createdMs: NOW }
  assert.is(nonces.use(it, NOW), undefined)
  assert.is(nonces.use(it, NOW), 'used')
  assert.is(nonces.use({ ...it, createdMs: NOW + 1 }, NOW), 'used')
  assert.is(nonces.use({ ...it, party: 'wms' }, NOW), undefined)
})

test('it is kept as long as its token is fresh, to the last millisecond, and no longer', () => {
  const nonces = noncesFor(FRESH_MS)
  const it = { party: 'dms', nonce: 'a', createdMs: NOW }
  nonces.use(it, NOW)
  assert.is(nonces.use(it, NOW + FRESH_MS), 'used')
  assert.is(nonces.use(it, NOW + FRESH_MS + 1), undefined)
  assert.is(nonces.size('dms'), 1)
})

test('a million nonces take no more place than the limit, and none of them passes again', () => {
  const nonces = noncesFor(FRESH_MS, 1_000)
  const at = (n: number) => ({ party: 'dms', nonce: String(n), createdMs: NOW + n })
  for (let n = 0; n < 1_000_000; n += 1) {
    if (nonces.use(at(n), NOW + n) !== undefined) assert.unreachable(`nonce ${n} is refused`)
    // Whatever was used before is refused, be it known or forgotten.
    if (n % 1_000 === 0 && nonces.use(at(Math.floor(n / 2)), NOW + n) === undefined)
      assert.unreachable(`nonce ${Math.floor(n / 2)} passes again`)
  }
  assert.is(nonces.size('dms'), 1_000)
})

test('what is refused takes nobody a place', () => {
  const nonces = noncesFor(FRESH_MS, 2)
  const at = (nonce: string, createdMs: number) => ({ party: 'dms', nonce, createdMs })
  for (const [n, name] of ['a', 'b', 'c'].entries()) nonces.use(at(name, NOW + n), NOW + n)
  assert.is(nonces.use(at('a', NOW), NOW + 3), 'forgotten')
  assert.is(nonces.use(at('x', NOW), NOW + 3), 'forgotten')
  assert.is(nonces.use(at('b', NOW + 1), NOW + 3), 'used')
  assert.is(nonces.use(at('c', NOW + 2), NOW + 3), 'used')
  assert.is(nonces.use({ ...at('a', NOW), party: 'wms' }, NOW + 3), undefined)
})

test.run()
