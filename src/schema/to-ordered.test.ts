import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Json } from './json-text.ts'
import { messageFromJson } from './message-xml.ts'
import { setOf, T, xsd } from './schema.fixture.ts'

const test = suite('to-ordered')

const SET = setOf({
  '/0/t.xsd':
    xsd(`<xs:element name="r"><xs:complexType mixed="true"><xs:sequence minOccurs="0" maxOccurs="unbounded">
    <xs:element name="a" type="xs:string"/><xs:element name="b" type="xs:string" minOccurs="0"/><xs:any namespace="##other" processContents="lax" minOccurs="0"/>
  </xs:sequence></xs:complexType></xs:element>`),
})
const X = '<x:e xmlns:x="urn:x"/>'
const EXT = { ns: 'urn:x', xml: X }

const written = (json: Json) => messageFromJson({ r: json }, SET)

/** CIM-JSON of the root, what stands in it */
const WRITTEN: readonly (readonly [Json, string])[] = [
  [{ a: ['1', '2'], b: ['3'] }, '<a>1</a><b>3</b><a>2</a>'],
  [{ a: ['1', '2'], b: ['3'], '#order': ['a', 'a', 'b'] }, '<a>1</a><a>2</a><b>3</b>'],
  [{ a: ['1'], '#ext': [EXT] }, `<a>1</a>${X}`],
  [{ a: ['1'], '#ext': [EXT], '#text': ['t'], '#order': ['#text', '#ext', 'a'] }, `t${X}<a>1</a>`],
  [{ '#text': ['t & u'] }, 't &amp; u'],
  [{ a: ['1', '2'], '#order': ['a'] }, '<a>1</a><a>2</a>'],
  [{ a: ['1'], '#order': ['a', 'a', 'b'] }, '<a>1</a>'],
  [{ a: ['1'], b: ['2'], '#order': [] }, '<a>1</a><b>2</b>'],
]

test('writes children in the order given, else as the content model takes them, and loses none', () => {
  for (const [json, inner] of WRITTEN)
    assert.equal(written(json), { xml: `<r xmlns="${T}">${inner}</r>`, issues: [] })
})

/** CIM-JSON of the root, rule and mend */
const REFUSED: readonly (readonly [Json, string])[] = [
  [{ a: ['1'], '#order': 'a' }, 'JSON-TYPE Leave #order out.'],
  [{ a: ['1'], '#order': [1] }, 'JSON-TYPE Leave #order out.'],
  [{ a: ['1'], '#order': ['A'] }, 'JSON-KEY Did you mean "a"?'],
  [{ '#text': [1] }, 'JSON-TYPE Write it in double quotes.'],
  [{ '#text': 't\u0007' }, 'JSON-TEXT Take U+0007 out of the text.'],
  [{ '#ext': [{ xml: 'x' }] }, 'JSON-EXT Put exactly one well-formed element into "xml".'],
]

test('refuses an order, text or extension that is none', () => {
  for (const [json, expected] of REFUSED)
    assert.equal(
      written(json).issues.map((it) => `${it.rule} ${it.mend}`),
      [expected],
    )
})

test.run()
