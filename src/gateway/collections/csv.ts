// Rows of a CSV, some at a time, so that others have their turn between: RFC 4180, with the separators that spreadsheets
// write besides. A row is cut where its line ends unless a quotation mark is open; most rows have none, and are only split.
// csv-parse, which reads files as they come in (shell), takes ten times as long for a text that is in memory already, and all
// of that before the acknowledgement; a test holds both equal.

/** Rows, and where the next one begins. */
export interface Rows {
  readonly rows: readonly (readonly string[])[]
  /** the length of the text at its end */
  readonly next: number
}

/** A quotation mark that is never closed. @param at offset of its row */
export class OpenQuote extends Error {
  readonly at: number

  constructor(at: number) {
    super('A quotation mark is never closed.')
    this.at = at
  }
}

const QUOTE = 0x22
const LINE_FEED = 0x0a
const RETURN = 0x0d

/** Separators that are known; the one that a header has most of is meant. */
const SEPARATORS = [',', ';', '\t', '|'] as const

/** Where the first row begins: behind a byte order mark. */
export function beginningOf(text: string): number {
  return text.charCodeAt(0) === 0xfeff ? 1 : 0
}

/** The separator of a text, by its first line. */
export function separatorOf(text: string): string {
  const end = text.indexOf('\n')
  const head = end < 0 ? text : text.slice(0, end)
  const counts = SEPARATORS.map((it) => head.split(it).length)
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ','
}

/**
 * The next rows; empty lines are none.
 * @param at offset at which a row begins @param most rows
 * @throws {OpenQuote}
 */
export function rowsFrom(text: string, at: number, most: number, separator: string): Rows {
  const rows: (readonly string[])[] = []
  let next = at
  while (rows.length < most && next < text.length) {
    const end = endOfRow(text, next)
    const row = text.slice(next, text.charCodeAt(end - 1) === RETURN ? end - 1 : end)
    if (row.trim() !== '')
      rows.push(row.includes('"') ? cellsOf(row, separator) : row.split(separator))
    next = end + 1
  }
  return { rows, next: Math.min(next, text.length) }
}

/** The line feed behind the row, or the end of the text. */
function endOfRow(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  const line = end < 0 ? text.length : end
  // A line without quotation marks ends where it ends; they are looked for in the line alone.
  const quote = text.slice(at, line).indexOf('"')
  if (quote < 0) return line
  let isOpen = false
  for (let place = at + quote; place < text.length; place += 1) {
    const code = text.charCodeAt(place)
    if (code === QUOTE) isOpen = !isOpen
    else if (code === LINE_FEED && !isOpen) return place
  }
  if (isOpen) throw new OpenQuote(at)
  return text.length
}

/** A quoted cell ends at a quotation mark that is not doubled. */
function cellsOf(row: string, separator: string): readonly string[] {
  const cells: string[] = []
  for (let at = 0; at <= row.length;) {
    const [cell, end] =
      row.charCodeAt(at) === QUOTE ? quoted(row, at + 1, separator) : bare(row, at, separator)
    cells.push(cell)
    at = end + 1
  }
  return cells
}

function bare(row: string, at: number, separator: string): readonly [string, number] {
  const end = row.indexOf(separator, at)
  return end < 0 ? [row.slice(at), row.length] : [row.slice(at, end), end]
}

function quoted(row: string, from: number, separator: string): readonly [string, number] {
  let cell = ''
  for (let at = from; ;) {
    const end = row.indexOf('"', at)
    cell += row.slice(at, end < 0 ? row.length : end)
    if (end < 0) return [cell, row.length]
    if (row.charCodeAt(end + 1) === QUOTE) {
      cell += '"'
      at = end + 2
      continue
    }
    const [rest, next] = bare(row, end + 1, separator)
    return [cell + rest, next]
  }
}

/** One row as a line, cells quoted where they have to be. */
export function lineOf(cells: readonly string[]): string {
  return cells
    .map((it) => (/[",;\t|\r\n]/.test(it) ? `"${it.replaceAll('"', '""')}"` : it))
    .join(',')
}
