// WS-Security UsernameToken Profile 1.1: found in the header blocks of a SOAP envelope, checked, and written. Signatures,
// encryption and other tokens are not understood here. Whether a Nonce has been used before is known to nonces.ts.

import { attribute, child, childrenNamed, childText } from '../../envelope/element.ts'
import type { Element } from '../../envelope/element.ts'
import { escapeText } from '../../envelope/escape.ts'
import { SOAP_NS } from '../../envelope/namespaces.ts'
import type { SoapVersion } from '../../envelope/namespaces.ts'

const OASIS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-'
export const WSSE_NS = `${OASIS}wssecurity-secext-1.0.xsd`
export const WSU_NS = `${OASIS}wssecurity-utility-1.0.xsd`
const PROFILE = `${OASIS}username-token-profile-1.0`
const TEXT = `${PROFILE}#PasswordText`
const DIGEST = `${PROFILE}#PasswordDigest`
const BASE64 = `${OASIS}soap-message-security-1.0#Base64Binary`

/** parts of which a token has at most one */
const TOKEN_PARTS = [
  [WSSE_NS, 'Username'],
  [WSSE_NS, 'Password'],
  [WSSE_NS, 'Nonce'],
  [WSU_NS, 'Created'],
] as const

/** A UsernameToken as it was sent. */
export interface UsernameToken {
  readonly username: string
  readonly password: string
  readonly isDigest: boolean
  /** Base64; empty = none */
  readonly nonce: string
  /** ISO 8601; empty = none */
  readonly created: string
}

/** What checking and writing need from outside. */
export interface TokenParts {
  /** now, ISO 8601 with Z */
  readonly now: string
  /** SHA-1 of octets: the profile has no other digest */
  readonly sha1: (octets: Uint8Array) => Uint8Array
}

/** milliseconds by which Created may lie in the past, as the profile recommends, and in the future, for clocks that differ */
export const OLDEST_MS = 5 * 60_000
const AHEAD_MS = 60_000
/** octets of a nonce; 16 are usual */
const MOST_NONCE_BYTES = 256

/** True for a Security block of which all is understood: UsernameToken and Timestamp. */
export function isUnderstood(security: Element): boolean {
  return security.children.every(
    ({ ns, name }) =>
      (ns === WSSE_NS && name === 'UsernameToken') || (ns === WSU_NS && name === 'Timestamp'),
  )
}

/** The only UsernameToken in the blocks; `wrong` says in one sentence what keeps one from being read. */
export function usernameTokenIn(
  blocks: readonly Element[],
): UsernameToken | { readonly wrong: string } | undefined {
  const security = blocks.filter((it) => it.ns === WSSE_NS && it.name === 'Security')
  const all = security
    .flatMap((it) => it.children)
    .filter((it) => it.ns === WSSE_NS && it.name === 'UsernameToken')
  const [token] = all
  if (token === undefined) return undefined
  if (all.length > 1) return { wrong: 'There is more than one UsernameToken; send one.' }
  // Which of them is ours, and which was meant for somebody on the way, nobody could say for sure (SOAP Message Security 1.1 §5).
  if (security.length > 1)
    return {
      wrong: 'There is more than one Security header block; send one, with the UsernameToken.',
    }
  const twice = TOKEN_PARTS.find(([ns, name]) => childrenNamed(token, name, ns).length > 1)
  if (twice !== undefined) return { wrong: `The UsernameToken has more than one ${twice[1]}.` }
  const password = child(token, 'Password', WSSE_NS)
  const username = childText(token, 'Username', WSSE_NS) ?? ''
  const type = (password && attribute(password, 'Type')) ?? TEXT
  if (username === '' || password === undefined)
    return { wrong: 'The UsernameToken lacks Username or Password.' }
  if (type !== TEXT && type !== DIGEST)
    return { wrong: 'The Type of the Password is neither PasswordText nor PasswordDigest.' }
  return {
    username,
    password: password.text,
    isDigest: type === DIGEST,
    nonce: (childText(token, 'Nonce', WSSE_NS) ?? '').trim(),
    created: (childText(token, 'Created', WSU_NS) ?? '').trim(),
  }
}

/**
 * Why a token does not prove this password, in one sentence; undefined when it does. Created, where it is given, has to
 * be fresh: at most 5 minutes old, and 1 minute ahead. A digest needs Nonce and Created (profile 1.1 §3.1).
 */
