// The whole gateway in one process: what is sent in one form is read in the other, and every answer says to which
// message it belongs.

import { once } from 'node:events'
import { connect } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { UsageError, serve } from './main.ts'
import type { Running } from './main.ts'
import { allEvents, cim, create, post, read } from './serve/client.fixture.ts'
import { groupJson, groupXml, newGroup, query, request } from './serve/messages.fixture.ts'
import { endAll, newFolder } from './serve/process.fixture.ts'

const test = suite('main: serve')

let running: Running
let address = ''

const how = (data: string) => ({ port: 0, host: '127.0.0.1', data, log: 'silent' })

test.before(async () => {
  running = await serve(how(newFolder()), { xsd: [] })
  address = running.address
})

test.after(async () => {
  await running.close()
  await endAll()
})

const json = 'application/json'
type Parsed = Readonly<Record<string, unknown>>
const parsed = (text: string) => JSON.parse(text) as Parsed

interface Groups {
  readonly EndDeviceGroup: readonly {
    readonly mRID: string
    readonly EndDevices: readonly { readonly mRID: string }[]
  }[]
}

test('shows as XML what was made as JSON, and as JSON what was made as XML', async () => {
  const [a, b] = [newGroup(3), newGroup(3)]
  const made = await create(address, a, 'json')
  await create(address, b, 'xml')
  assert.is(made.headers.get('location'), `/api/v1/der-groups/${a.mRID}`)
  const asked = await cim(address, query(a.mRID))
  assert.is(asked.status, 200)
  for (const it of a.members) assert.match(asked.text, `<mRID>${it}</mRID>`)
  const { text, headers } = await read(`${address}/api/v1/der-groups/${b.mRID}`)
  const [group] = (JSON.parse(text) as Groups).EndDeviceGroup
  assert.equal(
    group?.EndDevices.map((it) => it.mRID),
    b.members,
  )
  assert.is(headers.get('etag'), '"1"')
})

test('finds by an mRID of slashes and letters of all kinds', async () => {
  const group = { ...newGroup(), mRID: 'a/b c%20ü?#𝄞' }
  await create(address, group, 'json')
  const one = await read(`${address}/api/v1/der-groups/${encodeURIComponent(group.mRID)}`)
  assert.is(one.status, 200)
  assert.is((JSON.parse(one.text) as Groups).EndDeviceGroup[0]?.mRID, group.mRID)
})

test('answers a repeated message with the same octets, and does nothing twice', async () => {
  const group = newGroup()
  const [first, ...others] = await Promise.all(
    Array.from({ length: 20 }, () => cim(address, groupXml(group))),
  )
  const late = await cim(address, groupXml(group))
  for (const it of [...others, late]) {
    assert.is(it.text, first?.text)
    assert.is(it.headers.get('messageid'), first?.headers.get('messageid'))
  }
  const events = await allEvents(address, 1)
  assert.is(events.filter((it) => it.subject === group.mRID).length, 1)
  const other = await cim(address, groupXml(newGroup(), group.mRID))
  assert.match(other.text, /FAILED[^]*6\.1[^]*MSG-CONFLICT/)
})

test('ties every answer to its message', async () => {
  const group = newGroup()
  const reply = await cim(address, groupXml(group, 'the-message'))
  assert.is(reply.headers.get('correlationid'), 'the-message')
  const id = reply.headers.get('messageid') ?? ''
  assert.match(reply.text, `<MessageID>${id}</MessageID>`)
  const made = await post(`${address}/api/v1/der-groups`, groupJson(newGroup()), json)
  const refused = await post(`${address}/api/v1/der-groups`, '{}', json)
  const unread = await post(`${address}/api/v1/der-groups`, '', 'text/plain')
  for (const it of [made, refused, unread]) assert.ok(it.headers.get('messageid'))
  for (const it of [made, refused]) assert.ok(it.headers.get('correlationid'))
})

const BROKEN: Readonly<Record<string, (xml: string) => string | Uint8Array>> = {
  'is cut short': (xml) => xml.slice(0, -20),
  'has an ampersand': (xml) => xml.replace('<DERFunction>', '&<DERFunction>'),
  'has a DOCTYPE': (xml) => `<!DOCTYPE a>${xml}`,
  'ends an element by another name': (xml) => xml.replace('</Header>', '</Haeder>'),
  'is cut short in UTF-16': (xml) => Buffer.from(`\uFEFF${xml.slice(0, -20)}`, 'utf16le'),
}

