// Figure 5-1: an aggregator asks for a group. Customer Support checks and decides, contracts are updated, and only then is
// Operations told to form it.

import { due } from '../scenario.ts'
import type { Scenario } from '../scenario.ts'
import { TARIFF } from './objects.ts'
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

const REQUEST = {
  mRID: 'c0762403-ddcb-409d-a945-3adc7ea0be51',
  action: 'form',
  EndDeviceGroup: { mRID: '221a6f05-3020-42b6-96db-ee52bbce6451' },
  EndDevices: [{ mRID: MEMBER.device['mRID'] ?? '' }],
  PricingStructure: { mRID: TARIFF.mRID },
  requestor: { Names: [{ name: 'ACME' }] },
}

export const GROUP_FORMATION_SCENARIO: Scenario = {
  id: '5-1',
  title: 'Formation of a DER group',
  begins: [
    ...underContract(5),
    ['aggregator', { verb: 'create', noun: 'DERGroupRequests', objects: [REQUEST], later: true }],
  ],
  due: [
    ...published('CA-01'),
    ...REGISTERED,
    ...OFFERED,
    ...SIGNED,
    due(
      'GF-01',
      'aggregator > dso-cs',
      'create DERGroupRequests',
      'DERGroupRequests: - > requested',
    ),
    due('GF-01', 'dso-cs > aggregator', 'reply DERGroupRequests'),
    ...requestStep('GF-01', 'DERGroupRequests: requested > complianceCheck'),
    ...requestStep('GF-02', 'DERGroupRequests: complianceCheck > approved'),
    due(
      'GF-03',
      'tp:acme:cs > dso-cs',
      'change CustomerAgreements',
      'CustomerAgreements: active > active',
    ),
    ...requestStep('GF-03', 'DERGroupRequests: approved > contracted'),
    due(
      'GF-04',
      'tp:acme:cs > tp:acme:derms',
      'create DERGroups',
      'DERGroups: - > available; DERGroupRequests: contracted > available',
    ),
    due('GF-04', 'tp:acme:derms > tp:acme:cs', 'reply DERGroups'),
    ...FORMED,
  ],
}
