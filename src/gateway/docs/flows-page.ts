// The list of all flows, noun by noun, and of the lifecycles that their objects live by.

import { FLOWS } from '../../flows/index.ts'
import type { Flow } from '../../flows/flow.ts'
import { LIFECYCLES } from '../../lifecycles/index.ts'
import { flowLink } from './flow-link.ts'
import { markup, table } from './html.ts'
import { lifecycleTable } from './lifecycle-table.ts'
import { nounLink } from './noun-page.ts'
import type { Page } from './page.ts'

/** Every flow there is. */
export function flowsPage(): Page {
  const flows: readonly Flow[] = FLOWS
  const rows = flows.map((it) => [
    flowLink(it.id),
    nounLink(it.noun),
    it.about,
    markup`<a href="#${it.lifecycle.id}">${it.lifecycle.id}</a>`,
    it.source,
  ])
  const body = markup`<h1>Flows</h1>
    <p class="lead">A flow is one business use of a noun and its verbs: who may do what, and when. A noun without one is kept and given back as it is.</p>
    <p>What they have to do, and the tests that show it: <a href="/docs/guide/criteria">acceptance criteria</a>.</p>
    ${table(['flow', 'noun', 'what', 'lifecycle', 'source'], rows)}<h2 id="lifecycles">Lifecycles</h2>
    <p>What an object may go through. <em>new</em> is what does not exist yet.</p>
    ${LIFECYCLES.map((it) => markup`<h3 id="${it.id}">${it.id}</h3><p>${it.about}.</p>${lifecycleTable(it)}`)}`
  const contents = [
    ['lifecycles', 'Lifecycles'],
    ...LIFECYCLES.map((it) => [it.id, it.id] as const),
  ] as const
  return {
    title: 'Flows',
    about: 'Every business flow, and the life of its objects.',
    at: '/docs/guide/flows',
    body,
    contents,
  }
}
