// An event by which a party answers what it was asked: systems that know no reply of their own tell what they have found, under
// the id of the question. It is taken for the reply that it is, so that whoever waits hears of it (DC-02).

import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { askingOf } from '../asking-of.ts'
import { payloadOf, rootsOf } from '../content.ts'
import type { ContentOf } from '../content.ts'
import { identityOf } from '../identity.ts'
import type { MessageState } from '../ledger.ts'
import type { Store } from '../ports.ts'
import { nounIn, objectsFor } from '../tasks.ts'
import type { Pending } from './waiting.ts'

/** What it needs from outside. */
export interface AnsweringParts {
  readonly store: Pick<Store, 'legs'>
  readonly contentOf: ContentOf
}

/** States of a question that may still be answered. */
const ASKED: readonly MessageState[] = ['QUEUED', 'SENDING', 'SENT', 'FAILED']

/** What a reply says whose party has not got an answer itself, by the status of the question. */
const CODES: Readonly<Record<string, string>> = {
  unsupported: '2.9',
  failed: '5.3',
  timedOut: '4.1',
}

/** The same message as the reply that it is; undefined where it answers nothing that its sender was asked. */
export async function answering(
  { received, validated, message }: Pending,
  { store, contentOf }: AnsweringParts,
): Promise<Pending | undefined> {
  const noun = nounIn(message) ?? ''
  const content = contentOf(noun)
  if (askingOf(noun, 'get') === undefined || content === undefined) return undefined
  const [object, ...others] = objectsFor(member(message, 'payload'), content)
  const { mRID: key } = identityOf(object)
  if (object === undefined || key === undefined || others.length > 0) return undefined
  const to = { direction: 'out', party: received.sender.party } as const
  const asked = { ...to, noun: [noun], verb: ['get'], key, state: ASKED, limit: 1 }
  const [leg] = (await store.legs(asked)).legs
  if (leg === undefined) return undefined
  const own = member(message, 'header') as JsonObject
  const header = { ...own, Verb: 'reply', CorrelationID: leg.messageID }
  const payload = payloadOf([[noun, rootsOf([object], content)]])
  const reply = { message: 'ResponseMessage', header, reply: replyFor(object), payload }
  const as = { ...validated, verb: 'reply', correlationID: leg.messageID }
  return { received, validated: as, message: reply }
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
