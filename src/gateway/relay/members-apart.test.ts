// Notices of members that come and go: one each, that member alone, and read by merging they lead to the same group.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { FUNCTIONS } from '../../flows/acceptance/groups.fixture.ts'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { contentsOf } from '../content.ts'
import { openFixture } from '../gateway.fixture.ts'
import { LOCAL } from '../parties/party.ts'
import { orderKeyOf } from '../parties/order-key.ts'
import type { Leg } from '../ledger.ts'
import { OK_ANSWER, openWhole, partyOf, wayTo } from '../whole.fixture.ts'
import { membersApart } from './members-apart.ts'

const test = suite('relay: members apart')

const HOUR = 3_600_000
const able = partyOf('tp:acme:cs')
const unable = {
  ...partyOf('dso-dms'),
  profile: { operationSets: false, collections: true },
}
const other = partyOf('tp:north:cs')
const TELLING = wayTo('derms-cs', { noun: ['DERGroups'], from: ['cimgate'] })
const whole = await openWhole({
  ...LOCAL,
  parties: [able, unable, other],
  aliases: { 'derms-cs': 'tp:{provider}:cs' },
  ways: [
    {
      ...TELLING,
      retry: { delaysMs: Array.from({ length: 48 }, () => HOUR) },
      to: ['derms-cs', 'dso-dms'],
      order: { by: 'key', path: 'EndDeviceGroup.mRID' },
    },
    wayTo('local', {}),
  ],
})
const receiver = await openFixture()
test.after(async () => {
  await whole.close()
  await receiver.close()
})

const content = contentsOf(receiver.schemas)('DERGroups')
assert.ok(content)

const devices = (...mRIDs: readonly string[]) => mRIDs.map((mRID) => ({ mRID }))
const group = (...mRIDs: readonly string[]): JsonObject => ({
  mRID: 'g',
  DERFunction: FUNCTIONS,
  EndDevices: devices(...mRIDs),
})
const apart = (was: JsonObject, object: JsonObject) =>
  membersApart({ noun: 'DERGroups', was, object }, content)

/** Verb, and the members that a message names. */
function said(message: JsonObject): string {
  const names = JSON.stringify(member(message, 'payload')).match(/(?<="EndDevices":)\[.*?\]/)
  const verb = String(member(member(message, 'header'), 'Verb'))
  return `${verb} ${(names?.[0].match(/(?<="mRID":")\w+/g) ?? []).join()}`
}

test('GN-01, GN-03: each member that comes or goes has a notice of its own, with nobody else in it', () => {
  const messages = apart(group('a', 'b', 'c'), group('b', 'd', 'e')) ?? []
  assert.equal(messages.map(said), ['executed a', 'executed c', 'changed d', 'changed e'])
  const [gone] = messages
  const set = member(member(gone, 'payload'), 'OperationSet')
  const [operation] = member(set, 'Operation') as readonly JsonObject[]
  assert.equal([operation?.['verb'], operation?.['elementOperation']], ['delete', true])
  assert.is(orderKeyOf(gone ?? {}, { by: 'noun' }), 'noun DERGroups', 'in the order of its group')
  const path = 'EndDeviceGroup.mRID'
  assert.is(orderKeyOf(gone ?? {}, { by: 'key', path }), `${path} g`)
})

test('what has changed besides is told once, and without a member that stays', () => {
  const renamed = { ...group('b'), description: 'new' }
  assert.equal(apart(group('a', 'b'), renamed)?.map(said), ['executed a', 'changed '])
  const counted = { ...group('b'), version: { major: 2, minor: 0 } }
  assert.equal(apart(group('a', 'b'), counted)?.map(said), ['executed a'])
  assert.equal(apart(group('a'), { ...group('a'), description: 'new' }), undefined)
})

test('many members at once are no individual matter: those that come are told of together, and those that go', () => {
  const [few, many] = [100, 101].map((n) => Array.from({ length: n }, (_, at) => `m${at}`))
  assert.is(apart(group(), group(...(few ?? [])))?.length, 100)
  assert.is(apart(group(), group(...(many ?? [])))?.length, 1)
  assert.is(apart(group(...(many ?? [])), group())?.length, 1)
})

async function membersAt(mRID: string): Promise<readonly string[]> {
  const [held] = await receiver.store.objects('DERGroups', [mRID], [])
  const list = (JSON.parse(held?.body ?? '{}') as { EndDevices?: readonly JsonObject[] }).EndDevices
  return (list ?? []).map((it) => String(it['mRID']))
}

