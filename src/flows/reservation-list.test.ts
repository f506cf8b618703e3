import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Cells, Common, ListEnd } from './long-list.ts'
import { RESERVATIONS } from './reservation-list.ts'

const test = suite('reservation-list')

const [START, END] = ['2026-07-14T17:00:00Z', '2026-07-14T18:00:00Z']
const CELLS: Cells = { recordId: '1', nicId: '1.8', headEndSystemId: 'HES-NORTH' }
const REFERENCES = { ProgramEvent: { mRID: 'e-1' }, stage: { mRID: 's-1' } }
const COMMON: Common = { references: REFERENCES, start: START, end: END }

const nic = (name: Json, headEnd: Json): JsonObject => ({
  name,
  NameType: { name: 'nicId', NameTypeAuthority: { name: headEnd } },
})
const device = (...Names: JsonObject[]): JsonObject => ({ EndDevice: { Names } })

const RESERVED = { recordId: '1', ...device(nic('1.8', 'HES-NORTH')), ...REFERENCES }
const during = (start: string, end: string) => ({ reservation: { end, start } })
const NONE = { references: REFERENCES }
const EARLIER = '2026-07-14T16:00:00'

const OBJECTS: Readonly<
  Record<string, readonly [cells: Cells, common: Common, object: JsonObject]>
> = {
  'has the times of the event': [CELLS, COMMON, { ...RESERVED, ...during(START, END) }],
  'has the times of the event where its own are empty': [
    { ...CELLS, reservationStartDateTime: '', reservationEndDateTime: '' },
    COMMON,
    { ...RESERVED, ...during(START, END) },
  ],
  'has its own times before those of the event': [
    { ...CELLS, reservationStartDateTime: EARLIER, reservationEndDateTime: START },
    COMMON,
    { ...RESERVED, ...during(EARLIER, START) },
  ],
  'has its own start, and the end of the event': [
    { ...CELLS, reservationStartDateTime: EARLIER },
    COMMON,
    { ...RESERVED, ...during(EARLIER, END) },
  ],
  'has no times where nobody says any': [CELLS, NONE, RESERVED],
  'has no times where only one is said': [CELLS, { ...NONE, start: START }, RESERVED],
  'has no times where only the end is said': [CELLS, { ...NONE, end: END }, RESERVED],
  'names nothing where its row says nothing': [
    {},
    { references: {} },
    { recordId: '', ...device(nic('', '')) },
  ],
}

for (const [what, [cells, common, object]] of Object.entries(OBJECTS))
  test(`a reservation ${what}`, () => assert.equal(RESERVATIONS.object(cells, common), { object }))

const WRONG: Readonly<Record<string, readonly [times: Cells, reason: RegExp]>> = {
  'a start that is no time': [{ reservationStartDateTime: 'tomorrow' }, /^tomorrow is no xs:/],
  'an end that is no time': [{ reservationEndDateTime: '2026-07-14' }, /^2026-07-14 is no xs:/],
  'an end before its start': [
    { reservationEndDateTime: EARLIER },
    /ends at .*16:00:00, and begins/,
  ],
  'an end at its start': [{ reservationEndDateTime: START }, /ends at .*17:00:00Z, and begins/],
}

for (const [what, [times, reason]] of Object.entries(WRONG))
  test(`a reservation with ${what} is wrong by itself, and says how to mend it`, () => {
    const it = RESERVATIONS.object({ ...CELLS, ...times }, COMMON)
    if ('object' in it) return assert.unreachable(JSON.stringify(it.object))
    assert.is(it.rule, 'LIST-TIME')
    assert.match(it.reason, reason)
    assert.match(it.mend, /^Write .*empty/)
  })

const OTHER = { name: 'meter 7', NameType: { name: 'serialNumber' } }
const unknown = { recordId: '', nicId: '', headEndSystemId: '' }
const SHOWN: readonly (readonly [what: string, object: JsonObject, cells: Cells])[] = [
  ['by record, NIC id and head-end system', RESERVED, CELLS],
  [
    'by its NIC id among other names',
    device(OTHER, nic('1.8', 'H')),
    { ...unknown, nicId: '1.8', headEndSystemId: 'H' },
  ],
  ['by nothing, where it has only other names', device(OTHER, { name: '1.8' }), unknown],
  ['by nothing, where it names no device', {}, unknown],
  ['by no more than it says as text', { recordId: 7, ...device(nic(8, true)) }, unknown],
]

for (const [what, object, cells] of SHOWN)
  test(`a record is shown ${what}`, () => assert.equal(RESERVATIONS.shown(object), cells))

test('a device has the same key in a row and in an object, by whatever else it is known', () => {
  const { key, ofCells } = RESERVATIONS.once
  assert.is(ofCells(CELLS), '["HES-NORTH","1.8"]')
  assert.is(key(RESERVED), ofCells(CELLS))
  assert.is(key({ EndDevice: { mRID: 'd-1', Names: [nic('1.8', 'HES-NORTH')] } }), ofCells(CELLS))
  assert.is(ofCells({}), '["",""]')
})

test('a device without a NIC id is known by its mRID, or by another name, or cannot be told', () => {
  const { key } = RESERVATIONS.once
  assert.is(key({ EndDevice: { mRID: 'd-1', Names: [OTHER] } }), 'd-1')
  assert.is(key(device(OTHER)), 'meter 7')
  assert.is(key({}), undefined)
})

