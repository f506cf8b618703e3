// Operations refuses to dissolve a group, or to let members go, after contracts were released: the request stands out until they
// are back, whether the parties send themselves or the gateway does.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  FUNCTIONS,
  formRequest,
  groupRequest,
  steps,
} from '../../flows/acceptance/groups.fixture.ts'
import type { Fleet } from '../../flows/acceptance/groups.fixture.ts'
import type { Identified } from '../../flows/acceptance/connection.fixture.ts'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { replyOf } from '../whole.fixture.ts'
import type { Whole } from '../whole.fixture.ts'
import {
  REFUSED,
  alarms,
  contracted,
  creating,
  named,
  openDerms,
  put,
  stateOf,
  told,
} from './compensation.fixture.ts'

const test = suite('relay: dissolve refused')

const { plain, sending, mine, theirs, takes, close } = await openDerms()
test.after(close)
test.before.each(takes)

/** A group that the DERMS has taken, the request by which it has come to be, and its agreements, which name it. */
async function standing(whole: Whole, its: Fleet) {
  const request = await contracted(whole, its)
  await whole.ok('cs', 'POST', '/api/v1/der-groups', creating(its.devices, request))
  const of = String(member(member(request, 'EndDeviceGroup'), 'mRID'))
  return { request, of, agreements: await named(whole, request) }
}

async function released(whole: Whole, asked: Identified): Promise<Identified> {
  await whole.asking.ok({ verb: 'create', noun: 'DERGroupRequests', object: asked })
  await whole.ok('cs', 'POST', `/api/v1/der-group-requests/${asked.mRID}:release-contracts`)
  return asked
}

/** What an operator is told of one request. */
async function alarmOf(whole: Whole, { mRID }: Identified): Promise<JsonObject> {
  const own = (await alarms(whole)).filter((it) => String(it['reason']).includes(mRID))
  assert.is(own.length, 1)
  return own[0] ?? {}
}

const groupState = async ({ store }: Whole, mRID: string) =>
  (await store.objects('DERGroups', [mRID], []))[0]?.state

test('GD-03: what the DERMS does not dissolve after contracts were released stands out until they are back', async () => {
  const { of, agreements } = await standing(plain, mine)
  const before = (await alarms(plain)).length
  const asked = await released(plain, groupRequest('dissolve', of))
  const [first = '', second = ''] = agreements
  await put(plain, first)
  plain.answer((_party, leg) => replyOf(leg, REFUSED))
  assert.match((await plain.ask('cs', 'DELETE', `/api/v1/der-groups/${of}`)).text, /Feeder full/)
  assert.is(await stateOf(plain, asked.mRID), 'dissolveRefused')
  assert.is(await groupState(plain, of), 'contractsReleased', 'it is not dispatched meanwhile')
  const alarm = await alarmOf(plain, asked)
  const reason = String(alarm['reason'])
  assert.is(alarm['noun'], 'DERGroupRequests')
  assert.match(reason, `has refused to dissolve ${of} after contracts were released`)
  assert.match(reason, `no more by the agreements ${first}.`)
  assert.not.match(reason, second)
  const path = `/api/v1/der-group-requests/${asked.mRID}`
  assert.ok(String(alarm['mend']).endsWith(`POST ${path}:restore-contracts.`))
  for (const it of ['undo-contracts', 'keep-group'])
    assert.is((await plain.ask('cs', 'POST', `${path}:${it}`)).status, 409, it)
  await plain.ok('cs', 'PATCH', `/api/v1/customer-agreements/${first}`, {
    CustomerAgreement: [{ EndDeviceGroups: [{ mRID: of }] }],
  })
  assert.match(String((await alarmOf(plain, asked))['reason']), 'no agreement is known here')
  await plain.restart()
  await alarmOf(plain, asked)
  await plain.ok('cs', 'POST', `${path}:restore-contracts`)
  assert.is(await stateOf(plain, asked.mRID), 'compensated')
  assert.is(await groupState(plain, of), 'available')
  assert.is((await alarms(plain)).length, before)
  plain.answer((_party, leg) => replyOf(leg))
  await released(plain, groupRequest('dissolve', of))
  await plain.ok('cs', 'DELETE', `/api/v1/der-groups/${of}`)
  assert.is(await groupState(plain, of), undefined, 'and it may be asked for again')
})

