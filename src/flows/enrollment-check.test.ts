// What the checks of its devices mean for an enrollment, under each choice of requireStatusCheck.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../schema/json-text.ts'
import { device } from './acceptance/events.fixture.ts'
import type { StatusCheckPolicy } from './device-check.ts'
import { checkMoves, checkedBy, unchecked } from './enrollment-check.ts'
import type { Placed, Reference } from './flow.ts'

const test = suite('enrollment check')

const [A, B] = [device('N-1'), device('N-2')]
const ENROLLMENT = { mRID: 'e', EndDevices: [A, B] }

/** Checks by what has come of them. */
const CHECKS: Readonly<Record<string, JsonObject>> = {
  open: { status: { value: 'accepted' } },
  reachable: { status: { value: 'answered' }, commState: 'reachable' },
  unreachable: { status: { value: 'answered' }, commState: 'unreachable' },
  unknown: { status: { value: 'answered' } },
  unsupported: { status: { value: 'unsupported' } },
  failed: { status: { value: 'failed' } },
  timedOut: { status: { value: 'timedOut' } },
}
const check = (outcome: string, EndDevice?: JsonObject): JsonObject => ({
  mRID: outcome,
  ...CHECKS[outcome],
  ...(EndDevice === undefined ? {} : { EndDevice }),
})

/** Knows the newest check of each device by what has come of it, and the enrollment of both. */
const knowing =
  (newest: readonly [a?: string | undefined, b?: string | undefined], state = 'deviceCheck') =>
  ({ noun, claim }: Reference): Placed | undefined => {
    if (noun === 'ProgramEnrollments') return { state, object: ENROLLMENT }
    const outcome = newest[claim?.key === 'newest N-1' ? 0 : 1]
    return outcome === undefined ? undefined : { state: 'present', object: check(outcome) }
  }

const GOES_ON: Readonly<Record<StatusCheckPolicy, readonly string[]>> = {
  always: ['reachable'],
  ifSupported: ['reachable', 'unsupported', 'unknown', 'not checked'],
  never: ['not checked', ...Object.keys(CHECKS)],
}
const POLICIES = ['always', 'ifSupported', 'never'] as const

test('an enrollment is completed by what is known of each of its devices, and says of which that is not enough', () => {
  for (const policy of POLICIES)
    for (const outcome of ['not checked', ...Object.keys(CHECKS)]) {
      const find = knowing(['reachable', outcome === 'not checked' ? undefined : outcome])
      const why = `EndDevices[1] (N-2 at HES-NORTH) is ${outcome}, and requireStatusCheck is ${policy}.`
      const said = GOES_ON[policy].includes(outcome) ? undefined : why
      assert.is(unchecked(ENROLLMENT, { find }, policy), said, `${policy} ${outcome}`)
    }
  const find = knowing([])
  assert.match(unchecked(ENROLLMENT, { find }, 'always') ?? '', /^EndDevices\[0\]/, 'the first')
  assert.is(unchecked({ mRID: 'e' }, { find }, 'always'), undefined, 'without a device')
})

const STEPS: readonly (readonly [
  told: string,
  other: string | undefined,
  policy: StatusCheckPolicy,
  step: string | undefined,
])[] = [
  ...([
    ['reachable', 'reachable', 'always', 'ok'],
    ['reachable', undefined, 'always', undefined],
    ['reachable', 'open', 'ifSupported', undefined],
  ] as const),
  ...([
    ['reachable', 'unsupported', 'ifSupported', 'unsupported'],
    ['unknown', 'reachable', 'ifSupported', 'unsupported'],
    ['unsupported', 'reachable', 'always', 'failed'],
  ] as const),
  ...([
    ['unreachable', 'reachable', 'ifSupported', 'failed'],
    ['timedOut', 'open', 'ifSupported', 'failed'],
    ['reachable', 'failed', 'always', 'failed'],
    ['failed', 'reachable', 'never', 'unsupported'],
  ] as const),
]

test('an answer takes the enrollment on when each device may go on, waits for the others, and stops it by one that may not', () => {
  for (const [told, other, policy, step] of STEPS) {
    // What is told counts, whatever the check before it has come to.
    const find = knowing(['open', other])
    const moves = checkMoves(undefined, check(told, A), find, policy)
    assert.equal(
      moves.map((it) => [it.noun, it.trigger, it.optional]),
      step === undefined ? [] : [['ProgramEnrollments', step, true]],
      `${told}, ${other}, ${policy}`,
    )
  }
})

test('nothing comes of the same answer again, of one about no device, and of an enrollment that waits for none', () => {
  const told = check('reachable', A)
  const find = knowing(['reachable', 'reachable'])
  assert.is(checkMoves(check('open', A), told, find, 'always').length, 1)
  assert.equal(checkMoves(told, told, find, 'always'), [])
  assert.equal(checkMoves(undefined, check('reachable'), find, 'always'), [])
  for (const state of ['validating', 'completed'])
    assert.equal(checkMoves(undefined, told, knowing(['reachable'], state), 'always'), [], state)
  assert.equal(
    checkMoves(undefined, told, () => undefined, 'always'),
    [],
    'an enrollment that nobody knows',
  )
})

test('for that the enrollment is looked at, and the newest check of each of its devices once that is known', () => {
  const keys = (find: (it: Reference) => Placed | undefined) =>
    checkedBy(check('reachable', A), find).map(({ noun, claim }) => `${noun} ${claim?.rule}`)
  const own = 'ProgramEnrollments ENR-LAST'
  assert.equal(
    keys(() => undefined),
    [own],
  )
  const newest = 'EndDeviceStatuses DSC-ONCE'
  assert.equal(keys(knowing([])), [own, newest, newest])
  assert.equal(checkedBy(check('reachable'), knowing([])), [])
})

test.run()
