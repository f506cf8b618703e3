// For tests only: EPRI's cases of IEC 61968-5 (script 3002014703) as a table, every message written by us.

import * as assert from 'uvu/assert'
import { member } from '../schema/json-text.ts'
import { A, B, CREATE_A, CREATE_B, D1, D2 } from './epri-case.fixture.ts'
import { errorOf, groupsIn, query, removal, textsOf, versionOf } from './epri-case.fixture.ts'
import type { Case } from './epri-case.fixture.ts'
import { MEMBER, derGroups, group, message, operation, operationSet } from './messages.fixture.ts'
import { part, payload, payloadIds } from './messages.fixture.ts'

/** Every case by its id and what it shows. */
export const CASES: Readonly<Record<string, Case>> = {
  'DERG-1a creates one group': {
    send: CREATE_A,
    result: 'OK',
    state: { [A]: [D1] },
    events: ['created'],
    also: ({ json }) => assert.equal(textsOf(member(json, 'reply'), 'ID'), [A]),
  },
  'DERG-1b refuses a group that exists, by its uuid': {
    before: [CREATE_A],
    send: message({ verb: 'create' }, payload(group({ mRID: A.toUpperCase() }))),
    result: 'FAILED',
    codes: ['6.1'],
    failedIds: [A.toUpperCase()],
    state: { [A]: [D1] },
    events: [],
    also: ({ json }) => assert.is(errorOf(json)['level'], 'FATAL'),
  },
  'DERG-1b refuses a group that exists, by its name': {
    before: [CREATE_A],
    send: message({ verb: 'create' }, payload(group({ mRID: B, name: 'North' }))),
    result: 'FAILED',
    codes: ['6.1'],
    failedIds: ['North'],
    state: { [A]: [D1] },
    events: [],
    also: ({ json }) => assert.is(member(errorOf(json)['ID'], '@kind'), 'name'),
  },
  'DERG-1c creates two groups': {
    send: message(
      { verb: 'create' },
      payload(group({ mRID: A }), group({ mRID: B, members: [D2] })),
    ),
    result: 'OK',
    state: { [A]: [MEMBER], [B]: [D2] },
    events: ['created', 'created'],
  },
  'DERG-1d creates one of two groups, called PARTIAL': {
    before: [CREATE_A],
    send: message({ verb: 'create' }, payload(group({ mRID: A }), group({ mRID: B }))),
    result: 'PARTIAL',
    codes: ['0.2', '6.1'],
    failedIds: [A],
    state: { [A]: [D1], [B]: [MEMBER] },
    events: ['created'],
  },
  'DERG-1d creates one of two groups, called FAILED as EPRI has it': {
    before: [CREATE_A],
    send: message({ verb: 'create' }, payload(group({ mRID: A }), group({ mRID: B }))),
    mixedBatch: 'failed',
    result: 'FAILED',
    codes: ['6.1'],
    failedIds: [A],
    state: { [A]: [D1], [B]: [MEMBER] },
    events: ['created'],
    also: ({ json }) => assert.equal(textsOf(member(json, 'reply'), 'ID'), []),
  },
  'DERG-1e assigns an mRID and gives the object back with it in front': {
    send: message({ verb: 'create' }, payload(group({ name: 'North', members: [D1] }))),
    result: 'OK',
    state: 'assigned',
    events: ['created'],
    also: async ({ json }, { store }) => {
      const [made] = groupsIn(json)
      assert.is(Object.keys(made ?? {})[0], 'mRID')
      assert.match(String(member(made, 'mRID')), /^0{8}-0000-4000-8000-/)
      const [stored] = (await store.page('DERGroups', { limit: 9 })).objects
      assert.ok(stored?.body.startsWith('{"mRID":"'))
    },
  },
  'DERG-2a adds a member and keeps the others': {
    before: [CREATE_A],
    send: message({ verb: 'change' }, payload(part({ mRID: A, members: [D2] }))),
    result: 'OK',
    state: { [A]: [D1, D2] },
    events: ['changed'],
    also: ({ json }) => assert.is(versionOf(groupsIn(json)[0]), '1.1'),
  },
  'DERG-2b changes a value and leaves the members alone': {
    before: [CREATE_A],
    send: message({ verb: 'change' }, payload(part({ mRID: A, description: 'new' }))),
    result: 'OK',
    state: { [A]: [D1] },
    events: ['changed'],
  },
  'DERG-2 of an unknown group': {
    send: message({ verb: 'change' }, payload(part({ mRID: A, description: 'new' }))),
    result: 'FAILED',
    codes: ['99.1'],
    failedIds: [A],
    state: {},
    events: [],
  },
  'DERG-3 removes the last member by an OperationSet, and repeats the operationId': {
    before: [CREATE_A],
    send: removal('17', part({ mRID: A, members: [D1] })),
    result: 'OK',
    state: { [A]: [] },
    events: ['changed'],
    also: async ({ json }, { store, events }) => {
      assert.is(member(member(json, 'reply'), 'operationId'), 17)
      assert.is((await store.objects('DERGroups', [A], []))[0]?.state, 'empty')
      assert.is((await events()).at(-1)?.state, 'empty')
    },
  },
  'DERG-3 of an unknown member': {
    before: [CREATE_A],
    send: removal('17', part({ mRID: A, members: [D2] })),
    result: 'FAILED',
    codes: ['2.29'],
    failedIds: [D2],
    state: { [A]: [D1] },
    events: [],
    also: ({ json }) => {
      assert.is(errorOf(json)['operationId'], 17)
      assert.is(member(errorOf(json)['ID'], '@objectType'), 'EndDevice')
      assert.is(member(errorOf(json)['relatedID'], '$'), A)
    },
  },
  'DERG-4 dissolves a group': {
    before: [CREATE_A, CREATE_B],
    send: message({ verb: 'delete' }, payload(part({ mRID: A }))),
    result: 'OK',
    state: { [B]: [D1] },
    events: ['deleted'],
    also: ({ json }) => assert.equal(textsOf(member(json, 'reply'), 'ID'), [A]),
  },
  'DERG-4 dissolves by Payload/ID, by mRID and by name': {
    before: [CREATE_A, CREATE_B],
    send: message({ verb: 'delete' }, payloadIds([A, 'kind="uuid"'], ['South', 'kind="name"'])),
    result: 'OK',
    state: {},
    events: ['deleted', 'deleted'],
  },
  'DERG-4 twice': {
    before: [CREATE_A, message({ verb: 'delete' }, payload(part({ mRID: A })))],
    send: message({ verb: 'delete' }, payload(part({ mRID: A }))),
    result: 'FAILED',
    codes: ['99.1'],
    failedIds: [A],
    state: {},
    events: [],
  },
  'a dissolved mRID and name may be used again': {
    before: [CREATE_A, message({ verb: 'delete' }, payload(part({ mRID: A })))],
    send: message({ verb: 'create' }, payload(group({ mRID: A, members: [D2], name: 'North' }))),
    result: 'OK',
    state: { [A]: [D2] },
    events: ['created'],
  },
  'DERG-5a finds one group by mRID, under the query noun': {
    before: [CREATE_A, CREATE_B],
    send: query(`<mRID>${A.toUpperCase()}</mRID>`),
    result: 'OK',
    state: { [A]: [D1], [B]: [D1] },
    events: [],
    also: ({ json }) => {
      assert.equal(
        groupsIn(json).map((it) => it['mRID']),
        [A],
      )
      assert.is(member(member(json, 'header'), 'Noun'), 'DERGroupQueries')
    },
  },
  'DERG-5b finds several groups, by name too, in the order asked for': {
    before: [CREATE_A, CREATE_B],
    send: query('<Names><name>South</name></Names>', `<mRID>${A}</mRID>`),
    result: 'OK',
    state: { [A]: [D1], [B]: [D1] },
    events: [],
    also: ({ json }) =>
      assert.equal(
        groupsIn(json).map((it) => it['mRID']),
        [B, A],
      ),
  },
  'DERG-5c finds all groups, under the noun of the objects': {
    before: [CREATE_A, CREATE_B],
    send: message({ verb: 'get' }, ''),
    result: 'OK',
    state: { [A]: [D1], [B]: [D1] },
    events: [],
    also: ({ json }) => {
      assert.equal(
        groupsIn(json).map((it) => it['mRID']),
        [A, B],
      )
      assert.is(member(member(json, 'header'), 'Noun'), 'DERGroups')
    },
  },
  'DERG-5 of a group that does not exist': {
    before: [CREATE_A],
    send: query(`<mRID>${B}</mRID>`),
    result: 'FAILED',
    codes: ['99.1'],
    failedIds: [B],
    state: { [A]: [D1] },
    events: [],
  },
  'DERG-5 of two groups, one of which does not exist': {
    before: [CREATE_A],
    send: query(`<mRID>${A}</mRID>`, `<mRID>${B}</mRID>`),
    result: 'PARTIAL',
    codes: ['0.2', '99.1'],
    failedIds: [B],
    state: { [A]: [D1] },
    events: [],
    also: ({ json }) =>
      assert.equal(
        groupsIn(json).map((it) => it['mRID']),
        [A],
      ),
  },
  'DERG-6 takes over a group that was created elsewhere': {
    send: message({ verb: 'created' }, payload(group({ mRID: A, members: [D1] }))),
    result: 'OK',
    state: { [A]: [D1] },
    events: ['created'],
  },
  'DERG-6 of what is known already is no event': {
    before: [CREATE_A],
    send: message({ verb: 'created' }, payload(group({ mRID: A, members: [D1], name: 'North' }))),
    result: 'OK',
    state: { [A]: [D1] },
    events: [],
  },
  'DERG-7 takes over a change, and what it does not name stays': {
    before: [CREATE_A],
    send: message({ verb: 'changed' }, payload(group({ mRID: A, members: [D2] }))),
    result: 'OK',
    state: { [A]: [D1, D2] },
    events: ['changed'],
  },
  'DERG-7 of an unknown group takes it over as a whole': {
    send: message({ verb: 'changed' }, payload(group({ mRID: A, members: [D2] }))),
    result: 'OK',
    state: { [A]: [D2] },
    events: ['created'],
  },
  'DERG-8 of an unknown group of which too little is said': {
    send: message(
      { verb: 'executed', noun: 'OperationSet' },
      operationSet(false, operation('1', 'change', derGroups(part({ mRID: A, members: [D2] })))),
    ),
    result: 'FAILED',
    codes: ['5.8'],
    failedIds: [A],
    state: {},
    events: [],
  },
  'DERG-8 takes over executed operations, what was gone before included': {
    before: [CREATE_A],
    send: message(
      { verb: 'executed', noun: 'OperationSet' },
      operationSet(
        false,
        operation('1', 'delete', derGroups(part({ mRID: A, members: [D1, D2] })), { parts: true }),
      ),
    ),
    result: 'OK',
    state: { [A]: [] },
    events: ['changed'],
  },
  'DERG-9 takes over a dissolving': {
    before: [CREATE_A],
    send: message({ verb: 'deleted' }, payloadIds([A, 'kind="uuid"'])),
    result: 'OK',
    state: {},
    events: ['deleted'],
  },
  'DERG-9 of an unknown group has nothing left to do': {
    send: message({ verb: 'deleted' }, payloadIds([A, 'kind="uuid"'])),
    result: 'OK',
    state: {},
    events: [],
  },
}
