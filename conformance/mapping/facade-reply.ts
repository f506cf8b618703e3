// What an answer of a JSON façade stands for: the ResponseMessage with the same Result, Errors and objects, so that it is
// judged by the same expectations. What of an envelope JSON does not have is made up here and judged by nobody.

import { readJson } from '../../src/index.ts'
import type { Json, JsonObject } from '../../src/index.ts'
import { MESSAGE, element, writeXml } from '../peers/write.ts'
import type { Said } from '../transport/bridge.ts'
import type { Node } from '../xml.ts'
import { nounForm } from './facade-request.ts'
import type { FacadeAsk, NounFacts } from './facade-request.ts'
import { isObject } from './thing.ts'
import { treeOf } from './tree.ts'

type Answered = Extract<Said, { kind: 'answered' }>

/** undefined where it is no JSON, and stands for nothing. @param now ISO 8601 with Z */
export function facadeReply(
  said: Answered,
  { noun }: FacadeAsk,
  nouns: NounFacts,
  now: string,
): Uint8Array | undefined {
  const body = bodyIn(said)
  if (body === undefined) return undefined
  const { messageid = '', correlationid = '' } = said.headers
  const header = [
    ['Verb', 'reply'],
    ['Noun', noun],
    ['Timestamp', now],
    ['MessageID', messageid],
    ['CorrelationID', correlationid],
  ].map(([name = '', text = '']) => element(MESSAGE, name, text))
  const reply = replyOf(said.status, body)
  const isDone = said.status < 400 && reply[0]?.text !== 'FAILED'
  const payload = isDone ? payloadOf(body, noun, nouns) : undefined
  const message = element(MESSAGE, 'ResponseMessage', [
    element(MESSAGE, 'Header', header),
    element(MESSAGE, 'Reply', reply),
    payload === undefined ? undefined : element(MESSAGE, 'Payload', [payload]),
  ])
  return new TextEncoder().encode(writeXml(message))
}

/** HTTP 202 and 204 need none. */
function bodyIn({ status, bytes }: Answered): JsonObject | undefined {
  if (bytes.length === 0) return [202, 204].includes(status) ? {} : undefined
  const read = readJson(new TextDecoder().decode(bytes))
  return 'value' in read && isObject(read.value) ? read.value : undefined
}

/** What is only acknowledged says so by its reply code. */
function replyOf(status: number, body: JsonObject): readonly Node[] {
  const own = isObject(body['reply']) ? body['reply'] : body
  const told = own['Result']
  const isDone = status < 400
  const result = typeof told === 'string' ? told : isDone ? 'OK' : 'FAILED'
  const listed = Array.isArray(own['Error']) ? (own['Error'] as readonly Json[]) : []
  const code = status === 202 ? '0.3' : own['code']
  const alone = typeof code === 'string' ? [{ code, reason: own['detail'] ?? '' }] : []
  const errors = listed.length > 0 ? listed : alone
  return [element(MESSAGE, 'Result', result), ...errors.map(errorOf)]
}

/** In the order of the schema; what a product adds of its own is nothing of the message. */
const ERROR = ['code', 'level', 'reason', 'details', 'xpath', 'stackTrace', 'Location', 'ID']

function errorOf(error: Json): Node {
  const { children } = treeOf('Error', error, MESSAGE, undefined)
  return element(
    MESSAGE,
    'Error',
    ERROR.flatMap((name) => children.filter((it) => it.name === name)),
  )
}

/** The objects, also where the noun stands around them; undefined where there are none. */
function payloadOf(body: JsonObject, noun: string, nouns: NounFacts): Node | undefined {
  const form = nounForm(noun, nouns)
  if (form === undefined) return undefined
  const { reply: _reply, next: _next, Result: _result, Error: _errors, ...rest } = body
  const inner = rest[noun]
  const tree = treeOf(noun, isObject(inner) ? inner : rest, form.ns, form.schema)
  return tree.children.length === 0 ? undefined : tree
}
