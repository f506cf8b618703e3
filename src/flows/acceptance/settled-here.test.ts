// Where nobody else calculates: what was avoided is settled by the prices of its event, whichever comes first, and an
// unenrollment leads to the credit about what is not billed yet.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LOCAL } from '../../gateway/parties/party.ts'
import { openWhole } from '../../gateway/whole.fixture.ts'
import { member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { application, subscription } from './enrollment.fixture.ts'
import { fresh } from './connection.fixture.ts'
import {
  AMOUNT,
  HOURS,
  QUANTITIES,
  credit,
  energy,
  intervals,
  price,
  settlement,
} from './settlement.fixture.ts'

const test = suite('settled here')

const [SETTLEMENTS, CREDITS] = ['ProgramSettlements', 'SettlementCredits']
const whole = await openWhole({
  ...LOCAL,
  orchestrated: ['avoided-quantity', 'program-subscription'],
})
test.after(() => whole.close())

const post = (path: string, body: JsonObject) => whole.ok('cpm', 'POST', `/api/v1/${path}`, body)

async function all(noun: string) {
  const { objects } = await whole.store.page(noun, { limit: 1_000 })
  return objects.map(({ state, body }) => ({ state, object: JSON.parse(body) as JsonObject }))
}

/** The settlements of a subscription, in a few words. */
async function settled(subscription: string): Promise<readonly string[]> {
  await whole.quiet()
  return (await all(SETTLEMENTS))
    .filter(({ object }) => member(object['ProgramSubscription'], 'mRID') === subscription)
    .map(({ state, object }) => `${state} ${object['amount']} ${object['currency']}`)
}

const avoided = (subscription: string, event: string, values: readonly Json[] = QUANTITIES) => ({
  mRID: fresh(),
  quantityKind: 'kWhAvoided',
  EndDevice: { mRID: fresh() },
  intervals: HOURS.map((interval, at) => ({ interval, quantity: values[at] ?? null })),
  ProgramEvent: { mRID: event },
  ProgramSubscription: { mRID: subscription },
})
const tell = (...it: readonly JsonObject[]) => post('avoided-quantities', { AvoidedQuantity: it })
const prices = (event: string, amounts: readonly number[], createdDateTime: string) =>
  post('price-series', {
    Series: [
      {
        ...{ mRID: fresh(), createdDateTime, ProgramEvent: { mRID: event } },
        intervals: HOURS.slice(0, amounts.length).map((interval, at) => ({
          interval,
          price: price(amounts[at] ?? 0),
        })),
      },
    ],
  })

test('ST-04, G-AC36: quantities and prices lead to one settlement, whichever comes first, and more of them to its correction', async () => {
  const [first, second, event] = [fresh(), fresh(), fresh()]
  await tell(avoided(first, event))
  assert.equal(await settled(first), [], 'nothing is made up')
  await prices(event, [0.415], '2026-07-14T01:00:00Z')
  assert.equal(await settled(first), [], 'nor is half of it paid')
  await prices(event, [0.415, 0.2875], '2026-07-14T02:00:00Z')
  assert.equal(await settled(first), [`CALCULATED ${AMOUNT} USD`])
  await tell(avoided(second, event))
  assert.equal(await settled(second), [`CALCULATED ${AMOUNT} USD`])
  // Another device of the subscription, and then prices that were made later.
  await tell(avoided(first, event, [energy(1), energy(0)]))
  assert.equal(await settled(first), ['CALCULATED 1.15 USD'])
  await prices(event, [1, 1], '2026-07-14T03:00:00Z')
  // 1.205 + 1 + 0.83
  assert.equal(await settled(first), ['CALCULATED 3.04 USD'])
  assert.equal(await settled(second), ['CALCULATED 2.04 USD'], '2.035 goes to the even cent')
})

test('ST-02/AC4, ST-06: an unenrollment credits what is not credited yet, once, to the account of the customer', async () => {
  const account = { Names: [{ name: 'A-9', NameType: { name: 'cisAccountId' } }] }
  const enrolled = application({ Customer: { mRID: fresh(), CustomerAccount: account } })
  const its = { ...subscription(enrolled), syncState: 'synced' }
  const put = {
    noun: 'ProgramSubscriptions',
    ...{ id: its.mRID, state: 'ACTIVE_synced', names: [], owner: 'cpm', expect: 0 },
    body: JSON.stringify(its),
  }
  await whole.store.commit({ puts: [put], removals: [], events: [] })
  const of = { ProgramSubscription: { mRID: its.mRID } }
  const earned = [settlement(of), settlement(of), settlement(of)]
  const yen = intervals().map((it) => ({ ...it, price: price(1, 'JPY') }))
  const foreign = settlement({ ...of, currency: 'JPY', intervals: yen, amount: 2 })
  await post('program-settlements', { ProgramSettlement: [...earned, foreign] })
  const before = credit(earned.slice(0, 1), AMOUNT, { CustomerAccount: account })
  await post('settlement-credits', { SettlementCredit: [before] })
  const close = `program-subscriptions/${its.mRID}:close`
  await post(close, { endDateTime: '2026-07-14T08:00:00Z', removalMethod: 'keep', reason: 'moved' })
  await whole.quiet()
  const credits = (await all(CREDITS)).filter(
    ({ object }) =>
      member(object['CustomerAccount'], 'Names') && object['trigger'] === 'unenrollment',
  )
  const said = credits.map(({ state, object }) => {
    const { length } = object['sourceSettlements'] as readonly Json[]
    return `${state} ${object['amount']} ${object['currency']} for ${length}`
  })
  assert.equal(said.toSorted(), ['sent 1.48 USD for 2', 'sent 2 JPY for 1'])
  const states = await Promise.all(
    [...earned, foreign].map(
      async ({ mRID }) => (await whole.store.objects(SETTLEMENTS, [mRID], []))[0]?.state,
    ),
  )
  assert.equal(states, ['SENT', 'SENT', 'SENT', 'SENT'])
  assert.equal(credits[0]?.object['CustomerAccount'], account)
})

test.run()
