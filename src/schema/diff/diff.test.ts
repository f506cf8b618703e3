import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { differences } from './diff.ts'
import { setOf } from '../schema.fixture.ts'

const test = suite('diff')

const XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"'
const schema = (ns: string, body: string) =>
  `<xs:schema ${XS} targetNamespace="${ns}" xmlns:t="${ns}"><xs:element name="R" type="t:R"/>${body}</xs:schema>`
const complex = (body: string, name = 'R', rest = '') =>
  `<xs:complexType name="${name}">${body}${rest}</xs:complexType>`
const seq = (...items: readonly string[]) => `<xs:sequence>${items.join('')}</xs:sequence>`
const el = (name: string, type = 'xs:string', rest = '') =>
  `<xs:element name="${name}" type="${type}" ${rest}/>`
const simple = (facets: string, base = 'xs:string') =>
  `<xs:simpleType name="S"><xs:restriction base="${base}">${facets}</xs:restriction></xs:simpleType>`
const facet = (name: string, value: string | number) => `<xs:${name} value="${value}"/>`

/** One line for each difference: sign, path, what, both sides. */
function told(ours: string, theirs: string): readonly string[] {
  const [a, b] = [ours, theirs].map((it, at) =>
    setOf({ '/1/r.xsd': schema(`urn:${at}`, it) }).payload(undefined, 'R', 'create'),
  )
  assert.ok(a !== undefined && b !== undefined)
  return differences(a, b).map(
    ({ path, kind, of, ours: own, theirs: other, also }) =>
      `${kind} ${of} ${path}: ${own || '–'} | ${other || '–'}${also > 0 ? ` +${also}` : ''}`,
  )
}

