// For tests only: a text in every encoding that a document may come in, those that are not read among them.

/** How a text becomes octets, and what its declaration says. */
export interface TestEncoding {
  /** in the XML declaration */
  readonly declared: string
  readonly write: (text: string) => Uint8Array
  /** cimgate reads it */
  readonly isRead: boolean
}

const MARK = '\uFEFF'
const little = (text: string) => Buffer.from(text, 'utf16le')
const big = (text: string) => Buffer.from(text, 'utf16le').swap16()

function fourOctets(text: string, order: 'LE' | 'BE'): Uint8Array {
  const octets = Buffer.alloc(4 * [...text].length)
  let at = 0
  for (const it of text) at = octets[`writeUInt32${order}`](it.codePointAt(0) ?? 0, at)
  return octets
}

/** RFC 2152: what is not plain stands in base64 of UTF-16. */
function sevenBits(text: string): Uint8Array {
  const packed = (it: string) => `+${big(it).toString('base64').replace(/=+$/, '')}-`
  return Buffer.from(text.replace(/[<>&!"#$%*;=@[\]^_`{|}\\~]+/g, packed), 'latin1')
}

/** Of code page 37, what messages consist of; the invariant characters of EBCDIC among them. */
const EBCDIC: Readonly<Record<string, number>> = {
  ' ': 0x40,
  '.': 0x4b,
  '<': 0x4c,
  '(': 0x4d,
  '+': 0x4e,
  '|': 0x4f,
  '&': 0x50,
  '!': 0x5a,
  $: 0x5b,
  '*': 0x5c,
  ')': 0x5d,
  ';': 0x5e,
  '-': 0x60,
  '/': 0x61,
  ',': 0x6b,
  '%': 0x6c,
  _: 0x6d,
  '>': 0x6e,
  '?': 0x6f,
  ':': 0x7a,
  '#': 0x7b,
  '@': 0x7c,
  "'": 0x7d,
  '=': 0x7e,
  '"': 0x7f,
  '[': 0xba,
  ']': 0xbb,
  '\n': 0x25,
}

function ebcdic(text: string): Uint8Array {
  return Uint8Array.from(text, (it) => EBCDIC[it] ?? letter(it.charCodeAt(0)))
}

function letter(code: number): number {
  if (code >= 0x30 && code <= 0x39) return 0xf0 + code - 0x30
  const at = (code | 0x20) - 0x61
  if (at < 0 || at > 25) return 0x6f
  const low = at < 9 ? 0x81 + at : at < 18 ? 0x91 + at - 9 : 0xa2 + at - 18
  return code < 0x61 ? low + 0x40 : low
}

export const ENCODINGS: Readonly<Record<string, TestEncoding>> = {
  'UTF-8': { declared: 'UTF-8', isRead: true, write: (it) => Buffer.from(it) },
  'UTF-8 with mark': { declared: 'utf-8', isRead: true, write: (it) => Buffer.from(MARK + it) },
  'UTF-16LE with mark': { declared: 'UTF-16', isRead: true, write: (it) => little(MARK + it) },
  'UTF-16BE with mark': { declared: 'UTF-16', isRead: true, write: (it) => big(MARK + it) },
  'UTF-16LE without mark': { declared: 'UTF-16LE', isRead: false, write: little },
  'UTF-16BE without mark': { declared: 'UTF-16BE', isRead: false, write: big },
  'ISO-8859-1': { declared: 'ISO-8859-1', isRead: true, write: (it) => Buffer.from(it, 'latin1') },
  'US-ASCII': { declared: 'US-ASCII', isRead: true, write: (it) => Buffer.from(it, 'latin1') },
  'UTF-7': { declared: 'UTF-7', isRead: false, write: sevenBits },
  'UTF-7 in the text alone': {
    declared: 'UTF-7',
    isRead: false,
    write: (it) => Buffer.concat([Buffer.from(it.slice(0, 40)), sevenBits(it.slice(40))]),
  },
  'UTF-7 with mark': {
    declared: 'UTF-7',
    isRead: false,
    write: (it) => Buffer.concat([Buffer.from('+/v8-'), sevenBits(it)]),
  },
  EBCDIC: { declared: 'ebcdic-cp-us', isRead: false, write: ebcdic },
  'UTF-32LE': { declared: 'UTF-32', isRead: false, write: (it) => fourOctets(it, 'LE') },
  'UTF-32BE': { declared: 'UTF-32', isRead: false, write: (it) => fourOctets(it, 'BE') },
  'UTF-32LE with mark': {
    declared: 'UTF-32',
    isRead: false,
    write: (it) => fourOctets(MARK + it, 'LE'),
  },
  'UTF-32BE with mark': {
    declared: 'UTF-32',
    isRead: false,
    write: (it) => fourOctets(MARK + it, 'BE'),
  },
}

/** Names that a declaration may bear. */
export const DECLARED: readonly string[] = [
  ...['UTF-8', 'utf8', 'UTF-16', 'UTF-16LE', 'UTF-16BE', 'ISO-8859-1', 'latin1', 'US-ASCII'],
  ...['UTF-7', 'UTF-32', 'UCS-4', 'ebcdic-cp-us', 'IBM037', 'windows-1252', 'Shift_JIS', 'GBK'],
  ...['utf-8 ', 'x-user-defined', '__proto__', 'constructor'],
]
