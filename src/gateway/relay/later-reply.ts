// The answer to a message whose sender did not wait: a message of its own, to the address that it has named, in the
// carrier of the request.

import { isTrue, member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import { entered } from '../delivery/transition.ts'
import type { Leg, Slot } from '../ledger.ts'
import { recordOf } from '../message-record.ts'
import { mayReplyTo } from '../parties/index.ts'
import type { Topology } from '../parties/party.ts'
import { UNREAD } from '../refusals.ts'
import type { Answer } from '../received.ts'
import type { Clock, NewId, Unit } from '../ports.ts'
import { laterReplyInSoap } from '../soap/later-reply.ts'
import { text } from '../tasks.ts'
import { keysOf } from './business-keys.ts'
import type { Carried } from './carriage.ts'
import type { Pending } from './waiting.ts'

/** What a later reply is made with. */
export interface LaterParts {
  readonly topology: () => Topology
  readonly clock: Clock
  readonly newId: NewId
  readonly schemas: SchemaSet
}

/** What the store is to keep so that a sender is told later. */
export type ToldLater = Required<Pick<Unit, 'legs' | 'slots' | 'keys' | 'events'>>

/** What the store is to keep so that the sender is told later; nothing where nobody has to be. */
export function toldLater(origin: Leg, it: Pending, answer: Answer, parts: LaterParts): ToldLater {
  const legs = laterReply(origin, it, answer, parts)
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
