// The line of the source text that a finding means, and what of it is underlined.
// It cuts a window out of the text, so that a document of one long line costs no more than one of many.

import type { Extent } from './extent.ts'
import { columnsOf, dotted } from './printable.ts'

/** One line, cut to fit, safe to print. */
export interface Excerpt {
  readonly text: string
  /** columns to leave free in front of the caret; undefined where the column is unknown */
  readonly caret: number | undefined
  /** columns to underline from the caret on, at least 1; 0 without a caret */
  readonly length: number
  /** of the line, from 1: what is meant may stand below the place of the finding */
  readonly line: number
}

/**
 * Finds excerpts of one source text; lines are looked up only as far down as they are asked for.
 * @returns a function of line and column (both from 1, column 0 = unknown), the columns to fill and what is meant at that
 *   offset; undefined where the text has no such place
 */
export function excerptsOf(source: string) {
  const startOf = lineStarts(source)
  return (
    line: number,
    column: number,
    width: number,
    extentAt: (source: string, offset: number) => Extent = single,
  ): Excerpt | undefined => {
    const start = startOf(line)
    if (start === undefined) return undefined
    if (column < 1) return cut(source, { start, line }, undefined, width)
    const offset = start + column - 1
    const extent = extentAt(source, offset)
    const own = { start, line }
    const place = extent.start === offset ? own : lineOf(extent.start, own, startOf)
    return cut(source, place, extent, width)
  }
}

function single(_source: string, offset: number): Extent {
  return { start: offset, end: offset + 1 }
}

interface Line {
  readonly start: number
  /** from 1 */
  readonly line: number
}

/** The line of an offset that is at or below a line that is known. */
function lineOf(offset: number, from: Line, startOf: (line: number) => number | undefined): Line {
  let at = from
  for (let next = startOf(at.line + 1); next !== undefined && next <= offset;) {
    at = { start: next, line: at.line + 1 }
    next = startOf(at.line + 1)
  }
  return at
}

function lineStarts(source: string): (line: number) => number | undefined {
  const starts = [0]
  return (line) => {
    while (starts.length < line) {
      const end = source.indexOf('\n', starts.at(-1))
      if (end < 0) return undefined
      starts.push(end + 1)
    }
    return starts[line - 1]
  }
}

function cut(
  source: string,
  { start, line }: Line,
  extent: Extent | undefined,
  width: number,
): Excerpt | undefined {
  const offset = extent === undefined ? 0 : extent.start - start
  const hidden = offset < width * 0.6 ? 0 : offset - Math.floor(width * 0.3)
  // one unit more than fits tells whether the line goes on
  const [window = ''] = source.slice(start + hidden, start + hidden + width + 1).split(/\r?\n/, 1)
  const before = window.slice(0, offset - hidden)
  if (window.trim() === '' || before.length < offset - hidden) return undefined
  const front = hidden > 0 ? '…' : ''
  const text = window.length > width ? `${window.slice(0, width - 1)}…` : window
  const shown = { text: front + dotted(text), line }
  if (extent === undefined) return { ...shown, caret: undefined, length: 0 }
  const meant = text.slice(offset - hidden, extent.end - start - hidden)
  const length = Math.max(columnsOf(dotted(meant)), 1)
  return { ...shown, caret: front.length + columnsOf(dotted(before)), length }
}
