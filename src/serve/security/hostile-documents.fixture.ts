// For tests only: documents made to do harm, class by class. Each is made of a sound one, so that one and the same mischief can
// stand at the top, inside Payload, inside Compressed and inside SOAP.

import type { Canaries } from './canaries.fixture.ts'
import { ENCODINGS, DECLARED } from './encodings.fixture.ts'
import { QUIET_DOCTYPES, callingDoctypes } from './doctypes.fixture.ts'
import type { Doctype } from './doctypes.fixture.ts'
import { STRUCTURES } from './structures.fixture.ts'

/**
 * What has to become of a document: `doctype` and `encoding` and `limit` are refused by name, `malformed` is no XML at all,
 * `unreadable` is one of these (octets of no encoding that we know), `invalid` is XML and no valid message, `harmless` is taken.
 */
export type Fate =
  'doctype' | 'encoding' | 'unreadable' | 'limit' | 'malformed' | 'invalid' | 'harmless'

/** One mischief. */
export interface Hostile {
  readonly name: string
  readonly fate: Fate
  /** where it stands inside of a document; `alone`: it makes no sense there */
  readonly inside: Fate | 'alone'
  /** Done to a sound document, of which VALUE is a text that means nothing. */
  readonly done: (sound: string) => string | Uint8Array
}

/** A text of a sound document that may be anything. */
export const VALUE = 'value-of-no-meaning'

/** Everything that is not made by a seed. */
export function hostileDocuments(canaries: Canaries): readonly Hostile[] {
  const doctypes = { ...QUIET_DOCTYPES, ...callingDoctypes(canaries) }
  return [
    ...Object.entries(doctypes).map(([name, it]) => doctyped(name, it)),
    ...Object.entries(doctypes).flatMap(([name, it]) => inEncodings(name, it)),
    ...contradictions(),
    ...excesses(),
    ...characters(),
    ...octets(),
    ...STRUCTURES(canaries),
  ]
}

/** `<!doctype` and `<!` of nothing are not well-formed; no guard has to know more than that they begin like one. */
function doctyped(name: string, it: Doctype): Hostile {
  return { name, fate: 'doctype', inside: 'malformed', done: (sound) => withDoctype(sound, it) }
}

function withDoctype(sound: string, { before, reference }: Doctype): string {
  return before + sound.replace(VALUE, () => reference)
}

function inEncodings(name: string, it: Doctype): readonly Hostile[] {
  return Object.entries(ENCODINGS).map(([encoding, { declared, write, isRead }]) => ({
    name: `${name}, in ${encoding}`,
    fate: isRead ? 'doctype' : 'unreadable',
    inside: 'alone',
    done: (sound) => write(`<?xml version="1.0" encoding="${declared}"?>${withDoctype(sound, it)}`),
  }))
}

/** Names that agree with octets which are those of an encoding; a document of ASCII is in all that begin with it. */
const AGREED: Readonly<Record<string, readonly string[]>> = {
  'UTF-8': ['UTF-8', 'utf8', 'US-ASCII', 'ISO-8859-1', 'latin1'],
  'ISO-8859-1': ['UTF-8', 'utf8', 'US-ASCII', 'ISO-8859-1', 'latin1'],
  'US-ASCII': ['UTF-8', 'utf8', 'US-ASCII', 'ISO-8859-1', 'latin1'],
  'UTF-8 with mark': ['UTF-8', 'utf8'],
  'UTF-16LE with mark': ['UTF-16', 'UTF-16LE'],
  'UTF-16BE with mark': ['UTF-16', 'UTF-16BE'],
}

function fateOf(encoding: string, declared: string): Fate {
  const agreed = AGREED[encoding]
  if (agreed === undefined) return 'unreadable'
  return agreed.includes(declared) ? 'harmless' : 'encoding'
}

function contradictions(): readonly Hostile[] {
  return Object.entries(ENCODINGS).flatMap(([encoding, { write }]) =>
    DECLARED.map((declared) => ({
      name: `${encoding} that is declared ${declared}`,
      fate: fateOf(encoding, declared),
      inside: 'alone',
      done: (sound) => write(`<?xml version="1.0" encoding="${declared}"?>${sound}`),
    })),
  )
}

const times = (count: number, text: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => text(at)).join('')

/** Puts a thing in the place of the one text that means nothing. */
const inText = (text: string) => (sound: string) => sound.replace(VALUE, () => text)
/** Puts attributes upon the element around it. */
const onElement = (attributes: string) => (sound: string) =>
  sound.replace(new RegExp(`<(\\w+)>${VALUE}`), (_, name: string) => `<${name} ${attributes}>x`)

