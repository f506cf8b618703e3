import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { MESSAGE_NS } from '../../envelope/namespaces.ts'
import { VERBS } from '../../envelope/verbs.ts'
import { isObject, member, writeJson } from '../json-text.ts'
import type { Json, JsonObject } from '../json-text.ts'
import { NOUNS, ROOTS, SCHEMAS, judged } from '../laws/laws.fixture.ts'
import { messageFromJson } from '../message-xml.ts'
import { sampleMessage, sampleRoot, sampleVerbs, usualVerb } from './sample.ts'
import type { SampleOptions } from './sample.ts'
import { T, setOf, xsd } from '../schema.fixture.ts'

const sample = suite('sample')

/** A noun that is no query, and one that is. */
const [OBJECT = '', QUERY = ''] = [
  NOUNS.find((it) => SCHEMAS.catalogue.queryOf(it) !== undefined),
  NOUNS.find((it) => SCHEMAS.catalogue.queried(it) !== undefined),
]

function made(noun: string, options: SampleOptions = {}): JsonObject {
  const json = sampleMessage(SCHEMAS, noun, options)
  if (json === undefined) throw new Error(`no ${noun} ${JSON.stringify(options)}`)
  return json
}

sample('asks with get for a query and creates every other noun', () => {
  assert.is(usualVerb(SCHEMAS, OBJECT), 'create')
  assert.is(usualVerb(SCHEMAS, QUERY), 'get')
  assert.is(member(made(OBJECT)['header'], 'Verb'), 'create')
})

sample('is the same for the same seed, byte by byte', () => {
  for (const seed of [0, 1, 77]) {
    const [a, b] = [made(OBJECT, { seed }), made(OBJECT, { seed })].map((it) => writeJson(it))
    assert.is(a, b)
  }
})

sample('is another one for another seed, with another MessageID', () => {
  const ids = [0, 1, 2, 3].map((seed) => member(made(OBJECT, { seed })['header'], 'MessageID'))
  assert.is(new Set(ids).size, 4)
})

sample('has a header that answers every rule', () => {
  const { header } = made(OBJECT)
  assert.equal(Object.keys(header as JsonObject), [
    'Verb',
    'Noun',
    'Timestamp',
    'Source',
    'MessageID',
    'CorrelationID',
  ])
})

sample('names objects by mRID and Names where it is tidy', () => {
  const text = writeJson(made(OBJECT))
  assert.match(text, '"mRID":')
  assert.match(text, '"NameTypeAuthority":')
})

sample('names only the object itself where it is ended', () => {
  const sizes = ['change', 'delete'].map((verb) => writeJson(made(OBJECT, { verb })).length)
  assert.ok((sizes[0] ?? 0) >= (sizes[1] ?? 0), String(sizes))
})

sample('puts the query into the Request, and an ID where there is no query', () => {
  assert.ok(isObject(member(made(QUERY)['request'], QUERY)))
  const alone = NOUNS.find(
    (it) =>
      SCHEMAS.catalogue.queryOf(it) === undefined &&
      it !== QUERY &&
      usualVerb(SCHEMAS, it) !== 'get',
  )
  if (alone !== undefined) assert.ok(member(made(alone, { verb: 'get' })['request'], 'ID'))
})

sample('puts the objects of a query into its reply', () => {
  const { payload } = made(QUERY, { verb: 'reply' })
  assert.equal(Object.keys(payload as JsonObject), [SCHEMAS.catalogue.queried(QUERY)])
})

sample('numbers the Operations of a set and gives each its object', () => {
  const set = member(made(OBJECT, { verb: 'execute' })['payload'], 'OperationSet')
  const list = member(set, 'Operation') as readonly Json[]
  assert.equal(
    list.map((it) => member(it, 'operationId')),
    [1, 2],
  )
  for (const it of list) assert.ok(isObject(member(it, OBJECT)))
})

sample('makes typed messages by the names of their roots', () => {
  const names = (verb: string, noun = OBJECT) => made(noun, { verb, typed: true })['message']
  assert.is(names('create'), `Create${OBJECT}`)
  assert.is(names('deleted'), `Deleted${OBJECT}`)
  assert.is(names('execute'), `Execute${OBJECT}OperationSet`)
  assert.is(names('reply'), `${OBJECT}ResponseMessage`)
  assert.is(names('get', QUERY), `${QUERY}RequestMessage`)
})

