// A configuration that is changed while the gateway runs: taken over at once when it is right, and nothing is lost; told
// of and left alone when it is wrong. Over processes, sockets and files as operators have them.

import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { WebSocket } from 'ws'
import { listening } from '../shell/http/raw.fixture.ts'
import { openStore } from '../shell/store/index.ts'
import { waitFor } from '../shell/wait.fixture.ts'
import { endAll, newFolder, startIn } from './process.fixture.ts'
import type { Served } from './process.fixture.ts'
import { answerOk } from './scene.fixture.ts'

const test = suite('serve: reload')

const KEYS = { KEY_ONE: 'key-one', KEY_TWO: 'key-two', KEY_OPS: 'key-ops' }
const parties: Server[] = []

test.after(async () => {
  await endAll()
  for (const it of parties) {
    it.close()
    it.closeAllConnections()
  }
})

/** A party that keeps the mRIDs of what it has taken. */
async function party(status: number) {
  const heard: string[] = []
  const server = createServer((request, response) => {
    void request.toArray().then((chunks) => {
      const text = Buffer.concat(chunks as Buffer[]).toString()
      if (status >= 300) return response.writeHead(status).end()
      heard.push(/<mRID>([^<]*)/.exec(text)?.[1] ?? text)
      return answerOk(response, text)
    })
  })
  parties.push(server)
  return { url: `http://127.0.0.1:${await listening(server)}/cim`, heard }
}

interface Front extends Served {
  /** Writes the configuration anew, as an editor does: beside it, and then in its place. */
  readonly change: (text: string) => void
  readonly data: string
}

async function front(text: string): Promise<Front> {
  const folder = newFolder()
  const [data, config] = [join(folder, 'data'), join(folder, 'cimgate.yaml')]
  const change = (it: string) => {
    writeFileSync(`${config}.new`, it)
    renameSync(`${config}.new`, config)
  }
  change(text)
  const served = await startIn(KEYS, data, '--config', config, '--log', 'info')
  return { ...served, change, data }
}

const WITH =
  'me: {auth: [{apiKey: "${KEY_ONE}"}]}, ops: {operator: true, auth: [{apiKey: "${KEY_OPS}"}]}'
const ROUTE = 'routes: [{to: dms, reply: async, retry: [1h, 1h]}]\n'

function to(url: string, more = ''): string {
  return `parties: {${WITH}, dms: {binding: {type: cim-xml, url: "${url}"}}}\n${ROUTE}${more}`
}

function send({ address }: Served, id: string, key = 'key-one'): Promise<Response> {
  const body = `<RequestMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>create</Verb><Noun>EndDeviceEvents</Noun><MessageID>${id}</MessageID><CorrelationID>${id}</CorrelationID></Header><Payload><EndDeviceEvents xmlns="http://iec.ch/TC57/2011/EndDeviceEvents#"><EndDeviceEvent><mRID>${id}</mRID><createdDateTime>2026-07-14T08:00:00Z</createdDateTime><Assets><mRID>a-1</mRID></Assets><EndDeviceEventType ref="0.0.0.0"/></EndDeviceEvent></EndDeviceEvents></Payload></RequestMessage>`
  return fetch(`${address}/cim`, {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/xml', 'X-API-Key': key },
  })
}

async function asked({ address }: Served, path: string, method = 'GET'): Promise<string> {
  const answer = await fetch(`${address}${path}`, { method, headers: { 'X-API-Key': 'key-ops' } })
  return answer.text()
}

const taken = (it: Served, count: number) =>
  waitFor(
    async () =>
      (await asked(it, '/metrics')).includes(`cimgate_config_reloads{result="taken"} ${count}\n`),
    `${count} configurations taken over\n${it.said()}`,
  )

