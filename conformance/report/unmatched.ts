// What has come and belongs to no case, in the page: why not, and the message itself with what it was answered.

import type { Results } from '../results-shape.ts'
import type { OctetsOf } from './finding-block.ts'
import { anchor, markup } from './markup.ts'
import type { Markup } from './markup.ts'
import { wholeMessage } from './message.ts'

type Unmatched = NonNullable<Results['unmatched']>[number]

/** undefined where everything belongs somewhere */
export function unmatchedBlock(results: Results, octets: OctetsOf): Markup | undefined {
  const { unmatched = [] } = results
  if (unmatched.length === 0) return undefined
  return markup`<section id="unmatched">
    <h2>What belongs to no case</h2>
    <p class="quiet">It has been answered and kept. What is wrong in it weighs where the product has sent it: see the cases <code>unmatched</code>.</p>
    ${unmatched.map((it) => item(it, results, octets))}
  </section>`
}

function item({ file, why }: Unmatched, { wire }: Results, octets: OctetsOf): Markup {
  const at = wire.findIndex((it) => it.file === file)
  const message = wire[at]
  const bytes = message === undefined ? undefined : octets(message.file)
  if (message === undefined || bytes === undefined)
    return markup`<p class="unmatched"><b>${file}</b>: ${why}</p>`
  const next = wire[at + 1]
  const isAnswer = next?.direction === 'reply' && next.scenario === message.scenario
  const answer = isAnswer ? octets(next.file) : undefined
  return markup`<details class="case">
    <summary>
      <h3 class="id" id="${anchor('unmatched', file)}">${file}</h3>
      <span class="quiet">to ${message.to}: ${why}</span>
    </summary>
    ${wholeMessage(message, bytes)}
    ${next === undefined || answer === undefined ? undefined : wholeMessage(next, answer)}
  </details>`
}
