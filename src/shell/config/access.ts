// What a configuration says of how parties prove who they are -> the same as the gateway sees it: secrets as digests.

import type { TokenIssuer } from '../../gateway/access/tokens.ts'
import { durationMs } from '../../gateway/parties/duration.ts'
import type { AccessRules, Proof } from '../../gateway/parties/party.ts'
import type { Written } from './schema.ts'
import { digestOf } from './secrets.ts'
import type { SecretPlace } from './secrets.ts'
import type { Path } from './tree.ts'

/** What is kept outside of the configuration, by the path of the key that names its place. @param what it is, for people */
export type SecretIn = (path: Path, place: SecretPlace, what?: string) => string

/** How parties come in. */
export function accessOf({ tokens, ...rest }: Written['access'], secret: SecretIn): AccessRules {
  return { ...rest, tokens: tokens.map((it, at) => issuerOf(it, ['access', 'tokens', at], secret)) }
}

function issuerOf(
  { keys, clockSkew, ...it }: Written['access']['tokens'][number],
  path: Path,
  secret: SecretIn,
): TokenIssuer {
  const skewMs = durationMs(clockSkew) ?? 0
  if (typeof keys === 'string') return { ...it, skewMs, keys: { url: keys } }
  return { ...it, skewMs, keys: { set: secret([...path, 'keys'], keys, 'a JWK Set') } }
}

/** How one party proves who it is. */
export function proofOf(it: Written['parties'][string]['auth'][number], secret: SecretIn): Proof {
  if ('apiKey' in it) return { kind: 'api-key', sha256: digestOf(secret(['apiKey'], it.apiKey)) }
  if ('bearer' in it) return { kind: 'bearer', sha256: digestOf(secret(['bearer'], it.bearer)) }
  if ('token' in it) {
    const { token: subject, issuer } = it
    return { kind: 'token', subject, ...(issuer === undefined ? {} : { issuer }) }
  }
  const password = secret(['password'], it.password)
  return { kind: 'username-token', username: it.username, password }
}
