// What a participation is about: its stage and the event of that, the subscription of its device, the programme, and times in
// which the device is not to be called. A new one is filled with what follows from these.

import { isObject, member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Around, Claim, Placed, Reference } from './flow.ts'
import { boundsOf, overlaps } from './interval.ts'
import {
  participantIn,
  participantTexts,
  subscriptionOf,
  subscriptionReferences,
  underDevice,
} from './participant.ts'
import { participationState } from './participation-state.ts'
import { programReferences } from './program-terms.ts'
import { keysOf } from './reference.ts'
import { remembered } from './remembered.ts'
import { eventOf, eventReferences, referenceTo, stageIn, underStage } from './stage-ref.ts'
import { awayReferences } from './unavailable.ts'

/** States in which a device is the event's, and has not been called yet or is being called. */
const OPEN = ['RESERVED', 'CALLED']

/** True while it is reserved or called. */
export function isOpen(participation: JsonObject): boolean {
  return OPEN.includes(participationState(participation) ?? '')
}

/** The event that it is in, and its stage as that has it. */
export function stageOf(
  participation: JsonObject,
  find: Around['find'],
): { readonly event: Placed; readonly stage: JsonObject } | undefined {
  const named = member(participation, 'stage')
  const event = eventOf(named, member(participation, 'ProgramEvent'), find)
  const stage = event === undefined ? undefined : stageIn(event.object, named)
  return event === undefined || stage === undefined ? undefined : { event, stage }
}

/** The event that is named where a stage is meant. */
export function namedAsStage(participation: JsonObject): Reference {
  return { noun: 'ProgramEvents', object: member(participation, 'stage') }
}

/** What its rules look at; only what is new needs to know of subscription and times. */
export function participationRefers(it: JsonObject, find: Around['find']): readonly Reference[] {
  const device = member(it, 'EndDevice')
  const event = stageOf(it, find)?.event.object
  const isNew = participationState(it) === undefined
  return [
    ...eventReferences(member(it, 'stage'), member(it, 'ProgramEvent')),
    ...(event === undefined
      ? [namedAsStage(it)]
      : programReferences(member(event, 'DemandResponseProgram'))),
    ...subscriptionReferences(device, member(it, 'ProgramSubscription')),
    ...(isNew ? awayReferences(device) : []),
  ]
}

/** With its event, its subscription, and all that its stage and its device are known by; reserved as long as the stage is. */
export function filledParticipation(it: JsonObject, find: Around['find']): JsonObject {
  const its = stageOf(it, find)
  const device = member(it, 'EndDevice') ?? {}
  const subscription = subscriptionOf(it, device, find)?.object
  const known = participantIn(member(subscription, 'EndDevices'), device)
  const interval = member(its?.stage, 'interval')
  return {
    ...(its === undefined ? {} : { ProgramEvent: referenceTo(its.event.object) }),
    ...(subscription === undefined ? {} : { ProgramSubscription: referenceTo(subscription) }),
    ...(interval === undefined ? {} : { reservation: interval }),
    ...it,
    EndDevice: { ...idOf(known), ...objectIn(device) },
    stage: {
      ...(its === undefined ? {} : referenceTo(its.stage)),
      ...objectIn(member(it, 'stage')),
    },
  }
}

function idOf(device: JsonObject | undefined): JsonObject {
  const mRID = member(device, 'mRID')
  return mRID === undefined ? {} : { mRID }
}

function objectIn(it: Json | undefined): JsonObject {
  return isObject(it) ? it : {}
}

/** A device is in a stage once: by any id of the one and of the other. */
export const participationKeys: (it: JsonObject) => readonly string[] = remembered(keysIn)

function keysIn(it: Json | undefined): readonly string[] {
  const devices = participantTexts(member(it, 'EndDevice'))
  return keysOf(member(it, 'stage')).flatMap((stage) =>
    devices.map((device) => JSON.stringify([stage, device])),
  )
}

/** Found under its stage, and as long as it is open under its device. */
export function participationUnder(it: JsonObject, state: string): readonly string[] {
  const [stage] = underStage(member(it, 'stage'))
  return [
    ...(stage === undefined ? [] : [stage]),
    ...(OPEN.includes(state) ? underDevice(member(it, 'EndDevice')) : []),
  ]
}

/** reservations of one device that begin or end on one day, or last over it */
const MOST_IN_DAY = 6
const DAY_MS = 86_400_000
/** what lasts longer is no reservation for an event */
const MOST_DAYS = 32

/** A device is once in a stage, and in one stage at a time. Times meet in a day that they have in common. */
export function participationClaims(it: JsonObject, state: string): readonly Claim[] {
  if (state === 'deleted') return []
  return OPEN.includes(state) ? [...once(it), ...atOneTime(it)] : once(it)
}

/** Asked for each of the states in which it claims anything. */
const [once, atOneTime] = [remembered(inItsStage), remembered(inItsTime)]

function inItsStage(it: Json | undefined): readonly Claim[] {
  return keysIn(it).map((key) => ({
    key,
    rule: 'DEV-DUP',
    reason: 'The device is in the stage already.',
    same: (other) => {
      const id = member(it, 'recordId')
      return id !== undefined && id === member(other, 'recordId')
    },
  }))
}

function inItsTime(it: Json | undefined): readonly Claim[] {
  const reservation = member(it, 'reservation')
  return participantTexts(member(it, 'EndDevice')).flatMap((device) =>
    daysOf(reservation).map((day) => ({
      key: `${day} ${device}`,
      rule: 'RSV-OVERLAP',
      reason: 'The device is reserved for another stage at that time.',
      places: MOST_IN_DAY,
      clashes: (other) => overlaps(reservation, member(other, 'reservation')),
      rival: true,
    })),
  )
}

function daysOf(interval: Json | undefined): readonly number[] {
  const [start, end] = boundsOf(interval)
  if (!Number.isFinite(start) || !Number.isFinite(end) || end <= start) return []
  const [first, last] = [Math.floor(start / DAY_MS), Math.floor((end - 1) / DAY_MS)]
  return Array.from({ length: Math.min(last - first + 1, MOST_DAYS) }, (_, at) => first + at)
}
