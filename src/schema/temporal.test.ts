import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Primitive } from './model.ts'
import { engine, setOf, T, xsd } from './schema.fixture.ts'
import { compareTemporal } from './temporal.ts'

const test = suite('temporal')

/** type, two texts, the sign of their order; ? = neither comes first */
const TABLE: readonly (readonly [Primitive, string, string, '<' | '=' | '>' | '?'])[] = [
  ['dateTime', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '='],
  ['dateTime', '2026-01-01T00:00:00Z', '2026-01-01T01:00:00+01:00', '='],
  ['dateTime', '2026-01-01T00:00:00Z', '2025-12-31T18:30:00-05:30', '='],
  ['dateTime', '2025-12-31T24:00:00Z', '2026-01-01T00:00:00Z', '='],
  ['dateTime', '2026-01-01T00:00:00.10Z', '2026-01-01T00:00:00.1Z', '='],
  ['dateTime', '2026-01-01T00:00:00.09Z', '2026-01-01T00:00:00.1Z', '<'],
  ['dateTime', '2026-01-01T00:00:01', '2026-01-01T00:00:00', '>'],
  ['dateTime', '2026-01-01T12:00:00', '2026-01-01T12:00:00Z', '?'],
  ['dateTime', '2026-01-01T12:00:00', '2026-01-02T03:00:00Z', '<'],
  ['dateTime', '2026-01-03T12:00:00Z', '2026-01-02T03:00:00', '>'],
  ['dateTime', '-0044-03-15T00:00:00Z', '0044-03-15T00:00:00Z', '<'],
  ['date', '2024-02-29', '2024-03-01', '<'],
  ['date', '2026-01-01', '2026-01-01Z', '?'],
  ['date', '2026-01-01', '2026-01-03Z', '<'],
  ['time', '16:30:00Z', '16:30:01Z', '<'],
  ['gYear', '2026', '12026', '<'],
  ['gYearMonth', '2026-12', '2026-02', '>'],
  ['gMonthDay', '--02-29', '--03-01', '<'],
  ['gMonth', '--01', '--12', '<'],
  ['gDay', '---31', '---01', '>'],
  ['duration', 'P1D', 'PT24H', '='],
  ['duration', 'P1Y', 'P12M', '='],
  ['duration', 'P1M', 'P30D', '?'],
  ['duration', 'P1M', 'P27D', '>'],
  ['duration', 'P1M', 'P32D', '<'],
  ['duration', 'P1Y', 'P366D', '?'],
  ['duration', '-P1D', 'PT0S', '<'],
  ['duration', '-P2D', '-P1D', '<'],
  ['duration', '-P1M', '-P32D', '>'],
  ['duration', '-PT0S', 'PT0S', '='],
  ['duration', 'PT1.25S', 'PT1.3S', '<'],
]

const sign = (it: number | undefined) =>
  it === undefined ? '' : Number.isNaN(it) ? '?' : it < 0 ? '<' : it > 0 ? '>' : '='
const OPPOSITE: Readonly<Record<string, string>> = { '<': '>', '>': '<' }

for (const [type, a, b, due] of TABLE)
  test(`${type}: ${a} ${due} ${b}, and the other way round`, () => {
    assert.is(sign(compareTemporal(type, a, b)), due)
    assert.is(sign(compareTemporal(type, b, a)), OPPOSITE[due] ?? due)
  })

test('says nothing of what has no such order, or no such form', () => {
  assert.is(compareTemporal('string', 'a', 'b'), undefined)
  assert.is(compareTemporal('date', 'a', '2026-01-01'), undefined)
  assert.is(compareTemporal('duration', 'P1D', 'a day'), undefined)
})

/** Where the XML engine differs from the recommendation. */
const KNOWN: readonly string[] = [
  // It takes the end of a day for a time before the beginning of the next.
  'dateTime 2025-12-31T24:00:00Z 2026-01-01T00:00:00Z',
]

test('holds a value to a bound exactly when the XML engine does', () => {
  const differences = TABLE.filter(([type, a, b, due]) => {
    const facet = `<xs:restriction base="xs:${type}"><xs:minInclusive value="${b}"/></xs:restriction>`
    const set = setOf({
      '/0/t.xsd': xsd(`<xs:element name="r"><xs:simpleType>${facet}</xs:simpleType></xs:element>`),
    })
    const verdict = engine(set).verdict(`<r xmlns="${T}">${a}</r>`)
    return verdict !== (due === '=' || due === '>' ? 'valid' : 'invalid')
  })
  assert.equal(
    differences.map((it) => it.slice(0, 3).join(' ')),
    KNOWN,
  )
})

test.run()
