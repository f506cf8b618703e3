// Programs with their rules, and aggregators, as the system that manages them tells of them.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LOCAL } from '../../gateway/parties/party.ts'
import { openWhole, partyOf, replyOf, wayTo } from '../../gateway/whole.fixture.ts'
import { member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { aggregatorBreaches, headEndsOf } from '../aggregator-terms.ts'
import type { Around, Reference } from '../flow.ts'
import { optOutCutoffMs, programOf } from '../program-terms.ts'
import { fresh } from './connection.fixture.ts'
import { ENROLLMENTS, application, device, withStatus } from './enrollment.fixture.ts'
import { MAX_A_DAY, REST, WEEKDAYS, aggregator, daysRule, program } from './programs.fixture.ts'
import { openWays, refusalsIn, saidIn } from './ways.fixture.ts'

const test = suite('programs')

const ways = await openWays()
test.after(() => ways.gateway.close())

const [PROGRAMS, AGGREGATORS] = ['Programs', 'Aggregators']
const create = (object: JsonObject, noun = PROGRAMS) => ({ verb: 'create', noun, object })
const told = async (mRID: string) =>
  (await ways.gateway.events()).filter(({ subject }) => subject === mRID).length
const rulesOf = async (mRID: string) => {
  const rules = member((await ways.stored(PROGRAMS, mRID)).object, 'rules')
  return (rules as readonly Json[]).map((it) => member(it, 'ruleCode'))
}

test('MD-02/AC1: a rule that is linked or no longer linked is a change; another order of rules is none, over every way', async () => {
  const it = program()
  const { mRID } = it
  await ways.ok(create(it))
  const change = (rules: readonly Json[], verb = 'change') => ({
    ...{ verb, noun: PROGRAMS },
    object: { ...it, rules },
  })
  await ways.ok(change([REST, MAX_A_DAY]))
  await ways.ok(change([REST, MAX_A_DAY], 'changed'))
  await ways.ok(change([REST, MAX_A_DAY], 'created'))
  const path = `programs/${mRID}`
  assert.is((await ways.json('PUT', path, { ...it, rules: [REST, MAX_A_DAY] })).status, 200)
  assert.equal([await told(mRID), await rulesOf(mRID)], [1, ['MAX-DAY', 'REST']])
  await ways.ok(change([WEEKDAYS, REST, MAX_A_DAY]))
  assert.equal([await told(mRID), await rulesOf(mRID)], [2, ['MAX-DAY', 'REST', 'WEEKDAYS']])
  await ways.ok(change([WEEKDAYS, MAX_A_DAY]))
  assert.equal([await told(mRID), await rulesOf(mRID)], [3, ['MAX-DAY', 'WEEKDAYS']])
  await ways.ok(change([MAX_A_DAY, daysRule(['tuesday', 'monday'], 'WEEKDAYS')]))
  assert.is(await told(mRID), 3, 'nor does the order of days say anything')
  await ways.ok(change([{ ...MAX_A_DAY, count: 2 }, WEEKDAYS]))
  assert.is(await told(mRID), 4, 'what a rule says does')
  assert.is((await ways.json('PATCH', path, { rules: null })).status, 200)
  assert.is(await told(mRID), 5, 'the last ones are taken away, too')
  assert.is(member((await ways.stored(PROGRAMS, mRID)).object, 'rules'), undefined)
})

const BLANK: readonly (readonly [string, JsonObject])[] = [
  ['no ruleCode', { ...MAX_A_DAY, ruleCode: ' ' }],
  ['no count', { ...REST, kind: 'maxEventsPerDay' }],
  ['no time', { ...REST, value: { multiplier: 'none', unit: 'W', value: 90 } }],
  ['no days', { kind: 'allowedDays', ruleCode: 'D', window: [{ startTime: '08:00:00' }] }],
  ['no hours', { kind: 'allowedHours', ruleCode: 'H', window: [{ dayOfWeek: ['monday'] }] }],
  ['no cycle', { kind: 'cycleFrequency', ruleCode: 'C', window: [{ dayOfWeek: ['monday'] }] }],
]

for (const [what, rule] of BLANK)
  test(`G-AC33: a rule with ${what} is refused, over every way, and when it is told`, async () => {
    const object = program({ rules: [rule] })
    const due = { code: '5.8', rule: 'PRG-VALUE' }
    const said = await ways.refused(create(object))
    assert.equal({ code: said.code, rule: said.rule }, due)
    const event = await ways.sent({ verb: 'created', noun: PROGRAMS, object })
    assert.is(refusalsIn(event)[0]?.rule, 'PRG-VALUE')
  })

test('G-AC33: a code that is not in its list is refused by the schema, on the way in and in JSON', async () => {
  for (const rule of [
    daysRule(['MON']),
    daysRule(['']),
    { ...MAX_A_DAY, kind: 'AllowEventDays' },
  ]) {
    const { status, json } = await ways.json('POST', 'programs', program({ rules: [rule] }))
    assert.is(status, 400, JSON.stringify(json))
    assert.is(saidIn(json).code, '1.8')
  }
})

test('MD-02: a program has one code, which no other has, in both places; its cut-off is a length of time', async () => {
  const it = program()
  await ways.ok(create(it))
  const taken = await ways.refused(create({ ...program(), code: it['code'] ?? '' }))
  assert.equal([taken.rule, taken.ids.includes(it.mRID)], ['PRG-CODE', true])
  const Names = [{ name: 'OTHER', NameType: { name: 'programCode' } }]
  assert.is((await ways.refused(create(program({ Names })))).rule, 'PRG-CODE')
  assert.is((await ways.refused(create(program({ code: ' ' })))).rule, 'PRG-VALUE')
  for (const optOutCutoff of ['P1M', '-PT2H', 'P1Y'])
    assert.is((await ways.refused(create(program({ optOutCutoff })))).rule, 'PRG-VALUE')
  const backward = { start: '2026-07-02T00:00:00Z', end: '2026-07-01T00:00:00Z' }
  const late = await ways.refused(create(program({ validityInterval: backward })))
  assert.is(late.rule, 'PRG-INTERVAL')
  const twice = await ways.refused(
    create(program({ rules: [REST, { ...REST, overridable: true }] })),
  )
  assert.is(twice.rule, 'PRG-RULE')
})

/** What a flow may look at, over what is stored. */
async function finding(all: readonly Reference[]): Promise<Around['find']> {
  const found = await Promise.all(
    all.map(async ({ noun, object, claim }) => {
      const mRID = member(object, 'mRID')
      const key = claim === undefined ? undefined : `claim ${claim.rule} 0 ${claim.key}`
      const ids = typeof mRID === 'string' ? [mRID] : []
      const [it] = await ways.gateway.store.objects(noun, ids, key === undefined ? [] : [key])
      return it === undefined ? undefined : { state: it.state, object: JSON.parse(it.body) }
    }),
  )
  return (reference) =>
    found[all.findIndex((it) => JSON.stringify(it) === JSON.stringify(reference))]
}

test('MD-02: a program is found by its code, and says what it allows', async () => {
  const it = program({
    optOutCutoff: 'P1DT2H30M',
    validityInterval: { start: '2026-01-01T00:00:00Z', end: '2027-01-01T00:00:00Z' },
  })
  await ways.ok(create(it))
  const named = { Names: [{ name: it['code'] ?? '', NameType: { name: 'programCode' } }] }
  const claim = { rule: 'PRG-CODE', key: String(it['code']) }
  const find = await finding([{ noun: PROGRAMS, object: undefined, claim }])
  const found = programOf(named, find)
  assert.ok(found)
  assert.is(optOutCutoffMs(found.object), (26 * 60 + 30) * 60_000)
  assert.is(programOf({ mRID: fresh() }, find), undefined)
})

test('C1: a blank mRID is none: the object is the one that has the name, and keeps its own mRID', async () => {
  const Names = [{ name: `N-${fresh()}` }]
  const it = program({ Names })
  await ways.ok(create(it))
  for (const [verb, mRID, type] of [
    ['change', '', 'A'],
    ['changed', ' ', 'B'],
  ] as const) {
    await ways.ok({ verb, noun: PROGRAMS, object: { mRID, Names, type } })
    const { object } = await ways.stored(PROGRAMS, it.mRID)
    assert.equal([object['mRID'], object['type']], [it.mRID, type])
  }
})

test('MD-03: an aggregator speaks for one head-end system; the next one can when it is closed', async () => {
  const it = aggregator()
  await ways.ok(create(it, AGGREGATORS))
  const other = aggregator({ headEndSystem: it['headEndSystem'] ?? '' })
  const said = await ways.refused(create(other, AGGREGATORS))
  assert.equal([said.code, said.rule, said.ids.includes(it.mRID)], ['6.1', 'AGG-HEADEND', true])
  assert.is(
    (await ways.refused(create(aggregator({ headEndSystem: '' }), AGGREGATORS))).code,
    '5.8',
  )
  await ways.ok({ verb: 'close', noun: AGGREGATORS, object: it })
  assert.is((await ways.stored(AGGREGATORS, it.mRID)).state, 'closed')
  await ways.ok(create(other, AGGREGATORS))
  const again = {
    verb: 'change',
    noun: AGGREGATORS,
    object: { ...it, status: { value: 'active' } },
  }
  assert.is((await ways.refused(again)).rule, 'AGG-HEADEND')
  await ways.ok({ verb: 'close', noun: AGGREGATORS, object: other })
  await ways.ok(again)
  assert.is((await ways.stored(AGGREGATORS, it.mRID)).state, 'active')
})

test('MD-03/AC1, G-AC34: who enrolls is told that the aggregator of a head-end system is closed, over, or not known', async () => {
  const [open, closed, over] = [
    aggregator(),
    aggregator({ status: { value: 'closed' } }),
    aggregator({
      validityInterval: { start: '2025-01-01T00:00:00Z', end: '2026-01-01T00:00:00Z' },
    }),
  ]
  for (const it of [open, closed, over]) await ways.ok(create(it, AGGREGATORS))
  const ends = [open, closed, over].map((it) => String(it['headEndSystem']))
  const devices = [...ends, ends[0] ?? '', 'NOBODY'].map((name) => ({
    Names: [{ name: '1', NameType: { name: 'nicId', NameTypeAuthority: { name } } }],
  }))
  assert.equal(headEndsOf(devices), [...ends, 'NOBODY'])
  const claims = ends.flatMap((key) => [
    { rule: 'AGG-HEADEND', key },
    { rule: 'AGG-CLOSED', key },
  ])
  const find = await finding(
    claims.map((claim) => ({ noun: AGGREGATORS, object: undefined, claim })),
  )
  const now = '2026-07-14T08:00:00Z'
  const refused = (keeps: boolean) =>
    aggregatorBreaches(headEndsOf(devices), { find, now, knows: () => keeps })
  assert.equal(
    refused(true).map(({ rule, code }) => `${rule} ${code}`),
    ['AGG-CLOSED 6.1', 'AGG-CLOSED 6.1', 'AGG-UNKNOWN 2.20'],
  )
  assert.is(refused(false).length, 2, 'where others keep them nobody here can tell')
})

test('MD-03/AC1, G-AC34: nobody is enrolled through an aggregator that is closed, over or not known; who is enrolled stays so', async () => {
  const [open, own] = [aggregator(), program()]
  await ways.ok(create(open, AGGREGATORS))
  await ways.ok(create(own))
  const through = (headEnd: Json) =>
    application({
      DemandResponseProgram: { mRID: own.mRID },
      EndDevices: [device(undefined, {}, String(headEnd))],
    })
  const refused = async (headEnd: Json) => {
    const it = through(headEnd)
    const said = await ways.refused(create(it, ENROLLMENTS))
    return `${said.rule} ${said.code}`
  }
  assert.is(await refused('NOBODY'), 'AGG-UNKNOWN 2.20')
  const over = aggregator({
    validityInterval: { start: '2025-01-01T00:00:00Z', end: '2026-01-01T00:00:00Z' },
  })
  await ways.ok(create(over, AGGREGATORS))
  assert.is(await refused(over['headEndSystem'] ?? ''), 'AGG-CLOSED 6.1')
  const enrolled = through(open['headEndSystem'] ?? '')
  await ways.ok(create(enrolled, ENROLLMENTS))
  await ways.ok({ verb: 'close', noun: AGGREGATORS, object: open })
  assert.is(await refused(open['headEndSystem'] ?? ''), 'AGG-CLOSED 6.1')
  for (const value of ['validating', 'deviceCheck', 'COMPLETED'])
    await ways.ok({
      ...{ verb: 'change', noun: ENROLLMENTS },
      object: withStatus(enrolled.mRID, value),
    })
  assert.is((await ways.stored(ENROLLMENTS, enrolled.mRID)).state, 'COMPLETED')
})

test('MD-02, MD-03: the DERMS acknowledges a program and an aggregator by its reply, and the ledger says which revision', async () => {
  const whole = await openWhole({
    ...LOCAL,
    parties: [partyOf('cpm'), partyOf('dso-derms')],
    ways: [wayTo('dso-derms', { noun: [PROGRAMS, AGGREGATORS], verb: ['create', 'change'] })],
  })
  try {
    whole.answer((_party, leg) => replyOf(leg))
    const ledger = async (path: string) => {
      const it = await whole.ok('operator', 'GET', `/api/v1/${path}/acknowledgements`)
      const [line] = it['parties'] as readonly JsonObject[]
      return [it['revision'], line?.['party'], line?.['revision'], line?.['isCurrent']]
    }
    const it = program()
    const path = `programs/${it.mRID}`
    await whole.ok('cpm', 'PUT', `/api/v1/${path}`, it)
    assert.equal(await ledger(path), [1, 'dso-derms', 1, true])
    const changed = { ...it, rules: [MAX_A_DAY] }
    await whole.ok('cpm', 'PUT', `/api/v1/${path}`, changed)
    assert.equal(await ledger(path), [2, 'dso-derms', 2, true])
    const other = aggregator()
    await whole.ok('cpm', 'PUT', `/api/v1/aggregators/${other.mRID}`, other)
    assert.equal(await ledger(`aggregators/${other.mRID}`), [1, 'dso-derms', 1, true])
    assert.is(whole.sent.length, 3)
    const refusal = '<Error><code>6.1</code><reason>no</reason></Error>'
    whole.answer((_party, leg) => replyOf(leg, refusal))
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ ...it, rules: [] })
    const no = await whole.ask('cpm', 'PUT', `/api/v1/${path}`, { body, headers })
    assert.is.not(no.status, 200)
    assert.equal(await ledger(path), [2, 'dso-derms', 2, true], 'what is refused changes nothing')
  } finally {
    await whole.close()
  }
})

test.run()
