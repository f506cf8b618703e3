// CIM-JSON -> XML text, driven by the model alone, in one pass and in schema order whatever the key order is.
// It refuses what has no place in XML at all; everything else it writes, and the XSD engine judges it.

import { escapeAttribute, escapeText } from '../envelope/escape.ts'
import { isOneElement } from '../envelope/scan.ts'
import { arrange } from './arrange.ts'
import { ANY_TYPE } from './builtins.ts'
import { isObject, member } from './json-text.ts'
import type { Json, JsonObject } from './json-text.ts'
import { key } from './model.ts'
import type { ElementDecl, Key, Model, SimpleType, Type } from './model.ts'
import { EXTENSION, ORDER, TEXT, VALUE, shapeOf } from './shape.ts'
import type { Field, Shape } from './shape.ts'
import { attributesOf, instanceType, legal, scalar } from './to-attributes.ts'
import { refuse, unknownKey } from './writing.ts'
import type { JsonIssue, Writing } from './writing.ts'

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
  const prefix = writing.prefixes.get(decl.ns)
  const tag = prefix === undefined ? decl.name : `${prefix}:${decl.name}`
  const inner = prefix === undefined ? decl.ns : defaultNs
  const xmlns = inner === defaultNs ? '' : ` xmlns="${escapeAttribute(inner)}"`
  writing.path.push(decl.name)
  const { attributes, content } = body(writing, decl.type, value, model, inner)
  writing.path.pop()
  const open = `<${tag}${xmlns}${attributes}`
  return content === '' ? `${open}/>` : `${open}>${content}</${tag}>`
}

interface Body {
  readonly attributes: string
  readonly content: string
}

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
    `an object with the keys ${keysOf(shape)}`,
    value,
    'is no object',
    'write { … } with these keys, or leave the key out',
  )
  return NOTHING
}

const NOTHING: Body = { attributes: '', content: '' }

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
  if (!isObject(value)) return { attributes: '', content: scalar(writing, type, value) }
  for (const name of Object.keys(value)) {
    if (name !== VALUE && !name.startsWith('@'))
      unknownKey(writing, name, [VALUE, ...(shape?.attributes.keys() ?? [])])
  }
  const attributes = attributesOf(writing, value, shape, instance)
  return {
    attributes,
    content: Object.hasOwn(value, VALUE) ? scalar(writing, type, value[VALUE] ?? null) : '',
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
  const attributes = attributesOf(writing, value, shape, instance)
  const foreign = foreignChildren(writing, shape, value, defaultNs)
  const content =
    shape.grouped && !Object.hasOwn(value, ORDER)
      ? groupedChildren(writing, shape, value, model, defaultNs, foreign)
      : orderedChildren(writing, shape, value, model, defaultNs, foreign)
  return { attributes, content }
}

/** Keys that the type does not declare: payload roots at a wildcard, or a mistake. */
function foreignChildren(
  writing: Writing,
  shape: Shape,
  value: JsonObject,
  defaultNs: string,
): string {
  let out = ''
  for (const name of Object.keys(value)) {
    if (shape.byKey.has(name) || name.startsWith('@')) continue
    if ((name === EXTENSION && shape.open) || name === ORDER || (name === TEXT && shape.type.mixed))
      continue
    const written = shape.open
      ? writing.foreign(
          writing,
          writing.path.at(-1) ?? '',
          value,
          name,
          value[name] ?? null,
          defaultNs,
        )
      : undefined
    if (written === undefined) unknownKey(writing, name, [...shape.byKey.keys()])
    else out += written
  }
  return out
}

function groupedChildren(
  writing: Writing,
  shape: Shape,
  value: JsonObject,
  model: Model,
  defaultNs: string,
  foreign: string,
): string {
  let out = ''
  for (let at = 0; at <= shape.fields.length; at += 1) {
    if (at === shape.openAt) out += foreign + extensions(writing, member(value, EXTENSION)).join('')
    const field = shape.fields[at]
    if (field === undefined || !Object.hasOwn(value, field.key)) continue
    const items = itemsOf(writing, field, value[field.key] ?? null)
    for (let each = 0; each < items.length; each += 1)
      out += child(writing, field, items, each, model, defaultNs)
  }
  return out
}

