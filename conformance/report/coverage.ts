// coverage.csv: which requirement has been shown in which case, and why not where it has not.

import type { CaseResult, RequirementResult, Results } from '../results-shape.ts'
import { cell } from './cell.ts'

/** Requirement × case × verdict; a requirement without a case has one row, with the reason. */
export function coverageCsv({ requirements, cases }: Results): string {
  const about = ['requirement', 'level', 'layer', 'clause', 'status', 'tested']
  const head = [...about, 'case', 'verdict', 'reason']
  const rows = requirements.flatMap((it) => {
    const about = [
      it.id,
      it.level,
      it.layer,
      it.clause,
      it.status,
      it.notTested === undefined ? '' : 'not tested',
    ]
    const shown = [...new Set([...it.cases, ...it.failed])]
    if (shown.length === 0)
      return [[...about, '', it.verdict, it.notTested ?? 'no case that shows it has been run']]
    return shown.map((id) => [...about, id, ...verdictIn(id, it, cases)])
  })
  return [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

function verdictIn(
  id: string,
  { id: requirement }: RequirementResult,
  cases: readonly CaseResult[],
): readonly [verdict: string, reason: string] {
  const own = (cases.find((it) => it.id === id)?.findings ?? []).filter(
    (it) => it.requirement === requirement,
  )
  const counted = own.filter((it) => it.waived === undefined)
  const worst = counted.find((it) => it.severity === 'fail') ?? counted[0]
  if (worst !== undefined) return [worst.severity, worst.message]
  return own[0] === undefined ? ['pass', ''] : ['pass', `waived: ${own[0].waived ?? ''}`]
}
