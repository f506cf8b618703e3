// The rows of a mapping: which vendor field is which CIM member, and in what way. Data only; translate.ts reads them.

import type { Json, JsonObject } from '../schema/json-text.ts'
import { isObject } from '../schema/json-text.ts'

/** A vendor field and its CIM member, both by name. */
interface Pair {
  readonly vendor: string
  readonly cim: string
}

/** When a row counts. */
interface Told {
  /** only what the vendor answers says it: it is left out where the vendor is asked for something */
  readonly answer?: true
}

/** How long a text of the vendor may be, in characters. */
export interface Length {
  /** absent = as long as it likes */
  readonly most?: number
  /** a longer text is cut on its way to the vendor, and said so; absent = it is refused, as an identifier has to be whole */
  readonly cut?: true
}

/** A plain value, carried over verbatim. */
export interface ValueRow extends Pair, Length, Told {
  readonly kind: 'value'
  /** it is the name of a time zone: what the vendor says is one, or is refused */
  readonly isZone?: true
}

/** One object on either side. */
export interface PartRow extends Pair {
  readonly kind: 'part'
  readonly rows: readonly Row[]
}

/** An array of objects on either side, item by item. */
export interface ListRow extends Pair {
  readonly kind: 'list'
  readonly rows: readonly Row[]
}

/** A list of codes on the vendor's side, one boolean for each code on the side of CIM. */
export interface FlagsRow extends Pair {
  readonly kind: 'flags'
  /** code -> boolean member; no two codes share one, so both directions are exact */
  readonly codes: Readonly<Record<string, string>>
}

/** A code of the vendor for a literal of CIM; no two codes share one, so both directions are exact. */
export interface CodeRow extends Pair {
  readonly kind: 'code'
  /** code -> literal */
  readonly codes: Readonly<Record<string, string>>
}

/** An array of codes on the vendor's side, one of literals on the side of CIM. */
export interface CodesRow extends Pair {
  readonly kind: 'codes'
  /** code -> literal */
  readonly codes: Readonly<Record<string, string>>
}

/** An array of ids on the vendor's side, one object with this mRID for each on the side of CIM. */
export interface IdsRow extends Pair {
  readonly kind: 'ids'
}

/** A date of the vendor for an instant of CIM, in the zone that the object itself names; where it names none, as agreed. */
export interface DateRow extends Pair {
  readonly kind: 'date'
  /** where the zone stands, step by step from the object that the mapping is about */
  readonly zone: { readonly vendor: readonly string[]; readonly cim: readonly string[] }
}

/** An instant. With an offset it is carried over as it is written; without one it is meant in the zone that is agreed. */
export interface StampRow extends Pair {
  readonly kind: 'stamp'
  /** the vendor may also write it as `10-15-2022 05:00:00PM` */
  readonly local?: true
  /** the vendor is written to in UTC */
  readonly utc?: true
}

/** An object of CIM whose members stand among the vendor's other fields. */
export interface InlineRow extends Told {
  readonly kind: 'inline'
  readonly cim: string
  readonly rows: readonly Row[]
}

/** A list of CIM of which the vendor's object holds one item, among its other fields. */
export interface OnlyRow {
  readonly kind: 'only'
  readonly cim: string
  readonly rows: readonly Row[]
}

/** An object of the vendor whose members stand among the other members of CIM. */
export interface NestRow {
  readonly kind: 'nest'
  readonly vendor: string
  readonly rows: readonly Row[]
}

/** Fields that the vendor says once, around a list of objects, and CIM in each of them. */
export interface SharedRow {
  readonly kind: 'shared'
  readonly rows: readonly Row[]
}

/** What CIM always says here, and the vendor nowhere. */
export interface ConstantRow {
  readonly kind: 'constant'
  readonly cim: string
  readonly value: Json
}

/** Fields of the vendor that say one thing only between them. */
export interface WordsRow {
  readonly kind: 'words'
  /** in the order in which they are read: what the first says decides what the next may */
  readonly vendor: readonly [string, ...string[]]
  /** towards the vendor the first counts that says no more than CIM does */
  readonly words: readonly Word[]
}

/** One thing that they say. */
export interface Word {
  /** by vendor field; a field that is not here has to be missing */
  readonly said: Readonly<Record<string, string>>
  /** members of the object, and members of parts of it */
  readonly cim: JsonObject
  /** a field of the vendor that goes on from there as it likes, and the part of the object in which that stands */
  readonly text?: { readonly cim: string; readonly row: ValueRow }
  /** the vendor may say it so, and is told in other words */
  readonly isRead?: true
}

