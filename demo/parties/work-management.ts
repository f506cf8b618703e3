// Work management: does the work, and tells how far it is.

import type { JsonObject } from '../../src/index.ts'
import type { Party, Sending } from '../party.ts'
import { closed, withStatus } from './work.ts'

export const WORK_MANAGEMENT: Party = {
  id: 'wms',
  name: 'WMS',
  speaks: 'xml',
  does: [
    { on: 'create WorkRequests', then: progress('WorkRequests') },
    { on: 'create ServiceOrders', then: progress('ServiceOrders') },
  ],
}

/** From the schedule to the end. */
function progress(noun: string): (it: JsonObject) => readonly Sending[] {
  return (it) => [
    ...['scheduled', 'inProgress', 'completed'].map((status) => ({
      verb: 'changed',
      noun,
      objects: [withStatus(it, status)],
    })),
    { verb: 'closed', noun, objects: [closed(it)] },
  ]
}
