import { Ajv2020 } from 'ajv/dist/2020.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { contentSchema, definedContent, messageSchema } from './json-schema.ts'
import { isObject } from './json-text.ts'
import type { Json, JsonObject } from './json-text.ts'
import { bare, judged, messagesOf, NOUNS, payloadsOf, ROOTS, SCHEMAS } from './laws.fixture.ts'
import { messageFromJson } from './message-xml.ts'
import { declared, modelOf } from './schema.fixture.ts'

const test = suite('json-schema')

const ajv = () =>
  new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    strictTypes: false,
    strictRequired: false,
    allowMatchingProperties: true,
  })
const compiled = (schema: JsonObject) => ajv().compile(schema as never)

/** XSD-valid by way of the writer. */
function isValid(json: Json): boolean {
  const { xml, issues } = messageFromJson(json, SCHEMAS)
  const layers = ['wellformed', 'envelope-xsd', 'payload-xsd']
  return (
    issues.length === 0 &&
    !judged(xml).findings.some((it) => it.severity === 'error' && layers.includes(it.layer))
  )
}

/** As JSON.parse has it: numbers without their text. */
const parsed = (json: Json): Json =>
  JSON.parse(JSON.stringify(json, (_, it) => (isToken(it) ? numeric(it['#number']) : it)))
/** A number that JavaScript would write in another way is sent as its text. */
const numeric = (text: string) => (/[eI]/.test(String(Number(text))) ? text : Number(text))
const isToken = (it: unknown): it is { '#number': string } =>
  typeof it === 'object' && it !== null && '#number' in it

/** Every value that differs from this one in one place by a mistake, or by another right way to write it. */
function* nearMisses(json: Json): Generator<Json> {
  if (Array.isArray(json)) {
    yield json[0] ?? null
    for (const [at, it] of json.entries())
      for (const made of nearMisses(it)) yield json.with(at, made)
    if (json.length > 0) yield [...json, json[0]]
  } else if (isObject(json)) {
    yield { ...json, unknown: 'x' }
    for (const name of Object.keys(json)) {
      if (name.startsWith('#') || name === '@xmlns') continue
      const { [name]: value, ...rest } = json
      yield rest
      for (const made of nearMisses(value as Json)) yield { ...json, [name]: made }
    }
  } else {
    yield null
    yield [json]
    yield { $: json, unknown: 1 }
    yield typeof json === 'string' ? 5 : String(json)
    yield typeof json === 'boolean' ? 'maybe' : true
    yield `${typeof json === 'number' ? 'x' : ''}${json}~`
  }
}

/** Where two values differ first, and how. */
function change(a: Json, b: Json, way = ''): string {
  if (!isObject(a) && !Array.isArray(a))
    return `${way}: ${JSON.stringify(a)} > ${JSON.stringify(b)}`
  const [left, right] = [a, b] as unknown as Record<string, Json>[]
  const names = new Set([...Object.keys(left ?? {}), ...Object.keys(Object(right ?? {}) as object)])
  const at = [...names].find((it) => JSON.stringify(left?.[it]) !== JSON.stringify(right?.[it]))
  if (at === undefined || left?.[at] === undefined || right?.[at] === undefined)
    return `${way}: ${JSON.stringify(a)?.slice(0, 60)} > ${JSON.stringify(b)?.slice(0, 60)} ${at}`
  return change(left[at] ?? null, right[at] ?? null, `${way}/${at}`)
}

const MOST = 80

/** Places where JSON Schema and XSD differ on the near misses of some samples. */
function differences(
  schema: JsonObject,
  samples: readonly Json[],
  wrap: (it: Json) => Json,
): readonly string[] {
  const validate = compiled(schema)
  const found: string[] = []
  for (const sample of samples) {
    const plain = parsed(sample)
    if (!validate(plain))
      found.push(`refuses ${JSON.stringify(plain)} ${JSON.stringify(validate.errors)}`)
    let left = MOST
    for (const near of nearMisses(plain)) {
      left -= 1
      if (left < 0) break
      if (validate(near) !== isValid(wrap(near)))
        found.push(`${validate(near) ? 'takes' : 'refuses'} ${change(plain, near)}`)
    }
  }
  return found
}

for (const noun of NOUNS)
  test(`P-03: the schema of ${noun} judges as the XSD does`, () => {
    const payload = SCHEMAS.payload(undefined, noun, 'create')
    if (payload === undefined) throw new Error('no schema')
    const root = { ...payload, noun }
    const contents = payloadsOf(root, 2).map((it) => it.json[noun] ?? null)
    assert.equal(
      differences(contentSchema(payload), contents, (it) =>
        isObject(it) ? bare(payload.decl, it) : { [noun]: it },
      ),
      [],
    )
  })

