import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { BARE, FINDING, HOSTILE, INVALID, REFUSED, VALID, written } from './report.samples.ts'
import type { FileReport } from './report.ts'
import { textReporter } from './text.ts'

const test = suite('report as text')

const textOf = (...reports: readonly FileReport[]) => written(textReporter({}), reports)

const GOLDEN = `\
✓ valid  in/good.xml  create Gadgets
✗ invalid  in/bad.xml  create Gadgets  against xsd/Gadgets.xsd
  3:9  error  XSD-ENUM  /RequestMessage/Header/Verb
    The verb is none that the standard knows.
    3 │     <m:Verb>creat</m:Verb>
      │         ^
    expected  one of create, change
    found     creat
    mend      Write create.
    clause    IEC 61968-100:2013, 5.3
  warning  LIM-01
    The message is large.

✗ refused  in/bomb.xml
  3:9  error  LIM-02
    The verb is none that the standard knows.
    expected  one of create, change
    found     creat
    mend      Write create.
    clause    IEC 61968-100:2013, 5.3

3 files: 1 valid, 1 invalid, 1 refused; 2 errors, 1 warning.
`

test('a line for each file, its findings below, a sentence at the end', () => {
  assert.is(textOf(VALID, INVALID, REFUSED), GOLDEN)
})

test('the sentence counts in words', () => {
  assert.match(textOf(VALID), /^1 file: 1 valid; no errors, no warnings\.$/m)
  assert.is(textOf(), 'No file was judged.\n')
})

test('every verdict has a sign', () => {
  const lines = textOf(
    { ...REFUSED, verdict: 'not-well-formed', findings: [] },
    { ...REFUSED, verdict: 'no-schema', findings: [] },
    { ...REFUSED, verdict: 'engine-error', findings: [] },
  ).split('\n')
  assert.equal(lines.slice(0, 3), [
    '✗ not-well-formed  in/bomb.xml',
    '? no-schema  in/bomb.xml',
    '! engine-error  in/bomb.xml',
  ])
})

test('a place without a column names its line', () => {
  const text = textOf({ ...INVALID, findings: [{ ...FINDING, column: 0 }] })
  assert.match(text, '  3  error  XSD-ENUM')
  assert.match(text, '3 │     <m:Verb>creat</m:Verb>\n    expected')
})

test('colours come only when they are asked for, and say the same words', () => {
  const coloured = written(textReporter({ colour: true }), [VALID, INVALID, REFUSED])
  assert.match(coloured, '\u001b[32m✓ valid\u001b[39m')
  assert.is(coloured.replace(/\u001b\[\d+m/g, ''), GOLDEN)
  assert.not.match(GOLDEN, '\u001b')
})

test('foreign text cannot steer the terminal', () => {
  const text = textOf(HOSTILE)
  assert.not.match(text.replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Cs}]/u)
  assert.match(text, 'found     a\\u001b[2Jb\\u009b2Jc\\u202ed')
  assert.match(text, '3 │ 12345678a·[2Jb·2Jc·d')
})

test('lines stay within the width, long values are shortened', () => {
  const path = `/RequestMessage${'/EndDeviceGroup[12]'.repeat(9)}/mRID`
  const long = { ...FINDING, path, found: 'x'.repeat(5000), message: 'word '.repeat(50) }
  const report = { ...INVALID, findings: [long], source: `\n\n${'z'.repeat(500)}` }
  for (const [width, widest] of [
    [1, 40],
    [72, 72],
    [1000, 160],
  ] as const) {
    const text = textReporter({ width }).file({ ...report, file: 'f', schema: null })
    const lengths = text.split('\n').map((it) => it.length)
    assert.ok(Math.max(...lengths) <= widest + (width === 1 ? 12 : 0), `${width}`)
    assert.match(text, '…')
    assert.match(text, '/mRID\n')
  }
})

test('a finding with nothing but its sentence is two lines', () => {
  assert.match(
    textOf({ ...VALID, findings: [BARE] }),
    '\n  warning  LIM-01\n    The message is large.\n\n',
  )
})

test.run()
