// POST …/{id}:<trigger>: a step of a lifecycle by its name. For every noun the triggers are those of its tables.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { flowIn } from '../flow-in.ts'
import { openFixture } from '../gateway.fixture.ts'
import type { Asked } from '../gateway.fixture.ts'
import { resourceOf, resourceNouns } from '../nouns.ts'
import { json } from '../told.fixture.ts'
import { triggerIn, triggersOf } from './triggers.ts'

const test = suite('triggers')
const gateway = await openFixture()
test.after(() => gateway.close())

const ORDERS = '/api/v1/end-device-groups'
const step = (id: string, trigger: string, how: Asked = {}) =>
  gateway.ask('POST', `${ORDERS}/${id}:${trigger}`, how)

async function made(mRID: string): Promise<string> {
  const body = JSON.stringify({
    EndDeviceGroup: [{ mRID, Names: [{ name: mRID }], EndDevices: [{ mRID: 'd' }] }],
  })
  const { status, text } = await gateway.ask('POST', ORDERS, { body })
  assert.is(status, 201, text)
  return mRID
}

test('takes the step, answers with the object, and tells of it as one event', async () => {
  const known = (await gateway.events()).length
  const id = await made('g-1')
  const answer = await step(id, 'cancel')
  assert.is(answer.status, 200, answer.text)
  assert.is(answer.headers?.['ETag'], '"2"')
  assert.match(answer.text, '"mRID":"g-1"')
  const events = (await gateway.events()).slice(known)
  assert.equal(
    events.map(({ verb, previous, state }) => `${verb} ${previous}>${state}`),
    ['created >present', 'canceled present>canceled'],
  )
})

test('a step that the state does not allow is 409, with the state and what is possible', async () => {
  const id = await made('g-2')
  await step(id, 'close')
  const refused = await step(id, 'cancel')
  assert.is(refused.status, 409)
  assert.equal(
    [json(refused)['code'], json(refused)['rule'], json(refused)['detail']],
    ['6.1', 'SM-REC-closed-cancel', 'cancel is not allowed in state closed; only delete is.'],
  )
})

test('an unknown trigger is 404, with those that there are', async () => {
  const id = await made('g-3')
  for (const it of ['dispatch', 'CANCEL', '', 'create']) {
    const refused = await step(id, it || ' ')
    assert.is(refused.status, 404)
    assert.match(refused.text, 'There are cancel, close.')
  }
  const none = await gateway.ask('POST', '/api/v1/der-groups/x:dispatch')
  assert.is(none.status, 404)
  assert.match(none.text, 'DERGroups have no step of their own; use PATCH, PUT and DELETE.')
})

test('an unknown object is 404, an old revision 412, a repeat the same answer', async () => {
  assert.match((await step('nobody', 'cancel')).text, '"code":"99.1"')
  const id = await made('g-4')
  assert.is((await step(id, 'cancel', { headers: { 'if-match': '"7"' } })).status, 412)
  const headers = { 'idempotency-key': 'k' }
  const first = await step(id, 'cancel', { headers })
  assert.is(first.status, 200, first.text)
  assert.is((await step(id, 'cancel', { headers })).text, first.text)
})

test('an id may have colons of its own', async () => {
  assert.equal(triggerIn('urn:uuid:a:cancel'), ['urn:uuid:a', 'cancel'])
  await made('urn:x:1')
  assert.is((await step('urn:x:1', 'cancel')).status, 200)
})

test('every noun has the triggers of its lifecycle, and OpenAPI announces them', async () => {
  const flow = flowIn(gateway.schemas)
  const { text } = await gateway.ask('GET', '/openapi.json')
  const paths = json({ text } as never)['paths'] as Record<string, Record<string, unknown>>
  const some = resourceNouns(gateway.schemas).slice(0, 300)
  for (const noun of some) {
    const due = triggersOf(noun, flow).filter((it) => !it.includes(':'))
    const path = `/api/v1/${resourceOf(noun)}/{mRID}:{trigger}`
    if (due.length === 0) assert.is(paths[path], undefined, path)
    else assert.match(JSON.stringify(paths[path]), JSON.stringify(due), path)
  }
  assert.ok(some.some((it) => triggersOf(it, flow).length > 0))
})

test.run()
