// What goes on the wire in each carrier, judged by the schemas of typed messages and SOAP, and answers that never end.

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openCimgate } from '../../src/index.ts'
import type { Cimgate } from '../../src/index.ts'
import { TRANSPORT_CHECKS } from '../checks/transport.ts'
import { compose } from '../engine/compose.ts'
import { readRegister } from '../register.ts'
import { asked as ofFacade } from './bridge.ts'
import { CARRIERS, carried } from './carrier.ts'
import type { CarrierName } from './carrier.ts'
import { MOST_BYTES, overHttp } from './http.ts'
import { relayed } from './relayed.ts'

const test = suite('conformance: transport')
const { scenarios, payload } = readRegister()
let cimgate: Cimgate
test.before(async () => void (cimgate = await openCimgate()))
test.after(() => cimgate.close())

/** The message of a step, as it is sent. */
function written(scenario: string, id: string): Uint8Array {
  const step = scenarios.find((it) => it.id === scenario)?.steps.find((it) => it.id === id)
  assert.ok(step, `${scenario} step ${id}`)
  const now = '2026-07-14T09:00:00Z'
  const captured = { assigned: 'a-1' }
  const { xml } = compose(step, { seed: 's', scenario, source: 'tester', now, captured, payload })
  return new TextEncoder().encode(xml)
}

const [DER, WORK] = ['http://iec.ch/TC57/2017/', 'http://iec.ch/TC57/2015/']
/** [case, step, root of the typed message, its soapAction, operation of the generic service] */
const MESSAGES: readonly (readonly [string, string, string, string, string])[] = [
  ['DERG-1a', '1', 'CreateDERGroups', `${DER}DERGroups/CreateDERGroups`, 'Request'],
  ['DERG-1a', '2', 'DERGroupQueriesRequestMessage', `${DER}DERGroups/QueryDERGroups`, 'Request'],
  [
    'DERG-3',
    '2',
    'ExecuteDERGroupsOperationSet',
    `${DER}DERGroupsOperationSet/ExecuteDERGroupsOperationSet`,
    'Request',
  ],
  [
    'WR-1a',
    '2',
    'GetWorkRequestsRequestMessage',
    `${WORK}GetWorkRequests/GetWorkRequests`,
    'Request',
  ],
  ['DERG-6', '1', 'CreatedDERGroups', `${DER}DERGroups/CreatedDERGroups`, 'PublishEvent'],
]

for (const [scenario, step, root, action, operation] of MESSAGES)
  for (const carrier of Object.keys(CARRIERS) as readonly CarrierName[])
    test(`${scenario} step ${step} is valid over ${carrier}, and says so in its headers`, async () => {
      const { bytes, headers } = carried(written(scenario, step), CARRIERS[carrier])
      const { verdict, findings, soap, root: found } = await cimgate.validate(bytes)
      assert.is(verdict, 'valid', JSON.stringify(findings))
      const { soap: version, isTyped } = CARRIERS[carrier] as { soap?: string; isTyped?: boolean }
      assert.is(soap, version ?? null)
      if (isTyped === true) assert.is(found?.name, root)
      const wanted = isTyped === true ? action : `http://iec.ch/61968/${operation}`
      assert.is(headers['SOAPAction'], version === '1.1' ? `"${wanted}"` : undefined)
      if (version === '1.2') assert.match(headers['Content-Type'] ?? '', `action="${wanted}"`)
    })

/** What is wrong on purpose stays as it is: its octets are in what is sent. */
const WRONG = ['truncated', 'prefix', 'two-roots', 'doctype', 'external-entity']
for (const name of WRONG)
  for (const carrier of Object.keys(CARRIERS) as readonly CarrierName[])
    test(`100/xml/${name} is as wrong over ${carrier}`, async () => {
      const { bytes } = carried(written(`100/xml/${name}`, '1'), CARRIERS[carrier])
      assert.is.not((await cimgate.validate(bytes)).verdict, 'valid')
    })

const MESSAGE = 'http://iec.ch/TC57/2011/schema/message'
const HEADER = '<Header><Verb>create</Verb><Noun>DERGroups</Noun></Header>'
const GROUPS = 'http://iec.ch/TC57/2017/DERGroups#'
/** [what, message, what of it is in the namespace of the typed one] */
const WRITTEN_OTHERWISE: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'in one line',
    `<RequestMessage xmlns="${MESSAGE}">${HEADER}<Payload><DERGroups xmlns="${GROUPS}"/></Payload></RequestMessage>`,
    ['CreateDERGroups', 'Header', 'Payload'],
  ],
  [
    'with tags in comments and CDATA, and a > in an attribute',
    `<RequestMessage xmlns="${MESSAGE}"><!-- <Header> -->${HEADER}<Payload a=">"><DERGroups xmlns="${GROUPS}"><Header/><![CDATA[<Payload>]]></DERGroups></Payload></RequestMessage>`,
    ['CreateDERGroups', 'Header', 'Payload'],
  ],
  [
    'without a payload',
    `<RequestMessage xmlns="${MESSAGE}">${HEADER}</RequestMessage>`,
    ['CreateDERGroups', 'Header'],
  ],
  [
    'a query by ID beside its profile',
    `<RequestMessage xmlns="${MESSAGE}">${HEADER.replace('create', 'get')}<Request><ID>1</ID><GetWorkRequests xmlns="http://iec.ch/TC57/2015/GetWorkRequests#"/></Request></RequestMessage>`,
    ['GetWorkRequestsRequestMessage', 'Header', 'Request', 'ID'],
  ],
]
for (const [name, message, expected] of WRITTEN_OTHERWISE)
  test(`${name}: what is of the typed message is renamed, and nothing else`, () => {
    const namespaceOf = (noun: string) => (noun === 'DERGroups' ? GROUPS : undefined)
    const { bytes } = carried(new TextEncoder().encode(message), { isTyped: true }, namespaceOf)
    const text = new TextDecoder().decode(bytes)
    assert.equal(
      [...text.matchAll(/<m:(\w+)/g)].map((it) => it[1]),
      expected,
    )
    const closed = text.replaceAll(/<(\/?)m:/g, '<$1').replace(/ xmlns:m="[^"]*"/, '')
    assert.is(closed.replaceAll(expected[0] ?? '', 'RequestMessage'), message)
  })

