// For tests only: what a DERMS and a customer are told at the end of a connection.

import type { JsonObject } from '../../schema/json-text.ts'
import type { Connection, Identified } from './connection.fixture.ts'
import { fresh } from './connection.fixture.ts'

/** The registration as its DERMS is told of it. */
export function registered(it: Connection, more: JsonObject = {}): Identified {
  const { registration, tariff, agreement } = it
  return {
    ...registration,
    approvedDateTime: '2026-07-14T07:30:00Z',
    CustomerAgreement: { mRID: agreement.mRID },
    dsoRegistryId: { name: `DER-${registration.mRID}` },
    PricingStructure: { mRID: tariff.mRID },
    ...more,
  }
}

/** A notice about a request. */
export function noticeOf(trigger: string, mRID: string, more: JsonObject = {}): Identified {
  return {
    mRID: fresh(),
    contactType: 'email',
    contactValue: 'c@customers.example',
    text: 'Your solar panels are connected.',
    trigger,
    about: { mRID, objectType: 'ServiceRequest' },
    Customer: { Names: [{ name: 'C-1002003' }] },
    ...more,
  }
}
