// The aggregator: asks for groups of the DER of its customers.

import type { Party } from '../party.ts'

export const AGGREGATOR: Party = { id: 'aggregator', name: 'Aggregator', speaks: 'json', does: [] }
