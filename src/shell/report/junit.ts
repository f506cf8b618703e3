// JUnit XML, for build servers: one suite for the run, one case per file. The dialect has no standard;
// this is the part that Jenkins, GitLab and their kin agree on, without times, which would never be equal twice.

import { escapeAttribute, escapeText } from '../../envelope/escape.ts'
import type { Verdict } from '../../envelope/finding.ts'
import { findingsText } from './finding-text.ts'
import { printable } from './printable.ts'
import type { FileReport, Reporter, Summary } from './report.ts'

/** A failure is the message's fault; an error means that no judgement was possible. The verdict is its type. */
const OUTCOMES = {
  valid: 'success',
  invalid: 'failure',
  'not-well-formed': 'failure',
  'no-schema': 'error',
  refused: 'failure',
  'engine-error': 'error',
} satisfies Record<Verdict, 'success' | 'failure' | 'error'>

/** `--format junit`. Counts stand in front of the cases, so the cases are held until the end. */
export function junitReporter(): Reporter {
  const cases: string[] = []
  return {
    begin: () => '<?xml version="1.0" encoding="UTF-8"?>\n',
    file(report) {
      cases.push(caseOf(report))
      return ''
    },
    end: (summary) => suiteOf(summary, cases),
  }
}

function suiteOf(summary: Summary, cases: readonly string[]): string {
  const counts = {
    tests: String(summary.files),
    failures: String(withOutcome(summary, 'failure')),
    errors: String(withOutcome(summary, 'error')),
    skipped: '0',
  }
  const suite = tag('testsuite', { name: 'cimgate validate', ...counts }, `\n${cases.join('')}  `)
  return `${tag('testsuites', {}, `\n  ${suite}\n`)}\n`
}

function withOutcome(summary: Summary, outcome: 'failure' | 'error'): number {
  const verdicts = (Object.keys(OUTCOMES) as Verdict[]).filter((it) => OUTCOMES[it] === outcome)
  return verdicts.reduce((sum, it) => sum + summary[it], 0)
}

function caseOf(report: FileReport): string {
  const { file } = report
  const inner = resultOf(report)
  const content = inner === '' ? '' : `\n      ${inner}\n    `
  // the class name says nothing of the message: a case keeps its identity when the message is mended
  return `    ${tag('testcase', { name: file, classname: 'cimgate.validate', file }, content)}\n`
}

function resultOf(report: FileReport): string {
  const outcome = OUTCOMES[report.verdict]
  const text = escapeText(findingsText(report))
  if (outcome !== 'success')
    return tag(outcome, { type: report.verdict, message: headline(report) }, text)
  return text === '' ? '' : tag('system-out', {}, text)
}

/** The first error in one sentence, and how many more there are. */
function headline({ findings, verdict }: FileReport): string {
  const [first, ...more] = findings.filter((it) => it.severity === 'error')
  const rest = more.length === 0 ? '' : ` (and ${more.length} more)`
  return first === undefined ? verdict : `${first.rule}: ${first.message}${rest}`
}

/** Attributes are made printable first, which also takes out what XML forbids; `content` is markup already. */
function tag(name: string, attributes: Readonly<Record<string, string>>, content: string): string {
  const inside = Object.entries(attributes)
    .map(([key, it]) => ` ${key}="${escapeAttribute(printable(it))}"`)
    .join('')
  return content === '' ? `<${name}${inside}/>` : `<${name}${inside}>${content}</${name}>`
}
