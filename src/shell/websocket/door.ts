// Who is let in to WS /status: what the gateway decides about a request, and how many there may be.

import type { IncomingMessage } from 'node:http'
import { CimError } from '../../envelope/errors.ts'
import type { Gate } from '../../gateway/load/gate.ts'
import type { Access } from '../../gateway/access/access.ts'
import type { Certificate, ShownCertificates } from '../../gateway/access/certificate.ts'
import { printable } from '../../gateway/access/printable.ts'
import { admitted, mayHear, shownHeaders } from '../../gateway/access/upgrade.ts'
import type { UpgradeRefusal } from '../../gateway/access/upgrade.ts'
import type { Headers } from '../../gateway/access/proofs.ts'
import { ACCESS } from '../../gateway/parties/party.ts'
import type { Sender } from '../../gateway/received.ts'
import type { Asked } from './subscription.ts'
import { topicFilter } from './topics.ts'

const MOST_SOCKETS = 1_000
const EXPIRED = 'what was shown has expired; connect again with a new token or certificate'
const NO_LONGER = 'credentials no longer in force'

/** Somebody who is let in, and what for. */
export interface Guest extends Asked {
  readonly sender: Sender
  readonly headers: Headers
  /** what its connection has shown, as it counts now */
  readonly certificate: () => Certificate | undefined
  readonly address: string
  /** milliseconds since 1970 up to which what was shown is in force; absent = until the configuration changes */
  readonly untilMs?: number
}

/** The door of the status feed. */
export interface Door {
  readonly asks: (request: IncomingMessage) => Promise<Guest | UpgradeRefusal>
  /** why there is no room for a guest at this moment; undefined when there is */
  readonly crowded: (guest: Guest) => UpgradeRefusal | undefined
  /** Counts a guest; the result lets it go. */
  readonly enter: (guest: Guest) => () => void
  /** why what let a guest in is no longer in force; undefined when it is */
  readonly unwelcome: (guest: Guest) => Promise<string | undefined>
}

/** What a door goes by. */
export interface DoorParts extends Partial<ShownCertificates> {
  readonly access: Access
  /** how many requests a party may send; absent = as many as it likes */
  readonly gate?: Pick<Gate, 'pass'>
  /** sockets at once */
  readonly most?: number
  /** milliseconds since 1970 */
  readonly now?: () => number
  /** why a query can match nothing, in one sentence, by its names with all their values; absent = nobody knows the nouns */
  readonly queryFault?: (query: ReadonlyMap<string, readonly string[]>) => string | undefined
}

/** @param inside sockets that are open now */
export function doorOf(
  { access, gate, most = MOST_SOCKETS, queryFault, now = Date.now, certificateOf }: DoorParts,
  inside: () => number,
): Door {
  const byAddress = new Map<string, number>()

  async function asks(request: IncomingMessage): Promise<Guest | UpgradeRefusal> {
    const [, path = '', search = ''] = /^([^?]*)\??(.*)$/s.exec(request.url ?? '') ?? []
    const query = new URLSearchParams(search)
    const headers = flat(request.headers)
    const certificate = () => certificateOf?.(request)
    const listener = await admitted({ path, query, headers, certificate: certificate() }, access)
    if ('status' in listener) return listener
    const soon = tooSoon(listener.sender, gate)
    if (soon !== undefined) return soon
    const reason = queryFault?.(new Map([...query.keys()].map((it) => [it, query.getAll(it)])))
    if (reason !== undefined) return { status: 400, reason: printable(reason, 500) }
    const since = query.get('since')
    if (since !== null && !/^\d{1,15}$/.test(since))
      return { status: 400, reason: 'since is the seq of an event, a whole number.' }
    const { sender, untilMs } = listener
    const end = untilMs === undefined ? {} : { untilMs }
    const address = request.socket.remoteAddress ?? ''
    const asked = topicFilter(query.get('topics'))
    const wanted: Asked['wanted'] = (event) =>
      asked(event) && mayHear(sender, event, { query, topology: access.topology() })
    const shown = { headers: shownHeaders(headers), certificate }
    const guest = { sender, ...shown, address, wanted, ...end }
    return since === null ? guest : { ...guest, since: Number(since) }
  }

  function crowded(guest: Guest): UpgradeRefusal | undefined {
    if (isCrowded(keyOf(guest)))
      return { status: 429, reason: 'There are too many sockets from this address.' }
    if (inside() >= most)
      return { status: 503, reason: 'There are too many subscribers; try again later.' }
    return undefined
  }

  /** Without parties only this machine gets in. */
  function isCrowded(key: string): boolean {
    const { parties, access: rules } = access.topology()
    const limit = rules?.socketsPerAddress ?? ACCESS.socketsPerAddress
    return parties.length > 0 && (byAddress.get(key) ?? 0) >= limit
  }

  function enter(guest: Guest): () => void {
    const key = keyOf(guest)
    byAddress.set(key, (byAddress.get(key) ?? 0) + 1)
    return () => {
      const rest = (byAddress.get(key) ?? 1) - 1
      if (rest > 0) byAddress.set(key, rest)
      else byAddress.delete(key)
    }
  }

  async function unwelcome({
    headers,
    certificate,
    sender,
    untilMs,
  }: Guest): Promise<string | undefined> {
    if (untilMs !== undefined && now() > untilMs) return EXPIRED
    const who = await access.who(headers, certificate())
    if ('refused' in who) {
      // Whoever was let in is not sent away because nobody can say for the moment whether he still may.
      if (who.refused.code === 'authentication-unavailable') return undefined
      return NO_LONGER
    }
    const isSame =
      who.sender.party === sender.party &&
      `${who.sender.topics} ${who.sender.rights}` === `${sender.topics} ${sender.rights}`
    return isSame ? undefined : NO_LONGER
  }

  return { asks, crowded, enter, unwelcome }
}

/** An upgrade is a request like any other. */
function tooSoon({ party }: Sender, gate: DoorParts['gate']): UpgradeRefusal | undefined {
  try {
    gate?.pass(party)
    return undefined
  } catch (error) {
    if (!(error instanceof CimError)) throw error
    const { message: reason, retryAfterS = 1 } = error
    return { status: 429, reason, retryAfterS }
  }
}

function keyOf({ sender, address }: Pick<Guest, 'sender' | 'address'>): string {
  return `${address} ${sender.party}`
}

/** Repeated headers: the first one counts, as in all other requests. */
function flat(headers: IncomingMessage['headers']): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, it]) => [name, Array.isArray(it) ? it[0] : it]),
  )
}
