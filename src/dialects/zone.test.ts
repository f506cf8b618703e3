import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  dateText,
  instantsOf,
  isWallTime,
  isZone,
  startOfDay,
  wallTimeAt,
  writtenIn,
} from './zone.ts'

const test = suite('dialects: zone')

const wall = (text: string) => {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = text
    .split(/\D/)
    .map(Number)
  return { year, month, day, hour, minute, second }
}

/** [wall time, zone, how it lies, when it is, the later one] */
const LYING: readonly (readonly [string, string, string, string, string?])[] = [
  ['2026-07-13T20:30:00', 'America/Chicago', 'once', '2026-07-14T01:30:00Z'],
  ['2026-03-08T02:30:00', 'America/Chicago', 'never', '2026-03-08T08:00:00Z'],
  ['2026-03-08T03:00:00', 'America/Chicago', 'once', '2026-03-08T08:00:00Z'],
  [
    '2026-11-01T01:30:00',
    'America/Chicago',
    'twice',
    '2026-11-01T06:30:00Z',
    '2026-11-01T07:30:00Z',
  ],
  ['2026-11-01T02:00:00', 'America/Chicago', 'once', '2026-11-01T08:00:00Z'],
  ['2026-01-01T00:00:00', 'Asia/Kolkata', 'once', '2025-12-31T18:30:00Z'],
  // Half an hour forward and back.
  ['2026-10-04T02:15:00', 'Australia/Lord_Howe', 'never', '2026-10-03T15:30:00Z'],
  [
    '2026-04-05T01:45:00',
    'Australia/Lord_Howe',
    'twice',
    '2026-04-04T14:45:00Z',
    '2026-04-04T15:15:00Z',
  ],
  // A whole day that the calendar of a place does not have.
  ['2011-12-30T12:00:00', 'Pacific/Apia', 'never', '2011-12-30T10:00:00Z'],
]

for (const [text, zone, kind, at, later] of LYING)
  test(`${text} in ${zone} is there ${kind}`, () => {
    const found = instantsOf(wall(text), zone)
    assert.is(found.kind, kind)
    assert.is(new Date(found.at).toISOString(), at.replace('Z', '.000Z'))
    if (found.kind === 'twice')
      assert.is(new Date(found.later).toISOString(), later?.replace('Z', '.000Z'))
  })

/** [day, zone, its first instant there] */
const DAYS: readonly (readonly [string, string, string])[] = [
  ['2026-07-13', 'America/Chicago', '2026-07-13T00:00:00-05:00'],
  ['2026-07-13', 'UTC', '2026-07-13T00:00:00Z'],
  ['2026-07-13', 'Asia/Kolkata', '2026-07-13T00:00:00+05:30'],
  // Clocks that go on at midnight: the day begins at one o'clock.
  ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T01:00:00-02:00'],
  // Clocks that go back to midnight: the first of the two.
  ['2026-11-01', 'America/Havana', '2026-11-01T00:00:00-04:00'],
]

for (const [day, zone, text] of DAYS)
  test(`${day} begins in ${zone} at ${text}`, () => {
    const at = startOfDay(wall(day), zone)
    assert.is(writtenIn(at, zone), text)
    assert.is(dateText(wallTimeAt(at, zone)), day)
    assert.is.not(dateText(wallTimeAt(at - 1000, zone)), day)
  })

test('a zone is one that is known, and a day one that there is', () => {
  assert.ok(isZone('America/Chicago') && isZone('UTC'))
  assert.not(isZone('America/Chicgo') || isZone('') || isZone('../etc'))
  assert.ok(isWallTime(wall('2028-02-29T23:59:59')))
  for (const it of [
    '2026-02-29T00:00:00',
    '2026-13-01T00:00:00',
    '2026-01-01T24:00:00',
    '2026-04-31T00:00:00',
    '2026-01-00T00:00:00',
  ])
    assert.not(isWallTime(wall(it)), it)
})

test.run()
