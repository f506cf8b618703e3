// An object that is made again after it is gone has another life, and no revision of the first one: what was read of that
// changes nothing of this.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { groupJson, newGroup } from './messages.fixture.ts'
import { answerOk, auth, openScene } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: lives of an object')

let scene: Scene

test.before(async () => {
  scene = await openScene(
    (outside) => `
parties:
  cs: {${auth('cs')}, operator: true}
  web: {${auth('web')}}
  dms: {binding: {type: cim-xml, url: "${outside}/dms"}}
routes:
  - {when: {noun: DERGroups, from: cs}, to: local}
  - {when: {noun: DERGroups, from: web}, to: dms}
`,
  )
  scene.behave(({ body }, response) => answerOk(response, body))
})
test.after(() => scene.close())

const GROUPS = '/api/v1/der-groups'

for (const [party, where] of [
  ['cs', 'here'],
  ['web', 'with a party'],
] as const)
  test(`kept ${where}: the revision goes on, and what was read before is refused`, async () => {
    const group = newGroup()
    const path = `${GROUPS}/${group.mRID}`
    const ask = (method: string, body?: unknown, headers = {}) =>
      scene.ask(party, method, method === 'POST' ? GROUPS : path, { body, headers })
    const made = await ask('POST', groupJson(group))
    assert.is(made.headers.get('ETag'), '"1"', made.text)
    const changed = await ask('PATCH', { description: 'first life' })
    assert.is(changed.headers.get('ETag'), '"2"')
    assert.is((await ask('DELETE')).status, 200)

    const again = await ask('POST', groupJson(group), { 'Idempotency-Key': group.mRID })
    assert.is(again.status, 201, again.text)
    const etag = again.headers.get('ETag') ?? ''
    assert.is(etag, '"4"', 'the last one was that of the deletion')
    assert.is((await ask('GET')).headers.get('ETag'), etag)
    await scene.restart()
    for (const old of ['"1"', '"2"', '"3"']) {
      const late = await ask('PATCH', { description: 'late' }, { 'If-Match': old })
      assert.is(late.status, 412, late.text)
      assert.is((await ask('DELETE', undefined, { 'If-Match': old })).status, 412)
    }
    const next = await ask('PATCH', { description: 'second life' }, { 'If-Match': etag })
    assert.is(next.status, 200, next.text)
    assert.is(next.headers.get('ETag'), '"5"')
    // What is repeated has the answer that it had.
    const repeated = await ask('POST', groupJson(group), { 'Idempotency-Key': group.mRID })
    assert.equal([repeated.text, repeated.headers.get('ETag')], [again.text, etag])
  })

test.run()
