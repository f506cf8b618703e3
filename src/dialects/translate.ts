// Both directions of a mapping: the objects of a noun ⇄ the objects of a vendor, one by one, as a list, or as a list inside a
// message. How one object is read by its rows stands in object.ts. Knows no vendor and no noun.

import { isObject, member, sameJson, writeJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Agreed, Around, Mapped, Resource, ToVendor, Translation } from './dialect.ts'
import { EXTENSIONS, extensionOf, keptIn, restored } from './extension.ts'
import type { Kept } from './extension.ts'
import { fields, leftIn, object } from './object.ts'
import type { Place } from './object.ts'
import { joined, madeWith, pointer, saidOf, strangers, wrong } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import { sharedFields, vendorFields } from './row.ts'
import type { Row } from './row.ts'

/** What else there is to say of a mapping. */
export interface MappingOptions {
  /** the vendor writes a message around a list of objects */
  readonly around?: Around
  /** a list of CIM of which each of the vendor's objects holds one item: several of them make one object of CIM */
  readonly each?: string
  /** dialect and message for which fields without a counterpart are kept as extensions; absent = they are only listed */
  readonly keeps?: string
  /** as in `Mapped` */
  readonly ours?: string
}

/** All that one mapping is made from. */
interface Plan extends MappingOptions {
  readonly element: string
  readonly rows: readonly Row[]
}

/**
 * Both directions of one mapping.
 * @param element the repeated member of the noun's root
 * @param rows one row for each vendor field
 */
export function mapping(
  element: string,
  rows: readonly Row[],
  options: MappingOptions = {},
): Pick<Resource, 'toCim' | 'toVendor'> & { readonly mapped: Mapped } {
  const plan = { element, rows, ...options }
  const { around, ours } = options
  return {
    toCim: (vendorJson, agreed = {}) => toCim(plan, vendorJson, agreed),
    toVendor: (cimJson, agreed = {}) => toVendor(plan, cimJson, agreed),
    mapped: {
      ...{ element, rows },
      ...(around === undefined ? {} : { around }),
      ...(ours === undefined ? {} : { ours }),
    },
  }
}

function toCim(plan: Plan, source: Json, agreed: Agreed): Translation<JsonObject> {
  const { element, around } = plan
  if (around !== undefined) return messageToCim(plan, around, source, agreed)
  const many = Array.isArray(source)
  const all = (many ? source : [source]).map((it: Json, at) =>
    oneToCim(plan, it, { from: many ? pointer('', at) : '', at, above: {} }, agreed),
  )
  return { json: { [element]: united(all, plan) }, ...saidOf(all) }
}

function messageToCim(
  plan: Plan,
  around: Around,
  source: Json,
  agreed: Agreed,
): Translation<JsonObject> {
  const { element, rows } = plan
  const list = pointer('', around.list)
  const items = member(source, around.list)
  if (!isObject(source)) return { json: {}, ...wrong('', source, 'an object') }
  const own = around.id === undefined ? [] : [around.id]
  const known = [around.list, ...own, ...around.rows.flatMap(vendorFields), ...sharedFields(rows)]
  const strange = strangers(source, '', known)
  const head = fields(around.rows, source, placeOf('cim', source, agreed, { from: '', into: '' }))
  if (!Array.isArray(items) || items.length === 0)
    return { json: {}, ...wrong(list, items ?? null, 'an array with at least one object') }
  const all = items.map((it: Json, at) =>
    oneToCim(plan, it, { from: pointer(list, at), at, above: source, strange }, agreed),
  )
  const said = plan.keeps === undefined ? { dropped: strange } : { kept: strange }
  const json = { ...head.members, [element]: united(all, plan) }
  return { json, ...saidOf([head, ...all, madeWith({}, said)]) }
}

/** Where one of the vendor's objects stands. */
interface Standing {
  readonly from: string
  readonly at: number
  /** the message around it */
  readonly above: JsonObject
  /** what of the message nothing reads */
  readonly strange?: readonly { readonly path: string; readonly value: Json }[]
}

function oneToCim(
  { element, rows, keeps }: Plan,
  source: Json,
  { from, at, above, strange = [] }: Standing,
  agreed: Agreed,
): Outcome {
  const into = pointer(pointer('', element), at)
  const place = placeOf('cim', source, agreed, { from, into, above })
  const one = object(rows, source, place)
  if (keeps === undefined) return one
  const { dropped } = one.losses
  const own = dropped.map((it) => ({ ...it, path: it.path.slice(from.length), isAround: false }))
  const kept: readonly Kept[] = [...own, ...strange.map((it) => ({ ...it, isAround: true }))]
  if (kept.length === 0) return one
  const members = { ...one.members, [EXTENSIONS]: kept.map((it) => extensionOf(keeps, it)) }
  return { ...one, members, losses: { ...one.losses, dropped: [], kept: dropped } }
}

