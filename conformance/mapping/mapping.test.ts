// The rules of CIM-JSON as the suite tells them: which texts are the same value, and what a ledger says of what is not.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readJson } from '../../src/index.ts'
import type { Json, JsonObject } from '../../src/index.ts'
import { loadXml, readXml } from '../xml.ts'
import type { Node } from '../xml.ts'
import { arrayFaults } from './arrays.ts'
import { jsonOf } from './json.ts'
import { ledgerOf } from './ledger.ts'
import { neutral } from './place.ts'
import { schemaOf } from './schema.ts'
import { thingOfJson, thingOfNode } from './thing.ts'
import { treeOf } from './tree.ts'
import { writeXml } from '../peers/write.ts'

const test = suite('conformance: mapping')
test.before(loadXml)

const NUMBER = { type: ['number', 'string'], pattern: '.' }
const SCHEMA = schemaOf({
  type: 'object',
  properties: {
    Item: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          id: { type: 'string' },
          at: { type: 'string', pattern: 'T' },
          count: NUMBER,
          isSo: { type: ['boolean', 'string'], pattern: 'true' },
          multiplier: { type: 'string', enum: ['k', 'none'] },
          part: { type: 'array', items: { type: 'string' } },
          type: {
            anyOf: [
              { type: 'string' },
              { type: 'object', properties: { $: { type: 'string' }, '@ref': { type: 'string' } } },
            ],
          },
          '#ext': { type: 'array' },
        },
      },
    },
  },
})

function jsonIn(text: string): JsonObject {
  const read = readJson(text)
  if (!('value' in read)) throw new Error(text)
  return { Item: [read.value] }
}

function xmlIn(content: string): Node {
  const text = `<Items xmlns="urn:items#"><Item>${content}</Item></Items>`
  const root = readXml(new TextEncoder().encode(text))
  if (root === undefined) throw new Error(text)
  return root
}

function found(json: string, xml: string, isDeclared = (_path: string) => false) {
  const from = thingOfJson('Items', jsonIn(json), '/Items')
  return ledgerOf(from, thingOfNode(xmlIn(xml), '/Items'), { schema: SCHEMA, isDeclared })
}

/** [content of an item in JSON, in XML, what is found] */
const VALUES: readonly (readonly [string, string, string])[] = [
  ['{"id":"007"}', '<id>007</id>', ''],
  ['{"id":"007"}', '<id>7</id>', 'MAP-15'],
  ['{"id":"aB"}', '<id>ab</id>', 'MAP-06'],
  ['{"id":"abcdef"}', '<id>abc</id>', 'MAP-07'],
  ['{"id":" a "}', '<id>a</id>', 'MAP-10'],
  ['{"id":"é"}', '<id>e</id>', 'MAP-10'],
  ['{"id":null}', '<id>null</id>', 'MAP-08'],
  ['{"id":null}', '', ''],
  ['{"id":""}', '<id/>', ''],
  ['{"id":""}', '', 'MAP-09'],
  ['{"id":"a"}', '', 'MAP-01'],
  ['{}', '<id>a</id>', 'MAP-02'],
  ['{"count":0.10}', '<count>+0.1</count>', ''],
  ['{"count":1e21}', '<count>1000000000000000000000</count>', ''],
  ['{"count":-0}', '<count>0</count>', ''],
  ['{"count":"INF"}', '<count>INF</count>', ''],
  ['{"count":12345678901234567890}', '<count>12345678901234567000</count>', 'MAP-03'],
  ['{"count":5}', '<count>5000</count>', 'MAP-05'],
  ['{"multiplier":"k"}', '<multiplier>none</multiplier>', 'MAP-05'],
  ['{"isSo":true}', '<isSo>1</isSo>', ''],
  ['{"isSo":true}', '<isSo>false</isSo>', 'MAP-15'],
  ['{"at":"2026-07-14T12:00:00Z"}', '<at>2026-07-14T14:00:00.000+02:00</at>', ''],
  ['{"at":"2026-07-14T12:00:00Z"}', '<at>2026-07-14T12:00:00+02:00</at>', 'MAP-04'],
  ['{"at":"2026-07-14T12:00:00Z"}', '<at>2026-07-14T12:00:00</at>', 'MAP-04'],
  ['{"at":"2026-07-14T12:00:00.1234Z"}', '<at>2026-07-14T12:00:00.123Z</at>', 'MAP-04'],
  ['{"part":["a"]}', '<part>a</part>', ''],
  ['{"part":["a","b"]}', '<part>a</part><part>b</part>', ''],
  ['{"part":["a","b"]}', '<part>b</part><part>a</part>', 'MAP-12'],
  ['{"part":["a","b","c"]}', '<part>a</part><part>c</part>', 'MAP-12'],
  ['{"part":["a"]}', '<part>a</part><part>b</part>', 'MAP-12'],
  ['{"type":{"$":"t","@ref":"1.2"}}', '<type ref="1.2">t</type>', ''],
  ['{"type":{"$":"t","@ref":"1.2"}}', '<type>t</type>', 'MAP-13'],
  [
    '{"#ext":[{"ns":"urn:x","xml":"<x:a xmlns:x=\\"urn:x\\">1</x:a>"}]}',
    '<a xmlns="urn:x">1</a>',
    '',
  ],
  ['{"#ext":[{"ns":"urn:x","xml":"<x:a xmlns:x=\\"urn:x\\">1</x:a>"}]}', '', 'MAP-14'],
]

