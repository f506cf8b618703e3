// CIM-JSON -> XML text, driven by the model alone and in schema order whatever the key order is.
// It refuses what has no place in XML at all; everything else it writes, and the XSD engine judges it.

import { escapeAttribute } from '../envelope/escape.ts'
import { isObject } from './json-text.ts'
import type { Json, JsonObject } from './json-text.ts'
import type { ElementDecl, Model, SimpleType, Type } from './model.ts'
import { splitKey } from './model.ts'
import { EXTENSION, ORDER, shapeOf, TEXT, VALUE } from './shape.ts'
import type { Field, Shape } from './shape.ts'
import { attributesOf, instanceType, scalar } from './to-attributes.ts'
import { extensions, inOrder } from './to-ordered.ts'
import { placed, refuse, unknownKey } from './writing.ts'
import type { Writing } from './writing.ts'

/**
 * One element with everything in it.
 * @param defaultNs the default namespace in force where the element is written
 */
export function toXml(
  writing: Writing,
  decl: ElementDecl,
  value: Json,
  model: Model,
  defaultNs: string,
): string {
  const prefix = writing.prefixes.size === 0 ? undefined : writing.prefixes.get(decl.ns)
  const tag = prefix === undefined ? decl.name : `${prefix}:${decl.name}`
  const inner = prefix === undefined ? decl.ns : defaultNs
  const xmlns = inner === defaultNs ? '' : ` xmlns="${escapeAttribute(inner)}"`
  writing.path.push(decl.name)
  let attributes = ''
  let content: string
  if (decl.type.kind === 'simple' && decl.type.primitive !== 'QName' && typeof value !== 'object')
    content = scalar(writing, decl.type, value)
  else {
    checkNamespace(writing, value, decl.ns)
    const made = body(writing, decl.type, value, model, inner)
    attributes = made.attributes
    content = made.content
  }
  writing.path.pop()
  const open = `<${tag}${xmlns}${attributes}`
  return content === '' ? `${open}/>` : `${open}>${content}</${tag}>`
}

/** `@xmlns` may be left out, but not say something else. */
function checkNamespace(writing: Writing, value: Json, ns: string): void {
  const given = isObject(value) && Object.hasOwn(value, '@xmlns') ? value['@xmlns'] : undefined
  if (given !== undefined && given !== ns)
    refuse(
      writing,
      'JSON-XMLNS',
      ns,
      given,
      (name, shown) => `${name} is not in the namespace ${shown}.`,
      `Write "@xmlns":"${ns}", or leave it out.`,
    )
}

interface Body {
  readonly attributes: string
  readonly content: string
}

const NOTHING: Body = { attributes: '', content: '' }

function body(
  writing: Writing,
  declared: Type,
  value: Json,
  model: Model,
  defaultNs: string,
): Body {
  const { type, attribute } = instanceType(declared, value, model)
  if (type.kind === 'simple') return simpleBody(writing, type, undefined, value, attribute)
  const shape = shapeOf(type, model)
  if (shape.text !== undefined) return simpleBody(writing, shape.text, shape, value, attribute)
  if (isObject(value)) return complexBody(writing, shape, value, model, defaultNs, attribute)
  // An element that may be empty but for its children takes "" as "nothing".
  if (value === '' && shape.fields.length === 0)
    return { attributes: attributesOf(writing, {}, undefined, attribute), content: '' }
  const rule = value === null ? 'JSON-NULL' : 'JSON-TYPE'
  refuse(
    writing,
    rule,
    () => `an object with the keys ${keysOf(shape)}`,
    value,
    (name, shown) => `${name} is an object, and may not be ${shown}.`,
    'Write { … } with these keys, or leave the key out.',
  )
  return NOTHING
}

/** What stands between the tags of an element of this type; its attributes are left out. */
export function contentOf(
  writing: Writing,
  type: Type,
  value: Json,
  model: Model,
  defaultNs: string,
): string {
  return body(writing, type, value, model, defaultNs).content
}

function simpleBody(
  writing: Writing,
  type: SimpleType,
  shape: Shape | undefined,
  value: Json,
  instance: string,
): Body {
  if (!isObject(value)) return textBody(writing, type, value, '')
  for (const name of Object.keys(value)) {
    if (name !== VALUE && !name.startsWith('@'))
      unknownKey(writing, name, [VALUE, ...(shape?.attributes.keys() ?? [])])
  }
  const attributes = attributesOf(writing, value, shape, instance)
  return Object.hasOwn(value, VALUE)
    ? textBody(writing, type, value[VALUE] ?? null, attributes)
    : { attributes, content: '' }
}

/** A name of a namespace stands as `{namespace}name` in JSON and takes a prefix with it in XML. */
function textBody(writing: Writing, type: SimpleType, value: Json, attributes: string): Body {
  if (type.primitive !== 'QName' || typeof value !== 'string' || !value.startsWith('{'))
    return { attributes, content: scalar(writing, type, value) }
  const [ns, local] = splitKey(value)
  return {
    attributes: `${attributes} xmlns:q="${escapeAttribute(ns)}"`,
    content: `q:${scalar(writing, type, local)}`,
  }
}

