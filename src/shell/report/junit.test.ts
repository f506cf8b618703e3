import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import type { Verdict } from '../../envelope/finding.ts'
import { illegalCharacter } from '../../envelope/escape.ts'
import { junitReporter } from './junit.ts'
import { BARE, HOSTILE, INVALID, REFUSED, VALID, written } from './report.samples.ts'
import type { FileReport } from './report.ts'

const test = suite('report as JUnit')

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  isArray: (name) => name === 'testcase',
})

/** The only suite of the document, which must be well-formed. */
function suiteOf(reports: readonly FileReport[]) {
  const text = written(junitReporter(), reports)
  assert.is(XMLValidator.validate(text), true)
  return parser.parse(text).testsuites.testsuite
}

const caseOf = (report: FileReport) => suiteOf([report]).testcase[0]

test('one suite for the run, one case per file, counts in front', () => {
  const it = suiteOf([VALID, INVALID, REFUSED, { ...REFUSED, verdict: 'engine-error' }])
  assert.is(it.testcase.length, 4)
  assert.equal([it['@tests'], it['@failures'], it['@errors'], it['@skipped']], ['4', '2', '1', '0'])
})

test('a run without files is a suite without cases', () => {
  assert.is(suiteOf([])['@tests'], '0')
})

test('a valid file is a case without content', () => {
  const expected = {
    '@name': 'in/good.xml',
    '@classname': 'cimgate.validate',
    '@file': 'in/good.xml',
  }
  assert.equal(caseOf(VALID), expected)
})

test('warnings of a valid file are its output', () => {
  assert.match(caseOf({ ...VALID, findings: [BARE] })['system-out'], 'LIM-01')
})

test('a failure has all findings as text, the first error as its message', () => {
  const { failure } = caseOf(INVALID)
  assert.is(failure['@message'], 'XSD-ENUM: The verb is none that the standard knows.')
  assert.match(failure['#text'], 'XSD-ENUM')
  assert.match(failure['#text'], '3 │     <m:Verb>creat</m:Verb>')
  assert.match(failure['#text'], 'LIM-01')
})

test('the message of a failure says how many more errors there are', () => {
  const findings = [...INVALID.findings, ...INVALID.findings]
  assert.match(caseOf({ ...INVALID, findings }).failure['@message'], /\(and 1 more\)$/)
})

const OUTCOMES = {
  valid: undefined,
  invalid: 'failure',
  'not-well-formed': 'failure',
  'no-schema': 'error',
  refused: 'failure',
  'engine-error': 'error',
} satisfies Record<Verdict, string | undefined>

for (const [verdict, outcome] of Object.entries(OUTCOMES) as [Verdict, string | undefined][]) {
  test(`${verdict} is ${outcome === undefined ? 'a success' : `of outcome ${outcome}`}`, () => {
    const it = caseOf({ ...REFUSED, verdict, findings: [] })
    assert.is(it.failure?.['@type'], outcome === 'failure' ? verdict : undefined)
    assert.is(it.error?.['@type'], outcome === 'error' ? verdict : undefined)
  })
}

test('foreign text is escaped, and nothing is left that XML forbids', () => {
  const text = written(junitReporter(), [HOSTILE])
  assert.is(illegalCharacter(text), undefined)
  const { failure, '@name': name } = caseOf(HOSTILE)
  assert.is(name, 'a\\u001b[2Jb\\u009b2Jc\\u202ed\\u0000e\\uffff<&"\'>\\nf\\ud800')
  assert.match(failure['#text'], 'e\\uffff<&"\'>')
})

test.run()
