// What the façade does with questions to parties: a POST that asks is the get of its noun where that leads to a party, and
// `POST …/{id}:reply` is the reply of that party to what it was asked.

import type { JsonObject } from '../../schema/json-text.ts'
import type { FacadeStep } from '../../flows/facade-step.ts'
import { payloadOf, rootsOf } from '../content.ts'
import type { NounContent } from '../content.ts'
import type { ExchangeParts } from '../exchange-parts.ts'
import { createMessage, headerOf } from './message.ts'
import type { MessageMade } from './message.ts'
import { heading } from './request.ts'
import type { FacadeRequest } from './request.ts'
import type { JsonBody } from '../json-findings.ts'
import type { LegFacts } from '../ledger.ts'
import type { StoredObject } from '../ports.ts'
import { replyFor as told } from '../relay/answering.ts'
import { heldOf } from '../world.ts'

/** The question that a POST stands for; undefined where nobody would be asked, so that it is only kept. */
export async function questionFor(
  request: FacadeRequest,
  { json }: JsonBody,
  parts: ExchangeParts,
): Promise<MessageMade | undefined> {
  const { noun, sender } = request
  const { courier } = parts
  if (courier === undefined || parts.flow(noun, 'get')?.asking === undefined) return undefined
  const made = createMessage(json, heading(request, 'get'), parts)
  if ('refusal' in made) return undefined
  const standing = await courier.standings.of(made.message, sender)
  const choice = courier.choose({ noun, verb: 'get', from: sender.party }, standing)
  return choice.kind === 'parties' ? made : undefined
}

/** A step that is to be taken. */
interface Taken {
  readonly step: FacadeStep | undefined
  /** the object as it is kept; undefined where it is not */
  readonly before: StoredObject | undefined
  /** of the request */
  readonly body: JsonObject
  readonly content: NounContent
}

/**
 * The reply that a step stands for: of whoever was asked, or to what nobody was asked, so that it is parked. Undefined for any
 * other step, and for a question that is kept here and that nobody was asked.
 */
export async function replyFor(
  request: FacadeRequest,
  mRID: string,
  { step, before, body, content }: Taken,
  parts: Pick<ExchangeParts, 'store' | 'clock' | 'newId'>,
): Promise<JsonObject | undefined> {
  if (step === undefined || !('answers' in step)) return undefined
  const asked = await askedOf(request, mRID, parts)
  if (asked === undefined && before !== undefined) return undefined
  const object = step.change(before === undefined ? { mRID } : heldOf(before).object, body)
  const correlationID = asked?.messageID ?? mRID
  const header = { ...headerOf(heading(request, 'reply'), parts), CorrelationID: correlationID }
  const payload = payloadOf([[content.noun, rootsOf([object], content)]])
  return { message: 'ResponseMessage', header, reply: told(object), payload }
}

/** What the sender of a request was asked about an object; undefined where it was asked nothing. */
async function askedOf(
  { noun, sender: { party } }: FacadeRequest,
  mRID: string,
  { store }: Pick<ExchangeParts, 'store'>,
): Promise<Pick<LegFacts, 'messageID'> | undefined> {
  const to = { direction: 'out', party, noun: [noun], verb: ['get'] } as const
  const { legs } = await store.legs({ ...to, key: mRID, limit: 1 })
  if (legs[0] !== undefined) return legs[0]
  // A question whose own mRID was taken is known by the message that has asked it.
  const origin = await store.leg(mRID)
  const asked = origin === undefined ? undefined : await store.leg(origin.answers)
  return asked?.direction === 'out' && asked.party === party ? asked : undefined
}
