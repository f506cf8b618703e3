// A gateway between JSON and XML that keeps to the rules: it takes objects on either side, keeps them, and sends what came in
// JSON to a party of CIM. Small, in memory, and apart from the gateway that this project makes.

import type { Json, JsonObject } from '../../src/index.ts'
import { readJson, writeJson } from '../../src/index.ts'
import { find, textAt } from '../find.ts'
import { jsonOf } from '../mapping/json.ts'
import type { Schema } from '../mapping/schema.ts'
import { isObject } from '../mapping/thing.ts'
import { treeOf } from '../mapping/tree.ts'
import type { Ask, Bridge, Delivered, Hears, Said } from '../transport/bridge.ts'
import type { Judged } from '../engine/judge.ts'
import { readXml } from '../xml.ts'
import type { Node } from '../xml.ts'
import { MESSAGE, element, writeXml } from './write.ts'

/** A noun that it has. */
export interface Held {
  readonly noun: string
  readonly ns: string
  readonly schema: Schema
  /** of its path */
  readonly resource: string
}

/** What it is played with. */
export interface ReferenceOptions {
  readonly nouns: readonly Held[]
  readonly judge: (bytes: Uint8Array) => Promise<Judged>
  readonly hears: Hears
  /** whether the schemas admit a message of CIM-JSON */
  readonly admits: (message: JsonObject) => Promise<boolean>
  readonly uuid: () => string
  readonly now: () => string
  /** what is otherwise than it has to be */
  readonly quirk?: Quirk
}

/** What can be wrong with a gateway. Each is given what is right. */
export interface Quirk {
  /** the content of a body, before it is judged */
  readonly body?: (content: JsonObject) => JsonObject
  /** the payload that is written for a body */
  readonly payload?: (payload: Node) => Node
  /** the content that is kept of a payload */
  readonly content?: (content: JsonObject, via: 'json' | 'xml') => JsonObject
  /** an object as it is read again */
  readonly read?: (content: JsonObject, via: 'json' | 'xml') => JsonObject
  /** an answer of the façade */
  readonly said?: (said: Answered) => Answered
  /** takes what breaks the schema, but for null */
  readonly takesAll?: boolean
  /** refuses what the schema admits */
  readonly refusesAll?: boolean
  /** messages that are sent for one request */
  readonly times?: number
}

type Answered = Extract<Said, { kind: 'answered' }>

/** In memory. */
export function referenceGateway(options: ReferenceOptions): Bridge {
  const store = new Map<string, { readonly content: JsonObject; readonly via: 'json' | 'xml' }>()
  let sent: Delivered[] = []
  const playing: Playing = { ...options, quirk: options.quirk ?? {}, store, deliver }
  return {
    name: 'memory',
    ask: async (it) => {
      if (it.path === '/cim') return fromCim(it, playing)
      const said = await fromVendor(it, playing)
      return playing.quirk.said?.(said) ?? said
    },
    delivered: () => {
      const all = sent
      sent = []
      return all
    },
    rest: () => Promise.resolve(),
    close: () => Promise.resolve(),
  }

  async function deliver(bytes: Uint8Array): Promise<Node | undefined> {
    const { bytes: answer } = await options.hears(bytes)
    sent.push({ bytes, contentType: 'application/xml', answer })
    return readXml(answer)
  }
}

interface Playing extends Omit<ReferenceOptions, 'quirk'> {
  readonly quirk: Quirk
  readonly store: Map<string, { readonly content: JsonObject; readonly via: 'json' | 'xml' }>
  readonly deliver: (bytes: Uint8Array) => Promise<Node | undefined>
}

