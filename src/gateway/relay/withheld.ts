// An event as it is told on: without the objects that it has been refused for, and without those that repeat what has been
// told already.

import type { JsonObject } from '../../schema/json-text.ts'
import type { ContentOf } from '../content.ts'
import type { Decision } from '../deciding/decide.ts'
import { onlyItems } from './accepted.ts'

/** The message with what has been accepted; undefined where nothing of it is to be told. */
export function withoutWithheld(
  message: JsonObject,
  { outcomes }: Pick<Decision, 'outcomes'>,
  contentOf: ContentOf,
): JsonObject | undefined {
  const isTold = outcomes.map(({ errors, isRepeated }) => errors.length === 0 && !isRepeated)
  return onlyItems(message, (_item, at) => isTold[at] ?? true, contentOf)
}
