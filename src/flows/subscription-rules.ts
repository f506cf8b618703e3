// What a subscription has to hold: its enrollment is completed before it is active (K1), it ends with all that ends (K2), a
// device takes part once (K3), and leaves as another one takes its place (EN-06).

import { isObject, member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { SUBSCRIBED_DEVICE, deviceKeySaid, deviceKeyText, placeOfKey } from './device-key.ts'
import { aboutDevice, isSameDevice } from './device.ts'
import { devicesOf, enrollmentOf, sameKeysBreaches } from './enrollment-content.ts'
import type { Around, Breach, Claim, Placed, Reference } from './flow.ts'
import { contentText } from './frozen.ts'
import { backwardBreaches } from './interval.ts'
import { keysOf, listOf, unknownAmong } from './reference.ts'
import type { Named } from './reference.ts'
import { isClosed, isExcluded, registrationOf, valueOf } from './subscription-sync.ts'
import { ledgerReference } from './sync-ledger.ts'

/** What it is about, for good. */
export const SUBSCRIBED_TO = [
  ...['Customer', 'DemandResponseProgram', 'ProgramEnrollment', 'CustomerAgreement'],
] as const

/** What a request is judged by. */
export function subscriptionBreaches(
  after: JsonObject,
  around: Around,
  before: Placed | undefined,
): readonly Breach[] {
  return [
    ...unknownAmong(namedIn(after), around),
    ...backwardBreaches('ENR-INTERVAL', ['validityInterval'], after, before?.object),
    ...replacementBreaches(after, before?.object),
    ...strangeDevices(after, around, before?.object),
    ...unknownThere(after, around),
  ]
}

/** What holds whoever tells of it. */
export function subscriptionInvariants(
  after: JsonObject,
  before: Placed | undefined,
): readonly Breach[] {
  return [
    ...unfinishedBreaches(after, before?.object),
    ...sameKeysBreaches({ EndDevices: devicesOf(after).filter((it) => !isExcluded(it)) }),
  ]
}

/** Customer and usage point, as far as it names them. */
export function namedIn(subscription: JsonObject): readonly Named[] {
  return [
    {
      ...{ noun: 'CustomerConfig', object: member(subscription, 'Customer') },
      ...{ code: '2.22', what: 'customer' },
    },
    {
      ...{ noun: 'UsagePointConfig', object: member(subscription, 'UsagePoint') },
      ...{ code: '2.12', what: 'usage point' },
    },
  ]
}

/** Everything that its rules look at. */
export function referredBy(subscription: JsonObject, find: Around['find']): readonly Reference[] {
  const customer = find(customerOf(subscription))?.object
  return [
    ...namedIn(subscription),
    ...enrollmentsOf(subscription),
    ...(customer === undefined ? [] : [ledgerReference('CustomerConfig', customer)]),
  ]
}

/** The enrollment that it says it follows; where it says none, those of its devices. */
export function enrollmentsOf(subscription: JsonObject): readonly Reference[] {
  const object = member(subscription, 'ProgramEnrollment')
  if (isObject(object)) return [{ noun: 'ProgramEnrollments', object }]
  return devicesOf(subscription).flatMap(enrollmentOf)
}

/** K1: nobody takes part before the enrollment has been seen to be completed. */
export function prematureBreaches(
  after: JsonObject,
  { find, makes, keeps }: Pick<Around, 'find' | 'makes' | 'keeps'>,
  before: JsonObject | undefined,
): readonly Breach[] {
  const isBegun = ['ACTIVE', 'CLOSED'].includes(valueOf(before) ?? '')
  if (valueOf(after) !== 'ACTIVE' || isBegun) return []
  // Where enrollments are kept here and there is none, nobody enrolls here.
  if (makes('ProgramEnrollments') && !keeps('ProgramEnrollments')) return []
  const seen = enrollmentsOf(after).flatMap((it) => find(it) ?? [])
  const open = seen.find(({ state }) => state !== 'COMPLETED')
  if (seen.length > 0 && open === undefined) return []
  const [id = ''] = keysOf(open?.object)
  const reason =
    open === undefined
      ? 'No enrollment has been seen that it follows, so it is not active yet.'
      : `Its enrollment ${id} is ${open.state}, so it is not active yet.`
  return [{ rule: 'SUB-SM', code: '6.1', reason }]
}

/** G-AC10: whoever acts on it has to know its customer first. */
function unknownThere(after: JsonObject, { unaware }: Around): readonly Breach[] {
  const customer = customerOf(after)
  const parties = unaware?.(customer) ?? []
  if (parties.length === 0) return []
  const reason = `The customer ${keysOf(customer.object)[0] ?? ''} is not known to ${parties.join(' and ')} yet.`
  return [{ rule: 'CUS-SYNC', code: '6.2', reason }]
}

function customerOf(subscription: JsonObject): Reference {
  return { noun: 'CustomerConfig', object: member(subscription, 'Customer') }
}

/** EN-02: the devices that were enrolled, or installed for that, are those that take part. */
function strangeDevices(
  after: JsonObject,
  { find }: Pick<Around, 'find'>,
  before: JsonObject | undefined,
): readonly Breach[] {
  const isNew = valueOf(before) === undefined || valueOf(before) === 'INACTIVE'
  if (!isNew || listOf(after, 'replacements').length > 0) return []
  const seen = enrollmentsOf(after).map((it) => find(it)?.object)
  const keys = seen.flatMap(devicesOf).flatMap((it) => deviceKeyText(it) ?? [])
  if (keys.length === 0) return []
  return devicesOf(after).flatMap((device, at): readonly Breach[] => {
    const key = deviceKeyText(device)
    if (key === undefined || keys.includes(key)) return []
    const reason = `EndDevices[${at}] (${deviceKeySaid(device)}) is none of the devices that were enrolled.`
    return [{ rule: 'SUB-INSTALLED', code: '6.1', reason, about: aboutDevice(device) }]
  })
}

/** K2: what is no longer active has an end, and no device in it. */
function unfinishedBreaches(after: JsonObject, before: JsonObject | undefined): readonly Breach[] {
  const [was, is] = [valueOf(before), valueOf(after)]
  if (is === 'ACTIVE' || (is === 'INACTIVE' && (was === undefined || was === is))) return []
  return incomplete(missingAtEnd(after))
}

function missingAtEnd(subscription: JsonObject): readonly string[] {
  const end = member(member(subscription, 'validityInterval'), 'end')
  return [
    ...(end === undefined ? ['validityInterval.end'] : []),
    ...devicesOf(subscription).flatMap((it, at) =>
      isExcluded(it) ? [] : [`status excluded of EndDevices[${at}] (${deviceKeySaid(it)})`],
    ),
  ]
}

function incomplete(missing: readonly string[], unknown?: string): readonly Breach[] {
  if (missing.length === 0) return []
  const whose = unknown === undefined ? '' : `The subscription ${unknown} is not known here. `
  const reason = `${whose}A subscription that ends says ${missing.join(' and ')}.`
  return [{ rule: 'SUB-CLOSE', code: '5.8', reason }]
}

/** K2: whoever closes what is not known here has to say all of it, because nobody can complete it. */
export function unseenSubscription(
  asked: JsonObject,
  kind: string,
  isReported: boolean,
): Breach | undefined {
  const [id = ''] = keysOf(asked)
  if (kind === 'change' && isReported) return unseenWord(asked, id)
  if (kind !== 'close' || isReported) return undefined
  const devices = devicesOf(asked)
  if (devices.length === 0 && member(asked, 'validityInterval') === undefined) {
    const reason = `The subscription ${id} is not known here, so nobody can say what ends with it.`
    return { rule: 'SUB-CLOSE', code: '99.1', reason }
  }
  const missing = [...(devices.length === 0 ? ['EndDevices'] : []), ...missingAtEnd(asked)]
  return incomplete(missing, id)[0]
}

/** EN-04: what only says how far a DERMS is with a subscription makes none. */
function unseenWord(asked: JsonObject, id: string): Breach | undefined {
  const isWhole = SUBSCRIBED_TO.some((it) => member(asked, it) !== undefined)
  if (isWhole || member(asked, 'syncState') === undefined) return undefined
  const reason = `The subscription ${id} is not known here, so that nothing can be acknowledged of it.`
  return { rule: 'SUB-UNKNOWN', code: '99.1', reason }
}

/** EN-06: one that comes in the place of another leaves nothing of that behind. */
function replacementBreaches(after: JsonObject, before: JsonObject | undefined): readonly Breach[] {
  if (before === undefined) return []
  return newReplacements(before, after).flatMap(({ it, at }) => {
    const [old, next] = [member(it, 'oldDevice'), member(it, 'newDevice')]
    const where = `replacements[${at}]`
    return [
      ...(hasDevice(before, old)
        ? []
        : [refusal(`${where} replaces a device that is not in the subscription.`, old)]),
      ...(hasDevice(after, next)
        ? []
        : [refusal(`The device that comes by ${where} is not among EndDevices.`, next)]),
    ]
  })
}

/** Those that were not there before: who sends a change need not know what was replaced earlier. */
export function newReplacements(
  before: JsonObject,
  after: JsonObject,
): readonly { readonly it: JsonObject; readonly at: number }[] {
  const known = listOf(before, 'replacements').map((it) => contentText(it))
  return listOf(after, 'replacements')
    .map((it, at) => ({ it, at }))
    .filter(({ it }) => !known.includes(contentText(it)))
}

/** The devices that have been replaced are gone by the same change, so that there is never both, and never neither. */
export function withoutReplaced(before: JsonObject, after: JsonObject): JsonObject {
  const gone = newReplacements(before, after).map(({ it }) => member(it, 'oldDevice') ?? {})
  if (gone.length === 0) return after
  const isGone = (it: JsonObject) => gone.some((one) => isSameDevice(it, one))
  return { ...after, EndDevices: devicesOf(after).filter((it) => !isGone(it)) }
}

function hasDevice(subscription: JsonObject | undefined, device: Json | undefined): boolean {
  return devicesOf(subscription).some(
    (it) => !isExcluded(it) && device !== undefined && isSameDevice(it, device),
  )
}

function refusal(reason: string, device: Json | undefined): Breach {
  return { rule: 'SUB-REPLACE', code: '6.1', reason, about: aboutDevice(device) }
}

/**
 * The devices by which the customer takes part, each at one place; until its DERMS knows that they do no longer, and its head-end
 * system has let go of one that was replaced (EN-06).
 */
export function deviceClaims(subscription: JsonObject, state: string): readonly Claim[] {
  if (!/^(ACTIVE|CLOSED)_/.test(state) || state === 'CLOSED_synced') return []
  return devicesOf(subscription).flatMap((device, at) => {
    const key = deviceKeyText(device)
    const isOut = isExcluded(device) && registrationOf(device) !== 'Failed'
    if (key === undefined || (isOut && !isClosed(subscription))) return []
    const said = `EndDevices[${at}] has the device key ${deviceKeySaid(device)}`
    const claim: Claim = {
      ...{ key, rule: SUBSCRIBED_DEVICE, reason: `${said} of another device that takes part.` },
      reasonBy: (other) => {
        const place = placeOfKey(devicesOf(other), key)
        const [id = ''] = keysOf(other)
        return `${said}, by which EndDevices[${place}] of ProgramSubscription ${id} takes part.`
      },
      rival: true,
    }
    return [claim]
  })
}
