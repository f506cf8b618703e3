// Which way a message takes: the first that fits its noun, verb and sender, and the parties that it leads to.

import { verbRow } from '../../envelope/verbs.ts'
import { filled, matched, placesIn } from './patterns.ts'
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
  /** by the way that leads here; absent = there is no configuration */
  | { readonly kind: 'local'; readonly way?: Way }
  | { readonly kind: 'parties'; readonly way: Way; readonly parties: readonly Party[] }
  /** no way fits, or it leads to nobody: never silence */
  | { readonly kind: 'none'; readonly reason: string }

/** The name of cimgate itself in `to`. */
export const HERE = 'local'

/**
 * The parties are each named once, and the sender is none of them: nobody is sent his own message.
 * @param provider of the object that the message is about, from its registration: for aliases with `{provider}`
 */
export function wayOf(topology: Topology, it: Routed, provider?: string): Choice {
  if (topology.ways.length === 0) return { kind: 'local' }
  const found = firstFit(topology.ways, it)
  if (found === undefined)
    return { kind: 'none', reason: `No route takes ${it.verb} ${it.noun} from ${it.from}.` }
  const { way, fit } = found
  if (way.to.includes(HERE)) return { kind: 'local', way }
  const names = way.to.map((to) => resolved(filled(to, fit), topology.aliases, provider))
  const others = meantOf([...new Set(names)], it).filter((name) => name !== it.from)
  if (others.length === 0) return nowhere(way, `to nobody but its sender ${it.from}`)
  const parties = others.map((name) => topology.parties.find((party) => party.id === name))
  const missing = others.find((_, at) => parties[at] === undefined)
  if (missing === undefined)
    return { kind: 'parties', way, parties: parties.filter((one) => one !== undefined) }
  return placesIn(missing).includes(PROVIDER)
    ? nowhere(way, `to ${missing}, and no provider is registered for the object`)
    : nowhere(way, `to ${missing}, and there is no such party`)
}

/** True for a noun whose objects are made here and nowhere else: what is not in the record does not exist. */
export function isKept({ ways }: Topology, noun: string): boolean {
  const making = ways.filter(
    ({ when }) => (when.noun?.includes(noun) ?? true) && (when.verb?.includes('create') ?? true),
  )
  return making.every(({ to }) => to.includes(HERE))
}

/**
 * Of an event that is about nobody's provider the parties of a provider do not hear; neither do those behind the first one
 * of a request.
 */
function meantOf(names: readonly string[], { verb }: Routed): readonly string[] {
  const isKnown = (name: string) => !placesIn(name).includes(PROVIDER)
  const known = names.filter(isKnown)
  const [first = ''] = names
  const isEnough = known.length > 0 && (isKnown(first) || verbRow(verb)?.kind === 'event')
  return isEnough ? known : names
}

function nowhere({ id }: Way, where: string): Choice {
  return { kind: 'none', reason: `The route ${id} leads ${where}.` }
}

function firstFit(ways: readonly Way[], it: Routed) {
  for (const way of ways) {
    const fit = fits(way.when, it)
    if (fit !== undefined) return { way, fit }
  }
  return undefined
}

/** What the `{p}` of the sender's pattern stand for; undefined where the message is none that is meant. */
export function fits(
  { noun, verb, from }: When,
  it: Routed,
): Readonly<Record<string, string>> | undefined {
  if (noun !== undefined && !noun.includes(it.noun)) return undefined
  if (verb !== undefined && !(verb as readonly string[]).includes(it.verb)) return undefined
  if (from === undefined) return {}
  return from.map((pattern) => matched(pattern, it.from)).find((one) => one !== undefined)
}

/** Stands in aliases for the provider of the object that a message is about. */
export const PROVIDER = 'provider'

/** The party behind an alias; aliases may lead to others, and what goes in a circle stays an alias. */
export function resolved(name: string, aliases: Topology['aliases'], provider?: string): string {
  let at = name
  for (const seen = new Set<string>(); !seen.has(at);) {
    seen.add(at)
    const next = Object.hasOwn(aliases, at) ? aliases[at] : undefined
    if (next === undefined) return at
    at = provider === undefined ? next : filled(next, { [PROVIDER]: provider })
  }
  return at
}
