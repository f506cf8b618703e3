// The JSON façade through its routes: what a client of HTTP sees.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member, readJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { openFixture } from '../gateway.fixture.ts'
import type { Asked } from '../gateway.fixture.ts'
import type { Store } from '../ports.ts'
import type { RouteAnswer } from '../routes.ts'
import { DER_FUNCTIONS } from '../../flows/der-functions.fixture.ts'

const test = suite('facade')

const A = 'a0000000-0000-4000-8000-00000000000a'
const B = 'b0000000-0000-4000-8000-00000000000b'
const GROUPS = '/api/v1/der-groups'
const DERFunction = Object.fromEntries(DER_FUNCTIONS.map((it) => [it, false]))

const down = { now: false }
const gateway = await openFixture({
  store: (real: Store) => ({
    ...real,
    commit: (unit) => (down.now ? Promise.reject(new Error('full')) : real.commit(unit)),
  }),
})

test.before.each(() => gateway.forgetObjects())
test.after(() => gateway.close())
const WHOLE = { DERFunction, EndDevices: [{ mRID: B }] }
const group = (more: JsonObject = {}): JsonObject => ({ mRID: A, ...WHOLE, ...more })
const body = (...groups: readonly Json[]) => JSON.stringify({ EndDeviceGroup: groups })
const post = (text: string, how: Asked = {}) => gateway.ask('POST', GROUPS, { body: text, ...how })
const patch = (change: Json, how: Asked = {}) =>
  gateway.ask('PATCH', `${GROUPS}/${A}`, { body: JSON.stringify(change), ...how })
const read = (id = A) => gateway.ask('GET', `${GROUPS}/${id}`)

function json({ text }: RouteAnswer): Json {
  const it = readJson(text)
  return 'value' in it ? it.value : null
}

function first(answer: RouteAnswer): Json | undefined {
  const list = member(json(answer), 'EndDeviceGroup')
  return Array.isArray(list) ? (list[0] as Json) : undefined
}

test('creates from the content, the root or the whole message', async () => {
  const bodies = [
    body(group()),
    JSON.stringify({ DERGroups: { EndDeviceGroup: [group()] } }),
    JSON.stringify({ header: {}, payload: { DERGroups: { EndDeviceGroup: [group()] } } }),
  ]
  for (const it of bodies) {
    const answer = await post(it)
    assert.is(answer.status, 201, answer.text)
    assert.is(answer.headers?.['Location'], `${GROUPS}/${A}`)
    assert.is(answer.headers?.['ETag'], '"1"')
    assert.ok(answer.headers?.['MessageID'] && answer.headers['CorrelationID'])
    assert.equal(first(answer), group())
    await gateway.forgetObjects()
  }
})

test('gives an assigned mRID back, and keeps it in front', async () => {
  const answer = await post(body({ ...WHOLE, Names: [{ name: 'North' }] }))
  assert.is(Object.keys(first(answer) as JsonObject)[0], 'mRID')
  const location = answer.headers?.['Location'] ?? ''
  assert.equal(first(await gateway.ask('GET', location)), first(answer))
})

test('answers 200 with what was refused when only a part was accepted', async () => {
  await post(body(group()))
  const answer = await post(body(group(), group({ mRID: B })))
  assert.is(answer.status, 200)
  assert.is(member(member(json(answer), 'reply'), 'Result'), 'PARTIAL')
  assert.is(member(first(answer), 'mRID'), B)
})