export function tokenFault(
  token: UsernameToken,
  password: string,
  { now, sha1 }: TokenParts,
): string | undefined {
  const { created, nonce, isDigest } = token
  if (isDigest && (created === '' || nonce === ''))
    return 'A PasswordDigest needs Nonce and Created.'
  const salt = octetsOf(nonce)
  if (salt === undefined) return 'The Nonce is not Base64.'
  if (salt.length > MOST_NONCE_BYTES)
    return `The Nonce has more than ${MOST_NONCE_BYTES} octets; 16 are enough.`
  if (created !== '' && !isFresh(created, now))
    return 'Created is no instant within the last 5 minutes: check the clock, and write a new token for each message.'
  const due = isDigest ? digestOf({ password, created, nonce: salt }, sha1) : password
  return isSameText(token.password, due) ? undefined : 'Username or Password is wrong.'
}

function isFresh(created: string, now: string): boolean {
  const isZoned = /(?:Z|[+-]\d\d:\d\d)$/.test(created)
  const age = Date.parse(now) - Date.parse(created)
  return isZoned && age <= OLDEST_MS && age >= -AHEAD_MS
}

/** In a time that does not depend on where they differ. */
function isSameText(one: string, other: string): boolean {
  let difference = one.length ^ other.length
  for (let at = 0; at < one.length; at += 1)
    difference |= one.charCodeAt(at) ^ (at < other.length ? other.charCodeAt(at) : 0)
  return difference === 0
}

interface Digested {
  readonly password: string
  readonly created: string
  readonly nonce: Uint8Array
}

/** Base64(SHA-1(nonce + created + password)) */
function digestOf({ password, created, nonce }: Digested, sha1: TokenParts['sha1']): string {
  const text = new TextEncoder().encode(`${created}${password}`)
  const octets = new Uint8Array([...nonce, ...text])
  return base64Of(sha1(octets))
}

function base64Of(octets: Uint8Array): string {
  return btoa(String.fromCharCode(...octets))
}

/** A nonce as its octets are written, however its sender has: the same octets prove once. */
export function nonceKey({ nonce }: UsernameToken): string {
  return base64Of(octetsOf(nonce) ?? new Uint8Array())
}

function octetsOf(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(base64), (it) => it.charCodeAt(0))
  } catch {
    return undefined
  }
}

/** Who we are to a peer. */
export interface OwnToken {
  readonly username: string
  readonly password: string
  /** `text` by default: peers that keep no passwords in the open can check nothing else, and HTTPS hides it */
  readonly passwordType?: 'text' | 'digest'
}

/**
 * An envelope of our own making with a UsernameToken in its Header. It is written for each try: a token is fresh for
 * minutes, and a message may wait for hours; nor is a password to be kept with the message.
 * @param nonce octets nobody can guess
 */
export function withUsernameToken(
  envelope: string,
  token: OwnToken,
  nonce: Uint8Array,
  { now, sha1 }: TokenParts,
): string {
  const [start, version] = startOf(envelope)
  const block = blockOf(token, nonce, { now, sha1 }, version)
  const rest = envelope.slice(start.length)
  return rest.startsWith('<soap:Header>')
    ? `${start}<soap:Header>${block}${rest.slice('<soap:Header>'.length)}`
    : `${start}<soap:Header>${block}</soap:Header>${rest}`
}

/** True for an envelope of our own making. */
export function isEnvelope(text: string): boolean {
  return startOf(text)[0] !== ''
}

/** The start tag of the Envelope with all before it, and its version. */
function startOf(envelope: string): readonly [string, SoapVersion] {
  const [start = ''] = /^(?:<\?[^>]*>\s*)?<soap:Envelope[^>]*>/.exec(envelope) ?? []
  return [start, start.includes(SOAP_NS['1.2']) ? '1.2' : '1.1']
}

function blockOf(
  { username, password, passwordType }: OwnToken,
  nonce: Uint8Array,
  { now, sha1 }: TokenParts,
  version: SoapVersion,
): string {
  const isDigest = passwordType === 'digest'
  const secret = isDigest ? digestOf({ password, created: now, nonce }, sha1) : password
  const must = version === '1.2' ? 'true' : '1'
  return [
    `<wsse:Security xmlns:wsse="${WSSE_NS}" xmlns:wsu="${WSU_NS}" soap:mustUnderstand="${must}">`,
    `<wsse:UsernameToken><wsse:Username>${escapeText(username)}</wsse:Username>`,
    `<wsse:Password Type="${isDigest ? DIGEST : TEXT}">${escapeText(secret)}</wsse:Password>`,
    `<wsse:Nonce EncodingType="${BASE64}">${base64Of(nonce)}</wsse:Nonce>`,
    `<wsu:Created>${now}</wsu:Created></wsse:UsernameToken></wsse:Security>`,
  ].join('')
}
