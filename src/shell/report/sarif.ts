// SARIF 2.1.0 (OASIS), for code scanning and editors. Results are written as they come; the rules they
// name are collected and written behind them, which the format allows: members of an object have no order.

import { pathToFileURL } from 'node:url'
import { isAbsolute, posix, sep } from 'node:path'
import type { Finding, Layer, Severity, Verdict } from '../../envelope/finding.ts'
import { hasErrors } from '../../envelope/finding.ts'
import { jsonText, shortened } from './printable.ts'
import type { FileReport, Layout, Reporter, Summary } from './report.ts'

const SCHEMA =
  'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } satisfies Record<
  Severity,
  string
>

const LAYER_TITLES = {
  limits: 'The message exceeds a limit',
  wellformed: 'The document is not well-formed',
  'envelope-xsd': 'The envelope does not follow its XSD',
  'envelope-rule': 'The envelope breaks a rule that its XSD cannot say',
  'payload-xsd': 'The payload does not follow its XSD',
  'payload-rule': 'The payload breaks a rule that its XSD cannot say',
  business: 'The message breaks a business rule',
} satisfies Record<Layer, string>

/** Results for a verdict that comes without an error of its own, so that no bad file looks clean. */
const VERDICT_TITLES = {
  invalid: 'The message is invalid.',
  'not-well-formed': 'The document is not well-formed.',
  'no-schema': 'No schema is known for the root of the message.',
  refused: 'The message was refused before it was judged.',
  'engine-error': 'The message could not be judged.',
} satisfies Record<Exclude<Verdict, 'valid'>, string>

/** UTF-16 units of expected and found inside a sentence; the artifact itself has the whole value. */
const VALUE_LIMIT = 300

/** A `reportingDescriptor`, SARIF 3.49. */
interface Rule {
  readonly id: string
  readonly shortDescription: { readonly text: string }
  readonly help: { readonly text: string }
}

/** `--format sarif`. */
export function sarifReporter({ version }: Layout): Reporter {
  const rules = new Map<string, Rule>()
  let separator = '\n'
  return {
    begin: () => `{"$schema":${jsonText(SCHEMA)},"version":"2.1.0","runs":[{"results":[`,
    file(report) {
      const results = resultsOf(report, rules)
      const text = results.map((it, at) => (at === 0 ? separator : ',\n') + jsonText(it)).join('')
      if (results.length > 0) separator = ',\n'
      return text
    },
    end: (summary) => `\n],${jsonText(runOf(summary, [...rules.values()], version)).slice(1)}]}\n`,
  }
}

/** What a run says beside its results. */
function runOf(summary: Summary, rules: readonly Rule[], version: string | undefined) {
  return {
    // columns are counted in the decoded text as JavaScript holds it
    columnKind: 'utf16CodeUnits',
    invocations: [{ executionSuccessful: summary['engine-error'] === 0 }],
    tool: { driver: { name: 'cimgate', ...(version === undefined ? {} : { version }), rules } },
  }
}

function resultsOf(report: FileReport, rules: Map<string, Rule>) {
  const uri = uriOf(report.file)
  const results = report.findings.map((it) => {
    rules.set(it.rule, rules.get(it.rule) ?? ruleOf(it))
    return resultOf(it, uri)
  })
  if (report.verdict === 'valid' || hasErrors(report.findings)) return results
  rules.set(report.verdict, verdictRule(report.verdict))
  return [...results, verdictResult(report.verdict, uri)]
}

/** The help is the first finding's: rules have no text of their own outside their findings. */
function ruleOf({ rule, layer, clause, mend }: Finding): Rule {
  const title = LAYER_TITLES[layer]
  const help = [clause, mend].filter((it) => it !== '').join(': ')
  return { id: rule, shortDescription: { text: title }, help: { text: help === '' ? title : help } }
}

function verdictRule(verdict: keyof typeof VERDICT_TITLES): Rule {
  const text = VERDICT_TITLES[verdict]
  return { id: verdict, shortDescription: { text }, help: { text } }
}

function verdictResult(verdict: keyof typeof VERDICT_TITLES, uri: string) {
  const locations = [{ physicalLocation: { artifactLocation: { uri } } }]
  return { ruleId: verdict, level: 'error', message: { text: VERDICT_TITLES[verdict] }, locations }
}

function resultOf(finding: Finding, uri: string) {
  const region = regionOf(finding)
  const logicalLocations = logicalLocationsOf(finding.path)
  return {
    ruleId: finding.rule,
    level: LEVELS[finding.severity],
    message: { text: sentencesOf(finding) },
    locations: [
      { physicalLocation: { artifactLocation: { uri }, ...region }, ...logicalLocations },
    ],
    properties: { layer: finding.layer, clause: finding.clause },
  }
}

/** SARIF counts lines and columns from 1 (3.30.5, 3.30.6); an unknown place has no region. */
function regionOf({ line, column }: Finding) {
  if (line < 1) return {}
  return { region: { startLine: line, ...(column < 1 ? {} : { startColumn: column }) } }
}

function logicalLocationsOf(path: string) {
  if (path === '') return {}
  const name = path.slice(path.lastIndexOf('/') + 1)
  const kind = name.startsWith('@') ? 'attribute' : 'element'
  return { logicalLocations: [{ name, fullyQualifiedName: path, kind }] }
}

function sentencesOf({ message, expected, found, mend }: Finding): string {
  const values = Object.entries({ Expected: expected, Found: found })
    .filter(([, it]) => it !== '')
    .map(([label, it]) => `${label}: ${shortened(it, VALUE_LIMIT)}`)
  return [message, ...values, mend].filter((it) => it !== '').join('\n')
}

/** Relative names stay relative, as code scanning wants them: slashes forward, `./` gone, the rest percent-encoded. */
function uriOf(file: string): string {
  if (isAbsolute(file)) return pathToFileURL(file).href
  // half a surrogate pair, from a name that is no UTF-16, has no percent encoding
  const path = posix.normalize(file.split(sep).join('/')).replace(/\p{Cs}/gu, '\ufffd')
  return path.split('/').map(encodeURIComponent).join('/')
}