test('the address of a party is another one while messages wait: all arrive there, in order, at once', async () => {
  const [old, fresh] = [await party(503), await party(204)]
  const it = await front(to(old.url))
  const ids = Array.from({ length: 12 }, (_, at) => `url-${at}`)
  for (const id of ids) assert.match(await (await send(it, id)).text(), /<code>0\.3<\/code>/)
  await waitFor(
    async () => (await asked(it, '/api/v1/messages?state=FAILED')).includes('"FAILED"'),
    'a try that failed',
  )
  it.change(to(fresh.url))
  await waitFor(() => fresh.heard.length >= ids.length, `all at the new address\n${it.said()}`)
  assert.equal(fresh.heard, ids)
  assert.is((await send(it, 'url-more')).status, 200)
  await waitFor(() => fresh.heard.length > ids.length, 'one more')
  await it.end('SIGTERM')
  const store = await openStore(it.data)
  const [configurations, audit] = [await store.configurations(), await store.audit({ limit: 100 })]
  await store.close()
  assert.is(configurations.length, 2)
  assert.match(configurations[0]?.text ?? '', new RegExp(fresh.url))
  assert.match(configurations[1]?.text ?? '', /\$\{KEY_ONE\}/)
  assert.not.match(JSON.stringify(configurations), /key-one/)
  const own = audit.filter(({ what }) => what === 'configuration')
  assert.equal(
    own.map(({ who, subject, details }) => [who, subject, details]),
    [
      ['start', configurations[1]?.version, ''],
      ['file', configurations[0]?.version, 'parties'],
    ],
  )
})

test('a message that is on its way when its party moves is answered where it went, and is no second time sent', async () => {
  const fresh = await party(204)
  const answered = { go: () => undefined as unknown, heard: 0 }
  const slow = createServer((request, response) => {
    void request.toArray().then((chunks) => {
      answered.heard += 1
      answered.go = () => answerOk(response, Buffer.concat(chunks as Buffer[]).toString())
    })
  })
  parties.push(slow)
  const it = await front(to(`http://127.0.0.1:${await listening(slow)}/cim`))
  await send(it, 'way-1')
  await waitFor(() => answered.heard === 1, 'the message at the old address')
  it.change(to(fresh.url))
  await taken(it, 1)
  answered.go()
  await waitFor(
    async () => (await asked(it, '/api/v1/messages?direction=out&state=ACKED')).includes('"ACKED"'),
    `answered\n${it.said()}`,
  )
  await send(it, 'way-2')
  await waitFor(() => fresh.heard.length > 0, 'the next one at the new address')
  assert.equal([answered.heard, fresh.heard], [1, ['way-2']])
  await it.end('SIGTERM')
})

test('what is wrong is refused and told with every problem; the one before stays, and the gateway is ready', async () => {
  const dms = await party(204)
  const it = await front(to(dms.url))
  const refused = [
    'parties: {dms: [',
    `limits: {depth: 1000}\n${to('ftp://nowhere')}`,
    'parties: {}\n',
    '',
    to(dms.url).replace('to: dms', 'to: nobody'),
  ]
  for (const [at, text] of refused.entries()) {
    it.change(text)
    await waitFor(
      async () =>
        (await asked(it, '/metrics')).includes(
          `cimgate_config_reloads{result="refused"} ${at + 1}\n`,
        ),
      `${text} refused\n${it.said()}`,
    )
    assert.is((await fetch(`${it.address}/readyz`)).status, 200)
    assert.is((await send(it, `wrong-${at}`)).status, 200)
  }
  await waitFor(() => dms.heard.length === refused.length, 'all delivered')
  assert.match(it.said(), /cimgate\.yaml:1:17: limits\.depth/)
  assert.match(it.said(), /parties\.dms\.binding\.url/)
  assert.match(it.said(), /there is no party nobody/)
  assert.match(await asked(it, '/metrics'), /cimgate_config_last_reload_successful 0\n/)
  it.change(to(dms.url))
  await waitFor(
    async () => /cimgate_config_last_reload_successful 1\n/.test(await asked(it, '/metrics')),
    'the right one again',
  )
  await it.end('SIGTERM')
})

