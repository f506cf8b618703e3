// Names of a namespace from CIM-JSON to XML: the type that `@xsi:type` names, and values of xs:QName. A prefix means
// nothing in JSON, so each takes one of ours along, and one without a namespace needs a place without a default one.

import { escapeAttribute } from '../envelope/escape.ts'
import { XML_NS } from './builtins.ts'
import { longTypeName, typeNamed } from './instance-type.ts'
import { isObject, member } from './json-text.ts'
import type { Json } from './json-text.ts'
import { splitKey } from './model.ts'
import type { Model, Type } from './model.ts'
import { shapeOf, VALUE } from './shape.ts'

/** The type of a value and the attribute that says so: of `@xsi:type` where it has one. */
export function instanceType(
  declared: Type,
  value: Json,
  model: Model,
): { readonly type: Type; readonly attribute: string } {
  const written = member(value, '@xsi:type')
  if (typeof written !== 'string') return { type: declared, attribute: '' }
  const name = longTypeName(written, declared, model)
  const [ns, local] = splitKey(name)
  const prefixed = `xsi:type="t:${escapeAttribute(local)}"`
  const attribute =
    ns === ''
      ? ` xsi:type="${escapeAttribute(local)}"`
      : ` xmlns:t="${escapeAttribute(ns)}" ${prefixed}`
  return { type: typeNamed(name, model) ?? declared, attribute }
}

/** True where `@xsi:type` or the content is a name without a namespace, which no prefix can say. */
export function isNamedPlainly(declared: Type, value: Json, model: Model): boolean {
  const written = member(value, '@xsi:type')
  if (typeof written === 'string' && splitKey(longTypeName(written, declared, model))[0] === '')
    return true
  const { type } = instanceType(declared, value, model)
  const simple = type.kind === 'simple' ? type : shapeOf(type, model).text
  const name = isObject(value) ? member(value, VALUE) : value
  return simple?.primitive === 'QName' && typeof name === 'string' && isPlain(name)
}

function isPlain(name: string): boolean {
  return name.startsWith('{}') || (!name.startsWith('{') && !name.includes(':'))
}

/** A name of a namespace stands as `{namespace}name` in JSON and takes a prefix with it in XML. */
export function nameToXml(written: string): { readonly xmlns: string; readonly name: string } {
  if (!written.startsWith('{')) return { xmlns: '', name: written }
  const [ns, local] = splitKey(written)
  // Neither may be bound to a prefix of ours.
  if (ns === '' || ns === XML_NS) return { xmlns: '', name: ns === '' ? local : `xml:${local}` }
  return { xmlns: ` xmlns:q="${escapeAttribute(ns)}"`, name: `q:${local}` }
}
