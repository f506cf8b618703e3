// Figure 4-3: a tariff is published, an agreement about it is proposed, offered and signed, and the third party hears of it.

import { due } from '../scenario.ts'
import type { Scenario } from '../scenario.ts'
import { TARIFF, agreement, registration, site } from './objects.ts'
import { OFFERED, published, REGISTERED, SIGNED } from './shared-steps.ts'

const SITE = site(3)
const AGREEMENT = agreement('1ece8c82-87d5-4d47-82d4-79651848b583', SITE)
const DER = registration('177e812e-1473-478e-a2fc-439089007183', SITE, {
  mRID: 'a1762403-ddcb-409d-a945-3adc7ea0be13',
})
const TO_SIGN = {
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
    ['customer', { verb: 'change', noun: 'CustomerAgreements', objects: [TO_SIGN] }],
    ['customer', { verb: 'close', noun: 'CustomerAgreements', objects: [{ mRID: TO_SIGN.mRID }] }],
  ],
  due: [
    ...REGISTERED,
    ...published('CA-01'),
    ...OFFERED,
    ...SIGNED,
    due(
      'CA-06',
      'customer > dso-cs',
      'close CustomerAgreements',
      'CustomerAgreements: active > terminated',
    ),
    due('CA-06', 'dso-cs > tp:acme:cs', 'closed CustomerAgreements'),
  ],
}
