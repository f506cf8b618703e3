// Dates and times of vendors, through rows: what becomes of each, what is said of it, and what is refused with how to mend it.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Row } from './row.ts'
import { mapping } from './translate.ts'

const test = suite('dialects: times')

const ROWS: readonly Row[] = [
  { kind: 'value', vendor: 'zone', cim: 'timeZone' },
  { kind: 'date', vendor: 'date', cim: 'start', zone: { vendor: ['zone'], cim: ['timeZone'] } },
  { kind: 'stamp', vendor: 'at', cim: 'instant' },
  { kind: 'stamp', vendor: 'when', cim: 'moment', local: true, utc: true },
]

const { toCim, toVendor } = mapping('Thing', ROWS)
const CHICAGO = { timeZone: 'America/Chicago' }

/** [vendor, what is agreed, CIM] */
const IN: readonly (readonly [string, string, string | undefined, string])[] = [
  ['when', '10-15-2022 05:00:00PM', 'America/Chicago', '2022-10-15T17:00:00-05:00'],
  ['when', '10-15-2022 12:00:00AM', 'America/Chicago', '2022-10-15T00:00:00-05:00'],
  ['when', '10-15-2022 12:30:00pm', 'Asia/Kolkata', '2022-10-15T12:30:00+05:30'],
  ['when', '2026-07-14T16:30:00', 'America/Chicago', '2026-07-14T16:30:00-05:00'],
  ['when', '2026-07-14T16:30:00.250+02:00', undefined, '2026-07-14T16:30:00.250+02:00'],
  ['at', '2026-07-14T16:30:00.250Z', undefined, '2026-07-14T16:30:00.250Z'],
]

for (const [name, given, timeZone, due] of IN)
  test(`${name} ${given} becomes ${due}`, () => {
    const { json, problems } = toCim({ [name]: given }, timeZone === undefined ? {} : { timeZone })
    assert.equal(problems, [])
    assert.equal(Object.values((json['Thing'] as any)[0]), [due])
  })

test('of a time that the clocks show twice the first is meant, and that is said', () => {
  const { json, losses } = toCim({ when: '11-01-2026 01:30:00AM' }, CHICAGO)
  assert.equal(json, { Thing: [{ moment: '2026-11-01T01:30:00-05:00' }] })
  assert.match(losses.altered[0]?.why ?? '', /show it twice.*not 2026-11-01T01:30:00-06:00/)
  assert.equal(
    losses.invented.map((it) => it.path),
    ['/Thing/0/moment'],
  )
})

/** [vendor, what is agreed, place, what is said] */
const REFUSED: readonly (readonly [any, string | undefined, string, RegExp])[] = [
  [
    { when: '03-08-2026 02:30:00AM' },
    'America/Chicago',
    '/when',
    /clocks of America\/Chicago skip: they go on at 2026-03-08T03:00:00-05:00/,
  ],
  [
    { when: '10-15-2022 05:00:00PM' },
    undefined,
    '/when',
    /says no zone, and none is declared.*declare timeZone/,
  ],
  [{ at: '10-15-2022 05:00:00PM' }, 'America/Chicago', '/at', /Write a time such as/],
  [{ at: '2026-07-14T16:30:00' }, 'America/Chicago', '/at', /Write a time such as/],
  [{ at: '2026-02-30T16:30:00Z' }, undefined, '/at', /Write a time such as/],
  [{ when: '13-15-2022 05:00:00PM' }, 'America/Chicago', '/when', /Write a time such as/],
  [{ when: '10-15-2022 13:00:00PM' }, 'America/Chicago', '/when', /Write a time such as/],
  [{ when: 7 }, 'America/Chicago', '/when', /Write a time such as/],
  [{ at: 7 }, undefined, '/at', /Write a time such as/],
  [{ date: '2026-07-13' }, undefined, '/date', /zone that nobody names: \/zone is missing/],
  [{ date: '2026-07-13', zone: 'Chicago' }, undefined, '/date', /"Chicago" is no time zone/],
  [{ date: '07/13/2026', zone: 'UTC' }, undefined, '/date', /Write a date such as 2026-07-13/],
  [{ date: '2026-02-30', zone: 'UTC' }, undefined, '/date', /Write a date such as 2026-07-13/],
]

for (const [vendor, timeZone, path, said] of REFUSED)
  test(`${JSON.stringify(vendor)} is refused at ${path}`, () => {
    const { problems } = toCim(vendor, timeZone === undefined ? {} : { timeZone })
    assert.equal(
      problems.map((it) => it.path),
      [path],
    )
    assert.match(`${problems[0]?.message} ${problems[0]?.mend}`, said)
  })

/** [instant, zone, the date there, whether the time of day is lost] */
const DATES: readonly (readonly [string, string, string, boolean])[] = [
  ['2026-07-14T01:30:00Z', 'America/Chicago', '2026-07-13', true],
  ['2026-07-14T04:59:59.999Z', 'America/Chicago', '2026-07-13', true],
  ['2026-07-14T05:00:00Z', 'America/Chicago', '2026-07-14', false],
  ['2026-07-13T20:30:00-05:00', 'America/Chicago', '2026-07-13', true],
  ['2026-07-13T18:30:00Z', 'Asia/Kolkata', '2026-07-14', false],
  ['2018-11-04T03:00:00Z', 'America/Sao_Paulo', '2018-11-04', false],
]

for (const [start, timeZone, due, isLost] of DATES)
  test(`EN-01/AC4: ${start} in ${timeZone} is ${due}, never what is cut off at T`, () => {
    const { json, losses, problems } = toVendor({ Thing: [{ start, timeZone }] })
    assert.equal([problems, json], [[], [{ date: due, zone: timeZone }]])
    assert.is(losses.altered.length, isLost ? 1 : 0)
    if (isLost)
      assert.match(losses.altered[0]?.why ?? '', `the time of day, as it is in ${timeZone}`)
  })

test('the zone that is agreed counts where the object names none', () => {
  assert.equal(toVendor({ Thing: [{ start: '2026-07-14T01:30:00Z' }] }, CHICAGO).json, [
    { date: '2026-07-13' },
  ])
  assert.equal(toCim({ date: '2026-07-13' }, CHICAGO).json, {
    Thing: [{ start: '2026-07-13T00:00:00-05:00' }],
  })
  const { problems } = toVendor({ Thing: [{ start: '2026-07-14T01:30:00Z' }] })
  assert.match(problems[0]?.message ?? '', /\/timeZone is missing/)
})

test('a vendor that wants UTC gets the same instant, with its fraction', () => {
  const moments = [
    ['2026-07-14T16:30:00.250-05:00', '2026-07-14T21:30:00.250Z'],
    ['1969-12-31T23:59:59.5+00:30', '1969-12-31T23:29:59.5Z'],
    ['2026-07-14T21:30:00.10Z', '2026-07-14T21:30:00.10Z'],
  ]
  for (const [moment = '', when = ''] of moments)
    assert.equal(toVendor({ Thing: [{ moment }] }).json, [{ when }])
  for (const it of ['yesterday', 7, '2026-07-14T16:30:00'] as const) {
    assert.is(toVendor({ Thing: [{ moment: it }] }).problems.length, 1)
    assert.is(toVendor({ Thing: [{ start: it, timeZone: 'UTC' }] }).problems.length, 1)
  }
})

test.run()
