import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { step } from '../lifecycles/lifecycle.ts'
import { DEVICE_CHECK } from '../lifecycles/device-check.ts'
import type { JsonObject } from '../schema/json-text.ts'
import {
  CHECK_STATUS,
  afterCheck,
  checkState,
  checkTrigger,
  newestCheckOf,
  newestClaims,
  outcomeOf,
} from './device-check.ts'
import type { CheckOutcome, StatusCheckPolicy } from './device-check.ts'

const test = suite('flows: device check')

const NOW = '2026-07-22T09:00:00Z'
const EndDevice = { mRID: 'd1' }

const check = (value?: string, more: JsonObject = {}): JsonObject => ({
  EndDevice,
  ...more,
  ...(value === undefined ? {} : { status: { value } }),
})

/** By what a check says: its state, and what has come of it. */
const ROWS: readonly (readonly [JsonObject, state: string, outcome: CheckOutcome])[] = [
  [check(), 'accepted', 'open'],
  [check('accepted'), 'accepted', 'open'],
  [check('sent'), 'sent', 'open'],
  [check('answered', { commState: 'reachable' }), 'answered', 'reachable'],
  [check(undefined, { commState: 'reachable' }), 'answered', 'reachable'],
  [check('answered', { commState: 'unreachable' }), 'unreachable', 'unreachable'],
  [check('answered', { commState: 'unknown' }), 'answered', 'unknown'],
  [check('answered'), 'answered', 'unknown'],
  [check('unsupported'), 'unsupported', 'unsupported'],
  [check('unsupported', { commState: 'unknown' }), 'unsupported', 'unsupported'],
  [check('failed'), 'failed', 'failed'],
  [check('timedOut'), 'timedOut', 'timedOut'],
  [check('timedOut', { commState: 'reachable', late: true }), 'late', 'timedOut'],
  [check('answered', { commState: 'reachable', late: true }), 'late', 'timedOut'],
]

test('DC-01/AC2, G-AC8: unsupported, unreachable, failed and timed out are four states and four outcomes', () => {
  for (const [it, state, outcome] of ROWS)
    assert.equal([checkState(it), outcomeOf(it)], [state, outcome], JSON.stringify(it))
  const told = ['unsupported', 'unreachable', 'failed', 'timedOut']
  const rows = ROWS.filter(([, , outcome]) => told.includes(outcome))
  assert.equal(
    [...new Set(rows.filter(([it]) => it['late'] !== true).map(([, state]) => state))].sort(),
    [...told].sort(),
  )
})

test('DC-01/AC2: whoever waits for a check goes on by the policy, and never as after a failure where nobody could ask', () => {
  const after = (outcome: CheckOutcome | undefined, policy: StatusCheckPolicy) =>
    afterCheck(outcome, policy)
  const all: readonly (readonly [CheckOutcome | undefined, string, string, string])[] = [
    [undefined, 'wait', 'wait', 'go'],
    ['open', 'wait', 'wait', 'go'],
    ['reachable', 'go', 'go', 'go'],
    ['unreachable', 'stop', 'stop', 'go'],
    ['failed', 'stop', 'stop', 'go'],
    ['timedOut', 'stop', 'stop', 'go'],
    ['unsupported', 'stop', 'go', 'go'],
    ['unknown', 'stop', 'go', 'go'],
  ]
  for (const [outcome, always, ifSupported, never] of all)
    assert.equal(
      [after(outcome, 'always'), after(outcome, 'ifSupported'), after(outcome, 'never')],
      [always, ifSupported, never],
      outcome,
    )
})

/** What of a check would be once it is changed, and by which step. */
function stepped(before: JsonObject, after: JsonObject) {
  return step(DEVICE_CHECK, checkState(before), checkTrigger(before, after))
}

test('DC-01/AC1: a check has one answer; a late one is marked, and flips nothing', () => {
  const reachable = check('answered', { commState: 'reachable' })
  const unreachable = check('answered', { commState: 'unreachable' })
  const ends = [reachable, unreachable, check('unsupported'), check('failed'), check('timedOut')]
  for (const open of [check('accepted'), check('sent')])
    for (const end of ends) assert.equal(stepped(open, end), { to: checkState(end) })
  for (const was of ends)
    for (const is of ends.filter((it) => it !== was)) {
      const isSuspect = checkState(was) === 'failed' && checkState(is) === 'unsupported'
      const done = stepped(was, is)
      assert.is('refusal' in done ? done.refusal.rule : 'taken', isSuspect ? 'taken' : 'DSC-ONCE')
    }
  const late = { ...check('timedOut'), commState: 'reachable', late: true }
  assert.equal(stepped(check('timedOut'), late), { to: 'late' })
  assert.is(outcomeOf(CHECK_STATUS.written(late, 'late', NOW, check('timedOut'))), 'timedOut')
  assert.is('refusal' in stepped(late, reachable), true)
})

test('a state is written with its time, as its own value or that of the answer', () => {
  const written = (it: JsonObject, state: string) => CHECK_STATUS.written(it, state, NOW)['status']
  assert.equal(written(check(), 'accepted'), { dateTime: NOW, value: 'accepted' })
  const unreachable = check('sent', { commState: 'unreachable' })
  assert.equal(written(unreachable, 'unreachable'), { dateTime: NOW, value: 'answered' })
  assert.equal(written({ EndDevice, late: true }, 'late'), { dateTime: NOW, value: 'timedOut' })
})

test('the newest check of a device is found by whatever the device is known by', () => {
  const Names = [{ name: '0001', NameType: { name: 'nicId' } }]
  const at = (dateTime: string) => ({
    ...check(undefined, { EndDevice: { ...EndDevice, Names } }),
    status: { value: 'answered', dateTime },
  })
  const [old, young] = [at('2026-07-22T09:00:00Z'), at('2026-07-22T09:00:00.5Z')]
  const asked = newestCheckOf({ ...EndDevice, Names }).map(({ claim }) => claim?.key)
  assert.equal(
    newestClaims(old).map(({ key }) => key),
    asked,
  )
  assert.is(asked.length, 2)
  for (const it of newestClaims(young)) assert.is(it.takes?.(old), true)
  for (const it of newestClaims(old)) assert.equal([it.takes?.(young), it.yields], [false, true])
  // Of one that names no time all that is known is that it has come now.
  for (const it of newestClaims(check())) assert.is(it.takes?.(young), true)
})

test('a step is the change of what a check says', () => {
  assert.is(checkTrigger(check(), undefined), 'delete')
  assert.is(checkTrigger(undefined, check()), 'ask')
  assert.is(checkTrigger(check('sent'), check('sent', { division: 'north' })), 'change')
})

test.run()
