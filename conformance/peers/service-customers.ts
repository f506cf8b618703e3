// Customer Support (CIS), customers as master data, and the usage that it is told of (EPRI 3002014619 §5.4, Fig. 3-1 G).

import { find, textAt, textsAt } from '../find.ts'
import type { Node } from '../xml.ts'
import type { Doing, Failure } from './party.ts'
import { each, unknown } from './service-desk.ts'
import type { Desk } from './service-desk.ts'

/** What it takes of this, as a table. */
export const CUSTOMERS: Readonly<Record<string, Doing<Desk>>> = {
  'create CustomerConfig': each((desk, it) => ({
    state: { ...desk, customers: new Set([...desk.customers, ...keysOf(it)]) },
  })),
  'created MeterReadings': (desk) => ({ state: desk }),
}

/** Whom nobody has told of, where customers are told of at all. */
export function strangerIn({ customers }: Desk, object: Node): Failure | undefined {
  const [customer] = find(object, 'Customer')
  const isKnown = customers.size === 0 || keysOf(customer).some((it) => customers.has(it))
  if (isKnown) return undefined
  const failure = unknown('2.22', textAt(customer, 'mRID') ?? textAt(customer, 'Names/name'))
  return { ...failure, objectType: 'Customer' }
}

function keysOf(customer: Node | undefined): readonly string[] {
  return [...textsAt(customer, 'mRID'), ...textsAt(customer, 'Names/name')]
}
