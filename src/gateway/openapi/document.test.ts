// The OpenAPI document is valid, whole and true: it says what is served, and what it says is served.

import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { contentsOf } from '../content.ts'
import { isSynchronized } from '../deciding/synchronized.ts'
import { openFixture } from '../gateway.fixture.ts'
import type { Asked, Fixture } from '../gateway.fixture.ts'
import { resourceNouns, resourceOf } from '../nouns.ts'
import { filled } from '../route.ts'
import type { RouteAnswer } from '../routes.ts'
import { batchOf } from '../facade/batch-answer.ts'
import { itemStepsOf } from '../facade/items.ts'
import { triggersOf } from '../facade/triggers.ts'
import { memberList } from '../facade/members.ts'
import { flowIn } from '../flow-in.ts'
import { forgotten, isKeptForGood } from './kept-for-good.fixture.ts'
import { openApiOf } from './document.ts'
import { foreignFolder } from './foreign.fixture.ts'

const test = suite('openapi: document')

// What JSON.parse gives; the document is looked at as its readers do.
type Any = any

const foreign = foreignFolder()
const gateways: Readonly<Record<string, Fixture>> = {
  shipped: await openFixture(),
  foreign: await openFixture({ folders: [{ path: foreign.path, shipped: false }] }),
}
test.after(async () => {
  for (const it of Object.values(gateways)) await it.close()
  foreign.remove()
})

async function documentOf(gateway: Fixture, query = {}): Promise<Any> {
  const { status, text } = await gateway.ask('GET', '/openapi.json', { query })
  assert.is(status, 200)
  return JSON.parse(text)
}

const validator = new Validator()

function isImported({ schemas }: Fixture, noun: string): boolean {
  return schemas.catalogue.nouns.some((it) => it.noun === noun && it.status === 'imported')
}

/** Every object of a document with its path, depth first. */
function* objectsIn(it: Any, path = '#'): Generator<readonly [string, Any]> {
  if (typeof it !== 'object' || it === null) return
  yield [path, it]
  for (const [key, value] of Object.entries(it)) yield* objectsIn(value, `${path}/${key}`)
}

function operationsOf(document: Any): readonly (readonly [string, string, Any])[] {
  return Object.entries<Any>(document.paths).flatMap(([path, item]) =>
    Object.entries<Any>(item)
      .filter(([method]) => !['parameters', 'description'].includes(method))
      .map(([method, it]) => [path, method, it] as const),
  )
}

function resolved(document: Any, ref: string): Any {
  const steps = ref.slice(2).split('/').map(decodeURIComponent)
  return steps.reduce((at, step) => at?.[step], document)
}

/** Judges a value by a schema of the document, of which `$ref`s lead into its components. */
function judgeOf(document: Any): (schema: Any, value: Any) => string {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
  ajv.addSchema({ $id: 'http://api.example/document', components: document.components })
  const compiled = new Map<string, ReturnType<typeof ajv.compile>>()
  return (schema, value) => {
    const text = JSON.stringify(schema).replaceAll(
      '"#/components/',
      '"http://api.example/document#/components/',
    )
    const check = compiled.get(text) ?? ajv.compile(JSON.parse(text))
    compiled.set(text, check)
    return check(value) ? '' : ajv.errorsText(check.errors)
  }
}

