// For tests only: schema files that are broken or made to do harm, each with a root `Bad`.

const times = (count: number, text: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => text(at)).join('')

const complex = (content: string) =>
  `<xs:element name="Bad"><xs:complexType>${content}</xs:complexType></xs:element>`
const simple = (facets: string, base = 'xs:string') =>
  `<xs:element name="Bad"><xs:simpleType><xs:restriction base="${base}">${facets}</xs:restriction></xs:simpleType></xs:element>`
const pattern = (text: string) => simple(`<xs:pattern value="${text}"/>`)
const sequence = (inner: string, attributes = '') =>
  `<xs:sequence${attributes}>${inner}</xs:sequence>`
const element = (name: string, rest = '') => `<xs:element name="${name}" ${rest}/>`

/** Namespace of every hostile schema. */
const BAD_NS = 'urn:bad'

/** A schema file around components; `t` is its own namespace. */
function badSchema(components: string, encoding = 'UTF-8', before = ''): string {
  return `<?xml version="1.0" encoding="${encoding}"?>${before}<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="${BAD_NS}" targetNamespace="${BAD_NS}" elementFormDefault="qualified">${components}</xs:schema>`
}

/** what the file may come to: the word that tells it in what a command prints */
export type Fate = 'left out' | 'refused' | 'used'

export interface Hostile {
  readonly text: string
  /** `left out` when the folder is read, `refused` when it is used, `used` where it does no harm */
  readonly fate: Fate
}

const of = (fate: Fate, components: string): Hostile => ({ fate, text: badSchema(components) })

const doubling = times(
  40,
  (at) =>
    `<xs:group name="g${at}"><xs:sequence><xs:group ref="t:g${at + 1}"/><xs:group ref="t:g${at + 1}"/></xs:sequence></xs:group>`,
)

export const HOSTILE: Readonly<Record<string, Hostile>> = {
  'a DOCTYPE that says nothing': {
    fate: 'used',
    text: badSchema(simple(''), 'UTF-8', '<!DOCTYPE xs:schema SYSTEM "file:///etc/passwd">'),
  },
  'an entity of another file': {
    fate: 'left out',
    text: badSchema(
      `${simple('')}<xs:annotation><xs:documentation>&a;</xs:documentation></xs:annotation>`,
      'UTF-8',
      '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ),
  },
  'entities in entities': {
    fate: 'left out',
    text: badSchema(
      `${simple('')}<xs:annotation><xs:documentation>&a8;</xs:documentation></xs:annotation>`,
      'UTF-8',
      `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${times(9, (at) => `<!ENTITY a${at} "${`&a${at === 0 ? '' : at - 1};`.repeat(10)}">`)}]>`,
    ),
  },
  'an unknown encoding': { fate: 'left out', text: badSchema(simple(''), 'EBCDIC-CP-US') },
  'a file that ends too early': { fate: 'left out', text: badSchema(simple('')).slice(0, -20) },
  'an element name of 60,000 characters': of(
    'left out',
    element('x', `a${'x'.repeat(60_000)}="1"`),
  ),
  'elements two hundred deep': of(
    'left out',
    complex(`${'<xs:sequence>'.repeat(200)}${'</xs:sequence>'.repeat(200)}`),
  ),
  'an include of itself': of('used', `<xs:include schemaLocation="Bad.xsd"/>${simple('')}`),
  'an include by http': of(
    'refused',
    `<xs:include schemaLocation="http://127.0.0.1:9/x.xsd"/>${simple('')}`,
  ),
  'an include of a host': of('refused', `<xs:include schemaLocation="//host/x.xsd"/>${simple('')}`),
  'an include of a file of the system': of(
    'refused',
    `<xs:include schemaLocation="file:///etc/passwd"/>${simple('')}`,
  ),
  'an include out of the folder': of(
    'refused',
    `<xs:include schemaLocation="../../../../../../etc/passwd"/>${simple('')}`,
  ),
  'a type that nobody has': of('refused', element('Bad', 'type="t:Nope"')),
  'a definition twice': of('refused', simple('') + simple('')),
  'an ambiguous content model': of(
    'refused',
    complex(sequence(element('a', 'minOccurs="0"') + element('a'))),
  ),
  'a type that extends itself': of(
    'refused',
    `${element('Bad', 'type="t:A"')}<xs:complexType name="A"><xs:complexContent><xs:extension base="t:A"/></xs:complexContent></xs:complexType>`,
  ),
  'simple types in a ring': of(
    'refused',
    `${element('Bad', 'type="t:A"')}<xs:simpleType name="A"><xs:list itemType="t:B"/></xs:simpleType><xs:simpleType name="B"><xs:union memberTypes="t:A"/></xs:simpleType>`,
  ),
  'a group in itself': of(
    'refused',
    `${complex('<xs:group ref="t:g"/>')}<xs:group name="g"><xs:sequence><xs:group ref="t:g"/></xs:sequence></xs:group>`,
  ),
  'substitution in a ring': of(
    'refused',
    element('Bad', 'substitutionGroup="t:B"') + element('B', 'substitutionGroup="t:Bad"'),
  ),
  'groups that double forty times': of(
    'refused',
    `${complex('<xs:group ref="t:g0"/>')}${doubling}<xs:group name="g40"><xs:sequence>${element('a', 'minOccurs="0"')}</xs:sequence></xs:group>`,
  ),
  'a hundred million elements': of(
    'refused',
    complex(sequence(element('a', 'type="xs:int" minOccurs="99999999" maxOccurs="99999999"'))),
  ),
  'a hundred million, in a hundred million': of(
    'refused',
    complex(
      sequence(
        sequence(
          element('a', 'type="xs:int" minOccurs="9999" maxOccurs="9999"'),
          ' minOccurs="9999" maxOccurs="9999"',
        ),
        ' minOccurs="9999" maxOccurs="9999"',
      ),
    ),
  ),
  'a type that must hold itself ten times': of(
    'refused',
    `${element('Bad', 'type="t:A"')}<xs:complexType name="A">${sequence(times(10, (at) => element(`e${at}`, 'type="t:A"')))}</xs:complexType>`,
  ),
  'a pattern with many ways': of('used', pattern('(a|aa|a*)*b')),
  'counted repetition of counted repetition': of('refused', pattern('((a{1,100}){1,100}){1,100}')),
  'a counter of a hundred thousand': of('used', pattern('a{1,100000}')),
  'a text of two thousand million characters': of(
    'refused',
    simple('<xs:minLength value="2000000000"/>'),
  ),
  'a list of two thousand million items': of(
    'refused',
    simple('<xs:minLength value="2000000000"/>', 'xs:NMTOKENS'),
  ),
  'a hundred thousand values': of(
    'used',
    simple(times(100_000, (at) => `<xs:enumeration value="value ${at}"/>`)),
  ),
  'fifty thousand elements in 5 MB': of(
    'used',
    element('Bad', 'type="xs:int"') +
      times(
        50_000,
        (at) => `<xs:element name="E${at}" type="xs:string" id="i${at}" nillable="false"/>`,
      ),
  ),
  'a choice of five thousand, often': of(
    'refused',
    complex(
      `<xs:choice minOccurs="0" maxOccurs="1000">${times(5_000, (at) => element(`e${at}`, 'type="xs:int"'))}</xs:choice>`,
    ),
  ),
}

/** A schema beside the hostile ones, which keeps working. */
export const GOOD_SCHEMA = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:good"><xs:element name="Good" type="xs:int"/></xs:schema>`
