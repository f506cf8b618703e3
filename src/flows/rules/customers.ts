// The rules about customers as master data.

import { REFUSED } from './business-rule.ts'
import type { BusinessRule } from './business-rule.ts'

/** By their ids, which are public. */
export const CUSTOMER_RULES = {
  'CUS-ORDER': {
    ...REFUSED,
    flows: ['customer-sync'],
    asks: 'A change of a customer takes effect no earlier than what is known of it; one that came late is kept on record, and changes nothing. A change that names no time counts as it comes.',
    mend: 'Read the customer, and send what is still to be changed with an effectiveDateTime in ConfigurationEvents that is not before that.',
    source: 'MD-04, G-AC35',
  },
} as const satisfies Readonly<Record<string, BusinessRule>>
