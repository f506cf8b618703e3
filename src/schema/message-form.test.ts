import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { MESSAGE_NS } from '../envelope/namespaces.ts'
import { typedRootNamed } from '../envelope/typed-roots.ts'
import { isObject, member, sameJson, writeJson } from './json-text.ts'
import type { Json, JsonObject } from './json-text.ts'
import { NOUNS, SCHEMAS, judged, messagesOf } from './laws/laws.fixture.ts'
import type { Case } from './laws/laws.fixture.ts'
import { inForm } from './message-form.ts'
import { messageFromJson } from './message-xml.ts'

const test = suite('message-form')

/** seeds for each noun, verb and carrier */
const SEEDS = 4
const CASES = NOUNS.flatMap((it) => messagesOf(it, SEEDS))
const isTyped = ({ json }: Case) => json['@xmlns'] !== undefined

/** What a message becomes as a document that was judged valid. */
function reread(json: JsonObject, label: string): Json {
  const { xml, issues } = messageFromJson(json, SCHEMAS)
  const { verdict, findings, json: read } = judged(xml)
  const errors = findings.filter((it) => it.severity === 'error').map((it) => it.message)
  assert.equal([issues, verdict, errors], [[], 'valid', []], `${label}\n${xml}`)
  return read ?? null
}

/** The typed names need the noun where a message about an OperationSet names none. */
function stemOf(json: JsonObject): string {
  const root = typedRootNamed(String(json['message']))
  return root?.reply.replace('ResponseMessage', '') ?? ''
}

test('typed -> generic -> typed is the same message, for every noun and verb', () => {
  const typed = CASES.filter(isTyped)
  assert.ok(typed.length > NOUNS.length)
  for (const { json, label } of typed) {
    const there = inForm(json, 'generic', SCHEMAS)
    if ('refused' in there) throw new Error(`${label}: ${there.refused.reason}`)
    assert.ok(sameJson(reread(there.message, label), there.message), label)
    const back = inForm(there.message, 'typed', SCHEMAS, stemOf(json))
    assert.ok('message' in back && sameJson(back.message, json), `${label}\n${writeJson(json)}`)
  }
})

/** What generic messages may hold and typed ones may not; anything else must convert. */
const UNTYPED =
  /has no ID|holds one|carries a query profile|carries the object|names none|plain text without/

test('generic -> typed -> generic is the same message, or the reason says what has no place', () => {
  const converted = new Set<string>()
  for (const { json, label } of CASES.filter((it) => !isTyped(it))) {
    const noun = /^cimgate sample (\S+)/.exec(label)?.[1] ?? ''
    const there = inForm(json, 'typed', SCHEMAS)
    if ('refused' in there) {
      // Nobody creates or changes a query.
      const isQuery = SCHEMAS.catalogue.queried(noun) !== undefined
      const why = isQuery
        ? /No typed message|holds one|has no ID|names none|an OperationSet/
        : UNTYPED
      assert.match(there.refused.reason, why, `${label}\n${writeJson(json)}`)
      continue
    }
    assert.ok(sameJson(reread(there.message, label), there.message), label)
    const back = inForm(there.message, 'generic', SCHEMAS)
    assert.ok('message' in back && sameJson(back.message, json), label)
    converted.add(noun)
  }
  assert.equal([...converted].sort(), [...NOUNS].sort())
})

const HEADER = { Verb: 'create', Noun: 'DERGroups', MessageID: '1' }
const OBJECT = { '@xmlns': 'http://iec.ch/TC57/2017/DERGroups#', EndDeviceGroup: [] }
const operation = (noun: string) => ({ operationId: 1, [noun]: { '@xmlns': 'urn:x' } })
const request = (parts: JsonObject): JsonObject => ({
  message: 'RequestMessage',
  header: HEADER,
  ...parts,
})
const verb = (Verb: string, Noun = 'DERGroups') => ({ header: { ...HEADER, Verb, Noun } })

