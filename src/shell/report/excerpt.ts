// The line of the source text that a finding means, and where its caret stands.
// It cuts a window out of the text, so that a document of one long line costs no more than one of many.

import { columnsOf, dotted } from './printable.ts'

/** One line, cut to fit, safe to print. */
export interface Excerpt {
  readonly text: string
  /** columns to leave free in front of the caret; undefined where the column is unknown */
  readonly caret: number | undefined
}

/**
 * Finds excerpts of one source text; lines are looked up only as far down as they are asked for.
 * @returns a function of line and column (both from 1, column 0 = unknown) and the columns to fill;
 *   undefined where the text has no such place
 */
export function excerptsOf(source: string) {
  const startOf = lineStarts(source)
  return (line: number, column: number, width: number): Excerpt | undefined => {
    const start = startOf(line)
    return start === undefined ? undefined : cut(source, start, column, width)
  }
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

function cut(source: string, start: number, column: number, width: number): Excerpt | undefined {
  const offset = Math.max(column - 1, 0)
  const hidden = offset < width * 0.6 ? 0 : offset - Math.floor(width * 0.3)
  // one unit more than fits tells whether the line goes on
  const [window = ''] = source.slice(start + hidden, start + hidden + width + 1).split(/\r?\n/, 1)
  const before = window.slice(0, offset - hidden)
  if (window.trim() === '' || before.length < offset - hidden) return undefined
  const front = hidden > 0 ? '…' : ''
  const text = window.length > width ? `${window.slice(0, width - 1)}…` : window
  const caret = column > 0 ? front.length + columnsOf(dotted(before)) : undefined
  return { text: front + dotted(text), caret }
}
