// Whether something belongs to an organisation that an object names.

import type { Topology } from './party.ts'
import { hasProviders, providerOf, providersOf, servingOf } from './provider.ts'

/** What is known of organisations. */
export interface Organisations {
  /** true where what belongs to an owner is of the organisation with one of these texts, or where nobody can tell */
  readonly isOwned: (owner: string, texts: readonly string[]) => boolean
}

/** Where everything is kept here, and nobody's things are told apart. */
export const NO_ORGANISATIONS: Organisations = { isOwned: () => true }

/** Those of a configuration, as it is when something is asked. */
export function organisationsIn(topology: () => Topology): Organisations {
  return {
    isOwned: (owner, texts) => {
      if (!hasProviders(topology())) return true
      const party = servingOf(texts, topology())
      const provider = party === undefined ? undefined : providerOf(party, topology())
      return provider !== undefined && providersOf(owner, topology()).includes(provider)
    },
  }
}
