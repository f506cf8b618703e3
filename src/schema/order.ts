// The order of an element's children where CIM-JSON groups them by name: told by the content model alone,
// or else written down under `#order`.

import { arrange } from './arrange.ts'
import { ANY_TYPE } from './builtins.ts'
import { key } from './model.ts'
import type { Key, Model } from './model.ts'
import { EXTENSION, TEXT } from './shape.ts'
import type { Shape } from './shape.ts'

/**
 * True when writing the keys back by the content model gives this very order.
 * @param order the key of each child, in document order
 * @param wild namespaces of the children at wildcards, in document order
 */
export function isDefaultOrder(
  order: readonly string[],
  wild: readonly string[],
  shape: Shape,
  model: Model,
): boolean {
  if (order.length < 2) return true
  if (order.includes(TEXT)) return false
  const count = new Map<string, number>()
  for (const it of order) count.set(it, (count.get(it) ?? 0) + 1)
  const made = defaultOrder(shape, model, count, wild)
  if (made === undefined) return count.size <= 1
  return made.every((it, at) => it === (shape.byKey.has(order[at] ?? '') ? order[at] : EXTENSION))
}

/**
 * The keys in the order in which the content model takes them; undefined when it says nothing of order.
 * @param count how many there are under each key
 * @param extensions namespaces of the elements at wildcards, in their own order
 */
export function defaultOrder(
  shape: Shape,
  model: Model,
  count: ReadonlyMap<string, number>,
  extensions: readonly string[],
): readonly string[] | undefined {
  const { content } = shape.type
  if (shape.type === ANY_TYPE || content.kind !== 'particle') return undefined
  const named = new Map<Key, number>(
    shape.fields.map((it) => [key(it.decl.ns, it.decl.name), count.get(it.key) ?? 0]),
  )
  const picks = arrange(content.particle, named, extensions, model)
  return picks.map((it) =>
    it === EXTENSION ? EXTENSION : (shape.byName.get(it)?.key ?? EXTENSION),
  )
}