/** Vendor fields of their own for entries of `Names`, told apart by the kind of name. */
export interface NamesRow {
  readonly kind: 'names'
  readonly cim: string
  readonly names: readonly NameField[]
}

/** One entry of `Names`: the one without NameType, or the one whose NameType has this name. */
export interface NameField extends Length {
  readonly vendor: string
  readonly type?: string
  /** vendor field for the name of the NameTypeAuthority; only with `type` */
  readonly issuer?: string
  /** how long the issuer may be */
  readonly issuerMost?: number
  /** name and issuer are one key: neither says anything alone */
  readonly pair?: true
  /** it names the message and not the object: where the object has none, the vendor is told that of our message */
  readonly ofMessage?: true
}

export type Row =
  | ValueRow
  | PartRow
  | ListRow
  | FlagsRow
  | CodeRow
  | CodesRow
  | IdsRow
  | DateRow
  | StampRow
  | InlineRow
  | OnlyRow
  | NestRow
  | SharedRow
  | ConstantRow
  | NamesRow
  | WordsRow

/** A row that has one vendor field for one member of CIM. */
export type FieldRow = Exclude<
  Row,
  InlineRow | OnlyRow | NestRow | SharedRow | ConstantRow | NamesRow | WordsRow
>

/** The vendor fields that a row reads or writes in the object that it is about. */
export function vendorFields(row: Row): readonly string[] {
  switch (row.kind) {
    case 'inline':
    case 'only':
      return row.rows.flatMap(vendorFields)
    case 'names':
      return row.names.flatMap((it) =>
        it.issuer === undefined ? [it.vendor] : [it.vendor, it.issuer],
      )
    case 'words':
      return [...row.vendor, ...textFields(row)]
    case 'shared':
    case 'constant':
      return []
    default:
      return [row.vendor]
  }
}

/** The fields that go on from a word as they like. */
export function textFields({ words }: WordsRow): readonly string[] {
  return [...new Set(words.flatMap(({ text }) => text?.row.vendor ?? []))]
}

/** What words of a vendor say in CIM, step by step: a member of the object, or one of a part of it. */
export function pathsOf({ words }: WordsRow): readonly (readonly [string, ...string[]])[] {
  const all = words.flatMap(({ cim, text }) => [
    ...Object.entries(cim).flatMap(([name, it]): readonly (readonly [string, ...string[]])[] =>
      isObject(it) ? Object.keys(it).map((inner) => [name, inner] as const) : [[name]],
    ),
    ...(text === undefined ? [] : [[text.cim, text.row.cim] as const]),
  ])
  return [...new Map(all.map((it) => [it.join(' '), it])).values()]
}

/** The members of CIM that a row reads or writes in the object that it is about. */
export function cimMembers(row: Row): readonly string[] {
  if (row.kind === 'nest' || row.kind === 'shared') return row.rows.flatMap(cimMembers)
  if (row.kind === 'words') return [...new Set(pathsOf(row).map(([name]) => name))]
  return [row.cim]
}

/** The types of the names by which rows know a member of the object that they are about. */
export function nameTypesIn(rows: readonly Row[], cim: string): readonly string[] {
  return rows.flatMap((it): readonly string[] => {
    if (it.kind === 'nest' || it.kind === 'shared') return nameTypesIn(it.rows, cim)
    if (it.kind !== 'inline' || it.cim !== cim) return []
    const names = it.rows.flatMap((one) => (one.kind === 'names' ? one.names : []))
    return names.flatMap(({ type }) => type ?? [])
  })
}

/** The objects and lists of CIM that rows make parts of the object that they are about. */
export function partsOf(rows: readonly Row[]): readonly string[] {
  return rows.flatMap((it): readonly string[] => {
    if (it.kind === 'nest' || it.kind === 'shared') return partsOf(it.rows)
    return PARTS.has(it.kind) && 'cim' in it ? [it.cim] : []
  })
}

const PARTS: ReadonlySet<Row['kind']> = new Set(['inline', 'list', 'only', 'part'])

/** The vendor fields that rows read from around a list, at whatever depth they stand. */
export function sharedFields(rows: readonly Row[]): readonly string[] {
  return rows.flatMap((it) => {
    if (it.kind === 'shared') return it.rows.flatMap(vendorFields)
    return 'rows' in it ? sharedFields(it.rows) : []
  })
}
