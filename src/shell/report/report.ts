// What every report format is given and what it must answer: one judged file at a time, counts at the end.
// It knows no format and judges nothing.

import type { Finding, Severity, Verdict } from '../../envelope/finding.ts'

/** What was said about one file. */
export interface FileReport {
  /** name as the user knows it; `<stdin>` for standard input */
  readonly file: string
  /** the payload schema that judged it; null or absent where none was used */
  readonly schema?: string | null | undefined
  readonly verdict: Verdict
  /** null where it could not be read */
  readonly noun: string | null
  /** null where it could not be read */
  readonly verb: string | null
  readonly findings: readonly Finding[]
  /** decoded text of the file, for excerpts only; `Finding.column` counts its UTF-16 units. Never part of a JSON report */
  readonly source?: string | undefined
}

/** Files by verdict, findings by severity. No times and no durations: equal input gives equal output. */
export interface Summary extends Readonly<Record<Verdict, number>> {
  readonly files: number
  readonly errors: number
  readonly warnings: number
}

/** Writes one report in pieces; `begin`, every `file` and `end`, put behind each other, are the whole document. */
export interface Reporter {
  begin(): string
  file(report: FileReport): string
  end(summary: Summary): string
}

/** How a report is laid out; formats for machines heed only `version`. */
export interface Layout {
  /** ANSI colours; off by default */
  readonly colour?: boolean
  /** columns of the terminal, default 100, used from 40 to 160 */
  readonly width?: number
  /** of cimgate, named where the format has a place for it */
  readonly version?: string
}

/** The summary of no file at all; its order is the order in which counts are printed. */
export const NO_FILES: Summary = {
  files: 0,
  valid: 0,
  invalid: 0,
  'not-well-formed': 0,
  'no-schema': 0,
  refused: 0,
  'engine-error': 0,
  errors: 0,
  warnings: 0,
}

/** The summary with one more file in it. */
export function counted(summary: Summary, report: FileReport): Summary {
  return {
    ...summary,
    files: summary.files + 1,
    [report.verdict]: summary[report.verdict] + 1,
    errors: summary.errors + withSeverity(report, 'error'),
    warnings: summary.warnings + withSeverity(report, 'warning'),
  }
}

function withSeverity({ findings }: FileReport, severity: Severity): number {
  return findings.length === 0 ? 0 : findings.filter((it) => it.severity === severity).length
}
