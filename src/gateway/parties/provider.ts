// Which provider a party belongs to, and what the parties of one provider may have: only what is their own.

import { matched, placesIn } from './patterns.ts'
import { idKey } from '../identity.ts'
import type { Party, Topology } from './party.ts'
import { PROVIDER } from './routing.ts'

/** Parties of third parties are named so, whatever the configuration says besides. */
const THIRD_PARTY: readonly string[] = ['tp:{provider}', 'tp:{provider}:*']

const known = new WeakMap<Topology, Map<string, string | undefined>>()

/**
 * `acme` of `tp:acme:derms`, or what stands for `{provider}` where an alias leads to such a party; undefined for everybody
 * else, and for nobody.
 */
export function providerOf(party: string, topology: Topology): string | undefined {
  const seen = known.get(topology) ?? new Map<string, string | undefined>()
  known.set(topology, seen)
  if (!seen.has(party) && topology.parties.some(({ id }) => id === party))
    seen.set(party, foundIn(party, topology))
  return seen.get(party)
}

function foundIn(party: string, { aliases }: Topology): string | undefined {
  const patterns = [...THIRD_PARTY, ...Object.values(aliases)]
  return patterns
    .filter((it) => placesIn(it).includes(PROVIDER))
    .map((it) => matched(it, party)?.[PROVIDER])
    .find((it) => it !== undefined)
}

/** Owner of what everybody may know of. */
export const EVERYBODY = '*'

/** Those of an owner: of one party, or of several with a space between them; the first serves it. */
export function providersOf(owner: string, topology: Topology): readonly string[] {
  return [...new Set(owner.split(' ').flatMap((it) => providerOf(it, topology) ?? []))]
}

/** True where there are providers that must not know of each other. */
export function hasProviders(topology: Topology): boolean {
  return topology.parties.some(({ id }) => providerOf(id, topology) !== undefined)
}

/** True where a party may look at what belongs to an owner: of a provider, only what is that provider's. */
export function mayKnow(party: string, owner: string, topology: Topology): boolean {
  const own = providerOf(party, topology)
  return own === undefined || owner === EVERYBODY || providersOf(owner, topology).includes(own)
}

/** True where a party may be sent what belongs to an owner: what is no provider's goes wherever its route leads. */
export function mayHave(party: string, owner: string, topology: Topology): boolean {
  return providersOf(owner, topology).length === 0 || mayKnow(party, owner, topology)
}

/**
 * The first party of the provider by which one of these is served, the nearest first; undefined where none is, or where it
 * is served by several, so that nobody can tell.
 * @param texts mRIDs and names of organisations and places
 */
export function servingOf(texts: readonly string[], topology: Topology): string | undefined {
  for (const text of texts) {
    const parties = topology.parties.filter((it) => serves(it, text, topology))
    const providers = new Set(parties.map(({ id }) => providerOf(id, topology)))
    if (providers.size > 0) return providers.size === 1 ? parties[0]?.id : undefined
  }
  return undefined
}

/** A provider serves what bears its name or that of its organisation, and what the configuration says besides. */
function serves({ id, org, serves: own = [] }: Party, text: string, topology: Topology): boolean {
  const provider = providerOf(id, topology)
  return provider !== undefined && [provider, org, ...own].some((it) => idKey(it) === idKey(text))
}
