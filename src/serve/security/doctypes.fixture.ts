// For tests only: what a DOCTYPE can be made to do: entities that grow, entities from elsewhere, defaults, and nothing at all.

import type { Canaries } from './canaries.fixture.ts'

/** A DOCTYPE, and what refers to it in the text of an element. */
export interface Doctype {
  readonly before: string
  readonly reference: string
}

const times = (count: number, text: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => text(at)).join('')

const subset = (declarations: string, reference = '&e;'): Doctype => ({
  before: `<!DOCTYPE r [${declarations}]>`,
  reference,
})
const plain = (before: string): Doctype => ({ before, reference: '' })

/** What reads a file or opens a connection, if anybody follows it. */
export function callingDoctypes({ http, name, file }: Canaries): Readonly<Record<string, Doctype>> {
  const calls = Object.entries({ http, name, file })
  const of = (what: string, make: (address: string) => Doctype) =>
    calls.map(([which, address]): [string, Doctype] => [`${what}, ${which}`, make(address)])
  return Object.fromEntries([
    ...of('an external entity', (it) => subset(`<!ENTITY e SYSTEM "${it}">`)),
    ...of('a public external entity', (it) => subset(`<!ENTITY e PUBLIC "-//x" '${it}'>`)),
    ...of('an external parameter entity', (it) => subset(`<!ENTITY % p SYSTEM "${it}"> %p;`, 'x')),
    ...of('an external entity by a parameter entity', (it) =>
      subset(
        `<!ENTITY % a SYSTEM "${it}"><!ENTITY % b "<!ENTITY &#37; c SYSTEM '${it}?%a;'>">%b;%c;`,
        'x',
      ),
    ),
    ...of('an external subset', (it) => plain(`<!DOCTYPE r SYSTEM "${it}">`)),
    ...of('a public subset', (it) =>
      plain(`<!DOCTYPE r PUBLIC "-//W3C//DTD XHTML 1.0//EN" "${it}">`),
    ),
    ...of('an entity in an attribute default', (it) =>
      subset(`<!ENTITY e SYSTEM "${it}"><!ATTLIST r a CDATA "&e;">`, 'x'),
    ),
    ...of('an unparsed entity', (it) =>
      subset(`<!NOTATION n SYSTEM "${it}"><!ENTITY u SYSTEM "${it}" NDATA n>`, 'x'),
    ),
  ])
}

/** The same name after name, each of the one before: 10 of 10 of 10 … */
function laughs(levels: number, width: number): Doctype {
  const row = (at: number) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(width)}">`
  return subset(`<!ENTITY e0 "ha">${times(levels, row)}`, `&e${levels};`)
}

function ring(length: number): Doctype {
  return subset(
    times(length, (at) => `<!ENTITY e${at} "&e${(at + 1) % length};">`),
    '&e0;',
  )
}

function parameters(levels: number): Doctype {
  const row = (at: number) => `<!ENTITY % p${at + 1} "%p${at};%p${at};">`
  return subset(`<!ENTITY % p0 "<!-- x -->">${times(levels, row)}%p${levels};`, 'x')
}

function quadratic(octets: number, uses: number): Doctype {
  return subset(`<!ENTITY e "${'x'.repeat(octets)}">`, '&e;'.repeat(uses))
}

const GROWING: Readonly<Record<string, Doctype>> = Object.fromEntries([
  ...[2, 3, 5, 9, 20].map((it): [string, Doctype] => [`laughs of ${it} tens`, laughs(it, 10)]),
  ...[8, 16, 30, 64].map((it): [string, Doctype] => [`laughs of ${it} twos`, laughs(it, 2)]),
  ...[1, 2, 3, 7].map((it): [string, Doctype] => [`a ring of ${it}`, ring(it)]),
  ...[4, 20, 40].map((it): [string, Doctype] => [`parameters of ${it} twos`, parameters(it)]),
  ['one entity of 10 kB 2,000 times', quadratic(10_000, 2_000)],
  ['one entity of 100 kB 5,000 times', quadratic(100_000, 5_000)],
])

export const QUIET_DOCTYPES: Readonly<Record<string, Doctype>> = {
  ...GROWING,
  'a name alone': plain('<!DOCTYPE r>'),
  'an empty subset': plain('<!DOCTYPE r []>'),
  'an internal entity': subset('<!ENTITY e "x">'),
  'an entity with mark-up': subset('<!ENTITY e "<Names><name>x</name></Names>">'),
  'an entity that nobody uses': subset('<!ENTITY e "x">', 'x'),
  'a default attribute': subset('<!ATTLIST r a CDATA "b">', 'x'),
  'a default namespace': subset('<!ATTLIST r xmlns CDATA #FIXED "urn:x">', 'x'),
  'an element that may be empty': subset('<!ELEMENT r ANY>', 'x'),
  'predefined entities anew': subset('<!ENTITY lt "&#38;#60;"><!ENTITY amp "&#38;#38;">', '&lt;'),
  'an included section': subset('<![INCLUDE[<!ENTITY e "x">]]>', 'x'),
  'brackets in a comment': subset('<!-- ]> -->', 'x'),
  'a DOCTYPE behind a comment': plain('<!-- x --><!DOCTYPE r>'),
  'a DOCTYPE behind an instruction': plain('<?p <r/> ?><!DOCTYPE r>'),
  'a DOCTYPE behind 100 kB of comments': plain(`${'<!--x-->'.repeat(12_500)}<!DOCTYPE r>`),
  'a DOCTYPE behind 100 kB of white space': plain(`${' \r\n\t'.repeat(25_000)}<!DOCTYPE r>`),
  'a DOCTYPE behind a catalogue': plain('<?oasis-xml-catalog catalog="c.xml"?><!DOCTYPE r>'),
  'two of them': plain('<!DOCTYPE r><!DOCTYPE r>'),
  'one without end': plain('<!DOCTYPE r ['),
  'one without a name': plain('<!DOCTYPE>'),
  'one in small letters': plain('<!doctype r>'),
}
