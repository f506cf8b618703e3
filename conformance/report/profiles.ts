// The profiles that a vendor may claim, as they are told: on a terminal, in Markdown, in the page.

import type { ProfileResult, Results } from '../results-shape.ts'
import { anchor, markup } from './markup.ts'
import type { Content, Markup } from './markup.ts'

/** In one sentence. */
const CLAIMS: Readonly<Record<ProfileResult['claim'], string>> = {
  yes: 'may be claimed',
  no: 'may not be claimed',
  none: 'not claimed: nothing that the product claims belongs to it',
}

/** The claim, and how much of the profile this run has shown: a claim of two rows is another one than of twenty. */
export function claimOf({ claim, interop }: ProfileResult): string {
  if (claim === 'none') return CLAIMS.none
  const shown = interop.filter((it) => it.verdict === 'pass' || it.verdict === 'warning')
  const partly = shown.filter((it) => it.untested !== undefined).length
  const parts = partly === 0 ? '' : `, ${partly} of them in part`
  return `${CLAIMS[claim]}: ${shown.length} of ${interop.length} rows shown${parts}`
}

/** so many cases that stand against a profile are named */
const MOST = 5

/** What stands against it: `DERG-1b: fail, GRP-04: …`, the first of them. */
export function missingIn({ missing }: ProfileResult, most = MOST): readonly string[] {
  const lines = missing
    .slice(0, most)
    .map((it) => `${it.case}: ${it.verdict}${it.why === '' ? '' : `, ${it.why}`}`)
  const more = missing.length - most
  return more > 0 ? [...lines, `… and ${more} more`] : lines
}

/** `CUST is not tested: …`, a line for each of them. */
export function untestedIn({ untested }: ProfileResult): readonly string[] {
  return untested.map(({ role, why }) => `${role} is not tested by it: ${why}.`)
}

/** A table of its interoperability cases for each profile. */
export function profileBlock({ profiles }: Results): Markup | undefined {
  if (profiles.length === 0) return undefined
  return markup`<section id="profiles"><h2>Profiles</h2>${profiles.map(block)}</section>`
}

function block(it: ProfileResult): Markup {
  return markup`<h3 id="${anchor('profile', it.profile)}">${it.profile}: ${claimOf(it)}</h3>
    ${untestedIn(it).map((one) => markup`<p>${one}</p>`)}
    ${it.missing.length === 0 ? undefined : markup`<ul>${missingIn(it, Infinity).map((one) => markup`<li>${one}</li>`)}</ul>`}
    <table class="matrix" role="table">
      <caption>
        Interoperability cases of ${it.profile}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          ${['Case', 'Verdict', 'Shown in'].map((one) => markup`<th role="columnheader" scope="col">${one}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${it.interop.map(row)}
      </tbody>
    </table>`
}

function row(it: ProfileResult['interop'][number]): Markup {
  return markup`<tr role="row" class="${it.verdict}">
    <th role="rowheader" scope="row">
      ${it.id}
      <p>${it.title}</p>
    </th>
    <td role="cell"><span class="v ${it.verdict}">${it.verdict}</span></td>
    <td role="cell" data-label="Shown in: ">${linksTo(it.cases)}${it.untested === undefined ? undefined : markup`<p>Not tested: ${it.untested}</p>`}</td>
  </tr>`
}

function linksTo(cases: readonly string[]): Content {
  return cases.map(
    (it, at) => markup`${at === 0 ? '' : ', '}<a href="#${anchor('case', it)}">${it}</a>`,
  )
}
