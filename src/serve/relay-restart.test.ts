// A gateway that is killed while a party is asked: what was accepted is carried on after the restart, and whoever asks
// again blindly gets the outcome.

import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { listening } from '../shell/http/raw.fixture.ts'
import { endAll, newFolder, start, startIn } from './process.fixture.ts'

const test = suite('serve: relay after a restart')

/** MessageIDs that the party has received, in order */
const heard: string[] = []
/** the same of whoever hears of what it has accepted */
const told: string[] = []
/** what a sender that did not wait has been told */
const later: string[] = []
let answers = false

const server = createServer((request, response) => {
  void request.toArray().then((chunks) => {
    const text = Buffer.concat(chunks as Buffer[]).toString()
    const id = /<MessageID>([^<]*)/.exec(text)?.[1] ?? ''
    if (request.url === '/later') return (void later.push(text), void response.writeHead(204).end())
    const to = request.url === '/archive' ? told : heard
    to.push(id)
    if (!answers) return
    const reply = `<ResponseMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>reply</Verb><Noun>EndDeviceEvents</Noun><MessageID>r-${id}</MessageID><CorrelationID>${id}</CorrelationID></Header><Reply><Result>OK</Result></Reply></ResponseMessage>`
    response.writeHead(200, { 'Content-Type': 'application/xml' }).end(reply)
  })
})

test.after(async () => {
  await endAll()
  server.close()
  server.closeAllConnections()
})

const EVENT = `<RequestMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>create</Verb><Noun>EndDeviceEvents</Noun><MessageID>m-1</MessageID><CorrelationID>m-1</CorrelationID></Header><Payload><EndDeviceEvents xmlns="http://iec.ch/TC57/2011/EndDeviceEvents#"><EndDeviceEvent><mRID>e-1</mRID><createdDateTime>2026-07-14T08:00:00Z</createdDateTime><Assets><mRID>a-1</mRID></Assets><EndDeviceEventType ref="0.0.0.0"/></EndDeviceEvent></EndDeviceEvents></Payload></RequestMessage>`

const HEADERS = { 'Content-Type': 'application/xml', 'X-API-Key': 'k' }
const send = (address: string) =>
  fetch(`${address}/cim`, { method: 'POST', body: EVENT, headers: HEADERS }).then((it) => it.text())

/** Parties of the legs that there are, the oldest first. */
async function legs(address: string): Promise<readonly string[]> {
  const response = await fetch(`${address}/api/v1/messages?key=e-1`, { headers: HEADERS })
  const { messages } = (await response.json()) as { messages: readonly { party: string }[] }
  return messages.map((it) => it.party).reverse()
}

test('T1b: killed after sending and before noting: sent again under the same MessageID, answered once', async () => {
  const party = `http://127.0.0.1:${await listening(server)}`
  const data = newFolder()
  const config = join(data, '..', `relay-${process.pid}.yaml`)
  writeFileSync(
    config,
    `parties: {wms: {binding: {type: cim-xml, url: "${party}/cim"}}, me: {auth: [{apiKey: "\${RELAY_KEY}"}]}}\nroutes: [{to: wms, timeout: 1h}]\n`,
  )
  process.env['RELAY_KEY'] = 'k'
  const first = await start(data, '--config', config)
  const lost = send(first.address).catch(() => 'lost')
  while (heard.length === 0) await new Promise((done) => setTimeout(done, 20))
  await first.end('SIGKILL')
  assert.is(await lost, 'lost')
  answers = true
  const second = await start(data, '--config', config)
  let text = ''
  for (let n = 0; n < 200 && !text.includes('<Result>OK'); n += 1) {
    text = await send(second.address)
    await new Promise((done) => setTimeout(done, 50))
  }
  assert.match(text, /<Result>OK<\/Result>/)
  assert.match(text, /<CorrelationID>m-1<\/CorrelationID>/)
  assert.is(new Set(heard).size, 1, 'one MessageID')
  assert.is(heard.length, 2)
  assert.is(await send(second.address), text)
  await second.end('SIGTERM')
})

test('killed while a party is asked: who has asked in CIM-JSON and does not wait is told in CIM-JSON', async () => {
  const data = newFolder()
  const config = join(data, 'json.yaml')
  const place = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  writeFileSync(
    config,
    `parties: {wms: {binding: {type: cim-xml, url: "${place}/cim"}}, me: {binding: {type: json, url: "${place}/later"}, auth: [{apiKey: "\${RELAY_KEY}"}]}}
routes: [{to: wms, timeout: 1h, reply: async}]
`,
  )
  answers = false
  heard.splice(0)
  const first = await start(data, '--config', config)
  const header = { Verb: 'create', Noun: 'EndDeviceEvents', MessageID: 'm-2', CorrelationID: 'm-2' }
  const event = {
    ...{ mRID: 'e-2', createdDateTime: '2026-07-14T08:00:00Z', Assets: { mRID: 'a-1' } },
    EndDeviceEventType: { '@ref': '0.0.0.0' },
  }
  await fetch(`${first.address}/cim`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-API-Key': 'k' },
    body: JSON.stringify({
      message: 'RequestMessage',
      header: { ...header, AsyncReplyFlag: true, ReplyAddress: `${place}/later` },
      payload: { EndDeviceEvents: { EndDeviceEvent: [event] } },
    }),
  })
  while (heard.length === 0) await new Promise((done) => setTimeout(done, 20))
  await first.end('SIGKILL')
  answers = true
  const second = await start(data, '--config', config)
  while (later.length === 0) await new Promise((done) => setTimeout(done, 20))
  await second.end('SIGTERM')
  assert.equal(JSON.parse(later[0] ?? '').reply, { Result: 'OK' })
})

for (const [point, tries] of [
  ['after-send', 2],
  ['before-commit', 2],
  ['after-mark', 1],
] as const)
  test(`killed ${point} of what the first one has accepted: the others hear of it once`, async () => {
    const data = newFolder()
    const config = join(data, 'others.yaml')
    const party = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const binding = (path: string) => `binding: {type: cim-xml, url: "${party}/${path}"}`
    const routes = 'routes: [{to: [wms, archive], timeout: 1h, reply: async}]'
    writeFileSync(
      config,
      `parties: {wms: {${binding('cim')}}, archive: {${binding('archive')}}, me: {operator: true, auth: [{apiKey: "\${RELAY_KEY}"}]}}\n${routes}\n`,
    )
    answers = true
    heard.splice(0)
    told.splice(0)
    // Of units that are about to be on disk the message is one, its leg being taken is the next, the outcome is the third.
    const at = point === 'before-commit' ? `${point}:3` : point
    const first = await startIn({ CIMGATE_CRASH_AT: at }, data, '--config', config)
    await send(first.address).catch(() => 'lost')
    await once(first.child, 'exit')
    assert.is(told.length, 0)
    assert.is(heard.length, 1)
    const second = await start(data, '--config', config)
    while (told.length === 0) await new Promise((done) => setTimeout(done, 20))
    const shown = await legs(second.address)
    await second.end('SIGTERM')
    assert.is(told.length, 1)
    assert.is(heard.length, tries)
    assert.is(new Set(heard).size, 1)
    // The last one is what the sender is told later.
    assert.equal(shown, ['me', 'wms', 'archive', 'me'])
  })

test.run()
