// A message about several objects for a party that speaks a vendor's JSON: in lists as long as its profile says, where it takes lists,
// and with what is refused told of the objects that stood in the refused one.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { FUNCTIONS } from '../../flows/acceptance/groups.fixture.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Leg } from '../ledger.ts'
import { bodyOf, inJson } from '../oracle.fixture.ts'
import { LOCAL } from '../parties/party.ts'
import type { Party } from '../parties/party.ts'
import { OK_ANSWER, openWhole, partyOf, wayTo } from '../whole.fixture.ts'

const test = suite('relay: vendor together')

type Any = any

function speaking(id: string, dialect: string, collections: boolean | number): Party {
  const binding = { type: 'json', dialect, url: `https://${id}.example`, timeoutMs: 1_000 } as const
  return { ...partyOf(id), binding, profile: { operationSets: true, collections } }
}

const whole = await openWhole({
  ...LOCAL,
  unguarded: ['event-participation'],
  parties: [
    ...[partyOf('derms'), partyOf('dso-cs')],
    ...[speaking('all', 'example', true), speaking('pairs', 'example', 2)],
    speaking('cpm', 'oracle-cpm', true),
  ],
  ways: [
    { ...wayTo('pairs', { noun: ['DERGroups'], from: ['derms'] }), timeoutMs: 1e9 },
    { ...wayTo('all', { noun: ['DERGroups'] }), timeoutMs: 1e9 },
    { ...wayTo('cpm', { noun: ['EventParticipations'] }), timeoutMs: 1e9 },
  ],
})
test.after(() => whole.close())

const REFUSED = inJson({ title: 'no', status: 422 }, 422)

/** One request of a party, and what its target has been sent by it. */
async function asked(from: string, path: string, body: JsonObject) {
  const before = whole.sent.length
  const { text } = await whole.ask(from, 'POST', `/api/v1/${path}`, {
    ...{ body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
  })
  return { said: JSON.parse(text) as Any, sent: whole.sent.slice(before) }
}

const blamed = (said: Any): readonly string[] =>
  (said.reply?.Error ?? said.Error ?? []).flatMap((it: Any) => it.ID?.$ ?? it.ID ?? [])

const groups = (name: string, count: number) => ({
  EndDeviceGroup: Array.from({ length: count }, (_none, at) => ({
    ...{ mRID: `${name}${at}`, Names: [{ name: `${name}${at}` }] },
    DERFunction: FUNCTIONS,
    EndDevices: [{ Names: [{ name: `${name}${at}-device` }] }],
  })),
})

test('a list is as long as the profile says, and what is refused of it is told of all that stand in it', async () => {
  whole.answer((_party, leg) => ([bodyOf(leg)].flat().length > 1 ? OK_ANSWER : REFUSED))
  const { said, sent } = await asked('derms', 'der-groups', groups('p', 3))
  assert.equal(
    sent.map((it) => [bodyOf(it)].flat().map(({ groupId }) => groupId)),
    [['p0', 'p1'], ['p2']],
    JSON.stringify(said),
  )
  assert.equal(blamed(said), ['p2'])
})

test('without a number there is one list', async () => {
  whole.answer(() => OK_ANSWER)
  const { sent } = await asked('dso-cs', 'der-groups', groups('q', 3))
  assert.equal(
    sent.map((it) => bodyOf(it).length),
    [3],
  )
})

test('devices of several stages are messages of their own, and one that is refused is told of its own devices', async () => {
  const stage = (name: string) => ({ Names: [{ name, NameType: { name: 'externalId' } }] })
  const device = (name: string) => ({
    Names: [{ name, NameType: { name: 'nicId', NameTypeAuthority: { name: 'HES' } } }],
  })
  const EventParticipation = ['A', 'B', 'A', 'B'].map((it, at) => ({
    ...{ mRID: `r${at}`, stage: stage(it), EndDevice: device(`nic-${at}`) },
  }))
  const isOfB = (leg: Leg) => leg.request.includes('nic-1')
  whole.answer((_party, leg) => (isOfB(leg) ? REFUSED : OK_ANSWER))
  const { said, sent } = await asked('derms', 'event-participations', { EventParticipation })
  assert.is(sent.length, 2, JSON.stringify(said))
  assert.equal(blamed(said), ['r1', 'r3'], JSON.stringify(said))
})

test.run()
