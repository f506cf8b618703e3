import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { XmlElement } from 'libxml2-wasm'
import type { Element } from '../../envelope/element.ts'
import { engineMemory } from './engine.ts'
import { addressOf, detached } from './tree.ts'
import type { Opened } from './open.ts'
import { libraryDocument, opened, requestOf, sample, samples } from './xml-in.fixture.ts'

const test = suite('tree')

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
  const { root, parsed } = opened(text)
  const document = libraryDocument(parsed)
  try {
    assert.equal(asWalked(root), asLibrarySays(document.root))
    assert.equal(asWalked(detached(root)), asWalked(root))
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

const NESTED = [
  '<a/>',
  '<a>x</a>',
  '<a>x<!-- c -->y</a>',
  '<a><b/></a>',
  '<a><b><c/></b><d/></a>',
  '<a> <b> </b> <c> <d>x</d> </c> </a>',
  '<a>x<b/>y<?p i?><b>x<c/>y</b>z</a>',
  '<!-- c --><a><b><c><d/></c></b></a><?p i?>',
  '<a><b/><b><c>x</c><!-- c --></b><b/><b>x<?p i?></b><b><c/><c><d/></c></b><b/></a>',
]

function all(it: Element): readonly Element[] {
  return [it, ...it.children.flatMap(all)]
}

for (const text of NESTED)
  test(`numbers the elements of ${text} in document order, whichever is asked first`, () => {
    const places = all(opened(text).root).map((_, at) => at)
    for (const first of places) {
      const document = opened(text)
      const elements = all(document.root)
      assert.is(elements[first]?.index, first)
      assert.equal(
        elements.map((it) => it.index),
        places,
      )
      document.dispose()
    }
  })

test('finds elements by the addresses of their nodes', () => {
  const document = opened('<a>x<b>y<c d="1"/></b><e/></a>')
  for (const it of all(document.root)) assert.is(document.elementAt(addressOf(it)), it)
  assert.is(addressOf(document.root), document.parsed.rootAddress)
  assert.is(document.elementAt(0), undefined)
  assert.is(document.elementAt(document.parsed.documentAddress), undefined)
  document.dispose()
})

test('reads on after the memory of the engine has grown', () => {
  const document = opened('<a><b c="d">text</b></a>')
  const { root } = document
  const before = engineMemory()
  const others: Opened[] = []
  while (engineMemory() === before) others.push(opened(requestOf(4_000_000)))
  for (const it of others) it.dispose()
  assert.equal(
    root.children.map((it) => [it.name, it.text, it.attributes[0]?.value]),
    [['b', 'text', 'd']],
  )
  document.dispose()
})

test('keeps a detached tree when the document is gone', () => {
  const document = opened('<a xmlns="urn:a">x<b c="d"/>y</a>')
  const before = asWalked(document.root)
  const kept = detached(document.root)
  document.dispose()
  opened('<other><one/><two/></other>').dispose()
  assert.equal(asWalked(kept), before)
})

test.run()