sample('asks and answers a query, and does nothing else with it', () => {
  assert.equal(sampleVerbs(SCHEMAS, QUERY), ['get', 'reply'])
  assert.equal(sampleVerbs(SCHEMAS, QUERY, true), ['get', 'reply'])
  assert.equal(sampleVerbs(SCHEMAS, OBJECT), Object.keys(VERBS))
  assert.equal(sampleVerbs(SCHEMAS, OBJECT, true), Object.keys(VERBS))
  assert.equal(sampleVerbs(SCHEMAS, 'NoSuchNoun'), [])
})

sample('is undefined where there is no such message', () => {
  assert.is(sampleMessage(SCHEMAS, 'NoSuchNoun'), undefined)
  assert.is(sampleMessage(SCHEMAS, OBJECT, { verb: 'update' }), undefined)
  // A root without namespace has no place in a Payload.
  assert.is(sampleMessage(SCHEMAS, 'Unnamed'), undefined)
  assert.is(sampleMessage(SCHEMAS, QUERY, { verb: 'create', typed: true }), undefined)
})

sample('leaves out the parts that the schema of the message does not have', () => {
  const message = (name: string, type: string) => `<xs:element name="${name}">${type}</xs:element>`
  const bare = '<xs:complexType/>'
  const text = '<xs:simpleType><xs:restriction base="xs:string"/></xs:simpleType>'
  const set = setOf({
    '/0/Message.xsd': xsd(
      message('RequestMessage', bare) + message('ResponseMessage', text),
    ).replaceAll(T, MESSAGE_NS),
    '/0/Thing.xsd': xsd('<xs:element name="Thing" type="xs:string"/>'),
  })
  const keys = (verb: string) => Object.keys(sampleMessage(set, 'Thing', { verb }) ?? {})
  assert.equal(keys('create'), ['message', 'payload'])
  assert.equal(keys('get'), ['message'])
  assert.equal(keys('execute'), ['message'])
  assert.equal(keys('reply'), ['message', 'payload'])
  const payload = sampleMessage(set, 'Thing', { verb: 'create' })?.['payload']
  assert.equal(payload, { Thing: { '@xmlns': T, $: 'example' } })
})

sample('stays small when it is asked to', () => {
  const length = (size: number) =>
    [1, 2, 3, 4, 5].reduce((sum, seed) => sum + writeJson(made(OBJECT, { seed, size })).length, 0)
  assert.ok(length(0) < length(200))
})

sample('is valid and without any finding for every noun and verb, tidy', () => {
  for (const noun of NOUNS)
    for (const verb of sampleVerbs(SCHEMAS, noun)) {
      const { xml } = messageFromJson(made(noun, { verb }), SCHEMAS)
      const { verdict, findings } = judged(xml)
      assert.equal([verdict, findings], ['valid', []], `${noun} ${verb}\n${xml}`)
    }
})

sample('has repeated elements whose names every object of JavaScript has', () => {
  const names = ['toString', 'constructor', '__proto__', 'hasOwnProperty']
  const items = names.map((it) => `<xs:element name="${it}" type="xs:int" maxOccurs="2"/>`)
  const type = `<xs:complexType><xs:sequence>${items.join('')}</xs:sequence></xs:complexType>`
  const set = setOf({ '/1/Odds.xsd': xsd(`<xs:element name="Odds">${type}</xs:element>`) })
  const root = set.payload(undefined, 'Odds', 'create')
  assert.ok(root !== undefined)
  for (let seed = 0; seed < 9; seed += 1) {
    const json = sampleRoot(root, seed, 9)
    for (const it of names) assert.ok(Array.isArray(member(json, it)), `${it} of ${seed}`)
  }
})

sample('ends in recursive types', () => {
  for (const it of ROOTS.filter(({ noun }) => ['Tree', 'Formula'].includes(noun)))
    for (let seed = 0; seed < 50; seed += 1)
      assert.ok(writeJson(sampleRoot(it, seed, 500)).length < 100_000)
})

sample.run()
