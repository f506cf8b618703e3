// What stands before the root element: the declared encoding, and whether there is a DOCTYPE.
// Reads decoded text; it does not judge whether the prolog is well-formed.

/** What a prolog says. */
export interface Prolog {
  /** name in the XML declaration as written, undefined when there is none */
  readonly declared: string | undefined
  readonly doctype: boolean
}

/** comments and processing instructions: how they begin and end */
const PIECES = [
  ['<!--', '-->'],
  ['<?', '?>'],
] as const

const SPACE = /[ \t\r\n]*/y
const ENCODING = /[ \t\r\n]encoding[ \t\r\n]*=[ \t\r\n]*["']([^"']*)["']/

/**
 * Reads the prolog.
 * @param complete false for the beginning of a longer document
 * @returns undefined when the text ends before it is known what the prolog says
 */
export function readProlog(text: string, complete: boolean): Prolog | undefined {
  const end = endOfProlog(text)
  // What begins last may be cut in two, and a comment begins like a DOCTYPE.
  if (!complete && (end === undefined || text.length - end < '<!--'.length)) return undefined
  return {
    declared: declaredIn(text),
    doctype: end !== undefined && text.startsWith('<!', end),
  }
}

function declaredIn(text: string): string | undefined {
  if (!/^<\?xml[ \t\r\n]/.test(text)) return undefined
  return ENCODING.exec(text.slice(0, Math.max(text.indexOf('?>'), 0)))?.[1]
}

/** Where the first thing begins that is neither white space, comment nor processing instruction. */
export function endOfProlog(text: string): number | undefined {
  let at = skipSpace(text, 0)
  for (;;) {
    const piece = PIECES.find(([begin]) => text.startsWith(begin, at))
    if (piece === undefined) return at
    const [begin, finish] = piece
    const end = text.indexOf(finish, at + begin.length)
    if (end < 0) return undefined
    at = skipSpace(text, end + finish.length)
  }
}

function skipSpace(text: string, from: number): number {
  SPACE.lastIndex = from
  SPACE.test(text)
  return SPACE.lastIndex
}
