// What a kind of file is: which columns it has, what each of its records becomes as CIM, and what it has one record of. Oracle
// publishes the columns of no such file, so that all of them are ours, and marked so.

import type { JsonObject } from '../schema/json-text.ts'

/** The values of one record, by the names of the columns; a column that is empty or absent has none. */
export type Row = Readonly<Record<string, string>>

/** One column. */
export interface Column {
  readonly name: string
  /** for the documentation */
  readonly about: string
  readonly required: boolean
  /** what its values have to be; by default any text */
  readonly is?: 'decimal' | 'boolean' | 'dateTime'
  /** characters at most */
  readonly most?: number
  /** what values mean, by how they are written; no others are taken */
  readonly among?: Readonly<Record<string, string>>
}

/** What a file says of itself beside its records, as far as they depend on it. */
export interface FileFacts {
  /** everything, or what has changed since */
  readonly transferKind: 'initial' | 'incremental'
}

/** Objects about which a file is to have a record each. */
export interface Expected {
  /** what the records of a file have in common */
  readonly groupOf: (row: Row) => string
  /** true for an object of the group about which nothing has been said yet */
  readonly isMissing: (object: JsonObject, group: string) => boolean
  /** the key that a record about it has */
  readonly keyOf: (object: JsonObject, group: string) => string
  /** by what people know it */
  readonly called: (object: JsonObject) => string
  /** for people */
  readonly what: string
  readonly rule: string
}

/** One kind of file. */
export interface FileKind {
  /** `device-scores`: as configurations and paths name it */
  readonly id: string
  readonly noun: string
  /** with which its records are told */
  readonly verb: 'created' | 'changed'
  readonly about: string
  /** rows of the catalogue of flows */
  readonly source: string
  readonly columns: readonly Column[]
  /** what a file may have one record of, as text; undefined for a record that cannot be told apart */
  readonly keyOf: (row: Row) => string
  /** the same for people, without its values */
  readonly keyIs: string
  /** what is wrong across the columns of a record */
  readonly faults?: (row: Row) => readonly string[]
  /** the object of a record; @param mRID that the key always has, where the object is known by one */
  readonly toCim: (row: Row, mRID: string) => JsonObject
  /** what stands beside the objects in each message */
  readonly beside?: (facts: FileFacts) => JsonObject
  /** rules of its flow by which a record is passed over and nothing is wrong: it is out of date */
  readonly outdatedBy?: readonly string[]
  /** what its records are to be complete in: objects of which a file has not said anything are listed */
  readonly expects?: Expected
}
