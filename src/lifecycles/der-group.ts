// SM-GRP: the life of a DER group, from the request to form it to its dissolving, and SM-GRQ: that of a request about one.
// What both go through stands once. EPRI 3002014619 §5 (formation, dissolve), EPRI cases DERG-1 to DERG-4 (direct creation
// by the owner).

import type { Lifecycle, Step } from './lifecycle.ts'

/** Contracts are updated before the DERMS is told; what it refuses leaves contracts that are to be undone. */
const FORMING: readonly Step[] = [
  { from: 'requested', trigger: 'checkCompliance', to: 'complianceCheck', source: 'GF-01' },
  { from: 'complianceCheck', trigger: 'approve', to: 'approved', source: 'GF-02' },
  { from: 'complianceCheck', trigger: 'reject', to: 'rejected', source: 'GF-02' },
  { from: 'approved', trigger: 'updateContracts', to: 'contracted', source: 'GF-03' },
  { from: 'contracted', trigger: 'addToDERMS', to: 'available', source: 'GF-04, GF-05' },
  { from: 'contracted', trigger: 'refuse', to: 'addRefused', source: 'GF-04' },
  { from: 'addRefused', trigger: 'addToDERMS', to: 'available', source: 'GF-04, GF-05' },
  { from: 'addRefused', trigger: 'undoContracts', to: 'compensated', source: 'GF-03' },
]

const DISSOLVING: readonly Step[] = [
  { from: 'available', trigger: 'dissolveRequested', to: 'dissolving', source: 'GD-01' },
  { from: 'dissolving', trigger: 'contractsUpdated', to: 'contractsReleased', source: 'GD-03' },
  { from: 'contractsReleased', trigger: 'notifyDERMS', to: 'dissolved', source: 'GD-04, GN-03' },
]

/** What the DERMS does not dissolve is in a group whose contracts are gone: they come back, or it is told once more. */
const STAYING: readonly Step[] = [
  { from: 'contractsReleased', trigger: 'refuseDissolve', to: 'dissolveRefused', source: 'GD-04' },
  { from: 'dissolveRefused', trigger: 'notifyDERMS', to: 'dissolved', source: 'GD-04, GN-03' },
  { from: 'dissolveRefused', trigger: 'restoreContracts', to: 'compensated', source: 'GD-03' },
  // A request by which the group has come to be, and that was cancelled then.
  { from: 'dissolveRefused', trigger: 'keepGroup', to: 'available', source: 'GD-03' },
]

const MEMBERS_GO = ['remove', 'removeLast', 'removeAll']

/** A DER group, also one that began as a request. */
export const DER_GROUP: Lifecycle = {
  id: 'SM-GRP',
  about: 'A DER group',
  terminal: ['rejected', 'dissolved', 'compensated'],
  steps: [
    { from: '', trigger: 'request', to: 'requested', source: 'GF-01' },
    { from: '', trigger: 'create', to: 'available', source: 'F31-D, GF-04, DERG-1' },
    { from: '', trigger: 'createEmpty', to: 'empty', source: 'F32-D' },
    ...FORMING,
    { from: 'available', trigger: 'dispatch', to: 'dispatched', source: 'GN-02' },
    { from: 'dispatched', trigger: 'dispatch', to: 'dispatched', source: 'GN-02' },
    { from: 'dispatched', trigger: 'end', to: 'available', source: 'GN-02' },
    { from: 'dispatched', trigger: 'cancel', to: 'available', source: 'GN-02' },
    { from: 'dispatched', trigger: 'endAndDissolve', to: 'dissolving', source: 'GD-01' },
    ...['available', 'dispatched'].map((it) => ({
      from: it,
      trigger: 'change',
      to: it,
      source: 'GF-06, DERG-2',
    })),
    { from: 'available', trigger: 'remove', to: 'available', source: 'GD-02, DERG-3' },
    { from: 'available', trigger: 'removeLast', to: 'empty', source: 'GD-02, DERG-3' },
    {
      from: 'available',
      trigger: 'removeAll',
      to: 'dissolved',
      source: 'GD-02',
      guard: 'GRP-ORDER',
    },
    { from: 'empty', trigger: 'change', to: 'empty', source: 'GF-06' },
    { from: 'empty', trigger: 'add', to: 'available', source: 'GF-06' },
    ...['available', 'empty'].map((from) => ({
      from,
      trigger: 'dissolve',
      to: 'dissolved',
      source: 'DERG-4',
      guard: 'GRP-ORDER',
    })),
    { from: 'empty', trigger: 'dissolveRequested', to: 'dissolving', source: 'GD-01' },
    ...DISSOLVING,
    { from: 'contractsReleased', trigger: 'dissolve', to: 'dissolved', source: 'GD-04, GN-03' },
    // Refused by the DERMS, and under contract again.
    { from: 'contractsReleased', trigger: 'restore', to: 'available', source: 'GD-03' },
    { from: 'contractsReleased', trigger: 'restoreEmpty', to: 'empty', source: 'GD-03' },
  ],
  refusals: [
    {
      rule: 'GRP-DISP',
      from: ['dispatched'],
      triggers: ['dissolve', 'dissolveRequested', ...MEMBERS_GO],
      reason:
        'It is dispatched: cancel the dispatch, wait for its end, or request it with force, to be carried out then.',
    },
    {
      rule: 'GRP-ORDER',
      from: ['dissolving'],
      triggers: ['dissolve', 'notifyDERMS'],
      reason: 'Contracts are released before the group is dissolved.',
    },
  ],
}

