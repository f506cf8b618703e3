// Tokens of authorization servers, checked: the signature by a key of the server that the configuration names, then what the
// token claims. Nothing in a token decides where a key comes from.

import type { ReadToken, TokenIssuer, TokenSaid } from '../../gateway/access/tokens.ts'
import { claimed, keySetOf, verified } from './jose.ts'
import type { Claims } from './jose.ts'
import { keySource } from './key-source.ts'
import type { KeyParts, KeySource, Keys } from './key-source.ts'

/** characters of a token; a longer one is not even decoded */
const MOST_LENGTH = 8_192

/** What checks tokens; it keeps the keys that it has fetched. */
export function tokenReader(parts: KeyParts): ReadToken {
  const sources = new Map<string, KeySource>()
  const keysOf = ({ keys }: TokenIssuer): KeySource => {
    const place = 'url' in keys ? keys.url : keys.set
    const source = sources.get(place) ?? sourceOf(keys, parts)
    sources.set(place, source)
    return source
  }
  return async (token, issuers) => {
    if (token.length > MOST_LENGTH)
      return wrong(`The token is longer than ${MOST_LENGTH} characters.`)
    const from = issuers.find(({ issuer }) => issuer === claimed(token)?.iss)
    if (from === undefined)
      return wrong('The token is of no authorization server that is known here (iss).')
    return checked(token, from, keysOf(from), parts.now())
  }
}

function sourceOf(keys: TokenIssuer['keys'], parts: KeyParts): KeySource {
  if ('url' in keys) return keySource(keys.url, parts)
  const set = setOf(keys.set)
  return { keys: async () => set }
}

/** The configuration has looked at the set, though not at every number in it. */
function setOf(text: string): Keys {
  try {
    return keySetOf(text)
  } catch (error) {
    return { reason: `The file with the keys ${(error as Error).message}.` }
  }
}

async function checked(
  token: string,
  from: TokenIssuer,
  source: KeySource,
  nowMs: number,
): Promise<TokenSaid> {
  const known = await source.keys(false)
  if (isMissing(known)) return unavailable(known.reason)
  const first = await verified(token, known, from, nowMs)
  if ('claims' in first) return proved(first.claims, from)
  if (!first.fault.isKeyless) return wrong(first.fault.reason)
  const anew = await source.keys(true)
  if (isMissing(anew)) return unavailable(anew.reason)
  const second = anew === known ? first : await verified(token, anew, from, nowMs)
  return 'claims' in second ? proved(second.claims, from) : wrong(second.fault.reason)
}

function isMissing(keys: Keys): keys is { readonly reason: string } {
  return typeof keys !== 'function'
}

function proved(claims: Claims, { issuer, claim }: TokenIssuer): TokenSaid {
  const subject = claims[claim]
  if (typeof subject !== 'string' || subject === '')
    return wrong(`The token has no text in its claim ${claim}, which names the party.`)
  const untilMs = Number(claims.exp) * 1000
  const bound = boundTo(claims['cnf'])
  if (bound === null)
    return wrong('The token is bound to a key (cnf) in a way that cannot be checked here.')
  const said = { kind: 'proved', issuer, subject, untilMs } as const
  return bound === undefined ? said : { ...said, boundTo: bound }
}

/** The certificate that a token is bound to (RFC 8705 3.1), hex; null for a binding of another kind. */
function boundTo(cnf: unknown): string | null | undefined {
  if (cnf === undefined) return undefined
  const thumb = (cnf as Readonly<Record<string, unknown>> | null)?.['x5t#S256']
  return typeof thumb === 'string' ? Buffer.from(thumb, 'base64url').toString('hex') : null
}

function wrong(reason: string): TokenSaid {
  return { kind: 'wrong', reason }
}

function unavailable(reason: string): TokenSaid {
  return { kind: 'unavailable', reason }
}
