// Values at a path of what a message is about: `EndDeviceGroup.mRID` below the root of its noun.

import { isObject, member, numberText } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { idKey } from '../identity.ts'

/**
 * Every value that stands there, each once, in the order of the message; mRIDs that are UUIDs in lower case. Where the
 * path leads to nothing, the IDs of the Payload: a delete names its objects so.
 * @param message as CIM-JSON
 */
export function valuesIn(message: JsonObject, path: string): readonly string[] {
  const payload = member(message, 'payload')
  const nouns = nounsOf(message)
  const roots = [payload, member(message, 'request')].flatMap((it) =>
    nouns.flatMap((noun) => rootsIn(it, noun)),
  )
  const found = roots.flatMap((it) => valuesAt(it, path.split('.')))
  const values = found.length > 0 ? found : valuesAt(payload, ['ID'])
  return [...new Set(values.map(idKey))]
}

/** The Noun, and of an OperationSet those of its operations, each once. */
export function nounsOf(message: JsonObject): readonly string[] {
  const noun = textOf(member(member(message, 'header'), 'Noun')) ?? ''
  const operations = member(member(member(message, 'payload'), noun), 'Operation')
  if (!Array.isArray(operations)) return [noun]
  const own = operations.flatMap((it: Json) => textOf(member(it, 'noun')) ?? [])
  return own.length === 0 ? [noun] : [...new Set(own)]
}

/** What stands under the noun: in the payload itself, in one of several roots, or in an operation. */
function rootsIn(it: Json | undefined, noun: string): readonly Json[] {
  if (Array.isArray(it)) return it.flatMap((one: Json) => rootsIn(one, noun))
  if (!isObject(it)) return []
  return Object.entries(it).flatMap(([name, value]) =>
    name === noun ? [value] : rootsIn(value, noun),
  )
}

function valuesAt(it: Json | undefined, path: readonly string[]): readonly string[] {
  if (Array.isArray(it)) return it.flatMap((one: Json) => valuesAt(one, path))
  const [first, ...rest] = path
  if (first !== undefined) return isObject(it) ? valuesAt(member(it, first), rest) : []
  const text = textOf(isObject(it) ? member(it, '$') : it)
  return text === undefined || text === '' ? [] : [text]
}

function textOf(it: Json | undefined): string | undefined {
  return typeof it === 'string' ? it.trim() : numberText(it)
}
