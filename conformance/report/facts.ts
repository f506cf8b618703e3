// What a run was made with, for the end of the page: what one needs to repeat it, and to know what its signature is worth.

import type { Results } from '../results-shape.ts'
import { transportOf } from './told.ts'
import { markup } from './markup.ts'
import type { Markup } from './markup.ts'

/** Name and value, a line each. */
export function factsOf(results: Results): Markup {
  const { run, suite, signer } = results
  const clock = run.clock === 'real' ? 'that of the machine' : 'virtual'
  const facts: readonly (readonly [string, string])[] = [
    ['Target', run.target],
    ['Begun', `${run.startedAt}, clock: ${clock}`],
    ['Mode', `${run.mode} over ${transportOf(run)}${run.strict ? ', strict' : ''}`],
    ['Seed', run.seed],
    ['Capability statement', `ics.json, SHA-256 ${run.ics}`],
    ['Suite', `${suite.name} ${suite.version}, SHA-256 ${suite.hash}`],
    ['Schemas', `SHA-256 ${suite.schemas}`],
    ['Runtime', `Node.js ${suite.node}`],
    ['Personal data', run.redacted ? REDACTED : 'as it passed'],
    ['Signature', signed(signer)],
    ['Second opinion', opinion(results)],
  ]
  return markup`<dl class="facts">
    ${facts.map(([name, text]) => markup`<div><dt>${name}</dt><dd>${text}</dd></div>`)}
  </dl>`
}

const REDACTED =
  'stands as pseudonyms, also in the messages: they are not octet by octet what passed; what was equal is equal'

/** What it proves, and what not. */
function signed(signer: Results['signer']): string {
  if (signer === undefined) return 'none'
  if (signer.origin === 'fresh')
    return 'by a key made for this run: it proves that nothing has been changed by accident or by anybody who does not sign anew, not who has made the run'
  return `by the key with the SHA-256 fingerprint ${signer.fingerprint ?? ''}: it proves integrity, and origin to whoever knows that key`
}

/** What another engine has said, as one line. */
export function opinion({ secondOpinion: it }: Results): string {
  if (it === undefined) return 'not asked for'
  if ('missing' in it) return `${it.engine}: ${it.missing}`
  const undecided = it.undecided.length === 0 ? '' : `, ${it.undecided.length} without an answer`
  return `${it.engine} ${it.version}: ${it.asked} judged, ${it.disagreements.length} judged otherwise${undecided}`
}
