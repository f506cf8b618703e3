// A collection of records as a message: received here in the name of the party whose file it is, as if it had posted it. Its
// MessageID follows from the file and its place in it, so that whatever is read again after a crash is the same message, and has
// been received already.

import { errorRow } from '../../envelope/errors.ts'
import type { ReplyError } from '../../envelope/reply.ts'
import type { FileFacts } from '../../flows/file-kind.ts'
import { isObject, member, readJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import type { ContentOf } from '../content.ts'
import type { Exchange } from '../exchange.ts'
import type { Clock, NewId, Store } from '../ports.ts'
import type { Rendered, Sender, Unrendered } from '../received.ts'
import { documentOf } from '../translate.ts'
import type { Collection } from './collections.ts'
import type { FolderRules } from './rules.ts'
import { uuidOf } from './uuid.ts'

/** What telling needs from outside. */
export interface TellingParts {
  readonly schemas: SchemaSet
  readonly contentOf: ContentOf
  readonly exchange: Pick<Exchange, 'receive'>
  readonly store: Pick<Store, 'message'>
  readonly senderOf: (party: string) => Sender
  readonly clock: Clock
  readonly newId: NewId
  /** SHA-256, hex */
  readonly digest: (text: string) => string
}

/** The file that a collection is from. */
export interface Told {
  /** mRID of its record */
  readonly transfer: string
  readonly rules: Pick<FolderRules, 'kind' | 'from' | 'collection'>
  readonly facts: FileFacts
}

/** Something in a collection that was refused. */
export interface Refused {
  /** its place among the objects, from 0; below that where the collection was refused as a whole */
  readonly at: number
  readonly code: string
  readonly rule: string
  readonly reason: string
}

/** What was answered to a collection. */
export interface Answered {
  readonly result: 'OK' | 'PARTIAL' | 'FAILED'
  readonly refused: readonly Refused[]
  /** of the conversation that it has begun */
  readonly exchangeId: string
}

/** Tells one collection; again, it is what was answered the first time. @throws {CimError} where the store cannot answer now */
export type Tell = (collection: Collection, told: Told) => Promise<Answered>

/** Over one exchange. */
export function tellingBy(parts: TellingParts): Tell {
  const { schemas, contentOf, exchange, store, senderOf, clock, digest, newId } = parts

  return async (collection, told) => {
    const { from } = told.rules
    const messageID = messageIdOf(collection.n, told, digest)
    const before = await store.message(from, messageID)
    if (before !== undefined && before.replyStatus !== 0)
      return answeredIn(before.reply, before.exchangeId)
    const exchangeId = before?.exchangeId ?? newId()
    const message = messageOf(collection, told, { messageID, clock, contentOf })
    const answer = await exchange.receive({
      bytes: new TextEncoder().encode(documentOf(message, schemas)),
      sender: senderOf(from),
      bodyHash: digest(messageID),
      exchangeId,
      render: rendered,
      isOurs: true,
      isUnwritten: true,
    })
    return answeredIn(answer.rendered.text, exchangeId)
  }
}

/** The MessageID that a collection always has. */
function messageIdOf(
  n: number,
  { transfer, rules }: Pick<Told, 'transfer' | 'rules'>,
  digest: TellingParts['digest'],
): string {
  return uuidOf(digest(`${transfer} ${n} of ${rules.collection}`))
}

function messageOf(
  { objects }: Collection,
  { rules: { kind, from }, facts }: Told,
  it: { readonly messageID: string } & Pick<TellingParts, 'clock' | 'contentOf'>,
): JsonObject {
  const { noun, verb } = kind
  const { element = '' } = it.contentOf(noun) ?? {}
  const { messageID } = it
  return {
    message: 'EventMessage',
    header: {
      Verb: verb,
      Noun: noun,
      Timestamp: it.clock(),
      Source: from,
      MessageID: messageID,
      CorrelationID: messageID,
    },
    payload: { [noun]: { ...kind.beside?.(facts), [element]: objects } },
  }
}

/** Kept with the message, so that it is known again when it is read a second time. */
function rendered(answer: Unrendered): Rendered {
  const { result, failure } = answer
  const row = failure === undefined ? 200 : errorRow(failure).http
  const status = typeof row === 'number' ? row : row.body
  const text = JSON.stringify({ result, refused: refusedOf(answer) })
  return { text, status, contentType: 'application/json' }
}

/** Object by object where they were decided on. */
function refusedOf({ result, errors, decision }: Unrendered): readonly Refused[] {
  if (decision !== undefined)
    return decision.outcomes.flatMap(({ errors: [first] }, at) =>
      first === undefined ? [] : [refusedBy(first, at)],
    )
  const [first] = errors
  return result === 'OK' || first === undefined ? [] : [refusedBy(first, -1)]
}

function refusedBy({ code, rule = '', reason = '' }: ReplyError, at: number): Refused {
  return { at, code, rule, reason }
}

function answeredIn(text: string, exchangeId: string): Answered {
  const read = readJson(text)
  const it: Json = 'value' in read ? read.value : {}
  const result = member(it, 'result')
  const list = member(it, 'refused')
  const refused = Array.isArray(list) ? list.filter(isObject).map(refusedIn) : []
  return {
    result: result === 'OK' || result === 'PARTIAL' ? result : 'FAILED',
    refused,
    exchangeId,
  }
}

function refusedIn(it: JsonObject): Refused {
  const text = (name: string) => String(member(it, name) ?? '')
  return { at: Number(text('at')), code: text('code'), rule: text('rule'), reason: text('reason') }
}
