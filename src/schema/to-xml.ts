// CIM-JSON -> XML text, driven by the model alone and in schema order whatever the key order is.
// It refuses what has no place in XML at all; everything else it writes, and the XSD engine judges it.

import { escapeAttribute } from '../envelope/escape.ts'
import { childPlan, planOf } from './element-plan.ts'
import type { ElementPlan } from './element-plan.ts'
import { isObject } from './json-text.ts'
import type { Json, JsonObject } from './json-text.ts'
import type { ElementDecl, Model, SimpleType, Type } from './model.ts'
import {
  fieldAfter,
  foreignChildren,
  inSchemaOrder,
  isInSchemaOrder,
  itemsOf,
  keysOf,
} from './keys.ts'
import { EXTENSION, ORDER, shapeOf, VALUE } from './shape.ts'
import type { Field, Shape } from './shape.ts'
import { attributesOf, isSuspect, scalar } from './to-attributes.ts'
import { instanceType, isNamedPlainly, nameToXml } from './to-name.ts'
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
  if (writing.prefixes.size === 0) return planned(writing, planOf(decl, model, defaultNs), value)
  const prefix = writing.prefixes.get(decl.ns)
  return prefix === undefined
    ? written(writing, decl, value, model, decl.ns, decl.name, declarationOf(decl, defaultNs))
    : written(writing, decl, value, model, defaultNs, `${prefix}:${decl.name}`, '')
}

function declarationOf({ ns }: ElementDecl, defaultNs: string): string {
  return ns === defaultNs ? '' : ` xmlns="${escapeAttribute(ns)}"`
}

/** An element without prefix: plain content by its plan, everything else step by step. */
function planned(writing: Writing, plan: ElementPlan, value: Json): string {
  const content =
    plan.simple === undefined ? plainChildren(writing, plan, value) : plainText(plan, value)
  if (content === '') return plan.emptyTag
  if (content !== undefined) return plan.startTag + content + plan.endTag
  const { decl, model, defaultNs } = plan
  return written(writing, decl, value, model, decl.ns, decl.name, declarationOf(decl, defaultNs))
}

function plainText({ takesBoolean, takesNumber }: ElementPlan, value: Json): string | undefined {
  switch (typeof value) {
    case 'string':
      return isSuspect(value) ? undefined : value
    case 'boolean':
      return takesBoolean ? (value ? 'true' : 'false') : undefined
    case 'number':
      return takesNumber ? String(value) : undefined
    default:
      return undefined
  }
}

/** The content of an object whose keys are all declared and in schema order, as most senders write them. */
function plainChildren(writing: Writing, plan: ElementPlan, value: Json): string | undefined {
  const { decl, shape } = plan
  if (shape === undefined || !isObject(value) || !isInSchemaOrder(value, shape, decl.ns))
    return undefined
  writing.path.push(decl.name)
  let content = ''
  let before = -1
  for (const name in value) {
    const field = fieldAfter(before, name, shape)
    if (field === undefined) continue
    before = field.at
    const inside = value[name] as Json
    const child = childPlan(plan, field)
    if (!field.array && !Array.isArray(inside)) content += planned(writing, child, inside)
    else content += repeated(writing, field, inside, (it) => planned(writing, child, it))
  }
  writing.path.pop()
  return content
}

/** @param inner the default namespace inside the element */
function written(
  writing: Writing,
  decl: ElementDecl,
  value: Json,
  model: Model,
  inner: string,
  tag: string,
  xmlns: string,
): string {
  // A name without a prefix would be one of the default namespace.
  if (inner !== '' && isNamedPlainly(decl.type, value, model)) {
    const own = tag.includes(':') ? '' : ` xmlns:e="${escapeAttribute(decl.ns)}"`
    const named = own === '' ? tag : `e:${tag}`
    return written(writing, decl, value, model, '', named, `${own} xmlns=""`)
  }
  writing.path.push(decl.name)
  checkNamespace(writing, value, decl.ns)
  const { attributes, content } = body(writing, decl.type, value, model, inner)
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

function textBody(writing: Writing, type: SimpleType, value: Json, attributes: string): Body {
  if (type.primitive !== 'QName' || typeof value !== 'string')
    return { attributes, content: scalar(writing, type, value) }
  const { xmlns, name } = nameToXml(value)
  return { attributes: attributes + xmlns, content: scalar(writing, type, name) }
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
    else
      out += repeated(writing, it, inside, (one) => toXml(writing, it.decl, one, model, defaultNs))
  }
  return out
}

/** All values of one key. */
function repeated(
  writing: Writing,
  field: Field,
  value: Json,
  write: (item: Json) => string,
): string {
  const items = itemsOf(writing, field, value)
  const depth = writing.path.length
  let out = ''
  for (const [each, it] of items.entries()) {
    const before = writing.issues.length
    out += write(it)
    // Only a repeated child that has issues needs its place in the path.
    if (items.length > 1) placed(writing, before, depth, each)
  }
  return out
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
