// Who is told of what, by the legs that there are: each of everything once, whatever turns a message has been given, and
// under ids that two outcomes at the same time cannot both use.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../../schema/json-text.ts'
import { contentsOf } from '../content.ts'
import type { Verdict } from '../delivery/verdict.ts'
import { openFixture } from '../gateway.fixture.ts'
import type { Fixture } from '../gateway.fixture.ts'
import type { Leg, LegFacts } from '../ledger.ts'
import { DER_FUNCTIONS } from '../../flows/der-functions.fixture.ts'
import type { Choice } from '../parties/index.ts'
import type { Party, Topology, Way } from '../parties/party.ts'
import { aloneWith } from '../standing.ts'
import { sampleMessage } from '../../shell/store/contract/samples.ts'
import { businessKeysOf } from './business-keys.ts'
import type { Outgoing } from './outgoing.ts'
import { tellingOn } from './told.ts'
import type { Happened, Tell } from './told.ts'
import type { Pending } from './waiting.ts'

const test = suite('relay: telling others')

let gateway: Fixture
test.before(async () => {
  gateway = await openFixture()
})
test.after(() => gateway.close())

const party = (id: string, collections = true): Party => ({
  id,
  org: '',
  binding: { type: 'cim-xml', url: 'http://127.0.0.1', timeoutMs: 1 },
  proofs: [],
  sources: [],
  tolerate: [],
  aliases: {},
  mixedBatch: 'partial',
  profile: { operationSets: true, collections },
  replyAddresses: [],
})
const WAY: Way = {
  id: 'way',
  when: {},
  to: [],
  reply: 'sync',
  order: { by: 'key', path: 'EndDeviceGroup.mRID' },
  timeoutMs: 1,
  retry: { delaysMs: [] },
  idempotencyMs: 1,
  whenTargetDown: 'queue',
  priority: 7,
}
const TOPOLOGY: Topology = {
  parties: [],
  aliases: {},
  ways: [],
  visibility: [],
  awaiting: [],
} as unknown as Topology

const DERFunction = Object.fromEntries(DER_FUNCTIONS.map((it) => [it, true]))
const message = (verb: string, ...mRIDs: readonly string[]): JsonObject => ({
  message: 'RequestMessage',
  header: { Verb: verb, Noun: 'DERGroups', MessageID: 'm', ReplyAddress: 'http://cs' },
  payload: {
    DERGroups: { EndDeviceGroup: mRIDs.map((mRID) => ({ mRID, DERFunction })) },
  },
})

const ORIGIN = sampleMessage('o', { id: 'o', answers: 'f', verb: 'create', noun: 'DERGroups' })
const leg = (id: string, more: Partial<Leg> = {}): Leg =>
  sampleMessage(id, {
    id,
    direction: 'out',
    party: 'first',
    answers: 'o',
    state: 'SENDING',
    ...more,
  })

/** What the party says: all of it, or all but these. */
const saying = (...refused: readonly string[]): Verdict => ({
  kind: 'done',
  outcome: 'ok',
  reason: '',
  reply: {
    reply: {
      Result: refused.length === 0 ? 'OK' : 'PARTIAL',
      Error: refused.map((it) => ({ code: '6.1', level: 'FATAL', ID: { $: it } })),
    },
  },
})

/** A teller among these legs, for a way to these parties. */
function telling(
  to: readonly Party[],
  legs: readonly Leg[],
  verdicts: Readonly<Record<string, Verdict>> = {},
): Tell {
  let ids = 0
  const choice: Choice =
    to.length === 0 ? { kind: 'local' } : { kind: 'parties', way: WAY, parties: to }
  const parts = {
    schemas: gateway.schemas,
    validate: gateway.validate,
    clock: () => '2026-07-14T08:00:00.000Z',
    newId: () => `new-${(ids += 1)}`,
    source: 'cimgate',
    topology: () => TOPOLOGY,
    writeSoap: () => ({ reason: 'no SOAP' }),
    contentOf: contentsOf(gateway.schemas),
    store: {
      leg: async (id: string) => legs.find((it) => it.id === id),
      legs: async () => ({ legs: legs as readonly LegFacts[], next: null }),
    },
    verdictOf: async ({ id }: Leg) => verdicts[id] ?? saying(),
    standings: { of: async () => aloneWith(gateway.sender) },
    choose: () => choice,
  } as unknown as Parameters<typeof tellingOn>[0]
  return tellingOn(parts, { ownerOf: async () => '' })
}

const pending = (it: JsonObject) =>
  ({ message: it, received: { sender: gateway.sender } }) as Pending
const happened = (at: Leg, verdict = saying()): Happened => ({
  leg: at,
  verdict,
  ...(verdict.reply === undefined ? {} : { accepted: verdict.reply }),
})

/** `party: mRIDs` for each leg. */
const shown = ({ legs, keys }: Outgoing): readonly string[] =>
  legs.map(({ id, party: to }) => {
    const own = keys.filter((it) => it.leg === id && it.name === 'DERGroups.EndDeviceGroup.mRID')
    return `${to}: ${own.map((it) => it.value).join(' ')}`
  })

