// A request to the façade that comes again, or another one under the same key.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member, readJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { openFixture } from '../gateway.fixture.ts'
import type { Asked } from '../gateway.fixture.ts'
import type { RouteAnswer } from '../routes.ts'
import { DER_FUNCTIONS } from '../../flows/der-functions.fixture.ts'

const test = suite('facade: repeats')

const A = 'a0000000-0000-4000-8000-00000000000a'
const B = 'b0000000-0000-4000-8000-00000000000b'
const GROUPS = '/api/v1/der-groups'
const DERFunction = Object.fromEntries(DER_FUNCTIONS.map((it) => [it, false]))

const gateway = await openFixture()

test.before.each(() => gateway.forgetObjects())
test.after(() => gateway.close())

const EndDevices = [{ mRID: 'd0000000-0000-4000-8000-00000000000d' }]
const group = (more: JsonObject = {}): JsonObject => ({ mRID: A, DERFunction, EndDevices, ...more })
const body = (...groups: readonly Json[]) => JSON.stringify({ EndDeviceGroup: groups })
const post = (text: string, how: Asked = {}) => gateway.ask('POST', GROUPS, { body: text, ...how })
const patch = (change: Json, how: Asked = {}) =>
  gateway.ask('PATCH', `${GROUPS}/${A}`, { body: JSON.stringify(change), ...how })

function json({ text }: RouteAnswer): Json {
  const it = readJson(text)
  return 'value' in it ? it.value : null
}

test('answers a repeated Idempotency-Key as the first time, whatever has happened since', async () => {
  const how = { headers: { 'idempotency-key': 'k1', 'if-match': '"1"' } }
  await post(body(group()))
  const answer = await patch({ description: 'x' }, how)
  await gateway.forgetObjects()
  const again = await patch({ description: 'x' }, how)
  assert.equal([again.status, again.text], [answer.status, answer.text])
  assert.is(again.headers?.['MessageID'], answer.headers?.['MessageID'])
})

test('repeats a 201 with the same headers, and says that it is the stored answer', async () => {
  const how = { headers: { 'idempotency-key': 'k3' } }
  const [answer, again] = [await post(body(group()), how), await post(body(group()), how)]
  assert.equal([again.status, again.text], [201, answer.text])
  assert.equal(again.headers, { ...answer.headers, 'Idempotency-Replayed': 'true' })
  assert.is(again.headers?.['ETag'], '"1"')
})

test('refuses another body under the same Idempotency-Key', async () => {
  const headers = { 'idempotency-key': 'k2' }
  assert.is((await post(body(group()), { headers })).status, 201)
  const answer = await post(body(group({ mRID: B })), { headers })
  assert.is(answer.status, 422)
  assert.is(member(json(answer), 'status'), 422)
  assert.is(member(json(answer), 'rule'), 'MSG-CONFLICT')
  assert.match(String(member(json(answer), 'title')), /Idempotency-Key/)
  assert.not.match(answer.text, /MessageID/)
})

test('refuses another message under the same MessageID', async () => {
  const message = (mRID: string) =>
    JSON.stringify({
      header: { MessageID: 'taken' },
      payload: { DERGroups: { EndDeviceGroup: [group({ mRID })] } },
    })
  assert.is((await post(message(A))).status, 201)
  const answer = await post(message(B))
  assert.is(answer.status, 409)
  assert.is(member(json(answer), 'rule'), 'MSG-CONFLICT')
})

test.run()
