// Aggregators, who speak for the devices of a head-end system, as the system that takes them on has them: told to the DERMS.
// One that is closed enrolls nobody any more; what is enrolled through it stays.

import { AGGREGATOR } from '../lifecycles/aggregator.ts'
import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { headEndClaims } from './aggregator-terms.ts'
import { STATUS, asking, statusOf } from './document-status.ts'
import { defineFlow } from './flow.ts'
import type { Breach, Placed } from './flow.ts'
import { backwardBreaches } from './interval.ts'
import { REPORT_VERBS } from './record.ts'
import { only } from './role.ts'
import { ledgerReference } from './sync-ledger.ts'

const NOUN = 'Aggregators'

export default defineFlow({
  id: 'aggregator',
  noun: NOUN,
  objectType: 'Aggregator',
  verbs: [...REPORT_VERBS, 'close', 'closed', 'get'],
  pattern: 'RR',
  about: 'tell of the aggregators through which devices are enrolled; a closed one enrolls nobody',
  source: 'MD-03, G-AC34',
  lifecycle: AGGREGATOR,
  by: only('cpm'),
  trigger,
  status: STATUS,
  invariants,
  synchronizedTo: ['derms'],
  unordered: ['DemandResponsePrograms'],
  refers: (it) => [ledgerReference(NOUN, it)],
  claims: { inState: headEndClaims },
  asks: { close: asking('closed') },
})

/** By the status that is asked for; one that says none is open. */
function trigger(before: JsonObject | undefined, after: JsonObject | undefined): string {
  if (after === undefined) return 'delete'
  const isClosed = statusOf(after) === 'closed'
  if (before === undefined) return isClosed ? 'createClosed' : 'create'
  if (isClosed === (statusOf(before) === 'closed')) return 'change'
  return isClosed ? 'close' : 'reopen'
}

function invariants(
  it: JsonObject,
  _around: unknown,
  before: Placed | undefined,
): readonly Breach[] {
  const headEnd = member(it, 'headEndSystem')
  const isBlank = typeof headEnd !== 'string' || headEnd.trim() === ''
  return [
    ...(isBlank ? [BLANK] : []),
    ...backwardBreaches('AGG-INTERVAL', ['validityInterval'], it, before?.object),
  ]
}

const BLANK: Breach = {
  rule: 'AGG-HEADEND',
  code: '5.8',
  reason: 'The aggregator names no head-end system.',
}
