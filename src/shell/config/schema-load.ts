// What a configuration may say of how much is taken at once.

import { LOAD } from '../../gateway/load/rules.ts'
import type { Rate } from '../../gateway/load/rules.ts'
import { z } from './zod.ts'

const perSecond = z.int().min(0)
const burst = z.int().min(1)

/** Requests over time. */
const rateOf = (usual: Rate) =>
  z
    .strictObject({
      perSecond: perSecond.default(usual.perSecond),
      burst: burst.default(usual.burst),
    })
    .prefault({})

/** Of one party: a rate without a burst would be none. */
export const ownRate = z
  .strictObject({ perSecond, burst })
  .meta({ title: '{perSecond: …, burst: …}' })

/** Bounds of one process. */
export const load = z.strictObject({
  partyRate: rateOf(LOAD.partyRate),
  rate: rateOf(LOAD.rate),
  working: z.int().min(2).default(LOAD.working),
  requests: z.int().min(2).default(LOAD.requests),
  bodyBytes: z.int().min(1024).default(LOAD.bodyBytes),
  partyShare: z.int().min(1).max(100).default(LOAD.partyShare),
  reserve: z.int().min(0).max(90).default(LOAD.reserve),
})
