import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isObject } from '../json-text.ts'
import type { Json, JsonObject } from '../json-text.ts'
import { NOUNS, SCHEMAS } from '../laws/laws.fixture.ts'
import { jsonMutations } from './json.ts'
import { sampleMessage } from '../sample/sample.ts'

const mutateJson = suite('mutate-json')

const SAMPLE = NOUNS.map((it) => sampleMessage(SCHEMAS, it, { verb: 'create' })).find(
  (it) => it !== undefined,
) as JsonObject

function mutantsOf(sample: JsonObject): ReturnType<typeof jsonMutations> {
  return jsonMutations(sample, SCHEMAS, 'create')
}

/** How many values differ. */
function differences(a: Json | undefined, b: Json | undefined): number {
  if (JSON.stringify(a) === JSON.stringify(b)) return 0
  if (!isObject(a) || !isObject(b)) return 1
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].reduce((sum, it) => sum + differences(a[it], b[it]), 0)
}

mutateJson('changes one value in each mutant and leaves the sample as it is', () => {
  const before = JSON.stringify(SAMPLE)
  const all = mutantsOf(SAMPLE)
  assert.ok(all.length > 20, String(all.length))
  for (const { name, json } of all) assert.is(differences(SAMPLE, json), 1, name)
  assert.is(JSON.stringify(SAMPLE), before)
})

mutateJson(
  'goes by the schema into header and payload, and into nothing that it does not know',
  () => {
    const header = mutantsOf({ message: 'RequestMessage', header: { Verb: 'create' } })
    assert.ok(header.length > 0)
    for (const { expect } of header) assert.is(expect[0]?.path, '/RequestMessage/Header/Verb')
    const strangers = { NoSuchNoun: { mRID: '1' } }
    const more = mutantsOf({
      message: 'RequestMessage',
      header: { Verb: 'create' },
      payload: strangers,
    })
    assert.equal(
      more.map((it) => it.name),
      header.map((it) => it.name),
    )
  },
)

mutateJson('makes none of a message that is not known or has no header', () => {
  assert.equal(mutantsOf({ message: 'NoSuchMessage', header: { Verb: 'create' } }), [])
  assert.equal(mutantsOf({ message: 'RequestMessage' }), [])
})

mutateJson.run()
