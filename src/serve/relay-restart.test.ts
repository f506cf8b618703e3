// A gateway that is killed while a party is asked: what was accepted is carried on after the restart, and whoever asks
// again blindly gets the outcome.

import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { listening } from '../shell/http/raw.fixture.ts'
import { endAll, newFolder, start } from './process.fixture.ts'

const test = suite('serve: relay after a restart')

/** MessageIDs that the party has received, in order */
const heard: string[] = []
let answers = false

const server = createServer((request, response) => {
  void request.toArray().then((chunks) => {
    const text = Buffer.concat(chunks as Buffer[]).toString()
    const id = /<MessageID>([^<]*)/.exec(text)?.[1] ?? ''
    heard.push(id)
    if (!answers) return
    const reply = `<ResponseMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>reply</Verb><Noun>EndDeviceEvents</Noun><MessageID>r-${heard.length}</MessageID><CorrelationID>${id}</CorrelationID></Header><Reply><Result>OK</Result></Reply></ResponseMessage>`
    response.writeHead(200, { 'Content-Type': 'application/xml' }).end(reply)
  })
})

test.after(async () => {
  await endAll()
  server.close()
  server.closeAllConnections()
})

const EVENT = `<RequestMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>create</Verb><Noun>EndDeviceEvents</Noun><MessageID>m-1</MessageID><CorrelationID>m-1</CorrelationID></Header><Payload><EndDeviceEvents xmlns="http://iec.ch/TC57/2011/EndDeviceEvents#"><EndDeviceEvent><mRID>e-1</mRID><createdDateTime>2026-07-14T08:00:00Z</createdDateTime><Assets><mRID>a-1</mRID></Assets><EndDeviceEventType ref="0.0.0.0"/></EndDeviceEvent></EndDeviceEvents></Payload></RequestMessage>`

test('T1b: killed after sending and before noting: sent again under the same MessageID, answered once', async () => {
  const party = `http://127.0.0.1:${await listening(server)}`
  const data = newFolder()
  const config = join(data, '..', `relay-${process.pid}.yaml`)
  writeFileSync(
    config,
    `parties: {wms: {binding: {type: cim-xml, url: "${party}/cim"}}, me: {auth: [{apiKey: "\${RELAY_KEY}"}]}}\nroutes: [{to: wms, timeout: 1h}]\n`,
  )
  process.env['RELAY_KEY'] = 'k'
  const send = (address: string) =>
    fetch(`${address}/cim`, {
      method: 'POST',
      body: EVENT,
      headers: { 'Content-Type': 'application/xml', 'X-API-Key': 'k' },
    }).then((it) => it.text())
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

test.run()
