// Keys of an authorization server: when they are fetched, and when not; by a clock of the test.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { tokenReader } from './index.ts'
import { CLAIMS, NOW_MS, issuerOf, pairOf, setOf, tokenOf } from './tokens.fixture.ts'

const test = suite('tokens: keys')

const [FIRST, SECOND] = [pairOf('1', 'ES256'), pairOf('2', 'ES256')]
const URL = 'https://login.example/jwks'
const LONG = { exp: CLAIMS.exp + 86_400 }

/** A server that shows `shown`, and a reader of its tokens. */
function scene() {
  const it = { shown: setOf(FIRST) as string | Error, nowMs: NOW_MS, fetched: 0 }
  const read = tokenReader({
    fetchText: async () => {
      it.fetched += 1
      await new Promise((done) => setImmediate(done))
      if (it.shown instanceof Error) throw it.shown
      return it.shown
    },
    now: () => it.nowMs,
  })
  const from = issuerOf('', { keys: { url: URL } })
  const said = async (pair = FIRST) => {
    const { kind } = await read(tokenOf(pair, LONG), [from])
    return kind
  }
  const reason = async (pair = FIRST) => {
    const answer = await read(tokenOf(pair, LONG), [from])
    return 'reason' in answer ? answer.reason : ''
  }
  return { it, said, reason }
}

const minutes = (n: number) => n * 60_000
const DOWN = new Error('cannot be reached: ECONNREFUSED')

test('T22: many tokens at once fetch the keys once, and later ones not at all', async () => {
  const { it, said } = scene()
  assert.equal(
    [...new Set(await Promise.all(Array.from({ length: 50 }, () => said())))],
    ['proved'],
  )
  assert.is(it.fetched, 1)
  it.nowMs += minutes(9)
  assert.equal([await said(), it.fetched], ['proved', 1])
  it.nowMs += minutes(2)
  assert.equal([await said(), it.fetched], ['proved', 2])
})

test('T22: an unknown kid has the keys fetched anew, and not once more within half a minute', async () => {
  const { it, said } = scene()
  await said()
  it.shown = setOf(FIRST, SECOND)
  assert.equal([await said(SECOND), it.fetched], ['wrong', 1])
  it.nowMs += 31_000
  assert.equal([await said(SECOND), it.fetched], ['proved', 2])
  const stranger = pairOf('3', 'ES256')
  for (let n = 0; n < 100; n += 1) assert.is(await said(stranger), 'wrong')
  assert.is(it.fetched, 2)
})

test('T22: keys that cannot be fetched are our fault, told at once, and asked for again after a while', async () => {
  const { it, said, reason } = scene()
  it.shown = DOWN
  assert.is(await reason(), `${URL} cannot be reached: ECONNREFUSED.`)
  for (let n = 0; n < 20; n += 1) assert.is(await said(), 'unavailable')
  assert.is(it.fetched, 1)
  it.nowMs += 6_000
  it.shown = setOf(FIRST)
  assert.equal([await said(), it.fetched], ['proved', 2])
})

test('keys that are known are used for an hour while their server is down, and a new one waits', async () => {
  const { it, said } = scene()
  await said()
  it.shown = DOWN
  it.nowMs += minutes(50)
  assert.equal([await said(), await said(SECOND)], ['proved', 'unavailable'])
  it.nowMs += minutes(11)
  assert.is(await said(), 'unavailable')
})

test('a key that is taken back counts no longer than ten minutes', async () => {
  const { it, said } = scene()
  await said()
  it.shown = setOf(SECOND)
  it.nowMs += minutes(11)
  assert.equal([await said(), await said(SECOND)], ['wrong', 'proved'])
})

/** [what the server shows, what is told] */
const NONE: readonly (readonly [string, RegExp])[] = [
  ['<html>', /is no JWK Set: it has no list "keys"/],
  ['{}', /has no list "keys"/],
  ['{"keys":[]}', /without a public key/],
  ['{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}', /without a public key/],
  ['{"keys":[null,1]}', /without a public key/],
]

test('T22: what is no set of public keys is told, and nothing is taken by it', async () => {
  for (const [shown, said] of NONE) {
    const { it, reason } = scene()
    it.shown = shown
    assert.match(await reason(), said, shown)
  }
})

test.run()
