// The rows of a mapping: which vendor field is which CIM member, and in what way. Data only; translate.ts reads them.

/** A vendor field and its CIM member, both by name. */
interface Pair {
  readonly vendor: string
  readonly cim: string
}

/** A plain value, carried over verbatim. */
export interface ValueRow extends Pair {
  readonly kind: 'value'
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

/** An array of ids on the vendor's side, one object with this mRID for each on the side of CIM. */
export interface IdsRow extends Pair {
  readonly kind: 'ids'
}

/** An object of CIM whose members stand among the vendor's other fields. */
export interface InlineRow {
  readonly kind: 'inline'
  readonly cim: string
  readonly rows: readonly Row[]
}

/** Vendor fields of their own for entries of `Names`, told apart by the kind of name. */
export interface NamesRow {
  readonly kind: 'names'
  readonly cim: string
  readonly names: readonly NameField[]
}

/** One entry of `Names`: the one without NameType, or the one whose NameType has this name. */
export interface NameField {
  readonly vendor: string
  readonly type?: string
  /** vendor field for the name of the NameTypeAuthority; only with `type` */
  readonly issuer?: string
}

export type Row = ValueRow | PartRow | ListRow | FlagsRow | CodeRow | IdsRow | InlineRow | NamesRow

/** A row that has one vendor field for one member of CIM. */
export type FieldRow = Exclude<Row, InlineRow | NamesRow>

/** The vendor fields that a row reads or writes. */
export function vendorFields(row: Row): readonly string[] {
  if (row.kind === 'inline') return row.rows.flatMap(vendorFields)
  return row.kind === 'names'
    ? row.names.flatMap((it) => (it.issuer === undefined ? [it.vendor] : [it.vendor, it.issuer]))
    : [row.vendor]
}
