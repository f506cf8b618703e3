// What CIM always says here, and the vendor has no word for: written on the way in, and looked at on the way out.

import { sameJson } from '../schema/json-text.ts'
import type { Json } from '../schema/json-text.ts'
import { made, madeWith, pointer } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import type { ConstantRow } from './row.ts'

/** It is there, and said to be ours. */
export function constantToCim({ cim, value }: ConstantRow, into: string): Outcome {
  return madeWith({ [cim]: value }, { mapped: 0, defaulted: [{ path: pointer(into, cim), value }] })
}

/** Anything else than that has no place at the vendor. */
export function constantToVendor(
  { value }: ConstantRow,
  given: Json | undefined,
  path: string,
): Outcome {
  if (given === undefined || sameJson(given, value)) return made({})
  return madeWith({}, { dropped: [{ path, value: given }] })
}
