// CA-05: another third party operates the DER, and the agreement with the customer stays what it is.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { DER_FUNCTIONS } from '../der-functions.fixture.ts'
import { NOUN, agreementsOn } from './agreement.fixture.ts'
import { fresh, registration, request } from './connection.fixture.ts'
import { openWays } from './ways.fixture.ts'

const test = suite('change of the provider')

const ways = await openWays()
test.after(() => ways.gateway.close())

const { active, agreement, change, create, step } = agreementsOn(ways)

const organisation = (name: string): JsonObject => ({ Names: [{ name }] })
const [ACME, BETA, GAMMA] = ['ACME', 'BETA', 'GAMMA'].map(organisation) as [
  JsonObject,
  JsonObject,
  JsonObject,
]
const START = '2026-08-01T00:00:00Z'
const SWITCH = '2026-10-01T00:00:00+02:00'

const operated = (provider: JsonObject, start: string, end?: string): JsonObject => ({
  provider,
  validityInterval: end === undefined ? { start } : { start, end },
})

const ofAcme = () => active({ thirdParty: [operated(ACME, START)] })

async function providersOf(mRID: string): Promise<Json | undefined> {
  return member((await ways.stored(NOUN, mRID)).object, 'thirdParty')
}

test('CA-05/AC1: the intervals abut, and mRID, tariff and revision of the agreement are what they were', async () => {
  const { mRID } = await active({
    thirdParty: [operated(ACME, START)],
    DERRegistrations: [{ mRID: fresh() }],
  })
  const { object: before } = await ways.stored(NOUN, mRID)
  await step(mRID, 'change-provider', { newProvider: BETA, effective: SWITCH })
  const { state, object: after } = await ways.stored(NOUN, mRID)
  assert.is(state, 'active')
  assert.equal(after['thirdParty'], [operated(ACME, START, SWITCH), operated(BETA, SWITCH)])
  const { thirdParty: _was, ...same } = before
  assert.equal({ ...after, thirdParty: undefined }, { ...same, thirdParty: undefined })
})

test('CA-05: the first provider begins, the next ones follow, and who came before stays on record', async () => {
  const { mRID } = await active()
  const starts = ['2026-08-01T00:00:00Z', '2026-09-01T00:00:00Z', '2026-10-01T00:00:00Z']
  for (const [at, newProvider] of [ACME, BETA, GAMMA].entries())
    await step(mRID, 'change-provider', { newProvider, effective: starts[at] ?? '' })
  const [first = '', second = '', third = ''] = starts
  assert.equal(await providersOf(mRID), [
    operated(ACME, first, second),
    operated(BETA, second, third),
    operated(GAMMA, third),
  ])
})

test('CA-05: a change in CIM says the same as the step', async () => {
  const { mRID } = await ofAcme()
  const thirdParty = [operated(ACME, START, SWITCH), operated(BETA, SWITCH)]
  await ways.ok(change(mRID, { thirdParty }))
  assert.equal(await providersOf(mRID), thirdParty)
})

test('CA-05: a provider may end without a next one', async () => {
  const { mRID } = await ofAcme()
  await ways.ok(change(mRID, { thirdParty: [operated(ACME, START, SWITCH)] }))
  assert.equal(await providersOf(mRID), [operated(ACME, START, SWITCH)])
})

/** [what is wrong, what is asked for] */
const REFUSED: readonly (readonly [string, JsonObject])[] = [
  [
    'a gap',
    { thirdParty: [operated(ACME, START, '2026-09-30T00:00:00Z'), operated(BETA, SWITCH)] },
  ],
  ['an overlap', { thirdParty: [operated(ACME, START), operated(BETA, SWITCH)] }],
  [
    'the same provider again',
    { thirdParty: [operated(ACME, START, SWITCH), operated(ACME, SWITCH)] },
  ],
  ['an end before the start', { thirdParty: [operated(ACME, START, '2026-07-01T00:00:00Z')] }],
  ['another start of who came before', { thirdParty: [operated(ACME, '2026-08-02T00:00:00Z')] }],
  ['another in the place of who came before', { thirdParty: [operated(BETA, START)] }],
  [
    'two at once',
    {
      thirdParty: [
        operated(ACME, START, '2026-09-01T00:00:00Z'),
        operated(BETA, '2026-09-01T00:00:00Z', SWITCH),
        operated(GAMMA, SWITCH),
      ],
    },
  ],
  [
    'another tariff with it',
    {
      PricingStructures: [{ mRID: 'another' }],
      thirdParty: [operated(ACME, START, SWITCH), operated(BETA, SWITCH)],
    },
  ],
]

for (const [what, more] of REFUSED)
  test(`CA-05: ${what} is refused, and nothing changes`, async () => {
    const { mRID } = await ofAcme()
    const said = await ways.refused(change(mRID, more))
    assert.equal(said, { code: '6.1', rule: 'CA-PROVIDER', ids: [mRID] })
  })

test('CA-05: nor before the agreement begins, nor after it ends', async () => {
  const validityInterval = { start: START, end: '2027-08-01T00:00:00Z' }
  const { mRID } = await active({ validityInterval })
  for (const start of ['2026-07-31T23:59:59Z', '2027-08-01T00:00:00Z']) {
    const said = await ways.refused(change(mRID, { thirdParty: [operated(BETA, start)] }))
    assert.equal(said, { code: '6.1', rule: 'CA-PROVIDER', ids: [mRID] })
  }
})

