// MsgAck, by which Oracle's DERMS and the integration in front of it acknowledge: one response for each object, and one word for
// all. Which HTTP status goes with it is not published; ours says of technical faults that another try may help. So is messageId,
// by which one that is posted later says what it is about, and whatever stands in a response besides to tell what it is about.

import { isObject, member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { fateOf } from './ack.ts'
import type { Ack, AckContext, AckWritten, Fate, ItemAck } from './ack.ts'

/** Technical faults are FAILURE, business faults are ERROR (Oracle configuration guides, error handling). */
export const ACK_TYPES = { SUCCESS: 'done', ERROR: 'refused', FAILURE: 'failed' } as const

/** messageNumber of what has been there already (Oracle configuration guides, error handling). */
export const ALREADY_EXISTS = '10589'

/** Some done and some not is ERROR as a whole: the responses say which. */
export function writeMsgAck(ack: Ack, { at, status }: AckContext): AckWritten {
  const fate = fateOf(ack)
  const response = ack.items.map((it) => responseOf(it, at))
  const responses = response.length > 0 ? { responses: { response } } : {}
  const value = ack.text === '' ? {} : { value: ack.text }
  const ackType = wordOf(fate === 'partial' ? 'refused' : fate)
  const about = ack.about === undefined ? {} : { messageId: ack.about }
  const body = { MsgAck: { ackType, whenISO: at, ...about, ...value, ...responses } }
  return { status: fate === 'failed' ? Math.max(status, 500) : 200, body }
}

function responseOf(it: ItemAck, at: string): JsonObject {
  const { id, beside, isMessage, fate, exists, code, text, mRID } = it
  return {
    ...(id === '' ? {} : { id }),
    ...beside,
    ...(id === '' || isMessage !== true ? {} : { dacsMessageId: id }),
    ...(mRID === undefined ? {} : { enrollmentId: mRID }),
    responseCode: wordOf(fate),
    value: [code, text].filter((it) => it !== '').join(' '),
    responseTimeISO: at,
    ...(exists === true ? { messageNumber: ALREADY_EXISTS } : {}),
  }
}

function wordOf(fate: Fate): string {
  const found = Object.entries(ACK_TYPES).find(([, it]) => it === fate)
  return found?.[0] ?? 'ERROR'
}

/** With or without the name around it, with a list of responses or one. */
export function readMsgAck(json: Json, _status: number): Ack | undefined {
  const own = member(json, 'MsgAck') ?? json
  const whole = fateIn(own, 'ackType')
  if (whole === undefined) return undefined
  const inside = member(member(own, 'responses'), 'response') ?? member(own, 'responses') ?? []
  const list: readonly Json[] = Array.isArray(inside) ? inside : [inside]
  const items = list.filter(isObject).map((it) => itemIn(it, whole))
  return { items, whole, text: textIn(own, 'value') }
}

function itemIn(it: JsonObject, whole: Fate): ItemAck {
  const fate = fateIn(it, 'responseCode') ?? whole
  const exists = textIn(it, 'messageNumber') === ALREADY_EXISTS
  const id = textIn(it, 'id') || textIn(it, 'dacsMessageId')
  const text = textIn(it, 'value')
  const own = textIn(it, 'enrollmentId')
  const beside = Object.fromEntries(
    Object.entries(it).flatMap(([name, value]) =>
      OF_RESPONSE.has(name) || typeof value !== 'string' ? [] : [[name, value]],
    ),
  )
  return {
    ...{ id, code: '', text },
    ...(Object.keys(beside).length === 0 ? {} : { beside }),
    fate: exists ? 'done' : fate,
    ...(exists ? { exists } : {}),
    ...(own === '' ? {} : { mRID: own }),
  }
}

/** Members of a response; whatever else stands there says what it is about. */
const OF_RESPONSE: ReadonlySet<string> = new Set([
  ...['id', 'dacsMessageId', 'enrollmentId', 'messageNumber'],
  ...['responseCode', 'value', 'responseTimeISO'],
])

/** What stands where the word of an acknowledgement is due, and is none; undefined where there is no such place. */
export function strangeWord(json: Json): Json | undefined {
  const inside = member(json, 'MsgAck')
  const word = member(inside ?? json, 'ackType')
  if (inside === undefined && word === undefined) return undefined
  return fateIn(inside ?? json, 'ackType') === undefined ? (word ?? null) : undefined
}

function fateIn(it: Json, name: string): Fate | undefined {
  const word = textIn(it, name).trim().toUpperCase()
  return Object.hasOwn(ACK_TYPES, word) ? ACK_TYPES[word as keyof typeof ACK_TYPES] : undefined
}

function textIn(it: Json, name: string): string {
  const found = member(it, name)
  return typeof found === 'string' || typeof found === 'number' ? `${found}` : ''
}