/** What Customer Support has still to decide. */
const UNDECIDED = ['requested', 'complianceCheck', 'approved']

const OPEN = [
  ...UNDECIDED,
  ...['contracted', 'addRefused', 'dissolveScheduled', 'dissolving'],
  ...['contractsReleased', 'dissolveRefused'],
]

const OVER = ['available', 'rejected', 'withdrawn', 'compensated', 'dissolved']

/** A request to form, change or dissolve a group: it goes with the group until that is there, or gone. */
export const DER_GROUP_REQUEST: Lifecycle = {
  id: 'SM-GRQ',
  about: 'A request about a DER group',
  terminal: ['deleted'],
  steps: [
    { from: '', trigger: 'request', to: 'requested', source: 'GF-01' },
    { from: '', trigger: 'dissolveRequested', to: 'dissolving', source: 'GD-01, GD-02' },
    { from: '', trigger: 'schedule', to: 'dissolveScheduled', source: 'GD-01' },
    ...FORMING,
    // Another Customer Support tells what it has decided, and not how it has come to that.
    { from: 'requested', trigger: 'approve', to: 'approved', source: 'GF-02', guard: 'GRP-CHECK' },
    { from: 'requested', trigger: 'reject', to: 'rejected', source: 'GF-02', guard: 'GRP-CHECK' },
    {
      from: 'dissolveScheduled',
      trigger: 'dissolveRequested',
      to: 'dissolving',
      source: 'GD-01, GD-02',
    },
    ...DISSOLVING,
    ...STAYING,
    { from: 'available', trigger: 'groupDissolved', to: 'dissolved', source: 'GD-04, GN-03' },
    ...OPEN.map((it) => ({ from: it, trigger: 'change', to: it, source: 'GF-01' })),
    ...[...UNDECIDED, 'dissolveScheduled'].map((from) => ({
      from,
      trigger: 'withdraw',
      to: 'withdrawn',
      source: 'GF-01, GD-01',
    })),
    ...['requested', ...OVER].map((from) => ({
      from,
      trigger: 'delete',
      to: 'deleted',
      source: 'IEC 61968-100:2013 Annex B',
    })),
  ],
  refusals: [
    {
      rule: 'GRP-ORDER',
      from: UNDECIDED,
      triggers: ['addToDERMS', 'refuse'],
      reason: 'Contracts are updated before the DERMS is told of the group.',
    },
    {
      rule: 'GRP-ORDER',
      from: ['dissolving'],
      triggers: ['notifyDERMS'],
      reason: 'Contracts are released before the group is dissolved.',
    },
  ],
}
