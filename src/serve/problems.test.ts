// Every problem document that a client of the JSON interface can bring about: what it is called, where that is
// described, whose fault it is, and that it says how to go on.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { serve } from '../main.ts'
import type { Running } from '../main.ts'
import { groupJson, newGroup } from './messages.fixture.ts'
import { endAll, newFolder } from './process.fixture.ts'

const test = suite('serve: problems')

let running: Running
// What JSON.parse gives; the document is looked at as its readers do.
let api: any

test.before(async () => {
  const how = { port: 0, host: '127.0.0.1', data: newFolder(), log: 'silent' }
  running = await serve(how, { xsd: [] })
})

test.after(async () => {
  await running.close()
  await endAll()
})

const GROUPS = '/api/v1/der-groups'
const JSON_TYPE = { 'Content-Type': 'application/json' }
const MANY = 'x'.repeat(17 * 1024 * 1024)

interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

type Problem = Readonly<Record<string, unknown>> & {
  readonly Error: readonly { readonly details?: string }[]
}

async function ask(path: string, { method = 'GET', headers = {}, body }: Asked = {}) {
  const response = await fetch(`${running.address}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  })
  return { response, text: await response.text() }
}

const POST = (body: string, headers: Readonly<Record<string, string>> = JSON_TYPE): Asked => ({
  method: 'POST',
  headers,
  body,
})

/** [what, path, request, status, anchor in /docs/guide/errors, detail, what to do] */
const PROBLEMS: readonly (readonly [string, string, Asked, number, string, RegExp, RegExp])[] = [
  ['text that is no JSON', GROUPS, POST('{"a":\n1,}'), 400, 'malformed', /no JSON/, /line 2, col/],
  ['no text at all', GROUPS, POST(''), 400, 'malformed', /no JSON/, /line 1, column 1/],
  [
    'plain text',
    GROUPS,
    POST('x', { 'Content-Type': 'text/plain' }),
    415,
    'unsupported-media-type',
    /text\/plain .* application\/json/,
    /type/,
  ],
  [
    'another charset',
    GROUPS,
    POST('{}', { 'Content-Type': 'application/json; charset=koi8-r' }),
    415,
    'unsupported-media-type',
    /koi8-r.*UTF-8/,
    /Send/,
  ],
  [
    'XML in Accept',
    GROUPS,
    { headers: { Accept: 'application/xml' } },
    406,
    'not-acceptable',
    /application\/xml/,
    /application\/json.*POST \/cim/,
  ],
  ['a body that is too long', GROUPS, POST(MANY), 413, 'too-large', /16777216 octets/, /several/],
  [
    'a resource that is misspelt',
    '/api/v1/der-grops',
    {},
    404,
    'unknown-resource',
    /der-grops/,
    /Did you mean \/api\/v1\/der-groups\?/,
  ],
  [
    'a noun for a resource',
    '/api/v1/DERGroups',
    {},
    404,
    'unknown-resource',
    /DERGroups/,
    /\/api\/v1\/der-groups\?/,
  ],
  [
    'a resource like no other',
    '/api/v1/bananas',
    {},
    404,
    'unknown-resource',
    /bananas/,
    /GET \/ /,
  ],
  ['a path like no other', '/bananas', {}, 404, 'unknown-path', /\/bananas/, /GET \/ /],
  [
    'a method that is not taken',
    GROUPS,
    { method: 'PUT' },
    405,
    'method-not-allowed',
    /no PUT; it has GET, HEAD, OPTIONS, POST/,
    /Allow/,
  ],
  ['an object that is not there', `${GROUPS}/x`, {}, 404, 'not-found', /mRID x/, /create/],
  [
    'a limit that is no number',
    `${GROUPS}?limit=abc`,
    {},
    400,
    'invalid-parameter',
    /from 1 to 1000, not abc/,
    /limit=100/,
  ],
  [
    'a limit that is none',
    `${GROUPS}?limit=`,
    {},
    400,
    'invalid-parameter',
    /limit is empty/,
    /leave it out/,
  ],
  [
    'a limit that only looks like one',
    `${GROUPS}?limit=1e2`,
    {},
    400,
    'invalid-parameter',
    /not 1e2/,
    /limit=100/,
  ],
  [
    'If-Match without quotation marks',
    `${GROUPS}/x`,
    { method: 'DELETE', headers: { 'If-Match': '1' } },
    400,
    'invalid-parameter',
    /If-Match/,
    /quotation marks/,
  ],
  [
    'OpenAPI of a misspelt noun',
    '/openapi.json?noun=DERGroup',
    {},
    404,
    'unknown-resource',
    /DERGroup/,
    /\?noun=DERGroups\?/,
  ],
  [
    'OpenAPI of a resource',
    '/openapi.json?noun=der-groups',
    {},
    404,
    'unknown-resource',
    /der-groups/,
    /\?noun=DERGroups\?/,
  ],
  ['OpenAPI of no noun', '/openapi.json?noun=Nope', {}, 404, 'unknown-resource', /Nope/, /GET \/ /],
  [
    'a query that is posted',
    '/api/v1/der-group-queries',
    POST('{}'),
    422,
    'unsupported-verb',
    /is a query/,
    /GET \/api\/v1\/der-groups /,
  ],
  [
    'a body that is invalid',
    GROUPS,
    POST('{"EndDeviceGroup":[{}]}'),
    400,
    'schema-invalid',
    /lacks DERFunction/,
    /line 1, col.*Add the key/,
  ],
  [
    'a key that is wrong',
    GROUPS,
    POST('{"EndDeviceGrup":[]}'),
    400,
    'schema-invalid',
    /EndDeviceGrup/,
    /EndDeviceGroup/,
  ],
  ['a body that is no object', GROUPS, POST('[]'), 400, 'schema-invalid', /no JSON object/, /Send/],
  [
    'a form that there is none of',
    '/api/v1/convert?to=yaml',
    POST('{}'),
    400,
    'invalid-parameter',
    /to=yaml/,
    /to=json or to=xml/,
  ],
  [
    'a dialect that there is none of',
    '/api/v1/convert?dialect=x',
    POST('{}'),
    400,
    'invalid-parameter',
    /dialect x/,
    /dialect=example/,
  ],
  [
    'a conversion of no JSON',
    '/api/v1/convert',
    POST('{'),
    400,
    'malformed',
    /no JSON/,
    /line 1, column 2/,
  ],
  [
    'a conversion of nothing known',
    '/api/v1/convert',
    POST('{"Bananas":{}}'),
    400,
    'schema-invalid',
    /Bananas/,
    /Check the noun/,
  ],
  [
    'words that a vendor does not have',
    '/vendor/example/groups',
    POST('{"groupName":"x","capabilities":["FLY"]}'),
    400,
    'unmappable',
    /FLY/,
    /\/capabilities\/0/,
  ],
]

for (const [what, path, asked, status, anchor, detail, mend] of PROBLEMS)
  test(`${what} is ${status}, ${anchor}`, async () => {
    const { response, text } = await ask(path, asked)
    const problem = JSON.parse(text) as Problem
    assert.is(response.status, status, text)
    assert.is(response.headers.get('content-type'), 'application/problem+json; charset=utf-8')
    assert.equal(
      [problem['status'], problem['type'], problem['whose']],
      [status, `/docs/guide/errors#${anchor}`, 'sender'],
    )
    assert.match(String(problem['title']), /^[A-Z].*\.$/)
    assert.match(String(problem['detail']), detail)
    assert.match(problem.Error[0]?.details ?? '', mend)
    assert.is(problem['instance'], path.split('?', 1)[0])
    const described = (await ask('/docs/guide/errors')).text
    assert.ok(described.includes(` id="${anchor}"`), `nothing describes ${anchor}`)
    await assertAnnounced(path, asked.method ?? 'GET', status, anchor)
  })

/** What an operation of the OpenAPI document answers stands there with an example of its kind. */
async function assertAnnounced(path: string, method: string, status: number, anchor: string) {
  api ??= JSON.parse((await ask('/openapi.json')).text)
  const template = path.split('?', 1)[0]?.replace(/\/x$/, '/{mRID}') ?? ''
  const operation = api.paths[template]?.[method.toLowerCase()]
  if (operation === undefined) return
  const { examples = {} } = operation.responses[status]?.content['application/problem+json'] ?? {}
  const types = Object.keys(examples).map((it) => api.components.examples[it].value.type)
  assert.ok(types.includes(`/docs/guide/errors#${anchor}`), `${method} ${template}: ${types}`)
}

test('what nobody would take is not done', async () => {
  const body = groupJson(newGroup())
  const headers = { ...JSON_TYPE, Accept: 'text/csv' }
  assert.is((await ask(GROUPS, POST(body, headers))).response.status, 406)
  assert.is((await ask(GROUPS, POST(body))).response.status, 201)
})
test.run()
