// Objects that a party has and our own record does not: whoever changes or deletes one over the façade hears what the party
// says. What is kept here and is not there is 404.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { DER_FUNCTIONS } from '../flows/der-functions.fixture.ts'
import { answerOk, answerXml, auth, openScene, replyXml } from './scene.fixture.ts'
import type { Asked, Scene } from './scene.fixture.ts'

const test = suite('serve: objects that the party alone has')

let scene: Scene

test.before(async () => {
  scene = await openScene(
    (outside) => `
parties:
  cs: {${auth('cs')}, operator: true}
  here: {${auth('here')}}
  dms: {binding: {type: cim-xml, url: "${outside}/dms"}}
routes:
  - {when: {noun: [DERGroups, DERGroupDispatches, OperationSet], from: cs}, to: dms, order: none, timeout: 5s}
  - {when: {noun: DERGroups, from: here}, to: local}
`,
  )
})
test.before.each(() => {
  scene.heard.splice(0)
  scene.behave(({ body }, response) => answerOk(response, body))
})
test.after(() => scene.close())

const ask = (method: string, mRID: string, body?: unknown, how: Asked = {}, party = 'cs') =>
  scene.ask(party, method, `/api/v1/der-groups/${mRID}`, { ...how, body })

const said = (result: string, errors: string, payload = '') =>
  scene.behave(({ messageID }, response) =>
    answerXml(response, replyXml(messageID, result, errors, { payload })),
  )
const UNKNOWN =
  '<Error><code>99.1</code><level>FATAL</level><reason>Nobody knows it.</reason></Error>'

test('a PATCH becomes a change with what was sent, and has the answer of the party', async () => {
  const mRID = crypto.randomUUID()
  const { status, json, text } = await ask('PATCH', mRID, { description: 'theirs' })
  assert.is(status, 200, text)
  assert.equal(json, { reply: { Result: 'OK' } })
  const [heard, ...others] = scene.heard
  assert.is(others.length, 0)
  assert.match(heard?.body ?? '', /<Verb>change<\/Verb><Noun>DERGroups<\/Noun>/)
  const group = /<EndDeviceGroup>([^]*)<\/EndDeviceGroup>/.exec(heard?.body ?? '')?.[1]
  assert.is(group, `<mRID>${mRID}</mRID><description>theirs</description>`)
})

test('what the party returns is shown', async () => {
  const mRID = crypto.randomUUID()
  const functions = DER_FUNCTIONS.map((it) => `<${it}>true</${it}>`).join('')
  const group = `<mRID>${mRID}</mRID><description>theirs</description><DERFunction>${functions}</DERFunction><Names><name>${mRID}</name></Names>`
  const groups = `<DERGroups xmlns="http://iec.ch/TC57/2017/DERGroups#"><EndDeviceGroup>${group}</EndDeviceGroup></DERGroups>`
  said('OK', '<Error><code>0.0</code></Error>', `<Payload>${groups}</Payload>`)
  const { status, json } = await ask('PATCH', mRID, { description: 'theirs' })
  assert.is(status, 200)
  const [shown] = json['EndDeviceGroup'] as readonly Record<string, unknown>[]
  assert.equal([shown?.['mRID'], shown?.['Names']], [mRID, [{ name: mRID }]])
})

for (const [method, body] of [
  ['PATCH', { description: 'x' }],
  ['DELETE', undefined],
] as const)
  test(`${method}: what the party refuses is refused in its words`, async () => {
    said('FAILED', UNKNOWN)
    const { status, json, text } = await ask(method, crypto.randomUUID(), body)
    assert.is(status, 404, text)
    assert.is(json['code'], '99.1')
    assert.match(text, /Nobody knows it\./)
    assert.is(scene.heard.length, 1)
  })

test('a DELETE is done by the party', async () => {
  const { status, json } = await ask('DELETE', crypto.randomUUID())
  assert.equal([status, json], [200, { reply: { Result: 'OK' } }])
  assert.match(scene.heard[0]?.body ?? '', /<Verb>delete<\/Verb>/)
})

test('a PUT is a create for whoever does not know it, and the party says that it exists', async () => {
  const mRID = crypto.randomUUID()
  said('FAILED', '<Error><code>6.1</code><level>FATAL</level><reason>It exists.</reason></Error>')
  const DERFunction = Object.fromEntries(DER_FUNCTIONS.map((it) => [it, true]))
  const { status, text } = await ask('PUT', mRID, { DERFunction, Names: [{ name: mRID }] })
  assert.is(status, 409, text)
  assert.match(text, /It exists\./)
  assert.match(scene.heard[0]?.body ?? '', /<Verb>create<\/Verb>/)
})

test('null needs the value that is to go, which the party alone knows', async () => {
  const { status, json } = await ask('PATCH', crypto.randomUUID(), { description: null })
  assert.equal([status, json['rule']], [400, 'PATCH-NULL'])
  assert.is(scene.heard.length, 0)
})

for (const method of ['PATCH', 'PUT', 'DELETE'])
  test(`${method} with If-Match: no revision of it is known, so none is the one that was read`, async () => {
    const headers = { 'If-Match': '"1"' }
    const body = method === 'DELETE' ? undefined : { description: 'x' }
    const { status } = await ask(method, crypto.randomUUID(), body, { headers })
    assert.is(status, 412)
    assert.is(scene.heard.length, 0)
  })

test('a step of its lifecycle that is a verb is a matter of the party too', async () => {
  const path = `/api/v1/der-group-dispatches/${crypto.randomUUID()}:cancel`
  const { status, text } = await scene.ask('cs', 'POST', path)
  assert.is(status, 200, text)
  assert.match(scene.heard[0]?.body ?? '', /<Verb>cancel<\/Verb>/)
})

test('under an Idempotency-Key the party is asked once', async () => {
  const mRID = crypto.randomUUID()
  const headers = { 'Idempotency-Key': mRID }
  const first = await ask('PATCH', mRID, { description: 'once' }, { headers })
  const again = await ask('PATCH', mRID, { description: 'once' }, { headers })
  assert.equal([again.status, again.text], [first.status, first.text])
  assert.is(scene.heard.length, 1)
})

test('what is kept here and is not there is 404, and nobody is asked', async () => {
  for (const method of ['PATCH', 'DELETE']) {
    const body = method === 'PATCH' ? { description: 'x' } : undefined
    const { status, json } = await ask(method, crypto.randomUUID(), body, {}, 'here')
    assert.equal([status, json['code']], [404, '99.1'])
  }
  assert.is(scene.heard.length, 0)
})

test.run()
