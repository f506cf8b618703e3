// Until when what is asked about a device in a stage is worth being sent.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../schema/json-text.ts'
import { at, event, freshDevice, reservation, stagesIn } from './acceptance/events.fixture.ts'
import eventParticipation from './event-participation.ts'
import type { Placed } from './flow.ts'

const test = suite('event participation')

const EVENT = event([
  [18, 19],
  [20, 21],
])
const SECOND = reservation(EVENT, freshDevice(), {}, 1)
const known = (): Placed => ({ state: 'SCHEDULED', object: EVENT })

const OUT = { preemptiveOptOut: true }

const ROWS: readonly (readonly [
  what: string,
  after: JsonObject,
  before: JsonObject | undefined,
  hour: number | undefined,
])[] = [
  ['a reservation is worth nothing once its stage begins', {}, undefined, 20],
  ['nor is an opt-out of what is reserved', OUT, { state: 'RESERVED' }, 20],
  ['what has been called is left whenever that comes', OUT, { state: 'CALLED' }, undefined],
  ['any other change is as good later', {}, { state: 'RESERVED' }, undefined],
]

test('what is about a stage that is to begin is worth being sent until it does', () => {
  const { deadline } = eventParticipation
  for (const [what, more, before, hour] of ROWS) {
    const was = before === undefined ? undefined : { ...SECOND, ...before }
    const due = hour === undefined ? undefined : Date.parse(at(hour))
    assert.is(deadline({ ...SECOND, ...more }, was, known), due, what)
  }
})

test('where nobody knows when the stage begins there is no such time', () => {
  const { deadline } = eventParticipation
  assert.is(
    deadline(SECOND, undefined, () => undefined),
    undefined,
  )
  const other = { ...SECOND, stage: { mRID: 'of another event' } }
  assert.is(deadline(other, undefined, known), undefined)
})

test('OO-01: a stage loses what opts out while it is reserved, and nothing that leaves it otherwise', () => {
  const lost = (before: JsonObject | undefined, after: JsonObject) => {
    const was = before === undefined ? undefined : { ...SECOND, ...before }
    const all = eventParticipation.moves(was, { ...SECOND, ...after }, known)
    return all.map((it) => stagesIn(it.change?.(EVENT) ?? {}).map((one) => one['lostDevices']))
  }
  assert.equal(lost({ state: 'RESERVED' }, OUT), [[undefined, 1]])
  assert.equal(lost({ state: 'RESERVED' }, { ...OUT, outcome: 'optedOut' }), [], 'told as outcome')
  assert.equal(lost({ state: 'RESERVED' }, {}), [], 'it stays')
  assert.equal(lost({ state: 'CALLED' }, OUT), [], 'it had begun')
  assert.equal(lost(undefined, OUT), [], 'it has never been in it')
})

test.run()
