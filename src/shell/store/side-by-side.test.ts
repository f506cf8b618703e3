// Which units of a group may be kept side by side.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Unit } from '../../gateway/ports.ts'
import { samplePut, sampleUnit } from './contract/samples.ts'
import { areApart } from './side-by-side.ts'

const test = suite('store: side by side')

const plain = sampleUnit('a')

test('units that make different things are kept side by side', () => {
  assert.ok(areApart([plain, sampleUnit('b'), sampleUnit('c')]))
})

const OTHERS: readonly (readonly [why: string, it: Unit])[] = [
  ['the same message', { ...sampleUnit('b'), ...(plain.message && { message: plain.message }) }],
  ['the same object', sampleUnit('b', [samplePut('a')])],
  ['the same name', sampleUnit('b', [samplePut('b', { names: samplePut('a').names })])],
  ['a change, which may free a name', sampleUnit('b', [samplePut('b', { expect: 1 })])],
  ['a removal', { ...sampleUnit('b'), removals: [{ noun: 'Things', id: 'b', expect: 1 }] }],
  ['a place in the outbox', { ...sampleUnit('b'), slots: [slot('b')] }],
  ['a line of the audit log', { ...sampleUnit('b'), audit: [line('b')] }],
]

function slot(leg: string) {
  return { leg, lane: leg, priority: 0, dueAt: '2026-07-14T08:00:00.000Z' }
}

function line(subject: string) {
  return { at: '2026-07-14T08:00:00.000Z', who: 'a', what: 'b', subject, details: '' }
}

for (const [why, it] of OTHERS)
  test(`and one by one where there is ${why}`, () => assert.not(areApart([plain, it])))

test('one alone has nobody beside it', () => {
  assert.not(areApart([plain]))
})

test.run()
