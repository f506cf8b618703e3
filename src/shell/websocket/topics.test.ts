// Which events a list of topics lets through.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { topicFilter } from './topics.ts'

const test = suite('websocket: topics')

const UUID = '0D5F6B0E-6F0B-4F0E-8D0A-6F2F3D1B7A01'
const one = { noun: 'Things', subject: 'Pump/7' }
const other = { noun: 'Others', subject: UUID }

const CASES: Readonly<Record<string, readonly [boolean, boolean]>> = {
  '': [true, true],
  ' , ': [true, true],
  '*': [true, true],
  '*/*': [true, true],
  'Things/*': [true, false],
  ' Things/* , Others/*': [true, true],
  'Things/Pump/7': [true, false],
  'Things/pump/7': [false, false],
  [`Others/${UUID}`]: [false, true],
  [`Others/${UUID.toLowerCase()}`]: [false, true],
  'messages/*': [false, false],
  'messages/*,Others/*': [false, true],
  'things/*': [false, false],
  Things: [false, false],
  'Things/': [false, false],
  '__proto__/*': [false, false],
}

for (const [topics, expected] of Object.entries(CASES))
  test(`${JSON.stringify(topics)} lets ${expected.join(' and ')} through`, () => {
    const wanted = topicFilter(topics)
    assert.equal([wanted(one), wanted(other)], expected)
  })

test('no topics are all topics', () => {
  assert.ok(topicFilter(null)(one))
})

test.run()
