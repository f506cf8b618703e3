// Asynchronous replies and events over SOAP, heard by somebody else: the npm package `soap` serves our WSDL, and what came
// over the wire is judged octet by octet.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createClientAsync } from 'soap'
import { inEnvelope, wrapped } from '../gateway/soap/carried.ts'
import { openCimgate } from '../index.ts'
import { serve } from '../main.ts'
import type { Running } from '../main.ts'
import { groupJson, groupXml, newGroup } from './messages.fixture.ts'
import type { Group } from './messages.fixture.ts'
import { auth, until } from './scene.fixture.ts'
import { openSoapListener, taken } from './soap-listener.fixture.ts'
import type { Call, SoapListener } from './soap-listener.fixture.ts'

const test = suite('serve: soap, later')

type Any = any

const STYLES = ['typed', 'generic'] as const
const VERSIONS = ['1.1', '1.2'] as const
const PARTIES = STYLES.flatMap((style) =>
  VERSIONS.map((version) => ({ style, version, name: `${style}-${version.replace('.', '')}` })),
)
type Asking = (typeof PARTIES)[number]

const ACTIONS = 'http://iec.ch/TC57/2017/DERGroups/'
const GENERIC_ACTIONS = 'http://iec.ch/61968/'
const TYPES = { '1.1': 'text/xml; charset=utf-8', '1.2': 'application/soap+xml; charset=utf-8' }

const folder = mkdtempSync(join(tmpdir(), 'cimgate-later-'))
let listener: SoapListener
let running: Running
let cimgate: Awaited<ReturnType<typeof openCimgate>>

test.before(async () => {
  listener = await openSoapListener()
  cimgate = await openCimgate({ xsd: [] })
  const config = join(folder, 'cimgate.yaml')
  const parties = PARTIES.map(
    ({ name, style, version }) =>
      `  ${name}: {${auth(name)}, operator: true, replyAddresses: ["${listener.address}/${name}/reply"], ` +
      `binding: {type: soap, url: "${listener.address}/${name}/events", style: ${style}, version: "${version}"}}`,
  )
  const names = PARTIES.map(({ name }) => name).join(', ')
  writeFileSync(
    config,
    `
parties:
${parties.join('\n')}
  cs: {${auth('cs')}, sources: [dso-dms]}
  dms: {${auth('dms')}, binding: {type: soap, url: "${listener.address}/dms", style: typed}}
routes:
  - {when: {noun: DERGroups, verb: [create], from: cs}, to: local}
  - {when: {noun: DERGroups, verb: [create]}, to: dms, timeout: 10s}
  - {when: {noun: DERGroups, verb: [created]}, to: [${names}], retry: [1s]}
`,
  )
  const how = { port: 0, host: '127.0.0.1', data: join(folder, 'data'), log: 'silent' }
  running = await serve(how, { xsd: [], config })
  for (const it of PARTIES) await offer(it)
  await offerAt('/dms', 'ExecuteDERGroups', ['CreateDERGroups'], '1.1')
})

test.before.each(() => {
  listener.calls.length = 0
  listener.answer(taken)
})

test.after(async () => {
  await running.close()
  await listener.close()
  await cimgate.close()
  rmSync(folder, { recursive: true })
})

async function offer({ name, style, version }: Asking): Promise<void> {
  if (style === 'typed') {
    await offerAt(`/${name}/reply`, 'ReplyDERGroups', ['ReplyDERGroups'], version)
    await offerAt(`/${name}/events`, 'ReceiveDERGroups', ['CreatedDERGroups'], version)
    return
  }
  for (const at of ['reply', 'events'])
    await listener.offer({
      path: `/${name}/${at}`,
      wsdl: `${running.address}/soap?wsdl`,
      key: 'key-of-dms',
      version,
      service: 'Generic',
      port: 'Generic_Port',
      operations: ['Response', 'PublishEvent'],
    })
}

function offerAt(
  path: string,
  service: string,
  operations: readonly string[],
  version: Asking['version'],
) {
  return listener.offer({
    path,
    wsdl: `${running.address}/soap/DERGroups?wsdl=${service}`,
    key: 'key-of-dms',
    version,
    service,
    port: 'DERGroups_Port',
    operations,
  })
}

/** Asks for a group without waiting, in the form of the party; what it is answered with. */
async function asks(it: Asking, group: Group): Promise<string> {
  const address = `${listener.address}/${it.name}/reply`
  const headers = { 'X-API-Key': `key-of-${it.name}` }
  if (it.style === 'typed') {
    const client: Any = await createClientAsync(`${running.address}/soap/DERGroups?wsdl`, {
      wsdl_headers: headers,
      forceSoap12Headers: it.version === '1.2',
      disableCache: true,
    })
    Object.entries(headers).forEach(([name, value]) => client.addHttpHeader(name, value))
    const Header = {
      Verb: 'create',
      Noun: 'DERGroups',
      Timestamp: '2026-07-14T08:00:00Z',
      Source: it.name,
      AsyncReplyFlag: true,
      ReplyAddress: address,
      MessageID: group.mRID,
      CorrelationID: group.mRID,
    }
    const Payload = { DERGroups: JSON.parse(groupJson(group)) }
    const [, text] = await client.CreateDERGroupsAsync({ Header, Payload })
    return text
  }
  const more = `<AsyncReplyFlag>true</AsyncReplyFlag><ReplyAddress>${address}</ReplyAddress>`
  const xml = groupXml(group)
    .replace('dso-dms', it.name)
    .replace('<MessageID>', `${more}<MessageID>`)
  const { xml: body, contentType } = inEnvelope(wrapped(xml, 'Request'), it.version)
  const response = await fetch(`${running.address}/soap`, {
    method: 'POST',
    body,
    headers: { ...headers, 'Content-Type': contentType },
  })
  return response.text()
}

