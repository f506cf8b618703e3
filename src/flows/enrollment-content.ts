// What an application for a programme has to hold, by what it is known again, and what else is looked at for it.

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { aggregatorBreaches, aggregatorReferences, headEndsOf } from './aggregator-terms.ts'
import { newestCheckOf } from './device-check.ts'
import { aboutDevice } from './device.ts'
import {
  deviceKeyOf,
  deviceKeySaid,
  deviceKeyText,
  SUBSCRIBED_DEVICE,
  placeOfKey,
  sameKeys,
} from './device-key.ts'
import type { Around, Breach, Claim, Placed, Reference } from './flow.ts'
import { contentText } from './frozen.ts'
import { backwardBreaches, boundsOf } from './interval.ts'
import { subscriptionReferences } from './participant.ts'
import { programOf, programReferences } from './program-terms.ts'
import { firstKnown, keysOf, listOf, nameText, unknownAmong } from './reference.ts'
import type { Named } from './reference.ts'

const NOUN = 'ProgramEnrollments'

/** Rule of the claim by which the enrollment of a device is found: the last one that was made for it. */
const ENROLLED_DEVICE = 'ENR-LAST'

/** What has been applied for; the rest is what becomes of it. */
export const APPLIED_FOR = [
  ...['assetOwnership', 'enrollmentSource', 'installationMethod', 'transactionId', 'Aggregator'],
  ...['Customer', 'CustomerAgreement', 'DemandResponseProgram', 'ServiceLocation', 'UsagePoint'],
  'validityInterval',
] as const

/** The devices of an enrollment, or of a subscription. */
export function devicesOf(object: JsonObject | undefined): readonly JsonObject[] {
  return listOf(object, 'EndDevices')
}

/** True for devices that the utility owns and installs (EN-02). */
export function isInstalledByUtility(enrollment: JsonObject): boolean {
  return (
    member(enrollment, 'assetOwnership') === 'utilityOwned' &&
    member(enrollment, 'installationMethod') === 'utilityInstallation'
  )
}

/** Why an application cannot be as it would be. */
export function applicationBreaches(
  after: JsonObject,
  around: Around,
  before: Placed | undefined,
): readonly Breach[] {
  return [
    ...backwardBreaches('ENR-INTERVAL', ['validityInterval'], after, before?.object),
    ...sameKeysBreaches(after),
    ...subscribedBreaches(after, around),
    ...(before === undefined ? entryBreaches(after, around) : []),
  ]
}

/** What is asked of it when it comes. */
function entryBreaches(after: JsonObject, around: Around): readonly Breach[] {
  return [
    ...unknownAmong(namedIn(after), around),
    ...keylessBreaches(after),
    ...throughAggregator(after, around),
    ...programBreaches(after, around),
  ]
}

function namedIn(enrollment: JsonObject): readonly Named[] {
  const one = (noun: string, name: string, code: string, what: string): Named => {
    return { noun, object: member(enrollment, name), code, what }
  }
  return [
    one('CustomerConfig', 'Customer', '2.22', 'customer'),
    one('UsagePointConfig', 'UsagePoint', '2.12', 'usage point'),
    one('CustomerAgreements', 'CustomerAgreement', '2.24', 'customer agreement'),
  ]
}

/** Everything that its rules look at. */
export function referredBy(enrollment: JsonObject): readonly Reference[] {
  return [
    ...namedIn(enrollment),
    ...programReferences(member(enrollment, 'DemandResponseProgram')),
    ...aggregatorReferences(headEndsOf(devicesOf(enrollment))),
    ...devicesOf(enrollment).flatMap((it) => subscriptionReferences(it, undefined)),
    ...devicesOf(enrollment).flatMap(newestCheckOf),
  ]
}

/** The enrollment that was made for a device last. */
export function enrollmentOf(device: Json | undefined): readonly Reference[] {
  const key = deviceKeyText(device)
  const claim = { rule: ENROLLED_DEVICE, key: key ?? '' }
  return key === undefined ? [] : [{ noun: NOUN, object: undefined, claim }]
}

/** Two devices of one list under one key. */
export function sameKeysBreaches(object: JsonObject): readonly Breach[] {
  return sameKeys(devicesOf(object)).map(({ device, at, first }) => ({
    ...{ rule: 'DEV-DUP', code: '6.1', about: aboutDevice(device) },
    reason: `EndDevices[${at}] has the device key ${deviceKeySaid(device)} of EndDevices[${first}].`,
  }))
}

/** A device that takes part by the subscription of another enrollment. */
function subscribedBreaches(enrollment: JsonObject, { find }: Around): readonly Breach[] {
  return devicesOf(enrollment).flatMap((device, at): readonly Breach[] => {
    const held = firstKnown(subscriptionReferences(device, undefined), find)
    if (held === undefined || isOwn(held.object, enrollment)) return []
    const place = placeOfKey(devicesOf(held.object), deviceKeyText(device))
    const [id = ''] = keysOf(held.object)
    const reason = `EndDevices[${at}] has the device key ${deviceKeySaid(device)}, by which EndDevices[${place}] of ProgramSubscription ${id} takes part.`
    return [{ rule: 'DEV-DUP', code: '6.1', reason, about: aboutDevice(device) }]
  })
}

function isOwn(subscription: JsonObject, enrollment: JsonObject): boolean {
  return keysOf(member(subscription, 'ProgramEnrollment')).some((it) =>
    keysOf(enrollment).includes(it),
  )
}

