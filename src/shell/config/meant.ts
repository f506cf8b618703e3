// What was probably meant by a name that there is not.

import { nearest } from '../../schema/nearest.ts'

/** names that are listed where none of them is near */
const MOST_LISTED = 20

/**
 * A clause for the end of a sentence: the nearest name, or all that there are.
 * @param prefix of the names, as they are written
 */
export function meant(written: string, names: readonly string[], prefix = ''): string {
  const near = nearest(written, names)
  if (near !== undefined) return `; did you mean ${prefix}${near}`
  return names.length > MOST_LISTED || names.length === 0 ? '' : `; there are ${names.join(', ')}`
}
