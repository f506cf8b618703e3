// Between a sender and a party that carries out: two cimgates over loopback, the one in front with a configuration. What is
// said, what is kept, what is told, and what happens while the party is away.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { serve } from '../main.ts'
import type { Running } from '../main.ts'
import { listening } from '../shell/http/raw.fixture.ts'

const test = suite('serve: relay')

const folder = mkdtempSync(join(tmpdir(), 'cimgate-relay-'))
const running: Running[] = []
let front = ''
let back = ''
/** what the party that is told of everything has heard */
const heard: string[] = []
let isAway = false
let listener: Server

const KEY = { 'X-API-Key': 'key-of-cs' }

async function start(name: string, config?: string): Promise<string> {
  const file = join(folder, `${name}.yaml`)
  if (config !== undefined) writeFileSync(file, config)
  const how = { port: 0, host: '127.0.0.1', data: join(folder, name), log: 'silent' }
  const it = await serve(how, { xsd: [], ...(config === undefined ? {} : { config: file }) })
  running.push(it)
  return it.address
}

test.before(async () => {
  listener = createServer((request, response) => {
    void request.toArray().then((chunks) => {
      if (isAway) return response.writeHead(503).end()
      heard.push(Buffer.concat(chunks as Buffer[]).toString())
      return response.writeHead(204).end()
    })
  })
  const told = `http://127.0.0.1:${await listening(listener)}`
  back = await start('back')
  process.env['KEY_OF_CS'] = 'key-of-cs'
  front = await start(
    'front',
    `
parties:
  cs:
    auth: [{apiKey: "\${KEY_OF_CS}"}]
    operator: true
    replyAddresses: ["${told}/replies"]
    binding: {type: cim-xml, url: "${told}/cs"}
  dms: {binding: {type: cim-xml, url: "${back}/cim"}}
  listener: {binding: {type: json, dialect: cim-json, url: "${told}"}}
  nowhere: {binding: {type: cim-xml, url: "http://127.0.0.1:1/cim", timeout: 500ms}}
routes:
  - {when: {noun: DERGroups, verb: [create, change, delete, get, execute]}, to: dms, order: "key:EndDeviceGroup.mRID", retry: [1s]}
  - {when: {noun: [MeterReadings], verb: created}, to: listener, retry: [100ms, 100ms, 100ms, 100ms]}
  - {when: {noun: [EndDeviceEvents]}, to: nowhere, timeout: 700ms}
  - {when: {noun: EndDeviceGroups, verb: [created, changed, deleted], from: cimgate}, to: [listener, cs]}
  - {when: {noun: [EndDeviceGroups]}, to: local}
awaiting:
  - {name: told, after: {noun: EndDeviceGroups, verb: create}, expect: {noun: EndDeviceGroups, verb: changed}, key: EndDeviceGroup.mRID, within: 300ms}
`,
  )
})

test.after(async () => {
  for (const it of running) await it.close()
  listener.close()
  listener.closeAllConnections()
  rmSync(folder, { recursive: true })
})

function message(noun: string, verb: string, id: string, payload: string, more = ''): string {
  const root = verb.endsWith('d') ? 'EventMessage' : 'RequestMessage'
  return `<${root} xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>${verb}</Verb><Noun>${noun}</Noun>${more}<MessageID>${id}</MessageID><CorrelationID>${id}</CorrelationID></Header><Payload>${payload}</Payload></${root}>`
}

function group(mRID: string): string {
  return `<DERGroups xmlns="http://iec.ch/TC57/2017/DERGroups#"><EndDeviceGroup><mRID>${mRID}</mRID><DERFunction><connectDisconnect>true</connectDisconnect><frequencyWattCurveFunction>true</frequencyWattCurveFunction><maxRealPowerLimiting>true</maxRealPowerLimiting><rampRateControl>true</rampRateControl><reactivePowerDispatch>true</reactivePowerDispatch><realPowerDispatch>true</realPowerDispatch><voltageRegulation>true</voltageRegulation><voltVarCurveFunction>true</voltVarCurveFunction><voltWattCurveFunction>true</voltWattCurveFunction></DERFunction><EndDevices><mRID>${mRID}-d</mRID></EndDevices><Names><name>${mRID}</name></Names></EndDeviceGroup></DERGroups>`
}

async function send(xml: string, headers: Readonly<Record<string, string>> = KEY) {
  const body = {
    method: 'POST',
    body: xml,
    headers: { 'Content-Type': 'application/xml', ...headers },
  }
  const response = await fetch(`${front}/cim`, body)
  return { status: response.status, text: await response.text() }
}

