import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ERRORS } from '../envelope/errors.ts'
import { statusAt } from '../envelope/reply-codes.ts'
import { member, readJson } from '../schema/json-text.ts'
import type { Json } from '../schema/json-text.ts'
import { errorJson, problemOf } from './problem.ts'

const test = suite('problem')

const json = ({ text }: { readonly text: string }): Json => {
  const read = readJson(text)
  return 'value' in read ? read.value : null
}

/** [code, status, whose] */
const ROWS: readonly (readonly [string, number, string])[] = [
  ['1.8', 400, 'sender'],
  ['2.29', 422, 'sender'],
  ['3.2', 429, 'sender'],
  ['4.1', 504, 'peer'],
  ['5.1', 503, 'ours'],
  ['5.2', 502, 'peer'],
  ['5.3', 502, 'peer'],
  ['5.8', 422, 'sender'],
  ['5.9', 409, 'sender'],
  ['6.1', 409, 'sender'],
  ['7.5', 403, 'sender'],
  ['99.1', 422, 'sender'],
]

for (const [code, status, whose] of ROWS) {
  test(`${code} is ${status}, and for the ${whose} to mend`, () => {
    const rendered = problemOf([{ code, reason: 'why' }])
    assert.is(rendered.status, status)
    assert.is(member(json(rendered), 'status'), status)
    assert.is(member(json(rendered), 'whose'), whose)
    assert.is(member(json(rendered), 'detail'), 'why')
  })
}

test('the status that goes with an error says whose it is, as the error table has it', () => {
  for (const { replyCode, http, whose } of Object.values(ERRORS)) {
    const problem = json(problemOf([{ code: replyCode }], statusAt(http, 'body')))
    if (replyCode !== '5.2') assert.is(member(problem, 'whose'), whose, replyCode)
  }
})

test('the instance is the path of the request, or absent', () => {
  assert.is(member(json(problemOf([], 400, { instance: '/x' })), 'instance'), '/x')
  assert.is(member(json(problemOf([], 400)), 'instance'), undefined)
  assert.is(member(json(problemOf([], 400, { instance: '' })), 'instance'), undefined)
})

test('an error has the members of Reply/Error, with the rule in its details', () => {
  const id = { $: 'x', '@kind': 'uuid' } as const
  assert.equal(
    errorJson({
      code: '6.1',
      rule: 'R',
      details: 'd',
      reason: 'r',
      id,
      relatedID: id,
      operationId: '7',
    }),
    {
      code: '6.1',
      level: 'FATAL',
      reason: 'r',
      details: 'rule=R; d',
      ID: id,
      relatedID: id,
      operationId: '7',
    },
  )
  assert.equal(errorJson({ code: '0.2', level: 'WARNING' }), { code: '0.2', level: 'WARNING' })
})

test.run()
