// Which way a message takes: the first that fits its noun, verb and sender, and the parties that it leads to.

import type { Verb } from '../../envelope/verbs.ts'
import { isVerb } from '../../envelope/verbs.ts'
import type { Party, Topology, Way, When } from './party.ts'

/** What a way is chosen by. */
export interface Routed {
  readonly noun: string
  readonly verb: string
  /** party that it comes from; the Source of cimgate itself for what it tells of its own */
  readonly from: string
}

/** Where a message goes. */
export type Choice =
  | { readonly kind: 'local' }
  | { readonly kind: 'parties'; readonly way: Way; readonly parties: readonly Party[] }
  /** no way fits, or it leads to nobody: never silence */
  | { readonly kind: 'none'; readonly reason: string }

/** The name of cimgate itself in `to`. */
export const HERE = 'local'

/** @param provider of the object that the message is about, for aliases with `{provider}` */
export function wayOf(topology: Topology, it: Routed, provider?: string): Choice {
  if (topology.ways.length === 0) return { kind: 'local' }
  const found = topology.ways
    .map((way) => ({ way, fit: fits(way.when, it) }))
    .find(({ fit }) => fit !== undefined)
  if (found?.fit === undefined) return { kind: 'none', reason: noWay(it) }
  const { way, fit } = found
  if (way.to.includes(HERE)) return { kind: 'local' }
  const names = way.to.map((to) => resolved(filled(to, fit), topology, provider))
  const parties = names.map((name) => topology.parties.find((party) => party.id === name))
  const missing = names.find((_, at) => parties[at] === undefined)
  if (missing !== undefined)
    return {
      kind: 'none',
      reason: `The way ${way.id} leads to ${missing}, and there is no such party.`,
    }
  return { kind: 'parties', way, parties: parties.filter((one) => one !== undefined) }
}

/** What the `*` and `{p}` of a pattern stand for; undefined where the message is none that is meant. */
export function fits(
  { noun, verb, from }: When,
  it: Routed,
): Readonly<Record<string, string>> | undefined {
  if (noun !== undefined && !noun.includes(it.noun)) return undefined
  if (verb !== undefined && !verb.includes((isVerb(it.verb) ? it.verb : '') as Verb))
    return undefined
  if (from === undefined) return {}
  return from.map((pattern) => matched(pattern, it.from)).find((one) => one !== undefined)
}

/** Values of `{p}` in a pattern of parties; undefined where it does not match. `*` and `{p}` stand for at least one character, no `:`. */
export function matched(
  pattern: string,
  name: string,
): Readonly<Record<string, string>> | undefined {
  const names: string[] = []
  const source = pattern
    .split(/(\*|\{\w+\})/)
    .map((part) => {
      if (part === '*') return '[^:]+'
      if (!/^\{\w+\}$/.test(part)) return part.replace(/[.+^${}()|[\]\\?*/-]/g, '\\$&')
      names.push(part.slice(1, -1))
      return '([^:]+)'
    })
    .join('')
  const found = new RegExp(`^${source}$`, 'u').exec(name)
  if (found === null) return undefined
  return Object.fromEntries(names.map((one, at) => [one, found[at + 1] ?? '']))
}

function filled(to: string, values: Readonly<Record<string, string>>): string {
  return to.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}

/** The party behind an alias; aliases may lead to others, and what goes in a circle leads nowhere. */
export function resolved(name: string, { aliases }: Topology, provider?: string): string {
  let at = name
  for (const seen = new Set<string>(); !seen.has(at);) {
    seen.add(at)
    const next = Object.hasOwn(aliases, at) ? aliases[at] : undefined
    if (next === undefined) return at
    at = provider === undefined ? next : next.replaceAll('{provider}', provider)
  }
  return at
}

function noWay({ noun, verb, from }: Routed): string {
  return `No route takes ${verb} ${noun} from ${from}.`
}
