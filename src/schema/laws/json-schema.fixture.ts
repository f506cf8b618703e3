// For tests only: JSON Schema and XSD on the same documents. Each document differs from a valid one in one place, by a
// mistake or by another right way to write it; the two must agree, but for the rows of json-schema/limits.ts.

import { Ajv2020 } from 'ajv/dist/2020.js'
import { verbRow } from '../../envelope/verbs.ts'
import { contentSchema } from '../json-schema/json-schema.ts'
import { LIMITS } from '../json-schema/limits.ts'
import type { Disagreement } from '../json-schema/limits.ts'
import { isObject, numberText } from '../json-text.ts'
import type { Json, JsonObject } from '../json-text.ts'
import { payloadsOf } from './laws.fixture.ts'
import type { Root } from './laws.fixture.ts'
import { changed, valuesOf } from './values.fixture.ts'
import type { Value } from './values.fixture.ts'
import { faultOf } from '../lexical.ts'
import { messageFromJson } from '../message-xml.ts'
import { badValues } from '../mutate/value.ts'
import type { Random } from '../random.ts'
import { randomOf } from '../random.ts'
import { ODD } from '../sample/literals.ts'
import { scalarToJson } from '../scalar.ts'

/** A compiled schema, or why there is none. */
export type Validate = ReturnType<Ajv2020['compile']>

export function compiled(schema: JsonObject): Validate {
  const made = AJV.compile(schema as never)
  AJV.removeSchema(schema as never)
  return made
}

/** One for all: each compiles the schema of JSON Schema first. */
const AJV = new Ajv2020({
  strict: true,
  allowUnionTypes: true,
  strictTypes: false,
  strictRequired: false,
  allowMatchingProperties: true,
  // Each schema judges few documents.
  code: { optimize: false },
})

/** A document that the two judge differently, and what each says. */
export interface Difference extends Disagreement {
  readonly label: string
  readonly json: JsonObject
}

/** documents near each valid one */
const NEAR_EACH = 9

/** Documents of one noun in one variant: valid ones, and several near each. */
function* nearDocuments(
  root: Root,
  count: number,
  verb: string,
  from = 0,
): Generator<{ readonly label: string; readonly json: JsonObject; readonly value?: Value }> {
  let left = count
  for (let seed = from; left > 0; seed += 1) {
    const [sample] = payloadsOf(root, 1, seed)
    if (sample === undefined) return
    const label = `${root.noun} ${verb}, seed ${seed}`
    yield { label, json: sample.json }
    left -= 1
    const random = randomOf(seed, `near ${root.noun} ${verb}`)
    for (let near = 0; near < NEAR_EACH && left > 0; near += 1) {
      const made = nearMiss(sample.json, root, random)
      if (made === undefined) continue
      yield { label: `${label}, ${made.how}`, json: made.json, ...made.about }
      left -= 1
    }
  }
}

interface Near {
  readonly how: string
  readonly json: JsonObject
  readonly about?: { readonly value: Value }
}

/** One place of the document written in another way. */
function nearMiss(json: JsonObject, root: Root, random: Random): Near | undefined {
  const kind = random.pick(['value', 'value', 'child', 'key'])
  if (kind === 'value') return otherValue(json, root, random)
  return kind === 'child' ? otherChild(json, root, random) : unknownKey(json, root)
}

function otherValue(json: JsonObject, { bench }: Root, random: Random): Near | undefined {
  const chosen = random.pick(valuesOf(json, bench.schemas))
  const by = chosen === undefined ? undefined : random.pick(literals(chosen))
  if (chosen === undefined || by === undefined) return undefined
  const made = changed(
    json,
    { value: (it) => (it.way === chosen.way ? by : it.json) },
    bench.schemas,
  )
  const how = `${chosen.way} ${JSON.stringify(by)}`
  return { how, json: made, about: { value: { ...chosen, json: by } } }
}