async function fromVendor(it: Ask, playing: Playing): Promise<Answered> {
  const [, resource = '', id] = /^\/api\/v1\/([^/?]+)(?:\/([^/?]+))?/.exec(it.path) ?? []
  const held = playing.nouns.find((one) => one.resource === resource)
  if (held === undefined) return problem('99.1', 404, `There is no resource ${resource}.`, playing)
  if (it.method === 'POST') return created(held, it.bytes ?? new Uint8Array(), playing)
  const kept = playing.store.get(`${held.noun} ${decodeURIComponent(id ?? '')}`)
  if (kept === undefined) return problem('99.1', 404, 'There is no such object.', playing)
  const ids = { correlationid: playing.uuid() }
  return json(playing.quirk.read?.(kept.content, kept.via) ?? kept.content, 200, ids, playing)
}

async function created(held: Held, bytes: Uint8Array, playing: Playing): Promise<Answered> {
  const read = readJson(new TextDecoder().decode(bytes))
  const body = 'value' in read && isObject(read.value) ? read.value : {}
  const whole = isObject(body['payload']) || body['header'] !== undefined
  const given = contentOf(body, held)
  const content = playing.quirk.body?.(given) ?? given
  const id = playing.uuid()
  const header = { Verb: 'create', Noun: held.noun, MessageID: id }
  const message = whole ? body : { header, payload: { [held.noun]: content } }
  const isTaken = playing.quirk.takesAll === true && !writeJson(content).includes(':null')
  const isRefused = !isTaken && !(await playing.admits(message))
  if (isRefused || playing.quirk.refusesAll === true) {
    return problem('1.8', 400, 'The schema does not admit it.', playing)
  }
  const tree = treeOf(held.noun, content, held.ns, held.schema)
  const payload = playing.quirk.payload?.(tree) ?? tree
  let reply: Node | undefined
  for (let n = 0; n < (playing.quirk.times ?? 1); n += 1) {
    const own = n === 0 ? id : playing.uuid()
    const answer = await playing.deliver(request(payload, own, id, playing))
    reply ??= answer
  }
  return afterReply(held, content, id, reply, playing)
}

function contentOf(body: JsonObject, { noun }: Held): JsonObject {
  const payload = isObject(body['payload']) ? body['payload'] : body
  const inner = payload[noun]
  return isObject(inner) ? inner : payload
}

/** What the party has accepted is kept, and the rest told. */
function afterReply(
  held: Held,
  content: JsonObject,
  correlationID: string,
  reply: Node | undefined,
  playing: Playing,
): Answered {
  const errors = find(reply, 'Reply/Error').map(errorJson)
  const failed = find(reply, 'Reply/Error/ID').map((it) => it.text)
  const result = textAt(reply, 'Reply/Result') ?? 'FAILED'
  const ids = { correlationid: correlationID }
  if (result === 'FAILED')
    return problem(
      textAt(reply, 'Reply/Error/code') ?? '5.3',
      409,
      'It is refused.',
      playing,
      errors,
    )
  const accepted = without(content, failed)
  const [first = correlationID] = keep(held, accepted, 'json', correlationID, playing)
  if (result === 'PARTIAL')
    return json({ reply: { Result: result, Error: errors }, ...accepted }, 200, ids, playing)
  const location = `/api/v1/${held.resource}/${encodeURIComponent(first)}`
  return json(accepted, 201, { ...ids, location }, playing)
}

function errorJson(error: Node): Json {
  const id = find(error, 'ID')[0]
  return {
    code: textAt(error, 'code') ?? '',
    reason: textAt(error, 'reason') ?? '',
    ...(id === undefined ? {} : { ID: { $: id.text, '@kind': id.attributes['kind'] ?? 'other' } }),
  }
}

function without(content: JsonObject, failed: readonly string[]): JsonObject {
  const isGone = (it: Json) => isObject(it) && failed.includes(String(it['mRID']))
  return Object.fromEntries(
    Object.entries(content).map(([key, value]) => [
      key,
      Array.isArray(value) ? (value as readonly Json[]).filter((it) => !isGone(it)) : value,
    ]),
  )
}

