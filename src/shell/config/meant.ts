// What was probably meant by a name that there is not.

import { nearest } from '../../schema/nearest.ts'

/** names that are listed where none of them is near */
const MOST_LISTED = 20

/** A clause for the end of a sentence: the nearest name, or all that there are. */
export function meant(written: string, names: readonly string[]): string {
  const near = nearest(written, names)
  if (near !== undefined) return `; did you mean ${near}`
  return names.length > MOST_LISTED ? '' : `; there are ${names.join(', ')}`
}