/** [what, request, status, code, rule] */
const PROBLEMS: readonly (readonly [string, () => Promise<RouteAnswer>, number, string, string])[] =
  [
    ['an object that exists', () => post(body(group())), 409, '6.1', 'DUPLICATE'],
    ['a body that is no object', () => post('[]'), 400, '1.8', 'JSON-TYPE'],
    ['a body that is no JSON', () => post('{'), 400, '1.8', 'WF-02'],
    ['an unknown key', () => post(body(group({ mRid: 1 }))), 400, '1.8', 'JSON-KEY'],
    [
      'a value of the wrong type',
      () => post(body({ DERFunction: { ...DERFunction, rampRateControl: 'x' } })),
      400,
      '1.8',
      'cvc-datatype-valid.1.2.1',
    ],
    [
      'another verb',
      () => post(JSON.stringify({ header: { Verb: 'delete' }, payload: {} })),
      422,
      '2.9',
      '',
    ],
    [
      'another noun',
      () => post(JSON.stringify({ header: { Noun: 'DERGroupStatuses' }, payload: {} })),
      422,
      '2.5',
      '',
    ],
    ['an unknown resource', () => gateway.ask('GET', '/api/v1/bananas'), 404, '2.5', ''],
    ['reading what is not there', () => read(B), 404, '99.1', 'NOT-FOUND'],
    [
      'deleting what is not there',
      () => gateway.ask('DELETE', `${GROUPS}/${B}`),
      404,
      '99.1',
      'NOT-FOUND',
    ],
    [
      'changing what is not there',
      () => gateway.ask('PATCH', `${GROUPS}/${B}`, { body: '{}' }),
      404,
      '99.1',
      'NOT-FOUND',
    ],
    ['taking out what must stay', () => patch({ DERFunction: null }), 422, '5.8', 'INCOMPLETE'],
    ['taking out the identity', () => patch({ Names: null }), 400, '1.8', 'PATCH-IDENTITY'],
    ['another mRID than that of the path', () => patch({ mRID: B }), 422, '2.29', 'ID-1'],
    [
      'two objects in one PATCH',
      () => patch({ EndDeviceGroup: [{}, {}] }),
      400,
      '1.8',
      'PATCH-BODY',
    ],
    ['a PATCH that is no object', () => patch('x'), 400, '1.8', 'PATCH-BODY'],
    [
      'an If-Match that has passed',
      () => patch({ description: 'x' }, { headers: { 'if-match': '"7"' } }),
      412,
      '6.1',
      'STALE',
    ],
    [
      'a weak If-Match',
      () => patch({ description: 'x' }, { headers: { 'if-match': 'W/"1"' } }),
      412,
      '6.1',
      'STALE',
    ],
    [
      'a malformed If-Match',
      () => patch({ description: 'x' }, { headers: { 'if-match': '1' } }),
      400,
      '1.8',
      '',
    ],
    [
      'a page of no size',
      () => gateway.ask('GET', GROUPS, { query: { limit: '0' } }),
      400,
      '1.8',
      '',
    ],
  ]

