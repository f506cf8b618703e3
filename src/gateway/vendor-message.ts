// A vendor's request that stands for one message: translated, judged, sent the way of all messages, and acknowledged in the
// vendor's own shape, object by object. What of a list cannot be taken does not hold up the rest.

import type { BoundRoute } from '../dialects/index.ts'
import type { Agreed } from '../dialects/dialect.ts'
import { isObject, member, writeJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { messageFromJson } from '../schema/message-xml.ts'
import type { ReplyError } from '../envelope/reply.ts'
import { answered } from './facade/headers.ts'
import { jsonReceived } from './facade/message.ts'
import type { FacadeAnswer, FacadeRequest } from './facade/request.ts'
import { KEYED } from './message-record.ts'
import { NO_ITEM } from './misfits.ts'
import type { Rendered, Unrendered } from './received.ts'
import { replyFor } from './relay/answering.ts'
import type { RouteParts, RouteRequest } from './route.ts'
import type { Known } from './vendor-known.ts'
import { text } from './tasks.ts'
import { judgeJson } from './translate.ts'
import { acknowledgement, elementOf, objectsIn } from './vendor-ack.ts'
import type { Taken } from './vendor-ack.ts'
import { meant } from './vendor-meant.ts'
import { requestOf, takenOf, withoutBlanks } from './vendor-taken.ts'
import { inVendorWords } from './vendor-words.ts'

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
  request: VendorMessage,
  parts: VendorParts,
): Promise<FacadeAnswer> {
  const it = { ...request, json: withoutBlanks(request.json) }
  const said = await takenOf(route, { ...it, source: it.to.sender.party }, parts)
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
  const { xml, issues } = messageFromJson(message, parts.schemas)
  if (issues.length > 0) return unwritable(way, taken, { it, message }, parts)
  const answer = await parts.exchange.receive({
    bytes: new TextEncoder().encode(xml),
    ...{ sender, bodyHash, traceparent, render },
    ...{ unseen: 'object', vendorPath: route.path },
    ...(taken.foregone === undefined ? {} : { foregone: taken.foregone }),
    ...(isToldLater(route, it, parts) ? { prefersAsync: true } : {}),
    ...(key === undefined ? {} : { repeatKey: `${KEYED}${key}` }),
  })
  return answered(answer)
}

/** What no XML can be written of, such as a number for a text, is refused in the words of the vendor, and kept as it came. */
async function unwritable(
  route: BoundRoute,
  taken: Taken,
  { it, message }: { readonly it: VendorMessage; readonly message: JsonObject },
  parts: VendorParts,
): Promise<FacadeAnswer> {
  const { validated } = await judgeJson(message, parts)
  const [place = NO_ITEM] = taken.sent
  const said = {
    route,
    object: objectsIn(route, taken.content)[0] ?? null,
    at: taken.pointerTo(0),
  }
  const refused = new Map([
    ...taken.refused,
    [place, inVendorWords(validated.findings, said)] as const,
  ])
  const { at, agreed } = { at: parts.clock(), agreed: it.agreed }
  const none = { ...taken, refused, content: {}, sent: [] }
  const rendered = acknowledgement(route, none, undefined, { at, agreed })
  const headers = parts.facade.ids()
  const { MessageID: messageID = '', CorrelationID: correlationID = '' } = headers
  const answer = { rendered, messageID, correlationID, repeated: false }
  await parts.exchange.keepRefused(jsonReceived(it.to, message), validated, answer)
  return { rendered, headers }
}

function messageOf(
  route: BoundRoute,
  { content }: Taken,
  { to }: VendorMessage,
  { clock, facade }: VendorParts,
): JsonObject {
  const { MessageID: id = '' } = facade.ids()
  return requestOf(route, content, { source: to.sender.party, id, at: clock() })
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
  return (await known.isThere(route.noun, object)) ? { ...route, verbs: [change] } : route
}

/** Objects that only a part of them names, as what they are. */
async function identified(
  route: BoundRoute,
  content: JsonObject,
  { known }: VendorParts,
): Promise<JsonObject> {
  if (route.foundBy === undefined) return content
  const objects = objectsIn(route, content).map((it) => byPart(it, route, known))
  return { ...content, [elementOf(route)]: await Promise.all(objects) }
}

async function byPart(it: Json, { foundBy, noun }: BoundRoute, known: Known): Promise<Json> {
  const parts = member(it, foundBy?.list ?? '')
  const [part] = Array.isArray(parts) ? parts : []
  const rule = foundBy?.rule ?? ''
  const mRID = part === undefined ? undefined : await known.wholeOf(noun, rule, part)
  return mRID === undefined || !isObject(it) ? it : { mRID, ...it }
}

/** By what a request is known again: the header, else the id that the vendor gives its message. */
function keyOf({ repeatedBy }: BoundRoute, { to, json }: VendorMessage): string | undefined {
  if (to.idempotencyKey !== undefined) return to.idempotencyKey
  const at = repeatedBy?.split('/') ?? []
  const own = at.reduce<Json | undefined>((it, step) => member(it, step), json)
  return own === undefined || at.length === 0 ? undefined : (text(own) ?? writeJson(own))
}
