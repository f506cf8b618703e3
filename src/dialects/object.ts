// One object by the rows of its mapping, in one direction or the other.

import { isObject, member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { codeToCim, codeToVendor, codesToCim, codesToVendor } from './codes.ts'
import { constantToCim, constantToVendor } from './constant.ts'
import type { Agreed, Placed } from './dialect.ts'
import { flagsToCim, flagsToVendor } from './flags.ts'
import { idsToCim, idsToVendor } from './ids.ts'
import { namesToCim, namesToVendor } from './names.ts'
import { joined, made, madeWith, pointer, saidOf, strangers, wrong } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import { valueToCim, valueToVendor } from './plain.ts'
import { cimMembers, pathsOf, vendorFields } from './row.ts'
import type {
  FieldRow,
  InlineRow,
  ListRow,
  NestRow,
  OnlyRow,
  PartRow,
  Row,
  SharedRow,
} from './row.ts'
import { dateToCim, dateToVendor, stampToCim, stampToVendor } from './times.ts'
import { wordsToCim, wordsToVendor } from './words.ts'

/** Where a run is: which way it goes, the JSON Pointers into source and target, and what is known around it. */
export interface Place {
  readonly to: 'cim' | 'vendor'
  readonly from: string
  readonly into: string
  readonly agreed: Agreed
  /** the object that the mapping is about, as the source has it */
  readonly whole: JsonObject
  /** towards CIM: the vendor's message around the list that it stands in */
  readonly above: JsonObject
  /** towards the vendor: which item of a list is meant where only one can be said; absent = there has to be one alone */
  readonly only?: number
}

/** One object by its rows; what no row reads is dropped, and said so. @param known members that somebody else reads */
export function object(
  rows: readonly Row[],
  source: Json,
  place: Place,
  known: readonly string[] = [],
): Outcome {
  if (!isObject(source)) return wrong(place.from, source, 'an object')
  const dropped =
    place.to === 'cim'
      ? strangers(source, place.from, [...rows.flatMap(vendorFields), ...known])
      : leftIn(source, rows, place.from, known)
  return joined([fields(rows, source, place), madeWith({}, { dropped })])
}

/** What no row reads of an object of CIM, and of the objects in it that several rows may take apart between them. */
export function leftIn(
  source: JsonObject,
  rows: readonly Row[],
  from: string,
  known: readonly string[] = [],
): readonly Placed[] {
  const inside = inlinesOf(rows)
  const parts = [...new Set(inside.map((it) => it.cim))].flatMap((cim) => {
    const given = member(source, cim)
    if (!isObject(given)) return []
    const own = inside.filter((it) => it.cim === cim).flatMap((it) => it.rows)
    return leftIn(given, own, pointer(from, cim))
  })
  return [...strangers(source, from, [...rows.flatMap(cimMembers), ...known]), ...parts]
}

function inlinesOf(rows: readonly Row[]): readonly InlineRow[] {
  return rows.flatMap((it) => {
    if (it.kind === 'nest' || it.kind === 'shared') return inlinesOf(it.rows)
    if (it.kind === 'words') return pathsOf(it).flatMap(partOf)
    return it.kind === 'inline' ? [it] : []
  })
}

/** What words say of a part, as a row of it. */
function partOf([cim, inner]: readonly [string, ...string[]]): readonly InlineRow[] {
  if (inner === undefined) return []
  return [{ kind: 'inline', cim, rows: [{ kind: 'constant', cim: inner, value: null }] }]
}

/** What the rows say of an object, whatever else stands in it. */
export function fields(rows: readonly Row[], source: JsonObject, place: Place): Outcome {
  const isTold = (it: Row) => !('answer' in it) || !place.agreed.isRequest
  return joined(rows.filter(isTold).map((it) => row(it, source, place)))
}

function row(it: Row, source: JsonObject, place: Place): Outcome {
  const isToCim = place.to === 'cim'
  switch (it.kind) {
    case 'inline':
      return isToCim ? gathered(it, source, place) : spread(it, source, place)
    case 'only':
      return isToCim ? listed(it, source, place) : singled(it, source, place)
    case 'nest':
      return isToCim ? opened(it, source, place) : closed(it, source, place)
    case 'shared':
      return isToCim ? fromAround(it, place) : around(it, source, place)
    case 'constant':
      return isToCim
        ? constantToCim(it, place.into)
        : constantToVendor(it, member(source, it.cim), pointer(place.from, it.cim))
    case 'words':
      return isToCim ? wordsToCim(it, source, place.from) : wordsToVendor(it, source, place.from)
    case 'names':
      return isToCim
        ? namesToCim(it, source, place.from, place.into)
        : namesToVendor(it, source, place.from, place.agreed)
    default:
      return named(it, source, place)
  }
}

function named(it: FieldRow, source: JsonObject, place: Place): Outcome {
  const [name, target] = place.to === 'cim' ? [it.vendor, it.cim] : [it.cim, it.vendor]
  const given = member(source, name)
  if (given === undefined) return made({})
  // Null asks for removal in a PATCH; whether it may is for those to say who know the request.
  if (given === null) return made({ [target]: null })
  const [from, into] = [pointer(place.from, name), pointer(place.into, target)]
  return field(it, given, target, { ...place, from, into })
}

function field(it: FieldRow, given: Json, target: string, place: Place): Outcome {
  const isToCim = place.to === 'cim'
  const { from: path } = place
  switch (it.kind) {
    case 'value':
      return isToCim ? valueToCim(it, given, path) : valueToVendor(it, given, path)
    case 'part':
      return part(it, given, target, place)
    case 'list':
      return list(it, given, target, place)
    case 'code':
      return isToCim ? codeToCim(it, given, path) : codeToVendor(it, given, path)
    case 'codes':
      return isToCim ? codesToCim(it, given, path) : codesToVendor(it, given, path)
    case 'date':
      return isToCim ? dateToCim(it, given, place) : dateToVendor(it, given, place)
    case 'stamp':
      return isToCim ? stampToCim(it, given, place) : stampToVendor(it, given, place)
    case 'ids':
      return isToCim ? idsToCim(it, given, path) : idsToVendor(it, given, path)
    case 'flags':
      return isToCim ? flagsToCim(it, given, path) : flagsToVendor(it, given, path)
  }
}

/** The object is there as soon as one of its fields is; all of them null ask for its removal. */
function gathered({ cim, rows }: InlineRow, source: JsonObject, place: Place): Outcome {
  const one = fields(rows, source, { ...place, into: pointer(place.into, cim) })
  const values = Object.values(one.members)
  if (values.length === 0) return one
  const isRemoved = values.every((it) => it === null)
  return { ...one, members: { [cim]: isRemoved ? null : one.members } }
}

function spread({ cim, rows }: InlineRow, source: JsonObject, place: Place): Outcome {
  const given = member(source, cim)
  const from = pointer(place.from, cim)
  if (given === undefined) return made({})
  if (!isObject(given)) return wrong(from, given, 'an object')
  // What holds nothing has no field that could say so.
  if (Object.keys(given).length === 0)
    return madeWith({}, { dropped: [{ path: from, value: given }] })
  return fields(rows, given, { ...place, from })
}

/** A list of one item, as soon as one of its fields is there. */
function listed({ cim, rows }: OnlyRow, source: JsonObject, place: Place): Outcome {
  const into = pointer(pointer(place.into, cim), 0)
  const one = fields(rows, source, { ...place, into })
  return Object.keys(one.members).length === 0 ? one : { ...one, members: { [cim]: [one.members] } }
}

/** The item that is meant; the others have no place, unless each of them is said elsewhere. */
function singled({ cim, rows }: OnlyRow, source: JsonObject, place: Place): Outcome {
  const given = member(source, cim)
  const path = pointer(place.from, cim)
  if (given === undefined) return made({})
  if (!Array.isArray(given)) return wrong(path, given, 'an array')
  const items = given.map((value: Json, at) => ({ path: pointer(path, at), value }))
  const { only = 0 } = place
  const dropped = place.only === undefined ? items.slice(1) : []
  const meant = items[only]
  const rest = madeWith({}, { dropped })
  if (meant === undefined) return rest
  return joined([object(rows, meant.value, { ...place, from: meant.path }), rest])
}

/** An object of the vendor is opened: what stands in it stands beside the rest in CIM. */
function opened({ vendor, rows }: NestRow, source: JsonObject, place: Place): Outcome {
  const given = member(source, vendor)
  if (given === undefined || given === null) return made({})
  return object(rows, given, { ...place, from: pointer(place.from, vendor) })
}

function closed({ vendor, rows }: NestRow, source: JsonObject, place: Place): Outcome {
  const one = fields(rows, source, place)
  const isNone = Object.keys(one.members).length === 0
  return isNone ? one : { ...one, members: { [vendor]: one.members } }
}

function fromAround({ rows }: SharedRow, place: Place): Outcome {
  return fields(rows, place.above, { ...place, from: '' })
}

function around({ rows }: SharedRow, source: JsonObject, place: Place): Outcome {
  const { members, ...one } = fields(rows, source, place)
  return { ...one, members: {}, above: members }
}

function part({ rows }: PartRow, given: Json, target: string, place: Place): Outcome {
  const one = object(rows, given, place)
  return { ...one, members: { [target]: one.members } }
}

function list({ rows }: ListRow, given: Json, target: string, place: Place): Outcome {
  if (!Array.isArray(given)) return wrong(place.from, given, 'an array')
  const items = given.map((it: Json, at) =>
    object(rows, it, {
      ...place,
      from: pointer(place.from, at),
      into: pointer(place.into, at),
    }),
  )
  return { members: { [target]: items.map((it) => it.members) }, ...saidOf(items) }
}
