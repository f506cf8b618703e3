import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { clauseOf, XSD_RULES } from './xsd-rules.ts'

const test = suite('xsd-rules')

test('every rule has its clause in the recommendation and a meaning', () => {
  for (const [id, { clause, text }] of Object.entries(XSD_RULES)) {
    assert.match(id, /^cvc-[a-zA-Z-]+(\.\d+)*(\.[a-d])?$/)
    assert.match(clause, /^XML Schema 1\.0 Part [12] §\d/)
    assert.ok(text.length > 0)
    assert.is(clauseOf(id), clause)
  }
})

test('other ids have no clause', () => {
  for (const id of ['', 'ENV-01', 'constructor', '__proto__']) assert.is(clauseOf(id), '')
})

test.run()
