// What is left in the end: the states of all that the gateway keeps of the season.

import type { JsonObject } from '../../src/index.ts'
import { calledOf, cancelledOf, leavingOf } from './calling.ts'
import type { SeasonParts, SeasonStep, Total } from './step.ts'

/** Asks the gateway. */
export function closing({ devices, kept }: SeasonParts): readonly SeasonStep[] {
  const eligible = devices.filter((it) => it.isEligible)
  const due: readonly (readonly [resource: string, state: string, count: number])[] = [
    ['program-enrollments', 'UNENROLLED', eligible.length],
    ['program-subscriptions', 'CLOSED', eligible.length],
    ['program-events', 'COMPLETED', 1],
    ['event-participations', 'CLOSED', calledOf(devices).length],
    ['event-participations', 'OPTED_OUT', leavingOf(devices).length],
    ['event-participations', 'RELEASED', cancelledOf(devices).length],
    ['program-settlements', 'BILLED', calledOf(devices).length],
  ]
  let totals: readonly Total[] = []
  return [
    {
      title: 'what the gateway keeps',
      answers: 1,
      run: async (tell) => {
        tell()
        const counts = new Map<string, ReadonlyMap<string, number>>()
        for (const [resource] of due)
          if (!counts.has(resource)) counts.set(resource, await kept(resource, stateOf))
        totals = due.map(([resource, state, count]) => {
          const found = counts.get(resource)?.get(state) ?? 0
          return { what: `${resource} ${state}`, due: count, found }
        })
      },
      totals: () => totals,
    },
  ]
}

/** A subscription that was closed is INACTIVE and has an end. */
function stateOf(object: JsonObject): string {
  const { state, status, validityInterval } = object as {
    readonly state?: string
    readonly status?: { readonly value?: string }
    readonly validityInterval?: { readonly end?: string }
  }
  const value = state ?? status?.value ?? ''
  return value === 'INACTIVE' && validityInterval?.end !== undefined ? 'CLOSED' : value
}
