// Credits about settlements, on their way to the bill. A credit is kept here, with all that it is about, before the customer
// information system is asked: whatever triggers it, and however often, no settlement is ever in two of them.

import { CREDIT } from '../lifecycles/settlement.ts'
import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { STATUS, asking, statusOf } from './document-status.ts'
import { taking } from './facade-step.ts'
import { defineFlow } from './flow.ts'
import type { Claim, Move } from './flow.ts'
import { creditBreaches, creditReferences, sourcesOf, sourcesWith } from './credit-rules.ts'
import { REPORT_VERBS } from './record.ts'
import { keysOf } from './reference.ts'
import type { ByRole } from './role.ts'

const SETTLEMENTS = 'ProgramSettlements'

/** Whoever runs the programs credits; whoever writes the bills says what has become of it. */
const BY: ByRole = {
  steps: { bill: ['cis', 'cpm'], reject: ['cis', 'cpm'] },
  otherwise: ['cpm'],
  told: ['cpm'],
}

export default defineFlow({
  id: 'settlement-credit',
  noun: 'SettlementCredits',
  objectType: 'SettlementCredit',
  verbs: [...REPORT_VERBS, 'get'],
  pattern: 'RR',
  about:
    'credit what subscriptions have earned, each settlement once: billed when the customer information system says so',
  source: 'ST-06, G-AC36',
  lifecycle: CREDIT,
  by: BY,
  trigger,
  status: STATUS,
  rules: (after, around, before) => (before === undefined ? creditBreaches(after, around) : []),
  leadsTo: creditReferences,
  claims: { inState: claims },
  moves: (before, after, find) => {
    if (before === undefined) return sourcesWith(after, find).flatMap(sending)
    const trigger = stepOf(before, after)
    return trigger === undefined ? [] : moving(after, trigger)
  },
  acknowledged: {
    by: ['cis'],
    asked: ['create'],
    dueIn: ['sent'],
    moves: (credit, isAcked, isRefused = false) => {
      if (!isAcked && !isRefused) return []
      return [
        {
          ...{ noun: 'SettlementCredits', object: { mRID: member(credit, 'mRID') ?? '' } },
          trigger: isAcked ? 'bill' : 'reject',
          // It may have been told by an event before.
          optional: true,
        },
        ...moving(credit, isAcked ? 'ack' : 'reject'),
      ]
    },
  },
  frozen: {
    rule: 'CRD-FROZEN',
    freezes: [
      {
        members: [
          ...(['amount', 'currency', 'CustomerAccount', 'CustomerAgreement'] as const),
          ...(['period', 'sourceSettlements', 'trigger'] as const),
        ],
      },
      // Whether money has gone out, nobody forgets.
      { members: ['amount'], in: ['sent', 'billed'], kept: 'told' },
    ],
  },
  steps: { bill: taking('bill', asking('billed')), reject: taking('reject', asking('rejected')) },
})

function trigger(before: JsonObject | undefined, after: JsonObject | undefined): string {
  if (after === undefined) return 'delete'
  if (before === undefined) return BEGUN[statusOf(after) ?? 'sent'] ?? 'create'
  const step = stepOf(before, after)
  return step === undefined ? 'change' : step === 'ack' ? 'bill' : 'reject'
}

/** Nothing is made that is over. */
const BEGUN: Readonly<Record<string, string>> = { billed: 'bill', rejected: 'reject' }

/** The step of its settlements that a change of a credit is. */
function stepOf(before: JsonObject, after: JsonObject): 'ack' | 'reject' | undefined {
  const [was, is] = [before, after].map(statusOf)
  if (was === is) return undefined
  return is === 'billed' ? 'ack' : is === 'rejected' ? 'reject' : undefined
}

/** From whatever state a settlement can be credited in. */
const WAYS: Readonly<Record<string, readonly string[]>> = {
  CALCULATED: ['collect', 'sendToCIS'],
  AGGREGATED: ['sendToCIS'],
  REJECTED: ['fix', 'sendToCIS'],
}

function sending({ state, named }: ReturnType<typeof sourcesWith>[number]): readonly Move[] {
  return (WAYS[state] ?? []).map((trigger) => ({ noun: SETTLEMENTS, object: named, trigger }))
}

function moving(credit: JsonObject, trigger: string): readonly Move[] {
  return sourcesOf(credit).map((object) => ({
    ...{ noun: SETTLEMENTS, object, trigger },
    optional: true,
  }))
}

/** Of what was rejected somebody else may take up what it was about. */
function claims(credit: JsonObject, state: string): readonly Claim[] {
  if (state !== 'sent' && state !== 'billed') return []
  return sourcesOf(credit).flatMap((it) =>
    keysOf(it).map((key) => ({
      key,
      rule: 'SET-DUP',
      reason: `The settlement ${key} is credited already.`,
      rival: true,
    })),
  )
}
