// Figure 5-2: an aggregator asks for the end of a group. Contracts are released first; then Operations is told, and whoever
// knows the group hears that it is gone.

import { due } from '../scenario.ts'
import type { Scenario } from '../scenario.ts'
import { FUNCTIONS } from '../parties/derms-customer-support.ts'
import { TARIFF, agreement, registration, site } from './objects.ts'

const SITE = site(5)
const AGREEMENT = agreement('1ece8c82-87d5-4d47-82d4-79651848b586', SITE)
const SIGNED = { mRID: AGREEMENT['mRID'] ?? '', status: { value: 'active' } }
const DER = registration('177e812e-1473-478e-a2fc-439089007186', SITE, {
  mRID: 'a1762403-ddcb-409d-a945-3adc7ea0be16',
})
const GROUP = {
  mRID: '221a6f05-3020-42b6-96db-ee52bbce6452',
  DERFunction: FUNCTIONS,
  EndDevices: [{ mRID: SITE.device['mRID'] ?? '' }],
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
    ['dso-cs', { verb: 'created', noun: 'Tariffs', objects: [TARIFF] }],
    ['dso-cs', { verb: 'create', noun: 'DERRegistrations', objects: [DER] }],
    ['customer', { verb: 'create', noun: 'CustomerAgreements', objects: [AGREEMENT] }],
    ['customer', { verb: 'change', noun: 'CustomerAgreements', objects: [SIGNED] }],
    ['tp:acme:cs', { verb: 'create', noun: 'DERGroups', objects: [GROUP], later: true }],
    ['aggregator', { verb: 'create', noun: 'DERGroupRequests', objects: [REQUEST], later: true }],
  ],
  due: [
    due('CA-01', 'dso-cs > customer', 'created Tariffs', 'Tariffs: - > present'),
    due('CA-01', 'dso-cs > tp:acme:cs', 'created Tariffs'),
    due('CA-01', 'customer > dso-cs', 'get Tariffs'),
    due('SR-02', 'dso-cs > dso-eng', 'create DERRegistrations', 'DERRegistrations: - > present'),
    due('SR-02', 'dso-cs > dso-dms', 'create DERRegistrations'),
    due(
      'CA-02',
      'customer > dso-cs',
      'create CustomerAgreements',
      'CustomerAgreements: - > proposed',
    ),
    due(
      'CA-02',
      'dso-cs > tp:acme:cs',
      'changed CustomerAgreements',
      'CustomerAgreements: proposed > offered',
    ),
    due(
      'CA-03',
      'customer > dso-cs',
      'change CustomerAgreements',
      'CustomerAgreements: offered > active',
    ),
    due('CA-04', 'dso-cs > tp:acme:cs', 'changed CustomerAgreements'),
    due('GF-04', 'tp:acme:cs > tp:acme:derms', 'create DERGroups', 'DERGroups: - > available'),
    due('GF-04', 'tp:acme:derms > tp:acme:cs', 'reply DERGroups'),
    due('GF-05', 'tp:acme:derms > dso-cs', 'created DERGroups'),
    due('GF-05', 'tp:acme:derms > dso-dms', 'created DERGroups'),
    due('GN-01', 'tp:acme:derms > tp:acme:cs', 'created DERGroups'),
    due(
      'GD-01',
      'aggregator > dso-cs',
      'create DERGroupRequests',
      'DERGroupRequests: - > dissolving; DERGroups: available > dissolving',
    ),
    due('GD-01', 'dso-cs > aggregator', 'reply DERGroupRequests'),
    due(
      'GD-03',
      'dso-cs > dso-dms',
      'changed DERGroupRequests',
      'DERGroupRequests: dissolving > dissolving',
    ),
    due('GD-03', 'dso-cs > tp:acme:cs', 'changed DERGroupRequests'),
    due('GD-03', 'dso-cs > tp:acme:derms', 'changed DERGroupRequests'),
    due(
      'GD-03',
      'tp:acme:cs > dso-cs',
      'change CustomerAgreements',
      'CustomerAgreements: active > active',
    ),
    due(
      'GD-03',
      'dso-cs > dso-dms',
      'changed DERGroupRequests',
      'DERGroupRequests: dissolving > contractsReleased; DERGroups: dissolving > contractsReleased',
    ),
    due('GD-03', 'dso-cs > tp:acme:cs', 'changed DERGroupRequests'),
    due('GD-03', 'dso-cs > tp:acme:derms', 'changed DERGroupRequests'),
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
