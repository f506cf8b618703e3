// Who was judged where nobody claims a role, in the page: between two products, and in what was captured.

import type { Finding, Results } from '../results-shape.ts'
import { anchor, markup } from './markup.ts'
import type { Content, Markup } from './markup.ts'

type Party = NonNullable<Results['parties']>[number]

/** undefined where there are none */
export function partyBlock(results: Results): Markup | undefined {
  const { parties = [] } = results
  if (parties.length === 0) return undefined
  return markup`<section id="parties">
    <h2>Parties</h2>
    <table class="matrix">
      <caption>Each party answers for the messages that it has sent, and for what it has not answered.</caption>
      <thead><tr><th scope="col">Party</th><th scope="col">Verdict</th><th scope="col">Messages sent</th><th scope="col">Not met</th></tr></thead>
      <tbody>${parties.map((it) => row(it, results))}</tbody>
    </table>
  </section>`
}

function row({ name, verdict }: Party, { cases, wire }: Results): Markup {
  const sent = wire.filter((it) => it.from === name).length
  const own = cases.flatMap((it) => it.findings).filter((it) => it.blame === name)
  return markup`<tr>
    <th scope="row">${name}</th>
    <td data-label="Verdict: "><span class="v ${verdict}">${verdict}</span></td>
    <td data-label="Messages sent: ">${sent}</td>
    <td data-label="Not met: ">${notMet(own)}</td>
  </tr>`
}

/** By requirement, with how often. */
function notMet(findings: readonly Finding[]): Content {
  const ids = [...new Set(findings.map((it) => it.requirement))].sort()
  if (ids.length === 0) return 'nothing'
  return ids.map((id, at) => {
    const count = findings.filter((it) => it.requirement === id).length
    const times = count === 1 ? '' : ` (${count})`
    return markup`${at === 0 ? '' : ', '}<a href="#${anchor('finding', id)}">${id}</a>${times}`
  })
}
