// Ids that grow with time, so that the indexes over them grow at their end. Not for what must not tell when it was made.

import type { NewId } from '../gateway/ports.ts'

/**
 * UUIDs of version 7. Rows that come together then lie together: a commit changes, and writes, fewer pages than with ids
 * that are all random. Each sorts behind the one before, so that what came in one millisecond keeps its order too.
 * @param nowMs milliseconds since 1970
 * @param random UUIDs of version 4: all but the time and the count are theirs
 * @see RFC 9562 5.7, 6.2 method 1: rand_a counts the ids of one millisecond; a clock that is put back is waited for
 */
export function orderedIds(nowMs: () => number, random: NewId): NewId {
  let last = { ms: -1, count: 0 }
  return () => {
    last = next(last, nowMs())
    const time = last.ms.toString(16).padStart(12, '0')
    const count = last.count.toString(16).padStart(3, '0')
    return `${time.slice(0, 8)}-${time.slice(8)}-7${count}${random().slice(VARIANT_AT)}`
  }
}

interface Place {
  readonly ms: number
  readonly count: number
}

function next({ ms, count }: Place, now: number): Place {
  if (now > ms) return { ms: now, count: 0 }
  return count === MOST_COUNTED ? { ms: ms + 1, count: 0 } : { ms, count: count + 1 }
}

/** that three hexadecimal digits can say */
const MOST_COUNTED = 0xfff
/** where the group that begins with the variant, and the hyphen before it, stand in a UUID */
const VARIANT_AT = 18
