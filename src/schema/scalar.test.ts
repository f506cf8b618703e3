import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { BUILTINS } from './builtins.ts'
import { numberOf } from './json-text.ts'
import type { Json } from './json-text.ts'
import type { SimpleType } from './model.ts'
import { scalarToJson, scalarToText } from './scalar.ts'

const test = suite('scalar')

const builtin = (name: string) => BUILTINS.get(name) as SimpleType

/** type, XML text, CIM-JSON */
const TABLE: readonly (readonly [string, string, Json])[] = [
  ['string', '1', '1'],
  ['string', '', ''],
  ['boolean', 'true', true],
  ['boolean', 'false', false],
  ['boolean', '1', '1'],
  ['boolean', ' true', ' true'],
  ['integer', '12', 12],
  ['integer', '+5', '+5'],
  ['integer', '007', '007'],
  ['integer', ' 5', ' 5'],
  ['integer', '98765432109876543210', numberOf('98765432109876543210')],
  ['decimal', '0.10', numberOf('0.10')],
  ['decimal', '.5', '.5'],
  ['double', '1e21', numberOf('1e21')],
  ['double', 'INF', 'INF'],
  ['float', '-0', numberOf('-0')],
  ['dateTime', '2026-07-14T16:30:00Z', '2026-07-14T16:30:00Z'],
  ['gYear', '2026', '2026'],
  ['NMTOKENS', '1 2', '1 2'],
]

test('keeps the text, as a literal only where JSON has the same one', () => {
  for (const [type, text, json] of TABLE) {
    assert.equal(scalarToJson(builtin(type), text), json, `${type} ${text}`)
    assert.is(scalarToText(builtin(type), json), text, `${type} ${text}`)
  }
})

test('takes literals where the type has them, and in unions', () => {
  const union: SimpleType = { ...builtin('string'), variety: 'union' }
  assert.is(scalarToText(builtin('int'), 5), '5')
  assert.is(scalarToText(builtin('boolean'), true), 'true')
  assert.is(scalarToText(union, 5), '5')
  assert.is(scalarToText(union, false), 'false')
  assert.is(scalarToText(builtin('anySimpleType'), 1), '1')
})

test('says what to write instead', () => {
  const mend = (type: string, value: Json) => {
    const text = scalarToText(builtin(type), value)
    return typeof text === 'string' ? text : text.mend
  }
  assert.is(mend('string', 5), 'Write it in double quotes: "5".')
  assert.is(mend('string', numberOf('1.50')), 'Write it in double quotes: "1.50".')
  assert.is(mend('int', true), 'Write it in double quotes: "true".')
  assert.is(mend('boolean', 1), 'Write it in double quotes: "1".')
  assert.match(mend('string', null), 'Leave the key out')
  assert.match(mend('string', []), 'one string, number or boolean')
  assert.match(mend('string', {}), 'one string, number or boolean')
})

test.run()
