import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LIMITS } from '../../envelope/limits.ts'
import type { Limits } from '../../envelope/limits.ts'
import { open } from './open.ts'
import { TEXTS_OF_SAMPLES, mutated, pick, randomOf } from './mutated.fixture.ts'
import { openPlain } from './plain.ts'
import { plainTree } from './plain-document.ts'
import { readPlain } from './plain-read.ts'
import { detached } from './tree.ts'
import { requestOf } from './xml-in.fixture.ts'

const test = suite('plain documents')

/** @returns whether the document is plain; what is read of it has to be what libxml2 reads */
function isPlain(bytes: Uint8Array, limits: Limits = LIMITS): boolean {
  const plain = openPlain(bytes, { limits })
  if (plain === undefined) return false
  const opened = open(bytes, limits)
  if ('findings' in opened) throw new Error(`libxml2 says ${opened.findings[0]?.message}`)
  const due = detached(opened.root)
  const text = opened.text()
  opened.dispose()
  assert.equal(plainTree(plain.document), due)
  assert.equal(plainTree(plain.document), copyOf(plain.root))
  assert.is(plain.text().replace(/\r\n?/g, '\n'), text.replace(/\r\n?/g, '\n'))
  return true
}

type Root = NonNullable<ReturnType<typeof openPlain>>['root']

/** The elements as they are made one by one. */
function copyOf({
  name,
  ns,
  prefix,
  attributes,
  declared,
  children,
  text,
  mixed,
  index,
}: Root): object {
  const all = children.map((it) => copyOf(it))
  return { name, ns, prefix, attributes, declared, children: all, text, mixed, index }
}

const PLAIN: readonly string[] = [
  '<a/>',
  '<a />',
  '<a></a >',
  '<a>text</a>',
  '<a>  \n </a>',
  '<a>\r\n b \r c</a>',
  '<a>a > b ] ] > "\'</a>',
  '<a>é 中 🌍 \u0085 \u007f</a>',
  '<a>&amp;&lt;&gt;&quot;&apos;&#233;&#xE9;&#x1F30D;&#13;&#10;</a>',
  '<a>&amp;amp;</a>',
  '<a><b/><c>1</c>\n<b></b></a>',
  '<a><!-- one --><b>x<!-- two -->y</b></a>',
  '<a>a<!-- & < > -->mp;</a>',
  '<a><!----></a>',
  '<!-- before -->\n<a/>\n<!-- behind -->\n',
  '<?xml version="1.0"?><a/>',
  '<?xml version="1.0" encoding="utf-8" standalone="yes" ?>\n<a/>',
  '\uFEFF<?xml version="1.0" encoding="UTF-8"?><a/>',
  `<a b="1" c = 'it "is"'\n d="a\tb\nc&#10;&#9;&amp;>"/>`,
  '<a xmlns="urn:a"><b xmlns=""><c/></b><b/></a>',
  '<p:a xmlns:p="urn:p" p:x="1" x="2"><p:b xmlns:p="urn:q" p:c=""/><p:b/></p:a>',
  '<a xmlns:p="urn:p" xmlns="urn:d" xml:lang="en"><p:b/></a>',
  '<a xmlns:p="http://iec.ch/TC57/2017/DERGroups#" p:b="1"/>',
  '<a.b-c_1><_d/></a.b-c_1>',
]

for (const it of PLAIN)
  test(`reads ${JSON.stringify(it)} as libxml2 does`, () => {
    assert.ok(isPlain(Buffer.from(it)))
  })

/** Left to libxml2, which takes some of them. */
const OTHERS: readonly string[] = [
  '',
  '<',
  '<a',
  '<a>',
  '<a>x',
  '<a/',
  '<a / >',
  '<a/>x',
  '<a/><a/>',
  '</a>',
  '<a></b>',
  '<a></ab>',
  '<ab></a>',
  '<a><b></a></b>',
  '< a/>',
  '<é/>',
  '<a>é</é>',
  '<1/>',
  '<a:b/>',
  '<a:b:c xmlns:a="urn:a"/>',
  '<:a/>',
  '<a:/>',
  '<a b/>',
  '<a b=1/>',
  '<a b="1/>',
  '<a b="1"c="2"/>',
  '<a b="<"/>',
  '<a b="&x;"/>',
  '<a b="\u0001"/>',
  '<a b="1" b="2"/>',
  '<a xmlns:p="urn:p" xmlns:q="urn:p" p:b="1" q:b="2"/>',
  '<a xmlns:p="urn:p" xmlns:p="urn:q"/>',
  '<a xmlns:p=""/>',
  '<a xmlns:xml="urn:x"/>',
  '<a xmlns:xmlns="urn:x"/>',
  '<a xmlns="http://www.w3.org/XML/1998/namespace"/>',
  '<a xmlns="a relative one"/>',
  '<a xmlns="http://a:b/"/>',
  '<a xmlns="x://:"/>',
  '<a xmlns="x://a@@"/>',
  '<a p:b="1"/>',
  '<a xml:id="x"/>',
  '<a xml:space="preserve"/>',
  '<a>&x;</a>',
  '<a>&#0;</a>',
  '<a>&#xD800;</a>',
  '<a>&#xFFFE;</a>',
  '<a>&#x110000;</a>',
  '<a>&a<!-- -->mp;</a>',
  '<a>& </a>',
  '<a>\u0000</a>',
  '<a>\u000b</a>',
  '<a>\uFFFE</a>',
  '<a>]]></a>',
  '<a>mixed <b/></a>',
  '<a><b/> mixed</a>',
  '<a>&#32;<b/></a>',
  '<a><![CDATA[x]]></a>',
  '<a><?pi x?></a>',
  '<?pi x?><a/>',
  '<a/><?pi x?>',
  '<a><!-- a -- b --></a>',
  '<a><!-- a ---></a>',
  '<a><!-- \u0002 --></a>',
  '<a><!x></a>',
  '<!DOCTYPE a><a/>',
  '<?XML version="1.0"?><a/>',
  '<?xml version="1.1"?><a/>',
  '<?xml\u00a0version="1.0"?><a/>',
  '<?xml version="1.0" encoding="us-ascii"?><a/>',
  ' <?xml version="1.0"?><a/>',
]

