// What is told of a refusal besides the answer: the reason of the message and the code of its event are those of the answer.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { outgoingLeg } from '../delivery/dispatcher.fixture.ts'
import { transition } from '../delivery/transition.ts'
import { stepTo, verdictOf } from './said.ts'
import type { Said } from '../answer.ts'

const test = suite('relay: what is told')

const AT = '2026-07-14T08:00:00.000Z'
const ANSWER = {
  rendered: { text: '<r/>', status: 200, contentType: 'x' },
  messageID: 'r',
  correlationID: 'm',
  repeated: false,
}
const many = Array.from({ length: 12 }, (_, n) => ({ code: '6.1', reason: `No ${n}.` }))

/** [what is said, state, reason, code of the event] */
const CASES: readonly (readonly [Said, string, string | RegExp, string])[] = [
  [{ result: 'OK', errors: [{ code: '0.0' }] }, 'ACKED', '', ''],
  [{ result: 'FAILED', errors: [{ code: '6.1', reason: 'No.' }] }, 'REJECTED', '6.1 No.', '6.1'],
  [{ result: 'PARTIAL', errors: [{ code: '0.2' }] }, 'PARTIAL', '0.2', '0.2'],
  [{ result: 'FAILED', errors: many }, 'REJECTED', /^6\.1 No 0\.;.*; 6\.1 No 9\.; …$/, '6.1'],
]

for (const [said, state, reason, code] of CASES)
  test(`${said.result} with ${said.errors?.length} errors`, () => {
    const origin = outgoingLeg('a', { direction: 'in', state: 'ACCEPTED' })
    const step = stepTo(origin, said, ANSWER)
    assert.is(step.to, state)
    if (typeof reason === 'string') assert.is(step.reason, reason)
    else assert.match(step.reason, reason)
    const told = transition(origin, step, { at: AT, revision: 0, verdict: verdictOf(said) })
    assert.is(told.code, code)
  })

test.run()
