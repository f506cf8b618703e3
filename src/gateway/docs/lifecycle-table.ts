// A lifecycle as the documentation shows it: its diagram, its steps with rules and sources, and what it refuses by name.

import { diagramOf, NONE } from '../../lifecycles/lifecycle.ts'
import type { Lifecycle, Step } from '../../lifecycles/lifecycle.ts'
import { code, folded, markup, table } from './html.ts'
import type { Html, Part } from './html.ts'

/** Steps that differ in where they begin alone are one row. */
export function lifecycleTable(lifecycle: Lifecycle): Html {
  const rows = stepsTogether(lifecycle.steps).map((it) => {
    const [{ trigger, guard = '', source }] = it
    return [states(it.map(({ from }) => from)), named(trigger), to(it), named(guard), source]
  })
  return markup`${table(['from', 'step', 'to', 'rule', 'source'], rows)}${folded(
    'The same as a Mermaid state diagram',
    code(diagramOf(lifecycle)),
  )}`
}

type Together = readonly [Step, ...Step[]]

function stepsTogether(steps: readonly Step[]): readonly Together[] {
  const rows = new Map<string, [Step, ...Step[]]>()
  for (const it of steps) {
    const { from, trigger, guard, source } = it
    const key = JSON.stringify([trigger, from === it.to ? '' : it.to, guard, source])
    const row = rows.get(key)
    if (row === undefined) rows.set(key, [it])
    else row.push(it)
  }
  return [...rows.values()]
}

function to([first]: Together): Part {
  return first.from === first.to ? 'stays there' : named(first.to)
}

function states(all: readonly string[]): Part {
  return all.map((it, at) => markup`${at === 0 ? '' : ', '}${it === NONE ? 'new' : named(it)}`)
}

function named(it: string): Part {
  return it === '' ? '' : markup`<code class="whole">${it}</code>`
}

/** The reply code of a refusal that names no other one. */
const USUAL_CODE = '6.1'

/** What is refused with a name of its own, and how everything else is named. */
export function refusalTable({ id, refusals = [] }: Lifecycle): Html {
  const rows = refusals.map(({ rule, code: own = USUAL_CODE, from, triggers, reason }) => [
    named(rule),
    own,
    from === undefined ? 'any' : states(from),
    triggers === undefined ? 'any' : states(triggers),
    reason,
  ])
  const all = [
    ...rows,
    [markup`<code>${id}-&lt;state&gt;-&lt;step&gt;</code>`, USUAL_CODE, 'any', 'any', OTHERS],
  ]
  return table(['rule', 'code', 'state', 'step', 'what is said'], all)
}

const OTHERS = 'Every other step that the state does not allow; what it allows is listed.'
