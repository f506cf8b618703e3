// Lists whose order says nothing: where only the order is another one, nothing has changed.

import { isObject, put, writeJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'

/** The object with items that were there before in the order that they had, and new ones behind them. */
export function inKnownOrder(
  lists: readonly string[],
  before: JsonObject,
  after: JsonObject,
): JsonObject {
  const ordered: Record<string, Json> = { ...after }
  for (const name of lists) {
    const [old, now] = [before[name], after[name]]
    if (Array.isArray(old) && Array.isArray(now)) put(ordered, name, asKnown(old, now))
  }
  return ordered
}

/** An item that is the same but for the order of lists within it is as it was, too. */
function asKnown(old: readonly Json[], now: readonly Json[]): readonly Json[] {
  const left = now.map(orderlessText)
  const kept = old.filter((it) => {
    const at = left.indexOf(orderlessText(it))
    if (at >= 0) left[at] = TAKEN
    return at >= 0
  })
  return [...kept, ...now.filter((_it, at) => left[at] !== TAKEN)]
}

/** no JSON */
const TAKEN = ''

function orderlessText(it: Json): string {
  if (Array.isArray(it)) return `[${it.map(orderlessText).toSorted().join()}]`
  if (!isObject(it)) return writeJson(it)
  const members = Object.entries(it).map(([name, value]) => `${name}:${orderlessText(value)}`)
  return `{${members.toSorted().join()}}`
}
