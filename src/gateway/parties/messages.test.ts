// What the configuration looks at inside of messages: order keys, awaited messages, what is not shown.

import { readFileSync, readdirSync } from 'node:fs'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ROOT } from '../../layers/sources.fixture.ts'
import { readJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { party, topologyOf } from '../access/parties.fixture.ts'
import { expectedAfter, metBy } from './awaiting.ts'
import { orderKeyOf, partsOf } from './order-key.ts'
import { visibleTo } from './visibility.ts'

const test = suite('parties and messages')

const ORDER = { by: 'key', path: 'EndDeviceGroup.mRID' } as const

function groups(...ids: readonly string[]): JsonObject {
  const members = [{ Names: [{ name: '7' }] }]
  return {
    header: { Verb: 'created', Noun: 'DERGroups', MessageID: 'm1' },
    payload: {
      DERGroups: { EndDeviceGroup: ids.map((mRID) => ({ mRID, EndDevices: members })) },
    },
  }
}

test('an order key is the value at its path, the same in either case of a UUID', () => {
  const id = '3f2504e0-4f89-11d3-9a0c-0305e82c3301'
  const key = orderKeyOf(groups(id), ORDER)
  assert.is(key, `EndDeviceGroup.mRID ${id}`)
  assert.is(orderKeyOf(groups(id.toUpperCase()), ORDER), key)
  assert.is.not(orderKeyOf(groups('G1'), ORDER), orderKeyOf(groups('g1'), ORDER))
})

test('several objects have one key, whatever their order and however often they stand there', () => {
  assert.is(orderKeyOf(groups('a', 'b'), ORDER), orderKeyOf(groups('b', 'a', 'b'), ORDER))
  assert.is(orderKeyOf(groups('b', 'a'), ORDER), 'EndDeviceGroup.mRID a b')
})

test('the key of several objects has the keys of each as its parts, also where a value holds spaces', () => {
  const values = ['a', '50 %', ' x\ty']
  const parts = partsOf(orderKeyOf(groups(...values), ORDER))
  assert.equal([...parts].sort(), values.map((it) => orderKeyOf(groups(it), ORDER)).sort())
  assert.is(new Set(parts).size, 3)
  for (const it of values) assert.equal(partsOf(orderKeyOf(groups(it), ORDER)), [])
  assert.equal(partsOf(orderKeyOf(groups('a'), { by: 'noun' })), [])
  assert.equal(partsOf(''), [])
})

test('an order key is found in operations, in queries, among IDs and in numbers', () => {
  const header = { Noun: 'DERGroups' }
  const inOperation: JsonObject = {
    header,
    payload: { OperationSet: { Operation: [{ DERGroups: { EndDeviceGroup: [{ mRID: 'a' }] } }] } },
  }
  const inRequest = { header, request: { DERGroups: { EndDeviceGroup: [{ mRID: 'a' }] } } }
  const asId = { header, payload: { ID: [{ $: 'a', '@kind': 'uuid' }] } }
  const severalRoots = { header, payload: [{ DERGroups: { EndDeviceGroup: [{ mRID: 'a' }] } }] }
  for (const it of [inOperation, inRequest, asId, severalRoots] as const)
    assert.is(orderKeyOf(it, ORDER), 'EndDeviceGroup.mRID a', JSON.stringify(it))
  const number: JsonObject = { header, payload: { DERGroups: { n: { '#number': '0010' } } } }
  assert.is(orderKeyOf(number, { by: 'key', path: 'n' }), 'n 0010')
})

test('without a value all of the noun is the key, and without order there is none', () => {
  assert.is(orderKeyOf({ header: { Noun: 'DERGroups' } }, ORDER), 'noun DERGroups')
  assert.is(orderKeyOf(groups('a'), { by: 'key', path: 'nothing.here' }), 'noun DERGroups')
  assert.is(orderKeyOf(groups('a'), { by: 'noun' }), 'noun DERGroups')
  assert.is(orderKeyOf(groups('a'), { by: 'none' }), '')
})

const AWAITING = topologyOf([], {
  awaiting: [
    {
      id: 'formed',
      after: { noun: ['DERGroupRequests'], verb: ['create'] },
      expect: { noun: ['DERGroups'], verb: ['created'], from: ['tp:*'] },
      key: 'EndDeviceGroup.mRID',
      withinMs: 5,
    },
    {
      id: 'answered',
      after: { verb: ['create'] },
      expect: { verb: ['reply'] },
      key: 'CorrelationID',
      withinMs: 7,
    },
  ],
})

test('a message is awaited by what both have in common, and met by whoever is to send it', () => {
  const request: JsonObject = {
    header: { Noun: 'DERGroupRequests', Verb: 'create', MessageID: 'm0' },
    payload: { DERGroupRequests: { EndDeviceGroup: [{ mRID: 'a' }, { mRID: 'b' }] } },
  }
  const routed = { noun: 'DERGroupRequests', verb: 'create', from: 'cs' }
  assert.equal(expectedAfter(AWAITING, routed, request), [
    { kind: 'formed', key: 'a', withinMs: 5 },
    { kind: 'formed', key: 'b', withinMs: 5 },
    { kind: 'answered', key: 'm0', withinMs: 7 },
  ])
  const created = { noun: 'DERGroups', verb: 'created' }
  assert.equal(metBy(AWAITING, { ...created, from: 'tp:a:derms' }, groups('a')), [
    { kind: 'formed', key: 'a' },
  ])
  assert.equal(metBy(AWAITING, { ...created, from: 'dms' }, groups('a')), [])
  const reply = { header: { Noun: 'X', Verb: 'reply', MessageID: 'm9', CorrelationID: 'm0' } }
  assert.equal(metBy(AWAITING, { noun: 'X', verb: 'reply', from: 'dms' }, reply), [
    { kind: 'answered', key: 'm0' },
  ])
})

test('nothing is awaited without a value to know it by', () => {
  assert.equal(
    expectedAfter(AWAITING, { noun: 'X', verb: 'create', from: 'cs' }, { header: {} }),
    [],
  )
})

const deny = (path: string, more: { party?: string; owner?: string } = {}) =>
  topologyOf([], { visibility: [{ party: 'dso-*', deny: [path], ...more }] })

test('what is denied is left out, and nothing else', () => {
  const seen = visibleTo(groups('a', 'b'), party('dso-cs'), deny('DERGroups.EndDevices'))
  const without = { EndDeviceGroup: [{ mRID: 'a' }, { mRID: 'b' }] }
  assert.equal(seen, { ...groups('a', 'b'), payload: { DERGroups: without } })
})

test('a path may begin at any depth, and its steps follow one another', () => {
  const cs = party('dso-cs')
  const named = visibleTo(groups('a'), cs, deny('DERGroups.EndDevices.Names.name'))
  const [group] = (named['payload'] as any).DERGroups.EndDeviceGroup
  assert.equal(group.EndDevices, [{ Names: [{}] }])
  const far = visibleTo(groups('a'), cs, deny('DERGroups.EndDeviceGroup.Names'))
  assert.equal(far, groups('a'), 'Names stands in EndDevices, not in the group')
})

test('others, owners and other nouns are not meant', () => {
  const message = groups('a')
  assert.equal(visibleTo(message, party('tp:a:cs'), deny('DERGroups.EndDevices')), message)
  assert.equal(visibleTo(message, party('dso-cs'), deny('Tariffs.EndDevices')), message)
  const others = deny('DERGroups.EndDevices', { owner: 'tp:*' })
  assert.equal(visibleTo(message, party('dso-cs'), others, 'dso-dms'), message)
  assert.not.equal(visibleTo(message, party('dso-cs'), others, 'tp:a:derms'), message)
  assert.not.equal(visibleTo(message, party('dso-cs'), others), message, 'owner not known')
  const all = deny('DERGroups.EndDevices', { party: '*' })
  assert.equal(visibleTo(message, party('tp:a:derms'), all, 'tp:a:derms'), message)
})

test('whatever is denied stands nowhere any more below its noun, in any sample (seed 32)', () => {
  const messages = samples()
  // A noun alone is no path: the configuration refuses it.
  const paths = messages
    .flatMap((it) => pathsOf(it['payload'] ?? {}))
    .filter((it) => it.includes('.'))
  assert.ok(paths.length > 50, `${paths.length} paths`)
  fc.assert(
    fc.property(fc.constantFrom(...messages), fc.constantFrom(...paths), (message, path) => {
      const seen = visibleTo(message, party('dso-cs'), deny(path))
      assert.equal(
        pathsOf(seen['payload'] ?? {}).filter((it) => it === path || it.startsWith(`${path}.`)),
        [],
      )
      const again = visibleTo(seen, party('dso-cs'), deny(path))
      assert.equal(again, seen)
      assert.equal({ ...seen, payload: 0 }, { ...message, payload: 0 })
    }),
    { seed: 32, numRuns: 300 },
  )
})

/** Every sample with a payload. */
function samples(): readonly JsonObject[] {
  return readdirSync(`${ROOT}samples`, { recursive: true, encoding: 'utf8' })
    .filter((it) => it.endsWith('request.json'))
    .map((it) => readJson(readFileSync(`${ROOT}samples/${it}`, 'utf8')))
    .flatMap((it) => ('value' in it ? [it.value as JsonObject] : []))
    .filter((it) => it['payload'] !== undefined && !('OperationSet' in (it['payload'] as object)))
}

/** Paths from the noun on, without attributes. */
function pathsOf(payload: Json): readonly string[] {
  if (Array.isArray(payload)) return payload.flatMap((it: Json) => pathsOf(it))
  if (typeof payload !== 'object' || payload === null) return []
  return Object.entries(payload)
    .flatMap(([name, value]) => {
      const below = pathsOf(value as Json).map((it) => `${name}.${it}`)
      return /^[@$#]/.test(name) ? [] : [name, ...below]
    })
    .filter((it, _, all) => all.length < 10_000 && it !== '')
}

test.run()
