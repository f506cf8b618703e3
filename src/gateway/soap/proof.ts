// Who sent a SOAP request, where HTTP does not say: by its UsernameToken, as the configuration knows the parties.

import type { BodyProof } from '../access/access.ts'
import type { Party, Proof } from '../parties/party.ts'
import { readTop } from './top.ts'
import type { ReadXml } from './top.ts'
import { noncesFor } from './nonces.ts'
import type { Nonces } from './nonces.ts'
import { nonceKey, OLDEST_MS, tokenFault, usernameTokenIn } from './username-token.ts'
import type { TokenParts, UsernameToken } from './username-token.ts'

/** What proving needs from outside. */
export interface ProofParts extends Pick<TokenParts, 'sha1'> {
  readonly readXml: ReadXml
  /** now, ISO 8601 with Z */
  readonly clock: () => string
  /** of the configuration in force */
  readonly parties: () => readonly Party[]
}

/** Looks for a UsernameToken in a body, of which only the beginning is read. One with a Nonce proves once. */
export function usernameTokenProof(parts: ProofParts): (bytes: Uint8Array) => BodyProof {
  const nonces = noncesFor(OLDEST_MS)
  return (bytes) => {
    // Most messages have none, and are not looked at any further.
    if (!isNamedIn(bytes)) return undefined
    const token = usernameTokenIn(readTop(bytes, parts.readXml)?.soap?.blocks ?? [])
    if (token === undefined || 'wrong' in token) return token
    const now = parts.clock()
    const proof = provenBy(token, parts, now)
    return 'wrong' in proof ? proof : onceOnly(token, proof, nonces, now)
  }
}

/** No encoding that is read writes the name of an element otherwise than letter by letter, with or without zeros between. */
function isNamedIn(bytes: Uint8Array): boolean {
  return LETTERS.decode(bytes).replaceAll('\0', '').includes('UsernameToken')
}

const LETTERS = new TextDecoder('latin1')

/** Asked of what has proved somebody only, so that nobody else can use up, or fill, what is kept of him. */
function onceOnly(
  token: UsernameToken,
  proof: { readonly party: string },
  nonces: Nonces,
  now: string,
): NonNullable<BodyProof> {
  if (token.nonce === '') return proof
  const createdMs = Date.parse(token.created === '' ? now : token.created)
  const use = { party: proof.party, nonce: nonceKey(token), createdMs }
  const refused = nonces.use(use, Date.parse(now))
  return refused === undefined ? proof : { wrong: REPLAYED[refused] }
}

const REPLAYED = {
  used: 'The Nonce has been used before: write a new UsernameToken for each message, also for one that is sent again.',
  forgotten:
    'So many tokens have come since Created that nobody can say whether this one has been used: write a new one.',
} as const

/** Every proof of every party is looked at, so that the time that it takes does not tell which user there is. */
function provenBy(
  token: UsernameToken,
  { parties, sha1 }: ProofParts,
  now: string,
): NonNullable<BodyProof> {
  const how = { now, sha1 }
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
