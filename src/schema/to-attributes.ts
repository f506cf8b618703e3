// CIM-JSON keys that begin with @ -> XML attributes, and simple values -> escaped text.

import { escapeAttribute, escapeText, illegalCharacter } from '../envelope/escape.ts'
import { XSI_NS } from './builtins.ts'
import { member, writeJson } from './json-text.ts'
import type { Json, JsonObject } from './json-text.ts'
import { key } from './model.ts'
import type { Model, SimpleType, Type } from './model.ts'
import { scalarToText } from './scalar.ts'
import type { Shape } from './shape.ts'
import { refuse, unknownKey } from './writing.ts'
import type { Writing } from './writing.ts'

/** xsi:type names a type of the declared type's namespace, or of another as `{namespace}Name`. */
export function instanceType(
  declared: Type,
  value: Json,
  model: Model,
): { type: Type; attribute: string } {
  const named = member(value, '@xsi:type')
  if (typeof named !== 'string') return { type: declared, attribute: '' }
  const names = named.startsWith('{')
    ? [named]
    : [declared.ns, ...model.namespaces].map((ns) => key(ns, named))
  const name = names.find((it) => model.types.has(it)) ?? key(declared.ns, named)
  const ns = name.slice(1, name.indexOf('}'))
  const local = name.slice(name.indexOf('}') + 1)
  const attribute = ` xmlns:t="${escapeAttribute(ns)}" xsi:type="t:${escapeAttribute(local)}"`
  return { type: model.types.get(name) ?? declared, attribute }
}

const XML_NS = 'http://www.w3.org/XML/1998/namespace'
const NC_NAME = /^[\p{L}_][\p{L}\p{N}\p{M}_.·-]*$/u

/**
 * All attributes of an element, with the namespace declarations that they need.
 * @param instance what `instanceType` gave
 */
export function attributesOf(
  writing: Writing,
  value: JsonObject,
  shape: Shape | undefined,
  instance: string,
): string {
  const nil = member(value, '@xsi:nil')
  const xsi = instance === '' && nil === undefined ? '' : ` xmlns:xsi="${XSI_NS}"`
  const nilled =
    nil === undefined
      ? ''
      : ` xsi:nil="${escapeAttribute(typeof nil === 'string' ? nil : writeJson(nil))}"`
  const names = Object.keys(value).filter((it) => it.startsWith('@') && !SPECIAL.includes(it))
  return (
    xsi +
    instance +
    nilled +
    names.map((it, at) => attributeText(writing, it, at, value[it] ?? null, shape)).join('')
  )
}

/** written elsewhere: the namespace by the element, the instance attributes above */
const SPECIAL: readonly string[] = ['@xmlns', '@xsi:type', '@xsi:nil']

function attributeText(
  writing: Writing,
  name: string,
  at: number,
  value: Json,
  shape: Shape | undefined,
): string {
  const use = shape?.attributes.get(name)
  const [, given, local = ''] = /^@(?:\{([^}]*)\})?([^{}:]+)$/.exec(name) ?? []
  const ns = given ?? use?.ns ?? ''
  if (!NC_NAME.test(local) || (use === undefined && shape?.type.anyAttribute === undefined)) {
    unknownKey(writing, name, [...(shape?.attributes.keys() ?? [])])
    return ''
  }
  writing.path.push(`@${local}`)
  const text =
    use === undefined
      ? legal(writing, typeof value === 'string' ? value : writeJson(value), escapeAttribute)
      : scalar(writing, use.type, value, escapeAttribute)
  writing.path.pop()
  if (ns === '') return ` ${local}="${text}"`
  return ns === XML_NS
    ? ` xml:${local}="${text}"`
    : ` xmlns:a${at}="${escapeAttribute(ns)}" a${at}:${local}="${text}"`
}

/** A simple value as escaped text; empty, with an issue, where it does not fit. */
export function scalar(
  writing: Writing,
  type: SimpleType,
  value: Json,
  escape = escapeText,
): string {
  const text = scalarToText(type, value)
  if (typeof text === 'string') return legal(writing, text, escape)
  refuse(
    writing,
    value === null ? 'JSON-NULL' : 'JSON-TYPE',
    text.expected,
    value,
    'does not fit',
    text.mend,
  )
  return ''
}

/** Text escaped, or empty with an issue where XML 1.0 cannot carry it. */
export function legal(writing: Writing, text: string, escape: (text: string) => string): string {
  const illegal = illegalCharacter(text)
  if (illegal === undefined) return escape(text)
  refuse(
    writing,
    'JSON-TEXT',
    'characters that XML 1.0 can carry',
    text,
    `holds ${illegal}`,
    `take ${illegal} out of the text`,
  )
  return ''
}