/** Each object by its mRID, what has none by the message. @returns what they are known by */
function keep(
  { noun }: Held,
  content: JsonObject,
  via: 'json' | 'xml',
  messageID: string,
  { store, quirk }: Playing,
): readonly string[] {
  const kept = quirk.content?.(content, via) ?? content
  const ids = idsIn(content)
  const all = ids.length === 0 ? [messageID] : ids
  for (const id of all) store.set(`${noun} ${id}`, { content: oneOf(kept, id), via })
  return all
}

function idsIn(content: JsonObject): readonly string[] {
  return Object.values(content).flatMap((value) =>
    (Array.isArray(value) ? (value as readonly Json[]) : [value]).flatMap((it) =>
      isObject(it) && typeof it['mRID'] === 'string' ? [it['mRID']] : [],
    ),
  )
}

/** Of several objects under one key the one. */
function oneOf(content: JsonObject, id: string): JsonObject {
  return Object.fromEntries(
    Object.entries(content).map(([key, value]) => {
      if (!Array.isArray(value)) return [key, value]
      const own = (value as readonly Json[]).filter((it) => isObject(it) && it['mRID'] === id)
      return [key, own.length === 0 ? value : own]
    }),
  )
}

async function fromCim({ bytes = new Uint8Array() }: Ask, playing: Playing): Promise<Answered> {
  const { root, observations } = await playing.judge(bytes)
  const payload = find(root, 'Payload/*')[0]
  const held = playing.nouns.find((it) => it.noun === payload?.name)
  const messageID = textAt(root, 'Header/MessageID') ?? ''
  const isRight = observations.length === 0 && payload !== undefined && held !== undefined
  if (isRight) keep(held, jsonOf(payload, held.schema) as JsonObject, 'xml', messageID, playing)
  const reply = element(MESSAGE, 'ResponseMessage', [
    element(MESSAGE, 'Header', [
      element(MESSAGE, 'Verb', 'reply'),
      element(MESSAGE, 'Noun', textAt(root, 'Header/Noun') ?? ''),
      element(MESSAGE, 'Timestamp', playing.now()),
      element(MESSAGE, 'Source', 'GW'),
      element(MESSAGE, 'MessageID', playing.uuid()),
      element(MESSAGE, 'CorrelationID', textAt(root, 'Header/CorrelationID') ?? messageID),
    ]),
    element(MESSAGE, 'Reply', [
      element(MESSAGE, 'Result', isRight ? 'OK' : 'FAILED'),
      ...(isRight ? [] : [element(MESSAGE, 'Error', [element(MESSAGE, 'code', '1.8')])]),
    ]),
  ])
  const xml = octets(writeXml(reply))
  const own = { kind: 'answered', status: 200, contentType: 'application/xml' } as const
  return { ...own, headers: {}, bytes: xml }
}

function request(payload: Node, messageID: string, correlationID: string, { now }: Playing) {
  const header = [
    ['Verb', 'create'],
    ['Noun', payload.name],
    ['Timestamp', now()],
    ['Source', 'GW'],
    ['MessageID', messageID],
    ['CorrelationID', correlationID],
  ].map(([name = '', text = '']) => element(MESSAGE, name, text))
  const parts = [element(MESSAGE, 'Header', header), element(MESSAGE, 'Payload', [payload])]
  return octets(writeXml(element(MESSAGE, 'RequestMessage', parts)))
}

function json(
  body: JsonObject,
  status: number,
  headers: Readonly<Record<string, string>>,
  { uuid }: Playing,
  contentType = 'application/json',
): Answered {
  const bytes = octets(writeJson(body))
  return {
    kind: 'answered',
    status,
    contentType,
    bytes,
    headers: { messageid: uuid(), ...headers },
  }
}

function problem(
  code: string,
  status: number,
  detail: string,
  playing: Playing,
  errors: readonly Json[] = [],
): Answered {
  const own = { title: 'It is refused.', status, detail, Result: 'FAILED', code }
  const all = errors.length === 0 ? [{ code, reason: detail }] : errors
  return json({ ...own, Error: all }, status, {}, playing, 'application/problem+json')
}

function octets(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
