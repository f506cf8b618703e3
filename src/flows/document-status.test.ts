// The time of a state, by all that can be said about it.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../schema/json-text.ts'
import agreement from './customer-agreement.ts'
import { STATUS, asking } from './document-status.ts'

const test = suite('document status')

const [THEN, NOW, TOLD] = ['2026-07-01T00:00:00Z', '2026-07-14T08:00:00Z', '2026-07-13T09:00:00Z']
const status = (value: string, dateTime?: string): JsonObject => ({
  status: { ...(dateTime === undefined ? {} : { dateTime }), value },
})
const offered = status('offered', THEN)

const CASES: readonly (readonly [
  what: string,
  object: JsonObject,
  was: JsonObject | undefined,
  due: string,
])[] = [
  [
    'a state that a change sets, beside the time of the one before',
    status('active', THEN),
    offered,
    NOW,
  ],
  ['a state that a step asks for', asking('active')(offered), offered, NOW],
  ['a state that others lead to', offered, offered, NOW],
  ['a state that is told with its own time', status('active', TOLD), offered, TOLD],
  ['the state that it is in already', status('active', THEN), status('active', THEN), THEN],
  ['a new object that says when', status('active', TOLD), undefined, TOLD],
  ['a new object that does not', {}, undefined, NOW],
]

for (const [what, object, was, due] of CASES)
  test(`${what}: its time is the instant at which it came to be`, () => {
    const written = STATUS.written(object, 'active', NOW, was)
    assert.equal(written['status'], { dateTime: due, value: 'active' })
    const signed = agreement.status.written(object, 'active', NOW, was)
    assert.equal(signed['status'], { dateTime: due, value: 'active' })
    assert.is(signed['signDate'], NOW)
  })

test('what else is said of a status stays with it', () => {
  const object = { status: { value: 'active', dateTime: THEN, remark: 'by mail' } }
  const written = STATUS.written(object, 'active', NOW, offered)
  assert.equal(written['status'], { dateTime: NOW, remark: 'by mail', value: 'active' })
})

test.run()
