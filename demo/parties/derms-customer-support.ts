// DERMS Customer Support of the third party: has the contracts.

import type { Party } from '../party.ts'

export const DERMS_CUSTOMER_SUPPORT: Party = {
  id: 'tp:acme:cs',
  name: 'DERMS Customer Support',
  speaks: 'json',
  does: [],
}