const BOTH = [party('first'), party('b'), party('c')]

test('everybody but the one that has carried it out hears of what is accepted', async () => {
  const tell = telling(BOTH, [leg('f')])
  const told = await tell(
    ORIGIN,
    pending(message('create', 'x', 'y')),
    happened(leg('f'), saying('y')),
  )
  assert.equal(shown(told), ['b: x', 'c: x'])
  assert.equal(
    told.legs.map((it) => it.id),
    ['o.1', 'o.2'],
  )
  for (const it of told.legs) {
    assert.is(it.exchangeId, ORIGIN.exchangeId)
    assert.is(it.answers, 'o')
    assert.is(it.state, 'QUEUED')
    assert.not.match(it.request, /ReplyAddress/)
    assert.match(it.request, new RegExp(`<MessageID>${it.messageID}</MessageID>`))
  }
  assert.is(new Set(told.legs.map((it) => it.messageID)).size, 2)
  assert.equal(
    told.slots.map((it) => [it.lane, it.priority]),
    [
      ['b EndDeviceGroup.mRID x', 7],
      ['c EndDeviceGroup.mRID x', 7],
    ],
  )
  assert.is(businessKeysOf(message('create', 'x')).length, 1)
})

test('nobody hears of what is not over, of what is all refused, or where no way leads to others', async () => {
  const ask = pending(message('create', 'x'))
  const nothing = async (tell: Tell, it = happened(leg('f'))) =>
    assert.equal(shown(await tell(ORIGIN, ask, it)), [])
  await nothing(telling(BOTH, [leg('f')]), { leg: leg('f'), verdict: saying() })
  await nothing(telling([party('first')], [leg('f')]))
  await nothing(telling([], [leg('f')]))
  await nothing(telling(BOTH, [leg('f')]), happened(leg('f'), saying('x')))
})

const TOLD = [leg('o.1', { party: 'b' }), leg('o.2', { party: 'c' })]

/** [what it is, legs beside those of the others, what they answered, the outcome, what is told] */
const TURNS: readonly (readonly [
  string,
  readonly Leg[],
  Readonly<Record<string, Verdict>>,
  Happened,
  readonly string[],
])[] = [
  [
    'is looked at once more when it is on disk: nothing',
    [leg('f', { state: 'ACKED' })],
    {},
    happened(leg('f', { state: 'ACKED' })),
    [],
  ],
  [
    'was done as a whole before: nothing',
    [leg('f', { state: 'ACKED' }), leg('g', { replayOf: 'f' })],
    {},
    happened(leg('g', { replayOf: 'f' })),
    [],
  ],
  [
    'was done in part: what that had refused and this has not',
    [leg('f', { state: 'PARTIAL' }), leg('g', { replayOf: 'f' })],
    { f: saying('y', 'z') },
    happened(leg('g', { replayOf: 'f' }), saying('x', 'z')),
    ['b: y', 'c: y'],
  ],
  [
    'is a piece: that one',
    [leg('f', { state: 'ACKED' }), leg('f.2'), leg('f.3', { state: 'QUEUED' })],
    {},
    { leg: leg('f.2'), verdict: saying() },
    ['b: y', 'c: y'],
  ],
  [
    'is a piece that another turn has got done: nothing',
    [
      leg('f', { state: 'ACKED' }),
      leg('f.2', { state: 'ACKED' }),
      leg('g', { replayOf: 'f.2' }),
      leg('f.3', { state: 'PARKED' }),
    ],
    {},
    { leg: leg('g', { replayOf: 'f.2' }), verdict: saying() },
    [],
  ],
  [
    'is refused: nothing',
    [leg('f', { state: 'PARTIAL' }), leg('g', { replayOf: 'f' })],
    { f: saying('y') },
    {
      leg: leg('g', { replayOf: 'f' }),
      verdict: { kind: 'refused', outcome: 'business', reason: '' },
    },
    [],
  ],
]

for (const [what, legs, verdicts, outcome, expected] of TURNS)
  test(`of what they know already and ${what}`, async () => {
    const tell = telling(BOTH, [...TOLD, ...legs], verdicts)
    const told = await tell(ORIGIN, pending(message('create', 'x', 'y', 'z')), outcome)
    assert.equal(shown(told), expected)
  })

test('one that has joined since hears all of it, and the numbers go on', async () => {
  const again = leg('g', { replayOf: 'f' })
  const legs = [...TOLD, leg('o.10', { party: 'b' }), leg('f', { state: 'ACKED' }), again]
  const tell = telling([...BOTH, party('d', false)], legs)
  const told = await tell(ORIGIN, pending(message('create', 'x', 'y')), happened(again))
  assert.equal(shown(told), ['d: x', 'd: y'])
  assert.equal(
    told.legs.map((it) => it.id),
    ['o.11', 'o.11.2'],
  )
})

test.run()
