// The keys of a JSON object against what its type declares: which are in order, which hold too much or too little,
// and which have no place there.

import type { Json, JsonObject } from './json-text.ts'
import { EXTENSION, ORDER, TEXT } from './shape.ts'
import type { Field, Shape } from './shape.ts'
import { refuse, unknownKey } from './writing.ts'
import type { Writing } from './writing.ts'

/** True for an object of nothing but children in their order, beside its namespace. */
export function isInSchemaOrder(value: JsonObject, shape: Shape, ns: string): boolean {
  let before = -1
  for (const name in value) {
    const field = fieldAfter(before, name, shape)
    if (field === undefined) {
      if (name !== '@xmlns' || value[name] !== ns) return false
    } else {
      if (field.at < before) return false
      before = field.at
    }
  }
  return true
}

/** The field of a key, most often the one behind the field before. */
export function fieldAfter(
  before: number,
  name: string,
  { fields, byKey }: Shape,
): Field | undefined {
  const next = fields[before + 1]
  return next !== undefined && next.key === name ? next : byKey.get(name)
}

/** Most senders keep the order of the schema, so that there is nothing to sort. */
export function inSchemaOrder(fields: readonly Field[]): readonly Field[] {
  for (let at = 1; at < fields.length; at += 1)
    if ((fields[at - 1]?.at ?? 0) > (fields[at]?.at ?? 0))
      return fields.toSorted((a, b) => a.at - b.at)
  return fields
}

/** Elements by keys that the type does not declare. */
export type Foreign = ReadonlyMap<string, readonly string[]>

/** Keys that the type does not declare: payload roots at a wildcard, or a mistake. */
export function foreignChildren(
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

/** The values of one key; none, with an issue, where it is an array and should not be, or the other way round. */
export function itemsOf(writing: Writing, field: Field, value: Json): readonly Json[] {
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

/** What a type has, for people. */
export function keysOf(shape: Shape): string {
  return [...shape.byKey.keys(), ...shape.attributes.keys()].join(', ') || 'none'
}