for (const [what, request, status, code, rule] of PROBLEMS) {
  test(`answers a problem document to ${what}`, async () => {
    await post(body(group()))
    const answer = await request()
    assert.is(answer.status, status, answer.text)
    assert.is(answer.contentType, 'application/problem+json; charset=utf-8')
    const problem = json(answer)
    assert.is(member(problem, 'status'), status)
    assert.is(member(problem, 'code'), code)
    assert.is(member(problem, 'rule'), rule === '' ? undefined : rule)
    assert.ok(answer.headers?.['MessageID'], 'MessageID')
    assert.match(String(member(problem, 'instance')), /^\/api\/v1\//)
    assert.not.match(answer.text, /operationId/)
    assert.is(member(problem, 'whose'), 'sender')
    assert.equal(first(await read()), group())
  })
}

test('says in a problem which path it is about, and where in the body each finding is', async () => {
  const problem = json(await post(body({ DERFunction: {} })))
  assert.is(member(problem, 'instance'), GROUPS)
  const findings = member(problem, 'findings')
  assert.ok(Array.isArray(findings) && findings.length > 0)
  for (const it of findings as readonly Json[]) {
    assert.is(member(it, 'path'), '/EndDeviceGroup/0/DERFunction')
    assert.equal([member(it, 'line'), member(it, 'column')], [1, 21])
  }
})

test('says of what a PATCH would leave incomplete what it says of it in a POST', async () => {
  await post(body(group()))
  const [posted, patched] = [await post(body({ mRID: B })), await patch({ DERFunction: null })]
  const words = (answer: RouteAnswer) =>
    (member(json(answer), 'findings') as readonly Json[]).map((it) =>
      ['rule', 'message', 'mend'].map((name) => member(it, name)),
    )
  assert.equal(words(patched), words(posted))
  assert.equal(words(patched), [
    ['cvc-complex-type.2.4.b', 'EndDeviceGroup lacks DERFunction.', 'Add the key "DERFunction".'],
  ])
  const [finding] = member(json(patched), 'findings') as readonly Json[]
  assert.is(member(finding, 'path'), '/DERFunction')
  assert.match(String(member(json(patched), 'detail')), /EndDeviceGroup lacks DERFunction\./)
})

test('merges a PATCH, lets null delete, and counts the version', async () => {
  await post(body(group({ description: 'old', EndDevices: [{ mRID: 'x' }] })))
  const answer = await patch(
    { description: null, EndDevices: [{ mRID: 'y' }] },
    { headers: { 'if-match': '"1"' } },
  )
  assert.is(answer.status, 200, answer.text)
  assert.is(answer.headers?.['ETag'], '"2"')
  assert.equal(Object.keys(first(answer) as JsonObject), [
    'mRID',
    'DERFunction',
    'EndDevices',
    'version',
  ])
  assert.equal(member(first(answer), 'EndDevices'), [{ mRID: 'x' }, { mRID: 'y' }])
  assert.is((await read()).text, answer.text)
})

for (const tags of ['*', '"99", OWN', ' OWN '])
  test(`takes If-Match ${tags}`, async () => {
    const own = (await post(body(group()))).headers?.['ETag'] ?? ''
    const how = { headers: { 'if-match': tags.replace('OWN', own) } }
    const answer = await gateway.ask('DELETE', `${GROUPS}/${A}`, how)
    assert.equal([answer.status, answer.text], [200, '{"reply":{"Result":"OK"}}'])
    assert.is((await read()).status, 404)
  })

test('PUT creates what is not there under the mRID of the path, and changes what is', async () => {
  const put = (it: Json, how: Asked = {}) =>
    gateway.ask('PUT', `${GROUPS}/${A}`, { body: JSON.stringify(it), ...how })
  const made = await put({ EndDeviceGroup: [WHOLE] })
  assert.equal([made.status, made.headers?.['Location']], [201, `${GROUPS}/${A}`], made.text)
  const changed = await put({ ...WHOLE, description: 'new' })
  assert.equal([changed.status, member(first(changed), 'description')], [200, 'new'], changed.text)
  assert.is((await put({ mRID: B, ...WHOLE })).status, 422)
  await gateway.forgetObjects()
  assert.is((await put({ mRID: B, ...WHOLE })).status, 422)
  assert.is((await put({ EndDeviceGroup: [group(), group()] })).status, 400)
  assert.is((await put({ ...WHOLE }, { headers: { 'if-match': '"3"' } })).status, 404)
})

test('lets of several with the same If-Match only one through', async () => {
  await post(body(group()))
  const headers = { 'if-match': '"1"' }
  const answers = await Promise.all(
    ['a', 'b', 'c', 'd'].map((it) => patch({ description: it }, { headers })),
  )
  assert.equal(answers.map((it) => it.status).sort(), [200, 412, 412, 412])
})

for (const [what, request, title] of [
  ['parameter', () => gateway.ask('GET', GROUPS, { query: { limit: '0' } }), /parameter/],
  ['condition', () => patch({}, { headers: { 'if-match': '1' } }), /parameter/],
  ['revision', () => patch({}, { headers: { 'if-match': '"7"' } }), /changed since it was read/],
] as const) {
  test(`titles a problem of a ${what} by what it is`, async () => {
    await post(body(group()))
    assert.match(String(member(json(await request()), 'title')), title)
  })
}

test('says which resource to GET where a query is posted', async () => {
  const answer = await gateway.ask('POST', '/api/v1/der-group-queries', { body: '{}' })
  assert.equal([answer.status, member(json(answer), 'code')], [422, '2.9'])
  assert.match(answer.text, /GET \/api\/v1\/der-groups /)
})

test('answers 503 and when to repeat while the store fails, and keeps nothing', async () => {
  down.now = true
  const answer = await post(body(group()))
  down.now = false
  assert.is(answer.status, 503)
  assert.is(answer.headers?.['Retry-After'], '1')
  assert.is(member(json(answer), 'code'), '5.1')
  assert.is(member(json(answer), 'whose'), 'ours')
  assert.is((await read()).status, 404)
})

test('lists page by page, and by the text of a name of whatever type', async () => {
  const Names = [{ name: 'North', NameType: { name: 'groupName' } }]
  await post(body(group(), group({ mRID: B, Names })))
  const page = json(await gateway.ask('GET', GROUPS, { query: { limit: '1' } }))
  const after = String(member(page, 'next'))
  const rest = await gateway.ask('GET', GROUPS, { query: { after } })
  assert.is(member(first(rest), 'mRID'), B)
  assert.is(member(json(rest), 'next'), null)
  const named = await gateway.ask('GET', GROUPS, { query: { name: 'North' } })
  assert.is(member(first(named), 'mRID'), B)
})

test.run()
