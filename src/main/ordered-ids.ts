// Ids that grow with time, so that the indexes over them grow at their end. Not for what must not tell when it was made.

import type { NewId } from '../gateway/ports.ts'

/**
 * UUIDs of version 7. Rows that come together then lie together: a commit changes, and writes, fewer pages than with ids
 * that are all random.
 * @param nowMs milliseconds since 1970
 * @param random UUIDs of version 4: all but the time is theirs
 * @see RFC 9562 5.7   (ours to choose: within a millisecond there is no order, 6.2 leaves that open)
 */
export function orderedIds(nowMs: () => number, random: NewId): NewId {
  return () => {
    const time = nowMs().toString(16).padStart(12, '0')
    return `${time.slice(0, 8)}-${time.slice(8)}-7${random().slice(VERSION_AT + 1)}`
  }
}

/** where the digit of the version stands in a UUID */
const VERSION_AT = 14
