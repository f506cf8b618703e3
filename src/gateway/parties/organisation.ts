// Which provider an organisation is that an object names: by the name of the provider, or by the `org` of its parties.

import type { Json } from '../../schema/json-text.ts'
import { identityOf, nameTexts } from '../identity.ts'
import type { Party, Topology } from './party.ts'
import { hasProviders, providerOf } from './provider.ts'

/** What is known of organisations. */
export interface Organisations {
  /** a party of the provider that an organisation is; undefined where it is none */
  readonly partyOf: (organisation: Json) => string | undefined
  /** true where a party that owns something belongs to an organisation, or where nobody can tell */
  readonly isOwned: (owner: string, organisation: Json) => boolean
}

/** Where everything is kept here, and nobody's things are told apart. */
export const NO_ORGANISATIONS: Organisations = {
  partyOf: () => undefined,
  isOwned: () => true,
}

/** Those of a configuration, as it is when something is asked. */
export function organisationsIn(topology: () => Topology): Organisations {
  const partyOf: Organisations['partyOf'] = (organisation) => {
    const names = textsOf(organisation)
    const isMeant = ({ id, org }: Party) => {
      const provider = providerOf(id, topology())
      return provider !== undefined && (names.includes(provider) || names.includes(org))
    }
    return topology().parties.find(isMeant)?.id
  }
  return {
    partyOf,
    isOwned: (owner, organisation) => {
      if (!hasProviders(topology())) return true
      const [whose, party] = [providerOf(owner, topology()), partyOf(organisation)]
      return whose !== undefined && party !== undefined && providerOf(party, topology()) === whose
    },
  }
}

/** The mRID and the text of every name, of whatever NameType. */
function textsOf(organisation: Json): readonly string[] {
  const { mRID } = identityOf(organisation)
  return [...(mRID === undefined ? [] : [mRID]), ...nameTexts(organisation)]
}
