// What is refused before any parser sees it: too many octets, an encoding that we do not read or that
// contradicts itself, and every DOCTYPE in every encoding. Looks at bytes only.

import type { Limits } from '../../envelope/limits.ts'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'iso-8859-1'

/** Why a document is refused. */
export interface Refusal {
  readonly rule: 'LIM-SIZE' | 'LIM-NODES' | 'SEC-DOCTYPE' | 'SEC-ENCODING'
  readonly expected: string
  readonly found: string
  readonly mend: string
}

/** Declared encodings that we read, by what they are read as. */
const NAMES: Readonly<Record<string, Encoding>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'utf-16': 'utf-16le',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'iso-8859-1': 'iso-8859-1',
  latin1: 'iso-8859-1',
}

/** Longest prolog that is searched; a comment may be long, a prolog of more than this is refused. */
const PROLOG_BYTES = 64 * 1024

/** The encoding of an acceptable document, or why it is refused. */
export function guard(
  bytes: Uint8Array,
  limits: Limits,
): { readonly encoding: Encoding } | { readonly refusal: Refusal } {
  if (bytes.length > limits.bodyBytes) {
    return refused(
      'LIM-SIZE',
      `at most ${limits.bodyBytes} octets`,
      `${bytes.length} octets`,
      'Send the objects in several messages, or raise the limit in the configuration.',
    )
  }
  const outer = outerEncoding(bytes)
  const prolog = decode(bytes.subarray(0, PROLOG_BYTES), outer.encoding)
  const declared = /^\uFEFF?<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']/.exec(prolog)?.[1]
  const encoding = combine(outer, declared)
  if (encoding === undefined) {
    return refused(
      'SEC-ENCODING',
      'UTF-8, UTF-16 with a byte order mark, US-ASCII or ISO-8859-1, declared as what it is',
      encodingInWords(outer, declared),
      'Write the message in UTF-8 and declare encoding="UTF-8".',
    )
  }
  if (hasDoctype(prolog, bytes.length > PROLOG_BYTES)) {
    return refused(
      'SEC-DOCTYPE',
      'a document without DOCTYPE',
      'a DOCTYPE or a prolog too long to search',
      'Take the DOCTYPE out; CIM messages need no entities and no DTD.',
    )
  }
  if (tooManyTags(bytes, limits.nodes)) {
    return refused(
      'LIM-NODES',
      `at most ${limits.nodes} elements and attributes`,
      `more than ${limits.nodes}`,
      'Send the objects in several messages.',
    )
  }
  return { encoding }
}

/** The text of a document whose encoding is known, without byte order mark. Malformed sequences become U+FFFD: the parser has the last word. */
export function decode(bytes: Uint8Array, encoding: Encoding): string {
  if (encoding === 'iso-8859-1')
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  return new TextDecoder(encoding).decode(bytes)
}

interface Outer {
  readonly encoding: Encoding
  /** undefined when only the pattern of the first octets tells */
  readonly mark: boolean
}

/** XML 1.0 appendix F: byte order mark, else how `<?` or `<` looks in octets. */
function outerEncoding(bytes: Uint8Array): Outer {
  const [a, b, c, d] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', mark: true }
  if (a === 0xff && b === 0xfe && !(c === 0 && d === 0)) return { encoding: 'utf-16le', mark: true }
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', mark: true }
  if (a === 0x3c && b === 0) return { encoding: 'utf-16le', mark: false }
  if (a === 0 && b === 0x3c) return { encoding: 'utf-16be', mark: false }
  return { encoding: 'utf-8', mark: false }
}

/** undefined when the octets and the declaration contradict each other, or name what we do not read */
function combine({ encoding, mark }: Outer, declared: string | undefined): Encoding | undefined {
  if (declared === undefined) return encoding !== 'utf-8' && !mark ? undefined : encoding
  const named = NAMES[declared.toLowerCase()]
  if (named === undefined) return undefined
  if (encoding === 'utf-8')
    return mark && named !== 'utf-8' ? undefined : named.startsWith('utf-16') ? undefined : named
  // Two-octet text: the declaration may say UTF-16 or the very byte order.
  const name = declared.toLowerCase()
  return name === 'utf-16' || name === encoding ? encoding : undefined
}

function encodingInWords({ encoding, mark }: Outer, declared: string | undefined): string {
  return `${encoding}${mark ? ' by its byte order mark' : ''}, ${declared === undefined ? 'nothing declared' : `declared ${declared}`}`
}

/** Searches the prolog: what is neither white space, comment nor processing instruction ends it. */
function hasDoctype(prolog: string, cut: boolean): boolean {
  let at = prolog.charCodeAt(0) === 0xfeff ? 1 : 0
  for (;;) {
    while (/\s/.test(prolog.charAt(at))) at += 1
    const end = prolog.startsWith('<!--', at)
      ? after(prolog, '-->', at + 4)
      : prolog.startsWith('<?', at)
        ? after(prolog, '?>', at + 2)
        : undefined
    if (end === undefined) return prolog.startsWith('<!', at)
    // A comment that does not end here either hides the rest or is not well-formed.
    if (end < 0) return cut
    at = end
  }
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from)
  return at < 0 ? -1 : at + mark.length
}

/** Counts `<`: a document with fewer of them than allowed nodes cannot have too many elements. */
function tooManyTags(bytes: Uint8Array, most: number): boolean {
  if (bytes.length < most) return false
  let left = most * 2 // start and end tags
  for (let at = bytes.indexOf(0x3c); at >= 0; at = bytes.indexOf(0x3c, at + 1)) {
    left -= 1
    if (left < 0) return true
  }
  return false
}

function refused(
  rule: Refusal['rule'],
  expected: string,
  found: string,
  mend: string,
): { refusal: Refusal } {
  return { refusal: { rule, expected, found, mend } }
}
