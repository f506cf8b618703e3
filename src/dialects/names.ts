// Vendor fields ⇄ entries of Names, told apart by NameType/name. Shape of a name: IEC 61970 CIM, Name and NameType.

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Agreed, Placed } from './dialect.ts'
import {
  incomplete,
  isPlain,
  joined,
  made,
  madeWith,
  pointer,
  problemAt,
  strangers,
  wrong,
} from './outcome.ts'
import type { Outcome } from './outcome.ts'
import { tooLong } from './plain.ts'
import type { NameField, NamesRow } from './row.ts'

/** Each vendor field that is there becomes an entry of its kind. */
export function namesToCim(row: NamesRow, source: JsonObject, from: string, into: string): Outcome {
  const given = row.names.filter((it) => member(source, it.vendor) !== undefined)
  const bad = given.filter((it) => !isPlain(member(source, it.vendor)))
  const kept = given.filter((it) => !bad.includes(it))
  const entries = kept.map((it) => entryOf(it, source))
  const list = pointer(into, row.cim)
  return joined([
    entries.length === 0 ? made({}) : made({ [row.cim]: entries }),
    madeWith({}, { defaulted: kept.flatMap((it, at) => constants(it, pointer(list, at))) }),
    ...row.names.map((it) => issuerOutcome(it, source, from)),
    // A name among others cannot be removed by null: only its present value would say which one.
    ...bad.map((it) => wrong(pointer(from, it.vendor), source[it.vendor] ?? null, 'a name')),
    ...kept.flatMap((it) => misfits(it, source, from)),
  ])
}

/** A key without its other half names nothing; a name that is too long would be another one when it is cut. */
function misfits(it: NameField, source: JsonObject, from: string): readonly Outcome[] {
  const { vendor, most, issuer, issuerMost, pair } = it
  const path = pointer(from, vendor)
  const long = tooLong(most, member(source, vendor) ?? '', path)
  const by = issuer === undefined ? undefined : member(source, issuer)
  const half = () =>
    issuer !== undefined && pair === true ? halved(path, vendor, issuer) : undefined
  const other = by === undefined ? half() : tooLong(issuerMost, by, pointer(from, issuer ?? ''))
  return [long, other].filter((one) => one !== undefined)
}

function halved(path: string, one: string, other: string): Outcome {
  const what = `says which device it is only together with ${other}, and that is missing`
  return incomplete(problemAt(path, null, what, `Write ${other} beside ${one}.`))
}

function entryOf({ vendor, type, issuer }: NameField, source: JsonObject): JsonObject {
  const name = member(source, vendor) ?? null
  if (type === undefined) return { name }
  const authority = issuer === undefined ? undefined : member(source, issuer)
  const NameType: JsonObject = isPlain(authority)
    ? { name: type, NameTypeAuthority: { name: authority } }
    : { name: type }
  return { name, NameType }
}

function constants({ type }: NameField, path: string): readonly Placed[] {
  return type === undefined ? [] : [{ path: `${path}/NameType/name`, value: type }]
}

/** An issuer without its name has nowhere to go. */
function issuerOutcome(
  { vendor, issuer, pair }: NameField,
  source: JsonObject,
  from: string,
): Outcome {
  const value = issuer === undefined ? undefined : member(source, issuer)
  if (issuer === undefined || value === undefined) return made({})
  const path = pointer(from, issuer)
  if (!isPlain(value)) return wrong(path, value, 'a name')
  if (member(source, vendor) !== undefined) return made({})
  return pair === true ? halved(path, issuer, vendor) : madeWith({}, { dropped: [{ path, value }] })
}

/** The first entry of each kind becomes its vendor field; all other entries are dropped, and said so. */
export function namesToVendor(
  row: NamesRow,
  source: JsonObject,
  from: string,
  agreed: Agreed,
): Outcome {
  const given = member(source, row.cim) ?? []
  const path = pointer(from, row.cim)
  if (!Array.isArray(given)) return wrong(path, given, 'an array of names')
  const entries = given.map((value: Json, at): Placed => ({ path: pointer(path, at), value }))
  const found = row.names.map((field) => ({ field, entry: entries.find((it) => is(it, field)) }))
  const taken = found.map((it) => it.entry)
  return joined([
    ...found.map(({ field, entry }) =>
      entry === undefined ? ofMessage(field, agreed) : fields(field, entry),
    ),
    madeWith({}, { dropped: entries.filter((it) => !taken.includes(it)) }),
  ])
}

/** The id of our own message stands for one that nobody has given. */
function ofMessage({ vendor, ofMessage: isIts }: NameField, { messageID }: Agreed): Outcome {
  if (isIts !== true || messageID === undefined) return made({})
  const invented = [{ path: pointer('', vendor), value: messageID }]
  return madeWith({ [vendor]: messageID }, { invented })
}

function is({ value }: Placed, { type }: NameField): boolean {
  return member(member(value, 'NameType'), 'name') === type
}

function fields(field: NameField, { path, value }: Placed): Outcome {
  const { vendor, most, issuer, issuerMost, pair } = field
  const type = member(value, 'NameType')
  const authority = member(type, 'NameTypeAuthority')
  const by = issuer === undefined ? undefined : member(authority, 'name')
  const name = member(value, 'name') ?? null
  const typePath = pointer(path, 'NameType')
  const dropped = [
    ...strangers(value, path, ['name', 'NameType']),
    ...strangers(type, typePath, ['name', 'NameTypeAuthority']),
    ...strangers(
      authority,
      pointer(typePath, 'NameTypeAuthority'),
      by === undefined ? [] : ['name'],
    ),
  ]
  const members = issuer === undefined || by === undefined ? {} : { [issuer]: by }
  if (!isPlain(name)) return wrong(pointer(path, 'name'), name, 'a name')
  const byPath = pointer(pointer(typePath, 'NameTypeAuthority'), 'name')
  const long = tooLong(most, name, pointer(path, 'name'))
  const half = () => (pair === true ? unissued(typePath, issuer ?? '') : undefined)
  const other = by === undefined ? half() : tooLong(issuerMost, by, byPath)
  return joined([
    madeWith({ [vendor]: name, ...members }, { dropped }),
    ...[long, other].filter((it) => it !== undefined),
  ])
}

function unissued(path: string, issuer: string): Outcome {
  const what = `has no NameTypeAuthority, and the device is known only together with its ${issuer}`
  return problemAt(path, null, what, 'Add NameTypeAuthority with the name of the head-end system.')
}
