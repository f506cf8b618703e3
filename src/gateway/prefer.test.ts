import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { appliedOf, preferenceIn } from './prefer.ts'
import type { Preference } from './prefer.ts'

const test = suite('prefer')

/** [header, what it asks for, what is said to have been heeded] */
const ROWS: readonly (readonly [string | undefined, Preference, string])[] = [
  [undefined, { isAsync: false }, ''],
  ['', { isAsync: false }, ''],
  ['respond-async', { isAsync: true }, 'respond-async'],
  ['Respond-Async, wait=10', { isAsync: true, waitMs: 10_000 }, 'respond-async, wait=10'],
  ['wait="5"', { isAsync: false, waitMs: 5_000 }, 'wait=5'],
  ['wait = 5 ; foo=bar, return=minimal', { isAsync: false, waitMs: 5_000 }, 'wait=5'],
  ['wait=1, wait=2', { isAsync: false, waitMs: 1_000 }, 'wait=1'],
  ['wait=999999', { isAsync: false, waitMs: 300_000 }, 'wait=300'],
  ['wait=-1', { isAsync: false }, ''],
  ['wait=soon', { isAsync: false }, ''],
  ['x-respond-async', { isAsync: false }, ''],
]

test('whoever prefers not to wait is told so, and how long others wait', () => {
  for (const [header, due, applied] of ROWS) {
    assert.equal(preferenceIn(header), due, header)
    assert.is(appliedOf(preferenceIn(header)), applied, header)
  }
})

test.run()
