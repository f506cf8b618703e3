// The other side of a leg, by whatever binding it has: HTTP, a folder, a notice in the log.

import { createHash, randomBytes } from 'node:crypto'
import type { ClientTls } from '../../gateway/access/tls.ts'
import type { Leg } from '../../gateway/ledger.ts'
import { isAllowed } from '../../gateway/parties/index.ts'
import type {
  Binding,
  HttpBinding,
  JsonBinding,
  NotifyBinding,
  Party,
  SoapBinding,
} from '../../gateway/parties/party.ts'
import type { Peer, PeerAnswer, Unreachable } from '../../gateway/peer.ts'
import { isEnvelope, withUsernameToken } from '../../gateway/soap/username-token.ts'
import type { Log } from '../../gateway/ports.ts'
import { clientTokens } from './client-tokens.ts'
import type { ClientTokens } from './client-tokens.ts'
import { writeMessage } from './folder.ts'
import { exchange } from './http.ts'
import type { HttpRequest, HttpResponse } from './http.ts'
import { proved } from './proving.ts'
import { amongst } from './reach.ts'
import type { Reach } from './reach.ts'

/** What sending needs from outside. */
export interface PeerParts {
  readonly log: Log
  /** octets of an answer at most */
  readonly limitBytes: () => number
  /** addresses besides those of the bindings that may be posted to */
  readonly allowed: () => readonly string[]
  /** networks that a name may stand for although they are not public */
  readonly privateNetworks: () => readonly string[]
  /** tells people by mail, where somebody is to have one; absent = nobody is */
  readonly mail?: (binding: NotifyBinding, leg: Leg) => Promise<PeerAnswer>
}

/** The same with connections of its own. */
interface Sending extends PeerParts {
  readonly reach: Reach
  readonly tokens: ClientTokens
}

/** milliseconds in which a peer answers for its health */
const HEALTH_MS = 5_000
/** milliseconds in which an address answers that no binding says more of: the default of a binding */
const NAMED_MS = 30_000

/** A peer for every binding. */
export function createPeer(parts: PeerParts): Peer {
  const tokens = clientTokens({
    exchange: (request, limits) => exchange(request, limits),
    now: Date.now,
  })
  const all = { ...parts, reach: amongst(parts.privateNetworks), tokens }
  return {
    send: (party, leg, signal) => send(party, leg, all, signal),
    probe: ({ binding }) => (binding === undefined ? sure() : probe(binding as HttpBinding, all)),
  }
}

async function sure(): Promise<boolean> {
  return true
}

async function probe(
  { healthUrl, credential, tls }: HttpBinding,
  { reach, tokens }: Pick<Sending, 'reach' | 'tokens'>,
): Promise<boolean> {
  if (healthUrl === undefined) return true
  const asked = { url: healthUrl, method: 'GET', body: new Uint8Array(), ...shown(tls) }
  const limits = { bytes: 64 * 1024, deadlineMs: HEALTH_MS }
  const answer = await proved(credential, tokens, (headers) =>
    exchange({ ...asked, headers }, limits, reach),
  )
  return 'status' in answer && answer.status >= 200 && answer.status < 300
}

async function send(
  party: Party,
  leg: Leg,
  parts: Sending,
  signal?: AbortSignal,
): Promise<PeerAnswer> {
  const binding = bindingFor(party, leg)
  if (binding === undefined) return impossible(`${party.id} has no binding.`)
  if (binding.type === 'file') return writeMessage(binding, leg)
  if (binding.type === 'notify') {
    const { id, messageID, exchangeId, noun, verb } = leg
    const fields = { party: party.id, template: binding.template, leg: id, messageID, exchangeId }
    parts.log.info({ ...fields, noun, verb }, 'a notice')
    return parts.mail?.(binding, leg) ?? NOTED
  }
  const to = addressOf(binding, leg)
  const own = party.binding === binding ? [binding.url] : []
  if (!isAllowed(to.url, [...own, ...party.replyAddresses, ...parts.allowed()]))
    return { ...impossible(`${to.url} is no address that may be posted to.`), forbidden: true }
  const limits = {
    bytes: parts.limitBytes(),
    deadlineMs: binding.timeoutMs,
    ...(signal === undefined ? {} : { signal }),
  }
  const answer = await proved(binding.credential, parts.tokens, (proof) =>
    exchange(
      {
        url: to.url,
        method: to.method,
        body: new TextEncoder().encode(signed(leg, binding)),
        headers: { ...headersOf(leg, to.action), ...proof },
        ...shown(binding.tls),
      },
      limits,
      parts.reach,
    ),
  )
  if ('unreachable' in answer) {
    const { unreachable: reason, sent, forbidden: permanent = false } = answer
    return { kind: 'unreachable', reason, sent, permanent }
  }
  return answered(answer)
}

