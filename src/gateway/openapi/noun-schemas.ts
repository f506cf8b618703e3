// The components of one noun: its content as the schema has it, and what requests and answers of its resource hold.

import { saidOnce } from '../../flows/frozen.ts'
import type { Frozen } from '../../flows/frozen.ts'
import { definedContent } from '../../schema/json-schema/json-schema.ts'
import type { Defined } from '../../schema/json-schema/json-schema.ts'
import { isObject, member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { sampleMessage, sampleRoot } from '../../schema/sample/sample.ts'
import type { CatalogueEntry } from '../../schema/catalogue.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import type { NounContent } from '../content.ts'
import {
  asComponents,
  baseOf,
  componentName,
  reference,
  shared,
  withComponentNames,
} from './references.ts'

/** The names of a noun's components. */
export interface NounNames {
  readonly content: string
  readonly create: string
  readonly patch: string
  /** several of them, in one root or more */
  readonly objects: string
  readonly collection: string
  readonly partial: string
}

/** What stands in the document about one noun. */
export interface NounSchemas {
  readonly schemas: JsonObject
  /** bodies of a create, by what they are */
  readonly creates: Readonly<Record<string, Json>>
  /** bodies of a change */
  readonly patches: Readonly<Record<string, Json>>
}

/** Names that no type of the noun has: those come behind a point. */
export function nounNames(noun: string): NounNames {
  const content = componentName(noun)
  return {
    content,
    create: `${content}-create`,
    patch: `${content}-patch`,
    objects: `${content}-objects`,
    collection: `${content}-collection`,
    partial: `${content}-partial`,
  }
}

/** @param noun one that has a resource @param frozen what no change of it may be about @param sample a request that creates one */
export function nounSchemas(
  schemas: SchemaSet,
  { noun, element, hasId }: NounContent,
  {
    frozen,
    sample,
  }: { readonly frozen: Frozen | undefined; readonly sample: JsonObject | undefined },
): NounSchemas {
  const names = nounNames(noun)
  const content = variant(schemas, noun, 'create', noun)
  const changed = variant(schemas, noun, 'change', `${noun}-change`)
  const isOne = changed.entry === content.entry
  return {
    schemas: {
      [names.content]: withComponentNames(content.schema),
      ...asComponents(noun, content.definitions),
      ...(isOne ? {} : asComponents(changed.prefix, changed.definitions)),
      [names.create]: createSchema(noun, names),
      ...(hasId ? { [names.patch]: patchSchema(noun, element, isOne ? content : changed) } : {}),
      ...listSchemas(noun, element, content),
    },
    creates: createExamples(schemas, noun, one(sample, noun, element)),
    patches: hasId ? patchExamples(schemas, { noun, element }, frozen, sample) : {},
  }
}

/** What a schema file says of a noun. */
interface Variant extends Defined {
  /** before the names of its components */
  readonly prefix: string
  readonly entry: CatalogueEntry | undefined
}

function variant(schemas: SchemaSet, noun: string, verb: string, prefix: string): Variant {
  const declared = schemas.payload(undefined, noun, verb)
  const entry = schemas.catalogue.select(undefined, noun, verb)
  if (declared === undefined) return { schema: {}, definitions: {}, prefix, entry }
  return { ...definedContent(declared, baseOf(prefix)), prefix, entry }
}

/** The definition of the root's own type, not of those derived from it. */
function rootOf(it: Variant): JsonObject {
  const choices = member(it.schema, 'anyOf')
  const first = Array.isArray(choices) ? (choices[0] as Json) : it.schema
  return definitionAt(first, it) ?? it.schema
}

function definitionAt(
  schema: Json | undefined,
  { definitions, prefix }: Variant,
): JsonObject | undefined {
  const ref = member(schema, '$ref')
  const found = typeof ref === 'string' ? member(definitions, ref.slice(baseOf(prefix).length)) : {}
  return isObject(found) ? found : undefined
}

/** The three forms that a POST takes. */
function createSchema(noun: string, { content }: NounNames): JsonObject {
  const payload = { type: 'object', properties: { [noun]: reference(content) }, required: [noun] }
  return {
    description: `The content of ${noun}, the payload with its root, or a whole message.`,
    anyOf: [
      reference(content),
      { ...payload, additionalProperties: false },
      {
        type: 'object',
        properties: {
          message: { type: 'string', description: 'RequestMessage, or a typed root.' },
          '@xmlns': { type: 'string', description: 'Namespace of a typed root.' },
          header: reference(shared('Header')),
          payload,
        },
        required: ['payload'],
      },
    ],
  }
}

/** Members of one object, each of which may be null to take it away, or the content with one object in it. */
function patchSchema(noun: string, element: string | undefined, it: Variant): JsonObject {
  const root = membersOf(rootOf(it))
  const items = element === undefined ? undefined : member(root[element], 'items')
  const object = patched(element === undefined ? rootOf(it) : (definitionAt(items, it) ?? {}))
  const inContent = element === undefined ? object : contentWith(root, element, object)
  const inPayload = { type: 'object', properties: { [noun]: inContent }, required: [noun] }
  const what = element ?? noun
  return withComponentNames({
    description: `Members of one ${what}; what is not named stays as it is, null takes away.`,
    anyOf: [object, ...(element === undefined ? [] : [inContent]), inPayload],
  })
}

function contentWith(root: JsonObject, element: string, object: JsonObject): JsonObject {
  const one = { type: 'array', items: object, minItems: 1, maxItems: 1 }
  return { type: 'object', properties: { ...root, [element]: one }, required: [element] }
}

function membersOf(object: JsonObject): JsonObject {
  const { properties } = object
  return isObject(properties) ? properties : {}
}

/** mRID and Names say which object is meant and cannot be taken away; the mRID follows from the path. */
const IDENTITY: readonly string[] = ['mRID', 'Names']

function patched(object: JsonObject): JsonObject {
  const { properties: _given, required, ...rest } = object
  const all = Object.entries(membersOf(object))
  const must = (Array.isArray(required) ? required : []).filter((it) => it !== 'mRID')
  return {
    ...rest,
    properties: Object.fromEntries(
      all.map(([name, it]) => [name, IDENTITY.includes(name) ? it : orNull(it)]),
    ),
    ...(must.length > 0 ? { required: must } : {}),
  }
}

function orNull(schema: Json): JsonObject {
  const { description, ...rest } = isObject(schema) ? schema : {}
  return {
    ...(description === undefined ? {} : { description }),
    anyOf: [rest, { type: 'null' }],
  }
}

/** Objects in one root, or in as many as it takes; a noun whose root is the object has one for each. */
function listSchemas(noun: string, element: string | undefined, content: Variant): JsonObject {
  const { objects, collection, partial, content: name } = nounNames(noun)
  const next = { type: ['string', 'null'], description: 'Cursor of the next page, or null.' }
  const reply = { ...reference(shared('Reply')), description: 'What was refused.' }
  const roots = { [noun]: { type: 'array', items: reference(name) } }
  const list = (more: JsonObject) => ({
    anyOf: [
      ...(element === undefined ? [] : [listed(membersOf(rootOf(content)), element, more)]),
      { type: 'object', properties: { ...roots, ...more }, required: [noun, ...Object.keys(more)] },
    ],
  })
  return withComponentNames({
    [objects]: { anyOf: [reference(name), ...list({}).anyOf] },
    [collection]:
      element === undefined
        ? list({ next })
        : listed(membersOf(rootOf(content)), element, { next }),
    [partial]: { anyOf: [...list({ reply }).anyOf, withMembers(rootOf(content), { reply })] },
  })
}

/** The members of the root, with any number of objects. */
function listed(root: JsonObject, element: string, more: JsonObject): JsonObject {
  const { minItems: _any, ...list } = (root[element] ?? {}) as JsonObject
  const properties = { ...root, [element]: list, ...more }
  return { type: 'object', properties, required: [element, ...Object.keys(more)] }
}

/** The root itself, with something beside its members. */
function withMembers(root: JsonObject, more: JsonObject): JsonObject {
  const { required } = root
  const must = Array.isArray(required) ? required : []
  return {
    ...root,
    properties: { ...membersOf(root), ...more },
    required: [...must, ...Object.keys(more)],
  }
}

/** The sample with the first of its objects. */
function one(
  sample: JsonObject | undefined,
  noun: string,
  element: string | undefined,
): JsonObject | undefined {
  const content = member(member(sample, 'payload'), noun)
  const list = element === undefined ? undefined : member(content, element)
  if (!Array.isArray(list) || element === undefined || !isObject(content)) return sample
  const payload = { [noun]: { ...content, [element]: list.slice(0, 1) } }
  return { ...sample, payload }
}

/** One object three times. */
function createExamples(
  schemas: SchemaSet,
  noun: string,
  sample: JsonObject | undefined,
): NounSchemas['creates'] {
  const message = sample ?? sampleMessage(schemas, noun, { verb: 'create', seed: 0 })
  const payload = member(message, 'payload')
  const content = member(payload, noun)
  if (message === undefined || !isObject(payload) || !isObject(content)) return {}
  const { '@xmlns': _ofTheRoot, ...members } = content
  return { content: members, payload, message }
}

function patchExamples(
  schemas: SchemaSet,
  { noun, element }: Pick<NounContent, 'noun' | 'element'>,
  frozen: Frozen | undefined,
  sample: JsonObject | undefined,
): NounSchemas['patches'] {
  // What a change may leave out it may also leave incomplete; a whole object stays one when it is merged.
  const declared = schemas.payload(undefined, noun, 'create')
  const made = declared === undefined ? undefined : sampleRoot(declared, 0)
  const root = sample === undefined ? made : member(member(sample, 'payload'), noun)
  const list = element === undefined ? [root] : member(root, element)
  const first = Array.isArray(list) ? (list[0] as Json) : undefined
  if (!isObject(first)) return {}
  const unchanging = ['mRID', ...(frozen === undefined ? [] : saidOnce(frozen))]
  const members = Object.entries(first).filter(([name]) => !unchanging.includes(name))
  return { members: Object.fromEntries(members) }
}
