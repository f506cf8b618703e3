// Asking for a DER group to be formed, changed or dissolved: checked, decided by Customer Support, carried out contracts
// first. The group itself is told of by its own messages, and takes the request along.

import { DER_GROUP_REQUEST } from '../lifecycles/der-group.ts'
import { isTrue, member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { STATUS, asking, statusOf } from './document-status.ts'
import { stateByNow } from './dispatch-runs.ts'
import { taking } from './facade-step.ts'
import { defineFlow } from './flow.ts'
import type { Around, Breach, Move, Placed } from './flow.ts'
import { ADD_REFUSED, notUndone } from './group-compensation.ts'
import { DISSOLVE_REFUSED, notRestored, restored } from './group-restoring.ts'
import type { FindAll } from './search.ts'
import { CONTRACTS_LEFT } from './group-held-up.ts'
import { GROUP_REQUEST_NEXT } from './group-next.ts'
import { actionOf, requestClaims } from './group-order.ts'
import { backwardBreaches } from './interval.ts'
import { GROUP_SIDE, SUPPORT } from './role.ts'
import type { ByRole } from './role.ts'
import {
  contentBreaches,
  memberBreaches,
  notCarriedOut,
  referredBy,
} from './group-request-rules.ts'

/** The triggers that a status asks for. */
const TRIGGERS: Readonly<Record<string, string>> = {
  ...{ requested: 'request', complianceCheck: 'checkCompliance', approved: 'approve' },
  ...{ rejected: 'reject', contracted: 'updateContracts', available: 'addToDERMS' },
  ...{ addRefused: 'refuse', compensated: 'undoContracts', withdrawn: 'withdraw' },
  ...{ dissolveScheduled: 'schedule', dissolving: 'dissolveRequested' },
  ...{ contractsReleased: 'contractsUpdated', dissolved: 'notifyDERMS' },
  dissolveRefused: 'refuseDissolve',
}

/** The same where the DERMS has not dissolved what it was asked to. */
const STAYING: Readonly<Record<string, string>> = {
  ...{ compensated: 'restoreContracts', available: 'keepGroup' },
}

const DECISIONS: Readonly<Record<string, string>> = { approved: 'approve', rejected: 'reject' }

/** What Customer Support decides about. */
const CONTENT = [
  ...['EndDeviceGroup', 'EndDevices', 'PricingStructure', 'DERFunction'],
  ...['requiredCapability', 'criteria'],
]

/** From the decision on; to dissolve needs none. */
const DECIDED = [
  ...['approved', 'contracted', 'addRefused'],
  ...['dissolveScheduled', 'dissolving', 'contractsReleased', 'dissolveRefused'],
]

/** Whoever may ask for a group; Customer Support decides, and the DERMS side does its contracts and tells what became of it. */
const BY: ByRole = {
  steps: {
    checkCompliance: SUPPORT,
    approve: SUPPORT,
    reject: SUPPORT,
    updateContracts: [...SUPPORT, 'derms-cs'],
    contractsUpdated: [...SUPPORT, 'derms-cs'],
    undoContracts: [...SUPPORT, 'derms-cs'],
    restoreContracts: [...SUPPORT, 'derms-cs'],
    keepGroup: [...SUPPORT, 'derms-cs'],
    refuseDissolve: ['derms-cs', 'derms', 'dso-dms', 'dso-cs'],
    refuse: ['derms-cs', 'derms', 'dso-dms', 'dso-cs'],
    addToDERMS: ['derms-cs', 'derms', 'dso-dms', 'dso-cs'],
    notifyDERMS: ['derms-cs', 'derms', 'dso-dms', 'dso-cs'],
  },
  otherwise: GROUP_SIDE,
  told: SUPPORT,
}

export default defineFlow({
  id: 'der-group-request',
  noun: 'DERGroupRequests',
  objectType: 'DERGroupRequest',
  verbs: [
    ...(['create', 'change', 'cancel', 'delete', 'execute', 'get'] as const),
    ...(['created', 'changed', 'canceled', 'deleted', 'executed'] as const),
  ],
  pattern: 'RR',
  about: 'ask for a DER group to be formed, changed or dissolved; contracts are updated first',
  source: 'GF-01 to GF-03, GD-01 to GD-03, EPRI 3002014619 §5, Figs. 5-1 and 5-2',
  lifecycle: DER_GROUP_REQUEST,
  by: BY,
  trigger,
  status: STATUS,
  parts: { EndDevices: { objectType: 'EndDevice', twice: 'GRP-DUPM' } },
  rules,
  guards: { 'GRP-CHECK': () => 'Its compliance has not been checked yet.' },
  leadsTo: referredBy,
  claims: { inState: requestClaims },
  invariants: (after, _around, before) =>
    backwardBreaches('GRP-INTERVAL', ['requiredCapability.interval'], after, before?.object),
  frozen: {
    rule: 'GRP-FROZEN',
    freezes: [{ members: ['action', 'requestor'] }, { members: CONTENT, in: DECIDED }],
  },
  moves,
  alarms: { addRefused: ADD_REFUSED, dissolveRefused: DISSOLVE_REFUSED, ...CONTRACTS_LEFT },
  next: GROUP_REQUEST_NEXT,
  says: (_request, state) =>
    state === 'dissolveScheduled'
      ? { code: '6.4', reason: 'Carried out when the dispatch of the group has ended.' }
      : undefined,
  asks: {
    cancel: (it) => asking(statusOf(it) === 'available' ? 'dissolving' : 'withdrawn')(it),
  },
  steps: {
    'check-compliance': taking('checkCompliance', asking('complianceCheck')),
    approve: taking('approve', (it) => ({ ...asking('approved')(it), decision: 'approved' })),
    reject: taking('reject', (it) => ({ ...asking('rejected')(it), decision: 'rejected' })),
    'update-contracts': taking('updateContracts', asking('contracted')),
    refuse: taking('refuse', asking('addRefused')),
    'refuse-dissolve': taking('refuseDissolve', asking('dissolveRefused')),
    'undo-contracts': taking('undoContracts', asking('compensated')),
    'restore-contracts': taking('restoreContracts', asking('compensated')),
    'keep-group': taking('keepGroup', asking('available')),
    'release-contracts': taking('contractsUpdated', asking('contractsReleased')),
  },
})

function trigger(
  before: JsonObject | undefined,
  after: JsonObject | undefined,
  around?: When,
): string {
  if (after === undefined) return 'delete'
  if (before === undefined) return entry(after, around)
  const decision = member(after, 'decision')
  const decided = decision === member(before, 'decision') ? undefined : DECISIONS[String(decision)]
  if (decided !== undefined) return decided
  const [was, is] = [statusOf(before), statusOf(after)]
  if (was === is || is === undefined) return 'change'
  return (was === 'dissolveRefused' ? STAYING[is] : undefined) ?? TRIGGERS[is] ?? is
}

/** A request comes undecided, whoever sends it; to dissolve needs no decision. */
function entry(request: JsonObject, around: When | undefined): string {
  if (member(request, 'decision') !== undefined) return 'decide'
  const is = statusOf(request)
  if (!isDissolving(request)) return is === undefined ? 'request' : (TRIGGERS[is] ?? is)
  if (is !== undefined && is !== 'requested' && is !== 'dissolving') return TRIGGERS[is] ?? is
  return isForced(request) && isDispatched(request, around) ? 'schedule' : 'dissolveRequested'
}

function isDissolving(request: JsonObject): boolean {
  return ['dissolve', 'removeMembers'].includes(actionOf(request) ?? '')
}

function isForced(request: JsonObject): boolean {
  return isTrue(member(request, 'force'))
}

function groupOf(request: JsonObject) {
  return { noun: 'DERGroups', object: member(request, 'EndDeviceGroup') }
}

type When = Pick<Around, 'find' | 'now'>

function isDispatched(request: JsonObject, around: When | undefined): boolean {
  const group = around?.find(groupOf(request))
  return group !== undefined && around !== undefined && stateByNow(group, around) === 'dispatched'
}

function rules(after: JsonObject, around: Around, before: Placed | undefined): readonly Breach[] {
  const step = trigger(before?.object, after, around)
  const isMemberGone =
    step === 'dissolveRequested' && before === undefined && actionOf(after) === 'removeMembers'
  const dispatched: readonly Breach[] =
    isMemberGone && isDispatched(after, around) ? [DISPATCHED] : []
  return [
    ...(before === undefined ? contentBreaches(after, around) : []),
    ...memberBreaches(step, after, around),
    ...notCarriedOut(step, after, around),
    ...notUndone(step, after, around),
    ...notRestored(step, after, around),
    ...dispatched,
  ]
}

const DISPATCHED: Breach = {
  rule: 'GRP-DISP',
  code: '6.1',
  reason:
    'The group is dispatched: cancel the dispatch, wait for its end, or request it with force.',
}

/** A group that is to be dissolved as a whole goes along; one that loses members stays available. */
function moves(
  before: JsonObject | undefined,
  after: JsonObject,
  find: Around['find'],
  _all: FindAll,
  now: string,
): readonly Move[] {
  const action = actionOf(after)
  if (action !== 'dissolve' && action !== 'form') return []
  const step = trigger(before, after, { find, now })
  const back = restored(step, find(groupOf(after))?.object)
  if (back !== undefined) return [{ ...groupOf(after), trigger: back }]
  return ['dissolveRequested', 'contractsUpdated'].includes(step)
    ? [{ ...groupOf(after), trigger: step }]
    : []
}
