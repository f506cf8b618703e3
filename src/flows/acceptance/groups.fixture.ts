// For tests only: registered devices under contract, a tariff, requests about groups, and groups.

import * as assert from 'uvu/assert'
import type { JsonObject } from '../../schema/json-text.ts'
import { fresh, registration, request, tariff } from './connection.fixture.ts'
import type { Identified } from './connection.fixture.ts'
import type { Ways } from './ways.fixture.ts'

/** What is asked of a gateway here. */
export type Asking = Pick<Ways, 'ok' | 'json'>

export const REQUESTS = 'DERGroupRequests'
export const GROUPS = 'DERGroups'

export const FUNCTIONS = {
  connectDisconnect: true,
  frequencyWattCurveFunction: false,
  maxRealPowerLimiting: true,
  rampRateControl: false,
  reactivePowerDispatch: false,
  realPowerDispatch: true,
  voltageRegulation: false,
  voltVarCurveFunction: false,
  voltWattCurveFunction: false,
}

const ACME = { Names: [{ name: 'ACME Energy' }] }

/** A request to form a group of these devices. */
export function formRequest(
  members: readonly JsonObject[],
  chosen: JsonObject,
  more: JsonObject = {},
): Identified {
  return {
    mRID: fresh(),
    action: 'form',
    EndDeviceGroup: { mRID: fresh() },
    EndDevices: members,
    PricingStructure: { mRID: String(chosen['mRID']) },
    requestor: ACME,
    ...more,
  }
}

/** A request about a group that is there. */
export function groupRequest(action: string, mRID: string, more: JsonObject = {}): Identified {
  return { mRID: fresh(), action, EndDeviceGroup: { mRID }, requestor: ACME, ...more }
}

/** A group of these devices. */
export function group(members: readonly JsonObject[], more: JsonObject = {}): Identified {
  return { mRID: fresh(), DERFunction: FUNCTIONS, EndDevices: members, ...more }
}

/** What a group is formed of. */
export interface Fleet {
  readonly tariff: Identified
  readonly devices: readonly Identified[]
}

/** Devices that are registered and under contract, and a tariff for all of them. */
export async function fleet(ways: Asking, size: number): Promise<Fleet> {
  const create = (noun: string, object: JsonObject) => ways.ok({ verb: 'create', noun, object })
  const chosen = tariff()
  await create('Tariffs', chosen)
  const devices: Identified[] = []
  for (let at = 0; at < size; at += 1) devices.push(await connectedDevice(ways, chosen))
  return { tariff: chosen, devices }
}

/** One device, registered for a request of its own, with an agreement that is signed. */
export async function connectedDevice(
  ways: Asking,
  chosen: JsonObject,
  nameplate: JsonObject = {},
): Promise<Identified> {
  const own = request('derInterconnection')
  const its = registration(own, nameplate)
  await ways.ok({ verb: 'create', noun: 'ServiceRequests', object: own })
  await ways.ok({ verb: 'create', noun: 'DERRegistrations', object: its })
  const agreement = {
    mRID: fresh(),
    revisionNumber: '1',
    Customer: { Names: [{ name: 'C-1002003' }] },
    PricingStructures: [{ mRID: String(chosen['mRID']) }],
    ServiceCategory: { kind: 'electricity' },
    UsagePoints: [own['UsagePoint'] as JsonObject],
    validityInterval: { start: '2026-07-01T00:00:00Z' },
  }
  await ways.ok({ verb: 'create', noun: 'CustomerAgreements', object: agreement })
  for (const it of ['offer', 'sign'])
    await took(ways, `customer-agreements/${agreement.mRID}:${it}`)
  return its.EndDevice
}

/** Takes a step over the façade. */
export async function took(ways: Asking, path: string): Promise<void> {
  const { status, json } = await ways.json('POST', path)
  assert.is(status, 200, `${path}: ${JSON.stringify(json)}`)
}

/** The steps by which a request is led to the state in which the DERMS may be told. */
export const TO_CONTRACTED = ['check-compliance', 'approve', 'update-contracts'] as const

/** Steps of a request, one after the other. */
export async function steps(ways: Asking, mRID: string, names: readonly string[]): Promise<void> {
  for (const it of names) await took(ways, `der-group-requests/${mRID}:${it}`)
}

/** A group that has come from a request, and that request. */
export async function formed(
  ways: Ways,
  { tariff: chosen, devices }: Fleet,
): Promise<{ readonly group: Identified; readonly request: Identified }> {
  const asked = formRequest(devices, chosen)
  await ways.ok({ verb: 'create', noun: REQUESTS, object: asked })
  await steps(ways, asked.mRID, TO_CONTRACTED)
  const { mRID } = asked['EndDeviceGroup'] as Identified
  const its = group(devices, { mRID })
  await ways.ok({ verb: 'create', noun: GROUPS, object: its })
  return { group: its, request: asked }
}

/** An OperationSet that takes these members out of a group. */
export function removal(mRID: string, members: readonly JsonObject[]) {
  const operation = {
    operationId: 1,
    noun: GROUPS,
    verb: 'delete',
    elementOperation: true,
    DERGroups: { EndDeviceGroup: [{ mRID, EndDevices: members }] },
  }
  const set = { enforceMsgSequence: false, enforceTransactionalIntegrity: false }
  return { verb: 'execute', noun: 'OperationSet', object: { ...set, Operation: [operation] } }
}
