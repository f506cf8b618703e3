// Which cases a user has asked for by name: a name that names nothing is told at once, since a run of no cases looks like one in
// which all went well.

import { namesOf } from './engine/plan.ts'
import { NEGATIVE } from './negative.ts'
import { WrongUsage } from './usage.ts'
import type { Scenario } from './shapes.ts'

/** What the cases are chosen by. */
export interface Chosen {
  readonly only: readonly string[]
  /** nouns of which wrong messages are sent too */
  readonly negative?: readonly string[]
}

/**
 * The names of `--only`, without white space around them. Wrong messages that were asked for are sent whatever else is, unless
 * some of them are named.
 * @throws WrongUsage a name that names no case of the mode
 */
export function chosen(
  { only, negative = [] }: Chosen,
  scenarios: readonly Scenario[],
  mode: string,
): readonly string[] {
  if (negative.length > 0 && mode !== 'client')
    throw new WrongUsage(`--negative: in mode ${mode} no such messages are sent; mode client does`)
  if (only.length === 0) return only
  const names = only.map((it) => it.trim())
  const known = new Set(scenarios.flatMap(namesOf))
  const unknown = names.filter((it) => !known.has(it))
  if (unknown.length > 0)
    throw new WrongUsage(unknown.map((it) => unknownName(it, known, mode)).join('\n'))
  const ids = scenarios.filter((it) => it.pack === NEGATIVE).flatMap(namesOf)
  const isNamed = ids.length === 0 || names.some((it) => ids.includes(it))
  return isNamed ? names : [...names, NEGATIVE]
}

function unknownName(name: string, known: ReadonlySet<string>, mode: string): string {
  const shown = name === '' ? "''" : name
  if (known.size === 0) return `--only ${shown}: mode ${mode} judges what passes, and has no cases`
  const alike = [...known].find((it) => it.toLowerCase() === name.toLowerCase())
  const hint =
    alike === undefined
      ? 'and no pack or profile of one; `cimgate conformance list` names all'
      : `but ${alike} is`
  return `--only ${shown}: that is no case of mode ${mode}, ${hint}`
}
