// What the figures are about: customers, a tariff, devices. All of it is made up.

import type { JsonObject } from '../../src/index.ts'

/** A rooftop tariff, for photovoltaic units from 1 to 10 kW that can be monitored. */
export const TARIFF = {
  mRID: '74aa5c32-2fc5-4771-b944-5a92dc9411c8',
  code: 'DER-R1',
  title: 'Residential rooftop generation',
  eligibility: {
    controlRequired: false,
    derTechnology: ['photovoltaic'],
    monitoringRequired: true,
    maxP: { multiplier: 'k', unit: 'W', value: 10 },
    minP: { multiplier: 'k', unit: 'W', value: 1 },
  },
  ServiceCategory: { kind: 'electricity' },
}

/** The third party that is to operate the device of a customer. */
const PROVIDER = { Names: [{ name: 'ACME' }] }

/** One customer with one device. */
export interface Site {
  readonly customer: JsonObject
  readonly usagePoint: JsonObject
  readonly device: JsonObject
}

/** @param number one digit, by which sites are told apart */
export function site(number: number): Site {
  const id = (block: string) => ({ mRID: `${block}c1-231c-4927-b660-384f2e0b4a4${number}` })
  return {
    customer: { Names: [{ name: `C-100200${number}` }] },
    usagePoint: id('519425'),
    device: { ...id('52f55e'), serialNumber: `00762026009${number}` },
  }
}

const watts = (value: number) => ({ multiplier: 'k', unit: 'W', value })

/** The device of a site, with its nameplate, and who is to operate it. */
export function registration(mRID: string, it: Site, request: JsonObject): JsonObject {
  return {
    mRID,
    EndDevice: { ...it.device, isSmartInverter: true, manufacturer: 'Example Solar' },
    nameplate: {
      technology: 'photovoltaic',
      maxP: watts(5),
      ratedS: { multiplier: 'k', unit: 'VA', value: 7.6 },
      ratedU: { multiplier: 'none', unit: 'V', value: 240 },
    },
    ServiceRequest: request,
    thirdPartyProvider: PROVIDER,
    UsagePoint: { ...it.usagePoint, phaseCode: 's12N' },
  }
}

/** An agreement of the customer of a site about the tariff. */
export function agreement(mRID: string, it: Site): JsonObject {
  const validityInterval = { start: '2026-08-01T00:00:00-05:00' }
  return {
    mRID,
    revisionNumber: '1',
    Customer: it.customer,
    PricingStructures: [{ mRID: TARIFF.mRID }],
    ServiceCategory: { kind: 'electricity' },
    thirdParty: [{ provider: PROVIDER, validityInterval }],
    UsagePoints: [it.usagePoint],
    validityInterval,
  }
}
