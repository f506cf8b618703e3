// Digests compared in a time that does not depend on where they differ, so that it tells nothing of them.

/** True for two digests that are the same, both looked at to their end. */
export function isSame(one: string, other: string): boolean {
  let difference = one.length ^ other.length
  for (let at = 0; at < one.length; at += 1) {
    const [here, there] = [one.charCodeAt(at), other.charCodeAt(at % (other.length || 1))]
    difference |= here ^ (Number.isNaN(there) ? 0 : there)
  }
  return difference === 0
}
