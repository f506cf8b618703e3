// Element tree -> CIM-JSON, driven by the model alone. The tree must be valid against the model;
// the envelope's own shape (header, request, reply, payload) stands in message-json.ts.

import { attribute } from '../envelope/element.ts'
import type { Element } from '../envelope/element.ts'
import { XSI_NS } from './builtins.ts'
import { instanceTypeOf, shortTypeName } from './instance-type.ts'
import { put } from './json-text.ts'
import type { Json } from './json-text.ts'
import { key } from './model.ts'
import type { Model, SimpleType, Type } from './model.ts'
import { isDefaultOrder } from './order.ts'
import { scalarToJson } from './scalar.ts'
import { qualifiedName, scopeIn } from './scope.ts'
import type { Scope } from './scope.ts'
import { EXTENSION, fieldFor, ORDER, shapeOf, TEXT, VALUE } from './shape.ts'
import type { Shape } from './shape.ts'

export { isDefaultOrder }

/** Where the decoder meets an element that the type admits only by a wildcard. */
export interface Extensions {
  /** Keeps the element; the returned value is filled with its exact source text later. */
  readonly keep: (element: Element) => Json
  /** A known element under its own key (a payload root inside Request, Payload or Operation), or undefined to keep it. */
  readonly known: (
    element: Element,
    parent: Element,
    scope: Scope,
  ) => { readonly key: string; readonly value: Json } | undefined
}

/** What stays the same while the decoder goes down the tree, but for the scope. */
export interface Reading {
  readonly model: Model
  readonly extensions: Extensions
  /** declarations around the element that is read */
  readonly scope: Scope
}

/** One element as CIM-JSON, without its name. */
export function toJson(element: Element, declared: Type, around: Reading): Json {
  const reading =
    element.declared === null ? around : { ...around, scope: scopeIn(element, around.scope) }
  const type =
    element.attributes.length === 0
      ? declared
      : (instanceTypeOf(element, reading.model, reading.scope) ?? declared)
  if (type.kind === 'simple') return simpleToJson(element, type, declared, reading)
  const shape = shapeOf(type, reading.model)
  if (shape.text !== undefined) return simpleToJson(element, shape.text, declared, reading, shape)
  const made: Record<string, Json> = {}
  if (element.attributes.length > 0) addAttributes(element, made, declared, reading, shape)
  if (!shape.grouped || element.mixed !== null) addOrdered(element, shape, reading, made)
  else if (shape.open) addOpen(element, shape, reading, made)
  else for (const it of element.children) addChild(it, element, shape, reading, made)
  return made
}

/** At a wildcard stands one known root at most, and extensions behind it; any other order is written down. */
function addOpen(
  element: Element,
  shape: Shape,
  reading: Reading,
  made: Record<string, Json>,
): void {
  const order = element.children.map((it) => addChild(it, element, shape, reading, made))
  const wild = order.filter((it) => !shape.byKey.has(it))
  if (wild.slice(1).some((it) => it !== EXTENSION)) made[ORDER] = order
}

function simpleToJson(
  element: Element,
  type: SimpleType,
  declared: Type,
  reading: Reading,
  shape?: Shape,
): Json {
  const value =
    type.primitive === 'QName'
      ? nameToJson(element.text, reading.scope)
      : scalarToJson(type, element.text)
  if (element.attributes.length === 0) return value
  const made: Record<string, Json> = {}
  addAttributes(element, made, declared, reading, shape)
  if (Object.keys(made).length === 0) return value
  if (attribute(element, 'nil', XSI_NS) === undefined || element.text !== '') made[VALUE] = value
  return made
}

/** A prefix means nothing in JSON: `p:name` is written `{namespace}name`. */
function nameToJson(text: string, scope: Scope): string {
  const name = qualifiedName(text, scope)
  return name === undefined || name.startsWith('{}') ? text : name
}

function addAttributes(
  element: Element,
  made: Record<string, Json>,
  declared: Type,
  reading: Reading,
  shape: Shape | undefined,
): void {
  for (const it of element.attributes) {
    if (it.ns === XSI_NS) {
      addInstanceAttribute(it.name, it.value, made, declared, reading)
      continue
    }
    const known = shape?.attributesByName.get(key(it.ns, it.name))
    const plain = it.ns === '' && shape?.attributes.has(`@${it.name}`) !== true
    const name = known?.key ?? (plain ? `@${it.name}` : `@${key(it.ns, it.name)}`)
    put(made, name, known === undefined ? it.value : scalarToJson(known.use.type, it.value))
  }
}

/** xsi:schemaLocation is only a hint and not part of the message. */
function addInstanceAttribute(
  name: string,
  value: string,
  made: Record<string, Json>,
  declared: Type,
  { model, scope }: Reading,
): void {
  if (name === 'type') {
    const type = qualifiedName(value, scope)
    made['@xsi:type'] = type === undefined ? value : shortTypeName(type, declared, model)
  }
  if (name === 'nil') made['@xsi:nil'] = value === 'true' ? true : value === 'false' ? false : value
}

/** Children whose order, or whose place among text, grouping by name could lose. */
function addOrdered(
  element: Element,
  shape: Shape,
  reading: Reading,
  made: Record<string, Json>,
): void {
  const order: string[] = []
  const pieces =
    element.mixed ?? (shape.type.mixed && element.text !== '' ? [element.text] : element.children)
  for (const piece of pieces) {
    if (typeof piece !== 'string') order.push(addChild(piece, element, shape, reading, made))
    else {
      append(made, TEXT, piece, true)
      order.push(TEXT)
    }
  }
  const wild = element.children.filter((it) => fieldFor(shape, it.ns, it.name) === undefined)
  const namespaces = wild.map((it) => it.ns)
  if (!isDefaultOrder(order, namespaces, shape, reading.model)) made[ORDER] = order
}

/** Returns the key under which the child now stands. */
function addChild(
  child: Element,
  parent: Element,
  shape: Shape,
  reading: Reading,
  made: Record<string, Json>,
): string {
  const field = fieldFor(shape, child.ns, child.name)
  if (field !== undefined) {
    append(made, field.key, toJson(child, field.decl.type, reading), field.array)
    return field.key
  }
  const known = reading.extensions.known(child, parent, reading.scope)
  if (known !== undefined && !Object.hasOwn(made, known.key) && !shape.byKey.has(known.key)) {
    put(made, known.key, known.value)
    return known.key
  }
  append(made, EXTENSION, reading.extensions.keep(child), true)
  return EXTENSION
}

function append(made: Record<string, Json>, name: string, value: Json, array: boolean): void {
  if (!array) put(made, name, value)
  else if (Object.hasOwn(made, name)) (made[name] as Json[]).push(value)
  else put(made, name, [value])
}
