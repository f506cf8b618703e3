// Keys of the store's index of names that are no names: what objects share with nobody or with few, what they are known by
// besides, and what many of them belong to. Names are JSON, so no name is one of these.

/** What an object has for itself, or shares with few. */
const CLAIM = 'claim '

/** What many objects belong to. */
const UNDER = 'under '

/** True for a key of the index that is a name of the object. */
export function isName(key: string): boolean {
  return !key.startsWith(CLAIM) && !key.startsWith(UNDER)
}

/** True for one that somebody else may have. */
export function isClaim(key: string): boolean {
  return key.startsWith(CLAIM)
}

/** Of a claim by its rule; of one that several can have, that of one place. */
export function claimText(rule: string, key: string, place = 0): string {
  return `${CLAIM}${rule} ${place} ${key}`
}

/** What the keys of all objects begin with that are found under a text; behind it stands the identity key of each. */
export function underPrefix(text: string): string {
  return `${UNDER}${JSON.stringify(text)} `
}
