// The words for what a party has not done: whose fault it is, and what mends it.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { groupJson, newGroup } from './messages.fixture.ts'
import { answerOk, auth, csToDms, openScene, until } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: words of a relay')

let scene: Scene

test.before(async () => {
  scene = await openScene((outside) =>
    csToDms(outside, {
      route: 'order: none, timeout: 5s, retry: [1ms]',
      timeout: '5s',
      parties: `  wide: {${auth('wide')}}
  narrow: {binding: {type: cim-xml, url: "${outside}/narrow"}, profile: {nouns: [EndDeviceEvents]}}`,
      routes: '  - {when: {from: wide}, to: narrow}',
    }),
  )
})
test.after(() => scene.close())

const ask = (party: string) =>
  scene.ask(party, 'POST', '/api/v1/der-groups', { body: groupJson(newGroup()) })

for (const status of [500, 503])
  test(`${status} after the last try is told of the party, not of its reply`, async () => {
    scene.behave((_, response) => void response.writeHead(status).end('<html/>'))
    const { status: told, json, text } = await ask('cs')
    assert.equal(
      [told, json['code'], json['rule'], json['whose']],
      [502, '5.2', 'PEER-FAULT', 'peer'],
    )
    assert.match(text, `dms: HTTP ${status}.`)
    assert.not.match(text, 'invalid')
  })

test('what a party does not take by its profile is told by the key that says so', async () => {
  const { status, json, text } = await ask('wide')
  assert.equal([status, json['rule'], json['whose']], [502, 'NOT-SENT', 'ours'])
  assert.match(
    text,
    'narrow takes no DERGroups by its profile. Change parties.narrow.profile.nouns',
  )
  assert.not.match(text, 'No route')
})

test('whoever goes on is told where the outcome is, and finds it there', async () => {
  scene.behave(({ body }, response) => void setTimeout(() => answerOk(response, body), 300))
  const { text } = await scene.ask('cs', 'POST', '/api/v1/der-groups', {
    body: groupJson(newGroup()),
    headers: { Prefer: 'wait=0' },
  })
  const [, where = ''] = /found at (\/api\/v1\/messages\/[\w-]+)/.exec(text) ?? []
  await until(async () => (await scene.ask('cs', 'GET', where)).json['state'] === 'ACKED')
})

test.run()
