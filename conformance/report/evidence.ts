// Everything that is kept of a run, as files: the octets that passed, what it was made from, its results, and the reports made
// from those alone. Pure: the same run gives the same octets.

import type { Plan } from '../engine/plan.ts'
import type { Passed } from '../engine/wire.ts'
import type { Results } from '../results-shape.ts'
import type { Register } from '../register.ts'
import { coverageCsv } from './coverage.ts'
import { junitXml } from './junit.ts'
import { ledgerCsv } from './ledger.ts'
import { sealed, fingerprintOf } from './manifest.ts'
import type { Files, Signer } from './manifest.ts'
import { page } from './page.ts'
import { summaryMd } from './summary.ts'

/** What passed, and what it has come to. */
export interface Judged {
  readonly results: Results
  readonly passed: readonly Passed[]
}

/** The folder of a run, sealed. @param sources texts of the files it was made from, by their names in the folder */
export function evidenceOf({ results: judged, passed }: Judged, sources: Files, by: Signer): Files {
  const signer =
    by.origin === 'fresh'
      ? { origin: by.origin }
      : { origin: by.origin, fingerprint: fingerprintOf(by.key) }
  const results: Results = { ...judged, signer }
  const wire = Object.fromEntries(passed.map(({ file, bytes }) => [file, bytes]))
  return sealed({ ...wire, ...sources, ...reportsOf(results, (file) => wire[file]) }, by)
}

/** results.json, and all that is made from it. */
export function reportsOf(
  results: Results,
  octets: (file: string) => Uint8Array | undefined,
): Files {
  return {
    'results.json': `${JSON.stringify(results, undefined, 2)}\n`,
    'report.html': page(results, octets),
    'junit.xml': junitXml(results),
    'coverage.csv': coverageCsv(results),
    ...(results.ledger === undefined ? {} : { 'ledger.csv': ledgerCsv(results.ledger) }),
    'summary.md': summaryMd(results),
  }
}

/** plan.json: which case was due, why the others were not, and how much each requirement weighs. */
export function planJson({ cases, severity }: Plan, { requirements }: Register): string {
  const plan = {
    cases: cases.map(({ scenario, notApplicable }) => ({
      id: scenario.id,
      ...(notApplicable === undefined ? { run: true } : { run: false, why: notApplicable }),
    })),
    severity: Object.fromEntries(
      [...requirements.keys()].map((it) => [it, severity(it) ?? 'none']),
    ),
  }
  return `${JSON.stringify(plan, undefined, 2)}\n`
}
