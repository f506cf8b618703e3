// The page of one flow: what it is for, its verbs, the life of its objects, what it refuses, and its samples.

import type { Flow } from '../../flows/flow.ts'
import { FLOWS } from '../../flows/index.ts'
import { rulesOf } from '../../flows/rules/index.ts'
import { verbRow } from '../../envelope/verbs.ts'
import { resourceOf } from '../nouns.ts'
import type { Sample } from '../ports.ts'
import { frozenTable } from './frozen-table.ts'
import { code, facts, folded, markup, table } from './html.ts'
import type { Html } from './html.ts'
import { lifecycleTable, refusalTable } from './lifecycle-table.ts'
import { RULE_HEAD, ruleLink, ruleRows } from './rule-table.ts'
import { nounLink } from './noun-page.ts'
import type { Page } from './page.ts'

/** The flow of this id. */
export function flowOf(id: string): Flow | undefined {
  return FLOWS.find((it) => it.id === id)
}

/** @param samples of its folder */
export function flowPage(flow: Flow, samples: readonly Sample[]): Page {
  const { id, about, source, noun, objectType, lifecycle } = flow
  const body = markup`<h1>${id}</h1>
    <p class="lead">${about}</p>
    ${facts([
      ['noun', nounLink(noun)],
      ['objectType of its IDs', objectType],
      ['pattern', flow.pattern === 'RR' ? 'request and reply' : 'event'],
      ['lifecycle', markup`<a href="#states">${lifecycle.id}</a>`],
      ['source', source],
    ])}<h2 id="verbs">Verbs</h2>
    ${verbs(flow)}<h2 id="states">States</h2>
    <p>${lifecycle.about}. A state that is new is told at <code>WS /status?topics=${noun}/*</code>.</p>
    ${lifecycleTable(lifecycle)}<h2 id="refusals">Refusals</h2>
    <p>A refusal leaves the object as it was, and carries <code>rule=…</code> and how it is mended in the details of its Error.</p>
    ${refusalTable(lifecycle)}<h2 id="rules">Rules</h2>
    <p>Whatever else is refused by a name of its own. ${ruleLink('Rules of every noun')} come besides: who an object is, whether it is there, whether it is whole.</p>
    ${rules(flow)}${decided(flow)}<h2 id="samples">Samples</h2>
    ${samples.map(({ name, text }, at) => folded(markup`<code>${name}</code>`, code(text), at === 0))}`
  return { title: id, about, at: '/docs/guide/flows', body, contents: contentsOf(flow) }
}

function contentsOf({ frozen }: Flow): NonNullable<Page['contents']> {
  return [
    ...BEFORE,
    ...(frozen === undefined ? [] : [['decided', 'What is decided'] as const]),
    ['samples', 'Samples'],
  ]
}

const BEFORE = [
  ['verbs', 'Verbs'],
  ['states', 'States'],
  ['refusals', 'Refusals'],
  ['rules', 'Rules'],
] as const

/** Over HTTP each verb is a method of the resource; what has none is a message. */
function verbs({ noun, resource = resourceOf(noun), verbs: all, steps = {} }: Flow): Html {
  const path = `/api/v1/${resource}`
  const rows = all.map((it) => [
    markup`<code>${it}</code>`,
    verbRow(it)?.kind ?? '',
    ...json(it, path),
  ])
  const own = Object.keys(steps).map((it) => [
    markup`<code>change</code>`,
    'request',
    markup`<code>POST ${path}/{mRID}:${it}</code>`,
  ])
  return table(['verb', 'kind', 'in JSON'], [...rows, ...own])
}

const METHODS: Readonly<Record<string, string>> = {
  create: 'POST ',
  change: 'PATCH /{mRID}',
  delete: 'DELETE /{mRID}',
  cancel: 'POST /{mRID}:cancel',
  close: 'POST /{mRID}:close',
}

function json(verb: string, path: string): readonly Html[] {
  const [method, below = ''] = METHODS[verb]?.split(' ') ?? []
  return method === undefined
    ? [markup`<code>POST /cim</code>`]
    : [markup`<code>${method} ${path}${below}</code>`]
}

/** What nobody changes any more, whichever way it is asked for or told. */
function decided({ frozen }: Flow): Html | undefined {
  if (frozen === undefined) return undefined
  return markup`<h2 id="decided">What is decided</h2>
    <p>Neither a change nor an event alters it, over whatever way it comes; the steps of this flow do what they are for.</p>
    ${frozenTable(frozen)}`
}

/** What functions and tables of the flow refuse by; the steps that a rule guards stand beside it. */
function rules(flow: Flow): Html {
  const rows = ruleRows(rulesOf(flow), (rule) => {
    const steps = flow.lifecycle.steps.filter((it) => it.guard === rule)
    const names = [...new Set(steps.map((it) => it.trigger))]
    return markup`${names.map((it) => markup`<code>${it}</code> `)}`
  })
  return rows.length === 0 ? markup`<p>None.</p>` : table([...RULE_HEAD, 'steps'], rows)
}
