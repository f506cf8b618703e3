// The report for programs, `--format json`: stable, documented in README, one file entry per line.
// Nothing is held back: a batch of any size is written as it is judged.

import { jsonText } from './printable.ts'
import { NO_FILES, counted } from './report.ts'
import type { FileReport, Reporter } from './report.ts'

/** All keys of a file entry and its findings, in the order in which they are written; anything else stays out. */
const KEYS = [
  'file',
  'schema',
  'verdict',
  'noun',
  'verb',
  'findings',
  'layer',
  'rule',
  'severity',
  'clause',
  'path',
  'line',
  'column',
  'expected',
  'found',
  'message',
  'mend',
] as const

/** `--format json`. */
export function jsonReporter(): Reporter {
  let separator = '\n'
  return {
    begin: () => '{"files":[',
    file(report) {
      const text = separator + entry(report)
      separator = ',\n'
      return text
    },
    end: (summary) => `\n],"summary":${jsonText(summary)}}\n`,
  }
}

/** The whole document about one message. */
export function reportOne(report: FileReport): string {
  const { begin, file, end } = jsonReporter()
  return begin() + file(report) + end(counted(NO_FILES, report))
}

function entry(report: FileReport): string {
  return jsonText({ ...report, schema: report.schema ?? null }, KEYS)
}
