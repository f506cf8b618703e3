// A system of demand response programmes, small and pure: enrollments, subscriptions, events with their reservations and
// outcomes, unavailability, device checks and settlements, as far as cases ask for them (Oracle functional overview, DR event
// journey). What it decides stands in program-enrolling.ts and program-events.ts.

import { textsAt } from '../find.ts'
import { answeringLater } from './answering-later.ts'
import { draftOf, idOf } from './drafts.ts'
import { peerOf } from './party.ts'
import type { Ask, Doing, Done, Party } from './party.ts'
import type { Peer } from './peer.ts'
import { all, devicesOf, one, placed, removed } from './program-content.ts'
import type { Kept } from './program-content.ts'
import * as enrolling from './program-enrolling.ts'
import * as events from './program-events.ts'
import * as files from './program-files.ts'
import { each, nameIn } from './program-rules.ts'
import type { Deed, Guard, Ruled } from './program-rules.ts'
import { credited, miscalculated, unfinished } from './settlement.ts'
import { element } from './write.ts'

const NOUNS = [
  ...['ProgramEnrollments', 'ProgramSubscriptions', 'ProgramEvents', 'EventParticipations'],
  ...['DeviceUnavailabilities', 'EndDeviceStatuses', 'ProgramSettlements', 'SettlementCredits'],
  ...['Programs', 'FileTransfers', 'DeviceScores', 'CustomerConfig'],
]

/** It keeps what it is told. */
const kept =
  (noun: string): Deed =>
  (before, it) =>
    placed(before, noun, it)

/** The first answer is the answer. */
const answeredOnce: Deed = (before, it) =>
  one(before, 'EndDeviceStatuses', idOf(it)) !== undefined
    ? before
    : placed(before, 'EndDeviceStatuses', it)

/** What it does with objects of messages, and why it refuses them; the first guard that refuses says why. */
const RULED: Readonly<Record<string, Ruled>> = {
  'create ProgramEnrollments': {
    guards: [
      ...[enrolling.conflicting, enrolling.keyless, enrolling.twin],
      ...[enrolling.taken, enrolling.shared],
    ],
    deed: enrolling.enrolled,
  },
  'change ProgramEnrollments': {
    guards: [enrolling.missing('ProgramEnrollments')],
    deed: enrolling.advanced,
  },
  'create ProgramSubscriptions': { guards: [enrolling.premature], deed: enrolling.subscribed },
  'change ProgramSubscriptions': {
    guards: [enrolling.missing('ProgramSubscriptions'), enrolling.absent],
    deed: enrolling.replaced,
  },
  'changed ProgramSubscriptions': {
    guards: [enrolling.missing('ProgramSubscriptions')],
    deed: enrolling.acknowledged,
  },
  'close ProgramSubscriptions': {
    guards: [enrolling.missing('ProgramSubscriptions'), enrolling.endless],
    deed: enrolling.closed,
  },
  'create ProgramEvents': { guards: [], deed: kept('ProgramEvents') },
  'change ProgramEvents': {
    guards: [enrolling.missing('ProgramEvents'), events.early, events.backward],
    deed: events.moved,
  },
  'cancel ProgramEvents': {
    guards: [enrolling.missing('ProgramEvents'), events.begun],
    deed: events.cancelled,
  },
  'create EventParticipations': {
    guards: [
      ...[events.unplanned, events.strange, events.inactive, events.pending],
      ...[events.again, events.overlapping, events.away()],
    ],
    deed: events.reserved,
  },
  'created EventParticipations': { guards: [], deed: events.told },
  'change EventParticipations': {
    guards: [
      ...[events.unreserved, events.optedOut, events.open],
      ...[events.barred, events.cutOff, events.late],
    ],
    deed: events.participated,
  },
  'create DeviceUnavailabilities': {
    guards: [],
    deed: kept('DeviceUnavailabilities'),
    notes: (before, it) => {
      const ids = events.reservedThen(before, it).map(idOf).join(', ')
      return ids === '' ? [] : [{ code: '0.0', reason: `Reserved in that time: ${ids}.` }]
    },
  },
  'created EndDeviceStatuses': { guards: [], deed: answeredOnce },
  'changed EndDeviceStatuses': { guards: [], deed: answeredOnce },
  'create ProgramSettlements': {
    guards: [unfinished, miscalculated()],
    deed: kept('ProgramSettlements'),
  },
  // Whoever is known is believed: what it is told of customers changes nothing here.
  'create CustomerConfig': { guards: [], deed: (before) => before },
  'create Programs': { guards: [], deed: kept('Programs') },
  'delete Programs': {
    guards: [enrolling.missing('Programs')],
    deed: (before, it) => removed(before, 'Programs', it),
  },
  'created FileTransfers': { guards: [files.delivered], deed: files.carried },
  'changed FileTransfers': {
    guards: [enrolling.missing('FileTransfers')],
    deed: files.carried,
  },
  'created DeviceScores': { guards: [files.older, files.doubled], deed: kept('DeviceScores') },
  'changed DeviceScores': { guards: [files.older, files.doubled], deed: kept('DeviceScores') },
  'create SettlementCredits': { guards: [credited], deed: kept('SettlementCredits') },
}