/** EN-01: a device that the customer has is known by its key, and by what it is. */
function keylessBreaches(enrollment: JsonObject): readonly Breach[] {
  if (member(enrollment, 'installationMethod') !== 'bringYourOwn') return []
  return devicesOf(enrollment).flatMap((device, at): readonly Breach[] => {
    const missing = [
      ...(deviceKeyOf(device) === undefined ? ['NIC id with head-end system'] : []),
      ...(member(device, 'specification') === undefined ? ['specification'] : []),
    ]
    if (missing.length === 0) return []
    const reason = `EndDevices[${at}] is brought by the customer, and lacks ${missing.join(' and ')}.`
    return [{ rule: 'ENR-DEVICE', code: '5.8', reason }]
  })
}

/** What the customer brings comes in by whoever speaks for its head-end system (G-AC34). */
function throughAggregator(enrollment: JsonObject, around: Around): readonly Breach[] {
  if (member(enrollment, 'installationMethod') !== 'bringYourOwn') return []
  return aggregatorBreaches(headEndsOf(devicesOf(enrollment)), around)
}

/** The programme is there, and in force when the customer is to begin. */
function programBreaches(enrollment: JsonObject, around: Around): readonly Breach[] {
  const named = member(enrollment, 'DemandResponseProgram')
  const [name = ''] = keysOf(named)
  const breach = (reason: string): readonly Breach[] => [{ rule: 'ENR-ELIG', code: '6.1', reason }]
  const program = programOf(named, around.find)?.object
  if (program === undefined)
    return around.makes('Programs') && around.keeps('Programs')
      ? breach(`The programme ${name} is not known here.`)
      : []
  const [start] = boundsOf(member(enrollment, 'validityInterval'))
  const [from, to] = boundsOf(member(program, 'validityInterval'))
  if (start >= from && start < to) return []
  return breach(`The programme ${name} is not in force when the customer is to begin.`)
}

/** One application for each transactionId, and one that is worked on for each device key. */
export function applicationClaims(
  enrollment: JsonObject,
  { isOpen, isLast }: { readonly isOpen: boolean; readonly isLast: boolean },
): readonly Claim[] {
  const id = String(member(enrollment, 'transactionId'))
  return [
    {
      key: applicationKey(enrollment),
      rule: APPLICATION,
      reason: `Another application has the transactionId ${id}.`,
      same: (other) => isSame(enrollment, other),
      repeated: {
        code: '0.0',
        rule: 'ENR-DUP',
        reason: `It is there already: ${id} has come before.`,
      },
    },
    ...devicesOf(enrollment).flatMap((device, at) => deviceClaims(device, at, { isOpen, isLast })),
  ]
}

/** Rule of the claim by which an application has its transactionId alone. */
const APPLICATION = 'ENR-CONFLICT'

function applicationKey(enrollment: JsonObject): string {
  const [by = ''] = keysOf(member(enrollment, 'Aggregator'))
  return JSON.stringify([by, String(member(enrollment, 'transactionId'))])
}

/** The application that has the transactionId of one. */
export function applicationReferences(enrollment: JsonObject): readonly Reference[] {
  if (member(enrollment, 'transactionId') === undefined) return []
  const claim = { rule: APPLICATION, key: applicationKey(enrollment) } as const
  return [{ noun: NOUN, object: undefined, claim }]
}

function deviceClaims(
  device: JsonObject,
  at: number,
  { isOpen, isLast }: { readonly isOpen: boolean; readonly isLast: boolean },
): readonly Claim[] {
  const key = deviceKeyText(device)
  if (key === undefined) return []
  const said = `EndDevices[${at}] has the device key ${deviceKeySaid(device)}`
  const own: Claim = {
    ...{ key, rule: SUBSCRIBED_DEVICE, reason: `${said} of a device that is being enrolled.` },
    reasonBy: (other) => {
      const place = placeOfKey(devicesOf(other), key)
      const id = String(member(other, 'transactionId'))
      return `${said}, and so has EndDevices[${place}] of the application ${id}.`
    },
    rival: true,
  }
  // Found by its device, the enrollment that came last counts.
  const last: Claim = { key, rule: ENROLLED_DEVICE, reason: said, takes: () => true, rival: true }
  return [...(isOpen ? [own] : []), ...(isLast ? [last] : [])]
}

/** True where both say the same, but for what has become of the other since: keys of devices that have been installed. */
function isSame(one: JsonObject, other: JsonObject): boolean {
  const isAsBefore = APPLIED_FOR.every(
    (name) => contentText(member(one, name)) === contentText(member(other, name)),
  )
  const [own, theirs] = [devicesOf(one), devicesOf(other)]
  return (
    isAsBefore &&
    own.length === theirs.length &&
    own.every((device, at) => isWithin(device, theirs[at] ?? {}))
  )
}

/** True where each member of one is in the other; names among others. */
function isWithin({ Names: _names, ...device }: JsonObject, other: JsonObject): boolean {
  const names = listOf(other, 'Names').map(nameText)
  return (
    listOf({ Names: _names ?? [] }, 'Names').every((it) => names.includes(nameText(it))) &&
    Object.entries(device).every(
      ([name, it]) => contentText(it) === contentText(member(other, name)),
    )
  )
}

/** Why a device cannot be checked yet: undefined where each has its key. */
export function keyMissing(enrollment: JsonObject): string | undefined {
  const at = devicesOf(enrollment).findIndex((it) => deviceKeyOf(it) === undefined)
  return at < 0 ? undefined : `EndDevices[${at}] has no NIC id with a head-end system.`
}
