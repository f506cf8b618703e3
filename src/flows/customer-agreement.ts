// A customer's agreement about a tariff: proposed, offered, signed; it outlives a change of the third party's provider.

import { AGREEMENT } from '../lifecycles/agreement.ts'
import { isObject, member, sameJson } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { AGREEMENT_NEXT, requestsHeldUp, requestsWaiting } from './agreement-next.ts'
import { STATUS, asking, statusOf } from './document-status.ts'
import { taking } from './facade-step.ts'
import { defineFlow } from './flow.ts'
import type { Claim } from './flow.ts'
import {
  isOfProvider,
  lastProvider,
  presentProviders,
  providerBreaches,
  providerIn,
  succeeded,
  termsOf,
  withoutGroups,
  zoneBreaches,
} from './agreement-provider.ts'
import { loweredRevision } from './agreement-revision.ts'
import { namedIn, registrationsIn, termBreaches } from './agreement-terms.ts'
import { groupsLeft, leavings } from './group-leaving.ts'
import { backwardBreaches, overlaps } from './interval.ts'
import { leftUnder, subscriptionsLeft } from './moved-out.ts'
import { keysOf, listOf } from './reference.ts'
import { SUPPORT } from './role.ts'
import type { ByRole } from './role.ts'

/** The trigger that a status asks for; also the steps of the façade. */
const TRIGGERS = {
  offered: 'offer',
  active: 'sign',
  suspended: 'suspend',
  void: 'decline',
  terminated: 'close',
  superseded: 'supersede',
} as const

/** The customer signs, or Customer Support for it; contracts about groups are the DERMS side's (GF-03). */
const BY: ByRole = {
  steps: {
    create: [...SUPPORT, 'customer'],
    amend: [...SUPPORT, 'customer', 'derms-cs'],
    sign: [...SUPPORT, 'customer'],
    decline: [...SUPPORT, 'customer'],
    regroup: [...SUPPORT, 'derms-cs'],
    changeProvider: [...SUPPORT, 'customer'],
    close: [...SUPPORT, 'customer'],
  },
  otherwise: SUPPORT,
  told: SUPPORT,
}

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
  by: BY,
  trigger,
  status: { of: statusOf, written },
  version: 'revisionNumber',
  // Its revisions are those of its terms.
  counts: (before, after) =>
    trigger(before, after) === 'amend' && !sameJson(termsOf(before), termsOf(after)),
  rules: (after, around, before) => [
    ...termBreaches(after, around, before),
    ...providerBreaches(before?.object, after),
    ...zoneBreaches(before?.object, after),
  ],
  invariants: (after, _around, before) => [
    ...backwardBreaches('CA-INTERVAL', ['validityInterval'], after, before?.object),
    ...loweredRevision(before?.object, after),
  ],
  refers: (it) => [...namedIn(it), ...registrationsIn(it)],
  settled: withoutGroups,
  // The agreement itself says which third party it is about, whoever keeps it.
  servedBy: lastProvider,
  sharedWith: presentProviders,
  apart: { thirdParty: providerIn },
  searches: groupsLeft,
  moves: leavings,
  claims: { inState: claims },
  // Tariff, DER and time may be amended; who has agreed, about which service, and where, may not.
  frozen: {
    rule: 'CA-FROZEN',
    freezes: [
      {
        members: ['Customer', 'ServiceSupplier', 'ServiceCategory', 'UsagePoints', 'signDate'],
        in: ['active', 'suspended'],
      },
    ],
  },
  asks: { close: asking('terminated') },
  next: AGREEMENT_NEXT,
  furthers: requestsWaiting,
  awaits: subscriptionsLeft,
  under: leftUnder,
  holdsUp: requestsHeldUp,
  steps: {
    offer: taking('offer', asking('offered')),
    sign: taking('sign', asking('active')),
    decline: taking('decline', asking('void')),
    suspend: taking('suspend', asking('suspended')),
    resume: taking('resume', asking('active')),
    supersede: taking('supersede', asking('superseded')),
    expire: taking('expire', (it) => withReason(asking('void')(it), EXPIRED)),
    'change-provider': {
      takes: {
        newProvider: {
          about: 'the organisation that operates the DER from then on, by mRID or Names',
          at: 'thirdParty.provider',
        },
        effective: {
          about: 'the instant from which it does, with its offset',
          at: 'thirdParty.validityInterval.start',
        },
      },
      change: (it, { newProvider = null, effective = null }) =>
        succeeded(it, newProvider, effective),
    },
  },
})

/** `status.reason` of an offer that nobody has signed in time */
const EXPIRED = 'expired'

function withReason(agreement: JsonObject, reason: string): JsonObject {
  const status = member(agreement, 'status')
  return { ...agreement, status: { ...(isObject(status) ? status : {}), reason } }
}

/** An agreement that is signed says when. */
function written(agreement: JsonObject, state: string, now: string, was?: JsonObject): JsonObject {
  const after = STATUS.written(agreement, state, now, was)
  const isSigned = state !== 'active' || member(agreement, 'signDate') !== undefined
  return isSigned ? after : { ...after, signDate: now }
}

function trigger(before: JsonObject | undefined, after: JsonObject | undefined): string {
  if (after === undefined) return 'delete'
  if (before === undefined) return statusOf(after) === undefined ? 'create' : entry(after)
  const [was, is] = [statusOf(before), statusOf(after)]
  if (was !== is && is !== undefined) return was === undefined ? asked(is) : led(was, is, after)
  const isSigned =
    member(before, 'signDate') === undefined && member(after, 'signDate') !== undefined
  if (isSigned && (was === 'proposed' || was === 'offered')) return 'sign'
  // Before it is signed, who operates the DER is a term like all others.
  const isInForce = was !== 'proposed' && was !== 'offered'
  if (was === 'suspended' && isRegrouped(before, after)) return 'regroup'
  return isInForce && isOfProvider(before, after) ? 'changeProvider' : 'amend'
}

/** True where only the groups of its DER are others; a message that changes nothing changes these as little. */
function isRegrouped(before: JsonObject, after: JsonObject): boolean {
  const [was, is] = [before, after].map((it) => {
    const { EndDeviceGroups: _groups, ...rest } = termsOf(it)
    return rest
  })
  return sameJson(was ?? {}, is ?? {})
}

function led(was: string, is: string, after: JsonObject): string {
  if (was === 'suspended' && is === 'active') return 'resume'
  const isExpired = is === 'void' && member(member(after, 'status'), 'reason') === EXPIRED
  return isExpired ? 'expire' : asked(is)
}

/** An agreement comes as a proposal, whoever sends it. */
function entry(after: JsonObject): string {
  return statusOf(after) === 'proposed' ? 'create' : asked(statusOf(after) ?? '')
}

function asked(state: string): string {
  return Object.entries(TRIGGERS).find(([it]) => it === state)?.[1] ?? 'propose'
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
