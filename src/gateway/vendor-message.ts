// A vendor's request that stands for one message: translated, judged, sent the way of all messages, and acknowledged in the
// vendor's own shape, object by object. What of a list cannot be taken does not hold up the rest.

import type { BoundRoute } from '../dialects/index.ts'
import type { Agreed, Problem, Translation } from '../dialects/dialect.ts'
import { keepingNames, listOf, typeOfName } from '../flows/reference.ts'
import { isObject, member, writeJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { messageFromJson } from '../schema/message-xml.ts'
import type { ReplyError } from '../envelope/reply.ts'
import { answered } from './facade/headers.ts'
import { newMessage } from './facade/message.ts'
import type { FacadeAnswer, FacadeRequest } from './facade/request.ts'
import { KEYED } from './message-record.ts'
import { NO_ITEM, misfitsIn } from './misfits.ts'
import type { Rendered, Unrendered } from './received.ts'
import { replyFor } from './relay/answering.ts'
import type { RouteParts, RouteRequest } from './route.ts'
import type { Known } from './vendor-known.ts'
import { text } from './tasks.ts'
import { judgeJson } from './translate.ts'
import { acknowledgement, byPlace, elementOf, objectsIn } from './vendor-ack.ts'
import type { Taken } from './vendor-ack.ts'
import { meant } from './vendor-meant.ts'

/** What sending on behalf of a vendor takes. */
export type VendorParts = Pick<
  RouteParts,
  'clock' | 'exchange' | 'facade' | 'known' | 'schemas' | 'validate'
>

/** A request of a vendor, read. */
export interface VendorMessage {
  readonly to: FacadeRequest
  readonly json: Json
  readonly headers: RouteRequest['headers']
  readonly agreed: Agreed
}

/** Sends it, and acknowledges it. */
export async function vendorMessage(
  route: BoundRoute,
  it: VendorMessage,
  parts: VendorParts,
): Promise<FacadeAnswer> {
  const said = await takenOf(route, it, parts)
  const named = { ...said, content: await identified(route, said.content, parts) }
  const [way, taken] = await meant(route, named, it, parts)
  const render = (answer: Unrendered | undefined): Rendered =>
    acknowledgement(route, taken, answer && asAnswered(route, answer), {
      ...{ at: parts.clock(), agreed: it.agreed },
    })
  if (taken.sent.length === 0) return { rendered: render(undefined), headers: parts.facade.ids() }
  const { sender, bodyHash, traceparent } = it.to
  const key = keyOf(route, it)
  const message = messageOf(await asEither(way, taken, parts), taken, it, parts)
  const answer = await parts.exchange.receive({
    bytes: new TextEncoder().encode(messageFromJson(message, parts.schemas).xml),
    ...{ sender, bodyHash, traceparent, render },
    unseen: 'object',
    ...(isToldLater(route, it, parts) ? { prefersAsync: true } : {}),
    ...(key === undefined ? {} : { repeatKey: `${KEYED}${key}` }),
  })
  return answered(answer)
}

/** A question that nobody was able to answer is refused: its acknowledgement has no other place for that. */
function asAnswered({ verbs, noun, resource }: BoundRoute, said: Unrendered): Unrendered {
  if (verbs?.[0] !== 'get' || said.result !== 'OK') return said
  const list = member(member(said.payload, noun), resource.mapped?.element ?? '')
  const [object] = Array.isArray(list) ? list.filter(isObject) : []
  const { Result, Error } = object === undefined ? {} : replyFor(object)
  if (Result !== 'FAILED' || !Array.isArray(Error)) return said
  return { ...said, result: 'FAILED', errors: Error as unknown as readonly ReplyError[] }
}

/** Only who can be spoken to in its own words is told later. */
function isToldLater(route: BoundRoute, { to }: VendorMessage, { known }: VendorParts): boolean {
  return route.answeredLater === true && known.hears(to.sender.party, route.noun)
}

/** Of a path that makes or changes an object, which of both: whether it is there decides. */
async function asEither(
  route: BoundRoute,
  { content }: Taken,
  { known }: VendorParts,
): Promise<BoundRoute> {
  const [object] = objectsIn(route, content)
  const [, change] = route.verbs ?? []
  if (route.isEither !== true || object === undefined || change === undefined) return route
  const mRID = await known.mRIDOf(route.noun, object)
  return mRID === undefined ? route : { ...route, verbs: [change] }
}

/** Objects that only a part of them names, or what they come from, as what they are. */
async function identified(
  route: BoundRoute,
  content: JsonObject,
  { known }: VendorParts,
): Promise<JsonObject> {
  const { foundBy, foundThrough } = route
  if (foundBy === undefined && foundThrough === undefined) return content
  const objects = objectsIn(route, content).map((it) =>
    foundBy === undefined ? throughOrigin(it, route, known) : byPart(it, route, known),
  )
  return { ...content, [elementOf(route)]: await Promise.all(objects) }
}

async function byPart(it: Json, { foundBy, noun }: BoundRoute, known: Known): Promise<Json> {
  const parts = member(it, foundBy?.list ?? '')
  const [part] = Array.isArray(parts) ? parts : []
  const rule = foundBy?.rule ?? ''
  const mRID = part === undefined ? undefined : await known.wholeOf(noun, rule, part)
  return mRID === undefined || !isObject(it) ? it : { mRID, ...it }
}

async function throughOrigin(
  it: Json,
  { foundThrough, noun }: BoundRoute,
  known: Known,
): Promise<Json> {
  if (foundThrough === undefined || !isObject(it)) return it
  const isOrigin = (name: Json) => typeOfName(name) === foundThrough.type
  const names = listOf(it, 'Names')
  const origin = text(member(names.find(isOrigin), 'name'))
  const mRID = origin === undefined ? undefined : await known.comingFrom(noun, foundThrough, origin)
  if (mRID === undefined) return it
  return { mRID, ...keepingNames(it, (one) => !isOrigin(one)) }
}

/** What of a request can be sent, and why the rest cannot. */
async function takenOf(
  route: BoundRoute,
  { json, agreed, to }: VendorMessage,
  parts: VendorParts,
): Promise<Taken> {
  const list = route.resource.mapped?.around?.list
  const objects = itemsIn(json, list)
  const first = route.resource.toCim(json, agreed)
  const refused = new Map([
    ...withoutNeeded(route, objects),
    ...byPlace(first.problems, list, objects.length),
  ])
  const all: Omit<Taken, 'content' | 'sent'> = { objects, refused, losses: first.losses, list }
  const good = [...objects.keys()].filter((at) => !refused.has(at) && !refused.has(NO_ITEM))
  if (good.length === 0) return { ...all, content: {}, sent: [] }
  const said = contentFor(route, json, good, first, agreed)
  const bad = await unfitIn(route, said.json, to, parts)
  if (bad.size === 0) return { ...all, content: said.json, sent: good }
  const known = new Map([...refused, ...[...bad].map(([at, it]) => [good[at] ?? at, it] as const)])
  const rest = good.filter((_at, place) => !bad.has(place) && !bad.has(NO_ITEM))
  const content = rest.length === 0 ? {} : contentFor(route, json, rest, first, agreed).json
  return { ...all, refused: known, content, sent: rest }
}

/** Objects that lack what the path is for, by their places. */
function withoutNeeded(
  { needs = [], path }: BoundRoute,
  objects: readonly Json[],
): ReadonlyMap<number, readonly Problem[]> {
  const problems = objects.map((it) =>
    needs
      .filter((name) => member(it, name) === undefined)
      .map((name): Problem => ({
        path: '',
        message: `The object has no ${name}, so that it says nothing that ${path} is for.`,
        mend: `Write ${name} as the documentation of the dialect shows it; nothing has been changed.`,
      })),
  )
  return new Map([...problems.entries()].filter(([, own]) => own.length > 0))
}

/** The objects of a request as the vendor has them. */
function itemsIn(json: Json, list: string | undefined): readonly Json[] {
  const inside = list === undefined ? json : member(json, list)
  if (Array.isArray(inside)) return inside
  return list === undefined ? [json] : []
}

/** The content of a message about some of the objects alone. */
function contentFor(
  { resource }: BoundRoute,
  json: Json,
  places: readonly number[],
  whole: Translation<JsonObject>,
  agreed: Agreed,
): Translation<JsonObject> {
  const list = resource.mapped?.around?.list
  const all = itemsIn(json, list)
  if (places.length === all.length) return whole
  const some = places.map((at) => all[at] ?? null)
  const own = list === undefined || !isObject(json) ? some : { ...json, [list]: some }
  return resource.toCim(own, agreed)
}

/** What the schema has against single objects of a list; of one object the exchange itself says it. */
async function unfitIn(
  route: BoundRoute,
  content: JsonObject,
  { sender }: FacadeRequest,
  parts: VendorParts,
): Promise<ReadonlyMap<number, readonly Problem[]>> {
  if (objectsIn(route, content).length < 2) return new Map()
  const message = requestOf(route, content, { source: sender.party, ...STAND_IN })
  const { validated } = await judgeJson(message, parts)
  const found = misfitsIn(validated.findings, elementOf(route))
  return new Map([...found].map(([at, all]) => [at, all.map((it) => ({ ...it, path: '' }))]))
}

/** for a message that is only judged */
const STAND_IN = { id: 'judged', at: '2026-01-01T00:00:00Z' } as const

function messageOf(
  route: BoundRoute,
  { content }: Taken,
  { to }: VendorMessage,
  { clock, facade }: VendorParts,
): JsonObject {
  const { MessageID: id = '' } = facade.ids()
  return requestOf(route, content, { source: to.sender.party, id, at: clock() })
}

/** Who speaks, when, and under which id. */
interface Head {
  readonly source: string
  readonly id: string
  readonly at: string
}

function requestOf(
  { noun, verbs = ['create'] }: BoundRoute,
  content: JsonObject,
  { source, id, at }: Head,
): JsonObject {
  const [verb = 'create'] = verbs
  const stamps = { clock: () => at, newId: () => id }
  return newMessage({ verb, noun, source }, { [noun]: content }, stamps)
}

/** By what a request is known again: the header, else the id that the vendor gives its message. */
function keyOf({ repeatedBy }: BoundRoute, { to, json }: VendorMessage): string | undefined {
  if (to.idempotencyKey !== undefined) return to.idempotencyKey
  const at = repeatedBy?.split('/') ?? []
  const own = at.reduce<Json | undefined>((it, step) => member(it, step), json)
  return own === undefined || at.length === 0 ? undefined : (text(own) ?? writeJson(own))
}
