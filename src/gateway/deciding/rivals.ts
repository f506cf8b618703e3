// Who has what an object claims that has moved with others. What the objects of a message claim is looked at before it is
// decided; which others move with them, and what these claim then, is known only when it has been.

import { isClaim } from '../index-keys.ts'
import type { Decision } from './decide.ts'
import type { Memory } from '../guarded.ts'
import type { Put, StoredObject } from '../ports.ts'

/** Those that the decision has not seen: with them it is another one. */
export async function rivalsOf(
  { outcomes, world }: Decision,
  stored: readonly StoredObject[],
  store: Pick<Memory, 'objects'>,
): Promise<readonly StoredObject[]> {
  if (!outcomes.some(({ moved = [] }) => moved.length > 0)) return []
  const seen = new Map(stored.map((it) => [keyOf(it), it]))
  const asked = new Map<string, string[]>()
  for (const put of world.difference().puts) {
    const keys = newClaims(put, seen.get(keyOf(put)))
    if (keys.length > 0) asked.set(put.noun, [...(asked.get(put.noun) ?? []), ...keys])
  }
  const found = await Promise.all([...asked].map(([noun, keys]) => store.objects(noun, [], keys)))
  return found.flat().filter((it) => !seen.has(keyOf(it)))
}

function newClaims({ names }: Put, before: StoredObject | undefined): readonly string[] {
  return names.filter((it) => isClaim(it) && before?.names.includes(it) !== true)
}

function keyOf({ noun, id }: Pick<StoredObject, 'noun' | 'id'>): string {
  return `${noun} ${id}`
}
