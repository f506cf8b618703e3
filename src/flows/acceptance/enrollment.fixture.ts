// For tests only: applications, subscriptions and devices with keys of their own, as they are sent.

import type { JsonObject } from '../../schema/json-text.ts'
import { fresh } from './connection.fixture.ts'

export const ENROLLMENTS = 'ProgramEnrollments'
export const SUBSCRIPTIONS = 'ProgramSubscriptions'

let count = 0

/** 20 digits that no other device has. */
export function freshNic(): string {
  count += 1
  return String(count).padStart(20, '0')
}

/** A device by its key. */
export function device(nicId = freshNic(), more: JsonObject = {}, headEnd = 'head-end 1') {
  const NameType = { name: 'nicId', NameTypeAuthority: { name: headEnd } }
  const Names = [{ name: nicId, NameType }]
  return { specification: 'Example Climate T3', Names, ...more } satisfies JsonObject
}

/** An application for a device that the customer brings. */
export function application(more: JsonObject = {}): JsonObject & { readonly mRID: string } {
  return {
    mRID: fresh(),
    assetOwnership: 'customerOwned',
    installationMethod: 'bringYourOwn',
    transactionId: `T-${fresh()}`,
    Customer: { Names: [{ name: 'C-1002003' }] },
    DemandResponseProgram: { Names: [{ name: 'SPS-2026' }] },
    EndDevices: [device()],
    validityInterval: { start: '2026-07-14T05:00:00Z' },
    ...more,
  } as JsonObject & { readonly mRID: string }
}

/** The same for devices that the utility installs, which have no key yet. */
export function installation(more: JsonObject = {}): JsonObject & { readonly mRID: string } {
  return application({
    assetOwnership: 'utilityOwned',
    installationMethod: 'utilityInstallation',
    EndDevices: [{ deviceType: 'waterHeaterSwitch', specification: 'Example Switch W2' }],
    ...more,
  })
}

/** The subscription that follows an application. */
export function subscription(
  enrollment: JsonObject,
  more: JsonObject = {},
): JsonObject & { readonly mRID: string } {
  const { mRID, Customer, DemandResponseProgram, EndDevices, validityInterval } = enrollment
  return {
    mRID: fresh(),
    ...{ Customer, DemandResponseProgram, EndDevices, validityInterval },
    ProgramEnrollment: { mRID },
    status: { value: 'ACTIVE' },
    UsagePoint: { Names: [{ name: 'SP-0047110' }] },
    ...more,
  } as JsonObject & { readonly mRID: string }
}

/** Status as it is asked for. */
export function withStatus(mRID: string, value: string): JsonObject {
  return { mRID, status: { value } }
}