function complexBody(
  writing: Writing,
  shape: Shape,
  value: JsonObject,
  model: Model,
  defaultNs: string,
  instance: string,
): Body {
  const present: Field[] = []
  const others: string[] = []
  for (const name in value) {
    const field = shape.byKey.get(name)
    if (field === undefined) others.push(name)
    else present.push(field)
  }
  if (others.length === 0 && instance === '' && shape.grouped)
    return {
      attributes: '',
      content: joined(writing, inSchemaOrder(present), value, model, defaultNs),
    }
  const attributes = attributesOf(writing, value, shape, instance)
  const foreign = foreignChildren(writing, shape, value, others, defaultNs)
  if (shape.grouped && !others.includes(ORDER)) {
    const open = [...foreign.values(), extensions(writing, value[EXTENSION])].flat().join('')
    const fields = inSchemaOrder(present)
    const before = fields.filter((it) => it.at < shape.openAt)
    const behind = fields.filter((it) => it.at >= shape.openAt)
    const first = joined(writing, before, value, model, defaultNs)
    return { attributes, content: first + open + joined(writing, behind, value, model, defaultNs) }
  }
  const named = present.map(
    (it) => [it.key, childrenOf(writing, it, value[it.key] ?? null, model, defaultNs)] as const,
  )
  return {
    attributes,
    content: inOrder(writing, shape, value, model, new Map([...named, ...foreign])),
  }
}

/** Most senders keep the order of the schema, so that there is nothing to sort. */
function inSchemaOrder(fields: readonly Field[]): readonly Field[] {
  for (let at = 1; at < fields.length; at += 1)
    if ((fields[at - 1]?.at ?? 0) > (fields[at]?.at ?? 0))
      return fields.toSorted((a, b) => a.at - b.at)
  return fields
}

/** All values of each key together. */
function joined(
  writing: Writing,
  fields: readonly Field[],
  value: JsonObject,
  model: Model,
  defaultNs: string,
): string {
  let out = ''
  for (const it of fields) {
    const inside = value[it.key] ?? null
    if (!it.array && !Array.isArray(inside))
      out += toXml(writing, it.decl, inside, model, defaultNs)
    else for (const xml of childrenOf(writing, it, inside, model, defaultNs)) out += xml
  }
  return out
}

/** Elements by keys that the type does not declare. */
type Foreign = ReadonlyMap<string, readonly string[]>

/** Keys that the type does not declare: payload roots at a wildcard, or a mistake. */
function foreignChildren(
  writing: Writing,
  shape: Shape,
  value: JsonObject,
  names: readonly string[],
  defaultNs: string,
): Foreign {
  const parent = writing.path.at(-1) ?? ''
  const made = new Map<string, readonly string[]>()
  for (const name of names) {
    if (name.startsWith('@') || name === ORDER) continue
    if ((name === EXTENSION && shape.open) || (name === TEXT && shape.type.mixed)) continue
    const written = shape.open
      ? writing.foreign(writing, parent, value, name, value[name] ?? null, defaultNs)
      : undefined
    if (written === undefined) unknownKey(writing, name, shape.byKey.keys())
    else made.set(name, [written])
  }
  return made
}

/** Each value of one key as an element. */
function childrenOf(
  writing: Writing,
  field: Field,
  value: Json,
  model: Model,
  defaultNs: string,
): readonly string[] {
  const items = itemsOf(writing, field, value)
  if (items.length < 2) return items.map((it) => toXml(writing, field.decl, it, model, defaultNs))
  const depth = writing.path.length
  return items.map((it, each) => {
    const before = writing.issues.length
    const written = toXml(writing, field.decl, it, model, defaultNs)
    // Only a repeated child that has issues needs its place in the path.
    placed(writing, before, depth, each)
    return written
  })
}

function itemsOf(writing: Writing, field: Field, value: Json): readonly Json[] {
  if (field.array && Array.isArray(value)) return value
  if (!field.array && !Array.isArray(value)) return [value]
  writing.path.push(field.decl.name)
  if (field.array)
    refuse(
      writing,
      'JSON-ARRAY',
      'an array',
      value,
      (name) => `${name} is not written as an array.`,
      `Write "${field.key}":[…], also for a single one.`,
    )
  else
    refuse(
      writing,
      'JSON-ARRAY',
      'a single value',
      value,
      (name) => `${name} is written as an array, and occurs at most once.`,
      `Write "${field.key}" without [ ].`,
    )
  writing.path.pop()
  return []
}

function keysOf(shape: Shape): string {
  return [...shape.byKey.keys(), ...shape.attributes.keys()].join(', ') || 'none'
}
