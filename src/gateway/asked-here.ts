// A question that nobody is asked, because what it is about is kept here, and to which no answer is kept: of what is known here
// it is unsupported, since nobody here is able to ask; what is not known does not exist (DC-01: 99.1).

import type { Asking } from '../flows/asking.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { scanned } from './find.ts'
import type { Memory } from './guarded.ts'

/** The questions as they are answered here. */
export interface AskedHere {
  readonly objects: readonly JsonObject[]
  /** what is asked about and not known here */
  readonly missing: readonly JsonObject[]
}

const UNABLE = {
  kind: 'unsupported',
  code: '2.9',
  reason: 'Nobody is asked here, and no answer is kept.',
} as const

/**
 * Nothing where nothing is kept of what there is, so that nobody can tell.
 * @param isNew they are surely no queries for answers of before: then nobody is able to ask
 */
export async function askedHere(
  questions: readonly JsonObject[],
  { known, ended, about }: Asking,
  store: Memory,
  isNew = false,
): Promise<AskedHere> {
  const there = await store.nouns()
  const isTold = known.some(({ noun, isWhole }) => isWhole && there.has(noun))
  const kept = await Promise.all(questions.map(isKnown))
  return {
    objects: questions
      .filter((_it, at) => kept[at] || (isNew && !isTold))
      .map((it) => ended(it, UNABLE)),
    missing: isTold ? questions.filter((_it, at) => !kept[at]).map(about.of) : [],
  }

  async function isKnown(question: JsonObject): Promise<boolean> {
    for (const { noun, has } of known.filter((it) => there.has(it.noun))) {
      const { objects } = await scanned(store, noun, (it) => has(it, question), 1)
      if (objects.length > 0) return true
    }
    return false
  }
}