/** What a party has heard. */
async function heard(party: string) {
  await whole.until(async () => {
    const { legs } = await whole.store.legs({ direction: 'out', limit: 100 })
    return legs.every(({ state }) => state === 'ACKED')
  })
  return whole.sent.filter((it) => it.party === party)
}

test('GN-01, GN-03: whoever merges what is told has the members that there are; another provider hears nothing', async () => {
  const mRID = crypto.randomUUID()
  const [a, b, c, d] = Array.from({ length: 4 }, () => crypto.randomUUID())
  const Names = [{ name: mRID, NameType: { name: 'n', NameTypeAuthority: { name: 'acme' } } }]
  const own = { mRID, DERFunction: FUNCTIONS, EndDevices: devices(a ?? '', b ?? ''), Names }
  await whole.ok('cs', 'POST', '/api/v1/der-groups', { EndDeviceGroup: [own] })
  await whole.ok('cs', 'PATCH', `/api/v1/der-groups/${mRID}`, {
    EndDeviceGroup: [{ EndDevices: devices(c ?? '', d ?? '') }],
  })
  await whole.ok('cs', 'DELETE', `/api/v1/der-groups/${mRID}/members/${a}`)
  const told = await heard('tp:acme:cs')
  assert.equal(
    told.map((it) => it.verb),
    ['created', 'changed', 'changed', 'executed'],
  )
  assert.equal(
    [a, b, c, d].map(
      (it) => told.slice(1).filter(({ request }) => request.includes(it ?? '')).length,
    ),
    [1, 0, 1, 1],
  )
  for (const { request } of told) assert.is((await receiver.send(request)).result, 'OK')
  assert.equal((await membersAt(mRID)).toSorted(), [b, c, d].toSorted())
  assert.equal(await heard('tp:north:cs'), [])
  // Who takes no OperationSet hears of the group as it is.
  const dms = await heard('dso-dms')
  assert.equal(
    dms.map((it) => it.verb),
    ['created', 'changed', 'changed', 'changed'],
  )
  assert.ok(!dms.at(-1)?.request.includes(a ?? ''))
})

test('GN-01/AC1: who was away has all notices of its own groups afterwards, in the order of each, and nobody else has them', async () => {
  const [first, second, theirs] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()]
  const away = new Set(['tp:acme:cs'])
  const reached: Leg[] = []
  whole.answer((party, leg) => {
    if (away.has(party))
      return { kind: 'unreachable', reason: 'down', sent: false, permanent: false }
    reached.push(leg)
    return OK_ANSWER
  })
  const form = (mRID: string, provider: string) => {
    const NameType = { name: 'n', NameTypeAuthority: { name: provider } }
    const it = { ...group(crypto.randomUUID()), mRID, Names: [{ name: mRID, NameType }] }
    return whole.ok('cs', 'POST', '/api/v1/der-groups', { EndDeviceGroup: [it] })
  }
  const describe = (mRID: string, description: string) =>
    whole.ok('cs', 'PATCH', `/api/v1/der-groups/${mRID}`, { EndDeviceGroup: [{ description }] })
  const heardOf = (mRID: string) =>
    reached
      .filter((it) => it.party === 'tp:acme:cs' && it.request.includes(mRID))
      .map((it) => `${it.verb} ${/<description>([^<]*)/.exec(it.request)?.[1] ?? ''}`.trim())
  const { seq: known } = (await whole.store.events(0, 100_000)).at(-1) ?? { seq: 0 }
  await form(first, 'acme')
  await form(second, 'acme')
  await form(theirs, 'north')
  for (const it of ['one', 'two']) for (const mRID of [first, second]) await describe(mRID, it)
  await whole.ok('cs', 'DELETE', `/api/v1/der-groups/${first}`)
  await whole.quiet()
  assert.equal([heardOf(first), heardOf(second)], [[], []])
  await whole.restart()
  await describe(second, 'three')
  away.clear()
  await whole.until(async () => heardOf(first).length === 4 && heardOf(second).length === 4)
  assert.equal(heardOf(first), ['created', 'changed one', 'changed two', 'deleted two'])
  assert.equal(heardOf(second), ['created', 'changed one', 'changed two', 'changed three'])
  const ofNorth = reached.filter(({ party }) => party === 'tp:north:cs')
  assert.equal(
    ofNorth.map(({ verb, request }) => [verb, request.includes(theirs)]),
    [['created', true]],
  )
  // Whoever watches has the same from the last number that it has seen, in the same order.
  const missed = (await whole.store.events(known, 100_000)).filter(
    ({ noun }) => noun === 'DERGroups',
  )
  assert.equal(
    missed.filter(({ subject }) => subject === first).map(({ verb }) => verb),
    ['created', 'changed', 'changed', 'deleted'],
  )
})

test.run()
