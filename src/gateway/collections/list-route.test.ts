// Reservations over the JSON interface: as CSV, in a form, in JSON; what is wrong with them is said before anything is kept.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Asked } from '../gateway.fixture.ts'
import { openWhole } from '../whole.fixture.ts'
import { EVENT, STAGE, csvOf, usual } from './list.fixture.ts'

const test = suite('collections: routes')

const PATH = `/api/v1/program-events/${EVENT}/reservations`
const OTHER = 'e0000000-0000-4000-8000-00000000e002'
const START = '2026-07-14T17:00:00Z'
const END = '2026-07-14T19:00:00Z'

const whole = await openWhole()
test.after(() => whole.close())

const stage = (mRID: string, name: string): JsonObject => ({
  mRID,
  interval: { end: END, start: START },
  Names: [{ name, NameType: { name: 'externalId' } }],
  status: { value: 'SCHEDULED' },
})

test.before(async () => {
  const event = (mRID: string, ...stages: readonly JsonObject[]) => ({
    mRID,
    category: 'ECONOMIC',
    DemandResponseProgram: { mRID: 'p1' },
    stages,
  })
  await whole.ok('derms', 'POST', '/api/v1/program-events', {
    ProgramEvent: [
      event(EVENT, stage(STAGE, 'S1')),
      event(OTHER, stage(`${OTHER}1`, 'A'), stage(`${OTHER}2`, 'B')),
    ],
  })
})

const CSV = { 'content-type': 'text/csv' }

async function post(how: Asked, path = PATH) {
  const { status, text, headers = {} } = await whole.ask('derms', 'POST', path, how)
  return { status, text, headers, json: JSON.parse(text) as Record<string, unknown> }
}

interface Page {
  readonly total: number
  readonly collections: { readonly total: number; readonly over: number }
  readonly results: readonly { readonly nicId: string; readonly result: string }[]
}

/** What became of the records of a list. */
async function page(location = ''): Promise<Page> {
  await whole.quiet()
  const { status, text } = await whole.ask('derms', 'GET', `${location}/results`)
  assert.is(status, 200, text)
  return JSON.parse(text) as Page
}

/** The object that a record has become. */
async function objectOf({ results }: Page, at = 0): Promise<JsonObject> {
  const { nicId = '' } = results[at] ?? {}
  const { objects } = await whole.store.page('EventParticipations', { limit: 100 })
  const own = objects.find((it) => it.body.includes(JSON.stringify(nicId)))
  return JSON.parse(own?.body ?? '{}') as JsonObject
}

const stageOf = (object: JsonObject) => (object['stage'] as JsonObject | undefined)?.['mRID']

/** So many devices from a number on: no device is reserved twice. */
const from = (first: number, count: number) => csvOf(count, (n) => usual(first + n))

test('RS-01: a CSV alone takes event, stage and times from the path', async () => {
  const { status, headers, text } = await post({ body: from(10, 3), headers: CSV })
  assert.is(status, 202, text)
  assert.match(text, /"code":"0\.3"/)
  const it = await page(headers['Location'])
  assert.equal([it.total, it.collections], [3, { total: 1, over: 1 }])
  const object = await objectOf(it)
  assert.equal(object['reservation'], { end: END, start: START })
  assert.equal(object['ProgramEvent'], { mRID: EVENT })
  assert.is(stageOf(object), STAGE)
})

test('RS-01: a form has a header beside the CSV', async () => {
  const form = new FormData()
  const header = {
    messageId: 'm-1',
    eventType: 'ECONOMIC',
    eventStartDateTime: '2026-07-14T18:00:00Z',
  }
  form.set('header', JSON.stringify(header))
  form.set('records', new Blob([from(20, 2)], { type: 'text/csv' }), 'devices.csv')
  const made = new Response(form)
  const body = await made.text()
  const headers = { 'content-type': made.headers.get('content-type') ?? '' }
  const { status, headers: said, text } = await post({ body, headers })
  assert.is(status, 202, text)
  const object = await objectOf(await page(said['Location']))
  assert.equal(object['reservation'], { end: END, start: '2026-07-14T18:00:00Z' })
  const kept = await whole.store.message('derms', 'm-1')
  assert.match(kept?.request ?? '', /<Name>eventType<\/Name><Value>ECONOMIC</)
  const again = await post({ body, headers })
  assert.equal([again.status, again.text], [202, text], 'a repeat has the same answer')
})

