// summary.md: what a run has come to, on one screen of Markdown.

import { VERDICTS } from '../layer.ts'
import type { Results } from '../results-shape.ts'
import { visible } from './markup.ts'
import { claimOf, missingIn, untestedIn } from './profiles.ts'

/** For the summary of a step of continuous integration. */
export function summaryMd(results: Results): string {
  const { product, verdict, why, roles, counts, requirements, profiles } = results
  const missed = requirements.filter((it) => it.failed.length > 0)
  const totals = VERDICTS.filter((it) => counts[it] !== undefined).map(
    (it) => `${counts[it]} ${it}`,
  )
  return [
    `# ${md(`${product.name} ${product.version}`)}: ${verdict}`,
    ...(why === undefined ? [] : [md(why)]),
    `${results.cases.length} cases: ${totals.join(', ')}`,
    table(
      ['Role', 'Verdict'],
      roles.map((it) => [it.role, it.verdict]),
    ),
    ...(profiles.length === 0
      ? []
      : [
          table(
            ['Profile', 'Claim', 'Missing'],
            profiles.map((it) => [
              it.profile,
              claimOf(it),
              [...missingIn(it), ...untestedIn(it)].join('; '),
            ]),
          ),
        ]),
    ...(missed.length === 0
      ? []
      : [
          '## Not met',
          table(
            ['Requirement', 'Verdict', 'Clause', 'Cases'],
            missed.map((it) => [
              `${it.id}: ${it.text}${it.status === 'agreed' ? '' : ` (${it.status})`}`,
              it.verdict,
              it.clause === '' ? 'ours' : it.clause,
              `${it.failed.length} of ${it.cases.length}`,
            ]),
          ),
        ]),
    '',
  ].join('\n\n')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(md).join(' | ')} |`
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n')
}

/** Text that is neither markup nor HTML, on one line. */
function md(text: string): string {
  return visible(text)
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]#|~!]/g, (it) => `\\${it}`)
    .replace(/[&<>]/g, (it) => `&#${it.charCodeAt(0)};`)
}
