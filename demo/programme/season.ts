// The steps of a season, in order.

import { calling } from './calling.ts'
import { closing } from './closing.ts'
import { enrolling } from './enrolling.ts'
import { scoring } from './scoring.ts'
import { settling } from './settling.ts'
import type { SeasonParts, SeasonStep } from './step.ts'

/** All of them. */
export function seasonOf(parts: SeasonParts): readonly SeasonStep[] {
  return [
    ...enrolling(parts),
    ...scoring(parts),
    ...calling(parts),
    ...settling(parts),
    ...closing(parts),
  ]
}