test('RS-01: in JSON header and records stand together', async () => {
  const records = [
    { recordId: 1, nicId: '00135500000012345678', headEndSystem: 'HES' },
    {
      recordId: '2',
      nicId: 'x"y,z',
      headEndSystemId: 'HES',
      reservationEndDateTime: '2026-07-14T18:30:00Z',
    },
  ]
  const { status, headers, text } = await post({ body: JSON.stringify({ stage: 'S1', records }) })
  assert.is(status, 202, text)
  const it = await page(headers['Location'])
  assert.equal(
    it.results.map((one) => one.result),
    ['OK', 'OK'],
  )
  const object = await objectOf(it, 1)
  assert.match(JSON.stringify(object), /"name":"x\\"y,z"/)
  assert.equal(object['reservation'], { end: '2026-07-14T18:30:00Z', start: START })
})

test('RS-01: a list about one of several stages names it', async () => {
  const path = `/api/v1/program-events/${OTHER}/reservations`
  const without = await post({ body: csvOf(1), headers: CSV }, path)
  assert.is(without.status, 400)
  assert.match(without.text, /several stages/)
  const { status, headers, text } = await post(
    { body: from(30, 1), headers: CSV, query: { stage: 'B' } },
    path,
  )
  assert.is(status, 202, text)
  assert.is(stageOf(await objectOf(await page(headers['Location']))), `${OTHER}2`)
})

const WRONG: Readonly<Record<string, readonly [Asked, status: number, says: RegExp]>> = {
  'without a record': [{ body: csvOf(0), headers: CSV }, 400, /no record/],
  'with a column that there is not': [
    { body: `recordId,nicId,headEndSystemId,nic\n${usual(1)}`, headers: CSV },
    400,
    /no column nic/,
  ],
  'with a member that there is not': [
    { body: JSON.stringify({ records: [{ recordId: '1', nicIds: '2', headEndSystemId: '3' }] }) },
    400,
    /Did you mean nicId/,
  ],
  'without records': [{ body: '{"stage":"S1"}' }, 400, /no list records/],
  'that is no JSON': [{ body: '{"stage":' }, 400, /no JSON/],
  'with a stage that there is not': [
    { body: csvOf(1), headers: CSV, query: { stage: 'S9' } },
    400,
    /no stage S9/,
  ],
  'with a time that is none': [
    { body: JSON.stringify({ eventStartDateTime: 'now', records: [{ recordId: '1' }] }) },
    400,
    /now is no xs:dateTime/,
  ],
}

for (const [what, [how, status, says]] of Object.entries(WRONG))
  test(`RS-01: a list ${what} is refused with ${status}`, async () => {
    const answer = await post(how)
    assert.is(answer.status, status, answer.text)
    assert.match(answer.text, says)
  })

test('RS-01: a list for an event that nobody knows is refused, unless its stage is named for those who may', async () => {
  const path = '/api/v1/program-events/e0000000-0000-4000-8000-00000000e009/reservations'
  assert.is((await post({ body: csvOf(1), headers: CSV }, path)).status, 404)
  assert.is((await post({ body: csvOf(1), headers: CSV, query: { stage: 'S' } }, path)).status, 202)
})

test('only lists have results', async () => {
  const { headers } = await whole.ask('derms', 'GET', PATH.replace('/reservations', ''))
  assert.ok(headers)
  const { legs } = await whole.store.legs({ direction: 'in', limit: 1_000 })
  const other = legs.find((it) => it.noun === 'ProgramEvents')
  const { status, text } = await whole.ask('derms', 'GET', `/api/v1/messages/${other?.id}/results`)
  assert.is(status, 404)
  assert.match(text, /no list/)
})

test.run()
