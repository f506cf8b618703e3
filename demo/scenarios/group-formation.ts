// Figure 5-1: an aggregator asks for a group. Customer Support checks and decides, contracts are updated, and only then is
// Operations told to form it.

import { due } from '../scenario.ts'
import type { Scenario } from '../scenario.ts'
import { TARIFF, agreement, registration, site } from './objects.ts'

const SITE = site(5)
const AGREEMENT = agreement('1ece8c82-87d5-4d47-82d4-79651848b585', SITE)
const DER = registration('177e812e-1473-478e-a2fc-439089007185', SITE, {
  mRID: 'a1762403-ddcb-409d-a945-3adc7ea0be15',
})
const REQUEST = {
  mRID: 'c0762403-ddcb-409d-a945-3adc7ea0be51',
  action: 'form',
  EndDeviceGroup: { mRID: '221a6f05-3020-42b6-96db-ee52bbce6451' },
  EndDevices: [{ mRID: SITE.device['mRID'] ?? '' }],
  PricingStructure: { mRID: TARIFF.mRID },
  requestor: { Names: [{ name: 'ACME' }] },
}
const SIGNED = { mRID: AGREEMENT['mRID'] ?? '', status: { value: 'active' } }

export const GROUP_FORMATION_SCENARIO: Scenario = {
  id: '5-1',
  title: 'Formation of a DER group',
  begins: [
    ['dso-cs', { verb: 'created', noun: 'Tariffs', objects: [TARIFF] }],
    ['dso-cs', { verb: 'create', noun: 'DERRegistrations', objects: [DER] }],
    ['customer', { verb: 'create', noun: 'CustomerAgreements', objects: [AGREEMENT] }],
    ['customer', { verb: 'change', noun: 'CustomerAgreements', objects: [SIGNED] }],
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
    due(
      'GF-01',
      'aggregator > dso-cs',
      'create DERGroupRequests',
      'DERGroupRequests: - > requested',
    ),
    due('GF-01', 'dso-cs > aggregator', 'reply DERGroupRequests'),
    due(
      'GF-01',
      'dso-cs > dso-dms',
      'changed DERGroupRequests',
      'DERGroupRequests: requested > complianceCheck',
    ),
    due('GF-01', 'dso-cs > tp:acme:cs', 'changed DERGroupRequests'),
    due('GF-01', 'dso-cs > tp:acme:derms', 'changed DERGroupRequests'),
    due(
      'GF-02',
      'dso-cs > dso-dms',
      'changed DERGroupRequests',
      'DERGroupRequests: complianceCheck > approved',
    ),
    due('GF-02', 'dso-cs > tp:acme:cs', 'changed DERGroupRequests'),
    due('GF-02', 'dso-cs > tp:acme:derms', 'changed DERGroupRequests'),
    due(
      'GF-03',
      'tp:acme:cs > dso-cs',
      'change CustomerAgreements',
      'CustomerAgreements: active > active',
    ),
    due(
      'GF-03',
      'dso-cs > dso-dms',
      'changed DERGroupRequests',
      'DERGroupRequests: approved > contracted',
    ),
    due('GF-03', 'dso-cs > tp:acme:cs', 'changed DERGroupRequests'),
    due('GF-03', 'dso-cs > tp:acme:derms', 'changed DERGroupRequests'),
    due(
      'GF-04',
      'tp:acme:cs > tp:acme:derms',
      'create DERGroups',
      'DERGroups: - > available; DERGroupRequests: contracted > available',
    ),
    due('GF-04', 'tp:acme:derms > tp:acme:cs', 'reply DERGroups'),
    due('GF-05', 'tp:acme:derms > dso-cs', 'created DERGroups'),
    due('GF-05', 'tp:acme:derms > dso-dms', 'created DERGroups'),
    due('GN-01', 'tp:acme:derms > tp:acme:cs', 'created DERGroups'),
  ],
}
