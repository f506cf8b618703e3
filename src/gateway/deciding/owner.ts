// Whose an object is: its sender's, or whose its own words say it is. The owner is a party, or several with a space between
// them, the first of which serves it.

import { textsOf } from './registered.ts'
import { EVERYBODY } from '../parties/index.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Case } from './settle.ts'
import type { Held } from '../world.ts'

/** The owner of an object as it is to be. */
export function ownerOf(
  { flow, context }: Pick<Case, 'flow' | 'context'>,
  before: Held | undefined,
  object: JsonObject,
): string {
  if (flow.isPublic === true) return EVERYBODY
  const served = context.serving(textsOf(flow.servedBy?.(object) ?? []))
  const first = served ?? (before?.owner || context.owner)
  if (flow.sharedWith === undefined) return first
  const others = flow.sharedWith(object, context.now).map((it) => context.serving(textsOf([it])))
  return together([first, ...others.filter((it) => it !== undefined)])
}

/** Owners as one, each party once. */
export function together(owners: readonly string[]): string {
  return [...new Set(owners.flatMap((it) => it.split(' ')))].filter((it) => it !== '').join(' ')
}
