// The version of an object counts its changes (requirement GRP-01, EPRI 3002003035): raised by each change
// that does not set it itself, exactly, however long its numbers are.

import type { Flow } from '../../flows/flow.ts'
import { isObject, member, numberOf, numberText } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'

/** The object with its version raised; unchanged where the flow counts none or the message says which it is. */
export function raised(
  flow: Flow,
  before: JsonObject,
  message: JsonObject,
  after: JsonObject,
  now: string,
): JsonObject {
  const name = flow.version
  if (name === undefined) return after
  const [old, given] = [member(before, name), member(message, name)]
  if (flow.counts?.(before, after) === false) return after
  // A count in words of the schema's own, such as revisionNumber: repeating the old one does not set it.
  if (typeof old === 'string' && (given === undefined || given === old))
    return { ...after, [name]: numberText(plusOne(old)) ?? old }
  if (given !== undefined) return after
  const version = isObject(old) ? old : {}
  const next = {
    ...version,
    date: now,
    major: member(version, 'major') ?? 1,
    minor: plusOne(member(version, 'minor')),
  }
  return { ...after, [name]: next }
}

function plusOne(value: Json | undefined): Json {
  const text = numberText(value) ?? (typeof value === 'string' ? value.trim() : '')
  return /^[+-]?\d+$/.test(text) ? numberOf(String(BigInt(text) + 1n)) : 1
}