async function ask(at: string, path: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${at}${path}`, { headers: KEY })
  return (await response.json()) as Record<string, unknown>
}

/** Until something has come true; it is a fault when it never does. */
async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  for (let n = 0; n < 400; n += 1) {
    if (await what()) return
    await new Promise((done) => setTimeout(done, 25))
  }
  assert.unreachable('it never came true')
}

test('whoever does not say who they are is refused', async () => {
  assert.is((await send(message('DERGroups', 'create', 'm-0', group('g-0')), {})).status, 401)
})

test('a request is carried out by its party, answered under our own ids, and kept in our own record', async () => {
  const reply = await send(message('DERGroups', 'create', 'm-1', group('g-1')))
  assert.match(reply.text, /<Result>OK<\/Result>/)
  assert.match(reply.text, /<CorrelationID>m-1<\/CorrelationID>/)
  for (const at of [front, back]) {
    const object = await ask(at, '/api/v1/der-groups/g-1')
    assert.ok('EndDeviceGroup' in object, JSON.stringify(object))
  }
})

test('a repeated request gets the same reply, byte by byte, and the party is not asked again', async () => {
  const xml = message('DERGroups', 'create', 'm-2', group('g-2'))
  const [one, two] = [await send(xml), await send(xml)]
  assert.is(one.text, two.text)
  const other = await send(message('DERGroups', 'create', 'm-2', group('g-other')))
  assert.match(other.text, /rule=MSG-CONFLICT/)
})

test('what the party refuses is relayed word for word, and nothing is recorded', async () => {
  const reply = await send(message('DERGroups', 'change', 'm-3', group('g-none')))
  assert.match(reply.text, /<Result>FAILED<\/Result>[^]*<code>99\.1<\/code>/)
  assert.is((await fetch(`${front}/api/v1/der-groups/g-none`, { headers: KEY })).status, 404)
})

test('a query is answered by the party', async () => {
  await send(message('DERGroups', 'create', 'm-4', group('g-4')))
  const xml = `<RequestMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>get</Verb><Noun>DERGroups</Noun><MessageID>m-5</MessageID><CorrelationID>m-5</CorrelationID></Header><Request><ID kind="uuid">g-4</ID></Request></RequestMessage>`
  const reply = await send(xml)
  assert.match(reply.text, /<mRID>g-4<\/mRID>/)
})

test('whoever does not wait is acknowledged, and told at the address that it has named', async () => {
  const address = `${new URL(front).protocol}//127.0.0.1:${(listener.address() as { port: number }).port}/replies/7`
  const more = `<AsyncReplyFlag>true</AsyncReplyFlag><ReplyAddress>${address}</ReplyAddress>`
  const reply = await send(message('DERGroups', 'create', 'm-6', group('g-6'), more))
  assert.match(reply.text, /<Result>OK<\/Result>[^]*<code>0\.3<\/code>/)
  await until(() => heard.some((it) => it.includes('<CorrelationID>m-6</CorrelationID>')))
  const told = heard.find((it) => it.includes('<CorrelationID>m-6</CorrelationID>')) ?? ''
  assert.match(told, /^<\?xml[^]*<ResponseMessage[^]*<Result>OK<\/Result>/)
})

test('an event is acknowledged at once, and told on when its party is there again', async () => {
  isAway = true
  const readings = `<MeterReadings xmlns="http://iec.ch/TC57/2011/MeterReadings#"><MeterReading><Readings><timeStamp>2026-07-14T08:00:00Z</timeStamp><value>1</value><ReadingType ref="0.0.0.0"/></Readings><UsagePoint><mRID>up-7</mRID></UsagePoint></MeterReading></MeterReadings>`
  const before = heard.length
  const reply = await send(message('MeterReadings', 'created', 'm-7', readings))
  assert.match(reply.text, /<Result>OK<\/Result>/, reply.text)
  isAway = false
  await until(() => heard.length > before)
  const told = JSON.parse(heard.at(-1) ?? '{}') as { readonly header: Record<string, string> }
  assert.is(told.header['Verb'], 'created')
  assert.is.not(told.header['MessageID'], 'm-7')
  assert.is(told.header['MessageID'], told.header['CorrelationID'])
})

test('a party that cannot be reached in time is told of as such, and the same message again that it is still on its way', async () => {
  const event = `<EndDeviceEvents xmlns="http://iec.ch/TC57/2011/EndDeviceEvents#"><EndDeviceEvent><mRID>e-1</mRID><createdDateTime>2026-07-14T08:00:00Z</createdDateTime><Assets><mRID>a-1</mRID></Assets><EndDeviceEventType ref="0.0.0.0"/></EndDeviceEvent></EndDeviceEvents>`
  const xml = message('EndDeviceEvents', 'create', 'm-8', event)
  const reply = await send(xml)
  assert.match(reply.text, /<code>5\.2<\/code>[^]*rule=PEER-NOT-SENT/, reply.text)
  assert.match((await send(xml)).text, /<code>6\.1<\/code>[^]*rule=MSG-IN-FLIGHT/)
})

