// Reports of `cimgate validate`, written piece by piece while files are judged.
// They print; what is judged and how it ends are the caller's.

import { jsonReporter } from './json.ts'
import { junitReporter } from './junit.ts'
import type { Layout, Reporter } from './report.ts'
import { sarifReporter } from './sarif.ts'
import { textReporter } from './text.ts'

export { NO_FILES, counted } from './report.ts'
export type { FileReport, Layout, Reporter, Summary } from './report.ts'

const REPORTERS = {
  text: textReporter,
  json: jsonReporter,
  sarif: sarifReporter,
  junit: junitReporter,
} satisfies Record<string, (layout: Layout) => Reporter>

/** A value of `--format`. */
export type Format = keyof typeof REPORTERS

/** All values of `--format`, the default first. */
export const FORMATS = Object.keys(REPORTERS) as readonly Format[]

/** A fresh reporter for one run; it remembers what it has written and cannot be used twice. */
export function reporterOf(format: Format, layout: Layout = {}): Reporter {
  return REPORTERS[format](layout)
}
