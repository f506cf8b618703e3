// Reads the rows of a mapping in one direction or the other. Knows no vendor and no noun.

import { isObject, member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { ToCim, ToVendor, Translation } from './dialect.ts'
import { codeToCim, codeToVendor } from './codes.ts'
import { flagsToCim, flagsToVendor } from './flags.ts'
import { idsToCim, idsToVendor } from './ids.ts'
import { namesToCim, namesToVendor } from './names.ts'
import { isPlain, joined, made, madeWith, pointer, strangers, wrong } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import { vendorFields } from './row.ts'
import type { FieldRow, InlineRow, ListRow, PartRow, Row } from './row.ts'

/** Where a run is: which way it goes, and the JSON Pointers into source and target. */
interface Place {
  readonly to: 'cim' | 'vendor'
  readonly from: string
  readonly into: string
}

/**
 * Both directions of one mapping.
 * @param element the repeated member of the noun's root
 * @param rows one row for each vendor field
 */
export function mapping(
  element: string,
  rows: readonly Row[],
): { readonly toCim: ToCim; readonly toVendor: ToVendor } {
  return {
    toCim: (vendorJson) => toCim(element, rows, vendorJson),
    toVendor: (cimJson) => toVendor(element, rows, cimJson),
  }
}

function toCim(element: string, rows: readonly Row[], source: Json): Translation<JsonObject> {
  const many = Array.isArray(source)
  const all = (many ? source : [source]).map((it: Json, at) => {
    const place = { from: many ? pointer('', at) : '', into: pointer(pointer('', element), at) }
    return object(rows, it, { to: 'cim', ...place })
  })
  const { losses, problems } = joined(all)
  return { json: { [element]: all.map((it) => it.members) }, losses, problems }
}

function toVendor(
  element: string,
  rows: readonly Row[],
  source: Json,
): Translation<readonly JsonObject[]> {
  const given = member(source, element)
  const path = pointer('', element)
  const all = Array.isArray(given)
    ? given.map((it: Json, at) =>
        object(rows, it, { to: 'vendor', from: pointer(path, at), into: pointer('', at) }),
      )
    : [wrong(path, given ?? null, 'an array of objects')]
  // The namespace says nothing about the objects: the catalogue knows it.
  const rest = madeWith({}, { dropped: strangers(source, '', [element, '@xmlns']) })
  const { losses, problems } = joined([...all, rest])
  return { json: Array.isArray(given) ? all.map((it) => it.members) : [], losses, problems }
}

/** One object by its rows; what no row reads is dropped, and said so. */
function object(rows: readonly Row[], source: Json, place: Place): Outcome {
  if (!isObject(source)) return wrong(place.from, source, 'an object')
  const known = rows.flatMap((it) => (place.to === 'cim' ? vendorFields(it) : [it.cim]))
  const rest = madeWith({}, { dropped: strangers(source, place.from, known) })
  return joined([...rows.map((it) => row(it, source, place)), rest])
}

function row(it: Row, source: JsonObject, place: Place): Outcome {
  if (it.kind === 'inline')
    return place.to === 'cim' ? gathered(it, source, place) : spread(it, source, place)
  if (it.kind === 'names') {
    return place.to === 'cim'
      ? namesToCim(it, source, place.from, place.into)
      : namesToVendor(it, source, place.from)
  }
  const [name, target] = place.to === 'cim' ? [it.vendor, it.cim] : [it.cim, it.vendor]
  const given = member(source, name)
  if (given === undefined) return made({})
  // Null asks for removal in a PATCH; whether it may is for those to say who know the request.
  if (given === null) return made({ [target]: null })
  const [from, into] = [pointer(place.from, name), pointer(place.into, target)]
  return field(it, given, target, { to: place.to, from, into })
}

function field(it: FieldRow, given: Json, target: string, place: Place): Outcome {
  switch (it.kind) {
    case 'value':
      return value(given, target, place)
    case 'part':
      return part(it, given, target, place)
    case 'list':
      return list(it, given, target, place)
    case 'code':
      return place.to === 'cim'
        ? codeToCim(it, given, place.from)
        : codeToVendor(it, given, place.from)
    case 'ids':
      return place.to === 'cim'
        ? idsToCim(it, given, place.from)
        : idsToVendor(it, given, place.from)
    case 'flags':
      return place.to === 'cim'
        ? flagsToCim(it, given, place.from)
        : flagsToVendor(it, given, place.from)
  }
}

/** The object is there as soon as one of its fields is; all of them null ask for its removal. */
function gathered({ cim, rows }: InlineRow, source: JsonObject, place: Place): Outcome {
  const into = pointer(place.into, cim)
  const one = joined(rows.map((it) => row(it, source, { ...place, into })))
  const values = Object.values(one.members)
  if (values.length === 0) return one
  const isRemoved = values.every((it) => it === null)
  return { ...one, members: { [cim]: isRemoved ? null : one.members } }
}

function spread({ cim, rows }: InlineRow, source: JsonObject, place: Place): Outcome {
  const given = member(source, cim)
  const from = pointer(place.from, cim)
  if (given === undefined) return made({})
  const isEmpty = isObject(given) && Object.keys(given).length === 0
  // What holds nothing has no field that could say so.
  if (isEmpty) return madeWith({}, { dropped: [{ path: from, value: given }] })
  return object(rows, given, { ...place, from })
}

function value(given: Json, target: string, place: Place): Outcome {
  return isPlain(given) ? made({ [target]: given }) : wrong(place.from, given, 'a plain value')
}

function part({ rows }: PartRow, given: Json, target: string, place: Place): Outcome {
  const one = object(rows, given, place)
  return { ...one, members: { [target]: one.members } }
}

function list({ rows }: ListRow, given: Json, target: string, place: Place): Outcome {
  if (!Array.isArray(given)) return wrong(place.from, given, 'an array')
  const items = given.map((it: Json, at) =>
    object(rows, it, {
      to: place.to,
      from: pointer(place.from, at),
      into: pointer(place.into, at),
    }),
  )
  return { ...joined(items), members: { [target]: items.map((it) => it.members) } }
}
