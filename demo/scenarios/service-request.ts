// Figure 4-1: a customer asks for the connection of a DER. It is registered, gets a tariff and an agreement, is reviewed by
// Engineering and modelled by Operations, verified on site and reached by its DERMS; then the customer hears that it is connected.

import { due } from '../scenario.ts'
import type { Scenario } from '../scenario.ts'
import { TARIFF, agreement, site } from './objects.ts'
import { OFFERED, published, SIGNED } from './shared-steps.ts'

const SITE = site(1)
const REQUEST = {
  mRID: 'a1762403-ddcb-409d-a945-3adc7ea0be11',
  createdDateTime: '2026-07-13T15:20:00-05:00',
  kind: 'derInterconnection',
  subject: 'Rooftop solar at 1200 Harbor Street',
  Customer: SITE.customer,
  UsagePoint: SITE.usagePoint,
}
const AGREEMENT = agreement('1ece8c82-87d5-4d47-82d4-79651848b581', SITE)
const [ofRequest, ofAgreement] = [REQUEST, AGREEMENT].map(({ mRID = '' }) => ({ mRID }))

const change = (noun: string, object: object, more: object) =>
  ['customer', { verb: 'change', noun, objects: [{ ...object, ...more }] }] as const

export const SERVICE_REQUEST_SCENARIO: Scenario = {
  id: '4-1',
  title: 'Service request: connection of a DER',
  begins: [
    ['customer', { verb: 'create', noun: 'ServiceRequests', objects: [REQUEST] }],
    ['dso-cs', { verb: 'created', noun: 'Tariffs', objects: [TARIFF] }],
    change('ServiceRequests', ofRequest ?? {}, { PricingStructure: { mRID: TARIFF.mRID } }),
    ['customer', { verb: 'create', noun: 'CustomerAgreements', objects: [AGREEMENT] }],
    // Too early: it is not signed.
    change('ServiceRequests', ofRequest ?? {}, { CustomerAgreement: ofAgreement ?? {} }),
    change('CustomerAgreements', ofAgreement ?? {}, { status: { value: 'active' } }),
    change('ServiceRequests', ofRequest ?? {}, { CustomerAgreement: ofAgreement ?? {} }),
  ],
  due: [
    due('SR-01', 'customer > dso-cs', 'create ServiceRequests', 'ServiceRequests: - > submitted'),
    due(
      'SR-02',
      'dso-cs > dso-eng',
      'create DERRegistrations',
      'DERRegistrations: - > present; ServiceRequests: submitted > registered',
    ),
    due('SR-02', 'dso-cs > dso-dms', 'create DERRegistrations'),
    ...published('SR-03'),
    due(
      'SR-03',
      'customer > dso-cs',
      'change ServiceRequests',
      'ServiceRequests: registered > tariffSelected',
    ),
    ...OFFERED,
    due('CA-03', 'customer > cimgate', 'change ServiceRequests', '', 'FAILED 6.1 SR-AGREE'),
    ...SIGNED,
    due(
      'CA-03',
      'customer > dso-cs',
      'change ServiceRequests',
      'ServiceRequests: tariffSelected > agreed',
    ),
    due(
      'SR-04',
      'dso-cs > dso-eng',
      'create InterconnectionReviews',
      'InterconnectionReviews: - > engineeringReview; ServiceRequests: agreed > engineeringReview',
    ),
    due('SR-04', 'dso-eng > dso-cs', 'reply InterconnectionReviews'),
    due(
      'SR-05',
      'dso-eng > dso-ops',
      'execute InterconnectionReviews',
      'InterconnectionReviews: engineeringReview > modelling; ServiceRequests: engineeringReview > modelling',
    ),
    due('SR-05', 'dso-eng > dso-dms', 'execute InterconnectionReviews'),
    due('SR-05', 'dso-ops > dso-eng', 'reply InterconnectionReviews'),
    due(
      'SR-05',
      'dso-eng > dso-cs',
      'changed InterconnectionReviews',
      'InterconnectionReviews: modelling > engineeringReview; ServiceRequests: modelling > engineeringReview',
    ),
    due(
      'SR-04',
      'dso-eng > dso-cs',
      'changed InterconnectionReviews',
      'InterconnectionReviews: engineeringReview > approved; ServiceRequests: engineeringReview > approved',
    ),
    due(
      'SR-07',
      'dso-cs > customer',
      'created CustomerNotifications',
      'CustomerNotifications: - > present',
    ),
    due(
      'SR-11',
      'dso-cs > dso-dms',
      'created DERRegistrations',
      'DERRegistrations: present > present; ServiceRequests: approved > approved',
    ),
    due('SR-11', 'dso-cs > tp:acme:cs', 'created DERRegistrations'),
    due(
      'SR-08',
      'dso-cs > wms',
      'create ServiceOrders',
      'ServiceOrders: - > waitingToBeScheduled; ServiceRequests: approved > verificationOrdered',
    ),
    due(
      'SR-08',
      'wms > dso-cs',
      'changed ServiceOrders',
      'ServiceOrders: waitingToBeScheduled > scheduled',
    ),
    due('SR-08', 'wms > dso-cs', 'changed ServiceOrders', 'ServiceOrders: scheduled > inProgress'),
    due('SR-08', 'wms > dso-cs', 'changed ServiceOrders', 'ServiceOrders: inProgress > completed'),
    due(
      'SR-08',
      'wms > dso-cs',
      'closed ServiceOrders',
      'ServiceOrders: completed > closed; ServiceRequests: verificationOrdered > verified',
    ),
    due(
      'SR-09',
      'dso-cs > tp:acme:derms',
      'get EndDeviceStatuses',
      'EndDeviceStatuses: - > accepted; EndDeviceStatuses: accepted > answered; ServiceRequests: verified > connected',
    ),
    due('SR-09', 'tp:acme:derms > dso-cs', 'reply EndDeviceStatuses'),
    due(
      'SR-10',
      'dso-cs > customer',
      'changed ServiceRequests',
      'ServiceRequests: connected > connected',
    ),
    due(
      'SR-10',
      'dso-cs > customer',
      'closed ServiceRequests',
      'ServiceRequests: connected > completed',
    ),
    due(
      'SR-10',
      'dso-cs > customer',
      'created CustomerNotifications',
      'CustomerNotifications: - > present',
    ),
  ],
}
