// What a configuration says of how parties prove who they are -> the same as the gateway sees it: secrets as digests.

import type { TokenIssuer } from '../../gateway/access/tokens.ts'
import type { ClientTls, TlsMaterial } from '../../gateway/access/tls.ts'
import { durationMs } from '../../gateway/parties/duration.ts'
import type { AccessRules, CertificateProof, Proof } from '../../gateway/parties/party.ts'
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

/** undefined = nothing is served over TLS. */
export function tlsOf(written: Written['tls'], secret: SecretIn): TlsMaterial | undefined {
  const { certificate, key, passphrase, clientAuthorities, minVersion } = written
  if (certificate === undefined || key === undefined) return undefined
  const pem = (name: string, place: SecretPlace) => secret(['tls', name], place, 'PEM')
  return {
    certificate: pem('certificate', certificate),
    key: pem('key', key),
    ...(passphrase === undefined ? {} : { passphrase: secret(['tls', 'passphrase'], passphrase) }),
    ...(clientAuthorities === undefined
      ? {}
      : { clientAuthorities: pem('clientAuthorities', clientAuthorities) }),
    minVersion,
  }
}

type WrittenBinding = NonNullable<Written['parties'][string]['binding']>
type WrittenClientTls = NonNullable<Extract<WrittenBinding, { readonly url: string }>['tls']>

/** How a party is spoken to over TLS. @param secret by the path below its binding */
export function clientTlsOf(written: WrittenClientTls, secret: SecretIn): ClientTls {
  const named = (['certificate', 'key', 'passphrase', 'authorities'] as const).flatMap((name) => {
    const place = written[name]
    const what = name === 'passphrase' ? 'the passphrase' : 'PEM'
    return place === undefined ? [] : [[name, secret(['tls', name], place, what)] as const]
  })
  return Object.fromEntries(named)
}

/** How one party proves who it is. */
export function proofOf(it: WrittenProof, secret: SecretIn): Proof {
  if ('apiKey' in it) return { kind: 'api-key', sha256: digestOf(secret(['apiKey'], it.apiKey)) }
  if ('bearer' in it) return { kind: 'bearer', sha256: digestOf(secret(['bearer'], it.bearer)) }
  if ('token' in it) {
    const { token: subject, issuer } = it
    return { kind: 'token', subject, ...(issuer === undefined ? {} : { issuer }) }
  }
  if ('certificate' in it) return certificateOf(it.certificate)
  const password = secret(['password'], it.password)
  return { kind: 'username-token', username: it.username, password }
}

type WrittenProof = Written['parties'][string]['auth'][number]

function certificateOf(
  it: Extract<WrittenProof, { readonly certificate: unknown }>['certificate'],
): CertificateProof {
  const { dns, uri, email, fingerprint } = it
  return {
    kind: 'certificate',
    ...(dns === undefined ? {} : { dns }),
    ...(uri === undefined ? {} : { uri }),
    ...(email === undefined ? {} : { email }),
    ...(fingerprint === undefined ? {} : { sha256: fingerprint.replaceAll(':', '').toLowerCase() }),
  }
}
