// The documentation as a reader and a hostile schema meet it: every page is there, every link leads somewhere, and
// nothing that a schema says becomes markup.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nameOf } from '../../flows/frozen.ts'
import { FLOWS } from '../../flows/index.ts'
import { diagramOf } from '../../lifecycles/lifecycle.ts'
import { openFixture } from '../gateway.fixture.ts'
import type { Fixture } from '../gateway.fixture.ts'
import { foreignFolder, HOSTILE } from '../openapi/foreign.fixture.ts'
import type { RouteAnswer } from '../routes.ts'
import type { Flow } from '../../flows/flow.ts'

const test = suite('docs: site')

const foreign = foreignFolder()
const gateway = await openFixture()
const strange = await openFixture({ folders: [{ path: foreign.path, shipped: false }] })
test.after(async () => {
  await gateway.close()
  await strange.close()
  foreign.remove()
})

/** An address as it stands in a link. */
async function get(from: Fixture, href: string, headers = {}): Promise<RouteAnswer> {
  const url = new URL(href, 'http://host')
  const query = Object.fromEntries(url.searchParams)
  return from.ask('GET', url.pathname, { query, headers })
}

const decoded = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

const valuesOf = (page: string, name: string) =>
  [...page.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map(([, it = '']) => decoded(it))

/** Every page that can be reached from the start, by its address. @param isLeftOut pages that another crawl has seen */
async function crawl(
  from: Fixture,
  isLeftOut: (path: string) => boolean,
): Promise<ReadonlyMap<string, string>> {
  const pages = new Map<string, string>()
  const due = ['/']
  for (let at = due.pop(); at !== undefined; at = due.pop()) {
    const answer = await get(from, at)
    assert.is(answer.status, 200, at)
    pages.set(at, answer.text)
    if (!answer.contentType.startsWith('text/html')) continue
    const paths = valuesOf(answer.text, 'href').map((it) => it.split('#')[0] ?? '')
    for (const it of paths)
      if (it !== '' && !pages.has(it) && !due.includes(it) && !isLeftOut(it)) due.push(it)
  }
  return pages
}

for (const [name, from] of [
  ['shipped', gateway],
  ['foreign', strange],
] as const) {
  const nouns = from.schemas.catalogue.nouns
    .filter(({ status }) => name === 'shipped' || status === 'imported')
    .map((it) => it.noun)
  const others = gateway.schemas.catalogue.nouns.map((it) => it.noun)
  const crawled = crawl(
    from,
    (path) => name === 'foreign' && others.some((it) => new RegExp(`[/=]${it}\\b`).test(path)),
  )

  test(`${name}: every noun, its XSD, its JSON Schema and its OpenAPI can be reached`, async () => {
    const pages = await crawled
    for (const noun of nouns)
      for (const end of ['', '.xsd', '.schema.json'])
        assert.ok(pages.has(`/docs/${encodeURIComponent(noun)}${end}`), `${noun}${end}`)
    for (const { id } of FLOWS) assert.ok(pages.has(`/docs/flow/${id}`), id)
    for (const it of ['flows', 'criteria', 'http', 'cim-json', 'envelope', 'errors', 'style.css'])
      assert.ok(pages.has(`/docs/guide/${it}`), it)
  })

  test(`${name}: ids are unique, and every fragment of a link is one of them`, async () => {
    const pages = await crawled
    for (const [path, text] of pages) {
      const ids = valuesOf(text, 'id')
      assert.is(new Set(ids).size, ids.length, path)
      for (const href of valuesOf(text, 'href').filter((it) => it.includes('#'))) {
        const [to = '', id = ''] = href.split('#')
        const there = valuesOf(to === '' ? text : (pages.get(to) ?? ''), 'id')
        if (pages.has(to) || to === '')
          assert.ok(there.includes(decodeURIComponent(id)), `${path} links to ${href}`)
      }
    }
  })

  test(`${name}: pages load and run nothing but the style sheet`, async () => {
    for (const [path, text] of await crawled) {
      if (!text.startsWith('<!doctype html>')) continue
      assert.not.match(text, /<(script|iframe|img|object|embed|form|style|base)\b/i)
      // What stands in quotes is the value of an attribute: quotes of others are escaped.
      const tags = text.replace(/"[^"]*"/g, '""')
      assert.not.match(tags, /<[^>]*\s(on\w+|style)=/i, path)
      assert.equal(valuesOf(text, 'src'), [])
      for (const it of valuesOf(text, 'href')) assert.match(it, /^[/#](?!\/)/, `${path}: ${it}`)
    }
  })

  test(`${name}: tags are balanced`, async () => {
    for (const [path, text] of await crawled)
      if (text.startsWith('<!doctype html>')) assert.is(unbalanced(text), '', path)
  })
}

const VOID: readonly string[] = ['meta', 'link', 'wbr']

/** The first end tag that ends nothing, or start tag that is never ended. */
function unbalanced(page: string): string {
  const open: string[] = []
  for (const [tag, end, name = ''] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)(?:\s[^<>]*)?>/g)) {
    if (VOID.includes(name)) continue
    if (end === '') open.push(name)
    else if (open.pop() !== name) return tag
  }
  return open.join(' ')
}

test('words of a schema are text, whatever they are', async () => {
  const { text } = await get(strange, '/docs/Widgets')
  assert.ok(decoded(text).split(HOSTILE).length > 6, 'they are shown')
  assert.not.ok(text.includes(HOSTILE))
  assert.not.match(text, /<(script|b|i|u)>/)
  for (const it of ['Größe', 'Größenart', '1 or more', 'one of', 'Content as of'])
    assert.ok(text.includes(it), it)
})

test('what was asked for is text, too, and so is the host', async () => {
  const name = '<script>alert(1)</script>'
  const { status, text } = await get(gateway, `/docs/${encodeURIComponent(name)}`)
  assert.is(status, 404)
  assert.not.ok(text.includes(name))
  const page = await get(gateway, '/docs/DERGroups', { host: '"><script>' })
  assert.not.match(page.text, /<script>/)
  const other = await get(gateway, '/docs/DERGroups', { host: 'gateway.example:8443' })
  assert.match(other.text, 'curl -s http://gateway.example:8443/api/v1/der-groups')
})

test('the page about HTTP shows all that a resource can do', async () => {
  const { text } = await get(strange, '/docs/guide/http')
  for (const it of ['POST', 'GET', 'PATCH', 'DELETE'])
    assert.match(text, `<span class="method">${it}</span><code>/api/v1/&lt;resource&gt;`)
})

test('every answer says what it may load, also one that is no page', async () => {
  const paths = ['/', '/docs', '/docs/DERGroups', '/docs/guide/http', '/docs/Nothing']
  for (const it of [...paths, '/docs/DERGroups.xsd', '/docs/DERGroups.schema.json']) {
    const { headers } = await get(gateway, it)
    assert.match(
      headers?.['Content-Security-Policy'] ?? '',
      /^default-src 'none'; style-src 'self'/,
    )
  }
})

test('an unknown noun is told with the nearest name', async () => {
  const { status, text } = await get(gateway, '/docs/DERGroup')
  assert.is(status, 404)
  assert.match(text, 'Did you mean <a href="/docs/DERGroups">DERGroups</a>?')
  for (const it of ['/docs/Bananas.xsd', '/docs/guide/bananas', '/docs/guide/constructor'])
    assert.is((await get(gateway, it)).status, 404, it)
})

/** [what, part of the page of DERGroups] */
const SHOWN: readonly (readonly [string, string])[] = [
  ['one sentence', 'DER groups as a whole.'],
  ['the namespace', 'http://iec.ch/TC57/2017/DERGroups#'],
  ['where it comes from', 'DERGroups of IEC 61968-5, draft of 2017.'],
  ['a cardinality', '<td>1..*</td>'],
  ['the CIM', 'EndDeviceGroup.<wbr>DERFunction'],
  ['a flow', 'der-group-dissolve'],
  ['the other variant', 'verb=change'],
  ['XML', '&lt;Verb&gt;create&lt;/Verb&gt;'],
  ['CIM-JSON', '&quot;Verb&quot;: &quot;create&quot;'],
  ['the resource', '/api/v1/der-groups/{mRID}'],
  ['its query', '<a href="/docs/DERGroupQueries">'],
]

for (const [what, part] of SHOWN)
  test(`the page of a noun shows ${what}`, async () => {
    assert.ok((await get(gateway, '/docs/DERGroups')).text.includes(part), part)
  })

for (const flow of FLOWS as readonly Flow[])
  test(`the page of ${flow.id} shows verbs, states, refusals and samples from their tables`, async () => {
    const { status, text } = await get(gateway, `/docs/flow/${flow.id}`)
    assert.is(status, 200)
    const page = decoded(text)
    assert.ok(page.includes(diagramOf(flow.lifecycle)), 'the diagram')
    for (const { trigger } of flow.lifecycle.steps)
      assert.ok(page.includes(`<code class="whole">${trigger}</code>`), trigger)
    for (const it of flow.verbs) assert.ok(page.includes(`<code>${it}</code>`), it)
    for (const it of Object.keys(flow.steps ?? {})) assert.ok(page.includes(`/{mRID}:${it}`), it)
    const rules = [
      ...(flow.lifecycle.refusals ?? []).map((it) => it.rule),
      ...Object.keys(flow.guards ?? {}),
    ]
    for (const it of rules) assert.ok(page.includes(`<code class="whole">${it}</code>`), it)
    assert.is(page.includes('id="decided"'), flow.frozen !== undefined)
    for (const { members, in: states = [] } of flow.frozen?.freezes ?? [])
      for (const it of [...members.map(nameOf), ...states])
        assert.ok(page.split('id="decided"')[1]?.includes(`<code class="whole">${it}</code>`), it)
    for (const it of [flow.about, flow.source, `<!-- ${flow.id} & its sample -->`])
      assert.ok(page.includes(it), it)
  })

test('an unknown flow is told, whatever its name', async () => {
  for (const it of ['nothing', 'constructor', '<b>'])
    assert.is((await get(gateway, `/docs/flow/${encodeURIComponent(it)}`)).status, 404, it)
})

test('the envelope names the clauses of its elements, a noun without any has no column for them', async () => {
  const { text } = await get(gateway, '/docs/guide/envelope')
  assert.match(text, '<td data-head="clause">6.3</td>')
  assert.not.match((await get(gateway, '/docs/DERGroups')).text, 'data-head="clause"')
})

test('a variant has a page, a schema and a JSON Schema of its own', async () => {
  const must = '<code class="must">DERFunction</code>'
  assert.ok((await get(gateway, '/docs/DERGroups')).text.includes(must))
  assert.not.ok((await get(gateway, '/docs/DERGroups?verb=change')).text.includes(must))
  assert.match((await get(gateway, '/docs/DERGroups.xsd?verb=change')).text, 'DERGroups.change.xsd')
  const schema = (await get(gateway, '/docs/DERGroups.schema.json?verb=change')).text
  assert.not.match(schema, '"required": [\n        "DERFunction"')
})

test('a noun without elements but text, and one that is no profile, have pages as well', async () => {
  const { text } = await get(strange, '/docs/Note')
  assert.match(text, 'any element of another namespace')
  assert.match(text, 'Imported')
})

test.run()
