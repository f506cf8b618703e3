// The encoding of a document: what its first octets say, what it declares, and whether the two agree.
// The parser is told the outcome, so that it cannot come to another one.

/** What is read. US-ASCII is kept apart from UTF-8 because an octet above 127 is an error in it. */
export type Encoding = 'utf-8' | 'us-ascii' | 'utf-16le' | 'utf-16be' | 'iso-8859-1'

/** What the first octets tell. */
export interface Signature {
  readonly octets: readonly number[]
  readonly words: string
  /** declared names that agree with it, in lower case, by what they are read as; none = not read at all */
  readonly names: Readonly<Record<string, Encoding>>
  /** what it is when nothing is declared */
  readonly otherwise?: Encoding
}

const UTF_8 = { 'utf-8': 'utf-8', utf8: 'utf-8' } as const
const SINGLE_OCTETS = {
  ...UTF_8,
  'us-ascii': 'us-ascii',
  ascii: 'us-ascii',
  'iso-8859-1': 'iso-8859-1',
  latin1: 'iso-8859-1',
} as const
const UTF_16LE = { 'utf-16': 'utf-16le', 'utf-16le': 'utf-16le' } as const
const UTF_16BE = { 'utf-16': 'utf-16be', 'utf-16be': 'utf-16be' } as const

const PLAIN: Signature = {
  octets: [],
  words: 'octets without byte order mark',
  names: SINGLE_OCTETS,
  otherwise: 'utf-8',
}

/** XML 1.0 appendix F, longest first: FF FE 00 00 would else be UTF-16. UTF-16 needs its mark (§4.3.3). */
const SIGNATURES: readonly Signature[] = [
  { octets: [0x00, 0x00, 0xfe, 0xff], words: 'UTF-32', names: {} },
  { octets: [0xff, 0xfe, 0x00, 0x00], words: 'UTF-32', names: {} },
  { octets: [0x00, 0x00, 0x00, 0x3c], words: 'UTF-32', names: {} },
  { octets: [0x3c, 0x00, 0x00, 0x00], words: 'UTF-32', names: {} },
  { octets: [0x4c, 0x6f, 0xa7, 0x94], words: 'EBCDIC', names: {} },
  { octets: [0x2b, 0x2f, 0x76], words: 'UTF-7', names: {} },
  {
    octets: [0xef, 0xbb, 0xbf],
    words: 'a UTF-8 byte order mark',
    names: UTF_8,
    otherwise: 'utf-8',
  },
  {
    octets: [0xff, 0xfe],
    words: 'a UTF-16 byte order mark',
    names: UTF_16LE,
    otherwise: 'utf-16le',
  },
  {
    octets: [0xfe, 0xff],
    words: 'a UTF-16 byte order mark',
    names: UTF_16BE,
    otherwise: 'utf-16be',
  },
  { octets: [0x3c, 0x00], words: 'UTF-16 without byte order mark', names: {} },
  { octets: [0x00, 0x3c], words: 'UTF-16 without byte order mark', names: {} },
]

/** What the first octets of a document tell. */
export function signatureOf(bytes: Uint8Array): Signature {
  return SIGNATURES.find(({ octets }) => octets.every((it, at) => bytes[at] === it)) ?? PLAIN
}

/** The encoding, or undefined when octets and declaration contradict each other or name what is not read. */
export function encodingOf(
  { names, otherwise }: Signature,
  declared: string | undefined,
): Encoding | undefined {
  if (otherwise === undefined || declared === undefined) return otherwise
  const name = declared.toLowerCase()
  return Object.hasOwn(names, name) ? names[name] : undefined
}

/**
 * The text of a document, without byte order mark.
 * Malformed sequences become U+FFFD: whether they are there is for the parser to say.
 */
export function decode(bytes: Uint8Array, encoding: Encoding): string {
  const octets = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (encoding === 'iso-8859-1' || encoding === 'us-ascii') return octets.toString('latin1')
  // The same as a TextDecoder of UTF-8, which takes far longer to set up.
  if (encoding === 'utf-8') return octets.toString('utf8').replace(/^\ufeff/, '')
  return new TextDecoder(encoding).decode(bytes)
}