test('a party that is gone: what waits for it is parked with a remedy, and redriven when it is back', async () => {
  const [away, dms, other] = [await party(503), await party(204), await party(204)]
  const it = await front(to(away.url))
  for (const id of ['gone-1', 'gone-2']) await send(it, id)
  await waitFor(
    async () => (await asked(it, '/api/v1/messages?state=FAILED')).includes('"FAILED"'),
    'a try that failed',
  )
  it.change(
    `parties: {${WITH}, other: {binding: {type: cim-xml, url: "${other.url}"}}}\nroutes: [{to: other}]\n`,
  )
  const parked = async () => JSON.parse(await asked(it, '/api/v1/parked')).messages as any[]
  await waitFor(async () => (await parked()).length === 2, `both parked\n${it.said()}`)
  for (const { reason } of await parked())
    assert.match(reason, /no party dms any more; put it back and redrive/)
  it.change(to(dms.url))
  await taken(it, 2)
  assert.is(dms.heard.length, 0)
  for (const { id } of await parked()) await asked(it, `/api/v1/messages/${id}:redrive`, 'POST')
  await waitFor(() => dms.heard.length === 2, `both delivered\n${it.said()}`)
  await it.end('SIGTERM')
})

test('a key that is taken back: the next request is 401, and its socket is closed at once', async () => {
  const dms = await party(204)
  const it = await front(to(dms.url))
  const socket = new WebSocket(`${it.address.replace('http', 'ws')}/status`, {
    headers: { 'X-API-Key': 'key-one' },
  })
  const closed = new Promise<number>((done) => socket.once('close', done))
  await new Promise((done) => socket.once('message', done))
  assert.is((await send(it, 'key-1')).status, 200)
  it.change(to(dms.url).replace('KEY_ONE', 'KEY_TWO'))
  assert.is(await closed, 1008)
  await waitFor(async () => (await send(it, 'key-2')).status === 401, 'the old key refused')
  assert.is((await send(it, 'key-3', 'key-two')).status, 200)
  await it.end('SIGTERM')
})

test('of several changes in quick succession the last one stands', async () => {
  const [one, last] = [await party(204), await party(204)]
  const it = await front(to(one.url))
  for (let n = 0; n < 20; n += 1) it.change(to(`${one.url}/${n}`))
  it.change(to(last.url, 'retention: {messages: 7d}\n'))
  await waitFor(async () => {
    await send(it, `quick-${Math.random()}`)
    return last.heard.length > 0
  }, `the last one\n${it.said()}`)
  const before = one.heard.length
  await send(it, 'quick-end')
  await waitFor(() => last.heard.includes('quick-end'), 'one more')
  assert.is(one.heard.length, before)
  await it.end('SIGTERM')
})

test('links that are replaced as Kubernetes does, a secret in a file, and SIGHUP', async () => {
  const dms = await party(204)
  const folder = newFolder()
  const version = (name: string, key: string) => {
    mkdirSync(join(folder, name))
    writeFileSync(join(folder, name, 'key'), key)
    const text = to(dms.url).replace('"${KEY_ONE}"', `{file: ${join(folder, 'key')}}`)
    writeFileSync(join(folder, name, 'cimgate.yaml'), text)
    symlinkSync(name, join(folder, 'data.new'))
    renameSync(join(folder, 'data.new'), join(folder, '..data'))
  }
  version('1', 'first')
  symlinkSync('..data/cimgate.yaml', join(folder, 'cimgate.yaml'))
  symlinkSync('..data/key', join(folder, 'key'))
  const it = await startIn(KEYS, newFolder(), '--config', join(folder, 'cimgate.yaml'))
  assert.is((await send(it, 'link-1', 'first')).status, 200)
  version('2', 'second')
  await waitFor(async () => (await send(it, 'link-2', 'second')).status === 200, it.said())
  assert.is((await send(it, 'link-3', 'first')).status, 401)
  it.child.kill('SIGHUP')
  assert.is((await send(it, 'link-4', 'second')).status, 200)
  assert.is(await it.end('SIGTERM'), 0)
})

test('what counts from the next start on is told, and the rest is taken over', async () => {
  const dms = await party(204)
  const it = await front(to(dms.url))
  it.change(
    to(dms.url, 'source: another\nlimits: {bodyBytes: 1024}\n').replace('KEY_ONE', 'KEY_TWO'),
  )
  await taken(it, 1)
  assert.match(it.said(), /"keys":\["source"\].*from the next start on/)
  assert.match(await asked(it, '/metrics'), /cimgate_config_restart_pending 1\n/)
  const reply = await (await send(it, 'start-1', 'key-two')).text()
  assert.match(reply, /<Source>cimgate<\/Source>/)
  assert.is((await send(it, 'x'.repeat(2000), 'key-two')).status, 413)
  await it.end('SIGTERM')
})

test.run()
