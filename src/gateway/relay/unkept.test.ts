// A party has carried out what our own record cannot follow: the outcome is kept, whoever waits is told whose fault it is, and
// a person sees it. Nothing stays on its way, and nothing is sent again by itself.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  GROUPS,
  REQUESTS,
  TO_CONTRACTED,
  fleet,
  formRequest,
  group,
  steps,
} from '../../flows/acceptance/groups.fixture.ts'
import type { Identified } from '../../flows/acceptance/connection.fixture.ts'
import type { Leg } from '../ledger.ts'
import { LOCAL } from '../parties/party.ts'
import type { PeerAnswer } from '../peer.ts'
import type { Store, Unit } from '../ports.ts'
import { openWhole, partyOf, replyOf, wayTo } from '../whole.fixture.ts'

const test = suite('relay: unkept')
/** ids of the flows whose rules are left to the DERMS */
const unguarded: string[] = []
const ONE_BY_ONE = { operationSets: false, collections: false }
const whole = await openWhole({
  ...LOCAL,
  unguarded,
  parties: [partyOf('dms'), { ...partyOf('single'), profile: ONE_BY_ONE }],
  ways: [
    wayTo('single', { noun: [GROUPS], verb: ['create'], from: ['many'] }),
    wayTo('dms', { noun: [GROUPS], verb: ['create'] }),
    wayTo('local', {}),
  ],
})
test.before.each(() => whole.answer((_party, leg) => replyOf(leg)))
test.after(() => whole.close())

const ACCEPTED: PeerAnswer = {
  kind: 'answered',
  status: 202,
  contentType: '',
  bytes: new Uint8Array(),
}

const fresh = () => crypto.randomUUID()
const headers = { 'content-type': 'application/json' }

function create(it: Identified) {
  const body = JSON.stringify({ EndDeviceGroup: [it] })
  return whole.ask('cs', 'POST', '/api/v1/der-groups', { body, headers })
}

/** Groups that requests lead to, with one name for all; what is asked of the DERMS does not say it. */
async function namesakes(name: string): Promise<readonly Identified[]> {
  const { asking } = whole
  const { tariff, devices } = await fleet(asking, 4)
  return [devices.slice(0, 2), devices.slice(2)].map((members) => {
    const EndDeviceGroup = { mRID: fresh(), Names: [{ name }] }
    const asked = formRequest(members, tariff, { EndDeviceGroup })
    return { ...group(members, { mRID: EndDeviceGroup.mRID }), asked }
  })
}

/** The request behind a group is where its DERMS may be told. */
async function contracted({ asked, ...its }: Identified): Promise<Identified> {
  const request = asked as unknown as Identified
  await whole.asking.ok({ verb: 'create', noun: REQUESTS, object: request })
  await steps(whole.asking, request.mRID, TO_CONTRACTED)
  return its as Identified
}

async function sentAbout({ mRID }: Identified): Promise<Leg> {
  const found = await whole.store.legs({ direction: 'out', key: mRID, limit: 1 })
  const leg = await whole.store.leg(found.legs[0]?.id ?? '')
  assert.ok(leg, `nothing was sent about ${mRID}`)
  return leg
}

/** Whatever would change an object is against what somebody else has, until it is mended. */
function holding(): () => void {
  const store = whole.store as { commit: Store['commit'] }
  const { commit } = store
  store.commit = async (unit: Unit) =>
    unit.puts.length === 0 ? commit(unit) : { kind: 'stale', noun: 'Things', id: 'another' }
  return () => void (store.commit = commit)
}

async function alarms(): Promise<string> {
  return (await whole.ask('cs', 'GET', '/api/v1/alarms')).text
}

test('what moves with a group is refused what another has before anybody is asked', async () => {
  const [first, second] = await namesakes('North')
  assert.ok(first && second)
  assert.is((await create(await contracted(first))).status, 201)
  const sent = whole.sent.length
  const refused = await create(await contracted(second))
  assert.equal([refused.status, whole.sent.length - sent], [409, 0])
  assert.match(refused.text, /"rule":"GRP-FORMED"/)
})

