// Engineering's review of a connection: modelled by Operations, then approved, rejected, held, or sent back.
// Each of its steps is one of the service request, too.

import { REVIEW } from '../lifecycles/review.ts'
import { isTrue, member, sameJson } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { STATUS, asking, statusOf } from './document-status.ts'
import { taking } from './facade-step.ts'
import { defineFlow } from './flow.ts'
import type { Around, Claim, Reference } from './flow.ts'
import type { Saying } from './saying.ts'
import { keysOf } from './reference.ts'
import { SUPPORT } from './role.ts'
import type { ByRole } from './role.ts'

const DECISIONS: Readonly<Record<string, string>> = {
  ...{ approved: 'approve', rejected: 'reject', hold: 'hold', needsInfo: 'needsInfo' },
}

const ASKED: Readonly<Record<string, string>> = {
  ...{ modelling: 'model', engineeringReview: 'release', onHold: 'hold' },
  ...{ approved: 'approve', rejected: 'reject', needsInfo: 'needsInfo' },
}

/** Rule of the claim by which the review of a request is found. */
const REVIEWED = 'IR-DUP'

/** Customer Support asks, Engineering decides, Operations models. */
const BY: ByRole = {
  steps: {
    create: SUPPORT,
    change: [...SUPPORT, 'dso-eng', 'dso-ops'],
    delete: [...SUPPORT, 'dso-eng'],
    model: ['dso-eng', 'dso-ops'],
    result: ['dso-ops', 'dso-dms', 'dso-eng'],
  },
  otherwise: ['dso-eng'],
  told: ['dso-eng'],
}

export default defineFlow({
  id: 'interconnection-review',
  noun: 'InterconnectionReviews',
  objectType: 'InterconnectionReview',
  verbs: [
    ...(['create', 'change', 'delete', 'execute', 'get'] as const),
    ...(['created', 'changed', 'deleted', 'executed'] as const),
  ],
  pattern: 'RR',
  about: 'review a connection: model, hold, release, approve or reject',
  source: 'SR-04 to SR-06, EPRI 3002014619 §5.4, Fig. 3-1 B and B.a',
  lifecycle: REVIEW,
  by: BY,
  trigger,
  status: STATUS,
  refers: referred,
  leadsTo: agreedIn,
  guards: { 'SR-G1': notReady, 'SR-G2': notModelled },
  claims: { inState: claims },
  // What is decided is guarded by the table: nothing of it changes any more.
  frozen: {
    rule: 'IR-FROZEN',
    freezes: [{ members: ['ServiceRequest', 'DERRegistration', 'PricingStructure'] }],
  },
  moves,
  says,
  steps: {
    model: taking('model', asking('modelling')),
    hold: taking('hold', (it) => ({ ...asking('onHold')(it), decision: 'hold' })),
    release: taking('release', asking('engineeringReview')),
  },
})

function trigger(before: JsonObject | undefined, after: JsonObject | undefined): string {
  if (after === undefined) return 'delete'
  if (before === undefined) return entry(after)
  const [was, is] = [statusOf(before), statusOf(after)]
  const decision = member(after, 'decision')
  if (decision !== member(before, 'decision')) return DECISIONS[String(decision)] ?? 'change'
  if (was !== is && is !== undefined) return ASKED[is] ?? is
  const isModelled = !sameJson(
    member(before, 'modellingResult') ?? null,
    member(after, 'modellingResult') ?? null,
  )
  return isModelled ? 'result' : 'change'
}

/** A review comes undecided, whoever sends it. */
function entry(review: JsonObject): string {
  const [is = 'engineeringReview', decision] = [statusOf(review), member(review, 'decision')]
  if (decision !== undefined) return DECISIONS[String(decision)] ?? 'create'
  return is === 'engineeringReview' ? 'create' : (ASKED[is] ?? is)
}

function moves(before: JsonObject | undefined, after: JsonObject) {
  const own = trigger(before, after)
  if (own === 'change') return []
  const object = member(after, 'ServiceRequest')
  return [{ noun: 'ServiceRequests', object, trigger: own === 'create' ? 'startReview' : own }]
}

/** Held, it says so whenever it is asked for; released, it says that it was held, until it is decided. */
function says(review: JsonObject, state: string): Saying | undefined {
  if (state === 'onHold')
    return { code: '6.2', reason: 'The review is on hold for an upgrade of the network.' }
  return state === 'engineeringReview' && member(review, 'decision') === 'hold'
    ? { code: '6.3', reason: 'The review is released from hold.' }
    : undefined
}

/** One review of a request, unless it has been rejected or sent back. */
function claims(review: JsonObject, state: string): readonly Claim[] {
  if (state === 'rejected' || state === 'needsInfo') return []
  return keysOf(member(review, 'ServiceRequest')).map((key) => ({
    key,
    rule: REVIEWED,
    reason: `The service request ${key} is under review, or has been approved, already.`,
  }))
}

function referred(review: JsonObject): readonly Reference[] {
  return [
    { noun: 'ServiceRequests', object: member(review, 'ServiceRequest') },
    { noun: 'DERRegistrations', object: member(review, 'DERRegistration') },
    { noun: 'Tariffs', object: member(review, 'PricingStructure') },
  ]
}

/** What the request of a review is agreed by: nothing is approved without it. */
function agreedIn(review: JsonObject, find: Around['find']): readonly Reference[] {
  const request = find({
    noun: 'ServiceRequests',
    object: member(review, 'ServiceRequest'),
  })?.object
  const object = member(request, 'CustomerAgreement')
  return object === undefined ? [] : [{ noun: 'CustomerAgreements', object }]
}

/** SR-G1: what is to be reviewed has to be there. */
function notReady(review: JsonObject, around: Around): string | undefined {
  const missing = referred(review).filter(
    (it) => around.keeps(it.noun) && around.find(it) === undefined,
  )
  return missing.length === 0
    ? undefined
    : `There is no such object among ${missing.map((it) => it.noun).join(', ')}.`
}

/** SR-G2: nothing is approved that the network cannot take. */
function notModelled(review: JsonObject): string | undefined {
  const result = member(review, 'modellingResult')
  if (result === undefined) return 'There is no result of modelling yet.'
  return isTrue(member(result, 'canAccommodate'))
    ? undefined
    : 'The network cannot accommodate it as it is: hold or reject it.'
}
