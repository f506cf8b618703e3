// Where a list goes on: a text that tells its reader nothing, and needs no escape in a query (base64url, RFC 4648 5).

/** Lists that have pages. */
export type Listed = 'messages' | 'objects' | 'results'

/** @param place in the list, as the store knows it */
export function cursorOf(listed: Listed, place: string): string {
  const octets = Array.from(new TextEncoder().encode(`${listed} ${place}`), (it) =>
    String.fromCharCode(it),
  )
  return btoa(octets.join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** The place again; undefined for what is no cursor of such a list. */
export function placeIn(listed: Listed, cursor: string): string | undefined {
  const text = decoded(cursor)
  if (text?.startsWith(`${listed} `) !== true) return undefined
  const place = text.slice(listed.length + 1)
  return cursorOf(listed, place) === cursor ? place : undefined
}

function decoded(cursor: string): string | undefined {
  try {
    const octets = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))
    return new TextDecoder().decode(Uint8Array.from(octets, (it) => it.charCodeAt(0)))
  } catch {
    return undefined
  }
}

/** What is wrong with a text that is no cursor, and what to do. */
export const NO_CURSOR = {
  reason: 'after is no cursor of this list.',
  mend: 'Write the value of next from the page before as it came, or leave after out.',
} as const