for (const root of ROOTS)
  test(`P-03: the schema of the fixture ${root.noun} takes every sample`, () => {
    const validate = compiled(contentSchema(root))
    for (const { label, json } of payloadsOf(root, 10)) {
      const content = parsed(json[root.decl.name] ?? null)
      assert.ok(
        validate(content),
        `${label} ${JSON.stringify(content)} ${JSON.stringify(validate.errors)}`,
      )
    }
  })

/** Of the noun, and of what asks for it or is asked for. */
const payloadsFor = (noun: string, verb: string) =>
  [noun, SCHEMAS.catalogue.queried(noun), SCHEMAS.catalogue.queryOf(noun)].flatMap((it) =>
    it === undefined ? [] : (SCHEMAS.payload(undefined, it, verb) ?? []),
  )

/** Message schemas by root and verb, each compiled once. */
const MESSAGES = new Map<string, ReturnType<typeof compiled>>()

function messageValidator(noun: string, json: JsonObject) {
  const [ns, root] = [json['@xmlns'] as string | undefined, String(json['message'])]
  const verb = String((json['header'] as JsonObject | undefined)?.['Verb'] ?? 'create')
  const id = `${noun} ${ns} ${root} ${verb}`
  const message = SCHEMAS.message(ns, root, verb)
  if (message === undefined) throw new Error(id)
  const made =
    MESSAGES.get(id) ??
    compiled(messageSchema(message, payloadsFor(noun, verb), payloadsFor(noun, 'change')))
  MESSAGES.set(id, made)
  return made
}

test('the schema of a message takes every sample and refuses an unknown key', () => {
  const cases = NOUNS.slice(0, 1).flatMap((noun) =>
    messagesOf(noun, 1).map((it) => ({ ...it, noun })),
  )
  for (const { noun, label, json } of cases) {
    const validate = messageValidator(noun, json)
    assert.ok(validate(parsed(json)), `${label} ${JSON.stringify(validate.errors?.slice(0, 3))}`)
    assert.not(validate({ ...(parsed(json) as JsonObject), unknown: 1 }))
  }
})

test('several payload roots are an array of one-key objects', () => {
  const message = SCHEMAS.message(undefined, 'RequestMessage', 'change')
  if (message === undefined) throw new Error('no message')
  const validate = compiled(messageSchema(message, payloadsFor(NOUNS[0] ?? '', 'change')))
  const [noun = ''] = NOUNS
  const header = { Verb: 'change', Noun: noun }
  assert.ok(validate({ header, payload: [{ '#ext': [{ xml: '<x/>' }] }, { Format: 'XML' }] }))
  assert.not(validate({ header, payload: [{ unknown: {} }] }))
  assert.not(validate({ payload: {} }))
  assert.not(validate({ message: 'EventMessage', header }))
})

test('definitions may stand elsewhere', () => {
  const model = modelOf(
    '<xs:element name="r" type="t:R"/><xs:complexType name="R"><xs:sequence><xs:element name="r" type="t:R" minOccurs="0"/></xs:sequence></xs:complexType>',
  )
  const { schema, definitions } = definedContent(
    { decl: declared(model, 'r'), model },
    '#/components/schemas/X.',
  )
  assert.equal(schema, { $ref: '#/components/schemas/X.R' })
  assert.equal(Object.keys(definitions), ['R'])
  assert.match(JSON.stringify(definitions), '"r":{"$ref":"#/components/schemas/X.R"}')
})

test('anonymous types are named by the way to them, and no name stands twice', () => {
  const anonymous = '<xs:complexType><xs:sequence/></xs:complexType>'
  const model = modelOf(
    `<xs:element name="r"><xs:complexType><xs:sequence><xs:element name="a">${anonymous}</xs:element><xs:element name="b"><xs:complexType><xs:sequence><xs:element name="a">${anonymous}</xs:element></xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>`,
  )
  const { definitions } = definedContent({ decl: declared(model, 'r'), model })
  assert.equal(Object.keys(definitions), ['r', 'r.a', 'r.b', 'r.b.a'])
})

test('a simple root is its value, or an object with its namespace beside it', () => {
  const model = modelOf('<xs:element name="r" type="xs:byte"/>')
  const validate = compiled(contentSchema({ decl: declared(model, 'r'), model }))
  for (const it of [5, '5', ' +005 ', { '@xmlns': 'urn:t', $: -128 }]) assert.ok(validate(it))
  for (const it of [5.5, 128, 'x', '5.0', null, {}, [5], { $: 5, x: 1 }])
    assert.is(validate(it), JSON.stringify(it) === '{}')
})

test.run()