for (const [title, broken] of Object.entries(BROKEN))
  test(`ties the fault to a message that ${title}`, async () => {
    const answer = await cim(address, broken(groupXml(newGroup(), 'salvage-007')))
    assert.is(answer.status, 400)
    assert.match(answer.text, /<FaultMessage /)
    assert.is(answer.headers.get('correlationid'), 'salvage-007')
  })

test('refuses before it reads in the form of the place', async () => {
  const fault = await post(`${address}/cim`, '', 'text/plain')
  assert.is(fault.status, 415)
  assert.match(fault.headers.get('content-type') ?? '', /^application\/xml/)
  const judged = await post(`${address}/api/v1/validate`, fault.text, 'application/xml')
  assert.match(judged.text, /"verdict": ?"valid"/)
  const problem = await post(`${address}/api/v1/der-groups`, '<a/>', 'application/xml')
  assert.is(problem.status, 415)
  assert.match(problem.headers.get('content-type') ?? '', /^application\/problem\+json/)
})

test('judges messages of both forms', async () => {
  const url = `${address}/api/v1/validate`
  const verdict = async (body: string, type: string) => {
    const { status, text } = await post(url, body, type)
    const { files } = parsed(text) as { readonly files: readonly { readonly verdict: string }[] }
    return [status, files[0]?.verdict]
  }
  assert.equal(await verdict(groupXml(newGroup()), 'text/xml'), [200, 'valid'])
  assert.equal(await verdict(`{"DERGroups":${groupJson(newGroup())}}`, json), [200, 'valid'])
  assert.equal(await verdict(request('create', 'x', '<Nonsense/>'), 'text/xml'), [200, 'invalid'])
  assert.equal(await verdict('<a>', 'text/xml'), [200, 'not-well-formed'])
})

test('converts both ways, and into the words of a vendor and back', async () => {
  const url = `${address}/api/v1/convert`
  const group = newGroup()
  const asJson = await post(url, groupXml(group), 'text/xml')
  assert.equal([asJson.status, asJson.headers.get('content-type')?.split(';')[0]], [200, json])
  const asXml = await post(url, asJson.text, json)
  assert.equal(
    [asXml.status, asXml.headers.get('content-type')?.split(';')[0]],
    [200, 'application/xml'],
  )
  assert.is((await post(url, asXml.text, 'text/xml')).text, asJson.text)
  const vendor = await post(`${url}?dialect=example`, groupXml(group), 'text/xml')
  assert.is(parsed(vendor.text)['groupId'], group.mRID)
  const back = await post(`${url}?dialect=example&to=xml`, vendor.text, json)
  assert.match(back.text, `<mRID>${group.mRID}</mRID>`)
})

test('serves a vendor in its own words', async () => {
  const url = `${address}/vendor/example/groups`
  const group = newGroup()
  const body = (
    await post(`${address}/api/v1/convert?dialect=example`, groupXml(group), 'text/xml')
  ).text
  const made = await post(url, body, json)
  assert.is(made.status, 201, made.text)
  assert.is(made.headers.get('location'), `/vendor/example/groups/${group.mRID}`)
  const one = await read(`${url}/${group.mRID}`)
  assert.is(parsed(one.text)['groupId'], group.mRID)
  assert.is((await read(`${address}/api/v1/der-groups/${group.mRID}`)).status, 200)
  assert.is((await post(url, '{"groupId":1}', json)).status, 400)
})

test('says on connections that are kept that it is ending', async () => {
  const ending = await serve(how(newFolder()), { xsd: [] })
  const socket = connect(Number(new URL(ending.address).port), '127.0.0.1')
  await once(socket, 'connect')
  const closing = ending.close()
  socket.write('GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n')
  const [answer] = (await once(socket, 'data')) as [Buffer]
  assert.match(
    answer.toString(),
    /^HTTP\/1\.1 503 [^]*Connection: close[^]*The gateway is ending\./,
  )
  await closing
})

test('lets go of all it has opened when it cannot listen', async () => {
  const folder = newFolder()
  const port = Number(new URL(address).port)
  const refused = await serve({ ...how(folder), port }, { xsd: [] }).catch((it: unknown) => it)
  assert.instance(refused, UsageError)
  assert.is((refused as Error).message, `Port ${port} is in use; choose another with --port.`)
  const again = await serve(how(folder), { xsd: [] })
  await again.close()
  await again.close()
})

test.run()
