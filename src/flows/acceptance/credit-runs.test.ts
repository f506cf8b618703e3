// Credits by the clock, and of who moves out: each settlement once over all triggers, also when they come together.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LOCAL } from '../../gateway/parties/party.ts'
import { openWhole } from '../../gateway/whole.fixture.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { USUAL_CHOICES } from '../choices.ts'
import { agreement } from './agreement.fixture.ts'
import { fresh } from './connection.fixture.ts'
import { application, subscription } from './enrollment.fixture.ts'
import { settlement } from './settlement.fixture.ts'

const test = suite('credit runs')

const [SETTLEMENTS, CREDITS] = ['ProgramSettlements', 'SettlementCredits']
const whole = await openWhole({
  ...LOCAL,
  orchestrated: ['program-settlement', 'program-subscription'],
  choices: { ...USUAL_CHOICES, creditRun: 'daily', prematureActive: 'pass' },
})
test.after(() => whole.close())

const post = (path: string, body: JsonObject) => whole.ok('cpm', 'POST', `/api/v1/${path}`, body)

/** A subscription that takes part. */
async function subscribed(more: JsonObject = {}) {
  const Customer = { mRID: fresh(), CustomerAccount: { mRID: fresh() } }
  const its = { ...subscription(application({ Customer })), UsagePoint: { mRID: fresh() }, ...more }
  await post('program-subscriptions', { ProgramSubscription: [its] })
  return its as JsonObject & { readonly mRID: string }
}

/** When what is earned was calculated: on a day that is over, or today. */
const [YESTERDAY, TODAY] = ['2026-07-13T22:00:00Z', '2026-07-14T07:00:00Z']

async function earn(
  dateTime: string,
  ...subscriptions: readonly JsonObject[]
): Promise<readonly JsonObject[]> {
  const all = subscriptions.map(({ mRID = '' }) =>
    settlement({ ProgramSubscription: { mRID }, status: { value: 'CALCULATED', dateTime } }),
  )
  await post('program-settlements', { ProgramSettlement: all })
  return all
}
const stateOf = async ({ mRID }: JsonObject) =>
  (await whole.store.objects(SETTLEMENTS, [String(mRID)], []))[0]?.state

/** The credits about settlements of a subscription, in a few words. */
async function creditsFor(...all: readonly JsonObject[]): Promise<readonly string[]> {
  await whole.quiet()
  const ids = all.map(({ mRID }) => mRID)
  const { objects } = await whole.store.page(CREDITS, { limit: 1_000 })
  return objects
    .map(({ body }) => JSON.parse(body) as JsonObject)
    .filter((it) => sourcesOf(it).some((one) => ids.includes(one)))
    .map((it) => `${it['trigger']} ${it['amount']} for ${sourcesOf(it).length}`)
}

const sourcesOf = (it: JsonObject) =>
  (it['sourceSettlements'] as readonly JsonObject[]).map(({ mRID }) => mRID)

/** Whatever is due by the clock happens. */
const due = (...all: readonly JsonObject[]) =>
  whole.until(async () => (await Promise.all(all.map(stateOf))).every((it) => it !== 'CALCULATED'))

const CLOSE = { endDateTime: '2026-07-14T08:00:00Z', removalMethod: 'keep', reason: 'moved' }

test('ST-06, ST-02/AC3: at the end of a period what each subscription has earned in it is one credit, once', async () => {
  const [first, second] = [await subscribed(), await subscribed()]
  const [today] = await earn(TODAY, first)
  const all = await earn(YESTERDAY, first, first, second)
  await due(...all)
  const [one = {}, two = {}, other = {}] = all
  assert.equal(await creditsFor(one, two), ['periodic 1.48 for 2'])
  assert.equal(await creditsFor(other), ['periodic 0.74 for 1'])
  assert.equal(await Promise.all(all.map(stateOf)), ['SENT', 'SENT', 'SENT'])
  assert.is(await stateOf(today ?? {}), 'CALCULATED', 'its day is not over')
  const [late] = await earn(YESTERDAY, first)
  await due(late ?? {})
  assert.equal((await creditsFor(one, late ?? {})).toSorted(), [
    'periodic 0.74 for 1',
    'periodic 1.48 for 2',
  ])
})

test('ST-06, ST-02/AC3: what is credited at an unenrollment is none of a run, nor the other way round', async () => {
  const its = await subscribed()
  const [earned = {}] = await earn(TODAY, its)
  await post(`program-subscriptions/${its.mRID}:close`, CLOSE)
  await whole.quiet()
  const [late = {}] = await earn(YESTERDAY, its)
  await due(late)
  assert.equal(await creditsFor(earned), ['unenrollment 0.74 for 1'])
  assert.equal(await creditsFor(late), ['periodic 0.74 for 1'])
})

test('ST-06, ST-02/AC3: who moves out is credited, at that usage point alone, and once over all triggers', async () => {
  const Customer = { mRID: fresh(), CustomerAccount: { mRID: fresh() } }
  const [UsagePoint, elsewhere] = [{ mRID: fresh() }, { mRID: fresh() }]
  const leaving = await subscribed({ Customer, UsagePoint })
  const staying = await subscribed({ Customer, UsagePoint: elsewhere })
  const neighbour = await subscribed({ UsagePoint })
  const all = await earn(TODAY, leaving, leaving, staying, neighbour)
  const its = agreement({ Customer, UsagePoints: [UsagePoint] })
  await whole.ok('dso-cs', 'POST', '/api/v1/customer-agreements', { CustomerAgreement: [its] })
  for (const step of ['offer', 'sign'])
    await whole.ok('dso-cs', 'POST', `/api/v1/customer-agreements/${its.mRID}:${step}`)
  assert.equal(await creditsFor(...all), [])
  await whole.ok('dso-cs', 'POST', `/api/v1/customer-agreements/${its.mRID}:close`)
  assert.equal(await creditsFor(...all), ['moveOut 1.48 for 2'])
  await post(`program-subscriptions/${leaving.mRID}:close`, CLOSE)
  assert.equal(await creditsFor(...all), ['moveOut 1.48 for 2'])
  assert.equal(await Promise.all(all.map(stateOf)), ['SENT', 'SENT', 'CALCULATED', 'CALCULATED'])
})

test('ST-06: where the account is not known nothing is made up, and a person sees why', async () => {
  const [earned = {}] = await earn(YESTERDAY, await subscribed({ Customer: { mRID: fresh() } }))
  await due(earned)
  assert.equal(await creditsFor(earned), [])
  assert.is(await stateOf(earned), 'AGGREGATED')
  const parked = await whole.ok('operator', 'GET', '/api/v1/parked')
  const reasons = (parked['messages'] as readonly JsonObject[]).map((one) => one['reason'])
  assert.ok(reasons.some((one: Json | undefined) => /names no account/.test(String(one))))
})

test('ST-06: what a person collects is credited by itself', async () => {
  const its = await subscribed()
  const [one = {}, other = {}] = await earn(TODAY, its, its)
  await whole.ok('cpm', 'POST', `/api/v1/program-settlements/${String(one['mRID'])}:collect`)
  assert.equal(await creditsFor(one, other), ['periodic 0.74 for 1'])
  assert.is(await stateOf(other), 'CALCULATED')
})

test.run()
