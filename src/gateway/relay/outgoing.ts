// Messages that are to be sent, with all that the store keeps of them: legs, their places in the outbox, the values by
// which they are found. Nothing invalid gets a place.

import type { Finding } from '../../envelope/finding.ts'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Leg, LedgerUnit, Slot } from '../ledger.ts'
import type { Party, Way } from '../parties/party.ts'
import { unfit, visibleTo } from '../parties/index.ts'
import type { Topology } from '../parties/party.ts'
import { agreedWith } from '../parties/agreed.ts'
import { slotOf } from '../delivery/lane.ts'
import { shifted } from '../delivery/outcome.ts'
import type { Validate } from '../ports.ts'
import type { ResponderParts } from '../responder.ts'
import { entriesOf, text } from '../tasks.ts'
import { verbRow } from '../../envelope/verbs.ts'
import { documentOf } from '../translate.ts'
import { piecesByItem } from './itemwise.ts'
import type { Known } from './itemwise.ts'
import { keysOf } from './business-keys.ts'
import { carriedBy } from './carriage.ts'
import type { Carried, WriteSoap } from './carriage.ts'
import { forwarded } from './forwarded.ts'
import { earlier, hoursOf, inHours } from './hours.ts'
import type { Hours } from './hours.ts'
import { pieceId } from './joined.ts'
import { orderOf } from './order-of.ts'
import type { OrderParts } from './order-of.ts'
import { piecesOf } from './split.ts'
import { mostTogether } from './together.ts'

/** What sending needs from outside. */
export interface OutgoingParts extends Omit<ResponderParts, 'log'>, OrderParts {
  readonly topology: () => Topology
  readonly writeSoap: WriteSoap
}

/** What is to be sent, to whom, and on whose behalf. */
export interface Sending {
  /** of the first leg; by default a new one */
  readonly id?: string
  /** valid, as CIM-JSON; in whatever form */
  readonly message: JsonObject
  readonly party: Party
  readonly way: Way
  readonly exchangeId: string
  readonly flow: string
  /** leg that it comes from */
  readonly answers: string
  readonly traceparent: string
  /** party whose objects it is about; empty = not known */
  readonly owner: string
  /** ISO 8601 with Z */
  readonly now: string
  /** objects as they are known here, for a party that takes their items apart */
  readonly known?: Known
  /** after which it is EXPIRED rather than late, besides what its way and its objects say; empty = never */
  readonly until?: string
}

/** What the store is to keep; `refused` legs are PARKED, with the reason. */
export type Outgoing = Required<Pick<LedgerUnit, 'legs' | 'slots' | 'keys'>>

/** Nothing is to be sent. */
export const NOTHING_SENT: Outgoing = { legs: [], slots: [], keys: [] }

/** All of them as one. */
export function joined(all: readonly Outgoing[]): Outgoing {
  return {
    legs: all.flatMap((it) => it.legs),
    slots: all.flatMap((it) => it.slots),
    keys: all.flatMap((it) => it.keys),
  }
}

/** The message for one party: as one, or one for each of its objects, one after the other. */
export async function outgoing(it: Sending, parts: OutgoingParts): Promise<Outgoing> {
  const { message, party, way, now } = it
  if (verbRow(shapeOf(message).verb)?.kind === 'event' && isHiddenWhole(it, parts))
    return NOTHING_SENT
  const pieces = piecesFor(it, parts)
  const made = await Promise.all(pieces.map((one) => written({ ...it, message: one }, parts)))
  const first = it.id ?? parts.newId()
  const orderKey = await orderOf(message, way.order, parts)
  const legs = made
    .flatMap((one, at) => draftsOf(one, pieces[at] ?? message))
    .map(({ piece, ...draft }, at) => ({
      piece,
      leg: legOf(it, pieceId(first, at), draft, hoursOf(piece, parts.contentOf)),
    }))
    .map(({ piece, leg }) => ({ piece, leg: { ...leg, orderKey } }))
  // Pieces keep their order also where the message keeps none.
  const together = orderKey === '' && legs.length > 1 ? { lane: `${party.id} ${first}` } : {}
  const slots = legs
    .filter(({ leg }) => leg.state === 'QUEUED')
    .map(({ piece, leg }): Slot => {
      const slot = { ...slotOf(leg, way.priority, now), ...together }
      return inHours(slot, leg, hoursOf(piece, parts.contentOf))
    })
  const keys = legs.flatMap(({ piece, leg }) => keysOf(leg, piece))
  return { legs: legs.map(({ leg }) => leg), slots, keys }
}

function piecesFor({ message, party, known }: Sending, { contentOf }: OutgoingParts) {
  const apart = piecesByItem(message, party, contentOf, known)
  if (apart !== undefined) return apart.map((it) => it.message)
  const most = mostTogether(message, party)
  return most === Infinity ? [message] : piecesOf(message, contentOf, most).map((it) => it.message)
}

/** What becomes one leg. */
interface Draft extends Omit<Carried, 'lost'> {
  /** empty = that of the leg itself */
  readonly messageID: string
  readonly state: 'QUEUED' | 'PARKED'
  readonly reason: string
  readonly findings: string
}

