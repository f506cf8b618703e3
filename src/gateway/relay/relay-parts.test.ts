// What happens to a message between two legs, each step by itself: new ids, the form that a party takes, one answer of
// several, what our own record learns.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member, readJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { contentsOf } from '../content.ts'
import { shippedSchemas } from '../gateway.fixture.ts'
import type { Outcome } from '../outcome.ts'
import type { Binding } from '../parties/party.ts'
import type { StatusEvent } from '../ports.ts'
import { worldOf } from '../world.ts'
import { MOST_KEYS, businessKeysOf } from './business-keys.ts'
import { carriedBy } from './carriage.ts'
import type { Carried } from './carriage.ts'
import { forwarded } from './forwarded.ts'
import { publicationsOf } from './publications.ts'
import { combined, saidIn } from './relayed.ts'
import { reportedBy } from './reported.ts'

const test = suite('relay: parts')
const schemas = await shippedSchemas
const contentOf = contentsOf(schemas)

const STAMP = { messageID: 'ours', timestamp: '2026-07-14T08:00:00Z', source: 'cimgate' }
const HEADER = { Verb: 'create', Noun: 'DERGroups', MessageID: 'm-1', CorrelationID: 'c-1' }
const group = (mRID: string): JsonObject => ({ mRID, EndDevices: [{ mRID: `${mRID}-d` }] })
const create = (objects: readonly JsonObject[], header: JsonObject = HEADER): JsonObject => ({
  message: 'RequestMessage',
  header,
  payload: { DERGroups: { EndDeviceGroup: objects } },
})

test('the next leg has ids of its own, and keeps what the Header says about the matter', () => {
  const header = {
    ...HEADER,
    Source: 'dso-cs',
    AsyncReplyFlag: true,
    ReplyAddress: 'https://dso.test/replies',
    ReplayDetection: { Nonce: 'of one leg', Created: STAMP.timestamp },
    Comment: 'kept',
    Context: 'TESTING',
  }
  const made = forwarded(create([group('g')], header), STAMP, schemas)
  assert.equal('message' in made && member(made.message, 'header'), {
    Verb: 'create',
    Noun: 'DERGroups',
    Comment: 'kept',
    Context: 'TESTING',
    Timestamp: STAMP.timestamp,
    Source: 'cimgate',
    MessageID: 'ours',
    CorrelationID: 'ours',
  })
})

test('a typed message goes on as a generic one', () => {
  const ns = 'http://iec.ch/TC57/2017/DERGroupsMessage'
  const typed = { ...create([group('g')]), message: 'CreateDERGroups', '@xmlns': ns }
  const made = forwarded(typed, STAMP, schemas)
  assert.is('message' in made && made.message['message'], 'RequestMessage')
  assert.is('message' in made && made.message['@xmlns'], undefined)
})

const OK: JsonObject = {
  message: 'ResponseMessage',
  reply: { Result: 'OK', ID: ['x', { $: 'y', '@kind': 'uuid' }] },
  payload: { DERGroups: { EndDeviceGroup: [group('assigned')] } },
}
const FAILED: JsonObject = {
  reply: {
    Result: 'FAILED',
    Error: [
      {
        code: '6.1',
        level: 'FATAL',
        reason: 'no',
        details: 'rule=X',
        ID: { $: 'g' },
        operationId: 7,
      },
    ],
  },
}

test('an answer is relayed word for word, under our own ids', () => {
  assert.equal(saidIn(OK), {
    result: 'OK',
    errors: [],
    ids: [{ $: 'x' }, { $: 'y', '@kind': 'uuid' }],
    payload: OK['payload'],
  })
  assert.equal(saidIn(FAILED).errors, [
    {
      code: '6.1',
      level: 'FATAL',
      reason: 'no',
      details: 'rule=X',
      id: { $: 'g' },
      operationId: '7',
    },
  ])
  assert.is(saidIn({}).result, 'FAILED')
})

test('of several answers one is made: all OK, all FAILED, else PARTIAL', () => {
  const [ok, failed] = [saidIn(OK), saidIn(FAILED)]
  assert.is(combined([ok]), ok)
  assert.is(combined([ok, ok]).result, 'OK')
  assert.is(combined([failed, failed]).result, 'FAILED')
  const both = combined([failed, ok])
  assert.equal([both.result, both.errors?.length, both.ids?.length], ['PARTIAL', 1, 2])
  assert.equal(both.payload, OK['payload'])
})

/** mRIDs of the groups that a report names. */
function idsOf(report: JsonObject | undefined): readonly Json[] {
  const list = member(member(member(report, 'payload'), 'DERGroups'), 'EndDeviceGroup')
  return (Array.isArray(list) ? list : []).map((it: Json) => member(it, 'mRID') ?? null)
}

test('what a peer has done is reported with the mRIDs that it has assigned', () => {
  const { mRID: _none, ...anonymous } = group('g')
  const report = reportedBy(create([anonymous]), OK, contentOf)
  assert.is(member(member(report, 'header'), 'Verb'), 'created')
  assert.equal(idsOf(report), ['assigned'])
  assert.equal(idsOf(reportedBy(create([group('own')]), OK, contentOf)), ['own'])
  assert.equal(idsOf(reportedBy(create([group('a'), group('b')]), OK, contentOf)), ['a', 'b'])
})

