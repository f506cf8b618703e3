// How mRIDs are compared: without letter case when they are UUIDs, else byte by byte.

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** True for the form of RFC 9562, in either case. */
export function isUuid(text: string): boolean {
  return UUID.test(text)
}

/** The text by which an mRID is compared, and found. */
export function idKey(mRID: string): string {
  return isUuid(mRID) ? mRID.toLowerCase() : mRID
}

/** True where both are mRIDs, and the same one; what is absent is nobody's. */
export function sameId(a: unknown, b: unknown): boolean {
  return typeof a === 'string' && typeof b === 'string' && idKey(a) === idKey(b)
}