function child(
  writing: Writing,
  field: Field,
  items: readonly Json[],
  each: number,
  model: Model,
  defaultNs: string,
): string {
  if (items.length === 1) return toXml(writing, field.decl, items[each] ?? null, model, defaultNs)
  const decl = field.decl
  const depth = writing.path.length
  const before = writing.issues.length
  const written = toXml(writing, decl, items[each] ?? null, model, defaultNs)
  // Only a repeated child that has issues needs its place in the path.
  for (let at = before; at < writing.issues.length; at += 1)
    writing.issues[at] = placed(writing.issues[at] as JsonIssue, depth, each)
  return written
}

function placed(issue: JsonIssue, depth: number, each: number): JsonIssue {
  const names = issue.path.split('/')
  names[depth + 1] = `${names[depth + 1]}[${each + 1}]`
  return { ...issue, path: names.join('/') }
}

/** In the order of `#order`, or as the content model takes them. */
function orderedChildren(
  writing: Writing,
  shape: Shape,
  value: JsonObject,
  model: Model,
  defaultNs: string,
  foreign: string,
): string {
  const queues = new Map<string, readonly string[]>()
  for (const field of shape.fields) {
    const items = Object.hasOwn(value, field.key)
      ? itemsOf(writing, field, value[field.key] ?? null)
      : []
    queues.set(
      field.key,
      items.map((_, each) => child(writing, field, items, each, model, defaultNs)),
    )
  }
  queues.set(EXTENSION, [
    ...(foreign === '' ? [] : [foreign]),
    ...extensions(writing, member(value, EXTENSION)),
  ])
  queues.set(TEXT, textPieces(writing, member(value, TEXT)))
  const order = orderOf(writing, shape, value, queues, model)
  const taken = new Map<string, number>()
  const next = (name: string): string => {
    const at = taken.get(name) ?? 0
    taken.set(name, at + 1)
    return queues.get(name)?.[at] ?? ''
  }
  const first = order.map(next).join('')
  // What the order does not name comes behind it: nothing is lost, and the XSD says whether it may stand there.
  const rest = [...queues].flatMap(([name, items]) => items.slice(taken.get(name) ?? 0))
  return first + rest.join('')
}

function orderOf(
  writing: Writing,
  shape: Shape,
  value: JsonObject,
  queues: ReadonlyMap<string, readonly string[]>,
  model: Model,
): readonly string[] {
  const given = member(value, ORDER)
  if (Array.isArray(given) && given.every((it) => typeof it === 'string'))
    return given as readonly string[]
  if (given !== undefined)
    refuse(
      writing,
      'JSON-TYPE',
      'an array of key names',
      given,
      'is no order',
      `leave ${ORDER} out`,
    )
  const { content } = shape.type
  if (shape.type === ANY_TYPE || content.kind !== 'particle') return []
  const named = new Map<Key, number>(
    shape.fields.map((it) => [key(it.decl.ns, it.decl.name), queues.get(it.key)?.length ?? 0]),
  )
  const wild = asArray(member(value, EXTENSION)).map((it) => String(member(it, 'ns') ?? ''))
  const picks = arrange(content.particle, { named, extensions: wild }, model)
  return picks.map((it) => shape.byName.get(it)?.key ?? EXTENSION)
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
      'is not an array',
      `write "${field.key}":[…], also for a single one`,
    )
  else
    refuse(
      writing,
      'JSON-ARRAY',
      'a single value',
      value,
      'is an array',
      `write "${field.key}" without [ ]: it occurs at most once`,
    )
  writing.path.pop()
  return []
}

function extensions(writing: Writing, value: Json | undefined): readonly string[] {
  return asArray(value).map((it) => {
    const xml = member(it, 'xml')
    if (typeof xml === 'string' && /^<[^!?/\s]/.test(xml) && isOneElement(xml)) return xml
    refuse(
      writing,
      'JSON-EXT',
      'one element as text, {"ns":"…","xml":"<x:…>…</x:…>"}',
      it,
      'is no extension',
      'put exactly one well-formed element into "xml"',
    )
    return ''
  })
}

function textPieces(writing: Writing, value: Json | undefined): readonly string[] {
  return asArray(value).map((it) => (typeof it === 'string' ? legal(writing, it, escapeText) : ''))
}

function asArray(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value]
}

function keysOf(shape: Shape): string {
  return [...shape.byKey.keys(), ...shape.attributes.keys()].join(', ') || 'none'
}
