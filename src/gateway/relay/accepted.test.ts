// What of a request is left when its party has refused some of it, for every way in which things stand in a message and in
// which an Error names them.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { contentsOf } from '../content.ts'
import { shippedSchemas } from '../gateway.fixture.ts'
import { acceptedOf } from './accepted.ts'
import { doneOf, reportedBy } from './reported.ts'

const test = suite('relay: what has been accepted')
const contentOf = contentsOf(await shippedSchemas)

const group = (mRID: string, more: JsonObject = {}): JsonObject => ({
  mRID,
  EndDevices: [{ mRID: `${mRID}-d` }],
  ...more,
})
const ask = (payload: Json, Verb = 'create'): JsonObject => ({
  message: 'RequestMessage',
  header: { Verb, Noun: 'DERGroups', MessageID: 'm-1' },
  payload,
})
const groups = (...all: readonly JsonObject[]): JsonObject => ({
  DERGroups: { '@xmlns': 'urn:other', EndDeviceGroup: all },
})
const error = (more: JsonObject): JsonObject => ({ code: '6.1', level: 'FATAL', ...more })
const partly = (...Error: readonly JsonObject[]): JsonObject => ({
  reply: { Result: 'PARTIAL', Error: [{ code: '0.2', ID: { $: 'a' } }, ...Error] },
})
const left = (payload: Json, ...errors: readonly JsonObject[]) =>
  acceptedOf(ask(payload), partly(...errors), contentOf)?.['payload']

const [A, B] = [group('a'), group('b')]
const UUID = 'A0000000-0000-4000-8000-00000000000A'

test('where nothing is refused it is the request itself', () => {
  const request = ask(groups(A, B))
  assert.is(acceptedOf(request, partly(), contentOf), request)
  assert.is(acceptedOf(request, {}, contentOf), request)
})

/** [what the Error says, which groups are left] */
const NAMED: readonly (readonly [what: string, error: JsonObject, left: readonly string[]])[] = [
  ['an mRID', error({ ID: { $: 'a' } }), ['b', 'c', UUID]],
  ['an ID that is a text', error({ ID: 'a' }), ['b', 'c', UUID]],
  ['a name', error({ ID: { $: 'name of b', '@kind': 'name' } }), ['a', 'c', UUID]],
  ['a UUID in another case', error({ ID: { $: UUID.toLowerCase() } }), ['a', 'b', 'c']],
  ['a member, and the group as relatedID', error({ ID: 'c-d', relatedID: 'b' }), ['a', 'c', UUID]],
  [
    'a member of several groups, and one of them by what is in it',
    error({ ID: 'in both', relatedID: 'only in b' }),
    ['a', 'c', UUID],
  ],
  ['a member of several groups', error({ ID: 'in both' }), ['c', UUID]],
  [
    'a member of several groups, and what is in none',
    error({ ID: 'in both', relatedID: 'z' }),
    ['c', UUID],
  ],
  ['a member of one group', error({ ID: { $: 'c-d' } }), ['a', 'b', UUID]],
  ['nothing of the message', error({ ID: { $: 'z' } }), ['a', 'b', 'c', UUID]],
  ['nothing at all', error({}), ['a', 'b', 'c', UUID]],
  ['something that was done', error({ level: 'WARNING', ID: 'a' }), ['a', 'b', 'c', UUID]],
]

for (const [what, it, expected] of NAMED)
  test(`an Error names ${what}`, () => {
    const having = (...ids: readonly string[]) => ({ EndDevices: ids.map((mRID) => ({ mRID })) })
    const named = group('b', {
      Names: [{ name: 'name of b' }],
      ...having('b-d', 'in both', 'only in b'),
    })
    const all = groups(group('a', having('a-d', 'in both')), named, group('c'), group(UUID))
    const payload = left(all, it) as JsonObject
    const root = payload['DERGroups'] as JsonObject
    const list = root['EndDeviceGroup'] as readonly JsonObject[]
    assert.equal(
      list.map((one) => one['mRID']),
      expected,
    )
    assert.is(root['@xmlns'], 'urn:other', 'what stands beside the objects stays')
  })

test('IDs are refused one by one, and what has lost all is nothing', () => {
  const ids = { ID: ['a', { $: 'b', '@kind': 'uuid' }] }
  assert.equal(left(ids, error({ ID: 'a' })), { ID: [{ $: 'b', '@kind': 'uuid' }] })
  assert.is(left(ids, error({ ID: 'a' }), error({ ID: 'b' })), undefined)
  assert.is(left(groups(A), error({ ID: 'a' })), undefined)
})

test('where one noun has several roots, a root without objects is left out', () => {
  assert.equal(left([groups(A), groups(B)], error({ ID: 'a' })), [groups(B)])
})

const operation = (operationId: Json, ...all: readonly JsonObject[]): JsonObject => ({
  operationId,
  noun: 'DERGroups',
  verb: 'create',
  ...groups(...all),
})
const set = (...Operation: readonly JsonObject[]): JsonObject => ({
  OperationSet: { enforceMsgSequence: true, Operation },
})

test('an operation is refused as a whole, or in one of its objects', () => {
  const [one, two] = [operation('1', A, B), operation('2', A)]
  assert.equal(left(set(one, two), error({ operationId: '1' })), set(two))
  assert.equal(
    left(set(one, two), error({ operationId: '1', ID: 'a' })),
    set(operation('1', B), two),
  )
  assert.equal(left(set(one, two), error({ ID: 'a' })), set(operation('1', B)))
  const strange = { operationId: '3', noun: 'Strange', verb: 'create', Strange: {} }
  assert.equal(left(set(one, strange), error({ operationId: '3' })), set(one))
})

test('in order with a root whose children have an order of their own', () => {
  const ordered = { DERGroups: { EndDeviceGroup: [A, B], '#order': 'EndDeviceGroup*2' } }
  assert.equal(left(ordered, error({ ID: 'a' })), { DERGroups: { EndDeviceGroup: [B] } })
})

test('our own record learns of what is left alone, and of nothing where nothing is', () => {
  const reported = (payload: Json, verb: string, ...errors: readonly JsonObject[]) =>
    reportedBy(ask(payload, verb), partly(...errors), contentOf)
  assert.equal(reported({ ID: ['a', 'b'] }, 'delete', error({ ID: 'a' }))?.['payload'], {
    ID: ['b'],
  })
  assert.is(reported(groups(A), 'create', error({ ID: 'a' })), undefined)
  const sets = set(operation('1', A), operation('2', B))
  assert.equal(
    reported(sets, 'execute', error({ operationId: '1' }))?.['payload'],
    set(operation('2', B)),
  )
})

test('what the party has called it stays with what it has accepted', () => {
  const [nameless, other]: readonly JsonObject[] = [{ Names: [{ name: 'n' }] }, B]
  const reply = { ...partly(error({ ID: 'b' })), payload: groups({ mRID: 'assigned' }) }
  const done = doneOf(ask(groups(nameless ?? {}, other ?? {})), reply, contentOf)
  const root = (done?.['payload'] as JsonObject)['DERGroups'] as JsonObject
  assert.equal(root['EndDeviceGroup'], [{ mRID: 'assigned', Names: [{ name: 'n' }] }])
})

test.run()
