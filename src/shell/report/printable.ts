// Makes foreign text fit to print: nothing in a message or a file name may steer a terminal, reorder a
// line or break a report. It escapes, shortens, wraps and measures; it does not know what a finding is.

/**
 * Control, format (bidirectional overrides, zero width), surrogate halves, line and paragraph
 * separators, and noncharacters, which XML 1.0 forbids even as references.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** Most texts are, and to look for what is not costs more. */
const PLAIN = /^[ -~]*$/

/** The text with every character that does not show itself written as an escape: ESC becomes `\u001b`. */
export function printable(text: string): string {
  if (PLAIN.test(text)) return text
  return text.replace(INVISIBLE, (it) => SHORT[it] ?? unicodeEscape(it))
}

/** One line of source text with one `·` for each invisible UTF-16 unit, so that columns stay where they are. */
export function dotted(text: string): string {
  return text.replaceAll('\t', ' ').replace(INVISIBLE, (it) => '·'.repeat(it.length))
}

/** Compact JSON in which invisible characters are escaped too: JSON itself allows U+009B, which starts a terminal command. */
export function jsonText(value: unknown, keys?: readonly string[]): string {
  return JSON.stringify(value, keys === undefined ? null : [...keys]).replace(
    INVISIBLE,
    unicodeEscape,
  )
}

function unicodeEscape(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
  return units.map((it) => `\\u${it.toString(16).padStart(4, '0')}`).join('')
}

/** At most `limit` UTF-16 units, the end cut off. */
export function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text
  return `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

/** At most `limit` UTF-16 units, whole steps cut off in front: the end of a path says more than its root. */
export function shortenedPath(path: string, limit: number): string {
  if (path.length <= limit) return path
  const end = path.slice(path.length - limit + 1)
  return `…${end.slice(Math.max(end.indexOf('/'), 0)).replace(/^[\udc00-\udfff]/, '')}`
}

/** Lines of at most `width` UTF-16 units, broken at spaces; a longer word is broken where it must be. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let rest = text
  while (rest.length > width) {
    const space = rest.lastIndexOf(' ', width)
    const end = space > 0 ? space : width
    lines.push(rest.slice(0, end))
    rest = rest.slice(space > 0 ? end + 1 : end)
  }
  return [...lines, rest]
}

const COMBINING = /^\p{M}/u
const WIDE =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]/u

/** Columns that text takes on a terminal: East Asian characters take two, combining marks none. */
export function columnsOf(text: string): number {
  return [...text].reduce((sum, it) => sum + (COMBINING.test(it) ? 0 : WIDE.test(it) ? 2 : 1), 0)
}
