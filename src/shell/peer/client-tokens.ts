// Tokens that an authorization server gives us for ourselves (OAuth 2 client credentials, RFC 6749 4.4): fetched when the first
// message needs one, kept until shortly before their end, and fetched anew, once, when a peer does not take them.

import type { ClientCredentials } from '../../gateway/parties/party.ts'
import type { HttpAnswer, HttpLimits, HttpRequest } from './http.ts'

/** What getting a token needs from outside. */
export interface TokenParts {
  readonly exchange: (request: HttpRequest, limits: HttpLimits) => Promise<HttpAnswer>
  /** milliseconds since 1970 */
  readonly now: () => number
}

/** Sends by tokens. */
export interface ClientTokens {
  /** @param send what is sent with this token; a second time where the first one is answered with 401 */
  readonly with: (
    credentials: ClientCredentials,
    send: (token: string) => Promise<HttpAnswer>,
  ) => Promise<HttpAnswer>
}

interface Token {
  readonly text: string
  readonly untilMs: number
}

/** A token; or why there is none, in one sentence. */
type Fetched = Token | { readonly reason: string }

/** milliseconds in which a server gives a token */
const TOKEN_MS = 10_000
/** octets of its answer at most */
const TOKEN_BYTES = 64 * 1024
/** milliseconds before its end from which a token is no longer used: it has to outlast its way to the peer */
const SKEW_MS = 30_000
/** milliseconds for which a token is used of which nobody has said how long it lasts */
const UNSAID_MS = 5 * 60_000

/** Keeps one token for each server and client, in memory only. */
export function clientTokens(parts: TokenParts): ClientTokens {
  const kept = new Map<string, Token>()
  const pending = new Map<string, Promise<Fetched>>()

  async function tokenFor(credentials: ClientCredentials): Promise<Fetched> {
    const key = JSON.stringify(credentials)
    const known = kept.get(key)
    if (known !== undefined && parts.now() < known.untilMs) return known
    const under = pending.get(key) ?? fetched(credentials, parts).finally(() => pending.delete(key))
    pending.set(key, under)
    const token = await under
    if ('text' in token) kept.set(key, token)
    return token
  }

  /** Another message may have a new one already. */
  function forget(credentials: ClientCredentials, { text }: Token): void {
    const key = JSON.stringify(credentials)
    if (kept.get(key)?.text === text) kept.delete(key)
  }

  return {
    with: async (credentials, send) => {
      const first = await tokenFor(credentials)
      if (!('text' in first)) return unsent(first.reason)
      const answer = await send(first.text)
      if (!('status' in answer) || answer.status !== 401) return answer
      forget(credentials, first)
      const second = await tokenFor(credentials)
      return 'text' in second ? send(second.text) : unsent(second.reason)
    },
  }
}

/** Nothing has been sent, and it may be tried again: the peer is not to blame, and neither is the message. */
function unsent(reason: string): HttpAnswer {
  return { unreachable: reason, sent: false }
}

async function fetched(credentials: ClientCredentials, parts: TokenParts): Promise<Fetched> {
  const { tokenUrl } = credentials
  const answer = await parts.exchange(requestOf(credentials), {
    bytes: TOKEN_BYTES,
    deadlineMs: TOKEN_MS,
  })
  const no = (why: string) => ({ reason: `No token of the authorization server: ${why}` })
  if ('unreachable' in answer) return no(answer.unreachable)
  if (answer.unusable !== undefined)
    return no(`the answer of ${tokenUrl} ${answer.unusable.reason}`)
  const said = objectIn(answer.bytes)
  if (answer.status !== 200)
    return no(`${tokenUrl} has answered with status ${answer.status}${errorOf(said)}.`)
  const { access_token: text, token_type: type, expires_in: seconds } = said
  if (typeof text !== 'string' || !/^[\x21-\x7e]+$/.test(text))
    return no(`the answer of ${tokenUrl} has no access_token.`)
  if (typeof type !== 'string' || type.toLowerCase() !== 'bearer')
    return no(`${tokenUrl} gives tokens of another type than Bearer.`)
  return { text, untilMs: parts.now() + lastsMs(seconds) }
}

/** A token that lasts hardly longer than its way is used for half of its time. */
function lastsMs(seconds: unknown): number {
  const ms = Number(seconds) * 1000
  if (!Number.isFinite(ms) || ms <= 0) return UNSAID_MS
  return Math.max(ms - SKEW_MS, ms / 2)
}

function requestOf({
  tokenUrl,
  clientId,
  clientSecret,
  scope,
  audience,
}: ClientCredentials): HttpRequest {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    ...(scope === undefined ? {} : { scope }),
    ...(audience === undefined ? {} : { audience }),
  })
  // Both are encoded as in a form before they are joined (RFC 6749 2.3.1).
  const pair = `${formEncoded(clientId)}:${formEncoded(clientSecret)}`
  return {
    url: tokenUrl,
    body: new TextEncoder().encode(form.toString()),
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      Accept: 'application/json',
      Authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
    },
  }
}

function formEncoded(text: string): string {
  return new URLSearchParams({ it: text }).toString().slice('it='.length)
}

function objectIn(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const read = JSON.parse(new TextDecoder().decode(bytes)) as unknown
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** `invalid_client` and the like (RFC 6749 5.2); nothing else of the answer, which may repeat what was sent. */
function errorOf({ error }: Readonly<Record<string, unknown>>): string {
  return typeof error === 'string' && /^[a-z_]{1,40}$/.test(error) ? ` (${error})` : ''
}
