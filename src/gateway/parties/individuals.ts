// What is about a single device, where a party may be shown what is about groups alone.

import { flowsOf } from '../../flows/index.ts'
import { isObject } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'

/** True for an object of a noun whose flow tells single devices and groups apart, and that is about a single one. */
export function isIndividual(noun: string, object: JsonObject): boolean {
  return flowsOf(noun).some(({ individual }) => individual?.(object) ?? false)
}

/** A payload without such objects of these nouns, and without a root of which nothing else is left. */
export function withoutIndividuals(payload: Json, nouns: ReadonlySet<string>): Json {
  if (Array.isArray(payload))
    return payload
      .map((it: Json) => withoutIndividuals(it, nouns))
      .filter((it) => !isObject(it) || Object.keys(it).length > 0)
  if (!isObject(payload)) return payload
  return Object.fromEntries(
    Object.entries(payload).flatMap(([name, root]) => {
      if (!nouns.has(name)) return [[name, withoutIndividuals(root, nouns)] as const]
      const left = rootWithout(name, root)
      return left === undefined ? [] : [[name, left] as const]
    }),
  )
}

/** Lists of objects are looked through; undefined where every one of them goes. */
function rootWithout(noun: string, root: Json): Json | undefined {
  if (!isObject(root)) return root
  const lists = Object.entries(root).map(([name, value]) => {
    const isList = Array.isArray(value) && value.every((it: Json) => isObject(it))
    if (!isList) return { name, value, gone: 0 }
    const left = value.filter((it: Json) => !(isObject(it) && isIndividual(noun, it)))
    return { name, value: left, gone: value.length - left.length }
  })
  const shorter = lists.filter(({ gone }) => gone > 0)
  if (shorter.length === 0) return root
  const isNothing = shorter.every(({ value }) => Array.isArray(value) && value.length === 0)
  return isNothing ? undefined : Object.fromEntries(lists.map((it) => [it.name, it.value]))
}
