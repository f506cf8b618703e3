// The order of what is told of one event: what is reserved for a stage goes before the word that the event is cancelled, however
// the one and the other name it, and however often it is tried; what is known of it too late is reserved no more.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { contentsOf } from '../../gateway/content.ts'
import { openFixture } from '../../gateway/gateway.fixture.ts'
import type { Leg } from '../../gateway/ledger.ts'
import { LOCAL } from '../../gateway/parties/party.ts'
import type { OrderKey } from '../../gateway/parties/party.ts'
import { partsOf } from '../../gateway/parties/order-key.ts'
import { orderOf } from '../../gateway/relay/order-of.ts'
import { openWhole, partyOf, replyOf, wayTo } from '../../gateway/whole.fixture.ts'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Identified } from './connection.fixture.ts'
import { at, event, freshDevice, reservation, stagesIn } from './events.fixture.ts'

const test = suite('order of what is told of an event')

/** As the preset has it: each noun by a path of its own. */
const ORDERS: Readonly<Record<string, string>> = {
  ProgramEvents: 'ProgramEvent.mRID',
  EventParticipations: 'EventParticipation.ProgramEvent.mRID',
}

const whole = await openWhole({
  ...LOCAL,
  parties: [partyOf('cpm'), partyOf('derms')],
  ways: [
    ...Object.entries(ORDERS).map(([noun, path]) => ({
      ...wayTo('cpm', { noun: [noun], from: ['derms'] }),
      id: noun,
      order: { by: 'key', path } as const,
    })),
    wayTo('local', {}),
  ],
})
const base = await openFixture()
test.after(async () => {
  await Promise.all([whole.close(), base.close()])
})

const LATE = { headers: { 'content-type': 'application/json', prefer: 'respond-async' } }

async function planned(): Promise<Identified> {
  const its = event([[20, 21]])
  whole.answer((_party, leg) => replyOf(leg))
  await whole.ok('derms', 'POST', '/api/v1/program-events', { ProgramEvent: [its] })
  return its
}

const reserved = (taking: JsonObject) =>
  whole.ask('derms', 'POST', '/api/v1/event-participations', {
    ...LATE,
    body: JSON.stringify({ EventParticipation: [taking] }),
  })

const stateOf = async (noun: string, { mRID }: Identified) =>
  (await whole.store.objects(noun, [mRID], []))[0]?.state

/** By the name of its stage alone, as whoever knows no ids of ours. */
function byStage(its: Identified): Identified {
  const { ProgramEvent: _event, ...rest } = reservation(its, freshDevice())
  const [stage] = stagesIn(its)
  return { ...rest, stage: { Names: member(stage, 'Names') ?? [] } } as Identified
}

test('G-AC28, EV-03/AC1: a cancellation waits for what is reserved for its event, however that names it', async () => {
  for (const make of [(its: Identified) => reservation(its, freshDevice()), byStage]) {
    const its = await planned()
    const taking = make(its)
    const before = whole.sent.length
    let isDown = true
    whole.answer((_party, leg) =>
      isDown && leg.noun === 'EventParticipations'
        ? { kind: 'unreachable', reason: 'down', sent: false, permanent: false }
        : replyOf(leg),
    )
    assert.is((await reserved(taking)).status, 202)
    await whole.tried(before + 1)
    isDown = false
    await whole.ask('derms', 'POST', `/api/v1/program-events/${its.mRID}:cancel`, LATE)
    await whole.until(async () => (await stateOf('ProgramEvents', its)) === 'CANCELED')
    const order = whole.sent.slice(before).map(({ verb }) => verb)
    assert.equal(order, ['create', 'create', 'cancel'])
    assert.is(await stateOf('EventParticipations', taking), 'RELEASED')
  }
})

