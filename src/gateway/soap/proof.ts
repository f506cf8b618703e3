// Who sent a SOAP request, where HTTP does not say: by its UsernameToken, as the configuration knows the parties.

import type { BodyProof } from '../access/access.ts'
import type { Party, Proof } from '../parties/party.ts'
import { readTop } from './top.ts'
import type { ReadXml } from './top.ts'
import { tokenFault, usernameTokenIn } from './username-token.ts'
import type { TokenParts, UsernameToken } from './username-token.ts'

/** What proving needs from outside. */
export interface ProofParts extends Pick<TokenParts, 'sha1'> {
  readonly readXml: ReadXml
  /** now, ISO 8601 with Z */
  readonly clock: () => string
  /** of the configuration in force */
  readonly parties: () => readonly Party[]
}

/** Looks for a UsernameToken in a body, of which only the beginning is read. */
export function usernameTokenProof(parts: ProofParts): (bytes: Uint8Array) => BodyProof {
  return (bytes) => {
    const token = usernameTokenIn(readTop(bytes, parts.readXml)?.soap?.blocks ?? [])
    if (token === undefined || 'wrong' in token) return token
    return provenBy(token, parts)
  }
}

/** Every proof of every party is looked at, so that the time that it takes does not tell which user there is. */
function provenBy(token: UsernameToken, { clock, parties, sha1 }: ProofParts): BodyProof {
  const how = { now: clock(), sha1 }
  let party: string | undefined
  let stale: string | undefined
  for (const { id, proofs } of parties())
    for (const proof of proofs.filter(isPassword)) {
      const fault = tokenFault(token, proof.password, how)
      if (fault !== undefined) stale ??= fault
      else if (proof.username === token.username) party ??= id
    }
  if (party !== undefined) return { party }
  return { wrong: stale ?? 'Username or Password is wrong.' }
}

type Password = Extract<Proof, { readonly kind: 'username-token' }>

function isPassword(proof: Proof): proof is Password {
  return proof.kind === 'username-token'
}