test('what a DERMS has made all the same is on record without what another has', async () => {
  const [first, second] = await namesakes('South')
  assert.ok(first && second)
  assert.is((await create(await contracted(first))).status, 201)
  const its = await contracted(second)
  unguarded.push('der-group-form')
  const said = await create(its)
  unguarded.pop()
  assert.is(said.status, 201, said.text)
  assert.is((await sentAbout(its)).state, 'ACKED')
  assert.is((await whole.store.objects(GROUPS, [its.mRID], [])).length, 1)
})

test('what cannot be kept is parked and told, not sent again by itself, and kept when a person drives it', async () => {
  const its = group([{ mRID: fresh() }], { mRID: fresh() })
  const mend = holding()
  const said = await create(its)
  assert.is(said.status, 500)
  assert.match(said.text, /"whose":"ours".*"code":"5.3","rule":"UNKEPT".*dms has carried it out/)
  const leg = await sentAbout(its)
  assert.is(leg.state, 'PARKED')
  assert.match(leg.reason, /^dms has carried it out\. .* Things another /)
  assert.match(leg.reply, '<Result>OK</Result>')
  assert.match(await alarms(), leg.reason)
  const sent = whole.sent.length
  for (const end = whole.time.passed() + 900_000; whole.time.passed() < end;) {
    assert.ok(whole.time.step())
    await whole.quiet()
  }
  assert.is(whole.sent.length, sent)
  mend()
  await whole.ok('cs', 'POST', `/api/v1/messages/${leg.id}:redrive`)
  await whole.quiet()
  const [again] = whole.sent.slice(sent)
  assert.equal([again?.messageID, (await sentAbout(its)).state], [leg.messageID, 'ACKED'])
  assert.is((await whole.store.objects(GROUPS, [its.mRID], [])).length, 1)
})

test('the same of a reply that comes by itself: it is taken, and its message is parked', async () => {
  const its = group([{ mRID: fresh() }], { mRID: fresh() })
  whole.answer(() => ACCEPTED)
  const sent = whole.sent.length
  const asked = create(its)
  await whole.tried(sent + 1)
  await whole.quiet()
  const leg = await sentAbout(its)
  assert.is(leg.state, 'SENT')
  const mend = holding()
  const reply = replyOf(leg)
  const body = reply.kind === 'answered' ? new TextDecoder().decode(reply.bytes) : ''
  const xml = { 'content-type': 'application/xml' }
  const taken = await whole.ask('dms', 'POST', '/cim', { body, headers: xml })
  mend()
  assert.match(taken.text, '<Result>OK</Result>')
  assert.match((await asked).text, /"rule":"UNKEPT"/)
  const now = await sentAbout(its)
  assert.is(now.state, 'PARKED')
  assert.match(now.reply, '<Result>OK</Result>')
})

test('the same of two pieces whose replies come in one moment: whoever waits is told, and a person finds it', async () => {
  const pieces = [fresh(), fresh()].map((mRID) => group([{ mRID: fresh() }], { mRID }))
  whole.answer(() => ACCEPTED)
  const sent = whole.sent.length
  const body = JSON.stringify({ EndDeviceGroup: pieces })
  const asked = whole.ask('many', 'POST', '/api/v1/der-groups', { body, headers })
  await whole.tried(sent + 2)
  await whole.quiet()
  const replies = whole.sent.slice(sent).map((leg) => replyOf(leg))
  const mend = holding()
  const xml = { 'content-type': 'application/xml' }
  await Promise.all(
    replies.map((it) => {
      const text = it.kind === 'answered' ? new TextDecoder().decode(it.bytes) : ''
      return whole.ask('single', 'POST', '/cim', { body: text, headers: xml })
    }),
  )
  const said = await asked
  mend()
  assert.is(said.status, 500, said.text)
  assert.match(said.text, /"rule":"UNKEPT"/)
  const lines = (await whole.store.audit({ limit: 1_000 })).filter(({ what }) => what === 'unkept')
  assert.match(
    lines[0]?.details ?? '',
    /^single has carried it out\. What follows .* without a pause\.$/,
  )
})

test.run()
