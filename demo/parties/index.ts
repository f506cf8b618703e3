// Everybody who takes part, one line each.

import type { Party } from '../party.ts'
import { AGGREGATOR } from './aggregator.ts'
import { CUSTOMER_SUPPORT } from './customer-support.ts'
import { CUSTOMER } from './customer.ts'
import { DERMS_CUSTOMER_SUPPORT } from './derms-customer-support.ts'
import { DERMS_OPERATIONS } from './derms-operations.ts'
import { DMS } from './dms.ts'
import { ENGINEERING } from './engineering.ts'
import { OPERATIONS } from './operations.ts'
import { WORK_MANAGEMENT } from './work-management.ts'

/** From the customer to the network. */
export const PARTIES: readonly Party[] = [
  CUSTOMER,
  CUSTOMER_SUPPORT,
  ENGINEERING,
  OPERATIONS,
  DMS,
  WORK_MANAGEMENT,
  AGGREGATOR,
  DERMS_CUSTOMER_SUPPORT,
  DERMS_OPERATIONS,
]
