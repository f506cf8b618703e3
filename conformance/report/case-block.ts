// A case in the page: its verdict on each layer and step, the diagram of what passed, and every message whole.

import { ABOUT, LAYERS } from '../layer.ts'
import type { CaseResult, Results } from '../results-shape.ts'
import type { OctetsOf } from './finding-block.ts'
import { anchor, markup } from './markup.ts'
import type { Markup } from './markup.ts'
import { wholeMessage } from './message.ts'
import { arrowsOf, sequence } from './sequence.ts'

/** Folded: a reader opens what he is interested in, and a link to what stands inside opens it for him. */
export function caseBlock(it: CaseResult, results: Results, octets: OctetsOf): Markup {
  const id = anchor('case', it.id)
  const aliases = it.aliases.filter((one) => one !== it.id)
  return markup`<details class="case">
    <summary>
      <span class="v ${it.verdict}">${it.verdict}</span> <span class="id">${it.id}</span>
      <span class="quiet">${it.title}</span>
      ${it.attested === true ? markup`<span class="mark">attested</span>` : undefined}
    </summary>
    <p class="quiet target" id="${id}">
      ${it.roles.join(', ')} · ${it.source}${aliases.length === 0 ? '' : ` · also known as ${aliases.join(', ')}`}
    </p>
    ${it.attested === true ? markup`<p>Attested: a person had the product send what this case needs.</p>` : undefined}
    ${it.why === undefined ? undefined : markup`<p>${it.why}</p>`}
    ${it.steps.length === 0 ? undefined : played(it, id, results, octets)}
  </details>`
}

function played(it: CaseResult, id: string, { wire }: Results, octets: OctetsOf): Markup {
  const own = wire.filter((one) => one.scenario === it.id)
  const notes = it.steps.filter((one) => one.why !== undefined && one.why !== it.why)
  return markup`<ul class="layers" aria-label="Verdict on each layer">
      ${LAYERS.filter((one) => it.layers[one] !== undefined).map((one) => {
        const verdict = it.layers[one] ?? ''
        return markup`<li title="${ABOUT[one]}">${one} <span class="v ${verdict}">${verdict}</span></li>`
      })}
    </ul>
    ${notes.map((one) => markup`<p class="note">Step ${one.id}${one.verdict === 'not-run' ? ' did not take place' : ''}: ${one.why}.</p>`)}
    ${sequence(arrowsOf(it, wire, octets), id, `What passed in ${it.id}`)}
    ${own.map((one) => {
      const bytes = octets(one.file)
      return bytes === undefined
        ? markup`<p class="note">${one.file} is not in the folder.</p>`
        : wholeMessage(one, bytes)
    })}`
}
