// If-Match on the way to a party: what the sender has not seen is not changed over there either.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { groupJson, newGroup } from './messages.fixture.ts'
import { answerOk, csToDms, legsOf, openScene } from './scene.fixture.ts'
import type { Asked, Said, Scene } from './scene.fixture.ts'

const test = suite('serve: If-Match on the way to a party')

let scene: Scene

test.before(async () => {
  scene = await openScene((outside) => csToDms(outside, { route: 'timeout: 5s' }))
})
test.before.each(() => {
  scene.behave(({ body }, response) => answerOk(response, body))
})
test.after(() => scene.close())

/** A group that the party has made, of the first revision. */
async function made(): Promise<string> {
  const group = newGroup()
  const { status, text } = await scene.ask('cs', 'POST', '/api/v1/der-groups', {
    body: groupJson(group),
  })
  assert.is(status, 201, text)
  return `/api/v1/der-groups/${group.mRID}`
}

const NAMED = { EndDeviceGroup: [{ Names: [{ name: 'other' }] }] }

function changed(path: string, method: string, ifMatch: string, more: Asked = {}): Promise<Said> {
  const body = method === 'DELETE' ? {} : { body: method === 'PUT' ? wholeOf(path) : NAMED }
  const headers = { 'If-Match': ifMatch, ...more.headers }
  return scene.ask('cs', method, path, { ...body, headers })
}

function wholeOf(path: string): string {
  return groupJson({ ...newGroup(), mRID: path.split('/').at(-1) ?? '' })
}

for (const method of ['PATCH', 'PUT', 'DELETE'])
  test(`${method} on another revision is refused, and nothing is sent`, async () => {
    const path = await made()
    const before = scene.heard.length
    const { status, json } = await changed(path, method, '"77"')
    assert.equal([status, json['rule'], json['whose']], [412, 'STALE', 'sender'])
    assert.is(scene.heard.length, before)
    const mRID = path.split('/').at(-1) ?? ''
    const refused = await legsOf(scene, `key=${mRID}&state=REJECTED`)
    assert.equal(
      refused.map(({ direction, party }) => [direction, party]),
      [['in', 'cs']],
    )
    assert.is((await changed(path, method, '"1"')).status, 200)
    assert.is(scene.heard.length, before + 1)
  })

test('what is refused may be repeated under its key once it has been read again', async () => {
  const path = await made()
  const headers = { 'Idempotency-Key': crypto.randomUUID() }
  assert.is((await changed(path, 'PATCH', '"2"', { headers })).status, 412)
  assert.is((await changed(path, 'PATCH', '"1"', { headers })).status, 200)
  assert.is((await changed(path, 'PATCH', '"1"', { headers })).status, 200, 'a repeat')
})

test('what is gone is not what was expected', async () => {
  const before = scene.heard.length
  const path = `/api/v1/der-groups/${crypto.randomUUID()}`
  assert.is((await changed(path, 'DELETE', '"1"')).status, 412)
  assert.is(scene.heard.length, before)
})

test('of two that have seen the same revision at once one is sent', async () => {
  const path = await made()
  const before = scene.heard.length
  scene.behave(({ body }, response) => void setTimeout(() => answerOk(response, body), 200))
  const both = await Promise.all([1, 2].map(() => changed(path, 'PATCH', '"1"')))
  assert.equal(both.map((it) => it.status).sort(), [200, 412])
  assert.is(scene.heard.length, before + 1)
})

test('while another change of it is with its party, a revision says nothing', async () => {
  const path = await made()
  scene.behave(({ body }, response) => void setTimeout(() => answerOk(response, body), 300))
  const later = { headers: { Prefer: 'respond-async' } }
  assert.is((await changed(path, 'PATCH', '"1"', later)).status, 202)
  const { status, json } = await changed(path, 'DELETE', '"1"')
  assert.is(status, 412)
  assert.match(JSON.stringify(json), 'Another change of it is with the party')
})

test.run()