test('of what a peer has refused nothing is reported, and of a query neither', () => {
  const refusing = (id: string): JsonObject => ({
    reply: { Result: 'PARTIAL', Error: [{ code: '0.2' }, { code: '6.1', ID: { $: id } }] },
  })
  assert.equal(idsOf(reportedBy(create([group('a'), group('b')]), refusing('a'), contentOf)), ['b'])
  assert.is(reportedBy(create([], { ...HEADER, Verb: 'get' }), OK, contentOf), undefined)
})

test('a message is found by the objects that it is about before those inside', () => {
  assert.equal(businessKeysOf(create([group('g')])), [
    ['DERGroups.EndDeviceGroup.mRID', 'g'],
    ['DERGroups.EndDeviceGroup.EndDevices.mRID', 'g-d'],
  ])
  const named = {
    payload: { ID: ['i'], X: { Names: [{ name: 'n', NameType: { name: 'kind' } }] } },
  }
  assert.equal(businessKeysOf(named), [
    ['ID', 'i'],
    ['X.Names.name', 'n'],
  ])
  const many = create(Array.from({ length: 1000 }, (_, at) => group(`g${at}`)))
  assert.is(businessKeysOf(many).length, MOST_KEYS)
})

const HTTP = { url: 'http://127.0.0.1', timeoutMs: 1 }
const XML = { contentType: 'application/xml; charset=utf-8' }

/** [binding, message, what goes out] */
const CARRIED: readonly (readonly [Binding, JsonObject, readonly Partial<Carried>[] | string])[] = [
  [{ type: 'cim-xml', ...HTTP }, create([]), [{ request: '<x/>', target: '', ...XML }]],
  [{ type: 'file', folder: '', format: 'xml' }, create([]), [{ request: '<x/>', ...XML }]],
  [{ type: 'file', folder: '', format: 'json' }, create([]), [{ contentType: 'application/json' }]],
  [{ type: 'json', ...HTTP, dialect: 'cim-json' }, create([]), [{ target: '' }]],
  [
    { type: 'json', ...HTTP, dialect: 'example' },
    create([group('g')]),
    [{ request: '{"groupId":"g","members":[{"deviceId":"g-d"}]}', target: 'POST /groups' }],
  ],
  [
    { type: 'json', ...HTTP, dialect: 'example' },
    create([group('g/1')], { ...HEADER, Verb: 'deleted' }),
    [{ request: '', target: 'DELETE /groups/g%2F1' }],
  ],
  [
    { type: 'json', ...HTTP, dialect: 'example' },
    create([], { ...HEADER, Noun: 'MeterReadings' }),
    'The dialect example has no counterpart of MeterReadings.',
  ],
  [{ type: 'json', ...HTTP, dialect: 'none' }, create([]), 'The dialect none is unknown.'],
  [
    { type: 'json', ...HTTP, dialect: 'example' },
    create([{ mRID: 'g', aliasName: 'x', DERFunction: { connectDisconnect: 'perhaps' } }]),
    '/EndDeviceGroup/0/DERFunction/connectDisconnect',
  ],
]

test('each binding has its form, and what it cannot carry is told', () => {
  for (const [binding, message, due] of CARRIED) {
    const made = carriedBy(binding, { message, xml: '<x/>' }, () => ({ reason: 'no SOAP' }))
    if (typeof due === 'string')
      assert.ok('reason' in made && made.reason.startsWith(due), JSON.stringify(made))
    else
      due.forEach((it, at) => {
        const one: Partial<Carried> = 'reason' in made ? {} : (made[at] ?? {})
        for (const [name, value] of Object.entries(it)) assert.is(one[name as keyof Carried], value)
      })
  }
  const soap: Binding = { type: 'soap', ...HTTP, version: '1.1', style: 'typed' }
  assert.equal(
    carriedBy(soap, { message: {}, xml: '' }, () => ({ reason: 'no SOAP' })),
    { reason: 'no SOAP' },
  )
  assert.ok('value' in readJson('{}'))
})

test('an object whose step went with a change is told of, too; after an event that is all that is ours', () => {
  const event = (noun: string, subject: string): StatusEvent => ({
    result: 'OK',
    code: '0.0',
    ...{ noun, subject, verb: 'changed', flow: '', owner: 'north', exchangeId: 'e', revision: 2 },
    ...{ messageID: 'm-1', previous: 'a', state: 'b', at: STAMP.timestamp },
  })
  const moved = [
    { event: event('ServiceRequests', 's'), object: { mRID: 's' }, was: { mRID: 's' } },
  ]
  const outcome = (reported: boolean): Outcome => ({
    task: { kind: 'change', verb: 'change', noun: 'DERGroups', object: group('g'), reported },
    objectType: 'DERGroup',
    errors: [],
    after: {
      noun: 'DERGroups',
      id: 'g',
      state: 'b',
      object: group('g'),
      owner: 'north',
      revision: 2,
    },
    assigned: false,
    event: event('DERGroups', 'g'),
    moved,
  })
  const told = (reported: boolean) =>
    publicationsOf(
      { outcomes: [outcome(reported)], world: worldOf([]), events: [] },
      contentOf,
    ).map(({ noun, verb }) => `${verb} ${noun}`)
  assert.equal(told(false), ['changed DERGroups', 'changed ServiceRequests'])
  assert.equal(told(true), ['changed ServiceRequests'])
})

test.run()
