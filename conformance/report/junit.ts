// junit.xml: the cases for continuous integration, by their ids.

import { EXIT_CODES } from '../layer.ts'
import type { CaseResult, Finding, Results } from '../results-shape.ts'
import { escaped } from './markup.ts'

/** A suite for each pack, a case for each case: what keeps a product from being conformant is a failure or an error. */
export function junitXml(results: Results): string {
  const packs = [...new Set(results.cases.map((it) => it.pack))]
  const suites = packs.map((pack) => {
    const own = results.cases.filter((it) => it.pack === pack)
    return `  <testsuite name="${escaped(pack)}" ${tallied(own)} timestamp="${escaped(results.run.startedAt)}">
${own.map(testCase).join('')}  </testsuite>
`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${escaped(`${results.product.name} ${results.product.version}`)}" ${tallied(results.cases)}>
${suites.join('')}</testsuites>
`
}

type Outcome = 'failure' | 'error' | 'skipped' | undefined

function outcomeOf({ verdict }: CaseResult): Outcome {
  if (verdict === 'fail') return 'failure'
  if (verdict === 'not-applicable') return 'skipped'
  return EXIT_CODES[verdict] === 0 ? undefined : 'error'
}

function tallied(cases: readonly CaseResult[]): string {
  const outcomes = cases.map(outcomeOf)
  const count = (it: Outcome) => outcomes.filter((one) => one === it).length
  return `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`
}

function testCase(it: CaseResult): string {
  const outcome = outcomeOf(it)
  const said = it.findings.map(sentence).join('\n')
  const why = it.why ?? it.steps.find((one) => one.why !== undefined)?.why ?? it.verdict
  const [first = `${it.verdict}: ${why}`] = it.findings.map((one) => one.message)
  const inside =
    outcome === undefined
      ? said === ''
        ? ''
        : `      <system-out>${escaped(said)}</system-out>\n`
      : outcome === 'skipped'
        ? `      <skipped message="${escaped(`${it.verdict}: ${why}`)}"/>\n`
        : `      <${outcome} type="${it.verdict}" message="${oneLine(first)}">${escaped(said === '' ? why : said)}</${outcome}>\n`
  return `    <testcase name="${escaped(it.id)}" classname="cimgate.conformance.${escaped(it.pack)}">
      <properties><property name="verdict" value="${it.verdict}"/></properties>
${inside}    </testcase>
`
}

function oneLine(text: string): string {
  return escaped(text.replace(/\s+/g, ' '))
}

function sentence(it: Finding): string {
  const weight = it.waived === undefined ? it.severity : `waived: ${it.waived}`
  return `${it.requirement} step ${it.step}: ${it.message} Expected: ${it.expected}. Got: ${it.got}. [${weight}, to blame: ${it.blame}] ${it.wire}${it.line > 0 ? `:${it.line}` : ''}`
}
