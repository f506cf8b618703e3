// The answer to a message whose sender did not wait: a message of its own, to the address that it has named, in the carrier of
// the request; or in the words of a vendor, to where that is spoken to.

import type { Ack } from '../../dialects/ack.ts'
import type { BoundRoute } from '../../dialects/index.ts'
import type { Said } from '../answer.ts'
import { payloadOf, rootsOf } from '../content.ts'
import type { ContentOf } from '../content.ts'
import type { Decision } from '../deciding/decide.ts'
import { heldIn } from '../facade/answer.ts'
import { agreedWith } from '../parties/agreed.ts'
import type { Standings } from '../standing.ts'
import { isTrue, member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import { entered } from '../delivery/transition.ts'
import type { Leg, Slot } from '../ledger.ts'
import { recordOf } from '../message-record.ts'
import { mayReplyTo } from '../parties/index.ts'
import type { JsonBinding, Party, Topology } from '../parties/party.ts'
import { UNREAD } from '../refusals.ts'
import type { Answer, Received } from '../received.ts'
import type { Clock, NewId, Unit } from '../ports.ts'
import { laterReplyInSoap } from '../soap/later-reply.ts'
import { objectsFor, text } from '../tasks.ts'
import { ackOfAll } from '../vendor-ack.ts'
import { concluded, conclusionFor } from '../vendor-conclusion.ts'
import { keysOf } from './business-keys.ts'
import type { Carried } from './carriage.ts'
import { isVendor } from './together.ts'
import { vendorCarried } from './vendor-carriage.ts'
import type { Pending } from './waiting.ts'

/** What a later reply is made with. */
export interface LaterParts {
  readonly contentOf: ContentOf
  readonly standings: Pick<Standings, 'seen'>
  readonly topology: () => Topology
  readonly clock: Clock
  readonly newId: NewId
  readonly schemas: SchemaSet
}

/** What the store is to keep so that a sender is told later. */
export type ToldLater = Required<Pick<Unit, 'legs' | 'slots' | 'keys' | 'events'>>

/** What a reply is about, as far as that is known. */
export interface About {
  readonly payload?: Said['payload']
  readonly decision?: Decision | undefined
  /** what became of each object, where the reply does not say it of all of them */
  readonly ack?: Ack
}

/** What the store is to keep so that the sender is told later; nothing where nobody has to be. */
export function toldLater(
  origin: Leg,
  it: Pending,
  answer: Answer,
  parts: LaterParts,
  about: About = {},
): ToldLater {
  const legs =
    inVendorWords(origin, it, answer, parts, about) ??
    objectByObject(origin, it, answer, parts, about) ??
    laterReply(origin, it, answer, parts)
  return {
    legs,
    slots: legs.flatMap(slotOf),
    keys: legs.flatMap((leg) => keysOf(leg, it.message)),
    events: entered(legs, parts.clock()),
  }
}

/**
 * @returns no leg where nobody has to be told; one that is PARKED where the address is not allowed, and one that is only kept
 * where its sender was acknowledged and has named no address
 */
function laterReply(
  origin: Leg,
  { message, received, validated }: Pending,
  answer: Answer,
  { topology, clock, newId, schemas }: LaterParts,
): readonly Leg[] {
  const address = repliesTo(message)
  // What the message itself is answered with is kept with it.
  if (address === undefined && origin.replyStatus === 0) return []
  // One request has one reply: who was told that none had come in time finds the end by sending it again.
  if (origin.state === 'EXPIRED') return []
  const { messageID, correlationID, rendered } = answer
  const isOpen = address !== undefined && mayReplyTo(origin.party, topology(), address)
  const kept = {
    id: newId(),
    exchangeId: origin.exchangeId,
    flow: origin.flow,
    at: clock(),
    state: isOpen ? 'QUEUED' : address === undefined ? 'ACKED' : 'PARKED',
  } as const
  return [
    {
      ...recordOf(received, UNREAD, kept),
      direction: 'out',
      party: origin.party,
      messageID,
      correlationID,
      verb: 'reply',
      noun: origin.noun,
      reason: isOpen ? '' : unposted(address),
      answers: origin.id,
      ...(address === undefined
        ? { request: rendered.text, contentType: rendered.contentType, target: '' }
        : carriedTo(address, answer, laterReplyInSoap(answer.xml ?? '', validated, schemas))),
    },
  ]
}

/** Its sender, spoken to in a dialect; undefined for who waits, has named an address, or speaks none. */
function toldAsVendor(
  origin: Leg,
  { message }: Pick<Pending, 'message'>,
  { topology }: Pick<LaterParts, 'topology'>,
): (Party & { readonly binding: JsonBinding }) | undefined {
  const party = topology().parties.find(({ id }) => id === origin.party)
  const isWaiting = origin.replyStatus === 0 || repliesTo(message) !== undefined
  if (isWaiting || party?.binding?.type !== 'json' || !isVendor(party)) return undefined
  return { ...party, binding: party.binding }
}

/** The route by which its sender is told of each object in the end; undefined for everybody else. */
export function concludesBy(
  origin: Leg,
  it: Pick<Pending, 'message'>,
  parts: Pick<LaterParts, 'topology'>,
): BoundRoute | undefined {
  const party = toldAsVendor(origin, it, parts)
  return party && conclusionFor(party, origin)
}

/** What became of each object, in the shape of an acknowledgement; undefined where the dialect has no place for that. */
function objectByObject(
  origin: Leg,
  it: Pending,
  { said, messageID, correlationID }: Answer,
  parts: LaterParts,
  { ack: known }: About,
): readonly Leg[] | undefined {
  const party = toldAsVendor(origin, it, parts)
  const route = party && conclusionFor(party, origin)
  if (party === undefined || route === undefined || said === undefined) return undefined
  const ack = known ?? ackOfAll(route, said, sentIn(it, origin, parts), agreedWith(party))
  const body = concluded(route, ack, origin, parts.clock())
  return [{ ...blank(origin, it.received, parts), messageID, correlationID, ...body }]
}

/** The objects of a message as they came, with those that were refused here. */
function sentIn(
  { message, received }: Pending,
  { noun }: Leg,
  { contentOf }: LaterParts,
): readonly JsonObject[] {
  const content = contentOf(noun)
  const payload = member(received.refusedHere?.message ?? message, 'payload')
  return content === undefined ? [] : objectsFor(payload, content)
}

/** A message to the sender of another one, which it answers. */
function blank(origin: Leg, received: Received, { clock, newId }: LaterParts): Leg {
  const { exchangeId, flow, noun, party, id: answers } = origin
  const kept = { id: newId(), exchangeId, flow, at: clock(), state: 'QUEUED' } as const
  const own = recordOf(received, UNREAD, kept)
  return { ...own, direction: 'out', party, verb: 'reply', noun, answers }
}

/** Undefined for who is not told as a vendor, and where the dialect has no words for it. */
function inVendorWords(
  origin: Leg,
  it: Pending,
  answer: Answer,
  parts: LaterParts,
  about: About,
): readonly Leg[] | undefined {
  const party = toldAsVendor(origin, it, parts)
  if (party === undefined) return undefined
  const { noun } = origin
  const objects = objectsOf(origin, about, parts)
  const content = parts.contentOf(noun)
  if (objects.length === 0 || content === undefined) return undefined
  const { messageID: MessageID, correlationID } = answer
  const said = {
    header: { Verb: 'reply', Noun: noun, MessageID, CorrelationID: correlationID },
    payload: payloadOf([[noun, rootsOf(objects, content)]]),
  }
  const bodies = vendorCarried(said, party.binding.dialect, agreedWith(party))
  if ('reason' in bodies) return undefined
  return bodies.map(({ lost = [], ...body }, place): Leg => ({
    ...blank(origin, it.received, parts),
    ...{ messageID: place === 0 ? MessageID : parts.newId(), correlationID },
    ...{ ...body, findings: JSON.stringify(lost) },
  }))
}

/** As they are kept here, and as the party may look at them; else as they have come back. */
function objectsOf(
  { noun, party }: Leg,
  { decision, payload }: About,
  { contentOf, standings }: LaterParts,
): readonly JsonObject[] {
  const kept = heldIn(decision).filter((it) => it.noun === noun)
  if (kept.length > 0) return kept.map((it) => standings.seen(noun, it.object, it.owner, party))
  const content = contentOf(noun)
  return content === undefined ? [] : objectsFor(payload, content)
}

function unposted(address: string | undefined): string {
  return address === undefined
    ? 'Its sender has named no address, and finds it here.'
    : `${address} is no address that may be posted to.`
}

/** A call of SOAP is another one than the answer to a call. */
function carriedTo(address: string, { rendered }: Answer, soap: Carried | undefined): Carried {
  if (soap !== undefined) return { ...soap, target: `POST ${address} ${soap.target}`.trim() }
  return { request: rendered.text, contentType: rendered.contentType, target: `POST ${address}` }
}

/** Replies keep no order among each other. */
function slotOf({ id, party, state, at }: Leg): readonly Slot[] {
  return state === 'QUEUED' ? [{ leg: id, lane: `${party} ${id}`, priority: 0, dueAt: at }] : []
}

/** Where its sender wants to be told later; undefined where it has named nothing, or waits. */
export function repliesTo(message: JsonObject): string | undefined {
  return wantsLater(message) ? text(member(member(message, 'header'), 'ReplyAddress')) : undefined
}

/** The sender does not wait (IEC 61968-100:2013 6.9, AsyncReplyFlag). */
export function wantsLater(message: JsonObject): boolean {
  return isTrue(member(member(message, 'header'), 'AsyncReplyFlag'))
}
