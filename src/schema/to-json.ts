// Element tree -> CIM-JSON, driven by the model alone. The tree must be valid against the model;
// the envelope's own shape (header, request, reply, payload) stands in message-json.ts.

import { attribute } from '../envelope/element.ts'
import type { Element } from '../envelope/element.ts'
import { arrange } from './arrange.ts'
import type { Pick } from './arrange.ts'
import { ANY_TYPE, XSI_NS } from './builtins.ts'
import { put } from './json-text.ts'
import type { Json } from './json-text.ts'
import { key } from './model.ts'
import type { Model, SimpleType, Type } from './model.ts'
import { scalarToJson } from './scalar.ts'
import { EXTENSION, ORDER, TEXT, VALUE, shapeOf } from './shape.ts'
import type { Shape } from './shape.ts'

/** Where the decoder meets an element that the type admits only by a wildcard. */
export interface Extensions {
  /** Keeps the element; the returned value is filled with its exact source text later. */
  readonly keep: (element: Element) => Json
  /** A known element under its own key (a payload root inside Request, Payload or Operation), or undefined to keep it. */
  readonly known: (
    element: Element,
    parent: Element,
  ) => { readonly key: string; readonly value: Json } | undefined
}

/** One element as CIM-JSON, without its name. */
export function toJson(
  element: Element,
  declared: Type,
  model: Model,
  extensions: Extensions,
): Json {
  const type = actualType(element, declared, model)
  if (type.kind === 'simple') return simpleToJson(element, type)
  const shape = shapeOf(type, model)
  if (shape.text !== undefined) return simpleToJson(element, shape.text, shape)
  const made: Record<string, Json> = {}
  addAttributes(element, made, shape)
  addChildren(element, shape, model, extensions, made)
  return made
}

/** The type that xsi:type names, else the declared one. */
export function actualType(element: Element, declared: Type, model: Model): Type {
  if (element.attributes.length === 0) return declared
  const named = attribute(element, 'type', XSI_NS)
  if (named === undefined) return declared
  // The prefix is no longer at hand: the declared type's namespace, or any that has the name.
  const local = named.slice(named.indexOf(':') + 1).trim()
  const candidates = [declared.ns, ...model.namespaces].map((ns) => model.types.get(key(ns, local)))
  return candidates.find((it) => it !== undefined) ?? declared
}

function simpleToJson(element: Element, type: SimpleType, shape?: Shape): Json {
  const value = scalarToJson(type, element.text)
  if (element.attributes.length === 0) return value
  const made: Record<string, Json> = {}
  addAttributes(element, made, shape)
  if (Object.keys(made).length === 0) return value
  if (attribute(element, 'nil', XSI_NS) === undefined || element.text !== '') made[VALUE] = value
  return made
}

function addAttributes(
  element: Element,
  made: Record<string, Json>,
  shape: Shape | undefined,
): void {
  for (const it of element.attributes) {
    if (it.ns === XSI_NS) addInstanceAttribute(it.name, it.value, made)
    else {
      const use =
        it.ns === '' || shape?.attributes.get(`@${it.name}`)?.ns === it.ns
          ? shape?.attributes.get(`@${it.name}`)
          : undefined
      const name = it.ns === '' || use !== undefined ? `@${it.name}` : `@${key(it.ns, it.name)}`
      put(made, name, use === undefined ? it.value : scalarToJson(use.type, it.value))
    }
  }
}

/** xsi:schemaLocation is only a hint and not part of the message. */
function addInstanceAttribute(name: string, value: string, made: Record<string, Json>): void {
  if (name === 'type') made['@xsi:type'] = value.slice(value.indexOf(':') + 1).trim()
  if (name === 'nil') made['@xsi:nil'] = value === 'true' ? true : value === 'false' ? false : value
}

function addChildren(
  element: Element,
  shape: Shape,
  model: Model,
  extensions: Extensions,
  made: Record<string, Json>,
): void {
  const order: string[] = []
  const pieces =
    element.mixed ?? (shape.type.mixed && element.text !== '' ? [element.text] : element.children)
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      append(made, TEXT, piece, true)
      order.push(TEXT)
    } else order.push(addChild(piece, element, shape, model, extensions, made))
  }
  if (!shape.grouped && !isDefaultOrder(element, order, shape, model)) made[ORDER] = order
}

/** Returns the key under which the child now stands. */
function addChild(
  child: Element,
  parent: Element,
  shape: Shape,
  model: Model,
  extensions: Extensions,
  made: Record<string, Json>,
): string {
  const field = shape.byName.get(key(child.ns, child.name))
  if (field !== undefined) {
    append(made, field.key, toJson(child, field.decl.type, model, extensions), field.array)
    return field.key
  }
  const known = extensions.known(child, parent)
  if (known !== undefined && !Object.hasOwn(made, known.key) && !shape.byKey.has(known.key)) {
    put(made, known.key, known.value)
    return known.key
  }
  append(made, EXTENSION, extensions.keep(child), true)
  return EXTENSION
}

function append(made: Record<string, Json>, name: string, value: Json, array: boolean): void {
  if (!array) put(made, name, value)
  else if (Object.hasOwn(made, name)) (made[name] as Json[]).push(value)
  else put(made, name, [value])
}

/** Would writing the keys back by the content model give this very order? */
function isDefaultOrder(
  element: Element,
  order: readonly string[],
  shape: Shape,
  model: Model,
): boolean {
  const { content } = shape.type
  if (order.length < 2) return true
  if (shape.type === ANY_TYPE || content.kind !== 'particle') return new Set(order).size <= 1
  if (order.includes(TEXT)) return false
  const named = new Map<string, number>()
  const wild: string[] = []
  for (const it of element.children) {
    const name = key(it.ns, it.name)
    if (shape.byName.has(name)) named.set(name, (named.get(name) ?? 0) + 1)
    else wild.push(it.ns)
  }
  const picks = arrange(content.particle, { named, extensions: wild }, model)
  return picks.every(
    (pick, at) => keyOf(pick, shape) === (shape.byKey.has(order[at] ?? '') ? order[at] : EXTENSION),
  )
}

function keyOf(pick: Pick, shape: Shape): string {
  return shape.byName.get(pick)?.key ?? EXTENSION
}