/** Objects that say the same but for the one item that each of them holds are one object. */
function united(all: readonly Outcome[], { each }: Plan): readonly JsonObject[] {
  const objects = all.map((it) => it.members)
  if (each === undefined) return objects
  const known = new Map<string, JsonObject>()
  for (const { [each]: items, ...rest } of objects) {
    const key = writeJson(rest)
    const before = member(known.get(key), each)
    const list = [...(Array.isArray(before) ? before : []), ...(Array.isArray(items) ? items : [])]
    known.set(key, list.length === 0 ? rest : { ...rest, [each]: list })
  }
  return [...known.values()]
}

function toVendor(plan: Plan, source: Json, agreed: Agreed): ReturnType<ToVendor> {
  const { element, around } = plan
  const given = member(source, element)
  const path = pointer('', element)
  if (!Array.isArray(given))
    return { json: [], ...wrong(path, given ?? null, 'an array of objects') }
  const pieces = given.map((it: Json, at) => piecesOf(plan, it, pointer(path, at), agreed))
  const all = pieces.flat()
  const places = pieces.flatMap((own, at) => own.map(() => at))
  // The namespace says nothing about the objects: the catalogue knows it.
  const whole = isObject(source) ? source : {}
  const left = leftIn(whole, around?.rows ?? [], '', [element, '@xmlns'])
  const rest = madeWith({}, { dropped: left })
  if (around === undefined) {
    const own = places.map((at) => [at])
    return { json: all.map((it) => it.members), places: own, ...saidOf([...all, rest]) }
  }
  const head = fields(around.rows, whole, placeOf('vendor', whole, agreed, { from: '', into: '' }))
  const found = messages(all, places)
  const above = { ...idOf(around, agreed), ...head.members }
  const json = found.map((it) => ({ ...above, ...it.above, [around.list]: it.items }))
  return { json, places: found.map((it) => it.places), ...saidOf([head, ...all, rest]) }
}

function idOf({ id }: Around, { messageID }: Agreed): JsonObject {
  return id === undefined || messageID === undefined ? {} : { [id]: messageID }
}

/** One of the vendor's objects for an object of CIM, or one for each item of the list that it cannot hold. */
function piecesOf(
  { rows, each, keeps }: Plan,
  source: Json,
  from: string,
  agreed: Agreed,
): readonly Outcome[] {
  const items = each === undefined ? undefined : member(source, each)
  const count = Array.isArray(items) ? Math.max(items.length, 1) : 1
  return Array.from({ length: count }, (_none, only) => {
    const own = placeOf('vendor', source, agreed, { from, into: '' })
    const place = each === undefined ? own : { ...own, only }
    const one = object(rows, source, place, keeps === undefined ? [] : [EXTENSIONS])
    return keeps === undefined ? one : withKept(one, source, from, keeps)
  })
}

/** What an earlier way into CIM has kept goes back to where it was; extensions of others have no place. */
function withKept(one: Outcome, source: Json, from: string, keeps: string): Outcome {
  const given = member(source, EXTENSIONS)
  const all = Array.isArray(given) ? given : []
  const path = pointer(from, EXTENSIONS)
  const foreign = all.flatMap((value: Json, at) =>
    keptIn(keeps, value) === undefined ? [{ path: pointer(path, at), value }] : [],
  )
  const ours = all.map((it: Json) => keptIn(keeps, it)).filter((it) => typeof it === 'object')
  const back = (base: JsonObject, isAround: boolean) =>
    ours
      .filter((it) => it.isAround === isAround)
      .reduce((it, { path: own, value }) => restored(it, own, value), base)
  const whole = joined([one, madeWith({}, { dropped: foreign })])
  return { ...whole, members: back(whole.members, false), above: back(whole.above ?? {}, true) }
}

/** Objects that stand in the same message. */
interface Together {
  /** what it says around them */
  readonly above: JsonObject
  readonly items: JsonObject[]
  /** of what they are made from, in the root */
  readonly places: number[]
}

/** One message for all that say the same around them. @param made one for each of the objects: the place of what it is made from */
function messages(all: readonly Outcome[], made: readonly number[]): readonly Together[] {
  const found: Together[] = []
  for (const [at, { above = {}, members }] of all.entries()) {
    const place = made[at] ?? at
    const known = found.at(-1)
    // The usual case first: a hundred thousand objects of one message.
    const same =
      known !== undefined && sameJson(known.above, above)
        ? known
        : found.find((it) => sameJson(it.above, above))
    const into = same ?? { above, items: [], places: [] }
    if (same === undefined) found.push(into)
    into.items.push(members)
    into.places.push(place)
  }
  return found
}

function placeOf(
  to: Place['to'],
  source: Json,
  agreed: Agreed,
  where: Pick<Place, 'from' | 'into'> & Partial<Place>,
): Place {
  return { to, agreed, whole: isObject(source) ? source : {}, above: {}, ...where }
}
