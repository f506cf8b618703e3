// The ledger of a translator: ledger.csv with every value, and in the page what each noun comes to, with the losses.

import { FATES } from '../mapping/ledger.ts'
import type { LedgerLine, Results } from '../results-shape.ts'
import { cell } from './cell.ts'
import { anchor, markup } from './markup.ts'
import type { Markup } from './markup.ts'

const COLUMNS = [
  ...(['scenario', 'step', 'direction', 'fate', 'requirement'] as const),
  ...(['from', 'to', 'said', 'got', 'line'] as const),
]

/** A row for each value. */
export function ledgerCsv(ledger: readonly LedgerLine[]): string {
  const rows = ledger.map((it) => COLUMNS.map((one) => String(it[one] ?? '')))
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

/** undefined where the run has none. */
export function ledgerBlock({ ledger, cases }: Results): Markup | undefined {
  if (ledger === undefined) return undefined
  const played = cases.filter((it) => ledger.some(({ scenario }) => scenario === it.id))
  return markup`<p class="quiet">What has become of each value. mapped: it is there, with the same value; altered: with
another one; dropped: it is not there; defaulted: the product fills it in, as it has declared; invented: it has not. The whole
is in ledger.csv.</p>
<div class="scroll" tabindex="0" role="region" aria-label="What each case comes to"><table class="ledger"><thead><tr><th>case</th><th>direction</th>${FATES.map((it) => markup`<th>${it}</th>`)}</tr></thead>
<tbody>${played.flatMap((it) => rowsOf(it.id, ledger))}</tbody></table></div>
${lossesOf(ledger)}`
}

function rowsOf(scenario: string, ledger: readonly LedgerLine[]): readonly Markup[] {
  const own = ledger.filter((it) => it.scenario === scenario)
  return [...new Set(own.map((it) => it.direction))].map((direction) => {
    const lines = own.filter((it) => it.direction === direction)
    const counts = FATES.map((fate) => lines.filter((it) => it.fate === fate).length)
    return markup`<tr><td><a href="#${anchor('case', scenario)}">${scenario}</a></td><td>${direction}</td>${counts.map(
      (it) => markup`<td>${it}</td>`,
    )}</tr>`
  })
}

/** so many are shown */
const MOST = 500

function lossesOf(ledger: readonly LedgerLine[]): Markup | undefined {
  const lost = ledger.filter((it) => it.fate !== 'mapped')
  if (lost.length === 0) return undefined
  const more = lost.length - MOST
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="What was not mapped"><table class="ledger losses"><thead><tr><th>fate</th><th>requirement</th><th>from</th><th>to</th><th>said</th><th>got</th></tr></thead>
<tbody>${lost
    .slice(0, MOST)
    .map(
      (it) =>
        markup`<tr><td>${it.fate}</td><td>${it.requirement ?? ''}</td><td><code>${it.from}</code></td><td><code>${it.to}</code></td><td>${short(it.said)}</td><td>${short(it.got)}</td></tr>`,
    )}</tbody></table></div>
${more > 0 ? markup`<p class="note">… and ${more} more, in ledger.csv.</p>` : undefined}`
}

function short(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