for (const [name, gateway] of Object.entries(gateways)) {
  const all = resourceNouns(gateway.schemas)
  const isShipped = name === 'shipped'
  const nouns = all.filter((it) => isShipped || isImported(gateway, it))

  test(`${name}: is valid by the schema of OpenAPI 3.1, whole and noun by noun`, async () => {
    for (const noun of [undefined, ...nouns]) {
      const document = await documentOf(gateway, noun === undefined ? {} : { noun })
      const { valid, errors } = await validator.validate(document)
      assert.ok(valid, `${noun}: ${JSON.stringify(errors)}`)
    }
  })

  test(`${name}: every reference leads somewhere`, async () => {
    for (const noun of [undefined, ...nouns]) {
      const document = await documentOf(gateway, noun === undefined ? {} : { noun })
      for (const [path, it] of objectsIn(document))
        if (typeof it.$ref === 'string')
          assert.ok(resolved(document, it.$ref), `${path}: ${it.$ref}`)
    }
  })

  test(`${name}: every schema compiles, and every example is valid by its own`, async () => {
    const document = await documentOf(gateway, isShipped ? {} : { noun: nouns.at(-1) })
    const judge = judgeOf(document)
    for (const at of Object.keys(document.components.schemas))
      judge({ $ref: `#/components/schemas/${at}` }, null)
    let examples = 0
    for (const [path, { schema, example, examples: several }] of objectsIn(document)) {
      if (schema === undefined) continue
      const values = [
        ...(example === undefined ? [] : [example]),
        ...Object.values<Any>(several ?? {}).map((it) =>
          it.$ref === undefined ? it.value : resolved(document, it.$ref).value,
        ),
      ]
      for (const it of values) assert.is(judge(schema, it), '', `${path}: ${JSON.stringify(it)}`)
      examples += values.length
    }
    // Three bodies of a create each, and one of a change where a change is possible.
    const contentOf = contentsOf(gateway.schemas)
    const changeable = nouns.filter((it) => contentOf(it)?.hasId).length
    assert.ok(examples >= (isShipped ? nouns.length * 3 + changeable : 4), `${examples} examples`)
  })

  test(`${name}: what is served is in it, and what is in it is served`, async () => {
    const announced = operationsOf(await documentOf(gateway)).map(
      ([path, method]) => `${method} ${path}`,
    )
    const contentOf = contentsOf(gateway.schemas)
    const ofNoun = flowIn(gateway.schemas)
    const stepsAt = (path: string, noun: string) =>
      triggersOf(noun, ofNoun).filter((it) => it.includes(':') === path.includes(':list'))
    const served = gateway.routes.flatMap(({ method, path }) => {
      // What has no mRID cannot be changed, and is told so.
      const named = method === 'PATCH' || method === 'PUT'
      const [stepping, ofMembers] = [path.includes(':trigger'), path.includes('/members')]
      const able = all
        .filter((it) => !named || contentOf(it)?.hasId)
        .filter((it) => !ofMembers || memberList(it, flowIn(gateway.schemas)) !== undefined)
        .filter((it) => !path.endsWith(':batch') || batchOf(it) !== undefined)
        .filter((it) => !path.includes('/acknowledgements') || isSynchronized(ofNoun(it, 'get')))
        .filter((it) => !path.includes(':item') || Object.keys(itemStepsOf(it, ofNoun)).length > 0)
        .filter((it) => !stepping || stepsAt(path, it).length > 0)
      const each = path.includes(':resource')
        ? able.map((it) => path.replace(':resource', encodeURIComponent(resourceOf(it))))
        : [path]
      return each.map((it) => `${method.toLowerCase()} ${filled(it, (name) => `{${name}}`)}`)
    })
    assert.equal([...announced].sort(), served.sort())
    assert.is(new Set(announced).size, announced.length)
  })

  test(`${name}: operations have names of their own, headings that exist, and answers for the worst`, async () => {
    const document = await documentOf(gateway)
    const all = operationsOf(document)
    const ids = all.map(([, , it]) => it.operationId)
    assert.is(new Set(ids).size, ids.length)
    const tags = document.tags.map((it: Any) => it.name)
    for (const [path, , it] of all) {
      for (const tag of it.tags) assert.ok(tags.includes(tag), `${path}: ${tag}`)
      if (path.startsWith('/api/')) assert.ok('500' in it.responses, path)
    }
  })

  test(`${name}: each resource does what the document says, with the examples of the document`, async () => {
    const document = await documentOf(gateway)
    const walk = { gateway, document, judge: judgeOf(document) }
    for (const noun of nouns) {
      const path = `/api/v1/${encodeURIComponent(resourceOf(noun))}`
      const { examples } = jsonOf(document.paths[path].post)
      assert.equal(Object.keys(examples), ['content', 'payload', 'message'], path)
      for (const it of Object.values<Any>(examples)) await lives(walk, noun, it.value)
      await answers(walk, ['post', path], 400, { body: '{' })
      await answers(walk, ['get', path], 400, { query: { limit: 'x' } })
      const csv = { headers: { accept: 'text/csv' } }
      for (const method of ['post', 'get']) await answers(walk, [method, path], 406, csv)
    }
  })
}

interface Walk {
  readonly gateway: Fixture
  readonly document: Any
  readonly judge: ReturnType<typeof judgeOf>
}

function jsonOf(operation: Any): Any {
  return operation.requestBody.content['application/json']
}

