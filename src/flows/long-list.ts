// Lists that are too long for one decision: what a row of them is, and by what it is told from the others. A list comes as
// CSV or as objects of its noun, is taken in at once, and is carried out collection by collection.

import type { Json, JsonObject } from '../schema/json-text.ts'

/** One column of the CSV. */
export interface ListColumn {
  /** as the list of its sender has it, and as it is told of a row */
  readonly name: string
  /** other names under which the same is sent; compared without case, as the name is */
  readonly also?: readonly string[]
  /** every row has a value there */
  readonly isDue: boolean
  readonly about: string
  /** of a value, where every row has one */
  readonly example?: string
}

/** The cells of one row by the names of their columns; empty where there is nothing. */
export type Cells = Readonly<Record<string, string>>

/** What is said once for all rows. */
export interface Common {
  /** references to what the whole list is about, by the member of the object that they stand in */
  readonly references: Readonly<Record<string, JsonObject>>
  /** the time of rows that name none, as xs:dateTime */
  readonly start?: string
  readonly end?: string
}

/** Something that is wrong with one row. */
export interface Wrong {
  readonly rule: string
  readonly reason: string
  readonly mend: string
}

/** What a list has come to. */
export interface ListEnd {
  /** of the report */
  readonly mRID: string
  /** ISO 8601 with Z: the end, and the beginning */
  readonly at: string
  readonly since: string
  /** on which the list has come */
  readonly leg: string
  readonly common: Common
  /** records, and how many of them have failed */
  readonly count: number
  readonly failed: number
  /** the first of these */
  readonly items: readonly {
    /** place in the list, from 0 */
    readonly index: number
    readonly shown: Cells
    readonly code: string
    readonly rule?: string
    readonly reason?: string
    readonly details?: string
  }[]
}

/** A kind of long list. */
export interface LongList {
  readonly noun: string
  /** of IDs in replies */
  readonly objectType: string
  /** the report about its end */
  readonly report: { readonly noun: string; readonly object: (it: ListEnd) => JsonObject }
  /** where it is posted: below an object of that noun, under that name */
  readonly below: { readonly noun: string; readonly name: string }
  /** members of an object that say what the whole list is about, each with the objectType by which a request names it */
  readonly common: readonly { readonly member: string; readonly objectType: string }[]
  /** one sentence for the documentation */
  readonly about: string
  /** members of the header of a list in JSON, and what each is; a property goes along with the message */
  readonly header: Readonly<
    Record<string, 'part' | 'messageID' | 'start' | 'end' | 'replyAddress' | 'property'>
  >
  readonly columns: readonly ListColumn[]
  /** the object that a row stands for, without its mRID */
  readonly object: (cells: Cells, common: Common) => { readonly object: JsonObject } | Wrong
  /** by which a row is known to its sender */
  readonly shown: (object: JsonObject) => Cells
  /** what may stand in one list once, undefined where an object does not say; by which rule a second one is refused */
  readonly once: {
    readonly key: (object: JsonObject) => string | undefined
    readonly ofCells: (cells: Cells) => string | undefined
    readonly rule: string
    readonly reason: string
    readonly mend: string
  }
  /** after which what has not been sent is sent no more, as xs:dateTime; undefined = whenever */
  readonly latest: (common: Common) => string | undefined
  /** the part of an object below which the list is posted that it is about, where there is only one */
  readonly part: (
    object: JsonObject,
    named: string | undefined,
  ) => { readonly common: Common } | { readonly wrong: string; readonly mend: string }
}

/** A name without case: `nicId` is sent as NICID too. */
export function columnOf(list: LongList, written: string): ListColumn | undefined {
  const name = written.trim().toLowerCase()
  return list.columns.find((it) =>
    [it.name, ...(it.also ?? [])].some((one) => one.toLowerCase() === name),
  )
}

/** The identity of an object as a reference to it. */
export function referenceTo(object: Json | undefined): JsonObject {
  const { mRID, Names } = (object ?? {}) as JsonObject
  if (mRID !== undefined) return { mRID }
  return Names === undefined ? {} : { Names }
}
