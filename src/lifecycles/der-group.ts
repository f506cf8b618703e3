// SM-GRP: the life of a DER group, from the request to form it to its dissolving.
// EPRI 3002014619 §5 (formation, dissolve), EPRI cases DERG-1 to DERG-4 (direct creation by the owner).

import type { Lifecycle } from './lifecycle.ts'

/** A DER group, also one that began as a request. */
export const DER_GROUP: Lifecycle = {
  id: 'SM-GRP',
  about: 'A DER group',
  terminal: ['rejected', 'dissolved'],
  steps: [
    { from: '', trigger: 'request', to: 'requested', source: 'GF-01' },
    { from: '', trigger: 'create', to: 'available', source: 'F31-D, GF-04, DERG-1' },
    { from: '', trigger: 'createEmpty', to: 'empty', source: 'F32-D' },
    { from: 'requested', trigger: 'checkCompliance', to: 'complianceCheck', source: 'GF-01' },
    { from: 'complianceCheck', trigger: 'approve', to: 'approved', source: 'GF-02' },
    { from: 'complianceCheck', trigger: 'reject', to: 'rejected', source: 'GF-02' },
    { from: 'approved', trigger: 'updateContracts', to: 'contracted', source: 'GF-03' },
    { from: 'contracted', trigger: 'addToDERMS', to: 'available', source: 'GF-04, GF-05' },
    { from: 'available', trigger: 'dispatch', to: 'dispatched', source: 'GN-02' },
    { from: 'dispatched', trigger: 'end', to: 'available', source: 'GN-02' },
    { from: 'dispatched', trigger: 'cancel', to: 'available', source: 'GN-02' },
    { from: 'available', trigger: 'change', to: 'available', source: 'GF-06, DERG-2' },
    { from: 'available', trigger: 'removeLast', to: 'empty', source: 'GD-02, DERG-3' },
    { from: 'empty', trigger: 'change', to: 'empty', source: 'GF-06' },
    { from: 'empty', trigger: 'add', to: 'available', source: 'GF-06' },
    { from: 'available', trigger: 'dissolve', to: 'dissolved', source: 'DERG-4' },
    { from: 'empty', trigger: 'dissolve', to: 'dissolved', source: 'DERG-4' },
    { from: 'available', trigger: 'dissolveRequested', to: 'dissolving', source: 'GD-01' },
    { from: 'empty', trigger: 'dissolveRequested', to: 'dissolving', source: 'GD-01' },
    { from: 'dissolving', trigger: 'contractsUpdated', to: 'contractsReleased', source: 'GD-03' },
    { from: 'contractsReleased', trigger: 'notifyDERMS', to: 'dissolved', source: 'GD-04, GN-03' },
  ],
}