function excesses(): readonly Hostile[] {
  const deep = (it: number) => `${'<a>'.repeat(it)}${'</a>'.repeat(it)}`
  const rows: readonly (readonly [string, Fate, (sound: string) => string])[] = [
    ...[65, 100, 255, 257, 1_000, 10_000, 100_000].map(
      (it) => [`${it} levels`, 'limit', inText(deep(it))] as const,
    ),
    ...[129, 1_000, 10_000, 100_000].map(
      (it) => [`${it} attributes`, 'limit', onElement(times(it, (at) => `a${at}="" `))] as const,
    ),
    ...[65, 1_000, 10_000].map(
      (it) =>
        [
          `${it} namespaces`,
          'limit',
          onElement(times(it, (at) => `xmlns:a${at}="u:${at}" `)),
        ] as const,
    ),
    ...[257, 1_000, 10_000, 60_000].flatMap((it) => [
      [`a name of ${it}`, 'limit', inText(`<${'a'.repeat(it)}/>`)] as const,
      [`an attribute's name of ${it}`, 'limit', onElement(`${'a'.repeat(it)}=""`)] as const,
    ]),
    ['1,000,001 elements', 'limit', inText('<a/>'.repeat(1_000_001))],
    ['1,000,001 elements and attributes', 'limit', inText('<a b=""/>'.repeat(500_001))],
    ['a text of 1 MB', 'harmless', inText('x'.repeat(1_000_000))],
    ['100,000 references to characters', 'harmless', inText('&#65;'.repeat(100_000))],
    ['100,000 references to nothing', 'malformed', inText('&x;'.repeat(100_000))],
    ['100,000 comments', 'harmless', inText('<!---->'.repeat(100_000))],
    ['100,000 instructions', 'harmless', inText('<?p?>'.repeat(100_000))],
    ['100,000 sections of CDATA', 'harmless', inText('<![CDATA[x]]>'.repeat(100_000))],
    ['100,000 tags that never end', 'malformed', inText('<a '.repeat(100_000))],
    ['60 elements that never end', 'malformed', inText('<a>'.repeat(60))],
    ['a comment of 1 MB', 'harmless', inText(`<!--${'x'.repeat(1_000_000)}-->`)],
    ['a comment without end', 'malformed', inText(`<!--${'-x'.repeat(50_000)}`)],
    ['CDATA without end', 'malformed', inText(`<![CDATA[${']'.repeat(100_000)}`)],
    ['an instruction without end', 'malformed', inText(`<?p ${'?'.repeat(100_000)}`)],
    ['an attribute without end', 'malformed', onElement(`a="${'x'.repeat(100_000)}`)],
  ]
  return rows.map(([name, fate, done]) => ({ name, fate, inside: fate, done }))
}

const hex = (code: number) => code.toString(16).toUpperCase().padStart(4, '0')
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at)

/** XML 1.0 §2.2: C0 but for TAB, LF and CR, surrogates, and the two that end the plane. C1 is allowed. */
const FORBIDDEN = [...range(0, 8), 11, 12, ...range(14, 31), 0xfffe, 0xffff]
const C1 = range(0x7f, 0x9f)

function characters(): readonly Hostile[] {
  const raw = (code: number) => String.fromCharCode(code)
  const places: Readonly<Record<string, (text: string) => (sound: string) => string>> = {
    'in a text': inText,
    'in an attribute': (text) => onElement(`a="${text}"`),
    'in a comment': (text) => inText(`<!--${text}-->`),
  }
  const everywhere = (what: string, text: string, fate: Fate): readonly Hostile[] =>
    Object.entries(places).map(([place, put]) => {
      // An attribute that nobody knows is no valid message, and a reference in a comment is none.
      const is = fate !== 'malformed' && place === 'in an attribute' ? 'invalid' : fate
      return { name: `${what} ${place}`, fate: is, inside: is, done: put(text) }
    })
  const referred = (what: string, text: string, fate: Fate): readonly Hostile[] =>
    everywhere(what, text, fate).filter((it) => !it.name.endsWith('comment'))
  return [
    ...FORBIDDEN.flatMap((it) => [
      ...everywhere(`U+${hex(it)}`, raw(it), 'malformed'),
      ...referred(`a reference to U+${hex(it)}`, `&#${it};`, 'malformed'),
      ...referred(`a hexadecimal reference to U+${hex(it)}`, `&#x${hex(it)};`, 'malformed'),
    ]),
    ...[0xd800, 0xdbff, 0xdc00, 0xdfff, 0x110000, 0xffffffff, 2 ** 40].flatMap((it) =>
      referred(`a reference to U+${hex(it)}`, `&#x${hex(it)};`, 'malformed'),
    ),
    ...C1.flatMap((it) => everywhere(`U+${hex(it)}`, raw(it), 'harmless')),
    ...['&#;', '&#x;', '&#-1;', '&#xG;', '&#1 ;', '& lt;', '&lt', '&', '&LT;', '&nbsp;'].flatMap(
      (it) => referred(`the reference ${it}`, it, 'malformed'),
    ),
  ]
}

/** Sequences that are no UTF-8 (Unicode 3.9, table 3-7). */
const NO_UTF_8: readonly string[] = [
  ...['80', 'bf', '80bf', 'c0', 'c080', 'c0af', 'c1bf', 'c2', 'c220', 'df', 'e0', 'e080', 'e08080'],
  ...[
    'e09fbf',
    'e0a0',
    'e0a020',
    'eda080',
    'edadbf',
    'edb080',
    'edbfbf',
    'eda080edb080',
    'ef',
    'efbf',
  ],
  ...['f0', 'f08080', 'f0808080', 'f08fbfbf', 'f09f', 'f09f98', 'f4908080', 'f5808080', 'f7bfbfbf'],
  ...[
    'f888808080',
    'fbbfbfbfbf',
    'fc8480808080',
    'fdbfbfbfbfbf',
    'fe',
    'ff',
    'feff',
    'fffe',
    'c3c3a9',
  ],
]

function octets(): readonly Hostile[] {
  const places: Readonly<Record<string, (text: string) => string>> = {
    'in a text': (it) => `x${it}`,
    'in a comment': (it) => `<!--${it}-->`,
    'in CDATA': (it) => `<![CDATA[${it}]]>`,
    'in a name': (it) => `<a${it}/>`,
  }
  return NO_UTF_8.flatMap((it) =>
    Object.entries(places).map(([place, put]) => ({
      name: `the octets ${it} ${place}`,
      fate: 'malformed',
      inside: 'malformed',
      done: (sound) => {
        const [before = '', behind = ''] = inText(put(VALUE))(sound).split(VALUE)
        return Buffer.concat([Buffer.from(before), Buffer.from(it, 'hex'), Buffer.from(behind)])
      },
    })),
  )
}
