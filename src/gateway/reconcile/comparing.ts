// All that compares two sides, over one store: what is asked for by a person, what is due by the clock, what has been answered.

import type { InwardParts } from '../relay/inward.ts'
import { missingOn } from './missing.ts'
import { createNightly } from './nightly.ts'
import type { Nightly, NightlyParts } from './nightly.ts'
import { reconcilingOn } from './reconciling.ts'
import type { Reconciling, ReconcilingParts } from './reconciling.ts'
import type { ReconcileParts } from './routes.ts'

/** The parts of it. */
export interface Comparing extends Pick<Reconciling, 'answered'> {
  readonly nightly: Nightly
  /** what the routes lead to */
  readonly reconcile: ReconcileParts
}

/** Puts it together. */
export function comparingOn(
  parts: ReconcilingParts & InwardParts & Omit<NightlyParts, 'begin'>,
): Comparing {
  const { begin, answered } = reconcilingOn(parts)
  const { topology, flow } = parts
  return {
    answered,
    nightly: createNightly({ ...parts, begin }),
    reconcile: { begin, send: missingOn(parts), topology, flow },
  }
}
