import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CimError } from './errors.ts'
import type { Finding } from './finding.ts'
import { errorOfFinding, errorsOfFailure } from './reply-errors.ts'

const test = suite('reply-errors')
const FINDING: Finding = {
  layer: 'envelope-rule',
  rule: 'PAY-02',
  severity: 'error',
  clause: 'IEC 61968-100:2013 6.4',
  path: '/RequestMessage',
  line: 1,
  column: 1,
  expected: 'a payload',
  found: 'no Payload',
  message: 'There is no payload.',
  mend: 'Add one.',
}

test('a finding becomes an Error with code, reason, place and mend', () => {
  assert.equal(errorOfFinding(FINDING), {
    code: '1.7',
    reason: 'There is no payload.',
    rule: 'PAY-02',
    details: '/RequestMessage line 1, column 1; Add one.',
  })
})

test('a finding without place has no place in its details', () => {
  assert.is(errorOfFinding({ ...FINDING, path: '', line: 0 }).details, 'Add one.')
  assert.is(errorOfFinding({ ...FINDING, path: '' }).details, 'line 1, column 1; Add one.')
  assert.is(errorOfFinding({ ...FINDING, line: 0 }).details, '/RequestMessage; Add one.')
})

test('findings of other layers have the code of the failure', () => {
  assert.is(errorOfFinding({ ...FINDING, rule: 'XSD-1' }).code, '1.8')
  const error = new CimError('too-large', 'Too large.', {
    findings: [{ ...FINDING, rule: 'LIM-1' }],
  })
  assert.is(errorsOfFailure(error)[0]?.code, '3.1')
})

test('warnings are no Errors', () => {
  const findings = [{ ...FINDING, severity: 'warning' as const }, FINDING]
  assert.is(errorsOfFailure(new CimError('schema-invalid', 'Invalid.', { findings })).length, 1)
})

test('a failure without findings is one Error in its own words', () => {
  assert.equal(errorsOfFailure(new CimError('not-found', 'There is no Widget 7.')), [
    {
      code: '99.1',
      level: 'FATAL',
      reason: 'There is no Widget 7.',
      details: 'Check its mRID or name, or create it first.',
    },
  ])
})

test('what went wrong inside is not told', () => {
  const error = new CimError('internal', 'password rejected by database', { findings: [FINDING] })
  const [only, ...others] = errorsOfFailure(error)
  assert.equal([only?.reason, others.length], ['The gateway has failed.', 0])
})

test.run()
