import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { FORMATS, reporterOf } from './index.ts'
import { INVALID, written } from './report.samples.ts'

const test = suite('report formats')

test('the formats of the command line, the default first', () => {
  assert.equal(FORMATS, ['text', 'json', 'sarif', 'junit'])
})

test('every format names the file and writes nothing that differs between two runs', () => {
  for (const format of FORMATS) {
    const once = written(reporterOf(format), [INVALID])
    assert.match(once, 'in/bad.xml', format)
    assert.is(written(reporterOf(format), [INVALID]), once, format)
  }
})

test('every format ends with a line break, also without files', () => {
  for (const format of FORMATS) assert.match(written(reporterOf(format), []), /\n$/, format)
})

test.run()
