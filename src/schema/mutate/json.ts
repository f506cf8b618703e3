// Mistakes in CIM-JSON that have no XML at all, each with the rule under which the writer refuses it.

import { isObject } from '../json-text.ts'
import type { Json, JsonObject } from '../json-text.ts'
import type { ElementDecl, Model } from '../model.ts'
import type { Mutant } from './mutate.ts'
import type { SchemaSet } from '../schemas.ts'
import { shapeOf } from '../shape.ts'
import type { Field } from '../shape.ts'

/** A value in the message, the way to it, and what the schema says of it. */
interface Spot {
  /** keys and positions from the message down */
  readonly way: readonly (string | number)[]
  /** as a finding names it */
  readonly path: string
  readonly name: string
  readonly value: Json
  readonly field: Field | undefined
}

/** what is written in the place of a value, and the rule that refuses it; undefined where it would be right */
type Change = (spot: Spot) => readonly [Json, string] | undefined

const CHANGES: Readonly<Record<string, Change>> = {
  'json-null': ({ value }) => (Array.isArray(value) ? undefined : [null, 'JSON-NULL']),
  'json-array': (it) => (isMany(it) ? undefined : [[it.value], 'JSON-ARRAY']),
  'json-single': (it) => (isMany(it) ? [first(it.value), 'JSON-ARRAY'] : undefined),
  'json-object': ({ value, field }) =>
    isLeaf(value) && isSimple(field) ? [{ a: { b: 1 } }, 'JSON-KEY'] : undefined,
  'json-boolean': ({ value, field }) =>
    isLeaf(value) && typeof value !== 'boolean' && isSimple(field)
      ? [true, 'JSON-TYPE']
      : undefined,
  'json-text': ({ value }) =>
    typeof value === 'string' ? ['bell \u0007', 'JSON-TEXT'] : undefined,
}

/** All of them, on one message; expected paths are those of `messageFromJson`. */
export function jsonMutations(
  sample: JsonObject,
  schemas: SchemaSet,
  verb: string,
): readonly Mutant[] {
  const spots = spotsOf(sample, schemas, verb)
  return [
    ...spots.filter((it) => isObject(it.value)).map((it) => unknownKey(sample, it)),
    ...spots.flatMap((it) => changed(sample, it)),
  ]
}

function changed(sample: JsonObject, spot: Spot): readonly Mutant[] {
  return Object.entries(CHANGES).flatMap(([operator, change]) => {
    const made = change(spot)
    if (made === undefined) return []
    const [value, rule] = made
    const name = `${operator}-${spot.name}`
    return [{ name, json: replaced(sample, spot.way, value), expect: [{ rule, path: spot.path }] }]
  })
}

function unknownKey(sample: JsonObject, { way, path, name, value }: Spot): Mutant {
  const more = { ...(value as JsonObject), notInTheSchema: 1 }
  return {
    name: `json-key-${name}`,
    json: replaced(sample, way, more),
    expect: [{ rule: 'JSON-KEY', path }],
  }
}

function isMany({ field }: Spot): boolean {
  return field?.array === true
}

function first(list: Json): Json {
  return (list as readonly Json[])[0] ?? ''
}

function isLeaf(value: Json): boolean {
  return !Array.isArray(value) && !isObject(value)
}

function isSimple(field: Field | undefined): boolean {
  const type = field?.decl.type
  return type?.kind === 'simple' && type.variety === 'atomic' && type.primitive !== 'boolean'
}

/** The same value with another one at the end of the way. */
function replaced(value: Json, way: readonly (string | number)[], by: Json): Json {
  const [step, ...rest] = way
  if (step === undefined) return by
  // A way leads only through lists of one.
  if (Array.isArray(value)) return (value as readonly Json[]).map((it) => replaced(it, rest, by))
  const object = value as JsonObject
  return { ...object, [step]: replaced(object[step] ?? null, rest, by) }
}

/** every value inside header and payload roots, once */
function spotsOf(sample: JsonObject, schemas: SchemaSet, verb: string): readonly Spot[] {
  const message = schemas.message(undefined, String(sample['message']), verb)
  const header = sample['header']
  if (message === undefined || header === undefined) return []
  const start = [message.decl.name]
  const fields = fieldsOf(message.decl, message.model).filter((it) => it.decl.name === 'Header')
  return [
    ...fields.flatMap(({ decl }) =>
      below(header, decl, message.model, ['header'], [...start, 'Header']),
    ),
    ...payloadSpots(sample, schemas, verb, start),
  ]
}

function payloadSpots(
  sample: JsonObject,
  schemas: SchemaSet,
  verb: string,
  start: readonly string[],
): readonly Spot[] {
  const holders = Object.entries({ request: 'Request', payload: 'Payload' })
  return holders.flatMap(([part, name]) => {
    const value = sample[part]
    if (!isObject(value)) return []
    return Object.entries(value).flatMap(([noun, content]) => {
      const found = schemas.payload(undefined, noun, verb)
      if (found === undefined) return []
      return below(content, found.decl, found.model, [part, noun], [...start, name, noun])
    })
  })
}

function fieldsOf({ type }: ElementDecl, model: Model): readonly Field[] {
  return type.kind === 'complex' ? shapeOf(type, model).fields : []
}

/** What is inside a value, by its fields; attributes and extensions are left out. */
function below(
  value: Json,
  decl: ElementDecl,
  model: Model,
  way: readonly (string | number)[],
  names: readonly string[],
): readonly Spot[] {
  if (!isObject(value)) return []
  return fieldsOf(decl, model).flatMap((field) => {
    const inner = value[field.key]
    if (inner === undefined) return []
    const path = [...names, field.decl.name]
    const spot = {
      way: [...way, field.key],
      path: `/${path.join('/')}`,
      value: inner,
      field,
      name: field.decl.name,
    }
    if (!Array.isArray(inner)) return [spot, ...below(inner, field.decl, model, spot.way, path)]
    const one = inner.length === 1 ? (inner as readonly Json[])[0] : undefined
    return one === undefined
      ? [spot]
      : [spot, ...below(one, field.decl, model, [...spot.way, 0], path)]
  })
}