test('G-AC28: what is acknowledged as reserved after its stage was cancelled is released', async () => {
  const its = await planned()
  const taking = reservation(its, freshDevice())
  let asked: Leg | undefined
  whole.answer((_party, leg) => {
    if (leg.noun !== 'EventParticipations') return replyOf(leg)
    asked = leg
    return replyOf(leg, '<Error><code>0.3</code><level>INFORM</level></Error>', 'OK')
  })
  await reserved(taking)
  await whole.until(async () => asked !== undefined)
  await whole.ok('derms', 'POST', `/api/v1/program-events/${its.mRID}:cancel`)
  const answer = replyOf(asked as Leg)
  assert.ok(answer.kind === 'answered')
  const headers = { 'content-type': 'application/xml' }
  const late = await whole.ask('cpm', 'POST', '/cim', {
    body: new TextDecoder().decode(answer.bytes),
    headers,
  })
  assert.is(late.status, 200, late.text)
  assert.is(await stateOf('EventParticipations', taking), 'RELEASED')
})

test('G-AC21, G-AC22: an event that is made again is there once: the same is sent to nobody, another is refused', async () => {
  const its = await planned()
  const post = (all: readonly JsonObject[]) =>
    whole.ask('derms', 'POST', '/api/v1/program-events', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ProgramEvent: all }),
    })
  const before = whole.sent.length
  assert.is((await post([its])).status, 201)
  assert.is(whole.sent.length, before, 'sent to nobody')
  const { mRID: _own, ...known } = its
  const shorter = { ...stagesIn(its)[0], interval: { start: at(20), end: at(20.5) } }
  for (const one of [its, known]) {
    const said = await post([{ ...one, stages: [shorter] }])
    assert.is(said.status, 409, said.text)
    assert.match(said.text, /exists already/)
  }
  assert.is(whole.sent.length, before)
  const [kept] = await whole.store.objects('ProgramEvents', [its.mRID], [])
  assert.match(kept?.body ?? '', at(21), 'as it was')
  const another = event([[21, 22]])
  const both = await post([its, another])
  assert.ok(both.status < 300, both.text)
  const [sent, ...others] = whole.sent.slice(before)
  assert.is(others.length, 0)
  assert.match(sent?.request ?? '', another.mRID)
  assert.not.match(sent?.request ?? '', its.mRID)
})

const [STAGE, EVENT] = [
  { Names: [{ name: 'S1' }] },
  { mRID: 'e', Names: [{ name: 'E1' }], stages: [{ Names: [{ name: 'S1' }] }] },
]
const noted = (Noun: string, payload: JsonObject): JsonObject => ({
  header: { Verb: 'create', Noun },
  payload,
})
const events = (it: JsonObject) => noted('ProgramEvents', { ProgramEvents: { ProgramEvent: [it] } })
const devices = (it: JsonObject) =>
  noted('EventParticipations', { EventParticipations: { EventParticipation: [it] } })

/** Messages that share an order with the event above, and those that do not. */
const ROWS: readonly (readonly [string, JsonObject, boolean])[] = [
  ['its stage', devices({ EndDevice: {}, stage: STAGE }), true],
  ['its id', devices({ EndDevice: {}, ProgramEvent: { mRID: 'e' }, stage: {} }), true],
  ['its name', devices({ EndDevice: {}, ProgramEvent: { Names: [{ name: 'E1' }] } }), true],
  ['an ID', noted('ProgramEvents', { ID: [{ $: 'E1', '@kind': 'name' }] }), true],
  ['a stage of another', devices({ EndDevice: {}, stage: { Names: [{ name: 'S2' }] } }), false],
  ['another', events({ mRID: 'f', Names: [{ name: 'E2' }], stages: [] }), false],
]

test('G-AC28: an event and what is reserved for it have one order, whatever their ways keep', async () => {
  const parts = { store: base.store, contentOf: contentsOf(base.schemas) }
  for (const order of [{ by: 'noun' }, { by: 'key', path: 'mRID' }] as readonly OrderKey[]) {
    const lanes = async (it: JsonObject) => {
      const key = await orderOf(it, order, parts)
      return [key, ...partsOf(key)].filter((one) => !one.startsWith('noun'))
    }
    const own = await lanes(events(EVENT))
    for (const [name, message, isShared] of ROWS) {
      const shared = (await lanes(message)).filter((it) => own.includes(it))
      assert.is(shared.length > 0, isShared, `${name} (${order.by}): ${shared.join(' | ')}`)
    }
  }
  assert.is(await orderOf(events(EVENT), { by: 'none' }, parts), '')
})

test.run()
