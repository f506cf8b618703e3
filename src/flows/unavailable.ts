// When a device is not to be called: a few times each, none of which overlaps another, found by the device.

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Around, Claim, Reference } from './flow.ts'
import { contentText } from './frozen.ts'
import { overlaps } from './interval.ts'
import { meansDevice, participantTexts, underDevice } from './participant.ts'
import { listOf } from './reference.ts'
import { remembered } from './remembered.ts'
import type { FindAll, Search } from './search.ts'

const [NOUN, RULE] = ['DeviceUnavailabilities', 'UNAV-OVERLAP'] as const

/** times of one device that are planned or under way */
const MOST_TIMES = 6

/** The devices that are not to be called. */
export function awayDevices(unavailability: JsonObject): readonly JsonObject[] {
  return listOf(unavailability, 'EndDevices')
}

/** A device is away once at a time; the same time told again is the same. */
export function awayClaims(unavailability: JsonObject, state: string): readonly Claim[] {
  if (state !== 'planned' && state !== 'active') return []
  const period = member(unavailability, 'period')
  return awayDevices(unavailability)
    .flatMap(participantTexts)
    .map((key) => ({
      key,
      rule: RULE,
      reason: 'The device is not to be called at that time already.',
      places: MOST_TIMES,
      clashes: (other) => overlaps(period, member(other, 'period')),
      same: (other) => saidText(other) === saidText(unavailability),
      rival: true,
    }))
}

/** Devices, period and reason; who asked, and when, says nothing new. */
function saidText(it: JsonObject): string {
  const devices = awayDevices(it).map((one) => participantTexts(one)[0] ?? '')
  return contentText([devices, String(member(it, 'reason'))]) + contentText(member(it, 'period'))
}

/** What is reserved for the devices at that time. */
export function reservedIn(unavailability: JsonObject, all: FindAll): readonly JsonObject[] {
  const found = reservedSearches(unavailability).flatMap((it) =>
    all(it).map(({ object }) => object),
  )
  return [...new Map(found.map((it) => [member(it, 'mRID'), it])).values()]
}

/** By device. */
export function reservedSearches(unavailability: JsonObject): readonly Search[] {
  const [devices, period] = [awayDevices(unavailability), member(unavailability, 'period')]
  return devices.flatMap((device) => {
    const isOf = meansDevice(device)
    return underDevice(device).map((under) => ({
      noun: 'EventParticipations',
      under,
      has: (it) =>
        member(it, 'state') === 'RESERVED' &&
        isOf(member(it, 'EndDevice')) &&
        overlaps(member(it, 'reservation'), period),
    }))
  })
}

/** Where times of a device may be found. */
export const awayReferences: (device: Json | undefined) => readonly Reference[] =
  remembered(placesOf)

function placesOf(device: Json | undefined): readonly Reference[] {
  return participantTexts(device).flatMap((key) =>
    Array.from({ length: MOST_TIMES }, (_, place) => ({
      noun: NOUN,
      object: undefined,
      claim: { rule: RULE, key, place },
    })),
  )
}

/** A time in which a device is not to be called, and that meets an interval; undefined where there is none. */
export function awayAt(
  device: Json | undefined,
  interval: Json | undefined,
  find: Around['find'],
): JsonObject | undefined {
  return awayReferences(device)
    .map((it) => find(it)?.object)
    .find((it) => it !== undefined && overlaps(member(it, 'period'), interval))
}
