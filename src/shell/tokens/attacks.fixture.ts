// For tests only: tokens that are not to be taken (T22), each with what is said of it.

import { createPublicKey } from 'node:crypto'
import {
  CLAIMS,
  NOW,
  keyedBy,
  pairOf,
  setOf,
  signedBy,
  tokenOf,
  written,
} from './tokens.fixture.ts'
import type { Pair } from './tokens.fixture.ts'

/** Keys of the server that is believed, and one of somebody else. */
export const SERVER = pairOf('rs-1', 'RS256')
const ELLIPTIC = pairOf('es-1', 'ES256')
const THEIRS = pairOf('rs-1', 'RS256')

/** Keys that the server shows. */
export const SHOWN_KEYS = setOf(SERVER, ELLIPTIC)

/** Where nobody may ever ask for a key. @param canary address of a server that notes who asks */
export function attacksOf(canary: string): readonly (readonly [string, string, RegExp])[] {
  const pem = createPublicKey(SERVER.secret).export({ type: 'spki', format: 'pem' }).toString()
  const right = tokenOf(SERVER)
  const [header = '', claims = '', signature = ''] = right.split('.')
  const by = (it: Pair) => (text: string) => signedBy(it, text)
  const { alg, kid } = SERVER
  const own = THEIRS.shown
  const from = (more: object) => tokenOf(THEIRS, {}, more)
  const without = (name: string) =>
    written({ alg, kid }, { ...CLAIMS, [name]: undefined }, by(SERVER))
  const ALG = /algorithm that is not taken/
  const KEY = /No key of https:\/\/login\.example/
  const WRONG = /signature of the token is wrong/
  const NONE = /no JWT that can be read|no authorization server/
  const PARTY = /those of no party|no authorization server/
  return [
    ['alg none', written({ alg: 'none' }, CLAIMS, () => ''), ALG],
    ['alg None', written({ alg: 'None', kid }, CLAIMS, () => ''), ALG],
    ['alg NONE with a signature', written({ alg: 'NONE', kid }, CLAIMS, by(SERVER)), ALG],
    ['no alg', written({ kid }, CLAIMS, by(SERVER)), NONE],
    ['alg that is a list', written({ alg: ['RS256'], kid }, CLAIMS, by(SERVER)), NONE],
    ['HS256 keyed by the public key as PEM', hs(pem), ALG],
    ['HS256 keyed by the public key as JWK', hs(JSON.stringify(SERVER.shown)), ALG],
    ['HS256 keyed by its modulus', hs(String(SERVER.shown['n'])), ALG],
    ['HS256 keyed by nothing', hs(''), ALG],
    ['HS512 in the name', written({ alg: 'HS512', kid }, CLAIMS, (it) => keyedBy(pem, it)), ALG],
    ['RS512, which is not on the list', written({ alg: 'RS512', kid }, CLAIMS, by(SERVER)), ALG],
    ['RS1', written({ alg: 'RS1', kid }, CLAIMS, by(SERVER)), ALG],
    ['ES256 with the kid of an RSA key', tokenOf({ ...ELLIPTIC, kid }), KEY],
    ['RS256 with the kid of an elliptic key', tokenOf({ ...SERVER, kid: 'es-1' }), KEY],
    ['PS256 by a key that is for RS256', tokenOf({ ...SERVER, alg: 'PS256' }), KEY],
    ['a kid that climbs folders', from({ kid: '../../../../etc/passwd' }), KEY],
    ['a kid of a device', from({ kid: '/dev/null' }), KEY],
    ['a kid that is SQL', from({ kid: "' UNION SELECT 'key'--" }), KEY],
    ['a kid that is an address', from({ kid: `${canary}/key` }), KEY],
    ['a kid that is __proto__', from({ kid: '__proto__' }), KEY],
    ['an empty kid', from({ kid: '' }), KEY],
    ['a kid that is a number', written({ alg, kid: 1 }, CLAIMS, by(THEIRS)), KEY],
    ['jku to their keys', from({ jku: `${canary}/jku` }), WRONG],
    ['jku and an unknown kid', from({ jku: `${canary}/jku`, kid: 'x' }), KEY],
    ['x5u to their certificate', from({ x5u: `${canary}/x5u` }), WRONG],
    ['their key as jwk', from({ jwk: own }), WRONG],
    ['their key as jwk, and no kid', from({ jwk: own, kid: undefined }), WRONG],
    ['their chain as x5c', from({ x5c: ['MIIB'] }), WRONG],
    ['their key under our kid', from({}), WRONG],
    ['a wrong signature', `${header}.${claims}.${flipped(signature)}`, WRONG],
    ['another payload', `${header}.${claimed({ sub: 'ops' })}.${signature}`, WRONG],
    ['no signature', `${header}.${claims}.`, WRONG],
    ['half a signature', `${header}.${claims}.${signature.slice(0, 40)}`, WRONG],
    [
      'a signature of another token',
      `${header}.${claims}.${tokenOf(SERVER, { sub: 'x' }).split('.')[2]}`,
      WRONG,
    ],
    [
      'a signature of zeros (ES256)',
      written({ alg: 'ES256', kid: 'es-1' }, CLAIMS, () => new Uint8Array(64)),
      WRONG,
    ],
    ['expired', tokenOf(SERVER, { exp: NOW - 31 }), /expired/],
    ['expired a year ago', tokenOf(SERVER, { exp: NOW - 31_536_000 }), /expired/],
    ['no exp', without('exp'), /when it expires/],
    ['exp that is a text', tokenOf(SERVER, { exp: '9999999999' }), /when it expires/],
    ['not in force yet', tokenOf(SERVER, { nbf: NOW + 31 }), /not in force yet/],
    ['nbf that is a text', tokenOf(SERVER, { nbf: 'soon' }), /not in force yet/],
    ['another audience', tokenOf(SERVER, { aud: 'billing' }), /for somebody else.*cimgate or/],
    [
      'an audience that only begins like ours',
      tokenOf(SERVER, { aud: 'cimgate.evil' }),
      /somebody else/,
    ],
    ['several audiences, none of them ours', tokenOf(SERVER, { aud: ['a', 'b'] }), /somebody else/],
    ['no audience', without('aud'), /somebody else/],
    ['another issuer', tokenOf(SERVER, { iss: 'https://login.evil' }), PARTY],
    ['an issuer with a slash behind it', tokenOf(SERVER, { iss: `${CLAIMS.iss}/` }), PARTY],
    ['no issuer', without('iss'), PARTY],
    ['no subject', without('sub'), /no usable claim sub/],
    ['a subject that is a list', tokenOf(SERVER, { sub: ['acme'] }), /claim sub/],
    ['a subject that is no party', tokenOf(SERVER, { sub: 'stranger' }), /stranger is no party/],
    ['crit that nobody knows', from2({ crit: ['exp2'], exp2: 1 }), NONE],
    ['a logout token', tokenOf(SERVER, {}, { typ: 'logout+jwt' }), /no access token/],
    ['a proof of a key', tokenOf(SERVER, {}, { typ: 'dpop+jwt' }), /no access token/],
    ['crit that is empty', from2({ crit: [] }), NONE],
    ['b64 false', from2({ crit: ['b64'], b64: false }), /no JWT|signature/],
    [
      'bound to a certificate that is not shown',
      tokenOf(SERVER, { cnf: { 'x5t#S256': 'AAAA' } }),
      /bound/,
    ],
    ['bound to a key (DPoP)', tokenOf(SERVER, { cnf: { jkt: 'x' } }), /bound to a key/],
    ['two parts', `${header}.${claims}`, PARTY],
    ['two dots and nothing', '..', PARTY],
    ['four parts', `${right}.${signature}`, PARTY],
    ['five parts, an encrypted one', 'e30.e30.e30.e30.e30', PARTY],
    ['two tokens', `${right} ${right}`, PARTY],
    ['a header that is no JSON', written('x', CLAIMS, by(SERVER)), NONE],
    ['a header that is a list', written('[]', CLAIMS, by(SERVER)), NONE],
    ['a payload that is no JSON', written({ alg, kid }, 'x', by(SERVER)), NONE],
    ['a payload that is a text', written({ alg, kid }, '"acme"', by(SERVER)), NONE],
    ['a payload with iss twice', twice(), PARTY],
    ['huge', tokenOf(SERVER, { fill: 'x'.repeat(8_192) }), /longer than 8192/],
    ['deeply nested', tokenOf(SERVER, { iss: nested(600) }), PARTY],
    ['signed in base64 with padding', `${right}==`, PARTY],
  ]

  function hs(key: string): string {
    return written({ alg: 'HS256', kid }, CLAIMS, (it) => keyedBy(key, it))
  }

  function from2(more: object): string {
    return tokenOf(SERVER, {}, more)
  }

  function twice(): string {
    const text = JSON.stringify(CLAIMS).replace('{', '{"iss":"https://login.example",')
    return written(
      { alg, kid },
      text.replace(/("iss":"https:\/\/login)\.example",("aud")/, '$1.evil",$2'),
      by(SERVER),
    )
  }
}

function claimed(more: object): string {
  return Buffer.from(JSON.stringify({ ...CLAIMS, ...more })).toString('base64url')
}

function flipped(signature: string): string {
  const octets = Buffer.from(signature, 'base64url')
  octets[7] = (octets[7] ?? 0) ^ 1
  return octets.toString('base64url')
}

function nested(depth: number): unknown {
  let it: unknown = 1
  for (let n = 0; n < depth; n += 1) it = [it]
  return it
}
