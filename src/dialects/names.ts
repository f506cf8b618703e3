// Vendor fields ⇄ entries of Names, told apart by NameType/name. Shape of a name: IEC 61970 CIM, Name and NameType.

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Placed } from './dialect.ts'
import { isPlain, joined, made, madeWith, pointer, strangers, wrong } from './outcome.ts'
import type { Outcome } from './outcome.ts'
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
  ])
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
function issuerOutcome({ vendor, issuer }: NameField, source: JsonObject, from: string): Outcome {
  const value = issuer === undefined ? undefined : member(source, issuer)
  if (issuer === undefined || value === undefined) return made({})
  const path = pointer(from, issuer)
  if (!isPlain(value)) return wrong(path, value, 'a name')
  return member(source, vendor) === undefined
    ? madeWith({}, { dropped: [{ path, value }] })
    : made({})
}

/** The first entry of each kind becomes its vendor field; all other entries are dropped, and said so. */
export function namesToVendor(row: NamesRow, source: JsonObject, from: string): Outcome {
  const given = member(source, row.cim)
  const path = pointer(from, row.cim)
  if (given === undefined) return made({})
  if (!Array.isArray(given)) return wrong(path, given, 'an array of names')
  const entries = given.map((value: Json, at): Placed => ({ path: pointer(path, at), value }))
  const found = row.names.map((field) => ({ field, entry: entries.find((it) => is(it, field)) }))
  const taken = found.map((it) => it.entry)
  return joined([
    ...found.map(({ field, entry }) => (entry === undefined ? made({}) : fields(field, entry))),
    madeWith({}, { dropped: entries.filter((it) => !taken.includes(it)) }),
  ])
}

function is({ value }: Placed, { type }: NameField): boolean {
  return member(member(value, 'NameType'), 'name') === type
}

function fields({ vendor, issuer }: NameField, { path, value }: Placed): Outcome {
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
  return isPlain(name)
    ? madeWith({ [vendor]: name, ...members }, { dropped })
    : wrong(pointer(path, 'name'), name, 'a name')
}
