// Customers as the customer information system has them: told to whoever enrols them, each change in the order of its own
// time, whatever the order in which changes come.

import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { defineFlow } from './flow.ts'
import type { Around, Breach, Placed } from './flow.ts'
import { boundsOf } from './interval.ts'
import { RECORDED, REPORT_VERBS } from './record.ts'
import { SUPPORT, only } from './role.ts'
import { ledgerReference } from './sync-ledger.ts'

const NOUN = 'CustomerConfig'

export default defineFlow({
  ...RECORDED,
  id: 'customer-sync',
  noun: NOUN,
  objectType: 'Customer',
  resource: 'customers',
  verbs: [...REPORT_VERBS, 'cancel', 'close', 'canceled', 'closed', 'get'],
  pattern: 'EV',
  about:
    'tell of customers before they are enrolled; a change never overwrites one that takes effect later',
  source: 'MD-04, G-AC35',
  by: only(...SUPPORT),
  invariants: outOfOrder,
  synchronizedTo: ['cpm', 'derms'],
  refers: (it) => [ledgerReference(NOUN, it)],
})

/**
 * Changes are ordered by when they take effect, so one that was held up on its way does not undo what has come since. Of two
 * at one time, and of one that names no time, the order in which they come is all that is known.
 */
function outOfOrder(
  after: JsonObject,
  _around: Around,
  before: Placed | undefined,
): readonly Breach[] {
  const [is, was] = [timeOf(after), timeOf(before?.object)]
  if (is === undefined || was === undefined || instantOf(is) >= instantOf(was)) return []
  const reason = `The change takes effect at ${is}, and what is known of the customer since ${was}.`
  return [{ rule: 'CUS-ORDER', code: '6.1', reason }]
}

function timeOf(customer: JsonObject | undefined): string | undefined {
  const time = member(member(customer, 'ConfigurationEvents'), 'effectiveDateTime')
  return typeof time === 'string' && time !== '' ? time : undefined
}

function instantOf(start: string): number {
  return boundsOf({ start })[0]
}
