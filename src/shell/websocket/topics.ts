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
  const wanted = new Set(patterns.filter((it) => it !== '').map(topicKey))
  if (wanted.size === 0 || ALL.some((it) => wanted.has(it))) return () => true
  return ({ noun, subject }) => wanted.has(`${noun}/*`) || wanted.has(`${noun}/${idKey(subject)}`)
}

function topicKey(topic: string): string {
  const at = topic.indexOf('/') + 1
  return topic.slice(0, at) + idKey(topic.slice(at))
}
