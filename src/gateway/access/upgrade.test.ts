// What the upgrade decides without a socket: foreign pages where nobody is asked, and topics.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LOCAL } from '../parties/party.ts'
import { accessTo, party, proof, topologyOf } from './parties.fixture.ts'
import { admitted, mayHear, mayListen } from './upgrade.ts'

const test = suite('access: upgrade')

/** [Origin, Host, whether it may] without parties */
const PAGES: readonly (readonly [string | undefined, string | undefined, boolean])[] = [
  [undefined, undefined, true],
  [undefined, '127.0.0.1:8080', true],
  [undefined, '[::1]', true],
  [undefined, 'cim.utility.example', true],
  [undefined, 'evil.example:8080', false],
  [undefined, 'anything', false],
  ['http://127.0.0.1:8080', '127.0.0.1:8080', true],
  ['http://localhost:8080', 'localhost:8080', true],
  ['http://[::1]:8080', '[::1]:8080', true],
  ['http://127.0.0.1:8081', '127.0.0.1:8080', false],
  ['https://evil.example', '127.0.0.1:8080', false],
  // A name of theirs that leads to this machine.
  ['http://evil.example:8080', 'evil.example:8080', false],
  ['null', '127.0.0.1:8080', false],
]

for (const [origin, host, may] of PAGES)
  test(`a page of ${origin} at ${host} ${may ? 'may listen' : 'may not'}`, async () => {
    const request = { path: '/status', query: new URLSearchParams(), headers: { origin, host } }
    const listener = await admitted(request, accessTo(LOCAL, 'https://cim.utility.example'))
    assert.is('sender' in listener, may)
    if ('status' in listener) assert.is(listener.status, 403)
  })

test('whoever is asked who he is may ask for any Host', async () => {
  const headers = { host: 'anything', 'x-api-key': 'key' }
  const dms = party('dms', { proofs: [proof('api-key', 'key')] })
  const request = { path: '/status', query: new URLSearchParams(), headers }
  assert.ok('sender' in (await admitted(request, accessTo(topologyOf([dms])))))
})

test('what is repeated of a Host is short, and in ASCII', async () => {
  const request = { path: '/status', query: new URLSearchParams() }
  const it = await admitted(
    { ...request, headers: { host: `\u00fc${'x'.repeat(500)}` } },
    accessTo(LOCAL),
  )
  assert.match('reason' in it ? it.reason : '', /Host is \?x{99}: write localhost/)
})

const PARTY = { party: 'p' }
const SOME = { party: 'p', topics: ['Things/*', 'Others/a', 'messages/*'] }
const OPERATOR = { party: 'o', operator: true }

/** [sender, topic, whether it may] */
const TOPICS: readonly (readonly [typeof PARTY, string, boolean])[] = [
  [PARTY, 'Things/*', true],
  [PARTY, 'Things', true],
  [PARTY, 'messages/m-1', true],
  [PARTY, 'messages/*', false],
  [PARTY, 'messages/', false],
  [PARTY, 'messages', false],
  [SOME, 'Things/*', true],
  [SOME, 'Things/a/b', true],
  [SOME, 'Others/a', true],
  [SOME, 'Others/*', false],
  [SOME, 'Others/b', false],
  [SOME, 'Else/*', false],
  [SOME, 'messages/*', true],
  [OPERATOR, 'messages/*', true],
  [OPERATOR, 'Else/*', true],
  [{ party: 'p', topics: ['*/*'] } as typeof PARTY, 'Else/*', true],
  [{ party: 'p', topics: [] } as typeof PARTY, 'Else/a', false],
]

for (const [sender, topic, may] of TOPICS)
  test(`${JSON.stringify(sender)} ${may ? 'may' : 'may not'} listen to ${topic}`, () =>
    assert.is(mayListen(sender, topic), may))

/** [sender, topics that were asked for, whether the delivery of m-1 is heard] */
const HEARD: readonly (readonly [typeof PARTY, string, boolean])[] = [
  [PARTY, '', false],
  [PARTY, '*', false],
  [PARTY, '*/*,Things/*', false],
  [PARTY, 'messages/m-2', false],
  [PARTY, '*,messages/m-1', true],
  [SOME, 'messages/*', true],
  [SOME, '', false],
  [OPERATOR, '', true],
  [OPERATOR, 'messages/*', true],
]

for (const [sender, topics, hears] of HEARD)
  test(`${JSON.stringify(sender)} with ${topics || 'no topics'} ${hears ? 'hears' : 'does not hear'} of a delivery`, () => {
    const query = new URLSearchParams({ topics })
    const how = { query, topology: LOCAL }
    const about = { owner: 'north' }
    assert.is(mayHear(sender, { noun: 'messages', subject: 'm-1', ...about }, how), hears)
    assert.is(mayHear(sender, { noun: 'Things', subject: 'a', ...about }, how), true)
  })

test.run()
