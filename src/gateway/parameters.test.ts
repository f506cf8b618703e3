// What every path can be asked by: the parameters that OpenAPI names, each with a value, and no other.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isObject, member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { openFixture } from './gateway.fixture.ts'
import { wrongQuery } from './parameters.ts'

const test = suite('parameters')
const gateway = await openFixture()
test.after(() => gateway.close())

interface Documented {
  readonly method: string
  readonly path: string
  /** names in its query */
  readonly names: readonly string[]
  readonly statuses: readonly string[]
}

const LENIENT = ['Messages', 'SOAP', 'Probes']
const document = JSON.parse((await gateway.ask('GET', '/openapi.json')).text) as JsonObject

function documented(): readonly Documented[] {
  return Object.entries(member(document, 'paths') as JsonObject).flatMap(([path, item]) =>
    Object.entries(item as JsonObject).flatMap(([method, operation]) => {
      const tags = member(operation, 'tags')
      const isOther = !Array.isArray(tags) || LENIENT.includes(String(tags[0]))
      if (isOther || !isObject(operation)) return []
      const statuses = Object.keys(member(operation, 'responses') as JsonObject)
      return [{ method: method.toUpperCase(), path, names: queryNames(operation), statuses }]
    }),
  )
}

function queryNames(operation: JsonObject): readonly string[] {
  const all = member(operation, 'parameters')
  const shared = member(member(document, 'components'), 'parameters')
  return (Array.isArray(all) ? all : [])
    .map((it: Json) => {
      const $ref = member(it, '$ref')
      return typeof $ref === 'string' ? member(shared, $ref.split('/').at(-1) ?? '') : it
    })
    .filter((it) => member(it, 'in') === 'query')
    .map((it) => String(member(it, 'name')))
}

/** One of each resource is like all others. */
const SHOWN = documented().filter(
  ({ path }) =>
    !path.startsWith('/api/v1/') || /tariffs|der-groups|messages|parked|conv|val/.test(path),
)

function asked(path: string, method: string, query: Readonly<Record<string, string>>) {
  const headers = { 'content-type': 'application/json', accept: '*/*' }
  const body = method === 'POST' || method === 'PATCH' || method === 'PUT' ? { body: '{}' } : {}
  return gateway.ask(method, path.replace(/\{\w+\}/g, 'x'), { query, headers, ...body })
}

test('an unknown parameter is refused on every path, with the name that was meant', async () => {
  assert.ok(SHOWN.length > 20)
  for (const { method, path, names, statuses } of SHOWN) {
    const [known = ''] = names
    const written = known === '' ? 'nmae' : `${known}x`
    const { status, text } = await asked(path, method, { [written]: '1' })
    assert.is(status, 400, `${method} ${path}: ${text}`)
    assert.match(text, `no parameter ${written}`)
    if (known !== '') assert.match(text, `Did you mean ${known}?`)
    assert.ok(statuses.includes('400'), `${method} ${path} promises 400`)
  }
})

test('an empty value is refused on every path', async () => {
  for (const { method, path, names } of SHOWN)
    for (const name of names) {
      const { status, text } = await asked(path, method, { [name]: '' })
      // A client that goes from page to page begins with none.
      if (name === 'after') assert.not.match(text, 'is empty')
      else assert.is(status, 400, `${method} ${path}?${name}=: ${text}`)
      if (name !== 'after') assert.match(text, `${name} is empty`)
    }
})

test('every parameter that is documented is known', async () => {
  for (const { method, path, names } of SHOWN)
    for (const name of names) {
      const { text } = await asked(path, method, { [name]: '1' })
      assert.not.match(text, 'There is no parameter', `${method} ${path}?${name}=1`)
    }
})

test('a misspelt filter of a list gives a problem document, and not everything', async () => {
  const { status, text } = await gateway.ask('GET', '/api/v1/der-groups', { query: { nmae: 'x' } })
  const problem = JSON.parse(text)
  assert.is(status, 400)
  assert.is(problem.type, '/docs/guide/errors#invalid-parameter')
  assert.is(problem.whose, 'sender')
  assert.is(problem.instance, '/api/v1/der-groups')
  assert.is(problem.detail, 'There is no parameter nmae.')
  assert.is(problem.Error[0].details, 'There are limit, after, name.')
})

test('criteria of a noun are known at its list, and at no other', async () => {
  const query = { derTechnology: 'wind' }
  assert.is((await gateway.ask('GET', '/api/v1/tariffs', { query })).status, 200)
  const { status, text } = await gateway.ask('GET', '/api/v1/der-groups', { query })
  assert.is(status, 400, text)
})

test('a resource that there is not is told before its parameters', async () => {
  const { status } = await gateway.ask('GET', '/api/v1/der-grops', { query: { nmae: 'x' } })
  assert.is(status, 404)
})

test('what is sent to an address that others configure may have a query', async () => {
  const { status } = await gateway.ask('GET', '/livez', { query: { verbose: '' } })
  assert.is(status, 200)
  const headers = { 'content-type': 'application/xml' }
  const answer = await gateway.ask('POST', '/cim', { query: { v: '1' }, headers, body: '<x/>' })
  assert.not.match(answer.text, 'parameter')
})

test('a page is refused with a page', async () => {
  const { status, contentType, text } = await gateway.ask('GET', '/docs', { query: { q: 'x' } })
  assert.is(status, 400)
  assert.match(contentType, 'text/html')
  assert.match(text, 'There is no parameter q. This path has none: leave it out.')
})

test('names are those of the query as it was written', () => {
  assert.is(wrongQuery({}, []), undefined)
  assert.is(wrongQuery({ limit: '1' }, ['limit']), undefined)
  assert.equal(wrongQuery({ Limit: '1' }, ['limit', 'after']), {
    reason: 'There is no parameter Limit.',
    mend: 'Did you mean limit? There are limit, after.',
  })
  assert.is(wrongQuery({ __proto__x: '1' }, ['limit'])?.reason, 'There is no parameter __proto__x.')
})

test.run()
