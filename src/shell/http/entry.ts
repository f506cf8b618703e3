// The place of one request at the gate: taken when its party is known and before anything of its body is read, given back when
// its answer is sent.

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Gate } from '../../gateway/load/gate.ts'
import type { Place } from '../../gateway/load/admission.ts'
import type { HttpRoute } from './index.ts'

/** How one request comes in. */
export interface Entry extends Pick<Place, 'answered'> {
  /**
   * Takes its place; again when another party turns out to have sent it.
   * @throws {CimError} `too-many-requests` | `overloaded`
   */
  readonly enter: (party: string) => void
  /** @throws {CimError} `overloaded`, as `read` does */
  readonly grown: (octets: number) => void
  readonly read: () => void
}

/** A request on its way in. */
export interface Incoming {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  /** of its path */
  readonly params: Readonly<Record<string, string>>
}

/** @param gate absent = everybody is taken in */
export function entryOf(
  route: HttpRoute,
  { req, res, params }: Incoming,
  gate: Gate | undefined,
): Entry {
  let place: Place | undefined
  return {
    enter: (party) => {
      if (gate === undefined || route.always === true) return
      if (place !== undefined) return place.is(party)
      const bytes = route.body.length === 0 ? 0 : declaredIn(req)
      place = gate.enter({ party, noun: route.nounIn?.(params), bytes })
      res.once('close', place.left)
    },
    grown: (octets) => void place?.grown(octets),
    read: () => void place?.read(),
    answered: () => place?.answered(),
  }
}

/** Octets that a body is said to have; 0 where nothing, or no number, is said. */
function declaredIn({ headers }: IncomingMessage): number {
  const octets = Number(headers['content-length'])
  return Number.isSafeInteger(octets) && octets > 0 ? octets : 0
}
