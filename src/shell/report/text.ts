// The report for people: one line per file, its findings below it, one sentence at the end.
// Its layout is no interface; programs read `--format json`.

import type { Verdict } from '../../envelope/finding.ts'
import { findingsText } from './finding-text.ts'
import { painted, plain } from './paint.ts'
import type { Colour, Paint } from './paint.ts'
import { printable } from './printable.ts'
import { ruleCounts } from './rule-counts.ts'
import type { FileReport, Layout, Reporter, Summary } from './report.ts'

/** Sign and colour of a verdict: `✗` the message is wrong, `?` nobody can tell, `!` we failed. */
const SIGNS = {
  valid: ['✓', 'green'],
  invalid: ['✗', 'red'],
  'not-well-formed': ['✗', 'red'],
  'no-schema': ['?', 'yellow'],
  refused: ['✗', 'red'],
  'engine-error': ['!', 'magenta'],
} satisfies Record<Verdict, readonly [string, Colour]>

/** `--format text`. */
export function textReporter(layout: Layout): Reporter {
  const paint = layout.colour === true ? painted : plain
  const rules = ruleCounts()
  return {
    begin: () => '',
    file(report) {
      rules.add(report)
      return `${fileLine(report, paint)}\n${findingsBlock(report, layout, paint)}`
    },
    end: (summary) => [...rules.lines().map(printable), sentence(summary), ''].join('\n'),
  }
}

function fileLine(report: FileReport, paint: Paint): string {
  const [sign, colour] = SIGNS[report.verdict]
  const verdict = paint(colour, `${sign} ${report.verdict}`)
  const name = paint('bold', printable(report.file))
  const message =
    report.verb && report.noun ? `${report.verb} ${report.noun}` : report.verb || report.noun
  // which schema judged matters to whoever has to mend the message
  const schema = report.verdict === 'invalid' && report.schema ? `against ${report.schema}` : ''
  return `${verdict}  ${name}${behind(printable(message ?? ''))}${behind(paint('dim', printable(schema)))}`
}

function behind(text: string): string {
  return text === '' ? '' : `  ${text}`
}

function findingsBlock(report: FileReport, layout: Layout, paint: Paint): string {
  const text = findingsText(report, layout, paint)
  return text === '' ? '' : `${text}\n`
}

/** `3 files: 2 valid, 1 invalid; 4 errors, no warnings.` */
function sentence(summary: Summary): string {
  if (summary.files === 0) return 'No file was judged.'
  const verdicts = (Object.keys(SIGNS) as Verdict[])
    .filter((it) => summary[it] > 0)
    .map((it) => `${summary[it]} ${it}`)
  const found = `${count(summary.errors, 'error')}, ${count(summary.warnings, 'warning')}`
  return `${count(summary.files, 'file')}: ${verdicts.join(', ')}; ${found}.`
}

function count(number: number, thing: string): string {
  return `${number === 0 ? 'no' : number} ${thing}${number === 1 ? '' : 's'}`
}
