// The requirement matrix in the page: what is asked, by which clause, in which cases it showed, and why not where it did not.

import type { RequirementResult, Results } from '../results-shape.ts'
import { anchor, markup } from './markup.ts'
import type { Content, Markup } from './markup.ts'

const COLUMNS = ['Requirement', 'Verdict', 'Clause', 'Cases'] as const

/** What was asked in this run, in the order of the register; the rest is folded. */
export function matrix({ requirements }: Pick<Results, 'requirements'>): readonly Markup[] {
  const asked = requirements.filter(isAsked)
  const rest = requirements.filter((it) => !isAsked(it))
  return [
    asked.length === 0
      ? markup`<p>Nothing was asked in this run.</p>`
      : table('Each requirement that this run has asked for, over all cases', asked),
    ...(rest.length === 0 ? [] : [folded(rest)]),
  ]
}

function isAsked({ cases, failed }: RequirementResult): boolean {
  return cases.length > 0 || failed.length > 0
}

function folded(rest: readonly RequirementResult[]): Markup {
  const untested = rest.filter((it) => it.notTested !== undefined).length
  const never = untested === 0 ? '' : `, ${untested} of which no case can show`
  const count = rest.length === 1 ? '1 requirement' : `${rest.length} requirements`
  return markup`<details class="rest">
    <summary>${count} that this run has not asked for${never}</summary>
    ${table('Requirements that this run has not asked for', rest)}
  </details>`
}

function table(caption: string, rows: readonly RequirementResult[]): Markup {
  return markup`<table class="matrix" role="table">
    <caption>
      ${caption}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        ${COLUMNS.map((it) => markup`<th role="columnheader" scope="col">${it}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map(row)}
    </tbody>
  </table>`
}

function row(it: RequirementResult): Markup {
  const id: Content =
    it.failed.length === 0 ? it.id : markup`<a href="#${anchor('finding', it.id)}">${it.id}</a>`
  const clause = it.clause === '' ? 'a rule of ours' : it.clause
  return markup`<tr role="row" class="${it.verdict}">
    <th role="rowheader" scope="row">
      ${id} <span class="quiet">${it.level} · ${it.layer}${it.status === 'agreed' ? '' : ` · ${it.status}`}</span>
      <p>${it.text}</p>
    </th>
    <td role="cell"><span class="v ${it.verdict}">${it.verdict}</span></td>
    <td role="cell" data-label="Clause: ">${clause}</td>
    <td role="cell" data-label="Shown in: ">${casesOf(it)}</td>
  </tr>`
}

/** Those that show a fault by name, and how many there are. */
function casesOf({ cases, failed, notTested, verdict }: RequirementResult): Content {
  if (notTested !== undefined) return `Not tested: ${notTested}`
  if (cases.length === 0 && verdict === 'not-run') return 'No case that shows it has been run.'
  if (failed.length === 0) return cases.length <= 3 ? list(cases) : `${cases.length} cases`
  return markup`${failed.length} of ${cases.length}: ${list(failed)}`
}

/** so many are named */
const MOST = 12

function list(cases: readonly string[]): Content {
  const links = cases
    .slice(0, MOST)
    .map((it, at) => markup`${at === 0 ? '' : ', '}<a href="#${anchor('case', it)}">${it}</a>`)
  return [...links, cases.length > MOST ? ` and ${cases.length - MOST} more` : '']
}
