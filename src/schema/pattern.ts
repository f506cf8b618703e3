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

function rewrite(text: string): string {
  let out = ''
  let depth = 0 // of character classes
  for (let at = 0; at < text.length; at += 1) {
    const it = text.charAt(at)
    if (it === '\\') {
      at += 1
      out += escape(text.charAt(at))
    } else if (it === '[') {
      depth += 1
      out += it
    } else if (it === ']') {
      depth -= 1
      out += it
    } else if (depth > 0) {
      // `-[` is subtraction; a leading or trailing hyphen and the v-flag's reserved marks are literals.
      if (it === '-' && text.charAt(at + 1) === '[') out += '--'
      else if (it === '-' && isEdge(text, at)) out += '\\-'
      else out += '(){}/|&!#%,.:;<=>@`~$'.includes(it) ? `\\${it}` : it
    } else {
      // ^ and $ are ordinary characters in XML Schema.
      out += it === '^' || it === '$' ? `\\${it}` : it === '.' ? '[^\\n\\r]' : it
    }
  }
  return out
}

function isEdge(text: string, at: number): boolean {
  const before = text.charAt(at - 1)
  return (
    before === '[' || (before === '^' && text.charAt(at - 2) === '[') || text.charAt(at + 1) === ']'
  )
}

function escape(letter: string): string {
  const known = ESCAPES[letter]
  if (known !== undefined) return known
  if (/[pPnrt]/.test(letter)) return `\\${letter}`
  return `\\${letter}`
}
