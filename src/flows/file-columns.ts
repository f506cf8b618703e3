// What is wrong with one record of a file, by the columns of its kind; and with the columns that a file has.

import type { Column, FileKind, Row } from './file-kind.ts'

const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)$/
const BOOLEAN = /^(true|false|1|0)$/
/** xs:dateTime with the zone that it is in: a time without one may be any of 26 hours */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

const IS: Readonly<
  Record<NonNullable<Column['is']>, readonly [(text: string) => boolean, says: string]>
> = {
  decimal: [(text) => DECIMAL.test(text), 'a decimal number such as 0.75'],
  boolean: [(text) => BOOLEAN.test(text), 'true or false'],
  dateTime: [isInstant, 'a time with its zone such as 2026-07-14T05:00:00Z'],
}

/** True for a time of xs:dateTime, with its zone, that there is in the calendar. */
export function isInstant(text: string): boolean {
  if (!INSTANT.test(text)) return false
  const [day = 0, hour = 0] = [text.slice(8, 10), text.slice(11, 13)].map(Number)
  const at = Date.parse(text)
  // Date.parse makes the 1st of March of the 30th of February.
  return !Number.isNaN(at) && hour < 24 && day === dayIn(text)
}

function dayIn(text: string): number {
  return new Date(Date.parse(`${text.slice(0, 10)}T00:00:00Z`)).getUTCDate()
}

/** One sentence for each thing that is wrong with a record; values are not repeated, because they may be long. */
export function faultsIn(row: Row, kind: FileKind): readonly string[] {
  const own = kind.columns.flatMap((column) => faultOf(column, row[column.name] ?? ''))
  return own.length > 0 ? own : (kind.faults?.(row) ?? [])
}

function faultOf(column: Column, text: string): readonly string[] {
  const { name, required, is, most, among } = column
  if (text === '') return required ? [`${name} is empty`] : []
  if (most !== undefined && text.length > most)
    return [`${name} has ${text.length} characters, and at most ${most} are allowed`]
  if (among !== undefined && !Object.hasOwn(among, text))
    return [`${name} is none of ${Object.keys(among).join(', ')}`]
  const [isRight, says] = is === undefined ? [] : IS[is]
  return isRight === undefined || isRight(text) ? [] : [`${name} is not ${says}`]
}

/** Where the columns of a kind stand in a file, or what is wrong with its first line. */
export function placesIn(
  header: readonly string[],
  { columns }: FileKind,
): { readonly places: readonly string[] } | { readonly fault: string } {
  const names = header.map((it) => it.trim())
  const twice = names.find((it, at) => names.indexOf(it) !== at)
  if (twice !== undefined) return { fault: `The column ${twice} is there twice.` }
  const lacking = columns.filter((it) => it.required && !names.includes(it.name))
  if (lacking.length > 0)
    return { fault: `The first line lacks ${lacking.map((it) => it.name).join(', ')}.` }
  return { places: names }
}

/** The values of a record by the names of their columns; undefined where there are more or fewer of them than columns. */
export function rowOf(values: readonly string[], places: readonly string[]): Row | undefined {
  if (values.length !== places.length) return undefined
  // A plain object, because there is one for each of a million lines; no kind has a column called like what all objects have.
  const row: Record<string, string> = {}
  for (const [at, name] of places.entries()) row[name] = values[at] ?? ''
  return row
}
