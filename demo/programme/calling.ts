// The event of a season: planned in three stages, devices reserved for each, some left out of it by their customers; the first
// two are carried out, the third is cancelled.

import type { JsonObject } from '../../src/index.ts'
import { PROGRAM, batches, endDevice, idOf } from './devices.ts'
import type { Device } from './devices.ts'
import { SIZE, sent, total } from './step.ts'
import type { SeasonParts, SeasonStep } from './step.ts'

/** of so many devices in a stage one opts out */
const LEAVES_OF = 50

/** An event of three stages: the first two are carried out, the last is cancelled. */
export function calling({ cast, devices, now }: SeasonParts): readonly SeasonStep[] {
  const { cpm, 'dso-derms': derms, lec } = cast
  const eligible = devices.filter((it) => it.isEligible)
  const stages = STAGES.map((n) => eligible.filter((it) => stageOf(it) === n))
  const event = eventAt(now)
  const leaving = leavingOf(devices)
  const staying = [0, 1].map((n) => (stages[n] ?? []).filter((it) => !leaves(it)))
  const told = (value: string, n: number) => ({
    mRID: event['mRID'] as string,
    stages: [{ mRID: stageId(n), status: { value } }],
  })
  return [
    {
      title: 'an event of three stages',
      answers: 1,
      run: (tell) => sent(derms, 'create ProgramEvents', [[event]], { tell }),
      totals: () => [
        total('events known to the CPM', 1, cpm, 'create ProgramEvents'),
        total('events known to LEC', 1, lec, 'create ProgramEvents'),
      ],
    },
    {
      title: 'devices are reserved, a list for each stage',
      answers: STAGES.length,
      run: (tell) =>
        sent(
          derms,
          'create EventParticipations',
          stages.map((all, n) => all.map((it) => participation(it, n))),
          { tell, later: true },
        ),
      totals: () => [total('devices reserved', eligible.length, cpm, 'create EventParticipations')],
    },
    {
      title: 'customers opt out',
      answers: leaving.length,
      run: (tell) =>
        sent(
          cpm,
          'change EventParticipations',
          batches(
            leaving.map((it) => ({ mRID: it.participation, preemptiveOptOut: true })),
            1,
          ),
          { tell },
        ),
      totals: () => [
        total('opt-outs known to the DERMS', leaving.length, derms, 'change EventParticipations'),
      ],
    },
    {
      title: 'the third stage is cancelled',
      answers: 1,
      run: (tell) => sent(derms, 'change ProgramEvents', [[told('CANCELED', 2)]], { tell }),
      totals: () => [total('stages cancelled', 1, cpm, 'change ProgramEvents')],
    },
    {
      title: 'two stages are carried out',
      answers: 4,
      run: async (tell) => {
        for (const value of ['IN_PROGRESS', 'COMPLETED'])
          for (const n of [0, 1])
            await sent(derms, 'change ProgramEvents', [[told(value, n)]], { tell })
      },
      totals: () => [],
    },
    {
      title: 'outcomes, device by device',
      answers: staying.flatMap((it) => batches(it, SIZE)).length,
      run: (tell) =>
        sent(
          derms,
          'changed EventParticipations',
          staying.flatMap((it) => batches(it.map(outcome), SIZE)),
          { tell },
        ),
      totals: () => [
        total(
          'outcomes known to the CPM',
          staying.flat().length,
          cpm,
          'changed EventParticipations',
        ),
      ],
    },
  ]
}

const STAGES = [0, 1, 2] as const

function leaves({ n }: Device): boolean {
  return n % LEAVES_OF === 1
}

/** Those that an event was carried out with, and where. */
export function calledOf(devices: readonly Device[]): readonly Device[] {
  return devices.filter((it) => it.isEligible && !leaves(it) && stageOf(it) < 2)
}

/** Those whose customers opt out. */
export function leavingOf(devices: readonly Device[]): readonly Device[] {
  return devices.filter((it) => it.isEligible && leaves(it))
}

/** Those that are released, because their stage is cancelled. */
export function cancelledOf(devices: readonly Device[]): readonly Device[] {
  return devices.filter((it) => it.isEligible && !leaves(it) && stageOf(it) === 2)
}

/** The stage that a device is reserved for. */
export function stageOf({ n }: Device): number {
  return n % STAGES.length
}

export const EVENT = idOf(6, 0)

/** mRID of a stage. */
export function stageId(n: number): string {
  return idOf(6, n + 1)
}

const [MINUTE_MS, HOUR_MS] = [60_000, 3_600_000]

/** Soon enough to be told of as begun and over at once: clocks may differ by an hour. */
function eventAt(now: number): JsonObject {
  const at = (ms: number) => new Date(now + ms).toISOString()
  const interval = { start: at(20 * MINUTE_MS), end: at(50 * MINUTE_MS) }
  const stages = STAGES.map((n) => ({
    mRID: stageId(n),
    Names: [{ name: `EVT-1-S${n + 1}`, NameType: { name: 'externalId' } }],
    interval,
    status: { value: 'SCHEDULED' },
    targetReduction: { multiplier: 'k', unit: 'W', value: 4000 },
  }))
  return {
    mRID: EVENT,
    Names: [{ name: 'EVT-1', NameType: { name: 'externalId' } }],
    category: 'RELIABILITY',
    createdDateTime: at(-HOUR_MS),
    DemandResponseProgram: { mRID: PROGRAM.mRID },
    stages,
  }
}

function participation(it: Device, stage: number): JsonObject {
  return {
    mRID: it.participation,
    recordId: `${it.n}`,
    EndDevice: endDevice(it),
    ProgramEvent: { mRID: EVENT },
    stage: { mRID: stageId(stage) },
  }
}

function outcome(it: Device): JsonObject {
  return { mRID: it.participation, state: 'CLOSED', outcome: 'success' }
}