/** What has no typed counterpart -> why */
const REFUSED: readonly (readonly [string, JsonObject, RegExp, string])[] = [
  ['a payload alone', { DERGroups: OBJECT }, /alone is neither/, '/DERGroups'],
  ['the root Message', { ...request({}), message: 'Message' }, /fits any kind/, '/Message'],
  [
    'two payload roots',
    request({ payload: [{ DERGroups: OBJECT }, { DERGroups: OBJECT }] }),
    /holds one DERGroups, and this one holds 2/,
    '/RequestMessage/Payload',
  ],
  [
    'Payload/ID',
    request({ ...verb('cancel'), payload: { ID: ['x'] } }),
    /no ID/,
    '/RequestMessage/Payload/ID',
  ],
  [
    'a compressed payload',
    request({ payload: { Compressed: 'eA==' } }),
    /this one is compressed/,
    '/RequestMessage/Payload/Compressed',
  ],
  [
    'an element that no schema declares',
    request({ payload: { '#ext': [{ ns: 'urn:x', xml: '<a xmlns="urn:x"/>' }] } }),
    /holds its noun only/,
    '/RequestMessage/Payload',
  ],
  [
    'execute without an OperationSet',
    request({ ...verb('execute'), payload: { DERGroups: OBJECT } }),
    /carries an OperationSet/,
    '/RequestMessage/Payload',
  ],
  [
    'an OperationSet of two nouns',
    request({
      ...verb('execute', 'OperationSet'),
      payload: {
        OperationSet: { Operation: [operation('DERGroups'), operation('DERGroupForecasts')] },
      },
    }),
    /about DERGroups and DERGroupForecasts/,
    '/RequestMessage/Payload/OperationSet',
  ],
  [
    'an OperationSet of no noun',
    request({
      ...verb('execute', 'OperationSet'),
      payload: { OperationSet: { Operation: [{ operationId: 1, verb: 'create' }] } },
    }),
    /this one names none/,
    '/RequestMessage',
  ],
  [
    'an OperationSet under change',
    request({
      ...verb('change'),
      payload: { OperationSet: { Operation: [operation('DERGroups')] } },
    }),
    /No typed message is named after change DERGroupsOperationSet/,
    '/RequestMessage',
  ],
  [
    'a get by ID',
    request({ ...verb('get'), request: { ID: ['x'] } }),
    /query profile/,
    '/RequestMessage/Request',
  ],
  [
    'a get with IDs that say what they are',
    request({ ...verb('get'), request: { ID: [{ '@kind': 'uuid', $: 'x' }] } }),
    /plain text without attributes/,
    '/RequestMessage/Request/ID',
  ],
  [
    'a get with a Payload',
    request({ ...verb('get'), payload: { DERGroups: OBJECT } }),
    /no Payload/,
    '/RequestMessage/Payload',
  ],
  [
    'a noun without a schema',
    request({ ...verb('create', 'Gadgets') }),
    /No schema has the noun Gadgets/,
    '/RequestMessage/Header/Noun',
  ],
  [
    'a fault, which names no noun',
    { message: 'FaultMessage', reply: { Result: 'FAILED' } },
    /a fault does not name one/,
    '/FaultMessage',
  ],
]

for (const [what, json, reason, path] of REFUSED)
  test(`${what} has no typed counterpart`, () => {
    const made = inForm(json, 'typed', SCHEMAS)
    if ('message' in made) throw new Error(writeJson(made.message))
    assert.match(made.refused.reason, reason)
    assert.match(made.refused.reason, /^[A-Z].*\.$/)
    assert.match(made.refused.mend, /^[A-Z].*\.$/)
    assert.is(made.refused.path, path)
  })

for (const noun of ['DERGroups', 'DERGroupsOperationSet', 'DERGroupQueries'])
  test(`names a fault after ${noun} when told so, and back`, () => {
    const fault: JsonObject = {
      message: 'FaultMessage',
      reply: { Result: 'FAILED', Error: [{ code: '1.8', level: 'FATAL' }] },
    }
    const there = inForm(fault, 'typed', SCHEMAS, noun)
    if ('refused' in there) throw new Error(there.refused.reason)
    assert.is(there.message['message'], `${noun}FaultMessage`)
    assert.ok(sameJson(reread(there.message, noun), there.message))
    assert.equal(inForm(there.message, 'generic', SCHEMAS), { message: fault })
  })

test('names a reply about an OperationSet after the noun that is given', () => {
  const reply: JsonObject = {
    message: 'ResponseMessage',
    header: { Verb: 'reply', Noun: 'OperationSet', MessageID: '2', CorrelationID: '1' },
    reply: { Result: 'OK' },
  }
  assert.ok('refused' in inForm(reply, 'typed', SCHEMAS))
  for (const noun of ['DERGroups', 'DERGroupsOperationSet']) {
    const there = inForm(reply, 'typed', SCHEMAS, noun)
    assert.is(
      'message' in there && there.message['message'],
      'DERGroupsOperationSetResponseMessage',
    )
  }
})

test('a typed payload of two parts has no generic counterpart', () => {
  const message: JsonObject = {
    message: 'CreateDERGroups',
    '@xmlns': 'http://iec.ch/TC57/2017/DERGroupsMessage',
    header: HEADER,
    payload: { DERGroups: OBJECT, OperationSet: {}, Format: 'XML' },
  }
  const made = inForm(message, 'generic', SCHEMAS)
  assert.match('refused' in made ? made.refused.reason : '', /holds DERGroups and OperationSet\./)
})

test('a message that has the form already stays as it is', () => {
  for (const { json } of CASES.slice(0, 50)) {
    const form = json['@xmlns'] === undefined ? 'generic' : 'typed'
    const made = inForm(json, form, SCHEMAS)
    assert.is('message' in made ? made.message : undefined, json)
  }
  const given = { ...request({}), '@xmlns': MESSAGE_NS }
  assert.ok('message' in inForm(given, 'generic', SCHEMAS))
})

test('finds the noun of an Operation that carries no object in its noun', () => {
  const set = { Operation: [{ operationId: 1, noun: 'DERGroups', verb: 'cancel' }] }
  const message = request({ ...verb('execute', 'OperationSet'), payload: { OperationSet: set } })
  const made = inForm(message, 'typed', SCHEMAS)
  const root = 'message' in made ? made.message : {}
  assert.equal(
    [root['message'], isObject(member(root, 'payload'))],
    ['ExecuteDERGroupsOperationSet', true],
  )
})

test.run()
