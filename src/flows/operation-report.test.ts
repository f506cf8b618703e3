import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../schema/json-text.ts'
import report from './operation-report.ts'

const test = suite('flows: operation report')

const told = (value?: string, severity?: string): JsonObject => ({
  kind: 'reconciliation',
  ...(value === undefined ? {} : { status: { value } }),
  ...(severity === undefined ? {} : { severity }),
})

test('a report that asks somebody to act stands for as long as it runs, and ends with it', () => {
  assert.is(report.status.of(told('running', 'alarm')), 'standing')
  assert.is(report.status.of(told('partial', 'alarm')), 'partial')
  const { trigger } = report
  assert.is(trigger(undefined, told('running', 'alarm')), 'raise')
  assert.is(trigger(told('running', 'alarm'), told('succeeded')), 'succeed')
  assert.is(trigger(told('succeeded'), told('running', 'alarm')), 'raise')
  assert.is(trigger(told('running'), told('running', 'minor')), 'change')
  assert.is(trigger(told('running'), told('elsewhere')), 'change')
  assert.is(trigger(told('running'), undefined), 'delete')
  assert.is(trigger(undefined, told()), 'accept')
})

test('what stands says what is wrong and how it is mended', () => {
  const { said } = report.alarms.standing
  assert.equal(said({ subject: 'derms fails.', reason: 'Set it up.' }), {
    reason: 'derms fails.',
    mend: 'Set it up.',
  })
  assert.equal(said({ kind: 'deviceStatusCheck' }), {
    reason: 'deviceStatusCheck',
    mend: 'See what the report says.',
  })
})

test('reports are asked for by their kind', () => {
  const { parameters, isLike } = report.criteria
  const wanted = parameters.kind.like('reconciliation')
  assert.equal([isLike(wanted, told()), isLike(wanted, { kind: 'other' })], [true, false])
})

test.run()
