// Answers a get: by the identities that the query names, or all objects of the noun.

import { errorRow } from '../envelope/errors.ts'
import type { ReplyError } from '../envelope/reply.ts'
import type { Flow } from '../flows/flow.ts'
import { historiesIn } from '../flows/index.ts'
import type { Told } from '../flows/index.ts'
import { isObject, member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { SchemaSet } from '../schema/schemas.ts'
import { inform } from './answer.ts'
import type { Said } from './answer.ts'
import { askedHere } from './asked-here.ts'
import { payloadOf, rootsOf } from './content.ts'
import type { ContentOf, NounContent } from './content.ts'
import { found, meant, scanned } from './find.ts'
import { likeOneOf } from './like.ts'
import type { FoundObjects } from './find.ts'
import type { Memory } from './guarded.ts'
import { historyAsked } from './history-query.ts'
import type { HistoryAsked, HistoryFound } from './history-query.ts'
import { hasIdentity } from './identity.ts'
import { idOfObject } from './outcome.ts'
import { entriesOf, idsOf, text } from './tasks.ts'
import type { Named } from './tasks.ts'
import { mended } from './mended.ts'

/** Most objects that one reply carries; a query for more is answered in part (reply code 0.2). */
export const MOST_OBJECTS = 10_000

/** What a query needs from outside. */
export interface QueryParts {
  readonly store: Memory
  readonly schemas: SchemaSet
  /** undefined when the noun is unknown or cannot be asked for */
  readonly flow: (noun: string, verb: string) => Flow | undefined
  readonly contentOf: ContentOf
}

/**
 * OK with the objects, PARTIAL with those that exist, FAILED 99.1 when none does; OK without payload when all
 * are asked for and there are none.
 * @param message a get, with the query's own noun or the object's in its Header
 */
export async function query(message: JsonObject, parts: QueryParts): Promise<Said> {
  const asked = text(member(member(message, 'header'), 'Noun')) ?? ''
  const noun = parts.schemas.catalogue.queried(asked) ?? asked
  const flow = parts.flow(noun, 'get')
  const content = parts.contentOf(noun)
  if (flow === undefined || content === undefined) return failed(impossible(noun))
  const wanted = wantedIn(message, parts)
  const { nameless } = wanted
  if (nameless.length > 0 && flow.criteria !== undefined && wanted.named.length === 0) {
    const isWanted = likeOneOf(nameless, flow.criteria)
    const like = await scanned(parts.store, noun, isWanted, MOST_OBJECTS)
    if (like.objects.length > 0 || flow.asking === undefined)
      return saidOf(content, flow, { ...like, missing: [] })
    const own = await askedHere(nameless, flow.asking, parts.store)
    const { objectType } = flow.asking.about
    return saidOf(content, { ...flow, objectType }, { ...own, more: false })
  }
  if (nameless.length > 0) return failed(NAMELESS)
  const [told] = historiesIn(noun)
  if (told !== undefined) {
    const it = asksHistory(message, told, wanted)
    if (it !== undefined)
      return saidOfHistory(content, await historyAsked(parts.store, told, it, MOST_OBJECTS))
  }
  const { own, inside } = byElement(wanted, content.element)
  const direct = await meant(parts.store, noun, own)
  const there = await found(parts.store, { noun, direct, inside, most: MOST_OBJECTS })
  return (await asNew(there, flow, content, parts)) ?? saidOf(content, flow, there)
}

/** A question under an id of its own, by which nothing is known: it is asked now, and not what has become of it. */
async function asNew(
  { objects, missing }: FoundObjects,
  flow: Flow,
  content: NounContent,
  { store }: QueryParts,
): Promise<Said | undefined> {
  const { asking } = flow
  if (asking === undefined || objects.length > 0 || missing.length === 0) return undefined
  if (missing.some((it) => Object.keys(asking.about.of(it)).length === 0)) return undefined
  const own = await askedHere(missing, asking, store, true)
  return saidOf(content, { ...flow, objectType: asking.about.objectType }, { ...own, more: false })
}

/** Unless objects of the noun are named themselves, it is asked who was in what: of whom, who, and when. */
function asksHistory(message: JsonObject, told: Told, { named }: Wanted): HistoryAsked | undefined {
  const request = member(message, 'request')
  const [from, to] = ['StartTime', 'EndTime'].map((it) => text(member(request, it)))
  const ids = [request, member(message, 'payload')]
    .flatMap(entriesOf)
    .flatMap(([name, value]) => (name === 'ID' && Array.isArray(value) ? value : []))
  const ofType = (type: string) => idsOf(ids.filter((it) => member(it, '@objectType') === type))
  const [of, items] = [ofType(told.objectType), ofType(told.itemType)]
  if (named.length > of.length + items.length) return undefined
  return {
    of: of.map((it) => it.object),
    items: items.map((it) => it.object),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  }
}

function saidOfHistory(content: NounContent, { objects, more, unknown }: HistoryFound): Said {
  if (objects.length === 0 && unknown.length > 0) return { result: 'FAILED', errors: unknown }
  const payload =
    objects.length === 0 ? {} : { payload: payloadOf([[content.noun, rootsOf(objects, content)]]) }
  const errors = [...(unknown.length > 0 ? [SOME, ...unknown] : []), ...(more ? [MORE] : [])]
  return errors.length === 0
    ? { result: 'OK', ...payload }
    : { result: 'PARTIAL', errors, ...payload }
}

function failed(error: ReplyError): Said {
  return { result: 'FAILED', errors: [error] }
}

function impossible(noun: string): ReplyError {
  const { replyCode: code, level, remedy: details } = errorRow('unsupported-verb')
  return { code, level, reason: `get is not possible with ${noun}.`, details }
}

const NAMELESS: ReplyError = {
  code: '2.15',
  level: 'FATAL',
  rule: 'ID-1',
  reason: 'The query has an object without mRID and Names.',
  details: 'Name it, or leave the object empty to ask for all.',
}

function saidOf(content: NounContent, flow: Flow, it: FoundObjects): Said {
  const missing = it.missing.map((one) => unknown(flow, one))
  const errors = it.more ? [...missing, MORE] : missing
  const said = it.objects.flatMap((one) => sayingsOf(flow, one))
  const roots = rootsOf(it.objects, content)
  const payload = roots.length === 0 ? {} : { payload: payloadOf([[content.noun, roots]]) }
  if (errors.length === 0)
    return { result: 'OK', ...(said.length === 0 ? {} : { errors: said }), ...payload }
  if (it.objects.length === 0) return { result: 'FAILED', errors }
  return { result: 'PARTIAL', errors: [...(it.more ? [] : [SOME]), ...errors, ...said], ...payload }
}

/** What the state of an object says, as it stands in the object. */
function sayingsOf(flow: Flow, object: JsonObject): readonly ReplyError[] {
  const saying = flow.says?.(object, flow.status?.of(object) ?? '')
  return saying === undefined ? [] : [inform(saying, object, flow.objectType)]
}

const SOME: ReplyError = {
  code: '0.2',
  level: 'WARNING',
  reason: 'Some of what was asked for does not exist.',
}
const MORE: ReplyError = {
  code: '0.2',
  level: 'WARNING',
  reason: `More than ${MOST_OBJECTS} objects match; the first are given.`,
  details: 'Name the objects that are wanted.',
}

/** What a query names. */
interface Wanted {
  /** objects with an identity, each with the element that it was named by; undefined for an ID */
  readonly named: readonly (Named & { readonly element: string | undefined })[]
  /** what has content, but neither mRID nor Names */
  readonly nameless: readonly JsonObject[]
}

/** Request/ID, Payload/ID and the identified elements of the query's roots; an empty element asks for all. */
function wantedIn(message: JsonObject, { schemas, contentOf }: QueryParts): Wanted {
  const entries = [member(message, 'request'), member(message, 'payload')].flatMap(entriesOf)
  const ids = entries
    .filter(([name]) => name === 'ID')
    .flatMap(([, value]) => idsOf(value))
    .map((it) => ({ element: undefined, ...it }))
  const items = entries
    .filter(([name]) => schemas.catalogue.isNoun(name))
    .flatMap(([name, root]) => (contentOf(name)?.named ?? []).flatMap((it) => itemsOf(root, it)))
  const named = items.filter(({ object }) => hasIdentity(object))
  const nameless = items
    .map(({ object }) => object)
    .filter((object) => !hasIdentity(object) && Object.keys(object).length > 0)
  return { named: [...ids, ...named], nameless }
}

/** Only objects are named: what else a query profile holds, such as a schedule, has no identity. */
function itemsOf(root: Json, element: string) {
  const list = member(root, element)
  return Array.isArray(list) ? list.filter(isObject).map((object) => ({ element, object })) : []
}

/** The object itself, or things inside it, such as the group of a forecast: one list for each kind of thing. */
function byElement({ named }: Wanted, ownElement: string | undefined) {
  const isOwn = (element: string | undefined) => element === undefined || element === ownElement
  const kinds = new Set(named.map((it) => it.element).filter((it) => !isOwn(it)))
  return {
    own: named.filter((it) => isOwn(it.element)),
    inside: [...kinds].map((kind) =>
      named.filter((it) => it.element === kind).map((it) => it.object),
    ),
  }
}

function unknown({ objectType }: Flow, object: JsonObject): ReplyError {
  const id = idOfObject(object, objectType)
  const reason = `The ${objectType} ${id?.$ ?? ''} does not exist.`
  const named = id === undefined ? {} : { id }
  return mended({ code: '99.1', level: 'FATAL', rule: 'NOT-FOUND', reason, ...named })
}
