// Where points of service are in the network, and what load reduction is foreseen there.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LOCAL } from '../../gateway/parties/party.ts'
import { openWhole, partyOf } from '../../gateway/whole.fixture.ts'
import { member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { BESIDE } from '../beside.ts'
import type { Around, Placed } from '../flow.ts'
import { forecastOf, forecastReferences, staleForecast } from '../forecast-terms.ts'
import { fresh } from './connection.fixture.ts'
import { openWays, refusalsIn } from './ways.fixture.ts'

const test = suite('network')

const ways = await openWays()
test.after(() => ways.gateway.close())

const NOUN = 'NetworkLocations'
const named = (name: string, type: string) => ({ Names: [{ name, NameType: { name: type } }] })
const location = (usagePoint: string, more: JsonObject = {}): JsonObject => ({
  feeder: named('F-1', 'feeder'),
  substation: named('S-1', 'substation'),
  transformer: named('T-1', 'transformer'),
  UsagePoint: { mRID: usagePoint },
  ...more,
})

test('MD-01/AC1, G-AC32: what has changed is refused from whoever has not told all, party by party, and taken after that', async () => {
  const whole = await openWhole({ ...LOCAL, parties: [partyOf('north'), partyOf('south')] })
  const tell = async (party: string, transferKind: string | undefined, all: readonly Json[]) => {
    const body = { ...(transferKind && { transferKind }), NetworkLocation: all }
    const how = { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    const said = await whole.ask(party, 'POST', '/api/v1/network-locations', {
      ...how,
      sender: { party },
    })
    return { status: said.status, text: said.text }
  }
  try {
    const [a, b, c] = [fresh(), fresh(), fresh()]
    const early = await tell('north', 'incremental', [location(a)])
    assert.is(early.status, 409, early.text)
    assert.match(early.text, 'NET-INIT')
    assert.is((await tell('north', 'initial', [location(a)])).status, 201)
    assert.is((await tell('north', 'incremental', [location(b)])).status, 201)
    assert.match((await tell('south', 'incremental', [location(c)])).text, 'NET-INIT')
    assert.is((await tell('south', undefined, [location(c)])).status, 201, 'one by hand is neither')
    const put = async (party: string, point: string, body: Json) => {
      const how = { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
      const path = `/api/v1/network-locations/${point}`
      return whole.ask(party, 'PUT', path, { ...how, sender: { party } })
    }
    const one = fresh()
    const alone = await put('south', one, location(one))
    assert.match(alone.text, 'NET-INIT', 'one by itself is not all of them')
    assert.is((await put('north', one, location(one))).status, 201)
    assert.is((await put('north', one, location(one))).status, 200)
    const all = { transferKind: 'initial', NetworkLocation: [location(c)] }
    assert.is((await put('south', c, all)).status, 200)
    // Also when what was told then is gone, and after a restart.
    for (const it of [a, b]) await whole.ok('north', 'DELETE', `/api/v1/network-locations/${it}`)
    await whole.restart()
    assert.is((await tell('north', 'incremental', [location(a)])).status, 201)
  } finally {
    await whole.close()
  }
})

test('MD-01/AC1: a policy takes what has changed also before all has been told', async () => {
  const whole = await openWhole({ ...LOCAL, policies: ['incrementalFirst'] })
  try {
    const body = { transferKind: 'incremental', NetworkLocation: [location(fresh())] }
    await whole.ok('derms', 'POST', '/api/v1/network-locations', body)
  } finally {
    await whole.close()
  }
})

test('MD-01/AC1: what is told of a usage point that is not known is listed, and the rest is taken', async () => {
  const [known, unknown] = [fresh(), fresh()]
  await ways.ok({ verb: 'create', noun: 'UsagePointConfig', object: { mRID: known } })
  const { status, json } = await ways.json('POST', 'network-locations', {
    transferKind: 'initial',
    NetworkLocation: [location(unknown), location(known)],
  })
  assert.is(status, 200, JSON.stringify(json))
  const reply = member(json, 'reply')
  assert.is(member(reply, 'Result'), 'PARTIAL')
  assert.equal(
    refusalsIn({ reply: reply ?? null }).map(({ code, rule }) => `${rule} ${code}`.trim()),
    ['0.2', 'REF-UNKNOWN 2.12'],
  )
  assert.is((await ways.stored(NOUN, known)).object['mRID'], known)
  const said = await ways.refused({ verb: 'create', noun: NOUN, object: location(unknown) })
  assert.is(said.code, '2.12')
})

test('G-AC32: a record is taken whole: nothing of the old place is left in the new one', async () => {
  const point = fresh()
  await ways.ok({ verb: 'create', noun: 'UsagePointConfig', object: { mRID: point } })
  const old = location(point, {
    transformer: { mRID: fresh(), Names: [{ name: 'T-OLD', NameType: { name: 'old' } }] },
    Names: [{ name: 'gone', NameType: { name: 'note' } }],
  })
  assert.is((await ways.json('PUT', `network-locations/${point}`, old)).status, 201)
  const next = location(point, { transformer: named('T-2', 'transformer') })
  assert.is((await ways.json('PUT', `network-locations/${point}`, next)).status, 200)
  const { object } = await ways.stored(NOUN, point)
  const { [BESIDE]: beside, ...stored } = object
  assert.equal([stored, beside], [{ mRID: point, ...next }, { transferKind: 'incremental' }])
  const { feeder: _feeder, ...half } = next
  const { status, json } = await ways.json('PUT', `network-locations/${point}`, half)
  assert.is(status >= 400, true, JSON.stringify(json))
  assert.equal((await ways.stored(NOUN, point)).object, object, 'half a record changes nothing')
  const blank = { verb: 'change', noun: NOUN, object: { ...object, feeder: {} } }
  assert.is((await ways.refused(blank)).rule, 'ID-1')
})

test('MD-01: a location is known by its usage point, is there once, and what comes late changes nothing', async () => {
  const point = fresh()
  await ways.ok({ verb: 'create', noun: 'UsagePointConfig', object: { mRID: point } })
  const tell = (more: JsonObject, verb = 'changed') =>
    ways.sent({ verb, noun: NOUN, object: location(point, more) })
  await tell({ effective: '2026-07-02T00:00:00-05:00' }, 'created')
  const events = async () =>
    (await ways.gateway.events()).filter(({ noun, subject }) => noun === NOUN && subject === point)
      .length
  assert.is(await events(), 1)
  await tell({ effective: '2026-07-02T00:00:00-05:00' })
  assert.is(await events(), 1, 'the same again is no news')
  const late = await tell({ effective: '2026-07-02T04:00:00Z', feeder: named('F-9', 'feeder') })
  assert.is(refusalsIn(late)[0]?.rule, 'NET-ORDER')
  await tell({ effective: '2026-07-03T00:00:00Z', feeder: named('F-9', 'feeder') })
  assert.equal((await ways.stored(NOUN, point)).object['feeder'], named('F-9', 'feeder'))
  const object = { mRID: fresh(), ...location(point) }
  const twice = await ways.refused({ verb: 'create', noun: NOUN, object })
  assert.equal([twice.rule, twice.ids.includes(point)], ['NET-DUP', true])
})

const FORECASTS = 'LoadReductionForecasts'
const PROGRAM = { Names: [{ name: 'LF-PROGRAM', NameType: { name: 'programCode' } }] }
const STAGE = { start: '2026-07-15T21:00:00Z', end: '2026-07-15T23:00:00Z' }
const forecast = (point: string, predictionCreationDate?: string, more: JsonObject = {}) => ({
  mRID: fresh(),
  date: '2026-07-15',
  ...(predictionCreationDate === undefined ? {} : { predictionCreationDate }),
  DemandResponseProgram: PROGRAM,
  intervals: [{ interval: STAGE, reduction: { multiplier: 'k', unit: 'W', value: 1.25 } }],
  UsagePoint: { mRID: point },
  ...more,
})

/** The forecast that an event would find. */
async function found(interval: JsonObject = STAGE): Promise<Placed | undefined> {
  const all = forecastReferences(PROGRAM, interval, () => undefined)
  const keys = all.map(({ claim }) => `claim ${claim?.rule} 0 ${claim?.key}`)
  const stored = await Promise.all(
    keys.map(async (key) => (await ways.gateway.store.objects(FORECASTS, [], [key]))[0]),
  )
  const find: Around['find'] = ({ claim }) => {
    const it = stored[all.findIndex((one) => one.claim?.key === claim?.key)]
    return it && { state: it.state, object: JSON.parse(it.body) as JsonObject }
  }
  return forecastOf(PROGRAM, interval, find)
}

test('LF-01/AC1: the forecast that was made later holds, in whatever order they come', async () => {
  const [one, two] = [fresh(), fresh()]
  for (const point of [one, two])
    await ways.ok({ verb: 'create', noun: 'UsagePointConfig', object: { mRID: point } })
  const tell = (object: JsonObject) => ways.sent({ verb: 'created', noun: FORECASTS, object })
  assert.is(await found(), undefined)
  const second = forecast(one, '2026-07-14T08:00:00-05:00')
  assert.equal(refusalsIn(await tell(second)), [])
  // Nine in London is before eight in Chicago, although it reads as more.
  const first = await tell(forecast(one, '2026-07-14T09:00:00Z'))
  assert.is(refusalsIn(first)[0]?.rule, 'LRF-ORDER')
  assert.equal((await found())?.object, second)
  const third = forecast(one, '2026-07-14T14:00:00Z')
  assert.equal(refusalsIn(await tell(third)), [])
  assert.equal((await found())?.object, third)
  // That of another point is one of its own; an event finds whichever is the newest.
  assert.equal(refusalsIn(await tell(forecast(two, '2026-07-14T10:00:00Z'))), [])
  assert.equal((await found())?.object, third)
  const older = await ways.sent({
    ...{ verb: 'changed', noun: FORECASTS },
    object: { mRID: third.mRID, predictionCreationDate: '2026-07-01T00:00:00Z' },
  })
  assert.is(refusalsIn(older)[0]?.rule, 'LRF-ORDER')
  const unknown = await tell(forecast(fresh()))
  assert.is(refusalsIn(unknown)[0]?.code, '2.12')
  const interval = { start: STAGE.end, end: STAGE.start }
  const reduction = { multiplier: 'none', unit: 'W', value: 1 }
  const backward = await tell(forecast(one, undefined, { intervals: [{ interval, reduction }] }))
  assert.is(refusalsIn(backward)[0]?.rule, 'LRF-INTERVAL')
})

test('LF-01: what is foreseen for a day is within that day, wherever on earth it is', async () => {
  const point = fresh()
  await ways.ok({ verb: 'create', noun: 'UsagePointConfig', object: { mRID: point } })
  const reduction = { multiplier: 'none', unit: 'W', value: 1 }
  const rulesFor = async (start: string, end: string) => {
    const own = { DemandResponseProgram: named(fresh(), 'programCode'), date: '2026-12-01' }
    const object = forecast(point, undefined, {
      ...own,
      intervals: [{ interval: { start, end }, reduction }],
    })
    return refusalsIn(await ways.sent({ verb: 'created', noun: FORECASTS, object }))[0]?.rule
  }
  assert.is(await rulesFor('2026-12-05T17:00:00Z', '2026-12-05T18:00:00Z'), 'LRF-DATE')
  assert.is(await rulesFor('2026-12-01T23:00:00-12:00', '2026-12-02T01:00:00-12:00'), 'LRF-DATE')
  assert.is(await rulesFor('2026-12-01T00:00:00+14:00', '2026-12-01T01:00:00+14:00'), undefined)
  assert.is(await rulesFor('2026-12-01T23:00:00-12:00', '2026-12-02T00:00:00-12:00'), undefined)
})

test('LF-01/AC1: a forecast says something of the time that it covers, and one from before the planning is flagged', async () => {
  const it = await found()
  assert.ok(it)
  const [inside, outside] = [
    { start: '2026-07-15T22:00:00Z', end: '2026-07-16T02:00:00Z' },
    { start: STAGE.end, end: '2026-07-16T02:00:00Z' },
  ]
  assert.ok(await found(inside))
  assert.is(await found(outside), undefined)
  assert.match(staleForecast(it.object, '2026-07-14T16:00:00Z') ?? '', 'before the planning at')
  assert.is(staleForecast(it.object, '2026-07-14T14:00:00Z'), undefined)
  assert.is(staleForecast({}, '2026-07-14T14:00:00Z'), undefined)
})

test('LF-01/AC1, EV-01: an event is planned on forecasts, and told where one is from before its planning', async () => {
  const event = (start: string, createdDateTime: string) => {
    const end = new Date(Date.parse(start) + 3_600_000).toISOString()
    const stage = { mRID: fresh(), interval: { start, end }, status: { value: 'SCHEDULED' } }
    return {
      ...{ mRID: fresh(), category: 'RELIABILITY', createdDateTime },
      DemandResponseProgram: PROGRAM,
      stages: [stage],
    }
  }
  const create = (object: JsonObject) => ({ verb: 'create', noun: 'ProgramEvents', object })
  const none = await ways.refused(create(event('2026-07-20T21:00:00Z', '2026-07-14T16:00:00Z')))
  assert.equal([none.code, none.rule], ['6.1', 'EVT-PRE'])
  const stale = await ways.ok(create(event(STAGE.start, '2026-07-14T16:00:00Z')))
  assert.match(
    JSON.stringify(stale),
    /"level":"INFORM".*before the planning at 2026-07-14T16:00:00Z/,
  )
  const fine = await ways.ok(create(event('2026-07-15T22:00:00Z', '2026-07-14T12:00:00Z')))
  assert.not.match(JSON.stringify(fine), 'before the planning')
})

test.run()
