import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { XmlElement } from 'libxml2-wasm'
import type { Element } from '../../envelope/element.ts'
import { LIMITS } from '../../envelope/limits.ts'
import type { Limits } from '../../envelope/limits.ts'
import { engineMemory, parse } from './engine.ts'
import { walk } from './walk.ts'
import { opened, sample, samples } from './xml-in.fixture.ts'

const test = suite('walk')

/** The same tree by the library's own interface. */
function asLibrarySays(node: XmlElement): unknown {
  const pieces = node
    .find('text()|*')
    .map((it) => (it instanceof XmlElement ? asLibrarySays(it) : it.content))
  const texts = pieces.filter((it) => typeof it === 'string').join('')
  const children = pieces.filter((it) => typeof it !== 'string')
  const isMixed = children.length > 0 && /[^ \t\r\n]/.test(texts)
  return {
    name: node.name,
    ns: node.namespaceUri,
    prefix: node.namespacePrefix,
    attributes: node.attrs.map((it) => [it.name, it.namespaceUri, it.prefix, it.value]),
    declared: Object.entries(node.nsDeclarations).sort(),
    children,
    text: children.length === 0 || isMixed ? texts : '',
    mixed: isMixed ? pieces : null,
  }
}

function asWalked(it: Element): unknown {
  return {
    name: it.name,
    ns: it.ns,
    prefix: it.prefix,
    attributes: it.attributes.map((one) => [one.name, one.ns, one.prefix, one.value]),
    declared: [...(it.declared ?? [])].map((one) => [...one]).sort(),
    children: it.children.map(asWalked),
    text: it.text,
    mixed: it.mixed?.map((one) => (typeof one === 'string' ? one : asWalked(one))) ?? null,
  }
}

function agrees(text: string): void {
  const document = opened(text)
  try {
    assert.equal(asWalked(document.root), asLibrarySays(document.parsed.document.root))
  } finally {
    document.dispose()
  }
}

const KINDS: Readonly<Record<string, string>> = {
  'an empty element': '<a/>',
  'an element with empty content': '<a></a>',
  'short text, which the engine keeps inside the node': '<a>x</a>',
  'long text': `<a>${'x'.repeat(100)}</a>`,
  'text in other scripts': '<a>Grüße, 世界, 🌍</a>',
  'names in other scripts': '<größe höhe="1"/>',
  'character references and predefined entities': '<a b="&#10;&lt;&#x1F30D;">&amp;&#13;&quot;</a>',
  'CDATA alone': '<a><![CDATA[<b>]]></a>',
  'CDATA between text': '<a>x<![CDATA[y]]>z</a>',
  'empty CDATA': '<a><![CDATA[]]></a>',
  'a comment in text': '<a>x<!-- c -->y</a>',
  'a comment alone': '<a><!-- c --></a>',
  'an instruction in text': '<a>x<?p i?>y</a>',
  'a comment before and an instruction after the root': '<!-- c --><a/><?p i?>',
  'white space between children': '<a>\n  <b/>\n  <b/>\n</a>',
  'white space alone': '<a> \n </a>',
  'white space as a reference between children': '<a>&#32;<b/></a>',
  'mixed content': '<a>x<b>y</b>z<b/></a>',
  'attributes, empty ones too': '<a b="1" c="" d=" x "/>',
  'attributes with a namespace': '<a xmlns:p="urn:p" p:b="1" b="2" xml:lang="de"/>',
  'a default namespace and its end': '<a xmlns="urn:a"><b xmlns=""><c/></b></a>',
  'prefixes, declared again': '<p:a xmlns:p="urn:p"><p:a xmlns:p="urn:q" xmlns:r="urn:r"/></p:a>',
  'a declaration that nothing uses': '<a xmlns:p="urn:p"/>',
  'a namespace with references': '<a xmlns="urn:a?b&amp;c"/>',
}

for (const [what, text] of Object.entries(KINDS))
  test(`reads ${what} as the library does`, () => agrees(text))

test('reads every sample as the library does', () => {
  for (const name of samples().filter((it) => !/hostile|unclosed|ampersand|undeclared/.test(it)))
    agrees(sample(name).toString())
})

test('numbers the elements in document order and knows their nodes', () => {
  const document = opened('<a><b><c/></b><d/></a>')
  const [b, d] = document.root.children
  assert.equal(
    [document.root, b, b?.children[0], d].map((it) => it?.index),
    [0, 1, 2, 3],
  )
  assert.is(document.addresses[0], document.parsed.rootAddress)
  assert.is(document.elementAt(document.addresses[3] ?? 0), d)
  assert.is(document.elementAt(0), undefined)
  document.dispose()
})

function excess(text: string, limits: Partial<Limits>): string | undefined {
  const parsed = parse(Buffer.from(text), 'utf-8')
  if (!('document' in parsed)) return 'not parsed'
  const walked = walk(engineMemory(), parsed.rootAddress, { ...LIMITS, ...limits })
  parsed.document.dispose()
  return 'excess' in walked ? walked.excess.rule : undefined
}

const BOUNDS: readonly (readonly [
  rule: string,
  limits: Partial<Limits>,
  at: string,
  over: string,
])[] = [
  ['LIM-DEPTH', { depth: 2 }, '<a><b/></a>', '<a><b><c/></b></a>'],
  ['LIM-NODES', { nodes: 3 }, '<a b=""><c/></a>', '<a b=""><c/><d/></a>'],
  ['LIM-ATTRIBUTES', { attributes: 1 }, '<a b=""/>', '<a b="" c=""/>'],
  ['LIM-NAMESPACES', { namespaces: 1 }, '<a xmlns="u:a"/>', '<a xmlns="u:a" xmlns:b="u:b"/>'],
  ['LIM-NAME', { nameLength: 2 }, '<ab/>', '<abc/>'],
  ['LIM-NAME', { nameLength: 2 }, '<a ab=""/>', '<a abc=""/>'],
  ['LIM-NAME', { nameLength: 2 }, '<a xmlns:b="u:b"/>', '<a xmlns:abc="u:b"/>'],
  ['LIM-NAME', { nameLength: 2 }, '<a xmlns="u:345678"/>', '<a xmlns="u:3456789"/>'],
  ['LIM-NAME', { nameLength: 2 }, '<a xmlns="a:b"/>', '<a xmlns="u:a"><aaa xmlns="aaa"/></a>'],
]

for (const [rule, limits, at, over] of BOUNDS)
  test(`finds ${rule} in ${over} and not in ${at}`, () => {
    assert.is(excess(at, limits), undefined)
    assert.is(excess(over, limits), rule)
  })

test('stops reading where a limit is exceeded', () => {
  const wide = `<a ${Array.from({ length: 100_000 }, (_, at) => `a${at}=""`).join(' ')}/>`
  assert.is(excess(wide, {}), 'LIM-ATTRIBUTES')
  const deep = `${'<a>'.repeat(2000)}${'</a>'.repeat(2000)}`
  assert.is(excess(deep, {}), 'LIM-DEPTH')
})

test.run()
