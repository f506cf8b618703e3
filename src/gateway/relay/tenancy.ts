// What a party says of the objects of a request is its word on what it may have: whatever it answers, the objects of another
// provider stay as they are, and nobody is told otherwise.

import type { JsonObject } from '../../schema/json-text.ts'
import type { ContentOf } from '../content.ts'
import type { Deciding } from '../deciding/deciding.ts'
import type { Leg } from '../ledger.ts'
import { hasProviders, mayHave, providerOf, providersOf } from '../parties/index.ts'
import type { Topology } from '../parties/party.ts'
import { EVERYBODYS } from '../standing.ts'
import type { Standings } from '../standing.ts'
import { worldOf } from '../world.ts'
import { onlyItems } from './accepted.ts'
import type { Pending } from './waiting.ts'

/** What it is judged by. */
export interface TenancyParts {
  readonly deciding: Pick<Deciding, 'read' | 'workOf'>
  readonly standings: Pick<Standings, 'mayKnow'>
  readonly contentOf: ContentOf
  readonly topology: () => Topology
}

/** Over one record. */
export interface Tenancy {
  /** True for an owner whose objects may follow what a party answers to a request. */
  readonly isOpen: (it: Pending, leg: Pick<Leg, 'party'>) => (owner: string) => boolean
  /** The request without the objects that stay as they are; undefined where nothing is left of it. */
  readonly openOnly: (it: Pending, leg: Pick<Leg, 'party'>) => Promise<JsonObject | undefined>
}

/** Keeps the objects of providers apart. */
export function tenancyOn({ deciding, standings, contentOf, topology }: TenancyParts): Tenancy {
  const isOfProvider = (party: string) => providerOf(party, topology()) !== undefined
  const isNobodys = (owner: string) => providersOf(owner, topology()).length === 0

  const isOpen: Tenancy['isOpen'] = ({ received: { sender } }, { party }) => {
    if (!hasProviders(topology())) return EVERYBODYS
    const isKnown = (owner: string) => standings.mayKnow(sender, owner)
    // Among themselves the parties of a provider have a say in nothing but their own.
    if (isOfProvider(sender.party) && isOfProvider(party)) return isKnown
    return (owner) => (isNobodys(owner) || isKnown(owner)) && mayHave(party, owner, topology())
  }

  const openOnly: Tenancy['openOnly'] = async (it, leg) => {
    const isIn = isOpen(it, leg)
    const work = deciding.workOf(it.message)
    if (isIn === EVERYBODYS || it.validated.verb === 'get') return it.message
    const closed = worldOf((await deciding.read(work)).filter(({ owner }) => !isIn(owner)))
    const isClosed = work.tasks.map(({ noun, object }) => closed.find(noun, object).kind !== 'none')
    return onlyItems(it.message, (_item, at) => isClosed[at] !== true, contentOf)
  }

  return { isOpen, openOnly }
}
