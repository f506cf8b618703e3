import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { NO_FILES, counted } from './report.ts'
import { INVALID, REFUSED, VALID } from './report.samples.ts'

const test = suite('report')

test('counts files by verdict and findings by severity', () => {
  const summary = [VALID, INVALID, REFUSED, VALID].reduce(counted, NO_FILES)
  assert.equal(summary, {
    ...NO_FILES,
    files: 4,
    valid: 2,
    invalid: 1,
    refused: 1,
    errors: 2,
    warnings: 1,
  })
})

test('counting leaves the summary before as it was', () => {
  counted(NO_FILES, INVALID)
  assert.ok(Object.values(NO_FILES).every((it) => it === 0))
})

test.run()
