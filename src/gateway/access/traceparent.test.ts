// Which traceparent is kept, which is replaced, and what we write ourselves.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { traceIn, traceparentOf } from './traceparent.ts'

const test = suite('access: traceparent')

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const PARENT = '00f067aa0ba902b7'

/** [header, whether its trace is kept] */
const CONTEXTS: readonly (readonly [string | undefined, boolean])[] = [
  [`00-${TRACE}-${PARENT}-01`, true],
  [`00-${TRACE}-${PARENT}-00`, true],
  [` 00-${TRACE}-${PARENT}-01 `, true],
  [`01-${TRACE}-${PARENT}-01`, true],
  [`cc-${TRACE}-${PARENT}-01-what-the-future-will-be-like`, true],
  [undefined, false],
  ['', false],
  [`00-${TRACE}-${PARENT}`, false],
  [`00-${TRACE}-${PARENT}-01-more`, false],
  [`01-${TRACE}-${PARENT}-01more`, false],
  [`ff-${TRACE}-${PARENT}-01`, false],
  [`00-${'0'.repeat(32)}-${PARENT}-01`, false],
  [`00-${TRACE}-${'0'.repeat(16)}-01`, false],
  [`00-${TRACE.toUpperCase()}-${PARENT}-01`, false],
  [`00-${TRACE}-${PARENT}-0g`, false],
  [`00-${TRACE}x-${PARENT}-01`, false],
  [`00-${TRACE}-${PARENT}-01\r\nX: y`, false],
]

let ids = 0
const newId = () => `${String((ids += 1)).padStart(8, '0')}-1111-4111-8111-111111111111`

for (const [header, isKept] of CONTEXTS)
  test(`${JSON.stringify(header)} is ${isKept ? 'kept' : 'replaced'}`, () => {
    const written = traceparentOf(header, newId)
    assert.ok(traceIn(written) !== undefined, written)
    assert.is(written.length, 55)
    assert.is(written.split('-')[1] === TRACE, isKept)
    assert.is.not(written.split('-')[2], PARENT)
  })

test('keeps whether it is sampled and no flag that nobody here knows', () => {
  const flagsOf = (flags: string) =>
    traceparentOf(`00-${TRACE}-${PARENT}-${flags}`, newId).slice(-2)
  assert.equal(['00', '01', 'ff', '02'].map(flagsOf), ['00', '01', '01', '00'])
})

test.run()
