// Figure 4-3: a tariff is published, an agreement about it is proposed, offered and signed, and the third party hears of it.

import { due } from '../scenario.ts'
import type { Scenario } from '../scenario.ts'
import { TARIFF, agreement, registration, site } from './objects.ts'

const SITE = site(3)
const AGREEMENT = agreement('1ece8c82-87d5-4d47-82d4-79651848b583', SITE)
const DER = registration('177e812e-1473-478e-a2fc-439089007183', SITE, {
  mRID: 'a1762403-ddcb-409d-a945-3adc7ea0be13',
})
const SIGNED = {
  mRID: AGREEMENT['mRID'] ?? '',
  signDate: '2026-07-20T14:00:00-05:00',
  status: { value: 'active' },
}

export const AGREEMENT_SCENARIO: Scenario = {
  id: '4-3',
  title: 'Customer agreement',
  begins: [
    ['dso-cs', { verb: 'create', noun: 'DERRegistrations', objects: [DER] }],
    ['dso-cs', { verb: 'created', noun: 'Tariffs', objects: [TARIFF] }],
    ['customer', { verb: 'create', noun: 'CustomerAgreements', objects: [AGREEMENT] }],
    ['customer', { verb: 'change', noun: 'CustomerAgreements', objects: [SIGNED] }],
    ['customer', { verb: 'close', noun: 'CustomerAgreements', objects: [{ mRID: SIGNED.mRID }] }],
  ],
  due: [
    due('SR-02', 'dso-cs > dso-eng', 'create DERRegistrations', 'DERRegistrations: - > present'),
    due('SR-02', 'dso-cs > dso-dms', 'create DERRegistrations'),
    due('CA-01', 'dso-cs > customer', 'created Tariffs', 'Tariffs: - > present'),
    due('CA-01', 'dso-cs > tp:acme:cs', 'created Tariffs'),
    due('CA-01', 'customer > dso-cs', 'get Tariffs'),
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
      'CA-06',
      'customer > dso-cs',
      'close CustomerAgreements',
      'CustomerAgreements: active > terminated',
    ),
    due('CA-06', 'dso-cs > tp:acme:cs', 'closed CustomerAgreements'),
  ],
}
