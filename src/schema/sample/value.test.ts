import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { BUILTINS } from '../builtins.ts'
import { faultOf } from '../lexical.ts'
import type { Facets, SimpleType } from '../model.ts'
import { randomOf } from '../random.ts'
import { sampleText } from './value.ts'

const value = suite('sample-value')

function type(base: string, facets: Facets = {}): SimpleType {
  const found = BUILTINS.get(base)
  if (found === undefined) throw new Error(base)
  return { ...found, facets: { ...found.facets, ...facets } }
}

function tidy(base: string, name: string, facets: Facets = {}): string {
  return sampleText(type(base, facets), name, randomOf(0), true)
}

/** what the first 200 seeds give */
function odd(of: SimpleType): ReadonlySet<string> {
  const seeds = Array.from({ length: 200 }, (_, at) => at + 1)
  return new Set(seeds.map((it) => sampleText(of, 'Object/value', randomOf(it), false)))
}

value('is believable by the name of the element', () => {
  assert.match(tidy('string', 'Asset/mRID'), /^[0-9a-f-]{36}$/)
  assert.match(tidy('string', 'Names/name'), /^[1-9][0-9]{19}$/)
  assert.is(tidy('string', 'NameTypeAuthority/name'), 'Example Utility')
  assert.is(tidy('dateTime', 'interval/start'), '2026-07-14T16:00:00Z')
  assert.is(tidy('dateTime', 'interval/end'), '2026-07-14T20:00:00Z')
  assert.is(tidy('string', 'Value/multiplier', { enumeration: ['M', 'k', 'none'] }), 'k')
})

value('gives no two objects of a document the same xs:ID', () => {
  const random = randomOf(0)
  const [one, other] = [true, true].map((it) => sampleText(type('ID'), 'Object/id', random, it))
  assert.is.not(one, other)
  assert.is(sampleText(type('ID', { enumeration: ['a'] }), 'Object/id', random, true), 'a')
})

value('names objects by what they are', () => {
  const named = (owner: string) => [
    tidy('string', `Root/${owner}/Names/NameType/name`),
    tidy('string', `Root/${owner}/Names/name`),
  ]
  assert.equal(named('UsagePoints'), ['servicePointNumber', 'SP-0047110'])
  assert.equal(named('Customer'), ['customerNumber', 'C-1002003'])
  assert.is(named('EndDevices')[0], 'badgeNumber')
  assert.match(named('EndDevices')[1] ?? '', /^[1-9][0-9]{19}$/)
})

const UNITS = { enumeration: ['A', 'V', 'VA', 'VAr', 'W', 'Wh', 'degC', 'Hz'] }
const SCALES = { enumeration: ['M', 'k', 'none'] }

value('has the unit and the multiplier that fit what is measured', () => {
  const measured = (name: string) =>
    ['unit', 'multiplier', 'value'].map((it) =>
      tidy(
        it === 'value' ? 'decimal' : 'string',
        `Root/${name}/${it}`,
        it === 'unit' ? UNITS : it === 'value' ? {} : SCALES,
      ),
    )
  assert.equal(measured('maxActivePower'), ['W', 'k', '5.0'])
  assert.equal(measured('minActivePower'), ['W', 'k', '0'])
  assert.equal(measured('maxReactivePower'), ['VAr', 'k', '2.2'])
  assert.equal(measured('ratedVoltage'), ['V', 'none', '240'])
  assert.equal(measured('deliveredEnergy'), ['Wh', 'k', '13.5'])
  assert.equal(measured('coolingSetpoint'), ['degC', 'none', '24'])
})

value('tells times in the order in which things happen, as precisely as the type does', () => {
  const order = [
    'createdDateTime',
    'lastModifiedDateTime',
    'interval/start',
    'timePeriod/end',
    'interval/end',
  ]
  const times = order.map((it) => tidy('dateTime', `Object/${it}`))
  assert.equal([...times].sort(), times)
  assert.is(tidy('date', 'Object/createdDate'), '2026-07-13')
  assert.is(tidy('time', 'dispatchWindows/startTime'), '16:00:00')
  assert.is(tidy('time', 'interval/start'), '16:00:00Z')
  assert.is(tidy('gMonthDay', 'seasons/startDate'), '--06-01')
  assert.is(tidy('gMonthDay', 'year/start'), '--07-14')
})

