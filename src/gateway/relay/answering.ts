// An event by which a party answers what it was asked: systems that know no reply of their own tell what they have found, under
// the id of the question, and need not say again what it was about. It is taken for the reply that it is, so that whoever waits
// hears of it (DC-02).

import { member, sameJson } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Asking } from '../../flows/asking.ts'
import { askingOf } from '../asking-of.ts'
import { payloadOf, rootsOf } from '../content.ts'
import type { ContentOf } from '../content.ts'
import { idKey, identityOf } from '../identity.ts'
import type { LegFacts, MessageState } from '../ledger.ts'
import type { Store } from '../ports.ts'
import { nounIn, objectsFor } from '../tasks.ts'
import { heldOf } from '../world.ts'
import type { Pending } from './waiting.ts'

/** What it needs from outside. */
export interface AnsweringParts {
  readonly store: Pick<Store, 'legs' | 'objects'>
  readonly contentOf: ContentOf
}

/** States of a question that may still be answered. */
const ASKED: readonly MessageState[] = ['QUEUED', 'SENDING', 'SENT', 'FAILED']

/** States of a question whose time is over: an answer to it is kept, and is late. */
const OVER: readonly MessageState[] = ['PARKED', 'EXPIRED']

/** States of a question that has been answered. */
const ANSWERED: readonly MessageState[] = ['ACKED', 'PARTIAL']

/** What a reply says whose party has not got an answer itself, by the status of the question. */
const CODES: Readonly<Record<string, string>> = {
  unsupported: '2.9',
  failed: '5.3',
  timedOut: '4.1',
}

/**
 * The same message as the reply that it is; undefined where it tells of its own accord, as what says of which device it is may.
 * One that does not say so, and answers nothing that is known here, is a reply to what nobody has asked.
 */
export async function answering(
  { received, validated, message }: Pending,
  { store, contentOf }: AnsweringParts,
): Promise<Pending | undefined> {
  const noun = nounIn(message) ?? ''
  const content = contentOf(noun)
  const asking = askingOf(noun, 'get')
  if (asking === undefined || content === undefined) return undefined
  const [object, ...others] = objectsFor(member(message, 'payload'), content)
  const { mRID: key } = identityOf(object)
  if (object === undefined || key === undefined || others.length > 0) return undefined
  const [held] = await store.objects(noun, [idKey(key)], [])
  const kept = held && heldOf(held).object
  const states = kept && isRepeated(asking, kept, object) ? [ASKED, OVER, ANSWERED] : [ASKED, OVER]
  const leg = await askedUnder(key, noun, received.sender.party, states, store)
  const saysOfWhat = Object.keys(asking.about.of(object)).length > 0
  if (leg === undefined && (held !== undefined || saysOfWhat)) return undefined
  const whole = kept === undefined ? object : asking.whole(kept, object)
  const correlationID = leg?.messageID ?? key
  const own = member(message, 'header') as JsonObject
  const header = { ...own, Verb: 'reply', CorrelationID: correlationID }
  const payload = payloadOf([[noun, rootsOf([whole], content)]])
  const reply = { message: 'ResponseMessage', header, reply: replyFor(whole), payload }
  const as = { ...validated, verb: 'reply', correlationID }
  return { received, validated: as, message: reply }
}

/** The same answer once more says nothing new: whoever has asked hears of it once. */
function isRepeated(asking: Asking, kept: JsonObject, answer: JsonObject): boolean {
  return [false, true].some((isLate) => sameJson(asking.answered(kept, answer, isLate), kept))
}

/** By what a party was asked: what may still be answered before what may not. */
async function askedUnder(
  key: string,
  noun: string,
  party: string,
  states: readonly (readonly MessageState[])[],
  store: AnsweringParts['store'],
): Promise<LegFacts | undefined> {
  const to = { direction: 'out', party, noun: [noun], verb: ['get'], key, limit: 1 } as const
  for (const state of states) {
    const [leg] = (await store.legs({ ...to, state })).legs
    if (leg !== undefined) return leg
  }
  return undefined
}

/** What a reply says that holds this object. */
export function replyFor(object: JsonObject): JsonObject {
  const status = member(object, 'status')
  const code = CODES[String(member(status, 'value'))]
  const reason = member(status, 'reason')
  if (code === undefined) return { Result: 'OK', Error: [{ code: '0.0' }] }
  const told = typeof reason === 'string' ? { reason } : {}
  return { Result: 'FAILED', Error: [{ code, level: 'FATAL', ...told }] }
}
