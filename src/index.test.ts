// The public surface used as another program uses it: open, judge, convert, sample, describe, close.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openCimgate, writeJson } from './index.ts'
import type { Cimgate } from './index.ts'

const test = suite('index')

let cimgate: Cimgate

test.before(async () => {
  cimgate = await openCimgate()
})

test.after(() => cimgate.close())

const bytes = (text: string) => new TextEncoder().encode(text)

test('a sampled message is valid, and comes back from XML as it was', async () => {
  for (const noun of new Set(cimgate.nouns.map((it) => it.noun))) {
    const sample = cimgate.sample(noun) ?? {}
    const json = bytes(writeJson(sample))
    assert.is((await cimgate.validate(json)).verdict, 'valid', noun)
    const { text = '' } = await cimgate.convert(json, 'xml')
    const back = await cimgate.convert(bytes(text), 'json')
    assert.equal(JSON.parse(back.text ?? ''), JSON.parse(writeJson(sample)), noun)
  }
})

test('the JSON Schema of a noun follows the variant of the verb', () => {
  const required = (verb: string) => JSON.stringify(cimgate.jsonSchema('DERGroups', verb))
  assert.match(required('create'), /"required":\["DERFunction"\]/)
  assert.not.match(required('change'), /"required":\["DERFunction"\]/)
  assert.is(cimgate.jsonSchema('Bananas'), undefined)
})

test('what is no message gets findings, not an exception', async () => {
  assert.is((await cimgate.validate(bytes('<a>'))).verdict, 'not-well-formed')
  assert.is((await cimgate.convert(bytes('{'))).text, undefined)
})

test.run()
