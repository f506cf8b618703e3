// The portal of the customers: asks for them, signs for them, and shows them what they are told.

import type { Party } from '../party.ts'

export const CUSTOMER: Party = {
  id: 'customer',
  name: 'Customer',
  speaks: 'json',
  does: [{ on: 'created Tariffs', then: () => [{ verb: 'get', noun: 'Tariffs', objects: [] }] }],
}
