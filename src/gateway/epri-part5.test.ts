// EPRI's cases of IEC 61968-5 (script 3002014703): XML in, reply judged, state asked for, events counted.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { openFixture } from './gateway.fixture.ts'
import type { Fixture, Reply } from './gateway.fixture.ts'
import {
  group,
  message,
  operation,
  operationSet,
  part,
  payload,
  queryFor,
} from './messages.fixture.ts'
import { derGroups, payloadIds } from './messages.fixture.ts'

const test = suite('epri part 5')

const A = 'a0000000-0000-4000-8000-00000000000a'
const B = 'b0000000-0000-4000-8000-00000000000b'
const [D1, D2] = ['d0000000-0000-4000-8000-000000000001', 'd0000000-0000-4000-8000-000000000002']

const CREATE_A = message(
  { verb: 'create' },
  payload(group({ mRID: A, members: [D1], name: 'North' })),
)
const CREATE_B = message(
  { verb: 'create' },
  payload(group({ mRID: B, members: [D1], name: 'South' })),
)

/** A case: what is there before, what is sent, and everything that is to be seen afterwards. */
interface Case {
  readonly before?: readonly string[]
  readonly send: string
  readonly mixedBatch?: 'partial' | 'failed'
  readonly result: string
  readonly codes?: readonly string[]
  /** texts of Error/ID */
  readonly failedIds?: readonly string[]
  /** members by group, as a get finds them afterwards */
  readonly state: Readonly<Record<string, readonly string[]>> | 'assigned'
  /** verbs of the events that the message itself led to */
  readonly events: readonly string[]
  readonly also?: (reply: Reply, fixture: Fixture) => void | Promise<void>
}

const CASES: Readonly<Record<string, Case>> = {
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
    state: { [A]: [], [B]: [D2] },
    events: ['created', 'created'],
  },
  'DERG-1d creates one of two groups, called PARTIAL': {
    before: [CREATE_A],
    send: message({ verb: 'create' }, payload(group({ mRID: A }), group({ mRID: B }))),
    result: 'PARTIAL',
    codes: ['0.2', '6.1'],
    failedIds: [A],
    state: { [A]: [D1], [B]: [] },
    events: ['created'],
  },
  'DERG-1d creates one of two groups, called FAILED as EPRI has it': {
    before: [CREATE_A],
    send: message({ verb: 'create' }, payload(group({ mRID: A }), group({ mRID: B }))),
    mixedBatch: 'failed',
    result: 'FAILED',
    codes: ['6.1'],
    failedIds: [A],
    state: { [A]: [D1], [B]: [] },
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

const opened: Record<'partial' | 'failed', Promise<Fixture>> = {
  partial: openFixture(),
  failed: openFixture({ mixedBatch: 'failed' }),
}

for (const [title, it] of Object.entries(CASES)) {
  test(title, async () => {
    const fixture = await opened[it.mixedBatch ?? 'partial']
    await fixture.forgetObjects()
    for (const xml of it.before ?? []) assert.is((await fixture.send(fresh(xml))).result, 'OK')
    const known = (await fixture.events()).length
    const reply = await fixture.send(fresh(it.send))
    assert.is(reply.judged.verdict, 'valid', reply.text)
    assert.is(reply.rendered.status, 200)
    assert.is(reply.result, it.result, reply.text)
    assert.equal(reply.codes, it.codes ?? [])
    assert.equal(failedIds(reply.json), it.failedIds ?? [])
    const events = (await fixture.events()).slice(known)
    assert.equal(
      events.map((one) => one.verb),
      it.events,
    )
    if (it.state !== 'assigned') assert.equal(await stateOf(fixture), it.state)
    await it.also?.(reply, fixture)
  })
}

test.after(async () => {
  for (const fixture of Object.values(opened)) await (await fixture).close()
})

let sent = 0

/** The same message under ids of its own, as no id is ever used twice. */
function fresh(xml: string): string {
  sent += 1
  return xml.replace(/m-\d+/g, `sent-${sent}`)
}

function removal(id: string, content: string): string {
  const only = operation(id, 'delete', derGroups(content), { parts: true })
  return message({ verb: 'execute', noun: 'OperationSet' }, operationSet(false, only))
}

function query(...groups: readonly string[]): string {
  return message({ verb: 'get', noun: 'DERGroupQueries' }, queryFor(...groups))
}

async function stateOf({ send }: Fixture): Promise<Readonly<Record<string, readonly Json[]>>> {
  const { json } = await send(message({ verb: 'get' }, ''))
  return Object.fromEntries(
    groupsIn(json).map((it) => [
      String(it['mRID']),
      listOf(it, 'EndDevices').map((one) => member(one, 'mRID') ?? ''),
    ]),
  )
}

function groupsIn(json: JsonObject): readonly JsonObject[] {
  return listOf(member(member(json, 'payload'), 'DERGroups'), 'EndDeviceGroup')
}

function listOf(of: Json | undefined, name: string): readonly JsonObject[] {
  const list = member(of, name)
  return Array.isArray(list) ? (list as readonly JsonObject[]) : []
}

function errorOf(json: JsonObject): JsonObject {
  return listOf(member(json, 'reply'), 'Error').at(-1) ?? {}
}

function failedIds(json: JsonObject): readonly string[] {
  return listOf(member(json, 'reply'), 'Error').flatMap((it) =>
    textsOf({ ID: [it['ID'] ?? null] }, 'ID'),
  )
}

function textsOf(of: Json | undefined, name: string): readonly string[] {
  return listOf(of, name).flatMap((it) => {
    const text = member(it, '$')
    return typeof text === 'string' ? [text] : []
  })
}

function versionOf(it: JsonObject | undefined): string {
  const version = member(it, 'version')
  return `${String(member(version, 'major'))}.${String(member(version, 'minor'))}`
}

test.run()