/** @param state what becomes of a check of a device that is known */
export function checked(state: string, isKnownTo = isEnrolled): Doing<Kept> {
  return (before, ask) => {
    if (ask.content === undefined) return lookUp(before, ask)
    const ids = textsAt(ask.content, 'EndDeviceStatus/EndDevice/mRID')
    const ns = draftOf('EndDeviceStatuses')
    const found = ids
      .filter((it) => isKnownTo(before, it))
      .map((it) =>
        element(ns, 'EndDeviceStatus', [
          element(ns, 'commState', 'reachable'),
          element(ns, 'EndDevice', [element(ns, 'mRID', it)]),
          element(ns, 'status', [element(ns, 'value', state)]),
        ]),
      )
    const unknown = ids.filter((it) => !isKnownTo(before, it))
    return answer(before, 'EndDeviceStatuses', found, unknown, 'EndDevice')
  }
}

function isEnrolled(before: Kept, device: string): boolean {
  return all(before, 'ProgramEnrollments').some((it) => devicesOf(it).has(device))
}

function lookUp(before: Kept, { noun, ids }: Ask): Done<Kept> {
  const found = ids.flatMap((it) => one(before, noun, it) ?? [])
  const unknown = ids.filter((it) => one(before, noun, it) === undefined)
  return answer(before, noun, found, unknown, nameIn(noun))
}

function answer(
  state: Kept,
  noun: string,
  found: Parameters<typeof element>[2] & readonly unknown[],
  unknown: readonly string[],
  objectType: string,
): Done<Kept> {
  const failures = unknown.map((id) => {
    return { code: '99.1', reason: `There is no such ${objectType}.`, id, objectType }
  })
  const payload = found.length === 0 ? undefined : element(draftOf(noun), noun, found)
  return { state, failures, isPartly: found.length > 0, payload }
}

/** What it takes, as a table. */
const PROGRAMS_TABLE: Party<Kept> = {
  role: 'GW',
  namespaces: NOUNS.map(draftOf),
  start: new Map(),
  takes: {
    ...Object.fromEntries(Object.entries(RULED).map(([what, it]) => [what, each(it)])),
    ...Object.fromEntries(NOUNS.map((it) => [`get ${it}`, lookUp])),
    'get EndDeviceStatuses': checked('answered'),
  },
}

/** The reference peer. */
export const PROGRAMS = answeringLater(peerOf(PROGRAMS_TABLE)) as Peer

/** The same with other rows: a broken one. */
export function programsWith(rows: Party<Kept>['takes']): Peer {
  const table = { ...PROGRAMS_TABLE, takes: { ...PROGRAMS_TABLE.takes, ...rows } }
  return answeringLater(peerOf(table)) as Peer
}

/** It decides about these messages otherwise. @param carriedOut each object for itself */
export function programsDoing(
  what: string,
  change: (it: Ruled) => Partial<Ruled>,
  carriedOut = each,
): Peer {
  const ruled = RULED[what]
  if (ruled === undefined) throw new Error(`nothing is decided about ${what}`)
  return programsWith({ [what]: carriedOut({ ...ruled, ...change(ruled) }) })
}

/** It does not look at this. */
export function programsWithout(what: string, guard: Guard): Peer {
  return programsDoing(what, ({ guards }) => ({ guards: guards.filter((it) => it !== guard) }))
}