test('octets that are no UTF-8 go as they are', () => {
  const message = Buffer.concat([written('DERG-1a', '1'), Buffer.from([0xff, 0xfe])])
  for (const it of Object.values(CARRIERS))
    assert.ok(Buffer.from(carried(message, it).bytes).includes(Buffer.from([0xff, 0xfe])))
})

const servers: Server[] = []
test.after(() => servers.forEach((it) => (it.closeAllConnections(), it.close())))

async function listening(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer(
    (request, response) => void request.resume().on('end', () => answer(response)),
  )
  servers.push(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

async function answeredBy(answer: (response: ServerResponse) => void, waitMs: number) {
  const server = createServer((_request, response) => answer(response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  try {
    return await overHttp({ url, waitMs, headers: {} }).send(new TextEncoder().encode('<a/>'))
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

test('each message has a connection of its own: none is sent on one that is about to be closed', async () => {
  let connections = 0
  const server = createServer(
    (request, response) => void request.resume().on('end', () => response.end('<a/>')),
  )
  server.on('connection', () => void (connections += 1))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const http = overHttp({ url, waitMs: 5000, headers: {} })
  const asked = { method: 'POST', path: '/', headers: {}, bytes: new Uint8Array() }
  for (let at = 0; at < 2; at += 1) {
    assert.is((await http.send(new Uint8Array())).kind, 'answered')
    assert.is((await relayed(asked, url, 5000)).answer.kind, 'answered')
  }
  assert.is(connections, 4)
  await new Promise((done) => server.close(done))
})

test('an answer that comes octet by octet is late when its time is over, however often one comes', async () => {
  const answer = await answeredBy((response) => {
    response.write('<a>')
    const timer = setInterval(() => response.write(' '), 10)
    response.on('close', () => clearInterval(timer))
  }, 150)
  assert.equal(answer, { kind: 'late', waitedMs: 150 })
})

/** [how the connection breaks, what is known of the answer, what is said of it] */
const BREAKS: readonly (readonly [
  string,
  (response: ServerResponse) => void,
  readonly [number | null, string],
  RegExp,
])[] = [
  [
    'in the middle of the answer',
    (response) => {
      response.writeHead(200, { 'Content-Type': 'application/xml', 'Content-Length': 99 })
      response.write('<half>', () => response.socket?.destroy())
    },
    [200, '<half>'],
    /^cut off under HTTP 200, after 6 octets \(.+\)$/,
  ],
  [
    'before it has begun',
    (response) => response.socket?.destroy(),
    [null, ''],
    /^cut off before anything of it came \(.+\)$/,
  ],
  [
    'because it is no HTTP',
    (response) => response.socket?.end('SSH-2.0-OpenSSH\r\n\r\n'),
    [null, ''],
    /^cut off before anything of it came \(.+\)$/,
  ],
]

for (const [how, answer, known, said] of BREAKS)
  test(`a connection that breaks ${how} is of somebody who is there, and what came is kept`, async () => {
    const url = await listening(answer)
    const asked = { method: 'POST', path: '/', headers: {}, bytes: new Uint8Array() }
    const all = [
      await overHttp({ url, waitMs: 5000, headers: {} }).send(new Uint8Array()),
      (await relayed(asked, url, 5000)).answer,
      await ofFacade({ method: 'GET', path: '/' }, { target: url, waitMs: 5000, headers: {} }),
    ]
    for (const it of all) {
      assert.is(it.kind, 'cut-off', JSON.stringify(it))
      if (it.kind !== 'cut-off') continue
      assert.equal([it.status, Buffer.from(it.bytes).toString()], known)
      const found = TRANSPORT_CHECKS.flatMap((check) => check.judge(it))
      assert.equal(
        found.map((one) => one.requirement),
        ['TRN-01'],
      )
      assert.match(found[0]?.got ?? '', said)
    }
  })

test('where nobody listens nobody is reached', async () => {
  const url = 'http://127.0.0.1:1/'
  const asked = { method: 'POST', path: '/', headers: {}, bytes: new Uint8Array() }
  const answer = await overHttp({ url, waitMs: 5000, headers: {} }).send(new Uint8Array())
  assert.is(answer.kind, 'unreachable')
  assert.is((await relayed(asked, url, 5000)).answer.kind, 'unreachable')
  const facade = { target: url, waitMs: 5000, headers: {} }
  assert.is((await ofFacade({ method: 'GET', path: '/' }, facade)).kind, 'unreachable')
})

test('an answer that does not end is not read beyond 16 MiB, and that is told as what it is', async () => {
  const chunk = Buffer.alloc(2 ** 20, ' ')
  const answer = await answeredBy((response) => {
    const more = () => {
      while (!response.destroyed && response.write(chunk));
      if (!response.destroyed) response.once('drain', more)
    }
    more()
  }, 20_000)
  assert.equal(answer, { kind: 'too-long', mostBytes: MOST_BYTES })
  const found = TRANSPORT_CHECKS.flatMap((it) => it.judge(answer))
  assert.equal(
    found.map((it) => [it.requirement, it.layer, it.expected]),
    [['XML-02', 'L1', 'at most 16,777,216 octets']],
  )
})

test.run()
