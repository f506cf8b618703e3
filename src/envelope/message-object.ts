// A message as CIM-JSON, as far as the envelope shapes it. Keys stand in the order of the schema.
// These are aliases and not interfaces, because only an alias fits where any JSON object is expected.

/**
 * Content of an ID; `$` is its text.
 * @see IEC 61968-100:2013 6.3, the attributes common to every ID
 */
export type IdObject = {
  readonly $: string
  readonly '@idType'?: string
  readonly '@idAuthority'?: string
  readonly '@kind'?: 'name' | 'uuid' | 'transaction' | 'other'
  readonly '@objectType'?: string
}

export type Result = 'OK' | 'PARTIAL' | 'FAILED'

export type Level = 'INFORM' | 'WARNING' | 'FATAL' | 'CATASTROPHIC'

/** Reply/Error without xpath, which is a QName and so cannot hold a path. */
export type ErrorObject = {
  readonly code: string
  readonly level?: Level
  readonly reason?: string
  readonly details?: string
  readonly ID?: IdObject
  readonly relatedID?: IdObject
  readonly operationId?: number | string
}

/** Reply; FAILED and PARTIAL have at least one Error. */
export type ReplyObject = {
  readonly Result: Result
  readonly Error?: readonly ErrorObject[]
  readonly ID?: readonly IdObject[]
  readonly operationId?: number | string
}

/** Header as far as cimgate writes it; times are ISO 8601 with zone. */
export type HeaderObject = {
  readonly Verb: string
  readonly Noun: string
  readonly Timestamp?: string
  readonly Source?: string
  readonly MessageID?: string
  readonly CorrelationID?: string
}

/**
 * A whole message; `@xmlns` stands with typed roots only. P is whatever the caller uses for CIM-JSON of a
 * payload: roots by name, `OperationSet`, `Compressed`, `Format`, `ID`.
 */
export type MessageObject<P = never> = {
  readonly message: string
  readonly '@xmlns'?: string
  readonly header?: HeaderObject
  readonly reply?: ReplyObject
  readonly payload?: P
}

/** The fields that have a value, in the order given: an absent field leaves no key. */
export function present<T extends object>(fields: T): Present<T> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as Present<T>
}

/** The type without `undefined` among its values, as exact optional properties want it. */
export type Present<T> = {
  readonly [K in keyof T as undefined extends T[K] ? never : K]: T[K]
} & { readonly [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> }

/** A list that is worth a key; undefined when it is empty. */
export function some<T>(list: readonly T[] | undefined): readonly T[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list
}
