// For tests only: an authorization server with keys, and tokens of it; written by hand, so that they can be wrong in any way.

import { constants, createHmac, createSign, generateKeyPairSync, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { TokenIssuer } from '../../gateway/access/tokens.ts'

/** A key pair as the server has it. */
export interface Pair {
  readonly kid: string
  readonly alg: string
  readonly secret: KeyObject
  /** as a JWK, with its kid */
  readonly shown: Readonly<Record<string, unknown>>
}

/** A new pair. */
export function pairOf(kid: string, alg: 'RS256' | 'PS256' | 'ES256' | 'EdDSA'): Pair {
  const { publicKey, privateKey } =
    alg === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : alg === 'EdDSA'
        ? generateKeyPairSync('ed25519')
        : generateKeyPairSync('rsa', { modulusLength: 2048 })
  const shown = { ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' }
  return { kid, alg, secret: privateKey, shown }
}

/** The clock of the tests, milliseconds since 1970. */
export const NOW_MS = Date.parse('2026-11-30T00:00:00Z')
/** The same in the seconds of a token. */
export const NOW = NOW_MS / 1000

/** What a right token says. */
export const CLAIMS = {
  iss: 'https://login.example',
  aud: 'cimgate',
  sub: 'acme',
  iat: NOW - 10,
  nbf: NOW - 10,
  exp: NOW + 300,
} as const

/** @param set text of the JWK Set */
export function issuerOf(set: string, more: Partial<TokenIssuer> = {}): TokenIssuer {
  return {
    issuer: CLAIMS.iss,
    audience: ['cimgate', 'https://cim.example'],
    algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
    claim: 'sub',
    skewMs: 30_000,
    keys: { set },
    ...more,
  }
}

/** A JWK Set of these keys. */
export function setOf(...pairs: readonly Pair[]): string {
  return JSON.stringify({ keys: pairs.map((it) => it.shown) })
}

const base64 = (it: string | Uint8Array) => Buffer.from(it).toString('base64url')

/** A token whose parts are what they are said to be. */
export function written(
  header: object | string,
  claims: object | string,
  signed: (text: string) => string | Uint8Array,
): string {
  const [first, second] = [header, claims].map((it) =>
    base64(typeof it === 'string' ? it : JSON.stringify(it)),
  )
  const text = `${first}.${second}`
  return `${text}.${base64(signed(text))}`
}

/** A token as its server would sign it. @param header besides alg and kid */
export function tokenOf(pair: Pair, claims: object = {}, header: object = {}): string {
  const { alg, kid } = pair
  return written({ alg, kid, ...header }, { ...CLAIMS, ...claims }, (it) => signedBy(pair, it))
}

/** Signs as the algorithm of the pair does. */
export function signedBy({ alg, secret }: Pick<Pair, 'alg' | 'secret'>, text: string): Uint8Array {
  const octets = Buffer.from(text)
  if (alg === 'EdDSA') return sign(null, octets, secret)
  if (alg === 'ES256') return sign('sha256', octets, { key: secret, dsaEncoding: 'ieee-p1363' })
  const padding = alg === 'PS256' ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING
  return createSign('sha256').update(octets).sign({ key: secret, padding, saltLength: 32 })
}

/** Signs by a text that both sides know. */
export function keyedBy(key: string | Uint8Array, text: string): Uint8Array {
  return createHmac('sha256', key).update(text).digest()
}
