// The problem documents in the OpenAPI document are those that the gateway gives, word by word.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { serve } from '../main.ts'
import type { Running } from '../main.ts'
import { EXAMPLE_ID } from '../gateway/openapi/problem-examples.ts'
import { endAll, newFolder } from './process.fixture.ts'

const test = suite('serve: problem examples')

// What JSON.parse gives; the document is looked at as its readers do.
type Any = any

let running: Running
let document: Any
let path = ''

test.before(async () => {
  const how = { port: 0, host: '127.0.0.1', data: newFolder(), log: 'silent' }
  running = await serve(how, { xsd: [] })
  document = JSON.parse((await ask('GET', '/openapi.json')).text)
  path =
    Object.keys(document.paths).find((it) => /^\/api\/v1\/[^/]+$/.test(it) && isResource(it)) ?? ''
})

test.after(async () => {
  await running.close()
  await endAll()
})

function isResource(it: string): boolean {
  return document.paths[it].get !== undefined && document.paths[it].post !== undefined
}

async function ask(
  method: string,
  to: string,
  body?: string,
  headers: Readonly<Record<string, string>> = {},
) {
  const type: Readonly<Record<string, string>> =
    body === undefined ? {} : { 'Content-Type': 'application/json' }
  const response = await fetch(`${running.address}${to}`, {
    method,
    headers: { ...type, ...headers },
    ...(body === undefined ? {} : { body }),
  })
  return { status: response.status, text: await response.text() }
}

/** The first example of a create, with the mRID that the examples tell of. */
function example(): string {
  const { content } = document.paths[path].post.requestBody.content['application/json'].examples
  const [[element, [object]]] = Object.entries<Any>(content.value) as Any
  return JSON.stringify({ [element]: [{ ...object, mRID: EXAMPLE_ID, Names: [] }] })
}

const MANY = 'x'.repeat(16 * 1024 * 1024 + 1)

/** [example, operation, request that brings it about] */
const BROUGHT_ABOUT: readonly (readonly [string, string, () => ReturnType<typeof ask>])[] = [
  ['malformed', 'post', () => ask('POST', path, '{')],
  ['schema-invalid', 'post', () => ask('POST', path, '{}')],
  ['too-large', 'post', () => ask('POST', path, MANY)],
  [
    'unsupported-media-type',
    'post',
    () => ask('POST', path, 'x', { 'Content-Type': 'text/plain' }),
  ],
  ['not-acceptable', 'post', () => ask('POST', path, '{}', { Accept: 'text/csv' })],
  ['not-acceptable', 'get', () => ask('GET', path, undefined, { Accept: 'text/csv' })],
  ['invalid-parameter', 'get', () => ask('GET', `${path}?limit=abc`)],
  ['not-found-404', 'get one', () => ask('GET', `${path}/${EXAMPLE_ID}`)],
  [
    'wrong-state',
    'post',
    async () => {
      await ask('POST', path, example())
      return ask('POST', path, example())
    },
  ],
  [
    'stale-revision',
    'delete one',
    () => ask('DELETE', `${path}/${EXAMPLE_ID}`, undefined, { 'If-Match': '"99"' }),
  ],
  [
    'duplicate-message-422',
    'post',
    async () => {
      const key = { 'Idempotency-Key': 'one' }
      await ask('POST', path, example(), key)
      return ask('POST', path, `${example()} `, key)
    },
  ],
]

for (const [name, operation, request] of BROUGHT_ABOUT)
  test(`${name} of ${operation} is what is answered`, async () => {
    const { status, text } = await request()
    const { instance, ...problem } = JSON.parse(text)
    assert.match(String(instance), /^\/api\/v1\//)
    assert.equal(problem, document.components.examples[name].value)
    const [method = '', isOne] = operation.split(' ')
    const own = document.paths[isOne === undefined ? path : `${path}/{mRID}`][method]
    const { examples } = own.responses[status].content['application/problem+json']
    assert.equal(examples[name], { $ref: `#/components/examples/${name}` })
  })

test('unknown-resource of the document is what is answered', async () => {
  const { instance: _path, ...problem } = JSON.parse(
    (await ask('GET', '/openapi.json?noun=Nope')).text,
  )
  assert.equal(problem, document.components.examples['unknown-resource'].value)
})

test('every example is described, and some operation refers to it', async () => {
  const described = (await ask('GET', '/docs/guide/errors')).text
  for (const { value } of Object.values<Any>(document.components.examples))
    assert.ok(described.includes(` id="${value.type.split('#')[1]}"`), value.type)
  const text = JSON.stringify(document.paths)
  for (const name of Object.keys(document.components.examples))
    assert.ok(text.includes(`"#/components/examples/${name}"`), name)
})

test.run()