/** Right and wrong values, as strings and as JSON literals. */
function literals({ type, json }: Value): readonly Json[] {
  const odd = (ODD[type.primitive] ?? []).filter((it) => faultOf(type, it) === undefined)
  const listed = type.facets.enumeration ?? []
  const bad = badValues(type).map(([text]) => text)
  const texts = [...odd, ...listed.slice(0, 3), ...bad]
  const literal = texts.map((it) => scalarToJson(type, it))
  const shapes: readonly Json[] = [null, true, 5, '5', 1.5, '', [json], { $: json, unknown: 1 }]
  return [...texts, ...literal, ...shapes]
}

function otherChild(json: JsonObject, { bench }: Root, random: Random): Near | undefined {
  const ways: string[] = []
  changed(json, { child: (value, _, way) => (ways.push(way), value) }, bench.schemas)
  const chosen = random.pick(ways)
  if (chosen === undefined) return undefined
  const how = random.pick(['without', 'empty', 'twice', 'bare', 'many'])
  const edit = (value: Json): Json | undefined => {
    const list = Array.isArray(value) ? (value as readonly Json[]) : [value]
    if (how === 'without') return undefined
    if (how === 'empty') return []
    if (how === 'bare') return list[0] ?? null
    return how === 'twice' ? [...list, ...list] : [...list, ...list, ...list, ...list]
  }
  const made = changed(
    json,
    { child: (it, _, way) => (way === chosen ? edit(it) : it) },
    bench.schemas,
  )
  return { how: `${chosen} ${how}`, json: made }
}

function unknownKey(json: JsonObject, { decl }: Root): Near | undefined {
  const content = json[decl.name]
  return isObject(content)
    ? { how: 'an unknown key', json: { ...json, [decl.name]: { ...content, unknown: 'x' } } }
    : undefined
}

/** What the XSD engine says of a payload under a verb: the rules broken in its JSON, else those in its XML. */
function rulesBroken(payload: JsonObject, { noun, bench }: Root, verb: string): readonly string[] {
  const header = { Verb: verb, Noun: noun, MessageID: '1' }
  // Without a verb the payload is a document of its own.
  const message =
    verb === '' ? payload : { message: MESSAGES[verbRow(verb)?.kind ?? 'request'], header, payload }
  const { xml, issues } = messageFromJson(message, bench.schemas)
  const findings = issues.length > 0 ? issues : bench.judged(xml).findings.filter(isXsd)
  return [...new Set(findings.map((it) => it.rule))].sort()
}

const MESSAGES = { request: 'RequestMessage', event: 'EventMessage', reply: 'ResponseMessage' }

function isXsd({ severity, layer }: { severity: string; layer: string }): boolean {
  return severity === 'error' && ['wellformed', 'envelope-xsd', 'payload-xsd'].includes(layer)
}

/** As JSON.parse has it: numbers without their text; one that JavaScript would write in another way, or round, is sent as text. */
export function parsed(json: Json): Json {
  const number = numberText(json)
  if (number !== undefined) return isKept(Number(number)) ? Number(number) : number
  if (Array.isArray(json)) return (json as readonly Json[]).map(parsed)
  if (!isObject(json)) return json
  return Object.fromEntries(Object.entries(json).map(([key, it]) => [key, parsed(it)]))
}

function isKept(it: number): boolean {
  return Math.abs(it) <= Number.MAX_SAFE_INTEGER && !String(it).includes('e')
}

/** Where the two differ, each with the row of json-schema/limits.ts that allows it, if one does. */
export function differencesIn(
  root: Root,
  count: number,
  verb: string,
  from = 0,
): readonly (Difference & { readonly limit: string | undefined })[] {
  const validate = compiled(contentSchema(root))
  const found: (Difference & { readonly limit: string | undefined })[] = []
  for (const { label, json, value } of nearDocuments(root, count, verb, from)) {
    const plain = parsed(json) as JsonObject
    const accepted = validate(plain[root.decl.name]) === true
    const rules = rulesBroken(plain, root, verb)
    if (accepted === (rules.length === 0)) continue
    const errors = (validate.errors ?? []).map((it) => it.keyword)
    const it = {
      label,
      json: plain,
      accepted,
      rules,
      errors,
      ...(value === undefined ? {} : { value }),
    }
    found.push({ ...it, limit: LIMITS.find((one) => one.allows(it))?.id })
  }
  return found
}
