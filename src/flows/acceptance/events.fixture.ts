// For tests only: events of programmes in stages, and devices that are reserved for them.

import { listOf } from '../reference.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { fresh } from './connection.fixture.ts'
import type { Identified } from './connection.fixture.ts'

export const EVENTS = 'ProgramEvents'
export const PARTICIPATIONS = 'EventParticipations'
export const UNAVAILABILITIES = 'DeviceUnavailabilities'

/** A name of a type. */
export function nameOf(name: string, type: string): JsonObject {
  return { name, NameType: { name: type } }
}

/** The programme of all events here. */
export const PROGRAM: JsonObject = { Names: [nameOf('PEAK-SAVER', 'programCode')] }

/** Hours of 14 July 2026 between which a stage lasts. */
export type Hours = readonly [from: number, to: number]

/** 14 July 2026 at this hour. */
export function at(hour: number): string {
  return new Date(Date.UTC(2026, 6, 14, 0, 0, 0, Math.round(hour * 3_600_000))).toISOString()
}

/** Scheduled; known here by an mRID, and elsewhere by an external id. */
export function stage([from, to]: Hours, more: JsonObject = {}): Identified {
  const mRID = fresh()
  return {
    mRID,
    interval: { end: at(to), start: at(from) },
    Names: [nameOf(`S-${mRID}`, 'externalId')],
    status: { value: 'SCHEDULED' },
    targetReduction: { multiplier: 'k', unit: 'W', value: 4200 },
    ...more,
  }
}

/** An event with a stage in each of these hours. */
export function event(hours: readonly Hours[], more: JsonObject = {}): Identified {
  const mRID = fresh()
  return {
    mRID,
    category: 'RELIABILITY',
    DemandResponseProgram: PROGRAM,
    Names: [nameOf(`E-${mRID}`, 'externalId')],
    stages: hours.map((it) => stage(it)),
    ...more,
  }
}

/** The stages of an event, each with its mRID. */
export function stagesIn(its: JsonObject): readonly Identified[] {
  return listOf(its, 'stages') as readonly Identified[]
}

/** One stage of an event in another state. */
export function stageAs(its: Identified, place: number, value: string): JsonObject {
  const { mRID = '' } = stagesIn(its)[place] ?? {}
  return { mRID: its.mRID, stages: [{ mRID, status: { value } }] }
}

/** A device by its key. */
export function device(nicId: string, headEnd = 'HES-NORTH'): JsonObject {
  return {
    Names: [{ name: nicId, NameType: { name: 'nicId', NameTypeAuthority: { name: headEnd } } }],
  }
}

let count = 0

/** A device that nobody else has. */
export function freshDevice(): JsonObject {
  count += 1
  return device(String(135_500_000 + count).padStart(20, '0'))
}

/** A device reserved for a stage of an event. */
export function reservation(
  its: Identified,
  of: JsonObject,
  more: JsonObject = {},
  place = 0,
): Identified {
  const { mRID = '' } = stagesIn(its)[place] ?? {}
  return {
    mRID: fresh(),
    EndDevice: of,
    ProgramEvent: { mRID: its.mRID },
    stage: { mRID },
    ...more,
  }
}
