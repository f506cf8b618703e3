// More than a gateway can carry out: it says no at once, in the form in which it was asked, loses nothing that it has taken,
// and goes on as before when it is over.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { serve } from '../main.ts'
import { head, raw } from '../shell/http/raw.fixture.ts'
import { waitFor } from '../shell/wait.fixture.ts'
import { flood } from './load/flood.fixture.ts'
import { compared } from './load/ledger.fixture.ts'
import { groupXml, newGroup } from './messages.fixture.ts'
import { endAll, newFolder } from './process.fixture.ts'
import { answerOk, auth, openScene } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: overload')

const MOST = 8
const RESERVED = 2

let scene: Scene

test.before(async () => {
  scene = await openScene(
    (outside) => `
parties:
  cs: {${auth('cs')}, operator: true}
  noisy: {${auth('noisy')}, rate: {perSecond: 1, burst: 1}}
  alarm: {${auth('alarm')}}
  dms: {${auth('dms')}, binding: {type: cim-xml, url: "${outside}/dms", timeout: 20s}}
routes:
  - {when: {noun: DERGroups, from: alarm}, to: dms, order: none, expires: 1h, timeout: 20s}
  - {when: {noun: DERGroups, from: [cs, noisy]}, to: dms, order: none, timeout: 20s}
load: {requests: ${MOST}, reserve: ${(100 * RESERVED) / MOST}, partyShare: 100}
`,
  )
})

test.after(async () => {
  await scene.close()
  await endAll()
})

const LONG = { 'Content-Length': '5000' }
const XML = { 'Content-Type': 'application/xml' }
const JSON_TYPE = { 'Content-Type': 'application/json' }

/** [carrier, first line, headers, what its answer begins with] */
const CARRIERS: readonly (readonly [string, string, Readonly<Record<string, string>>, RegExp])[] = [
  ['a message in XML', 'POST /cim', XML, /^<\?xml.*\n<FaultMessage /],
  ['a message in CIM-JSON', 'POST /cim', JSON_TYPE, /^\{"type":/],
  ['SOAP 1.1', 'POST /soap', { 'Content-Type': 'text/xml' }, /<faultcode>/],
  ['SOAP 1.2', 'POST /soap/DERGroups', { 'Content-Type': 'application/soap+xml' }, /:Code>/],
  ['the façade', 'POST /api/v1/der-groups', JSON_TYPE, /^\{"type":/],
  ['a vendor', 'POST /vendor/example/groups', JSON_TYPE, /^\{"type":/],
]

/** The head of a request whose body never comes. */
function headAlone(party: string, line: string, headers: Readonly<Record<string, string>>) {
  const key = { 'X-API-Key': `key-of-${party}` }
  return raw(Number(new URL(scene.address).port), head(line, { ...headers, ...LONG, ...key }))
}

for (const [carrier, line, headers, form] of CARRIERS)
  test(`who sends too much is told so before the body is there: ${carrier}`, async () => {
    await scene.ask('noisy', 'GET', '/api/v1/der-groups')
    const { status, headers: said, body } = await headAlone('noisy', line, headers)
    assert.is(status, 429)
    assert.is(said['retry-after'], '1')
    assert.match(body, form)
    assert.match(body, /3\.2/)
  })

test('an upgrade is a request like any other', async () => {
  await scene.ask('noisy', 'GET', '/api/v1/der-groups')
  const upgrade = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13' }
  const key = { 'X-API-Key': 'key-of-noisy', 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==' }
  const port = Number(new URL(scene.address).port)
  const { status, headers } = await raw(port, head('GET /status', { ...upgrade, ...key }))
  assert.is(status, 429)
  assert.is(headers['retry-after'], '1')
})

test('nobody else is refused for it, and it is counted', async () => {
  assert.is((await scene.ask('cs', 'GET', '/api/v1/der-groups')).status, 200)
  const { text } = await scene.ask('cs', 'GET', '/metrics')
  assert.match(text, /cimgate_requests_refused_total\{party="noisy",why="party-rate"\} \d/)
  assert.not.match(text, /cimgate_requests_refused_total\{party="cs"/)
})

async function load(what: string): Promise<number> {
  const { text } = await scene.ask('cs', 'GET', '/metrics')
  return Number(new RegExp(`cimgate_load\\{what="${what}"\\} (\\d+)`).exec(text)?.[1])
}

test('T6: where everything is taken, each carrier is told 503 unread, what is urgent has room, and it ends by itself', async () => {
  const held: (() => void)[] = []
  scene.behave(({ body }, response) => void held.push(() => answerOk(response, body)))
  const sent = (party: string) => scene.send(party, groupXml(newGroup()).replace('dso-dms', party))
  const asked = Array.from({ length: MOST - RESERVED }, () => sent('cs'))
  await waitFor(async () => (await load('requests')) === MOST - RESERVED, 'requests that wait')
  await waitFor(async () => (await load('working')) === 0, 'what waits for a party to cost nothing')
  for (const [carrier, line, headers, form] of CARRIERS) {
    const { status, headers: said, body } = await headAlone('cs', line, headers)
    assert.is(status, 503, carrier)
    assert.match(said['retry-after'] ?? '', /^[1-5]$/)
    assert.match(body, form)
    assert.match(body, /5\.1/)
  }
  const urgent = Array.from({ length: RESERVED }, () => sent('alarm'))
  await waitFor(async () => (await load('requests')) === MOST, 'urgent requests that wait, too')
  assert.is((await headAlone('alarm', 'POST /cim', XML)).status, 503)
  assert.is((await fetch(`${scene.address}/livez`)).status, 200)
  await waitFor(() => held.length === MOST, 'all of them with their party')
  scene.behave(({ body }, response) => answerOk(response, body))
  for (const answer of held) answer()
  for (const { status, text } of await Promise.all([...asked, ...urgent]))
    assert.ok(status === 200 && text.includes('<Result>OK<'), text)
  assert.match((await sent('cs')).text, /<Result>OK</)
  await waitFor(async () => (await load('requests')) === 0, 'every place to be given back')
})

test('T6: of a flood nothing that was accepted is lost, nothing that was refused is done, and afterwards all is as before', async () => {
  const data = newFolder()
  // One thread sends and answers: what it has under way at once is little.
  const config = join(newFolder(), 'cimgate.yaml')
  writeFileSync(config, 'load: {working: 4}')
  const how = { port: 0, host: '127.0.0.1', data, log: 'silent' }
  const running = await serve(how, { xsd: [], config })
  const port = Number(new URL(running.address).port)
  const over = await flood({ port, perSecond: 3_000, durationMs: 1_500, connections: 300, seed: 1 })
  // Long enough to be connected on a machine that is busy: what is not sent by then is not sent at all.
  const after = await flood({ port, perSecond: 0, durationMs: 1_000, connections: 2, seed: 2 })
  await running.close()
  assert.ok(over.accepted.length > 0 && over.refusedMs.count > 0, JSON.stringify(over.refused))
  assert.equal(Object.keys(over.refused), ['503'])
  assert.is(over.told, over.refusedMs.count)
  assert.equal([over.unknown, after.unknown], [[], []])
  assert.equal([after.refused, after.accepted.length > 0], [{}, true])
  const { lost, sneaked } = await compared(data, [
    [1, over],
    [2, after],
  ])
  assert.equal({ lost, sneaked }, { lost: 0, sneaked: 0 })
})

test.run()