/** An object is made, read, listed, changed and deleted, or kept for good, all as announced. */
async function lives(walk: Walk, noun: string, body: Any): Promise<void> {
  const path = `/api/v1/${encodeURIComponent(resourceOf(noun))}`
  const made = await answers(walk, ['post', path], 201, { body: JSON.stringify(body) })
  const own = made.headers?.['Location'] ?? ''
  const one = `${path}/{mRID}`
  const { patch } = walk.document.paths[one]
  await answers(walk, ['get', one, own], 200)
  await answers(walk, ['get', path], 200)
  if (patch === undefined) {
    const { status } = await walk.gateway.ask('PATCH', own, { body: '{}' })
    assert.is(status, 422, `${path} is changed, but its change is not announced`)
  } else {
    for (const { value } of Object.values<Any>(jsonOf(patch).examples))
      await answers(walk, ['patch', one, own], 200, { body: JSON.stringify(value) })
    await answers(walk, ['patch', one, own], 400, { body: '{"nonsense":1}' })
  }
  await answers(walk, ['delete', one, own], 412, { headers: { 'if-match': '"99"' } })
  if (isKeptForGood(noun)) {
    await answers(walk, ['delete', one, own], 409)
    await forgotten(walk.gateway, noun)
  } else await answers(walk, ['delete', one, own], 200)
  await answers(walk, ['get', one, own], 404)
}

/** One request, whose answer has a status, a media type, headers and a body that are announced. */
async function answers(
  { gateway, document, judge }: Walk,
  [method, path, own = path]: readonly [method: string, path: string, own?: string],
  status: number,
  how: Asked = {},
): Promise<RouteAnswer> {
  const operation = document.paths[path][method]
  const answer = await gateway.ask(method.toUpperCase(), own, how)
  const what = `${operation.operationId}: ${answer.text}`
  assert.is(answer.status, status, what)
  const response = operation.responses[status]
  const type = answer.contentType.split(';', 1)[0] ?? ''
  assert.ok(response?.content[type], `${what} is announced with no ${status} of ${type}`)
  assert.is(judge(response.content[type].schema, JSON.parse(answer.text)), '', what)
  if (status >= 400) assertExampled(document, response.content[type], JSON.parse(answer.text), what)
  for (const it of Object.keys(answer.headers ?? {}))
    assert.ok(it in response.headers, `${what} does not announce ${it}`)
  return answer
}

/** Of what a problem says, what is the same for every case of it stands in one of the examples. */
function assertExampled(document: Any, { examples }: Any, problem: Any, what: string): void {
  const kind = ({ type, title, status, whose, code }: Any) => ({ type, title, status, whose, code })
  const known = Object.values<Any>(examples).map((it) => kind(resolved(document, it.$ref).value))
  assert.ok(
    known.some((it) => JSON.stringify(it) === JSON.stringify(kind(problem))),
    `${what} is like none of ${JSON.stringify(known)}`,
  )
}

test('only what differs from the last time is sent again', async () => {
  const gateway = gateways['shipped'] as Fixture
  const first = await gateway.ask('GET', '/openapi.json')
  const tag = first.headers?.['ETag'] ?? ''
  for (const known of [tag, `"x", W/${tag}`, '*']) {
    const again = await gateway.ask('GET', '/openapi.json', { headers: { 'if-none-match': known } })
    assert.equal([again.status, again.text, again.headers?.['ETag']], [304, '', tag])
  }
  const other = await gateway.ask('GET', '/openapi.json', { headers: { 'if-none-match': '"x"' } })
  assert.is(other.status, 200)
})

test('a noun without a resource has no document', async () => {
  const answer = await (gateways['shipped'] as Fixture).ask('GET', '/openapi.json', {
    query: { noun: 'Bananas' },
  })
  assert.equal(
    [answer.status, answer.contentType],
    [404, 'application/problem+json; charset=utf-8'],
  )
})

test('it is made once, with a pause after every noun', async () => {
  const { routes, schemas } = gateways['shipped'] as Fixture
  let pauses = 0
  const digest = (text: string) => `${text.length}`
  const pause = async () => void (pauses += 1)
  const api = openApiOf(routes as Any, schemas, {
    version: '1',
    apiKeyHeader: 'X-API-Key',
    pause,
    digest,
    begin: () => undefined,
    samples: async () => [],
  })
  const [one, other] = await Promise.all([api.whole(), api.whole()])
  assert.is(one, other)
  assert.is(pauses, resourceNouns(schemas).length)
})

test('words of the schema stand in it', async () => {
  const document = await documentOf(gateways['foreign'] as Fixture)
  const { title, description } = document.components.schemas['Widgets.Widget']
  assert.is(title, 'Widget')
  assert.match(description, '<script>')
})

test.run()