test('nothing is sent after the event has begun', () => {
  assert.is(RESERVATIONS.latest(COMMON), START)
  assert.is(RESERVATIONS.latest(NONE), undefined)
})

const failure = (index: number, more: object = {}): ListEnd['items'][number] => ({
  ...{ index, shown: { ...CELLS, recordId: String(index + 1) }, code: '6.1' },
  ...more,
})
const ENDED: ListEnd = {
  ...{ mRID: 'r-1', at: END, since: START, leg: 'leg-1', common: COMMON },
  ...{ count: 3, failed: 0, items: [] },
}

test('the report about a list that has gone well says so, and nothing of failures', () => {
  assert.equal(RESERVATIONS.report.object(ENDED), {
    mRID: 'r-1',
    createdDateTime: END,
    failedCount: 0,
    kind: 'deviceReservation',
    skippedCount: 0,
    subject: 'Device reservation: 3 of 3 devices',
    succeededCount: 3,
    text: '3 of 3 devices have been reserved, 0 have not.',
    totalCount: 3,
    about: { mRID: 'e-1', objectType: 'ProgramEvent' },
    interval: { end: END, start: START },
    status: { dateTime: END, value: 'succeeded' },
  })
})

test('a list that has failed in part or as a whole raises an alarm', () => {
  for (const [failed, value] of [
    [1, 'partial'],
    [3, 'failed'],
  ] as const) {
    const items = Array.from({ length: failed }, (_, at) => failure(at))
    const report = RESERVATIONS.report.object({ ...ENDED, failed, items })
    assert.equal(report['status'], { dateTime: END, value })
    assert.is(report['severity'], 'alarm')
    assert.is((report['items'] as readonly Json[]).length, failed)
  }
})

test('the report names the first failures, and where the others are found', () => {
  const { text } = RESERVATIONS.report.object({
    ...{ ...ENDED, failed: 3 },
    items: [failure(0, { reason: 'It is away.' }), failure(1)],
  })
  assert.equal(String(text).split('\n'), [
    '0 of 3 devices have been reserved, 3 have not.',
    'Record 1, device 1.8 of HES-NORTH: 6.1 It is away.',
    'Record 2, device 1.8 of HES-NORTH: 6.1',
    'The other 1 are found at /api/v1/messages/leg-1/results.',
  ])
})

test('an item of the report says its rule, its details and its reason as far as there are any', () => {
  const said = (more: object) =>
    (
      RESERVATIONS.report.object({ ...ENDED, failed: 1, items: [failure(4, more)] })[
        'items'
      ] as readonly JsonObject[]
    )[0]
  const bare = {
    code: '6.1',
    index: 4,
    outcome: 'FAILED',
    sourceValue: 'Record 5, device 1.8 of HES-NORTH',
  }
  assert.equal(said({}), bare)
  assert.equal(said({ details: '' }), bare)
  assert.equal(said({ rule: 'RSV-UNAV' }), { ...bare, details: 'rule=RSV-UNAV' })
  assert.equal(said({ details: 'away' }), { ...bare, details: 'away' })
  assert.equal(said({ rule: 'RSV-UNAV', details: 'away', reason: 'It is away.' }), {
    ...bare,
    details: 'rule=RSV-UNAV; away',
    reason: 'It is away.',
  })
  const nobody = { ...bare, sourceValue: 'Record , device  of ' }
  assert.equal(said({ shown: {} }), nobody)
})

test('a report about an event that nobody has named is about none', () => {
  const report = RESERVATIONS.report.object({ ...ENDED, common: { references: {} } })
  assert.not.ok('about' in report)
})

const FIRST: JsonObject = { mRID: 's-1', interval: { start: START, end: END } }
const SECOND: JsonObject = { Names: [{ name: 'S-2' }] }
const event = (...stages: JsonObject[]): JsonObject => ({ mRID: 'e-1', stages })
const about = (stage: JsonObject, times: object = {}) => ({
  common: { references: { ProgramEvent: { mRID: 'e-1' }, stage }, ...times },
})
const STAGES: Readonly<
  Record<string, readonly [event: JsonObject, named: string | undefined, due: object]>
> = {
  'the only one there is': [
    event(FIRST),
    undefined,
    about({ mRID: 's-1' }, { start: START, end: END }),
  ],
  'the one named by its mRID': [
    event(SECOND, FIRST),
    's-1',
    about({ mRID: 's-1' }, { start: START, end: END }),
  ],
  'the one named by a name, which says no times': [
    event(FIRST, SECOND),
    'S-2',
    about({ Names: [{ name: 'S-2' }] }),
  ],
  'one of which only the start is known': [
    event({ ...FIRST, interval: { start: START } }),
    undefined,
    about({ mRID: 's-1' }, { start: START }),
  ],
  'none of several, when it names none': [
    event(FIRST, SECOND),
    undefined,
    {
      wrong: 'The event has several stages, and the list is about one of them.',
      mend: 'Name one of s-1, S-2 as stage.',
    },
  ],
  'none, when it names another': [
    event(FIRST, {}),
    's-9',
    { wrong: 'The event has no stage s-9.', mend: 'Name one of s-1 as stage.' },
  ],
}

for (const [what, [object, named, due]] of Object.entries(STAGES))
  test(`a list below an event is about ${what}`, () =>
    assert.equal(RESERVATIONS.part(object, named), due))

test.run()
