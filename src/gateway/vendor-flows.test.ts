// The example vendor's own paths for service requests, agreements and groups: the flows behind them are those of CIM, with
// their rules, and what is wrong is told of the vendor's JSON.

import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { DER_FUNCTIONS } from '../flows/der-functions.fixture.ts'
import { openFixture } from './gateway.fixture.ts'
import { json } from './told.fixture.ts'

const test = suite('vendor flows')

const gateway = await openFixture()
test.after(() => gateway.close())

type Any = any

const ask = (method: string, path: string, body?: unknown) =>
  gateway.ask(
    method,
    `/vendor/example${path}`,
    body === undefined ? {} : { body: JSON.stringify(body) },
  )
const sample = (flow: string): Any =>
  JSON.parse(
    readFileSync(new URL(`../../../samples/${flow}/example.json`, import.meta.url), 'utf8'),
  )
const stateOf = async (noun: string, id: string) =>
  (await gateway.store.objects(noun, [id], []))[0]?.state

test('a service request is made, read, changed, and listed in the words of the vendor', async () => {
  const request = sample('service-request')
  const made = await ask('POST', '/service-requests', request)
  assert.is(made.status, 201, made.text)
  assert.is(made.headers?.['Location'], `/vendor/example/service-requests/${request.requestId}`)
  assert.is(await stateOf('ServiceRequests', request.requestId), 'submitted')
  const path = `/service-requests/${request.requestId}`
  const read = json(await ask('GET', path)) as Any
  assert.is(read.state, 'NEW')
  const { state: _state, stateSince: _since, revision: _revision, ...same } = read
  assert.equal(same, request)
  const changed = await ask('PATCH', path, { note: 'ring first', state: 'WITHDRAWN' })
  assert.is(changed.status, 200, changed.text)
  assert.is(await stateOf('ServiceRequests', request.requestId), 'withdrawn')
  const all = json(await ask('GET', '/service-requests')) as Any
  assert.is(all.items[0].note, 'ring first')
})

test('an agreement goes from draft to signed by its state', async () => {
  const agreement = sample('customer-agreement')
  assert.is((await ask('POST', '/agreements', agreement)).status, 201)
  const path = `/agreements/${agreement.agreementId}`
  const early = await ask('PATCH', path, { state: 'SIGNED' })
  assert.is(early.status, 409)
  assert.match(early.text, 'CA-SM')
  for (const state of ['OFFERED', 'SIGNED'])
    assert.is((await ask('PATCH', path, { state })).status, 200, state)
  const read = json(await ask('GET', path)) as Any
  assert.equal([read.state, typeof read.signedAt], ['SIGNED', 'string'])
  assert.equal(read.operators, agreement.operators)
})

test('groups are asked for, and asked to be dissolved, by paths that say so', async () => {
  const { action: _action, ...request } = sample('der-group-request')
  const asked = await ask('POST', '/groups/form', request)
  assert.is(asked.status, 201, asked.text)
  assert.is(asked.headers?.['Location'], `/vendor/example/group-requests/${request.requestId}`)
  const read = json(await ask('GET', `/group-requests/${request.requestId}`)) as Any
  assert.equal([read.action, read.state], ['FORM', 'ASKED'])

  const group = {
    mRID: 'b2f4b0d3-7a2c-4f4e-8a5e-7a1d0c9b8e15',
    DERFunction: Object.fromEntries(DER_FUNCTIONS.map((it) => [it, true])),
    EndDevices: [{ mRID: 'd-1' }],
    Names: [{ name: 'to be dissolved' }],
  }
  const formed = await gateway.ask('POST', '/api/v1/der-groups', {
    body: JSON.stringify({ EndDeviceGroup: [group] }),
  })
  assert.is(formed.status, 201, formed.text)
  const dissolve = { requestId: 'c3f4b0d3-7a2c-4f4e-8a5e-7a1d0c9b8e16', operator: 'ACME' }
  const ended = await ask('POST', '/groups/dissolve', { ...dissolve, groupId: group.mRID })
  assert.is(ended.status, 201, ended.text)
  const it = json(await ask('GET', `/group-requests/${dissolve.requestId}`)) as Any
  assert.equal([it.action, it.groupId], ['DISSOLVE', group.mRID])
})

/** [path, body, place of the fault, reply code, what is said] */
const WRONG: readonly (readonly [string, unknown, string, string, RegExp])[] = [
  ['/service-requests', { type: 'DER_CONECT' }, '/type', '1.8', /Did you mean DER_CONNECT/],
  ['/service-requests', [{}, { wanted: 7 }], '/1/wanted', '1.8', /Write an object here/],
  ['/agreements', { tariffIds: 'a' }, '/tariffIds', '1.8', /Write an array of ids here/],
  ['/agreements', { operators: [{ operator: {} }] }, '/operators/0/operator', '1.8', /a name/],
  [
    '/groups/form',
    { action: 'DISSOLVE' },
    '/action',
    '1.8',
    /Leave action out, or take another path/,
  ],
  ['/groups/dissolve', { members: [7] }, '/members/0', '1.8', /Write an object here/],
]

for (const [path, body, pointer, code, said] of WRONG)
  test(`POST ${path} ${JSON.stringify(body)} is refused at ${pointer}, with how to mend it`, async () => {
    const answer = await ask('POST', path, body)
    assert.is(answer.status, 400, answer.text)
    const problem = json(answer) as Any
    assert.equal([problem.code, problem.findings[0].path], [code, pointer])
    assert.match(problem.findings[0].mend, said)
    assert.is(problem.whose, 'sender')
  })

test('what its schema or a rule does not allow is refused with the code of CIM', async () => {
  const { meterPointId: _point, ...request } = sample('service-request')
  const other = { ...request, requestId: 'd4f4b0d3-7a2c-4f4e-8a5e-7a1d0c9b8e17', reference: 'R-9' }
  const refused = await ask('POST', '/service-requests', other)
  assert.equal([refused.status, (json(refused) as Any).code], [422, '5.8'], refused.text)
  const { validFrom: _from, ...agreement } = sample('customer-agreement')
  const bare = await ask('POST', '/agreements', {
    ...agreement,
    agreementId: 'x',
    contractNumber: 'y',
  })
  assert.equal([bare.status, (json(bare) as Any).code], [400, '1.8'], bare.text)
})

test.run()