test('GD-02, GD-03: members that the DERMS does not let go stand out, and go when it lets them after all', async () => {
  const { of } = await standing(plain, mine)
  const before = (await alarms(plain)).length
  const [device = {}] = mine.devices
  const asked = await released(
    plain,
    groupRequest('removeMembers', of, { EndDevices: [{ mRID: member(device, 'mRID') ?? '' }] }),
  )
  plain.answer((_party, leg) => replyOf(leg, REFUSED))
  const path = `/api/v1/der-groups/${of}/members/${String(member(device, 'mRID'))}`
  assert.match((await plain.ask('cs', 'DELETE', path)).text, /Feeder full/)
  assert.is(await stateOf(plain, asked.mRID), 'dissolveRefused')
  assert.match(String((await alarmOf(plain, asked))['reason']), 'to take members out of the group')
  plain.answer((_party, leg) => replyOf(leg))
  await plain.ok('cs', 'DELETE', path)
  assert.is(await stateOf(plain, asked.mRID), 'dissolved')
  assert.is((await alarms(plain)).length, before)
})

test('GD-03: a request that was cancelled when its group was there goes on with it', async () => {
  const { request, of } = await standing(plain, mine)
  const path = `/api/v1/der-group-requests/${request.mRID}`
  await plain.ok('cs', 'POST', `${path}:cancel`)
  await plain.ok('cs', 'POST', `${path}:release-contracts`)
  plain.answer((_party, leg) => replyOf(leg, REFUSED))
  await plain.ask('cs', 'DELETE', `/api/v1/der-groups/${of}`)
  assert.is(await stateOf(plain, request.mRID), 'dissolveRefused')
  assert.ok(String((await alarmOf(plain, request))['mend']).endsWith(`POST ${path}:keep-group.`))
  assert.is((await plain.ask('cs', 'POST', `${path}:restore-contracts`)).status, 409)
  await plain.ok('cs', 'POST', `${path}:keep-group`)
  assert.is(await stateOf(plain, request.mRID), 'available')
  assert.is(await groupState(plain, of), 'available')
  const early = await plain.ask('cs', 'DELETE', `/api/v1/der-groups/${of}`)
  assert.match(early.text, 'GRP-ORDER', 'it is not dissolved without a request')
})

test('GD-03: the gateway puts released contracts back, that of a suspended agreement too', async () => {
  sending.answer((_party, leg) => replyOf(leg))
  const asked = formRequest(theirs.devices, theirs.tariff, { DERFunction: FUNCTIONS })
  await sending.asking.ok({ verb: 'create', noun: 'DERGroupRequests', object: asked })
  await steps(sending.asking, asked.mRID, ['check-compliance', 'approve'])
  await sending.until(async () => (await stateOf(sending, asked.mRID)) === 'available')
  const of = String(member(member(asked, 'EndDeviceGroup'), 'mRID'))
  const all = async () => (await sending.store.page('CustomerAgreements', { limit: 100 })).objects
  const [suspended] = await all()
  await sending.ok('cs', 'POST', `/api/v1/customer-agreements/${suspended?.id}:suspend`)
  const naming: number[] = []
  sending.answer((_party, leg) => {
    void all().then((it) => naming.push(it.filter(({ body }) => body.includes(of)).length))
    return replyOf(leg, REFUSED)
  })
  const ends = groupRequest('dissolve', of)
  await sending.asking.ok({ verb: 'create', noun: 'DERGroupRequests', object: ends })
  await sending.until(async () => (await stateOf(sending, ends.mRID)) === 'compensated')
  assert.equal(naming, [0], 'released before the DERMS was told')
  assert.equal(await told(sending, ends.mRID), ['dissolveRefused', 'compensated'])
  const after = await all()
  assert.ok(after.every(({ body }) => body.includes(of)))
  assert.is(after.find(({ id }) => id === suspended?.id)?.state, 'suspended')
  assert.is(await groupState(sending, of), 'available')
  assert.equal(await alarms(sending), [])
})

test.run()
