// The samples one after the other, in the orders that samples/README.md has: a fresh gateway takes them all.

import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isObject, member, sameJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { openFixture } from './gateway.fixture.ts'
import { resourceOf } from './nouns.ts'

const test = suite('samples in order')

const FOLDER = fileURLToPath(new URL('../../../samples/', import.meta.url))
const README = readFileSync(`${FOLDER}README.md`, 'utf8')
const SECTION = /## One after the other\n([^]*?)\n## /.exec(README)?.[1] ?? ''

/** [what, samples] of each row. */
const ROWS = [...SECTION.matchAll(/^\| (?!what \||-)(.*) \| (.*) \|$/gm)].map(
  ([, what = '', list = '']) =>
    [what, [...list.matchAll(/`([^`]+)`/g)].map(([, it = '']) => it)] as const,
)

/** Samples that are there to be refused, with the code that is due. */
const REFUSED: readonly (readonly [string, string])[] = [
  ['der-group-dissolve/by-id-request', '99.1'],
  ['der-group-remove-members/integrity-request', '5.3'],
]

function sampleOf(name: string): string {
  return readFileSync(`${FOLDER}${name}.xml`, 'utf8')
}

test('every sample of a request or event stands in a row, or is there to be refused', () => {
  const all = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .map((it) => it.replaceAll('\\', '/'))
    .filter((it) => /^(?!hostile|envelope)[^/]+\/[^/]+\.xml$/.test(it) && !it.endsWith('reply.xml'))
    .map((it) => it.replace(/\.xml$/, ''))
  assert.ok(ROWS.length >= 8)
  const shown = [...ROWS.flatMap(([, it]) => it), ...REFUSED.map(([it]) => it)]
  const missing = all.filter((it) => !shown.includes(it))
  assert.equal(missing, [], 'put them into a row of samples/README.md')
})

for (const [what, samples] of ROWS)
  test(`${what}: each is answered OK`, async () => {
    const gateway = await openFixture()
    try {
      for (const it of samples) {
        const { result, text } = await gateway.send(sampleOf(it))
        assert.is(result, 'OK', `${it}: ${text}`)
      }
    } finally {
      await gateway.close()
    }
  })

const api = await openFixture()
test.after(() => api.close())

/** Content of the example of a create in OpenAPI, by the path of the resource. */
const EXAMPLES: ReadonlyMap<string, Json> = new Map(
  Object.entries(JSON.parse((await api.ask('GET', '/openapi.json')).text).paths).flatMap(
    ([path, item]) => {
      const content = member(member(member(item as Json, 'post'), 'requestBody'), 'content')
      const examples = member(member(content, 'application/json'), 'examples')
      const value = member(member(examples, 'content'), 'value')
      return value === undefined ? [] : [[path, value] as const]
    },
  ),
)

/** The path at which a sample is the example, and that example; the sample may have more objects. */
function exampleOf(name: string): { readonly path: string; readonly body: Json } | undefined {
  const message = JSON.parse(readFileSync(`${FOLDER}${name}.json`, 'utf8')) as JsonObject
  const noun = String(member(member(message, 'header'), 'Noun'))
  const verb = String(member(member(message, 'header'), 'Verb'))
  const path = `/api/v1/${resourceOf(noun)}`
  const [body, content] = [EXAMPLES.get(path), member(member(message, 'payload'), noun)]
  if (!/^created?$/.test(verb) || !isObject(body) || !isObject(content)) return undefined
  const [element = ''] = Object.keys(body)
  const [own, theirs] = [body[element], content[element]].map((it) => (it as Json[])?.[0] ?? null)
  return own !== undefined && theirs !== undefined && own !== null && sameJson(own, theirs ?? null)
    ? { path, body }
    : undefined
}

/** What comes before each sample that is an example, in the first row that has it. */
const SHOWN = ROWS.flatMap(([, samples]) =>
  samples.flatMap((name, at) => {
    const example = exampleOf(name)
    return example === undefined ? [] : [{ ...example, before: samples.slice(0, at) }]
  }),
)

for (const path of new Set(SHOWN.map((it) => it.path)))
  test(`the example of OpenAPI at ${path} is accepted behind the samples before it`, async () => {
    const { body, before } = SHOWN.find((it) => it.path === path)!
    const gateway = await openFixture()
    try {
      for (const it of before) await gateway.send(sampleOf(it))
      const made = await gateway.ask('POST', path, { body: JSON.stringify(body) })
      assert.is(made.status, 201, made.text)
    } finally {
      await gateway.close()
    }
  })

test('whatever else OpenAPI shows is accepted by a gateway that knows nothing', async () => {
  const gateway = await openFixture()
  try {
    const shown = SHOWN.map((it) => it.path)
    assert.ok(shown.length >= 10 && EXAMPLES.size > 40)
    for (const [path, body] of EXAMPLES) {
      if (shown.includes(path)) continue
      const made = await gateway.ask('POST', path, { body: JSON.stringify(body) })
      // Of a collection that is answered object by object the answer is the list of results.
      const due = path.endsWith(':batch') ? 200 : 201
      assert.is(made.status, due, `${path}: ${made.text}`)
    }
  } finally {
    await gateway.close()
  }
})

for (const [name, code] of REFUSED)
  test(`${name} is refused with ${code}, and says how to mend it`, async () => {
    const gateway = await openFixture()
    try {
      const { result, text } = await gateway.send(sampleOf(name))
      assert.is(result, 'FAILED', text)
      assert.match(text, `<code>${code}</code>`)
      assert.match(text, /<details>rule=[\w-]+; [^<]*\./)
    } finally {
      await gateway.close()
    }
  })

test.run()
