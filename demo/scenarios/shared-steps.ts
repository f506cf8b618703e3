// What more than one figure is made of: a registered device, a published tariff, a signed agreement, a group that is there.

import { due } from '../scenario.ts'
import type { Due, Scenario } from '../scenario.ts'
import { TARIFF, agreement, registration, site } from './objects.ts'

/** What is due; each of these stands in the order in which it passes. */
export type Steps = readonly Due[]

export const REGISTERED: Steps = [
  due('SR-02', 'dso-cs > dso-eng', 'create DERRegistrations', 'DERRegistrations: - > present'),
  due('SR-02', 'dso-cs > dso-dms', 'create DERRegistrations'),
]

/** @param flow row of the figure that the tariff is published for */
export const published = (flow: string): Steps => [
  due(flow, 'dso-cs > customer', 'created Tariffs', 'Tariffs: - > present'),
  due(flow, 'dso-cs > tp:acme:cs', 'created Tariffs'),
  due(flow, 'customer > dso-cs', 'get Tariffs'),
]

/** The customer proposes, and Customer Support offers. */
export const OFFERED: Steps = [
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
]

export const SIGNED: Steps = [
  due(
    'CA-03',
    'customer > dso-cs',
    'change CustomerAgreements',
    'CustomerAgreements: offered > active',
  ),
  due('CA-04', 'dso-cs > tp:acme:cs', 'changed CustomerAgreements'),
]

/** Whoever knows the group hears that it is there. */
export const FORMED: Steps = [
  due('GF-05', 'tp:acme:derms > dso-cs', 'created DERGroups'),
  due('GF-05', 'tp:acme:derms > dso-dms', 'created DERGroups'),
  due('GN-01', 'tp:acme:derms > tp:acme:cs', 'created DERGroups'),
]

/** A step of a group request, as all hear of it who are concerned. */
export const requestStep = (flow: string, changes: string): Steps => [
  due(flow, 'dso-cs > dso-dms', 'changed DERGroupRequests', changes),
  due(flow, 'dso-cs > tp:acme:cs', 'changed DERGroupRequests'),
  due(flow, 'dso-cs > tp:acme:derms', 'changed DERGroupRequests'),
]

/** The site whose device comes into a group and leaves it. */
export const MEMBER = site(5)

/** The contract of that site. @param number one digit, by which the contracts of figures are told apart */
export function underContract(number: number): Scenario['begins'] {
  const AGREEMENT = agreement(`1ece8c82-87d5-4d47-82d4-79651848b58${number}`, MEMBER)
  const DER = registration(`177e812e-1473-478e-a2fc-43908900718${number}`, MEMBER, {
    mRID: `a1762403-ddcb-409d-a945-3adc7ea0be1${number}`,
  })
  const own = { mRID: AGREEMENT['mRID'] ?? '', status: { value: 'active' } }
  return [
    ['dso-cs', { verb: 'created', noun: 'Tariffs', objects: [TARIFF] }],
    ['dso-cs', { verb: 'create', noun: 'DERRegistrations', objects: [DER] }],
    ['customer', { verb: 'create', noun: 'CustomerAgreements', objects: [AGREEMENT] }],
    ['customer', { verb: 'change', noun: 'CustomerAgreements', objects: [own] }],
  ]
}
