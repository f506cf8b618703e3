// Who may listen to WS /status, and to what: decided by the request for the upgrade alone.
// A token stands in a header or, because pages cannot write headers there, among the subprotocols; never in the query.

import { errorRow } from '../../envelope/errors.ts'
import { idKey } from '../identity.ts'
import { isHidden, mayKnow } from '../parties/index.ts'
import type { Topology } from '../parties/party.ts'
import type { StatusEvent } from '../ports.ts'
import type { Sender } from '../received.ts'
import type { Access, NotTaken } from './access.ts'
import type { Certificate } from './certificate.ts'
import { printable } from './printable.ts'
import { may, rightMissing } from './rights.ts'
import type { Headers } from './proofs.ts'

/** What is said to whoever may not. */
export interface UpgradeRefusal {
  readonly status: 400 | 401 | 403 | 404 | 429 | 503
  readonly reason: string
  /** seconds after which to come again */
  readonly retryAfterS?: number
}

/** A request for an upgrade. */
export interface UpgradeRequest {
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Headers
  /** that the connection has shown */
  readonly certificate?: Certificate | undefined
}

/** A listener. */
export interface Listener {
  readonly sender: Sender
  /** milliseconds since 1970 up to which what was shown is in force; absent = until the configuration changes */
  readonly untilMs?: number
  /** subprotocol to answer with; absent = none was offered */
  readonly protocol?: string
}

/** The only path that is upgraded. */
export const STATUS_PATH = '/status'
/** The one subprotocol; whoever offers none speaks it too. */
export const PROTOCOL = 'cimgate.status'
/** before the token in base64url, as a second subprotocol */
const BEARER = 'cimgate.bearer.'

/** Names under which tokens are written into queries, where logs keep them. */
const IN_QUERY = /^(access_?token|token|api_?key|x-api-key|authorization|bearer)$/i

/** Decides in this order: the place, the site and the page that ask, who asks, how, and for what. */
export async function admitted(
  request: UpgradeRequest,
  access: Access,
): Promise<Listener | UpgradeRefusal> {
  const { path, query, headers } = request
  if (path !== STATUS_PATH)
    return { status: 404, reason: 'There is no WebSocket here; there is one at /status.' }
  const stray = access.strayed('GET', headers)
  if (stray !== undefined) return { status: 403, reason: stray }
  if (access.isForeign(headers))
    return { status: 403, reason: 'A page of another site may not listen.' }
  const who = await access.who(shownHeaders(headers), request.certificate)
  if ('refused' in who) return unknown(who.refused, query)
  if (!may(who.sender, 'metadata'))
    return { status: 403, reason: printable(rightMissing(who.sender, 'metadata'), 500) }
  const offered = offeredIn(headers).filter((it) => !it.startsWith(BEARER))
  if (offered.length > 0 && !offered.includes(PROTOCOL))
    return { status: 403, reason: `The subprotocol here is ${PROTOCOL}, or none.` }
  const topic = topicsIn(query).find((it) => !mayListen(who.sender, it))
  if (topic !== undefined)
    return { status: 403, reason: `${who.sender.party} may not listen to ${printable(topic)}.` }
  return { ...who, ...(offered.length > 0 ? { protocol: PROTOCOL } : {}) }
}

function unknown({ code, reason }: NotTaken, query: URLSearchParams): UpgradeRefusal {
  if (code === 'authentication-unavailable') return { status: 503, reason: errorRow(code).text }
  const isInQuery = [...query.keys()].some((it) => IN_QUERY.test(it))
  const more = ' A token in the query is not read: it would stay in logs.'
  return { status: 401, reason: `${printable(reason, 500)}${isInQuery ? more : ''}` }
}

function offeredIn(headers: Headers): readonly string[] {
  return (headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((it) => it.trim())
    .filter((it) => it !== '')
}

/** The headers with the token of a page where a program would have written it. */
export function shownHeaders(headers: Headers): Headers {
  const token = offeredIn(headers).find((it) => it.startsWith(BEARER))
  if (token === undefined || headers['authorization'] !== undefined) return headers
  const text = fromBase64Url(token.slice(BEARER.length))
  return { ...headers, authorization: `Bearer ${text ?? ''}` }
}

function fromBase64Url(text: string): string | undefined {
  try {
    return atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return undefined
  }
}

function topicsIn(query: URLSearchParams): readonly string[] {
  return (query.get('topics') ?? '')
    .split(',')
    .map((it) => it.trim())
    .filter((it) => it !== '' && !EVERYTHING.includes(it))
}

/** Not asked for by name: whoever wants everything gets all that he may. */
const EVERYTHING: readonly string[] = ['*', '*/*']
/** Delivery of the messages of all parties. */
const DELIVERY = 'messages'

/**
 * True where a party may listen to a topic, `<Noun>/<mRID>`, or with a star to all of a noun. Who is no operator hears of
 * the delivery of a message only when he knows its MessageID.
 */
export function mayListen({ operator, topics }: Sender, topic: string): boolean {
  const [noun = '', subject = ''] = split(topic)
  if (noun === DELIVERY && operator !== true && !(topics ?? []).includes(topic))
    return subject !== '*' && subject !== ''
  return topics === undefined || topics.some((it) => covers(split(it), [noun, subject]))
}

/**
 * True where a listener gets an event. Who is no operator hears of a delivery only what was asked for by name, because a
 * star would tell the MessageIDs of others; and of a provider, only what is of that provider.
 */
export function mayHear(
  sender: Sender,
  { noun, subject, owner }: Pick<StatusEvent, 'noun' | 'subject' | 'owner'>,
  { query, topology }: { readonly query: URLSearchParams; readonly topology: Topology },
): boolean {
  if (!mayListen(sender, `${noun}/${subject}`)) return false
  if (sender.operator === true) return true
  const { party } = sender
  if (!mayKnow(party, owner, topology) || isHidden(noun, { party, owner, topology })) return false
  if (noun !== DELIVERY) return true
  const own: Topic = [noun, subject]
  return topicsIn(query).some((it) => covers(keyed(split(it)), keyed(own)))
}

/** UUIDs are the same in either case. */
function keyed([noun, subject]: Topic): Topic {
  return [noun, idKey(subject)]
}

function covers([noun, subject]: Topic, [ownNoun, own]: Topic): boolean {
  return (noun === '*' || noun === ownNoun) && (subject === '*' || subject === own)
}

type Topic = readonly [noun: string, subject: string]

function split(topic: string): Topic {
  const at = topic.indexOf('/')
  return at < 0 ? [topic, '*'] : [topic.slice(0, at), topic.slice(at + 1)]
}
