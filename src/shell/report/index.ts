// Reports of `cimgate validate`, written piece by piece while files are judged.
// They print; what is judged and how it ends are the caller's. A format that is not the usual one is loaded when it is asked for.

import { NO_FILES, counted } from './report.ts'
import type { FileReport, Layout, Reporter } from './report.ts'
import { textReporter } from './text.ts'

export { NO_FILES, counted } from './report.ts'
export type { FileReport, Layout, Reporter, Summary } from './report.ts'

const REPORTERS = {
  text: async () => textReporter,
  json: async () => (await import('./json.ts')).jsonReporter,
  sarif: async () => (await import('./sarif.ts')).sarifReporter,
  junit: async () => (await import('./junit.ts')).junitReporter,
} satisfies Record<string, () => Promise<(layout: Layout) => Reporter>>

/** A value of `--format`. */
export type Format = keyof typeof REPORTERS

/** All values of `--format`, the default first. */
export const FORMATS = Object.keys(REPORTERS) as readonly Format[]

/** A fresh reporter for one run; it remembers what it has written and cannot be used twice. */
export async function reporterOf(format: Format, layout: Layout = {}): Promise<Reporter> {
  const reporter = await REPORTERS[format]()
  return reporter(layout)
}

/** A reporter that counts for itself. */
export interface CountingReporter extends Omit<Reporter, 'end'> {
  end(): string
}

/** The same for callers that do not need the summary themselves. */
export async function countingReporter(
  format: Format,
  layout: Layout = {},
): Promise<CountingReporter> {
  const reporter = await reporterOf(format, layout)
  let summary = NO_FILES
  return {
    begin: () => reporter.begin(),
    file(report: FileReport) {
      summary = counted(summary, report)
      return reporter.file(report)
    },
    end: () => reporter.end(summary),
  }
}