test('CA-05: who operates the DER is a term of an offer, and a change of what is signed', async () => {
  const object = agreement()
  await create(object)
  await ways.ok(change(object.mRID, { thirdParty: [operated(ACME, START)] }))
  await ways.ok(change(object.mRID, { thirdParty: [operated(BETA, START)] }))
  assert.is((await ways.stored(NOUN, object.mRID)).object['revisionNumber'], '3')
  const { mRID } = await active()
  await step(mRID, 'suspend')
  const said = await ways.refused(change(mRID, { thirdParty: [operated(ACME, START)] }))
  assert.is(said.rule, 'SM-AG-suspended-changeProvider')
})

/** [body of the step, where the fault is, how to mend it] */
const BODIES: readonly (readonly [Json | undefined, pointer: string, mend: RegExp])[] = [
  [undefined, '', /Add "newProvider": the organisation/],
  [{ newProvider: BETA }, '', /Add "effective": the instant/],
  [{ newProvider: BETA, effective: null }, '', /Add "effective"/],
  [[], '', /Send \{"newProvider": …, "effective": …\}/],
  [
    { newProvider: BETA, effective: SWITCH, efective: SWITCH },
    '/efective',
    /Did you mean effective/,
  ],
  [{ newProvider: BETA, effective: 'tomorrow' }, '/effective', /./],
  [{ newProvider: { Name: 'BETA' }, effective: SWITCH }, '/newProvider/Name', /Names/],
  [{ newProvider: 'BETA', effective: SWITCH }, '/newProvider', /./],
]

for (const [body, pointer, mend] of BODIES)
  test(`CA-05: the step tells what is wrong with ${JSON.stringify(body)}, where, and how to mend it`, async () => {
    const { mRID } = await ofAcme()
    const { status, json } = await ways.json(
      'POST',
      `customer-agreements/${mRID}:change-provider`,
      body,
    )
    assert.equal([status, member(json, 'code')], [400, '1.8'], JSON.stringify(json))
    const findings = member(json, 'findings')
    assert.ok(Array.isArray(findings))
    const [finding] = findings as readonly Json[]
    assert.is(member(finding, 'path'), pointer, JSON.stringify(json))
    assert.match(String(member(finding, 'mend')), mend)
    assert.equal(await providersOf(mRID), [operated(ACME, START)])
  })

/** A DER of ACME that is registered for an agreement, with a group that it is alone in, and one with another. */
async function inGroups() {
  const own = request('derInterconnection')
  await ways.ok({ verb: 'create', noun: 'ServiceRequests', object: own })
  const its = registration(own)
  await ways.ok({ verb: 'create', noun: 'DERRegistrations', object: its })
  const { mRID } = await active({
    DERRegistrations: [{ mRID: its.mRID }],
    UsagePoints: [own['UsagePoint'] ?? null],
    thirdParty: [operated(ACME, START)],
  })
  const [alone, among, without] = [fresh(), fresh(), fresh()] as const
  const device = its.EndDevice
  const other = { mRID: fresh() }
  for (const [id, EndDevices] of [
    [alone, [device]],
    [among, [other, { mRID: device.mRID.toUpperCase() }]],
    [without, [other]],
  ] as const)
    await ways.ok({ verb: 'create', noun: 'DERGroups', object: group(id, EndDevices) })
  return { mRID, alone, among, without, other }
}

function group(mRID: string, EndDevices: readonly JsonObject[]): JsonObject {
  const DERFunction = Object.fromEntries(DER_FUNCTIONS.map((it) => [it, true]))
  return { mRID, DERFunction, EndDevices, Names: [{ name: mRID }] }
}

test('CA-05/AC1: the groups of the old provider lose the DER with the same change, each with an event of its own', async () => {
  const { mRID, alone, among, without, other } = await inGroups()
  const known = (await ways.gateway.events()).length
  await step(mRID, 'change-provider', { newProvider: BETA, effective: SWITCH })
  const [empty, rest, same] = [
    await ways.stored('DERGroups', alone),
    await ways.stored('DERGroups', among),
    await ways.stored('DERGroups', without),
  ]
  assert.equal([empty.state, empty.object['EndDevices']], ['empty', undefined])
  assert.equal([rest.state, rest.object['EndDevices']], ['available', [other]])
  assert.equal(same.object['EndDevices'], [other])
  assert.equal(
    [empty, rest, same].map((it) => member(member(it.object, 'version'), 'minor')),
    [1, 1, undefined],
  )
  const events = (await ways.gateway.events()).slice(known).filter((it) => it.noun !== 'messages')
  assert.equal(
    events.map((it) => `${it.noun}/${it.subject} ${it.verb}`).toSorted(),
    [
      `${NOUN}/${mRID} changed`,
      `DERGroups/${alone} changed`,
      `DERGroups/${among} changed`,
    ].toSorted(),
  )
  assert.is(new Set(events.map((it) => it.exchangeId)).size, 1)
})

test('CA-05: what only amends the agreement, or ends nobody, leaves the groups alone', async () => {
  const { mRID, among } = await inGroups()
  await ways.ok(change(mRID, { loadMgmt: 'thermostat' }))
  const { object } = await ways.stored('DERGroups', among)
  assert.is((object['EndDevices'] as readonly Json[]).length, 2)
  await step(mRID, 'suspend')
  assert.equal((await ways.stored('DERGroups', among)).object, object)
})

test('a step that takes nothing says so to a body', async () => {
  const { mRID } = await active()
  const path = `customer-agreements/${mRID}:suspend`
  const refused = await ways.json('POST', path, { reason: 'moved' })
  assert.is(refused.status, 400)
  assert.match(JSON.stringify(refused.json), /suspend takes nothing, not reason/)
  assert.is((await ways.json('POST', path, {})).status, 200)
})

test.run()
