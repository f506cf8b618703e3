// Topics of the status feed: `<Noun>/<mRID>`, a star for all of a noun or for everything.

import { idKey } from '../../gateway/identity.ts'
import type { StatusEvent } from '../../gateway/ports.ts'

/** Whether a subscription wants an event. */
export type Wanted = (event: Pick<StatusEvent, 'noun' | 'subject'>) => boolean

const ALL: readonly string[] = ['*', '*/*']

/**
 * @param topics as in the query, `DERGroups/*,messages/*`; none = all. mRIDs that are UUIDs match in either case.
 */
export function topicFilter(topics: string | null): Wanted {
  const patterns = (topics ?? '').split(',').map((it) => it.trim())
  const all = patterns.filter((it) => it !== '')
  if (all.length === 0 || all.some((it) => ALL.includes(it))) return () => true
  const byNoun = new Map<string, Set<string>>()
  for (const topic of all) {
    const at = topic.indexOf('/') + 1
    const [noun, subject] = [topic.slice(0, at), idKey(topic.slice(at))]
    byNoun.set(noun, (byNoun.get(noun) ?? new Set()).add(subject))
  }
  // Asked for every event by each of hundreds of subscribers: most are told apart by the noun.
  return ({ noun, subject }) => {
    const subjects = byNoun.get(`${noun}/`)
    return subjects !== undefined && (subjects.has('*') || subjects.has(idKey(subject)))
  }
}
