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

  1 × LIM-01 in 1 file
  1 × LIM-02 in 1 file
  1 × XSD-ENUM in 1 file
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

test('the same said of many places is said once, and where', () => {
  const lines = Array.from({ length: 14 }, (_, at) => ({
    ...FINDING,
    line: at + 1,
    path: `/a[${at}]`,
  }))
  const text = textOf({ ...VALID, findings: lines })
  assert.is(text.match(/XSD-ENUM/g)?.length, 1)
  assert.match(
    text,
    '    and at 13 more places: 2:9, 3:9, 4:9, 5:9, 6:9, 7:9, 8:9, 9:9, 10:9, 11:9, …\n',
  )
  const unplaced = { ...FINDING, line: 0, column: 0 }
  assert.match(textOf({ ...VALID, findings: [unplaced, unplaced] }), 'and at 1 more place\n')
})

test('a file with too much to read ends with a count of the rest', () => {
  const many = Array.from({ length: 53 }, (_, at) => ({ ...FINDING, message: `Sentence ${at}.` }))
  const text = textOf({ ...VALID, findings: [...many, many[52] ?? FINDING] })
  assert.match(text, '  4 more findings; --format json lists all of them\n')
  assert.not.match(text, 'Sentence 50.')
})

test('of a batch the rules are counted, the most frequent first', () => {
  const rule = (id: string) => ({ ...FINDING, rule: id })
  const findings = Array.from({ length: 12 }, (_, at) => rule(`R-${at}`))
  const text = textOf(
    { ...INVALID, findings },
    { ...INVALID, findings: [rule('R-7'), rule('R-7')] },
  )
  assert.match(text, '\n  3 × R-7 in 2 files\n  1 × R-0 in 1 file\n')
  assert.match(text, '  and 2 more rules\n2 files: 2 invalid;')
  assert.not.match(textOf({ ...INVALID, findings }, VALID), '×')
})

test.run()
