import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { FORMATS, countingReporter, reporterOf } from './index.ts'
import { INVALID, written } from './report.samples.ts'

const test = suite('report formats')

test('the formats of the command line, the default first', () => {
  assert.equal(FORMATS, ['text', 'json', 'sarif', 'junit'])
})

test('every format names the file and writes nothing that differs between two runs', async () => {
  for (const format of FORMATS) {
    const once = written(await reporterOf(format), [INVALID])
    assert.match(once, 'in/bad.xml', format)
    assert.is(written(await reporterOf(format), [INVALID]), once, format)
  }
})

test('every format ends with a line break, also without files', async () => {
  for (const format of FORMATS) assert.match(written(await reporterOf(format), []), /\n$/, format)
})

test('a counting reporter writes the same', async () => {
  for (const format of FORMATS) {
    const it = await countingReporter(format)
    const text = it.begin() + it.file(INVALID) + it.end()
    assert.is(text, written(await reporterOf(format), [INVALID]), format)
  }
})

test.run()
