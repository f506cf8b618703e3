// What is agreed with a party about times that say no zone.

import type { Agreed } from '../../dialects/dialect.ts'
import type { Party, Topology } from './party.ts'

/** Of a party that the configuration does not know, nothing. */
export function agreedWith(party: Pick<Party, 'timeZone'> | undefined): Agreed {
  return party?.timeZone === undefined ? {} : { timeZone: party.timeZone }
}

/** The same by the id of a party. */
export function agreedBy(topology: () => Topology): (party: string) => Agreed {
  return (party) => agreedWith(topology().parties.find(({ id }) => id === party))
}
