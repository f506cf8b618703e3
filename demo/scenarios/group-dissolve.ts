// Figure 5-2: an aggregator asks for the end of a group. Contracts are released first; then Operations is told, and whoever
// knows the group hears that it is gone.

import { due } from '../scenario.ts'
import type { Scenario } from '../scenario.ts'
import { FUNCTIONS } from '../parties/derms-customer-support.ts'
import {
  FORMED,
  MEMBER,
  OFFERED,
  published,
  REGISTERED,
  requestStep,
  SIGNED,
  underContract,
} from './shared-steps.ts'

const GROUP = {
  mRID: '221a6f05-3020-42b6-96db-ee52bbce6452',
  DERFunction: FUNCTIONS,
  EndDevices: [{ mRID: MEMBER.device['mRID'] ?? '' }],
}
const REQUEST = {
  mRID: 'c0762403-ddcb-409d-a945-3adc7ea0be52',
  action: 'dissolve',
  EndDeviceGroup: { mRID: GROUP.mRID },
  requestor: { Names: [{ name: 'ACME' }] },
}

export const GROUP_DISSOLVE_SCENARIO: Scenario = {
  id: '5-2',
  title: 'Dissolve of a DER group',
  begins: [
    ...underContract(6),
    ['tp:acme:cs', { verb: 'create', noun: 'DERGroups', objects: [GROUP], later: true }],
    ['aggregator', { verb: 'create', noun: 'DERGroupRequests', objects: [REQUEST], later: true }],
  ],
  due: [
    ...published('CA-01'),
    ...REGISTERED,
    ...OFFERED,
    ...SIGNED,
    due('GF-04', 'tp:acme:cs > tp:acme:derms', 'create DERGroups', 'DERGroups: - > available'),
    due('GF-04', 'tp:acme:derms > tp:acme:cs', 'reply DERGroups'),
    ...FORMED,
    due(
      'GD-01',
      'aggregator > dso-cs',
      'create DERGroupRequests',
      'DERGroupRequests: - > dissolving; DERGroups: available > dissolving',
    ),
    due('GD-01', 'dso-cs > aggregator', 'reply DERGroupRequests'),
    ...requestStep('GD-03', 'DERGroupRequests: dissolving > dissolving'),
    due(
      'GD-03',
      'tp:acme:cs > dso-cs',
      'change CustomerAgreements',
      'CustomerAgreements: active > active',
    ),
    ...requestStep(
      'GD-03',
      'DERGroupRequests: dissolving > contractsReleased; DERGroups: dissolving > contractsReleased',
    ),
    due(
      'GD-04',
      'tp:acme:cs > tp:acme:derms',
      'deleted DERGroups',
      'DERGroups: contractsReleased > dissolved; DERGroupRequests: contractsReleased > dissolved',
    ),
    due('GN-03', 'tp:acme:derms > dso-cs', 'deleted DERGroups'),
    due('GN-03', 'tp:acme:derms > dso-dms', 'deleted DERGroups'),
    due('GN-03', 'tp:acme:derms > tp:acme:cs', 'deleted DERGroups'),
  ],
}
