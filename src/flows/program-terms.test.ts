// What a programme allows, and by what it is found.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../schema/json-text.ts'
import type { Json } from '../schema/json-text.ts'
import { nameOf } from './acceptance/events.fixture.ts'
import type { Placed, Reference } from './flow.ts'
import {
  allowsOptOut,
  allowsUnavailability,
  optOutCutoffMs,
  programCodes,
  programOf,
} from './program-terms.ts'

const test = suite('terms of programmes')

test('what a programme does not say is not allowed', () => {
  const SAID: readonly (readonly [Json | undefined, boolean])[] = [
    ...([
      [undefined, false],
      [false, false],
      ['false', false],
    ] as const),
    ...([
      [true, true],
      ['true', true],
      ['1', true],
    ] as const),
  ]
  for (const [said, isAllowed] of SAID) {
    const of = (name: string) => (said === undefined ? {} : { [name]: said })
    assert.is(allowsOptOut(of('allowOptOut')), isAllowed, String(said))
    assert.is(allowsUnavailability(of('allowCustomerUnavailability')), isAllowed, String(said))
  }
  assert.not(allowsOptOut({ allowCustomerUnavailability: true }), 'the one is not the other')
  assert.not(allowsUnavailability({ allowOptOut: true }))
})

test('a stage can be left until it starts, or for as long before as the programme says', () => {
  assert.is(optOutCutoffMs({ optOutCutoff: 'PT1H30M' }), 5_400_000)
  assert.is(optOutCutoffMs({}), 0)
  assert.is(optOutCutoffMs({ optOutCutoff: 'P1M' }), 0, 'a month is no fixed length')
})

test('it is found by what it is named by first, else by its code; a name of another type is no code', () => {
  const byName: Placed = { state: 'present', object: { mRID: 'named' } }
  const byCode: Placed = { state: 'present', object: { mRID: 'coded' } }
  const find = ({ object, claim }: Reference) => {
    if (claim?.rule === 'PRG-CODE' && claim.key === 'PEAK') return byCode
    return member(object, 'mRID') === 'p' ? byName : undefined
  }
  const peak = { Names: [nameOf('FULL NAME', 'programName'), nameOf('PEAK', 'programCode')] }
  assert.equal(programCodes(peak), ['PEAK'])
  assert.is(programOf({ ...peak, mRID: 'p' }, find), byName)
  assert.is(programOf(peak, find), byCode)
  assert.is(programOf({ Names: [nameOf('PEAK', 'programName')] }, find), undefined)
  assert.is(programOf(undefined, find), undefined)
})

test.run()