for (const it of OTHERS)
  test(`leaves ${JSON.stringify(it)} to libxml2`, () => {
    assert.not.ok(isPlain(Buffer.from(it)))
  })

test('leaves octets that are no UTF-8, and every other encoding, to libxml2', () => {
  for (const it of ['latin1', 'utf16le'] as const)
    assert.not.ok(isPlain(Buffer.from('<a>é</a>', it)))
  assert.not.ok(isPlain(Buffer.from([0x3c, 0x61, 0x3e, 0xc0, 0xaf, 0x3c, 0x2f, 0x61, 0x3e])))
})

const SMALL: Limits = { ...LIMITS, depth: 3, nodes: 6, attributes: 2, namespaces: 2, nameLength: 9 }
const OVER: Readonly<Record<string, readonly [within: string, over: string]>> = {
  depth: ['<a><a><a/></a></a>', '<a><a><a><a/></a></a></a>'],
  elements: ['<a><a/><a/><a/><a/><a/></a>', '<a><a/><a/><a/><a/><a/><a/></a>'],
  'elements and attributes': [
    '<a b="" c=""><a b=""/><a/></a>',
    '<a b="" c=""><a b="" c=""/><a/></a>',
  ],
  'elements behind attributes': [
    '<a b="" c=""><a/><a/><a/></a>',
    '<a b="" c=""><a/><a/><a/><a/></a>',
  ],
  'attributes of one element': ['<a b="" c=""/>', '<a b="" c="" d=""/>'],
  'declarations on one element': [
    '<a xmlns="urn:a" xmlns:b="urn:b"/>',
    '<a xmlns="urn:a" xmlns:b="urn:b" xmlns:c="urn:c"/>',
  ],
  'the length of a name': ['<a23456789/>', '<a234567890/>'],
  'the length of the name of an attribute': ['<a b23456789=""/>', '<a b234567890=""/>'],
  'the length of a namespace': ['<a xmlns="urn:56789"/>', '<a xmlns="urn:567890"/>'],
}

for (const [what, [within, over]] of Object.entries(OVER))
  test(`leaves what is over the limit of ${what} to libxml2`, () => {
    assert.ok(isPlain(Buffer.from(within), SMALL))
    assert.not.ok(isPlain(Buffer.from(over), SMALL))
  })

test('leaves documents of many namespaces to libxml2', () => {
  const declared = (count: number, from = 0) =>
    Array.from({ length: count }, (_, at) => ` xmlns:p${from + at}="urn:p${from + at}"`).join('')
  assert.ok(isPlain(Buffer.from(`<a${declared(64)}/>`)))
  assert.not.ok(isPlain(Buffer.from(`<a${declared(40)}><a${declared(40, 40)}/></a>`)))
  const siblings = (count: number) =>
    Array.from({ length: count }, (_, at) => `<a xmlns="urn:${at}"/>`)
  assert.ok(isPlain(Buffer.from(`<a>${siblings(255).join('')}</a>`)))
  assert.not.ok(isPlain(Buffer.from(`<a>${siblings(256).join('')}</a>`)))
})

test('keeps names apart that fall on one place, and knows more names than it keeps', () => {
  const names = Array.from({ length: 5000 }, (_, at) => `n${at.toString(36)}`)
  const text = `<a>${names.map((it) => `<${it}/>`).join('')}</a>`
  for (let round = 0; round < 2; round += 1) assert.ok(isPlain(Buffer.from(text)))
})

test('reads a document of many elements', () => {
  assert.ok(isPlain(requestOf(1_000_000)))
  assert.ok(isPlain(Buffer.from(`<a>${'<b/>'.repeat(100_000)}</a>`)))
})

test('reads line ends of Windows as XML does', () => {
  assert.is(readPlain('<a>x\r\ny</a>', LIMITS)?.text(0), 'x\ny')
})

test('reads a document in the memory of a longer one, and of one that it has given up', () => {
  const read = (text: string) => readPlain(text, LIMITS)
  read(`<a>${'<b>1</b>'.repeat(500)}</a>`)?.release()
  assert.is(read(`<a>${'<b>2</b>'.repeat(500)}<c></a>`), undefined)
  const kept = read('<a><b>3</b><b>4</b></a>')
  const other = read('<a><c>5</c></a>')
  assert.is(kept?.text(2), '4')
  assert.equal([other?.count, other?.local(1), other?.text(1)], [2, 'c', '5'])
  kept?.release()
  assert.is(read('<a/>')?.count, 1)
  assert.is(other?.text(1), '5')
})

const MUTATIONS = 5000

test(`reads what is plain of ${MUTATIONS} mutated messages as libxml2 does`, () => {
  let plain = 0
  for (let seed = 1; seed <= MUTATIONS; seed += 1) {
    const random = randomOf(seed)
    const bytes = mutated(pick(TEXTS_OF_SAMPLES, random), random)
    try {
      if (isPlain(bytes)) plain += 1
    } catch (error) {
      throw new Error(`seed ${seed}: ${String(error)}`, { cause: error })
    }
  }
  assert.ok(plain > MUTATIONS / 10, `only ${plain}`)
})

test.run()
