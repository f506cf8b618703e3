import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readJson, sameJson } from '../../schema/json-text.ts'
import type { Json } from '../../schema/json-text.ts'
import * as tickets from '../../dialects/acme/tickets.fixture.ts'
import { vendorRoutes } from '../../dialects/index.ts'
import { openFixture } from '../gateway.fixture.ts'
import { WORKED_CIM, WORKED_RESOURCE, WORKED_VENDOR } from '../../dialects/worked.ts'

const test = suite('docs: dialects')

const gateway = await openFixture()
test.after(() => gateway.close())

function json(text: string): Json {
  const read = readJson(text)
  if ('fault' in read) throw new Error(read.fault.message)
  return read.value
}

test('the worked example is the text of a file that compiles', () => {
  const url = new URL('../../../../src/dialects/acme/tickets.fixture.ts', import.meta.url)
  const [, ...lines] = readFileSync(url, 'utf8').split('\n')
  assert.is(
    lines.join('\n').trimStart(),
    WORKED_RESOURCE,
    'write the same into src/dialects/worked.ts',
  )
})

test('it does what the page says, both ways and without a loss', () => {
  const there = tickets.toCim(json(WORKED_VENDOR))
  assert.ok(sameJson(there.json, json(WORKED_CIM)), JSON.stringify(there.json))
  const back = tickets.toVendor(json(WORKED_CIM))
  assert.ok(sameJson(back.json, [json(WORKED_VENDOR)]), JSON.stringify(back.json))
  assert.equal([there.problems, back.problems], [[], []])
  assert.equal([there.losses.dropped, back.losses.dropped], [[], []])
})

test('it exports what a resource exports, and nothing else', () => {
  assert.equal(Object.keys(tickets).toSorted(), ['routes', 'toCim', 'toVendor'])
})

test('what it makes is taken as a message of the noun', async () => {
  const { status, text } = await gateway.ask('POST', '/api/v1/service-requests', {
    body: WORKED_CIM,
  })
  assert.is(status, 201, text)
})

test('the page shows the example, every kind of row, and every path there is', async () => {
  const { text } = await gateway.ask('GET', '/docs/guide/dialects')
  assert.match(text, 'mapping(&#39;ServiceRequest&#39;, TICKET)')
  for (const { method, path, concludedAt } of vendorRoutes()) {
    assert.ok(text.includes(`<code>${method} ${path}</code>`), path)
    assert.ok(concludedAt === undefined || text.includes(`<code>POST ${concludedAt}</code>`), path)
  }
  const kinds = readFileSync(new URL('../../../../src/dialects/row.ts', import.meta.url), 'utf8')
  for (const [, kind] of kinds.matchAll(/readonly kind: '(\w+)'/g))
    assert.ok(text.includes(`<code>${kind}</code>`), `the page lacks the row ${kind}`)
})

test.run()