for (const [json, xml, due] of VALUES)
  test(`${json} as ${xml === '' ? 'nothing' : xml}: ${due === '' ? 'the same' : due}`, () => {
    const ids = found(json, xml).flatMap((it) =>
      it.requirement === undefined ? [] : [it.requirement],
    )
    assert.is([...new Set(ids)].join(), due)
  })

test('both places of a loss are told', () => {
  const [entry] = found('{"part":["a"],"id":"x"}', '<id>X</id><part>a</part>').filter(
    (it) => it.requirement !== undefined,
  )
  const { from, to, said, got } = entry ?? {}
  assert.equal([from, to, said, got], ['/Items/Item/0/id', '/Items/Item[1]/id[1]', 'x', 'X'])
  assert.is(neutral(from ?? ''), neutral(to ?? ''))
})

test('what is declared is filled in, not invented', () => {
  const entries = found('{}', '<id>a</id>', (path) => path === 'Items/Item/id')
  assert.equal(
    entries.map((it) => it.fate),
    ['defaulted'],
  )
})

test('an array is one by the schema, not by how many there are', () => {
  const faults = (text: string) =>
    arrayFaults(jsonIn(text), SCHEMA).map((it) => `${it.place}: ${it.expected}`)
  assert.equal(faults('{"part":["a"],"id":"x"}'), [])
  assert.equal(faults('{"part":"a","id":["x"]}'), [
    '/Item/0/part: an array',
    '/Item/0/id: no array',
  ])
})

test('what is written as XML is the same in JSON again, also in the order of the schema', () => {
  const json = jsonIn(
    '{"type":{"$":"t","@ref":"1"},"part":["b"," "],"count":12345678901234567890.10,"isSo":true,"id":"<&> \\t"}',
  )
  const written = writeXml(treeOf('Items', json as Json, 'urn:items#', SCHEMA))
  assert.match(written, /<id>.*<count>.*<isSo>.*<part>.*<type/)
  const again = jsonOf(readXml(new TextEncoder().encode(written)) as Node, SCHEMA) as JsonObject
  const terms = { schema: SCHEMA, isDeclared: () => false }
  const [from, to] = [json, again].map((it) => thingOfJson('Items', it, '/Items'))
  const entries = from === undefined || to === undefined ? [] : ledgerOf(from, to, terms)
  assert.is(entries.length, 7)
  assert.ok(entries.every((it) => it.fate === 'mapped'))
})

test.run()
