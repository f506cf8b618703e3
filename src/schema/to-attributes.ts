// CIM-JSON keys that begin with @ -> XML attributes, and simple values -> escaped text.

import { escapeAttribute, escapeText, illegalCharacter } from '../envelope/escape.ts'
import { BUILTINS, XML_NS, XSI_NS } from './builtins.ts'
import { member } from './json-text.ts'
import type { Json, JsonObject } from './json-text.ts'
import type { SimpleType } from './model.ts'
import { scalarToText } from './scalar.ts'
import type { Shape } from './shape.ts'
import { refuse, unknownKey } from './writing.ts'
import type { Writing } from './writing.ts'

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
  const named = Object.entries(value).filter(([it]) => it.startsWith('@') && !SPECIAL.includes(it))
  const own = named.length < 2 ? named : inSchemaOrder(named, shape)
  const plain = own.map(([name, it], at) => attributeText(writing, name, at, it, shape))
  return xsi + instance + nilAttribute(writing, nil) + plain.join('')
}

/** Their order in JSON means nothing: first what the schema declares, as it declares it, then the others by name. */
function inSchemaOrder<T extends readonly [string, Json]>(
  named: readonly T[],
  shape: Shape | undefined,
): readonly T[] {
  const declared = [...(shape?.attributes.keys() ?? [])]
  const rank = (name: string) => (declared.includes(name) ? declared.indexOf(name) : Infinity)
  const order = (a: string, b: string) =>
    rank(a) === rank(b) ? (a < b ? -1 : 1) : rank(a) - rank(b)
  return named.toSorted(([a], [b]) => order(a, b))
}

/** written elsewhere: the namespace by the element, the instance attributes above */
const SPECIAL: readonly string[] = ['@xmlns', '@xsi:type', '@xsi:nil']

function nilAttribute(writing: Writing, nil: Json | undefined): string {
  if (nil === undefined) return ''
  writing.path.push('@xsi:nil')
  const text = scalar(writing, BOOLEAN, nil, escapeAttribute)
  writing.path.pop()
  return ` xsi:nil="${text}"`
}

const BOOLEAN = BUILTINS.get('boolean') as SimpleType
/** of an attribute that no schema describes: any single value */
const ANY_SIMPLE = BUILTINS.get('anySimpleType') as SimpleType

function attributeText(
  writing: Writing,
  name: string,
  at: number,
  value: Json,
  shape: Shape | undefined,
): string {
  const use = shape?.attributes.get(name)
  const [, given, local = ''] = /^@(?:\{([^}]*)\})?([^{}:]+)$/.exec(name) ?? []
  const ns = use?.ns ?? given ?? ''
  if (!NC_NAME.test(local) || (use === undefined && shape?.type.anyAttribute === undefined)) {
    unknownKey(writing, name, shape?.attributes.keys() ?? [])
    return ''
  }
  writing.path.push(`@${local}`)
  const text = scalar(writing, use?.type ?? ANY_SIMPLE, value, escapeAttribute)
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
    (name, shown) => (shown === '""' ? `${name} is empty.` : `${name} may not be ${shown}.`),
    text.mend,
  )
  return ''
}

/** Text escaped, or empty with an issue where XML 1.0 cannot carry it. */
export function legal(writing: Writing, text: string, escape: (text: string) => string): string {
  if (!isSuspect(text)) return text
  const illegal = illegalCharacter(text)
  if (illegal === undefined) return escape(text)
  refuse(
    writing,
    'JSON-TEXT',
    'characters that XML 1.0 can carry',
    text,
    (name) => `The text of ${name} holds ${illegal}.`,
    `Take ${illegal} out of the text.`,
  )
  return ''
}

/** True for a text that might need escaping or be illegal; most have nothing of the kind. */
export function isSuspect(text: string): boolean {
  return SUSPECT.test(text)
}

const SUSPECT = /[&<>"\u0000-\u001f\ud800-\udfff\ufffe\uffff]/
