// Regular expressions of XML Schema (Part 2 appendix F) as JavaScript ones.
// They differ in anchoring, in a few escapes and in class subtraction; a pattern that cannot be
// translated gives undefined, and the XSD engine alone judges it.

const NAME_START =
  ':A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD'
const NAME_MORE = `${NAME_START}\\-.0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040`

/** multi-character escapes of appendix F.1.1 whose meaning differs from JavaScript's */
const ESCAPES: Readonly<Record<string, string>> = {
  i: `[${NAME_START}]`,
  I: `[^${NAME_START}]`,
  c: `[${NAME_MORE}]`,
  C: `[^${NAME_MORE}]`,
  d: '\\p{Nd}',
  D: '\\P{Nd}',
  w: '[^\\p{P}\\p{Z}\\p{C}]',
  W: '[\\p{P}\\p{Z}\\p{C}]',
  s: '[ \\t\\n\\r]',
  S: '[^ \\t\\n\\r]',
}

const compiled = new Map<string, RegExp | undefined>()

/** The pattern as an anchored expression, compiled once. */
export function patternOf(text: string): RegExp | undefined {
  if (!compiled.has(text)) compiled.set(text, translate(text))
  return compiled.get(text)
}

function translate(text: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${rewrite(text)})$`, 'v')
  } catch {
    return undefined
  }
}

/** Part of a translation, and where the rest of the pattern begins. */
interface Piece {
  readonly out: string
  readonly next: number
}

/** The same as text for the u flag, as JSON Schema wants it; undefined where it needs class subtraction. */
export function portablePattern(text: string): string | undefined {
  const source = patternOf(text)?.source
  if (source === undefined) return undefined
  try {
    return new RegExp(source, 'u').source
  } catch {
    return undefined
  }
}

function rewrite(text: string): string {
  let out = ''
  for (let at = 0; at < text.length;) {
    const piece = outside(text, at)
    out += piece.out
    at = piece.next
  }
  return out
}

function outside(text: string, at: number): Piece {
  const it = text.charAt(at)
  if (it === '\\') return escape(text, at)
  if (it === '[') return classAt(text, at)
  // ^ and $ are ordinary characters in XML Schema.
  const out = it === '^' || it === '$' ? `\\${it}` : it === '.' ? '[^\\n\\r]' : it
  return { out, next: at + 1 }
}

/** A character class from its `[` on; `[a-z-[aeiou]]` is written `[[a-z]--[aeiou]]` in JavaScript. */
function classAt(text: string, start: number): Piece {
  const negated = text.charAt(start + 1) === '^'
  const first = start + (negated ? 2 : 1)
  let out = ''
  for (let at = first; at < text.length;) {
    const it = text.charAt(at)
    if (it === ']' && at > first) return { out: wrapped(out, negated), next: at + 1 }
    if (it === '-' && text.charAt(at + 1) === '[') {
      const taken = classAt(text, at + 1)
      return { out: `[${wrapped(out, negated)}--${taken.out}]`, next: taken.next + 1 }
    }
    const piece = inside(text, at, first)
    out += piece.out
    at = piece.next
  }
  throw new SyntaxError('a character class does not end')
}

function wrapped(members: string, negated: boolean): string {
  return `[${negated ? '^' : ''}${members}]`
}

/** Reserved in classes of the v flag, ordinary in XML Schema; written by number, which the u flag takes, too. */
const RESERVED = '(){}/|&!#%,.:;<=>@`~$^[*+?'

function inside(text: string, at: number, first: number): Piece {
  const it = text.charAt(at)
  if (it === '\\') return escape(text, at)
  const literal = it === '-' && (at === first || text.charAt(at + 1) === ']')
  return { out: literal || RESERVED.includes(it) ? byNumber(it) : it, next: at + 1 }
}

function byNumber(it: string): string {
  return `\\x${it.charCodeAt(0).toString(16).padStart(2, '0')}`
}

/** What may be escaped in XML Schema and stands for itself; of these, the v flag takes `-` only in a class. */
const ITSELF = '\\|.?*+(){}[]^-'

function escape(text: string, at: number): Piece {
  const letter = text.charAt(at + 1)
  const category = /^\\[pP]\{[^}]*\}/.exec(text.slice(at))?.[0]
  if (category !== undefined) return { out: category, next: at + category.length }
  const known = ESCAPES[letter]
  if (known === undefined && !ITSELF.includes(letter) && !'nrt'.includes(letter))
    throw new SyntaxError(`\\${letter} is no escape of XML Schema`)
  const out = known ?? (letter === '-' ? byNumber(letter) : `\\${letter}`)
  return { out, next: at + 2 }
}