/** What is shown and believed over TLS; of a later reply, too, because it goes to the same party. */
function shown(tls: ClientTls | undefined): Pick<HttpRequest, 'tls'> {
  return tls === undefined ? {} : { tls }
}

/** A later reply goes to the address that its sender has named, also where nothing else is posted to it: without a proof. */
function bindingFor({ binding }: Party, { target }: Leg): Binding | undefined {
  if (binding !== undefined && 'url' in binding) return binding
  const [, address] = /^[A-Z]+ (https?:\S+)/i.exec(target) ?? []
  if (address === undefined) return binding
  return { type: 'cim-xml', url: address, timeoutMs: NAMED_MS }
}

const NOTED: PeerAnswer = {
  kind: 'answered',
  status: 200,
  contentType: '',
  bytes: new Uint8Array(),
}

interface Address {
  readonly url: string
  readonly method: string
  readonly action?: string
}

/** Where a leg goes: see `Leg.target`. */
function addressOf(
  { url, paths = {} }: HttpBinding & Pick<JsonBinding, 'paths'>,
  { target }: Leg,
): Address {
  const [, where = '', said] = /^(.*?)(?:(?:^| )action:(.*))?$/s.exec(target) ?? []
  const action = said === undefined ? {} : { action: said }
  if (where === '') return { url, method: 'POST', ...action }
  const [method = 'POST', path = ''] = where.split(' ')
  if (/^https?:/i.test(path)) return { url: path, method, ...action }
  const own = Object.hasOwn(paths, path) ? (paths[path] ?? path) : path
  return { url: `${url.replace(/\/$/, '')}${own}`, method, ...action }
}

/** A token is fresh for minutes, and a password is not kept with the message: it is written for each try. */
function signed({ request }: Leg, binding: HttpBinding | SoapBinding): string {
  if (!('usernameToken' in binding) || binding.usernameToken === undefined) return request
  // A later reply goes as its request came, which need not be SOAP.
  if (!isEnvelope(request)) return request
  const now = new Date().toISOString()
  const sha1 = (octets: Uint8Array) => createHash('sha1').update(octets).digest()
  return withUsernameToken(request, binding.usernameToken, randomBytes(16), { now, sha1 })
}

function headersOf({ contentType, traceparent, messageID }: Leg, action?: string) {
  return {
    'Content-Type': contentType,
    Accept: /json/.test(contentType)
      ? 'application/json'
      : 'application/xml, text/xml, application/soap+xml',
    // Whoever has no MessageID in what we send knows a repeat by this.
    'Idempotency-Key': messageID,
    ...(traceparent === '' ? {} : { traceparent }),
    ...(action === undefined ? {} : { SOAPAction: `"${action}"` }),
  }
}

function answered({ status, bytes, headers, unusable }: HttpResponse): PeerAnswer {
  const retryAfterMs = waitIn(headers.get('Retry-After'))
  return {
    kind: 'answered',
    status,
    contentType: headers.get('Content-Type') ?? '',
    bytes,
    ...(unusable === undefined ? {} : { unusable }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  }
}

/** Seconds, or a date (RFC 9110 §10.2.3). */
function waitIn(text: string | null): number | undefined {
  if (text === null) return undefined
  if (/^\d{1,9}$/.test(text.trim())) return Number(text) * 1000
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now())
}

function impossible(reason: string): Unreachable {
  return { kind: 'unreachable', reason, sent: false, permanent: true }
}
