// Nouns whose schemas are made to do harm: what is said about all nouns together is said all the same, and about each
// of them that it cannot be used, why, and which file it is.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { GOOD_SCHEMA, HOSTILE } from '../cli/hostile-schemas.fixture.ts'
import { openFixture } from './gateway.fixture.ts'
import { resourceNouns, resourceOf } from './nouns.ts'

const test = suite('gateway: hostile nouns')

/** two that have no model, and two that have no sample */
const NOUNS = {
  Doubling: 'groups that double forty times',
  Ring: 'a type that extends itself',
  Million: 'a hundred million elements',
  Tenfold: 'a type that must hold itself ten times',
} as const
const NAMES = Object.keys(NOUNS)
/** more than the OpenAPI document takes */
const MANY = 1_500

const path = mkdtempSync(join(tmpdir(), 'hostile-nouns-'))
for (const [noun, name] of Object.entries(NOUNS))
  writeFileSync(
    join(path, `${noun}.xsd`),
    (HOSTILE[name]?.text ?? '').replaceAll('Bad"', `${noun}"`).replaceAll('urn:bad', `urn:${noun}`),
  )
writeFileSync(join(path, 'Good.xsd'), GOOD_SCHEMA)
const roots = Array.from(
  { length: MANY },
  (_, at) => `<xs:element name="Many${at}" type="xs:int"/>`,
)
writeFileSync(
  join(path, 'ZMany.xsd'),
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:many">${roots.join('')}</xs:schema>`,
)

const gateway = await openFixture({ folders: [{ path, shipped: false }] })
test.after(async () => {
  await gateway.close()
  rmSync(path, { recursive: true, force: true })
})

test('OpenAPI tells of all others, and what it leaves out and why', async () => {
  const { status, text } = await gateway.ask('GET', '/openapi.json')
  assert.is(status, 200)
  const { info, paths } = JSON.parse(text) as {
    readonly info: { readonly description: string }
    readonly paths: Readonly<Record<string, unknown>>
  }
  for (const it of NAMES) {
    assert.match(info.description, new RegExp(`^- ${it}: .*\\S\\.$`, 'm'))
    assert.not.ok(`/api/v1/${it.toLowerCase()}` in paths)
  }
  const usable = resourceNouns(gateway.schemas).filter((it) => !NAMES.includes(it))
  const told = usable.filter((it) => `/api/v1/${resourceOf(it)}` in paths)
  assert.ok(told.includes('Good') && told.length < usable.length)
  const { nouns } = gateway.schemas.catalogue
  const imported = new Set(nouns.filter((it) => it.status === 'imported').map((it) => it.noun))
  const isShipped = (it: string) => !imported.has(it)
  assert.equal(told.filter(isShipped), usable.filter(isShipped), 'everything that is shipped')
  assert.match(
    info.description,
    /^- \d+ more nouns: ask for one of them with \/openapi\.json\?noun=/m,
  )
})

test('the list of nouns has them all, each unusable one with the reason', async () => {
  const { status, text } = await gateway.ask('GET', '/docs')
  assert.is(status, 200)
  for (const it of [...NAMES, 'Good', `Many${MANY - 1}`]) assert.match(text, `>${it}<`)
  assert.match(text, /Unusable schema:.*g24 has more than 100000 particles/)
})

for (const [noun, name] of Object.entries(NOUNS))
  test(`the page of a noun of ${name} says so`, async () => {
    const { status, text } = await gateway.ask('GET', `/docs/${noun}`)
    assert.ok([200, 500].includes(status))
    assert.match(text, /would have more than 20000 elements|particles|made of itself/)
    assert.match(text, `${noun}.xsd`)
  })

test('a program that asks for JSON gets a problem document about an unusable noun', async () => {
  const asked = (accept: string) => gateway.ask('GET', '/docs/Ring', { headers: { accept } })
  const { status, text, contentType } = await asked('application/json')
  assert.equal([status, contentType], [500, 'application/problem+json; charset=utf-8'])
  assert.match(text, /"detail":"[^"]*\.xsd[^"]* is made of itself/)
  for (const accept of ['', '*/*', 'text/html,application/json;q=0.5'])
    assert.match((await asked(accept)).contentType, 'text/html')
})

test('the guides take a noun that can be used for their example', async () => {
  assert.is((await gateway.ask('GET', '/docs/guide/http')).status, 200)
})

test.run()
