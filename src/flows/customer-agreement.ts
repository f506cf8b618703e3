// A customer's agreement about a tariff: proposed, offered, signed; it outlives a change of the third party's provider.

import { AGREEMENT } from '../lifecycles/agreement.ts'
import { member, sameJson } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { STATUS, asking, statusOf } from './document-status.ts'
import { defineFlow } from './flow.ts'
import type { Breach, Claim } from './flow.ts'
import { boundsOf, overlaps } from './interval.ts'
import { keysOf, listOf, unknownAmong } from './reference.ts'
import type { Named } from './reference.ts'

/** The trigger that a status asks for; also the steps of the façade. */
const TRIGGERS = {
  offered: 'offer',
  active: 'sign',
  suspended: 'suspend',
  void: 'decline',
  terminated: 'close',
  superseded: 'supersede',
} as const

export default defineFlow({
  id: 'customer-agreement',
  noun: 'CustomerAgreements',
  objectType: 'CustomerAgreement',
  verbs: [
    ...(['create', 'change', 'close', 'delete', 'execute', 'get'] as const),
    ...(['created', 'changed', 'closed', 'deleted', 'executed'] as const),
  ],
  pattern: 'RR',
  about:
    'agree with a customer on a tariff: offer, sign, amend, suspend, change the provider, close',
  source: 'CA-02 to CA-06, EPRI 3002014619 §5.7',
  lifecycle: AGREEMENT,
  trigger,
  status: STATUS,
  version: 'revisionNumber',
  rules: (after, around) => [...unknownAmong(namedIn(after), around), ...providerGaps(after)],
  refers: namedIn,
  claims,
  asks: { close: asking('terminated') },
  steps: {
    offer: asking('offered'),
    sign: asking('active'),
    decline: asking('void'),
    suspend: asking('suspended'),
    resume: asking('active'),
    supersede: asking('superseded'),
  },
})

function trigger(before: JsonObject | undefined, after: JsonObject | undefined): string {
  if (after === undefined) return 'delete'
  if (before === undefined) return statusOf(after) === undefined ? 'create' : entry(after)
  const [was, is] = [statusOf(before), statusOf(after)]
  if (was !== is && is !== undefined)
    return was === 'suspended' && is === 'active' ? 'resume' : asked(is)
  const isSigned =
    member(before, 'signDate') === undefined && member(after, 'signDate') !== undefined
  if (isSigned && was === 'offered') return 'sign'
  return sameJson(member(before, 'thirdParty') ?? [], member(after, 'thirdParty') ?? [])
    ? 'amend'
    : 'changeProvider'
}

/** An agreement comes as a proposal, whoever sends it. */
function entry(after: JsonObject): string {
  return statusOf(after) === 'proposed' ? 'create' : asked(statusOf(after) ?? '')
}

function asked(state: string): string {
  return Object.entries(TRIGGERS).find(([it]) => it === state)?.[1] ?? 'propose'
}

function namedIn(agreement: JsonObject): readonly Named[] {
  const one = (noun: string, name: string, code: string, what: string): readonly Named[] => [
    { noun, object: member(agreement, name), code, what },
  ]
  return [
    ...listOf(agreement, 'PricingStructures').map((object) => ({
      noun: 'Tariffs',
      object,
      code: '2.33',
      what: 'pricing structure',
    })),
    ...one('CustomerConfig', 'Customer', '2.22', 'customer'),
  ]
}

/** As many agreements at one usage point, of one kind of service, as may be in force one after the other. */
const AT_ONE_POINT = 16

/** In force are active and suspended ones: no two of them at the same time for a usage point and a kind of service. */
function claims(agreement: JsonObject, state: string): readonly Claim[] {
  if (state !== 'active' && state !== 'suspended') return []
  const kind = String(member(member(agreement, 'ServiceCategory'), 'kind'))
  const interval = member(agreement, 'validityInterval')
  return listOf(agreement, 'UsagePoints')
    .flatMap(keysOf)
    .map((it) => ({
      key: `${kind} ${it}`,
      rule: 'CA-OVERLAP',
      reason: `Another agreement about ${kind} is in force at usage point ${it} at the same time.`,
      places: AT_ONE_POINT,
      clashes: (other: JsonObject) => overlaps(interval, member(other, 'validityInterval')),
    }))
}

/** One provider at a time, and the next begins where the one before ends. */
function providerGaps(agreement: JsonObject): readonly Breach[] {
  const bounds = listOf(agreement, 'thirdParty')
    .map((it) => boundsOf(member(it, 'validityInterval')))
    .toSorted(([a], [b]) => a - b)
  const isWrong = bounds.some(([start], at) => at > 0 && bounds[at - 1]?.[1] !== start)
  if (!isWrong) return []
  const reason =
    'The interval of a provider does not end exactly where that of the next one starts.'
  return [{ rule: 'CA-PROVIDER', code: '6.1', reason }]
}