value('never takes a word of a list that says nothing while there are others', () => {
  assert.is(tidy('string', 'Asset/kind', { enumeration: ['none', 'other', 'real'] }), 'real')
  assert.is(tidy('string', 'Asset/kind', { enumeration: ['other'] }), 'other')
  assert.is(tidy('boolean', 'Asset/isVirtual'), 'false')
})

value('is the first of a list, or what else the type has', () => {
  assert.is(tidy('string', 'Asset/kind', { enumeration: ['first', 'second'] }), 'first')
  assert.is(tidy('boolean', 'Asset/kind'), 'true')
  assert.is(tidy('decimal', 'Asset/part', { maxInclusive: '1' }), '1')
  assert.is(tidy('string', 'Asset/code', { patterns: [['AB']] }), 'AB')
  assert.is(tidy('string', 'Asset/code', { length: 3 }), 'xxx')
})

value('fits its type, whatever the seed', () => {
  const types = [
    type('string', { patterns: [['\\d{2}-\\d{2}'], ['12.*', '\\p{Lu}+']] }),
    ...[...BUILTINS.values()].filter((it) => it.builtin !== 'NOTATION'),
    type('decimal', { minInclusive: '-0.5', maxExclusive: '0.5', fractionDigits: 2 }),
    type('integer', { minExclusive: '99', maxInclusive: '101' }),
    type('string', { minLength: 4, maxLength: 6 }),
    type('token', { patterns: [['[A-Z]{3}-[0-9]+']] }),
  ]
  for (const it of types)
    for (const text of odd(it))
      assert.is(faultOf(it, text), undefined, `${it.builtin}: ${JSON.stringify(text)}`)
})

value('tries what programs stumble over', () => {
  const texts = odd(type('string'))
  for (const it of ['', ' ', ']]>', '007', '98765432109876543210']) assert.ok(texts.has(it), it)
  const numbers = odd(type('decimal'))
  for (const it of ['+5', '007', '0.10', '-0']) assert.ok(numbers.has(it), it)
  assert.ok(odd(type('double')).has('INF'))
  assert.equal([...odd(type('boolean'))].sort(), [' true ', '0', '1', 'false', 'true'])
  assert.ok(odd(type('dateTime')).has('2026-07-14T24:00:00Z'))
})

value('goes to the bounds', () => {
  const numbers = odd(type('integer', { minInclusive: '-3', maxExclusive: '1000' }))
  for (const it of ['-3', '999']) assert.ok(numbers.has(it), it)
})

value('goes to the bound of a date, and to no number beside it', () => {
  const dates = odd(type('date', { minInclusive: '2031-05-06' }))
  assert.ok(dates.has('2031-05-06'))
  for (const it of dates) assert.match(it, /^\s*-?\d+-\d\d-\d\d/)
})

value('is empty where no text fits', () => {
  const never = type('string', { patterns: [['A'], ['B']] })
  assert.is(sampleText(never, 'Asset/code', randomOf(0), true), '')
  assert.equal([...odd(never)], [''])
  const union = { ...type('anySimpleType'), variety: 'union', members: [never] } as const
  assert.is(sampleText(union, 'Asset/code', randomOf(0), true), '')
})

value('tries the members of a union in their order where it is tidy', () => {
  const members = [type('boolean'), type('integer')]
  const union = { ...type('anySimpleType'), variety: 'union', members } as const
  assert.is(sampleText(union, 'Asset/code', randomOf(0), true), 'true')
})

value('takes a list as a whole from those that are listed', () => {
  const list = {
    ...type('string', { enumeration: ['a b', 'c'] }),
    variety: 'list',
    whiteSpace: 'collapse',
    item: type('string'),
  } as const
  assert.is(sampleText(list, 'Asset/codes', randomOf(0), true), 'a b')
  assert.equal([...odd(list)].sort(), ['a b', 'c'])
})

value('makes lists and unions of what their items and members admit', () => {
  const list = { ...type('string'), variety: 'list', whiteSpace: 'collapse' } as const
  const item = type('string')
  for (const it of odd({ ...list, item, facets: { length: 3 } })) assert.is(it.split(' ').length, 3)
  const union = { ...type('anySimpleType'), variety: 'union' } as const
  const members = [type('integer'), type('string', { enumeration: ['unbounded'] })]
  assert.ok(odd({ ...union, members }).has('unbounded'))
})

value.run()
