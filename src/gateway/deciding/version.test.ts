import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { GROUP } from '../../flows/der-group.ts'
import { recordFlow } from '../../flows/record.ts'
import type { Flow } from '../../flows/flow.ts'
import { member, numberOf, numberText, readJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { raised } from './version.ts'

const test = suite('version')

const NOW = '2026-07-14T08:00:00Z'
const FLOW: Flow = { ...GROUP, id: '', noun: '', verbs: [], pattern: 'RR', about: '', source: '' }

const minorAfter = (minor: Json, message: JsonObject = {}) => {
  const before = { version: { minor } }
  return member(member(raised(FLOW, before, message, before, NOW), 'version'), 'minor')
}

test('begins with 1.1 for an object that has none: what was created counts as 1.0', () => {
  assert.equal(raised(FLOW, {}, {}, {}, NOW), { version: { date: NOW, major: 1, minor: 1 } })
})

test('counts exactly, however long the number is', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 40n }), (minor) => {
      const after = minorAfter(numberOf(String(minor)))
      assert.is(numberText(after), String(minor + 1n))
    }),
  )
})

test('counts what XML writes and JSON does not: a plus sign, leading zeros', () => {
  assert.is(minorAfter('+007'), 8)
})

test('leaves alone what the message sets itself, and what counts nothing', () => {
  const after = { version: { minor: 9 } }
  assert.is(raised(FLOW, {}, after, after, NOW), after)
  assert.is(raised(recordFlow('X', 'X'), {}, {}, after, NOW), after)
})

test('keeps the other members of the version', () => {
  const before = { version: { major: 3, revision: 5 } }
  const read = readJson('{"major":3,"revision":5,"minor":1}')
  const version = member(raised(FLOW, before, {}, before, NOW), 'version') as JsonObject
  const { date, ...rest } = version
  assert.is(date, NOW)
  assert.equal(rest, 'value' in read ? read.value : null)
})

test.run()
