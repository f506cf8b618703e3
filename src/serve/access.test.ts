// The gateway as a process with parties: who comes in where, what they see, and where it may listen without parties.

import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { HANG_MS } from '../shell/wait.fixture.ts'
import { refused } from '../shell/websocket/client.fixture.ts'
import { groupXml, newGroup } from './messages.fixture.ts'
import { endAll, newFolder, start } from './process.fixture.ts'
import type { Served } from './process.fixture.ts'

const test = suite('serve: access')

const CONFIG = `
parties:
  dms: {auth: [{apiKey: "\${ACCESS_TEST_DMS}"}], sources: [dso-dms]}
  wms: {auth: [{bearer: "\${ACCESS_TEST_WMS}"}]}
  ops: {auth: [{apiKey: "\${ACCESS_TEST_OPS}"}], operator: true}
`
const DMS = { 'X-API-Key': 'geheim-dms' }
const WMS = { Authorization: 'Bearer geheim-wms' }
const OPS = { 'X-API-Key': 'geheim-ops' }

let served: Served

test.before(async () => {
  const folder = newFolder()
  const config = join(folder, 'cimgate.yaml')
  writeFileSync(config, CONFIG)
  for (const it of ['dms', 'wms', 'ops'])
    process.env[`ACCESS_TEST_${it.toUpperCase()}`] = `geheim-${it}`
  served = await start(join(folder, 'data'), '--config', config)
})

test.after(endAll)

async function ask(path: string, headers: Readonly<Record<string, string>> = {}, body?: string) {
  const response = await fetch(`${served.address}${path}`, {
    headers: { ...headers, ...(body === undefined ? {} : { 'Content-Type': 'application/xml' }) },
    ...(body === undefined ? {} : { method: 'POST', body }),
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

test('asks everybody but probes', async () => {
  for (const path of ['/livez', '/readyz']) assert.is((await ask(path)).status, 200, path)
  for (const path of ['/', '/docs', '/openapi.json', '/metrics', '/api/v1/messages']) {
    const { status, headers } = await ask(path)
    assert.equal([status, headers.get('www-authenticate')], [401, 'Bearer realm="cimgate"'], path)
  }
  for (const path of ['/docs', '/api/v1/messages'])
    assert.is((await ask(path, WMS)).status, 200, path)
  assert.equal(
    [(await ask('/metrics', DMS)).status, (await ask('/metrics', OPS)).status],
    [403, 200],
  )
  assert.not.match(served.said(), /Authentication is off/)
})

test('takes a message from a party, keeps it as its own, and shows it to no other', async () => {
  const xml = groupXml(newGroup(2))
  const stranger = await ask('/cim', {}, xml)
  assert.is(stranger.status, 401)
  assert.match(stranger.text, /FaultMessage.*7\.2/s)
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
  const traceparent = `00-${trace}-00f067aa0ba902b7-01`
  const made = await ask('/cim', { ...DMS, traceparent }, xml)
  assert.match(made.text, '<Result>OK<')
  const of = async (who: Readonly<Record<string, string>>) =>
    JSON.parse((await ask('/api/v1/messages', who)).text).messages
  const [mine, others, all] = [await of(DMS), await of(WMS), await of(OPS)]
  assert.equal([mine.length, others.length, all.length], [1, 0, 1])
  assert.equal([mine[0].party, mine[0].direction], ['dms', 'in'])
  assert.match(mine[0].traceparent, new RegExp(`^00-${trace}-`))
  const { id, exchangeId } = mine[0]
  assert.is((await ask(`/api/v1/messages/${id}/raw`, DMS)).text, xml)
  assert.is((await ask(`/api/v1/messages/${id}/raw?part=reply`, DMS)).text, made.text)
  assert.is((await ask(`/api/v1/messages/${id}`, WMS)).status, 404)
  const conversation = JSON.parse((await ask(`/api/v1/exchanges/${exchangeId}`, OPS)).text)
  assert.is(conversation.messages[0].request, xml)
})

test('counts it by party and noun', async () => {
  const { text } = await ask('/metrics', OPS)
  assert.match(text, /^cimgate_messages_received_total\{party="dms",noun="DERGroups"\} 1$/m)
  assert.match(text, /^cimgate_status_sockets 0$/m)
  assert.match(
    text,
    /^cimgate_http_request_duration_seconds_count\{method="POST",route="\/cim",status="401"\} 1$/m,
  )
})

test('lets nobody listen without a token, and logs no secret', async () => {
  const port = Number(new URL(served.address).port)
  assert.is((await refused(port, '/status'))[0], 401)
  assert.is((await refused(port, '/status?token=geheim-dms'))[0], 401)
  const [status, said] = await refused(port, '/status?topics=der-groups/*', DMS)
  assert.is(status, 400)
  assert.match(said, /There is no noun der-groups.*did you mean DERGroups\/\*\?/)
  await ask('/cim', { 'X-API-Key': 'falsch' }, '<a/>')
  assert.is(await served.end('SIGTERM'), 0)
  assert.not.match(served.said(), /geheim|falsch/)
})

test('without parties it listens on the loopback address only', () => {
  const launch = fileURLToPath(new URL('../../../src/launch.cjs', import.meta.url))
  const data = newFolder()
  const how = ['serve', '--port', '0', '--host', '0.0.0.0', '--data', data]
  const { status, stderr } = spawnSync(process.execPath, [launch, ...how], {
    encoding: 'utf8',
    timeout: HANG_MS,
  })
  assert.is(status, 2)
  assert.match(
    stderr,
    /listens on the loopback address only, not on 0\.0\.0\.0\. Configure parties/,
  )
})

test.run()
