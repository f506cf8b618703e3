// Who comes in by which header, and what is said to all others.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Headers } from './proofs.ts'
import { isSame } from './same.ts'
import { accessTo, party, proof, topologyOf } from './parties.fixture.ts'
import { LOCAL } from '../parties/party.ts'

const test = suite('access')

const PARTIES = [
  party('dms', { proofs: [proof('api-key', 'key-of-dms'), proof('bearer', 'token-of-dms')] }),
  party('tp:acme:cs', { proofs: [proof('bearer', 'token-of-acme')], sources: ['acme-billing'] }),
  party('ops', { proofs: [proof('api-key', 'key-of-ops')], operator: true, tolerate: ['HDR-01'] }),
]
const wsse = party('wms', {
  proofs: [{ kind: 'username-token', username: 'wms', password: 'söcret:x' }],
})
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

/** [what, headers, party or code] */
const HEADERS: readonly (readonly [string, Headers, string])[] = [
  ['a key', { 'x-api-key': 'key-of-dms' }, 'dms'],
  ['a token', { authorization: 'Bearer token-of-acme' }, 'tp:acme:cs'],
  ['a token of a scheme in capitals', { authorization: 'BEARER token-of-acme' }, 'tp:acme:cs'],
  ['both of one party', { 'x-api-key': 'key-of-dms', authorization: 'Bearer token-of-dms' }, 'dms'],
  ['a password', { authorization: basic('wms:söcret:x') }, 'wms'],
  ['nothing', {}, 'unauthenticated'],
  ['a cookie', { cookie: 'token=token-of-dms' }, 'unauthenticated'],
  ['a key in another header', { 'x-key': 'key-of-dms' }, 'unauthenticated'],
  ['a wrong key', { 'x-api-key': 'key-of-dmt' }, 'wrong-credentials'],
  ['an empty key', { 'x-api-key': '' }, 'wrong-credentials'],
  ['a part of a key', { 'x-api-key': 'key-of-dm' }, 'wrong-credentials'],
  ['the digest of a key', { 'x-api-key': keyDigest() }, 'wrong-credentials'],
  ['two keys', { 'x-api-key': 'key-of-dms, key-of-ops' }, 'wrong-credentials'],
  ['a key as a token', { authorization: 'Bearer key-of-dms' }, 'wrong-credentials'],
  ['a token as a key', { 'x-api-key': 'token-of-dms' }, 'wrong-credentials'],
  ['a token and no scheme', { authorization: 'token-of-dms' }, 'wrong-credentials'],
  ['a scheme and no token', { authorization: 'Bearer ' }, 'wrong-credentials'],
  ['another scheme', { authorization: 'Digest token-of-dms' }, 'wrong-credentials'],
  ['two words', { authorization: 'Bearer token-of-dms x' }, 'wrong-credentials'],
  [
    'a key and a wrong token',
    { 'x-api-key': 'key-of-dms', authorization: 'Bearer x' },
    'wrong-credentials',
  ],
  [
    'proofs of two parties',
    { 'x-api-key': 'key-of-dms', authorization: 'Bearer token-of-acme' },
    'wrong-credentials',
  ],
  ['a wrong password', { authorization: basic('wms:x') }, 'wrong-credentials'],
  ['a wrong name', { authorization: basic('vms:söcret:x') }, 'wrong-credentials'],
  ['no base64', { authorization: 'Basic !!!' }, 'wrong-credentials'],
  ['no UTF-8', { authorization: `Basic ${btoa('wms:\xff')}` }, 'wrong-credentials'],
  ['no colon', { authorization: basic('wms') }, 'wrong-credentials'],
]

function keyDigest(): string {
  const [it] = party('x', { proofs: [proof('api-key', 'key-of-dms')] }).proofs
  return it !== undefined && 'sha256' in it ? it.sha256 : ''
}

for (const [what, headers, expected] of HEADERS)
  test(`${what} gives ${expected}`, async () => {
    const who = await accessTo(topologyOf([...PARTIES, wsse])).who(headers)
    assert.is('sender' in who ? who.sender.party : who.refused.code, expected)
  })

test('a password is asked for only where a party has one', async () => {
  const [without, withOne] = [topologyOf(PARTIES), topologyOf([...PARTIES, wsse])].map((it) =>
    accessTo(it),
  )
  assert.is(without?.challenge('unauthenticated'), 'Bearer realm="cimgate"')
  assert.is(
    withOne?.challenge('wrong-credentials'),
    'Bearer realm="cimgate", error="invalid_token", Basic realm="cimgate", charset="UTF-8"',
  )
  const who = await without?.who({ authorization: basic('wms:söcret:x') })
  assert.ok(who !== undefined && 'refused' in who)
})

test('the header of a key is that of the configuration', async () => {
  const access = accessTo(topologyOf(PARTIES, { access: { apiKeyHeader: 'Ocp-Key' } }))
  assert.ok('sender' in (await access.who({ 'ocp-key': 'key-of-dms' })))
  const who = await access.who({ 'x-api-key': 'key-of-dms' })
  assert.match('refused' in who ? who.refused.reason : '', /neither Ocp-Key nor Authorization/)
})

test('without parties everybody is anonymous, and an operator', async () => {
  const who = await accessTo(LOCAL).who({ authorization: 'Bearer whatever' })
  assert.ok('sender' in who)
  assert.equal([who.sender.party, who.sender.operator], ['anonymous', true])
  assert.is(who.sender.sources, undefined)
})

test('a sender has what is agreed with all and with the party', async () => {
  const who = await accessTo(topologyOf(PARTIES)).who({ 'x-api-key': 'key-of-ops' })
  assert.ok('sender' in who)
  assert.equal(who.sender.tolerate, ['HDR-04', 'HDR-01'])
  assert.is(who.sender.operator, true)
})

test('the configuration in force at the time of the request counts', async () => {
  let topology = topologyOf(PARTIES)
  const access = accessTo(() => topology)
  assert.ok('sender' in (await access.who({ 'x-api-key': 'key-of-dms' })))
  topology = topologyOf([party('dms', { proofs: [proof('api-key', 'another')] })])
  assert.ok('refused' in (await access.who({ 'x-api-key': 'key-of-dms' })))
  assert.ok('sender' in (await access.who({ 'x-api-key': 'another' })))
})

test('what a body proves is taken for a party that there is', () => {
  const access = accessTo(topologyOf(PARTIES))
  assert.ok('sender' in access.whoSays({ party: 'dms' }))
  const [wrong, gone, nothing] = [{ wrong: 'Nonce seen before.' }, { party: 'x' }, undefined].map(
    (it) => access.whoSays(it),
  )
  assert.equal(wrong, { refused: { code: 'wrong-credentials', reason: 'Nonce seen before.' } })
  assert.ok(gone !== undefined && 'refused' in gone && gone.refused.code === 'wrong-credentials')
  assert.ok(nothing !== undefined && 'refused' in nothing)
  assert.is(nothing.refused.code, 'unauthenticated')
})

test('T22: digests are compared to their end', () => {
  for (const [one, other, expected] of [
    ['abc', 'abc', true],
    ['abc', 'abd', false],
    ['abc', 'ab', false],
    ['ab', 'abc', false],
    ['', '', true],
    ['', 'a', false],
    ['a', '', false],
    ['aa', 'a', false],
  ] as const)
    assert.is(isSame(one, other), expected, `${one} ${other}`)
})

test.run()