async function post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(`${front}/api/v1/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', ...KEY, ...headers },
  })
  const said = (await response.json()) as Record<string, unknown>
  return { status: response.status, said, headers: response.headers }
}

const FUNCTIONS = Object.fromEntries(
  [
    'connectDisconnect',
    'frequencyWattCurveFunction',
    'maxRealPowerLimiting',
    'rampRateControl',
    'reactivePowerDispatch',
    'realPowerDispatch',
    'voltageRegulation',
    'voltVarCurveFunction',
    'voltWattCurveFunction',
  ].map((it) => [it, true]),
)
const body = (mRID: string) => ({
  EndDeviceGroup: [
    { mRID, DERFunction: FUNCTIONS, EndDevices: [{ mRID: 'd' }], Names: [{ name: mRID }] },
  ],
})

test('a request in JSON is carried out by the party of its route, and answered as ever', async () => {
  const { status, said, headers } = await post('der-groups', body('g-10'))
  assert.is(status, 201, JSON.stringify(said))
  assert.is(headers.get('Location'), '/api/v1/der-groups/g-10')
  assert.ok('EndDeviceGroup' in (await ask(back, '/api/v1/der-groups/g-10')))
  const again = await post('der-groups', body('g-10'))
  assert.equal([again.status, again.said['code']], [409, '6.1'], JSON.stringify(again.said))
})

test('whoever prefers not to wait is told where to look, also when asking again', async () => {
  const key = { Prefer: 'respond-async', 'Idempotency-Key': 'k-11' }
  const { status, said, headers } = await post('der-groups', body('g-11'), key)
  assert.is(status, 202, JSON.stringify(said))
  assert.is(headers.get('Preference-Applied'), 'respond-async')
  const location = headers.get('Location') ?? ''
  await until(async () => JSON.stringify(await ask(front, location)).includes('"ACKED"'))
  const again = await post('der-groups', body('g-11'), key)
  assert.equal([again.status, again.said], [202, said])
})

test('whoever waits for a while goes on after it, and the outcome is kept in their notation', async () => {
  const event = {
    EndDeviceEvent: [
      {
        mRID: 'e-12',
        createdDateTime: '2026-07-14T08:00:00Z',
        Assets: { mRID: 'a-1' },
        EndDeviceEventType: { '@ref': '0.0.0.0' },
      },
    ],
  }
  const late = await post('end-device-events', event)
  assert.equal([late.status, late.said['whose']], [502, 'peer'], JSON.stringify(late.said))
  const key = { Prefer: 'wait=0', 'Idempotency-Key': 'k-12' }
  const first = await post('end-device-events', event, key)
  assert.is(first.status, 202, JSON.stringify(first.said))
  const busy = await post('end-device-events', event, key)
  assert.is(busy.status, 409, JSON.stringify(busy.said))
})

test('what has been accepted here is told to the parties that are to hear of it, once each', async () => {
  const before = heard.length
  const made = await post('end-device-groups', {
    EndDeviceGroup: [{ mRID: 'eg-1', Names: [{ name: 'n' }], EndDevices: [{ mRID: 'd' }] }],
  })
  assert.is(made.status, 201, JSON.stringify(made.said))
  await until(() => heard.length >= before + 2)
  const told = heard.slice(before)
  assert.ok(told.every((it) => it.includes('eg-1') && it.includes('created')))
  assert.is(told.filter((it) => it.startsWith('{')).length, 1)
  assert.is(told.filter((it) => it.includes('<EventMessage')).length, 1)
})

test('what had to come after a message and has not come is an alarm', async () => {
  const before = await metric('cimgate_awaited_overdue_total')
  const made = await post('end-device-groups', {
    EndDeviceGroup: [{ mRID: 'eg-2', Names: [{ name: 'n2' }], EndDevices: [{ mRID: 'd2' }] }],
  })
  assert.is(made.status, 201, JSON.stringify(made.said))
  await until(async () => (await metric('cimgate_awaited_overdue_total')) > before)
})

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${front}/metrics`, { headers: KEY })).text()
  const lines = text.split('\n').filter((it) => it.startsWith(name))
  return lines.reduce((sum, it) => sum + Number(it.slice(it.lastIndexOf(' '))), 0)
}

test('what no route takes is told as 5.2, and parked', async () => {
  const reply = await send(message('ServiceOrders', 'cancel', 'm-9', '<ID kind="uuid">x</ID>'))
  assert.match(reply.text, /<code>5\.2<\/code>[^]*rule=NO-ROUTE/)
  const parked = await ask(front, '/api/v1/parked')
  assert.match(JSON.stringify(parked), /"m-9"/)
})

test('a conversation can be looked at hop by hop', async () => {
  const found = (await ask(front, '/api/v1/messages?messageID=m-1')) as {
    readonly messages?: readonly { readonly exchangeId: string }[]
  }
  const exchange = JSON.stringify(
    await ask(front, `/api/v1/exchanges/${found.messages?.[0]?.exchangeId ?? ''}`),
  )
  assert.match(exchange, /"direction":"in"/)
  assert.match(exchange, /"direction":"out"[^]*"party":"dms"|"party":"dms"[^]*"direction":"out"/)
})

test.run()
