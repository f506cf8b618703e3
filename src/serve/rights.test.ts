// Who may do and see what over HTTP and WebSocket: every role at every kind of route, and tenants apart under any rights.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { refused } from '../shell/websocket/client.fixture.ts'
import { groupXml, newGroup } from './messages.fixture.ts'
import { auth, openScene } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: rights')

const ROLES = ['party', 'viewer', 'operator', 'auditor', 'admin'] as const

const CONFIG = `
parties:
${ROLES.map((it) => `  a-${it}: {${auth(`a-${it}`)}, rights: [${it}]}`).join('\n')}
  nobody: {${auth('nobody')}, rights: []}
  names-only: {${auth('names-only')}, rights: [exchange, metadata]}
  both: {${auth('both')}, operator: true}
  tp:acme:cs: {${auth('tp:acme:cs')}, rights: [party, watch]}
`

let scene: Scene
/** id of a message of a-party, and of its exchange */
let leg = ''
let exchange = ''

test.before(async () => {
  scene = await openScene(() => CONFIG)
  await scene.send('a-party', groupXml(newGroup(1)).replace(/<Source>[^<]*<\/Source>/, ''))
  const { json } = await scene.ask('both', 'GET', '/api/v1/messages')
  const [first] = json['messages'] as { readonly id: string; readonly exchangeId: string }[]
  leg = first?.id ?? ''
  exchange = first?.exchangeId ?? ''
})

test.after(() => scene.close())

/** [method, path, who gets in; all others are told 403] */
const ROUTES = (): readonly (readonly [string, string, string])[] => [
  ['GET', '/docs', 'a-party a-viewer a-operator a-auditor a-admin nobody names-only both'],
  ['GET', '/openapi.json', 'a-party a-viewer a-operator a-auditor a-admin nobody names-only both'],
  ['GET', '/api/v1/messages', 'a-party a-viewer a-operator a-auditor a-admin names-only both'],
  [
    'GET',
    `/api/v1/exchanges/${exchange}`,
    'a-party a-viewer a-operator a-auditor a-admin names-only both',
  ],
  ['GET', `/api/v1/messages/${leg}/raw`, 'a-party a-operator both'],
  ['GET', '/api/v1/der-groups', 'a-party a-operator both'],
  ['POST', '/api/v1/der-groups', 'a-party names-only both'],
  ['POST', '/cim', 'a-party names-only both'],
  ['POST', `/api/v1/messages/${leg}:resend`, 'a-operator a-admin both'],
  ['GET', '/api/v1/alarms', 'a-viewer a-operator a-admin both'],
  ['GET', '/metrics', 'a-viewer a-operator a-admin both'],
]

const WHO = [...ROLES.map((it) => `a-${it}`), 'nobody', 'names-only', 'both']

test('T22: each route lets in who has its right, and tells all others which one they lack', async () => {
  for (const [method, path, due] of ROUTES()) {
    const inside: string[] = []
    for (const who of WHO) {
      const body = method === 'POST' && !path.includes(':resend') ? { body: '<x/>' } : {}
      const { status, text } = await scene.ask(who, method, path, body)
      if (status !== 403) inside.push(who)
      else assert.match(text, /lacks the right \w+ \(rights of the party in the configuration\)/)
    }
    assert.is(inside.join(' '), due, `${method} ${path}`)
  }
})

test('OpenAPI tells the right that each operation asks for', async () => {
  const { json } = await scene.ask('a-party', 'GET', '/openapi.json')
  const paths = json['paths'] as Record<string, Record<string, Record<string, unknown>>>
  const right = (path: string, method: string) => paths[path]?.[method]?.['x-right']
  assert.is(right('/cim', 'post'), 'exchange')
  assert.is(right('/api/v1/messages/{id}/raw', 'get'), 'payload')
  assert.is(right('/api/v1/messages', 'get'), 'metadata')
  assert.is(right('/metrics', 'get'), 'watch')
  assert.is(right('/livez', 'get'), undefined)
})

test('OpenAPI tells how whoever asks proves who it is', async () => {
  const { json } = await scene.ask('a-party', 'GET', '/openapi.json')
  const paths = json['paths'] as Record<string, Record<string, Record<string, unknown>>>
  const { securitySchemes } = json['components'] as Record<string, Record<string, object>>
  assert.equal(Object.keys(securitySchemes ?? {}), ['apiKey', 'bearer', 'basic', 'certificate'])
  const names = (paths['/cim']?.['post']?.['security'] as object[]).flatMap((it) => Object.keys(it))
  assert.equal(names, Object.keys(securitySchemes ?? {}))
  assert.equal(paths['/livez']?.['get']?.['security'], [])
})

test('who may see metadata alone is shown nothing of what stands in a message', async () => {
  const viewer = await scene.ask('a-viewer', 'GET', `/api/v1/exchanges/${exchange}`)
  const operator = await scene.ask('a-operator', 'GET', `/api/v1/exchanges/${exchange}`)
  assert.match(operator.text, /EndDeviceGroup/)
  assert.not.match(viewer.text, /EndDeviceGroup/)
  const [hop] = viewer.json['messages'] as Record<string, unknown>[]
  assert.equal([hop?.['request'], hop?.['reply']], [null, null])
  assert.equal(Object.keys(hop?.['links'] ?? {}), ['exchange'])
})

test('findings are told without a word of the message to who may see metadata alone', async () => {
  const word = 'geheim-4711'
  await scene.send('a-party', groupXml(newGroup(1)).replace(/<mRID>[^<]*/, `<mRID>${word}`))
  await scene.send('names-only', `<RequestMessage xmlns="${word}"/>`)
  const { json } = await scene.ask('names-only', 'GET', '/api/v1/messages')
  const [own] = json['messages'] as { readonly id: string }[]
  const shown = await scene.ask('names-only', 'GET', `/api/v1/messages/${own?.id}`)
  assert.match(shown.text, /"rule":/)
  assert.not.match(shown.text, new RegExp(word))
})

test('T8c: who may not see metadata may not listen, and is told why', async () => {
  const port = Number(new URL(scene.address).port)
  const [status, said] = await refused(port, '/status', { 'X-API-Key': 'key-of-nobody' })
  assert.is(status, 403)
  assert.match(said, /lacks the right metadata/)
})

test('P-20: rights to watch, or to see, give a provider nothing of another one', async () => {
  const { json } = await scene.ask('tp:acme:cs', 'GET', '/api/v1/messages')
  assert.equal(json['messages'], [])
  assert.is((await scene.ask('tp:acme:cs', 'GET', `/api/v1/messages/${leg}/raw`)).status, 404)
  const all = await scene.ask('both', 'GET', '/api/v1/der-groups')
  assert.ok((all.json['EndDeviceGroup'] as unknown[]).length > 0, all.text)
  const groups = await scene.ask('tp:acme:cs', 'GET', '/api/v1/der-groups')
  assert.equal(groups.json['EndDeviceGroup'] ?? [], [])
})

test.run()
