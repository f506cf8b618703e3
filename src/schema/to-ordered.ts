// Children whose order is not told by grouping them: by `#order`, else as the content model takes them;
// text of mixed content and kept extensions among them.

import { escapeText } from '../envelope/escape.ts'
import { isOneElement } from '../envelope/scan.ts'
import { member } from './json-text.ts'
import type { Json, JsonObject } from './json-text.ts'
import type { Model } from './model.ts'
import { defaultOrder } from './order.ts'
import { EXTENSION, ORDER, TEXT } from './shape.ts'
import type { Shape } from './shape.ts'
import { legal } from './to-attributes.ts'
import { refuse, unknownKey } from './writing.ts'
import type { Writing } from './writing.ts'

/**
 * The content of an element whose children keep an order of their own.
 * @param named the written children of each key
 */
export function inOrder(
  writing: Writing,
  shape: Shape,
  value: JsonObject,
  model: Model,
  named: ReadonlyMap<string, readonly string[]>,
): string {
  const queues = new Map([
    ...named,
    [EXTENSION, extensions(writing, value[EXTENSION])] as const,
    [TEXT, textPieces(writing, value[TEXT])] as const,
  ])
  const taken = new Map<string, number>()
  const next = (name: string): string => {
    const at = taken.get(name) ?? 0
    taken.set(name, at + 1)
    return queues.get(name)?.[at] ?? ''
  }
  const first = orderOf(writing, shape, value, queues, model).map(next).join('')
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
  if (given !== undefined)
    return givenOrder(writing, given, [...queues.keys(), ...shape.byKey.keys()])
  const count = new Map([...queues].map(([name, items]) => [name, items.length]))
  const namespaces = asArray(value[EXTENSION]).map((it) => String(member(it, 'ns') ?? ''))
  return defaultOrder(shape, model, count, namespaces) ?? []
}

function givenOrder(writing: Writing, given: Json, known: readonly string[]): readonly string[] {
  if (!Array.isArray(given) || !given.every((it) => typeof it === 'string')) {
    refuse(
      writing,
      'JSON-TYPE',
      'an array of key names',
      given,
      (name) => `${ORDER} of ${name} is no list of keys.`,
      `Leave ${ORDER} out.`,
    )
    return []
  }
  const names = new Set(known)
  for (const name of new Set<string>(given)) if (!names.has(name)) unknownKey(writing, name, known)
  return given
}

/** Extension elements as kept: text that is exactly one element, so that it cannot break out of its place. */
export function extensions(writing: Writing, value: Json | undefined): readonly string[] {
  return asArray(value).map((it) => {
    const xml = member(it, 'xml')
    if (typeof xml === 'string' && /^<[^!?/\s]/.test(xml) && isOneElement(xml)) return xml
    refuse(
      writing,
      'JSON-EXT',
      'one element as text, {"ns":"…","xml":"<x:…>…</x:…>"}',
      it,
      (name) => `An extension of ${name} is not exactly one element.`,
      'Put exactly one well-formed element into "xml".',
    )
    return ''
  })
}

function textPieces(writing: Writing, value: Json | undefined): readonly string[] {
  return asArray(value).map((it) => {
    if (typeof it === 'string') return legal(writing, it, escapeText)
    refuse(
      writing,
      'JSON-TYPE',
      'a string',
      it,
      (name, shown) => `A piece of text of ${name} may not be ${shown}.`,
      'Write it in double quotes.',
    )
    return ''
  })
}

function asArray(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value]
}
