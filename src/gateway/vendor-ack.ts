// What became of a vendor's request, object by object and in their order, as its dialect acknowledges it.

import type { Ack, Fate, ItemAck } from '../dialects/ack.ts'
import { writtenAck } from '../dialects/acknowledgement.ts'
import type { BoundRoute } from '../dialects/index.ts'
import type { Agreed, Losses, Problem } from '../dialects/dialect.ts'
import { errorRow } from '../envelope/errors.ts'
import type { Finding } from '../envelope/finding.ts'
import { httpOf, statusAt } from '../envelope/reply-codes.ts'
import type { ReplyError } from '../envelope/reply.ts'
import { member, writeJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { EXISTS } from './delivery/vendor-verdict.ts'
import { JSON_TYPE } from './facade/answer.ts'
import { itemsSaid } from './items-said.ts'
import type { ItemSaid } from './items-said.ts'
import { NO_ITEM } from './misfits.ts'
import type { Foregone, Rendered, Unrendered } from './received.ts'
import { besideOf, idIn } from './vendor-names.ts'
import { mendedHere, sentence, worded } from './vendor-sentence.ts'
import { inVendorWords, whereSaid } from './vendor-words.ts'
import type { PointerTo } from './vendor-words.ts'

/** A request, as far as it could be taken. */
export interface Taken {
  /** as the vendor has them */
  readonly objects: readonly Json[]
  /** by their place from 0; `NO_ITEM` = of the message as a whole */
  readonly refused: ReadonlyMap<number, readonly Problem[]>
  readonly losses: Losses
  /** member that holds the objects; absent = the body is the object, or the list */
  readonly list: string | undefined
  /** where each of them stands in the vendor's message */
  readonly pointerTo: PointerTo
  /** of those that are sent */
  readonly content: JsonObject
  /** places of those that are sent, in their order */
  readonly sent: readonly number[]
  /** what is said to it already, by what it means */
  readonly foregone?: Foregone
  /** the object as its vendor has named it, where it was found by what it is about */
  readonly asked?: JsonObject
  /** places of those that repeat another one word by word, by its place: they are not sent, and what became of it became of them */
  readonly repeats: ReadonlyMap<number, number>
}

/** What an acknowledgement is made with. */
export interface AckParts {
  readonly at: string
  readonly agreed: Agreed
}

/** @param said undefined where nothing could be sent */
export function acknowledgement(
  route: BoundRoute,
  taken: Taken,
  said: Unrendered | undefined,
  { at, agreed }: AckParts,
): Rendered {
  const sentAs = new Map(taken.sent.map((place, own) => [place, own]))
  const unmapped = unmappedIn(taken)
  const list = objectsIn(route, taken.content)
  const objects = taken.sent.map((_place, own) => list[own] ?? null)
  const told = said === undefined ? [] : itemsSaid(said, objects)
  const items = taken.objects.map((object, place): ItemAck => {
    const id = idIn(object, route)
    const first = taken.repeats.get(place) ?? place
    const at = sentAs.get(first) ?? NO_ITEM
    const own = told[at]
    const problems = taken.refused.get(first) ?? taken.refused.get(NO_ITEM) ?? []
    const isMessage = route.namesMessage === true ? { isMessage: true as const } : {}
    const named = { id, ...besideOf(object, route), ...isMessage }
    if (said === undefined || own === undefined) return { ...refusedBy(problems), ...named }
    const known = fateOfSent(said, own, route)
    if (known.fate === 'done')
      return { ...known, ...named, text: worded(known.text, unmapped(place)) }
    const found = findingsOf(said, at, taken.sent.length)
    const words = inVendorWords(found.findings, {
      ...{ route, object: objects[at] ?? null, at: taken.pointerTo(place) },
    })
    const text =
      words.length === 0
        ? worded(known.text, whereSaid(known.text, route, taken.pointerTo(place)))
        : `${found.lead}${words.map(sentenceOf).join('; ')}`
    return { ...known, ...named, text: worded(text, unmapped(place)) }
  })
  const isOfWhole = said === undefined ? taken.refused.has(NO_ITEM) : isAboutAll(said)
  const ack = once(route, { items, ...wholeOf(said, taken, items, unmapped(NO_ITEM)) }, isOfWhole)
  const { status, body } = writtenAck(route.acknowledged ?? 'msg-ack', ack, {
    ...{ at, objects: () => objectsOf(route, said, taken, agreed) },
    status: statusOf(said),
  })
  return { text: writeJson(body), status, contentType: JSON_TYPE }
}

/** What a schema has found in an object, as it came, or as it would be then. */
function findingsOf(
  { validated, decision }: Unrendered,
  at: number,
  count: number,
): { readonly findings: readonly Finding[]; readonly lead: string } {
  const then = decision?.outcomes[at]?.findings
  if (then !== undefined) return { findings: then, lead: 'rule=INCOMPLETE: As it would be then: ' }
  const isOwn = decision === undefined && count === 1
  return { findings: isOwn ? validated.findings : [], lead: '' }
}

/** What became of the objects of a message, as it is told when all of it is known. @param objects in the words of CIM */
export function ackOfAll(
  route: BoundRoute,
  said: Unrendered,
  objects: readonly Json[],
  agreed: Agreed,
): Ack {
  const told = itemsSaid(said, objects)
  const items = objects.map((object, at): ItemAck => {
    const own = told[at] ?? { errors: [], notes: [], mRID: undefined }
    return { ...fateOfSent(said, own, route), id: idIn(asVendorHas(object, route, agreed), route) }
  })
  return { items, ...saidOfWhole(said) }
}

/** One object as the vendor has it in its message. */
export function asVendorHas(object: Json, route: BoundRoute, agreed: Agreed): Json {
  const { toVendor, mapped } = route.resource
  const [message = null] = toVendor({ [elementOf(route)]: [object] }, agreed).json
  const list = mapped?.around === undefined ? [message] : member(message, mapped.around.list)
  return Array.isArray(list) ? (list[0] ?? null) : null
}

/** Of what has only been received, or is refused as a whole, there is nothing to say record by record. */
function once({ isReceipt }: BoundRoute, ack: Ack, isOfWhole: boolean): Ack {
  const [first, ...others] = ack.items
  if (isReceipt !== true || first === undefined) return ack
  const isMeant = first.code === '0.3' || (isOfWhole && others.length > 0)
  const isSame = others.every((it) => it.code === first.code && it.text === first.text)
  if (!isMeant || !isSame) return ack
  const rest = ack.text.endsWith(first.text) ? '' : ack.text
  return { ...ack, items: [], text: worded(first.code, first.text, rest) }
}

/** Why nothing has been done, and of no object in particular. */
function isAboutAll({ result, errors }: Unrendered): boolean {
  return result === 'FAILED' && errors.length === 1 && errors[0]?.id === undefined
}

function refusedBy(problems: readonly Problem[]): Omit<ItemAck, 'id'> {
  const text = problems.map(sentenceOf).join('; ')
  return { fate: 'refused', code: problems[0]?.code ?? '1.8', text }
}

/** What the schema finds has no place in the vendor's own JSON. */
function sentenceOf({ path, message, mend }: Problem): string {
  return `${path === '' ? '' : `${path}: `}${message} ${mend}`
}

/** Fields that nothing in CIM holds are said, also where all is well; empty = there are none at that place. */
function unmappedIn({ losses, list, objects }: Taken): (place: number) => string {
  const all = byPlace([...losses.kept, ...losses.dropped], list, objects.length)
  return (place) => {
    const paths = all.get(place)?.map((it) => it.path)
    return paths === undefined
      ? ''
      : `rule=UNMAPPED: no counterpart of ${paths.join(', ')}; kept as it is.`
  }
}

/**
 * What is said of a request, by the place of the object that it is about.
 * @param list member that holds the objects @param count of the objects
 */
export function byPlace<T extends { readonly path: string }>(
  all: readonly T[],
  list: string | undefined,
  count: number,
): ReadonlyMap<number, readonly T[]> {
  const isAlone = list === undefined && count === 1
  const place = new RegExp(`^${list === undefined ? '' : `/${list}`}/(\\d+)(?:/|$)`)
  const found = new Map<number, T[]>()
  for (const it of all) {
    const at = isAlone ? 0 : Number(place.exec(it.path)?.[1] ?? NO_ITEM)
    const known = found.get(at)
    if (known === undefined) found.set(at, [it])
    else known.push(it)
  }
  return found
}

function wholeOf(
  said: Unrendered | undefined,
  { refused, objects }: Taken,
  items: readonly ItemAck[],
  unmapped: string,
): Pick<Ack, 'whole' | 'text'> {
  const problems = refused.get(NO_ITEM)
  if (problems !== undefined) {
    const { code, text } = refusedBy(problems)
    return { whole: 'refused', text: worded(code, text) }
  }
  if (objects.length === 0) return { whole: 'refused', text: '1.8 There is no object in it.' }
  if (said === undefined) return { whole: 'refused', text: unmapped }
  const { whole, text } = saidOfWhole(said)
  // The words of the first that has failed are those of the vendor.
  const own = text === '' ? undefined : items.find(({ fate }) => fate !== 'done')
  return { whole, text: worded(own?.text ?? text, unmapped) }
}

function saidOfWhole(said: Unrendered): Pick<Ack, 'whole' | 'text'> {
  const [error] = said.errors
  if (said.result !== 'FAILED') return { whole: 'done', text: '' }
  return { whole: fateBy(said, error), text: sentence(error) }
}

function fateOfSent(said: Unrendered, it: ItemSaid, route: BoundRoute): Omit<ItemAck, 'id'> {
  const { errors, mRID } = it
  const [error] = errors
  if (error !== undefined)
    return {
      ...{ fate: fateBy(said, error), code: error.code },
      text: errors.map((one) => sentence(mendedHere(one, route))).join('; '),
    }
  const rest = mRID === undefined || route.tellsId !== true ? {} : { mRID }
  return { ...done(it), ...rest }
}

/** Member of the noun's root that holds the objects. */
export function elementOf({ resource }: BoundRoute): string {
  return resource.mapped?.element ?? ''
}

/** The objects of a message in the words of CIM. */
export function objectsIn(route: BoundRoute, content: JsonObject): readonly Json[] {
  const list = member(content, elementOf(route))
  return Array.isArray(list) ? list : []
}

/** Done, and what else is said of it: that it is only on its way, or has been there before. */
function done({ notes }: ItemSaid): Omit<ItemAck, 'id'> {
  const later = notes.find((it) => it.code === '0.3') ?? notes.find(isHeld)
  const exists = notes.some((it) => it.rule === EXISTS || it.rule?.endsWith('-DUP') === true)
  const text = notes.map(sentence).join('; ')
  return { fate: 'done', code: later?.code ?? '0.0', text, ...(exists ? { exists } : {}) }
}

/** It waits, and goes on by itself. */
function isHeld({ code }: ReplyError): boolean {
  return !code.startsWith('0.')
}

/** codes that say "not now": nothing has been decided */
const NOT_NOW: ReadonlySet<string> = new Set(['3.2', '4.1', '5.1', '5.2', '7.1'])

function fateBy({ failure }: Unrendered, error: ReplyError | undefined): Fate {
  if (failure !== undefined && statusAt(errorRow(failure).http, 'body') >= 500)
    return failure === 'peer-rejected' ? 'refused' : 'failed'
  return error === undefined ? 'refused' : fateOfCode(error.code)
}

/** What became of something that has failed with this code. */
export function fateOfCode(code: string): Exclude<Fate, 'done'> {
  return NOT_NOW.has(code) ? 'failed' : 'refused'
}

function statusOf(said: Unrendered | undefined): number {
  if (said?.failure !== undefined) return statusAt(errorRow(said.failure).http, 'body')
  const [error] = said?.errors ?? []
  return error === undefined || said?.result === 'OK' ? 200 : httpOf(error.code, 'body')
}

/** The objects as they are now, in the words of the vendor; what was asked of one that it names otherwise is what it asked. */
function objectsOf(
  route: BoundRoute,
  said: Unrendered | undefined,
  { content, sent, asked, objects }: Taken,
  agreed: Agreed,
): readonly JsonObject[] {
  const { resource } = route
  const element = elementOf(route)
  if (asked !== undefined) return resource.toVendor({ [element]: [asked] }, agreed).json
  const list = objectsIn(route, content)
  const outcomes = said?.decision?.outcomes ?? []
  const now = sent.map((_place, own) => outcomes[own]?.after?.object ?? list[own] ?? null)
  const { json } = resource.toVendor({ ...content, [element]: now }, agreed)
  // Of an object that the vendor has in several pieces, those that it was asked about.
  const ids = new Set(objects.map((it) => idIn(it, route)))
  const meant = json.filter((it) => ids.has(idIn(it, route)))
  return meant.length > 0 ? meant : json
}