function draftsOf(
  made: Awaited<ReturnType<typeof written>>,
  piece: JsonObject,
): readonly (Draft & { readonly piece: JsonObject })[] {
  if ('reason' in made) {
    const { reason, findings } = made
    const why = { state: 'PARKED', reason, findings: JSON.stringify(findings) } as const
    return [{ ...UNWRITTEN, ...why, messageID: '', piece }]
  }
  const fine = { state: 'QUEUED', reason: '', findings: '[]' } as const
  return made.bodies.map(({ lost = [], ...body }, at) => ({
    ...body,
    ...fine,
    findings: JSON.stringify(lost),
    messageID: at === 0 ? made.messageID : '',
    piece,
  }))
}

function legOf(
  it: Sending,
  id: string,
  { messageID, ...draft }: Draft,
  { notAfter: latest }: Hours,
): Leg {
  const { way, now } = it
  const own = messageID === '' ? id : messageID
  const expires = way.expiresMs === undefined ? '' : shifted(now, way.expiresMs)
  const notAfter = [latest, it.until ?? ''].reduce(earlier, expires)
  return { ...blank(it, id), ...draft, messageID: own, correlationID: own, orderKey: '', notAfter }
}

const UNWRITTEN: Carried = { request: '', contentType: '', target: '' }

/** Why a message cannot be sent as it is. */
interface Unwritten {
  readonly reason: string
  readonly findings: readonly Finding[]
}

/** One message as it goes to its party, or why it cannot. @param messageID by default a new one */
export async function written(
  {
    message,
    party,
    owner,
    now,
    messageID: given,
  }: Pick<Sending, 'message' | 'party' | 'owner' | 'now'> & { readonly messageID?: string },
  parts: OutgoingParts,
): Promise<{ readonly bodies: readonly Carried[]; readonly messageID: string } | Unwritten> {
  const { schemas, validate, newId, source } = parts
  const { binding } = party
  if (binding === undefined)
    return unwritten(`${party.id} has no binding, so nothing can be sent to it.`)
  const cannot = unfit(party, shapeOf(message))
  if (cannot !== undefined) return unwritten(cannot)
  const whose = owner === '' ? undefined : owner
  const seen = visibleTo(message, party, parts.topology(), whose)
  if (isHiddenWhole({ message, party, owner }, parts))
    return unwritten(`${party.id} may be shown nothing of it.`)
  const messageID = given ?? newId()
  const next = forwarded(seen, { messageID, timestamp: now, source }, schemas)
  if ('refused' in next) return unwritten(`${next.refused.reason}.`)
  const xml = documentOf(next.message, schemas)
  const findings = await invalid(xml, validate)
  if (findings !== undefined)
    return { reason: `What would be sent to ${party.id} is not valid.`, findings }
  const bodies = carriedBy(
    binding,
    { message: next.message, xml, agreed: agreedWith(party) },
    parts.writeSoap,
  )
  return 'reason' in bodies ? unwritten(bodies.reason) : { bodies, messageID }
}

/** True where a party may be shown none of the objects of a message. */
function isHiddenWhole(
  { message, party, owner }: Pick<Sending, 'message' | 'party' | 'owner'>,
  { topology }: Pick<OutgoingParts, 'topology'>,
): boolean {
  const whose = owner === '' ? undefined : owner
  const seen = visibleTo(message, party, topology(), whose)
  const [before, after] = [message, seen].map((it) => entriesOf(it['payload']).length)
  return before !== 0 && after === 0
}

/** What speaks against a message of our own; undefined when it is valid. */
export async function invalid(
  xml: string,
  validate: Validate,
): Promise<readonly Finding[] | undefined> {
  const bytes = new TextEncoder().encode(xml)
  const judged =
    validate.judgeShipped(bytes, { own: true }) ?? (await validate.judge(bytes, { own: true }))
  return judged.verdict === 'valid' ? undefined : judged.findings
}

/** What of a message its receiver has to be able to take. */
export function shapeOf(message: JsonObject): Parameters<typeof unfit>[1] {
  const header = member(message, 'header')
  return {
    noun: text(member(header, 'Noun')) ?? '',
    verb: text(member(header, 'Verb')) ?? '',
    isOperationSet: member(member(message, 'payload'), 'OperationSet') !== undefined,
  }
}

function unwritten(reason: string): Unwritten {
  return { reason, findings: [] }
}

/** A leg to a party, without what is sent on it. */
export function blank(
  {
    message,
    party,
    exchangeId,
    flow,
    answers,
    traceparent,
    now,
  }: Omit<Sending, 'party' | 'way' | 'owner'> & { readonly party: Pick<Party, 'id'> },
  id: string,
): Omit<
  Leg,
  | keyof Carried
  | 'messageID'
  | 'correlationID'
  | 'state'
  | 'reason'
  | 'findings'
  | 'orderKey'
  | 'notAfter'
> {
  const header = member(message, 'header')
  return {
    id,
    exchangeId,
    direction: 'out',
    party: party.id,
    verb: text(member(header, 'Verb')) ?? '',
    noun: text(member(header, 'Noun')) ?? '',
    flow,
    bodyHash: '',
    at: now,
    replayOf: '',
    answers,
    late: false,
    traceparent,
    reply: '',
    replyMessageID: '',
    replyStatus: 0,
    replyContentType: '',
    replyETag: '',
  }
}