/** Has a group made here, which is told to whoever wants to know. */
async function makes(group: Group): Promise<void> {
  const headers = { 'X-API-Key': 'key-of-cs', 'Content-Type': 'application/xml' }
  const body = groupXml(group)
  const response = await fetch(`${running.address}/cim`, { method: 'POST', body, headers })
  assert.match(await response.text(), /<Result>OK</)
}

/** Calls about a group at a path. */
const heardAt = (path: string, { mRID }: Group) =>
  listener.calls.filter((it) => it.path === path && it.octets.includes(mRID))

/** What a call is on the wire. */
async function assertWire(
  { headers, octets }: Call,
  { version, style }: Asking,
  { action, root }: { readonly action: string; readonly root: string },
): Promise<void> {
  const said = version === '1.2' ? `; action="${action}"` : ''
  assert.is(headers['content-type'], `${TYPES[version]}${said}`)
  assert.is(headers['soapaction'], version === '1.1' ? `"${action}"` : undefined)
  assert.is(headers['content-length'], String(octets.length))
  assert.match(octets.toString(), /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<soap:Envelope /)
  const judged = await cimgate.validate(octets)
  assert.is(judged.verdict, 'valid', JSON.stringify(judged.findings))
  assert.equal([judged.soap, judged.root?.name], [version, root])
  const wrapper = /<soap:Body><abs:(\w+) /.exec(octets.toString())?.[1]
  assert.is(wrapper, style === 'generic' ? action.slice(GENERIC_ACTIONS.length) : undefined)
}

for (const party of PARTIES)
  test(`whoever asks by ${party.style} SOAP ${party.version} without waiting is called back likewise`, async () => {
    const group = newGroup()
    const acknowledged = await asks(party, group)
    assert.match(acknowledged, /Result>OK<.*code>0\.3</s)
    const path = `/${party.name}/reply`
    await until(() => heardAt(path, group).length > 0)
    const [call] = heardAt(path, group) as [Call]
    const isTyped = party.style === 'typed'
    assert.is(call.operation, isTyped ? 'ReplyDERGroups' : 'Response')
    await assertWire(call, party, {
      action: isTyped ? `${ACTIONS}ReplyDERGroups` : `${GENERIC_ACTIONS}Response`,
      root: isTyped ? 'DERGroupsResponseMessage' : 'ResponseMessage',
    })
    const message = isTyped ? call.message : call.message.message
    assert.is(message.Header.CorrelationID, group.mRID)
    assert.is(message.Reply.Result, 'OK', JSON.stringify(message.Reply))
    await until(async () => (await legTo(party, { verb: 'reply', group }))?.state === 'ACKED')
  })

test('what has been done is told to every party, each in its own form', async () => {
  const group = newGroup()
  await makes(group)
  for (const party of PARTIES) {
    const isTyped = party.style === 'typed'
    const path = `/${party.name}/events`
    await until(() => heardAt(path, group).length > 0)
    const [call] = heardAt(path, group) as [Call]
    assert.is(call.operation, isTyped ? 'CreatedDERGroups' : 'PublishEvent')
    await assertWire(call, party, {
      action: isTyped ? `${ACTIONS}CreatedDERGroups` : `${GENERIC_ACTIONS}PublishEvent`,
      root: isTyped ? 'CreatedDERGroups' : 'EventMessage',
    })
    assert.ok(call.octets.includes(group.mRID))
    await until(async () => (await legTo(party, { verb: 'created', group }))?.state === 'ACKED')
  }
})

const FAULTS = {
  '1.1': { faultcode: 'soap:Client', faultstring: 'Not like that.', statusCode: 500 },
  '1.2': { Code: { Value: 'soap:Sender' }, Reason: { Text: 'Not like that.' }, statusCode: 400 },
} as const

/** The first call about a group at a path is answered by a fault; the package changes what it is given. */
function faultAt(path: string, { mRID }: Group, fault: object): void {
  let isFirst = true
  listener.answer((call) => {
    if (call.path !== path || !isFirst || !call.octets.includes(mRID)) return taken(call)
    isFirst = false
    throw Object.assign(new Error('a fault'), { Fault: { ...fault } })
  })
}

for (const party of PARTIES)
  test(`a later reply in ${party.style} SOAP ${party.version} is parked when the party says that we are at fault`, async () => {
    const path = `/${party.name}/reply`
    const group = newGroup()
    faultAt(path, group, FAULTS[party.version])
    await asks(party, group)
    await until(async () => (await legTo(party, { verb: 'reply', group }))?.state === 'PARKED')
    const leg = await legTo(party, { verb: 'reply', group })
    assert.match(leg?.reason ?? '', /5\.3 SOAP fault (Client|Sender): Not like that\./)
    assert.is(heardAt(path, group).length, 1)
  })

interface Leg {
  readonly id: string
  readonly state: string
  readonly correlationID: string
  readonly reason: string
}

/** What goes to a party about a group, as it is tracked. */
async function legTo(
  { name }: Asking,
  { verb, group: { mRID } }: { readonly verb: 'reply' | 'created'; readonly group: Group },
): Promise<Leg | undefined> {
  const headers = { 'X-API-Key': `key-of-${name}` }
  // An event is found by what it is about, a reply by what it answers.
  const about = verb === 'reply' ? '' : `&key=${mRID}`
  const response = await fetch(
    `${running.address}/api/v1/messages?direction=out&verb=${verb}&party=${name}&limit=100${about}`,
    { headers },
  )
  const { messages } = (await response.json()) as { readonly messages: readonly Leg[] }
  return messages.find((it) => verb !== 'reply' || it.correlationID === mRID)
}

test.run()