/** title, ours, theirs, differences */
const TABLE: readonly (readonly [string, string, string, readonly string[]])[] = [
  ['the same', complex(seq(el('a'))), complex(seq(el('a'))), []],
  [
    'elements that only one has',
    complex(seq(el('mRID'), el('kind', 'xs:int', 'minOccurs="0"'))),
    complex(seq(el('mRID'), el('severity', 'xs:date', 'maxOccurs="unbounded"'))),
    ['missing element /R/kind: 0..1 int | –', 'added element /R/severity: – | 1..* date'],
  ],
  [
    'a name in other letters, in the plural, a near one, a type of the same name',
    complex(seq(el('mRID'), el('Name'), el('customerName'), el('Owner', 't:P'))) +
      complex(seq(el('p')), 'P'),
    complex(seq(el('mrid'), el('Names'), el('custumerName'), el('Holder', 't:P'))) +
      complex(seq(el('p')), 'P'),
    [
      'renamed element /R/Name: Name | Names',
      'renamed element /R/Owner: Owner | Holder',
      'renamed element /R/customerName: customerName | custumerName',
      'renamed element /R/mRID: mRID | mrid',
    ],
  ],
  [
    'how often an element may occur',
    complex(
      seq(el('a', 'xs:int', 'minOccurs="0"'), el('b'), el('c'), el('d', 'xs:int', 'maxOccurs="9"')),
    ),
    complex(
      seq(
        el('a', 'xs:int'),
        el('b', 'xs:string', 'maxOccurs="3"'),
        el('c', 'xs:string', 'minOccurs="0" maxOccurs="2"'),
        el('d', 'xs:int', 'minOccurs="0" maxOccurs="2"'),
      ),
    ),
    [
      'constrained cardinality /R/a: 0..1 | 1..1',
      'relaxed cardinality /R/b: 1..1 | 1..3',
      'relaxed cardinality /R/c: 1..1 | 0..2',
      'changed cardinality /R/d: 1..9 | 0..2',
    ],
  ],
  [
    'a choice asks for none of its branches',
    complex(seq(el('a'), el('b'))),
    complex(`<xs:choice>${el('a')}${el('b')}</xs:choice>`),
    ['relaxed cardinality /R/a: 1..1 | 0..1', 'relaxed cardinality /R/b: 1..1 | 0..1'],
  ],
  [
    'types of values',
    complex(seq(el('a', 'xs:int'), el('b', 't:P'))) + complex(seq(el('p')), 'P'),
    complex(seq(el('a', 'xs:dateTime'), el('b'))),
    ['changed type /R/a: int | dateTime', 'changed type /R/b: P | string'],
  ],
  [
    'the same difference of several elements',
    complex(seq(el('a'), el('b'))),
    complex(seq(el('a', 'xs:int'), el('b', 'xs:int'))),
    ['changed type /R/a: string | int', 'changed type /R/b: string | int'],
  ],
  [
    'enumerations',
    complex(seq(el('a', 't:S'))) + simple(facet('enumeration', 'x') + facet('enumeration', 'y')),
    complex(seq(el('a', 't:S'))) + simple(facet('enumeration', 'x') + facet('enumeration', 'z')),
    ['changed values /R/a: y | z'],
  ],
  [
    'an enumeration where there was none, and none where there was one',
    complex(seq(el('a'), el('b', 't:S'))) + simple(facet('enumeration', 'x')),
    complex(seq(el('a', 't:S'), el('b'))) + simple(facet('enumeration', 'x')),
    ['constrained values /R/a: any | x', 'relaxed values /R/b: x | any'],
  ],
  [
    'facets',
    complex(seq(el('a', 't:S'))) + simple(facet('maxLength', 10) + facet('minLength', 2)),
    complex(seq(el('a', 't:S'))) +
      simple(facet('maxLength', 5) + facet('minLength', 1) + facet('pattern', 'x*')),
    [
      'relaxed values /R/a: minLength 2 | minLength 1',
      'constrained values /R/a: maxLength 10 | maxLength 5',
      'constrained values /R/a: – | pattern x*',
    ],
  ],
  [
    'attributes',
    complex(
      seq(),
      'R',
      '<xs:attribute name="a"/><xs:attribute name="b" type="xs:int"/><xs:attribute name="c" use="required"/>',
    ),
    complex(
      seq(),
      'R',
      '<xs:attribute name="a" use="required"/><xs:attribute name="b" type="xs:date"/><xs:attribute name="d" use="required"/>',
    ),
    [
      'constrained cardinality /R/@a: optional | required',
      'changed type /R/@b: int | date',
      'missing attribute /R/@c: required anySimpleType | –',
      'added attribute /R/@d: – | required anySimpleType',
    ],
  ],
  [
    'the order of a sequence, by the fewest that move',
    complex(seq(el('a'), el('b'), el('c'), el('d'))),
    complex(seq(el('b'), el('c'), el('a'), el('d'))),
    ['moved order /R/a: first | after c'],
  ],
  [
    'of xs:all there is no order',
    complex(`<xs:all>${el('a')}${el('b')}</xs:all>`),
    complex(`<xs:all>${el('b')}${el('a')}</xs:all>`),
    [],
  ],
  [
    'wildcards',
    complex(seq('<xs:any namespace="##other" processContents="lax"/>')),
    complex(seq(), 'R', '<xs:anyAttribute/>'),
    ['missing wildcard /R: any ##other | –', 'added wildcard /R/@*: – | any attribute'],
  ],
  [
    'inside, at the shortest path, and how often else',
    complex(seq(el('a', 't:P'), el('b', 't:P'), el('c', 't:Q'))) +
      complex(seq(el('q', 't:P')), 'Q') +
      complex(seq(el('p')), 'P'),
    complex(seq(el('a', 't:P'), el('b', 't:P'), el('c', 't:Q'))) +
      complex(seq(el('q', 't:P')), 'Q') +
      complex(seq(el('p', 'xs:int')), 'P'),
    ['changed type /R/a/p: string | int'],
  ],
  [
    'types that hold themselves',
    complex(seq(el('r', 't:R', 'minOccurs="0"'), el('a'))),
    complex(seq(el('r', 't:R', 'minOccurs="0"'), el('b', 'xs:int', 'minOccurs="0"'), el('x'))),
    [
      'missing element /R/a: 1..1 string | – +1',
      'added element /R/b: – | 0..1 int +1',
      'added element /R/x: – | 1..1 string +1',
    ],
  ],
  [
    'attributes that are asked for no longer, any attribute no longer',
    complex(seq(), 'R', '<xs:attribute name="a" use="required"/><xs:anyAttribute/>'),
    complex(seq(), 'R', '<xs:attribute name="a"/>'),
    ['relaxed cardinality /R/@a: required | optional', 'missing wildcard /R/@*: any attribute | –'],
  ],
  [
    'wildcards that admit something else, in several places',
    complex(
      seq(
        '<xs:any namespace="urn:x urn:y" minOccurs="0"/>',
        el('a'),
        '<xs:any namespace="##other" minOccurs="0"/>',
      ),
    ),
    complex(seq('<xs:any namespace="##any" processContents="skip" minOccurs="0"/>')),
    [
      'changed wildcard /R: any ##other, any urn:x urn:y | any ##any',
      'missing element /R/a: 1..1 string | –',
    ],
  ],
  [
    'an element in several places, in a repeated group, and what must not be',
    complex(seq(el('a'), el('b'), el('a'), el('n', 'xs:int', 'minOccurs="0" maxOccurs="0"'))),
    complex(
      `<xs:sequence maxOccurs="unbounded">${el('b')}${el('a', 'xs:string', 'maxOccurs="0" minOccurs="0"')}</xs:sequence>`,
    ),
    ['relaxed cardinality /R/b: 1..1 | 1..*', 'missing element /R/a: 2..2 string | –'],
  ],
  [
    'elements that stand for an abstract one',
    complex(seq('<xs:element ref="t:H"/>')) +
      '<xs:element name="H" type="xs:string" abstract="true"/><xs:element name="h1" type="xs:string" substitutionGroup="t:H"/><xs:element name="h2" type="xs:string" substitutionGroup="t:H"/>',
    complex(seq(el('h1'))),
    ['constrained cardinality /R/h1: 0..1 | 1..1', 'missing element /R/h2: 0..1 string | –'],
  ],
  [
    'lists and unions',
    complex(seq(el('a', 't:L'), el('b', 't:U'), el('c'))) +
      '<xs:simpleType name="L"><xs:list itemType="xs:int"/></xs:simpleType><xs:simpleType name="U"><xs:union memberTypes="xs:int xs:date"/></xs:simpleType>',
    complex(seq(el('a', 't:L'), el('b', 't:U'), el('c', 't:L'))) +
      '<xs:simpleType name="L"><xs:list itemType="xs:date"/></xs:simpleType><xs:simpleType name="U"><xs:union memberTypes="xs:int xs:string"/></xs:simpleType>',
    [
      'changed type /R/a: int | date',
      'changed type /R/b: union of int, date | union of int, string',
      'changed type /R/c: string | list',
    ],
  ],
  [
    'elements without a type of a name',
    complex(seq(el('a'))),
    complex(
      seq(
        '<xs:element name="q"><xs:complexType/></xs:element>',
        `<xs:element name="v"><xs:complexType>${seq(el('w'))}</xs:complexType></xs:element>`,
        '<xs:element name="x"><xs:complexType><xs:simpleContent><xs:extension base="xs:int"/></xs:simpleContent></xs:complexType></xs:element>',
        '<xs:element name="y"><xs:simpleType><xs:list itemType="xs:int"/></xs:simpleType></xs:element>',
      ),
    ),
    [
      'missing element /R/a: 1..1 string | –',
      'added element /R/q: – | 1..1 no content',
      'added element /R/v: – | 1..1 elements',
      'added element /R/x: – | 1..1 int with attributes',
      'added element /R/y: – | 1..1 list',
    ],
  ],
  [
    'simple content against elements, and facets that are gone',
    complex(seq(el('a', 't:C'), el('b', 't:S'))) +
      complex('<xs:simpleContent><xs:extension base="xs:int"/></xs:simpleContent>', 'C') +
      simple(facet('length', 3) + facet('pattern', 'a') + facet('pattern', 'b')),
    complex(seq(el('a', 't:C'), el('b', 't:S'))) + complex(seq(), 'C') + simple(facet('length', 4)),
    [
      'changed type /R/a: C | C',
      'changed values /R/b: length 3 | length 4',
      'relaxed values /R/b: pattern a | b | –',
    ],
  ],
  [
    'enumerations that only grow, only shrink, or are long',
    complex(seq(el('a', 't:S'), el('b', 't:E'))) +
      simple(facet('enumeration', 'x')) +
      simple(Array.from({ length: 20 }, (_, at) => facet('enumeration', at)).join('')).replace(
        '"S"',
        '"E"',
      ),
    complex(seq(el('a', 't:S'), el('b', 't:E'))) +
      simple(facet('enumeration', 'x') + facet('enumeration', 'y')) +
      simple(facet('enumeration', 0)).replace('"S"', '"E"'),
    [
      'relaxed values /R/a: – | y',
      'constrained values /R/b: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 7 more | –',
    ],
  ],
  [
    'simple content',
    complex('<xs:simpleContent><xs:extension base="xs:int"/></xs:simpleContent>'),
    complex('<xs:simpleContent><xs:extension base="xs:decimal"/></xs:simpleContent>'),
    ['changed type /R: int | decimal'],
  ],
]

for (const [title, ours, theirs, expected] of TABLE)
  test(title, () => {
    assert.equal(told(ours, theirs).toSorted(), [...expected].toSorted())
  })

test('a hundred levels of types that hold the next one twice are compared once each', () => {
  const levels = Array.from({ length: 100 }, (_, at) =>
    complex(seq(el('x', `t:T${at + 1}`), el('y', `t:T${at + 1}`)), `T${at}`),
  ).join('')
  const body = (type: string) =>
    complex(seq(el('x', 't:T0'))) + levels + complex(seq(el('z', type)), 'T100')
  assert.is(told(body('xs:int'), body('xs:date')).length, 1)
})

test.run()
