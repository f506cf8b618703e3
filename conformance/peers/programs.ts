// A system of demand response programmes, small and pure: enrollments, subscriptions, events with their reservations,
// unavailability, device checks and settlements, as far as cases ask for them (Oracle functional overview, DR event journey).

import { find, textAt, textsAt } from '../find.ts'
import type { Node } from '../xml.ts'
import { draftOf, idOf } from './drafts.ts'
import { peerOf } from './party.ts'
import type { Ask, Doing, Done, Failure, Party } from './party.ts'
import type { Peer, Tools } from './peer.ts'
import {
  isOverlapping,
  placed,
  stageOf,
  statusOf,
  withChild,
  withStages,
} from './program-content.ts'
import type { Kept } from './program-content.ts'
import { settled } from './settlement.ts'
import { element, writeXml } from './write.ts'

const NOUNS = [
  ...['ProgramEnrollments', 'ProgramSubscriptions', 'ProgramEvents', 'EventParticipations'],
  ...['DeviceUnavailabilities', 'EndDeviceStatuses', 'ProgramSettlements'],
]

/** What one object of a message comes to. */
type One = (kept: Kept, object: Node, tools: Tools) => Kept | Failure

const objectOf = (noun: string) => noun.replace(/ies$/, 'y').replace(/ses$/, 's').replace(/s$/, '')

/** Each object of a message for itself. */
function each(one: One): Doing<Kept> {
  return (before, { noun, content }, tools) => {
    let kept = before
    const failures: Failure[] = []
    const all = find(content, nameIn(noun))
    for (const it of all) {
      const done = one(kept, it, tools)
      if ('code' in done) failures.push({ ...done, id: idOf(it), objectType: nameIn(noun) })
      else kept = done
    }
    return { state: kept, failures, isPartly: failures.length < all.length }
  }
}

function nameIn(noun: string): string {
  return noun === 'EndDeviceStatuses' ? 'EndDeviceStatus' : objectOf(noun)
}

function refused(rule: string, reason: string, code = '6.1'): Failure {
  return { code, rule, reason }
}

/** The key of a device in the field: its network id at its head end. */
function keysOf(object: Node): readonly string[] {
  return find(object, 'EndDevices').flatMap((it) =>
    find(it, 'Names')
      .filter((one) => textAt(one, 'NameType/name') === 'nicId')
      .map((one) => `${textAt(one, 'NameType/NameTypeAuthority/name')} ${textAt(one, 'name')}`),
  )
}

function all(kept: Kept, noun: string): readonly Node[] {
  return [...kept].filter(([key]) => key.startsWith(`${noun} `)).map(([, it]) => it)
}

function enroll(kept: Kept, object: Node): Kept | Failure {
  const own = textAt(object, 'transactionId')
  const others = all(kept, 'ProgramEnrollments')
  const known = others.find((it) => textAt(it, 'transactionId') === own)
  if (known !== undefined) {
    const isSame = writeXml(withChild(known, 'status', undefined)) === writeXml(object)
    return isSame ? kept : refused('ENR-CONFLICT', 'The transaction is another one here.')
  }
  const keys = keysOf(object)
  if (keys.length < find(object, 'EndDevices').length)
    return refused('ENR-DEVICE', 'A device of the customer has nicId and head end.', '5.8')
  const taken = others.flatMap(keysOf)
  const twice = keys.filter((it, at) => keys.indexOf(it) !== at || taken.includes(it))
  if (twice.length > 0)
    return refused('DEV-DUP', `Twice, as devices ${indices(keys, twice)}: ${twice.join(', ')}.`)
  return placed(kept, 'ProgramEnrollments', statusOf(object, 'PENDING'))
}

function indices(keys: readonly string[], twice: readonly string[]): string {
  return keys.flatMap((it, at) => (twice.includes(it) ? [String(at + 1)] : [])).join(' and ')
}

function advance(kept: Kept, object: Node): Kept | Failure {
  const known = kept.get(`ProgramEnrollments ${idOf(object)}`)
  if (known === undefined) return { code: '99.1', reason: 'There is no such enrollment.' }
  const state = textAt(object, 'status/value') ?? ''
  return placed(kept, 'ProgramEnrollments', statusOf(known, state))
}

function subscribe(kept: Kept, object: Node): Kept | Failure {
  const enrollment = kept.get(
    `ProgramEnrollments ${textAt(object, 'ProgramEnrollment/mRID') ?? ''}`,
  )
  return textAt(enrollment, 'status/value') === 'COMPLETED'
    ? placed(kept, 'ProgramSubscriptions', object)
    : refused('SUB-SM', 'Its enrollment is not completed.')
}

function unsubscribe(kept: Kept, object: Node, { now }: Tools): Kept | Failure {
  const known = kept.get(`ProgramSubscriptions ${idOf(object)}`)
  if (known === undefined) return { code: '99.1', reason: 'There is no such subscription.' }
  const [interval] = find(known, 'validityInterval')
  const ended = interval && {
    ...interval,
    children: [element(known.ns, 'end', now), ...find(interval, 'start')],
  }
  const children = known.children.map((it) =>
    it.name === 'EndDevices' ? statusOf(it, 'excluded') : it,
  )
  const left = withChild({ ...known, children }, 'validityInterval', ended)
  return placed(kept, 'ProgramSubscriptions', statusOf(left, 'INACTIVE'))
}

function moveStages(kept: Kept, object: Node): Kept | Failure {
  const known = kept.get(`ProgramEvents ${idOf(object)}`)
  if (known === undefined) return { code: '99.1', reason: 'There is no such event.' }
  const asked = find(object, 'stages')
  const was = (it: Node) => textAt(stageOf(known, idOf(it)), 'status/value')
  const isEarly = asked.some(
    (it) => textAt(it, 'status/value') === 'COMPLETED' && was(it) !== 'IN_PROGRESS',
  )
  if (isEarly) return refused('STG-ORDER', 'A stage is in progress before it is completed.')
  const to = (it: Node) => asked.find((one) => idOf(one) === idOf(it))
  const event = withStages(known, (it) =>
    statusOf(it, textAt(to(it), 'status/value') ?? was(it) ?? ''),
  )
  return placed(kept, 'ProgramEvents', event)
}

/** All of it, before it begins, or none. */
function cancel(kept: Kept, object: Node, { now }: Tools): Kept | Failure {
  const known = kept.get(`ProgramEvents ${idOf(object)}`)
  if (known === undefined) return { code: '99.1', reason: 'There is no such event.' }
  const isLate = find(known, 'stages').some(
    (it) => hasBegun(it, now) || textAt(it, 'status/value') !== 'SCHEDULED',
  )
  if (isLate) return refused('STG-LATE', 'A stage has begun.')
  const event = withStages(known, (it) => statusOf(it, 'CANCELED'))
  const concerned = (it: Node) => textAt(it, 'ProgramEvent/mRID') === idOf(known)
  return released(placed(kept, 'ProgramEvents', event), concerned)
}

function hasBegun(stage: Node | undefined, now: string): boolean {
  return Date.parse(textAt(stage, 'interval/start') ?? '') <= Date.parse(now)
}

function released(kept: Kept, isMeant: (participation: Node) => boolean): Kept {
  return all(kept, 'EventParticipations')
    .filter((it) => isMeant(it) && textAt(it, 'state') === 'RESERVED')
    .reduce((done, it) => placed(done, 'EventParticipations', inState(it, 'RELEASED')), kept)
}

function inState(participation: Node, state: string): Node {
  const { ns } = participation
  const reserved = element(ns, 'reserved', String(state === 'RESERVED'))
  return withChild(
    withChild(participation, 'reserved', reserved),
    'state',
    element(ns, 'state', state),
  )
}

function stageIn(kept: Kept, participation: Node): Node | undefined {
  const event = kept.get(`ProgramEvents ${textAt(participation, 'ProgramEvent/mRID') ?? ''}`)
  return stageOf(event, textAt(participation, 'stage/mRID') ?? '')
}

function reserve(kept: Kept, object: Node): Kept | Failure {
  const stage = stageIn(kept, object)
  if (stage === undefined) return { code: '99.1', reason: 'There is no such stage.' }
  const device = textAt(object, 'EndDevice/mRID') ?? ''
  const isOut = all(kept, 'ProgramSubscriptions').some(
    (it) =>
      textsAt(it, 'EndDevices/mRID').includes(device) && textAt(it, 'status/value') === 'INACTIVE',
  )
  if (isOut) return refused('RSV-INACT', 'Its subscription is not active.')
  const isAway = all(kept, 'DeviceUnavailabilities').some(
    (it) => textsAt(it, 'EndDevices/mRID').includes(device) && isOverlapping(it, stage),
  )
  if (isAway) return refused('RSV-UNAV', 'The device is unavailable then.')
  return placed(kept, 'EventParticipations', inState(object, 'RESERVED'))
}

function optOut(kept: Kept, object: Node, { now }: Tools): Kept | Failure {
  const known = kept.get(`EventParticipations ${idOf(object)}`)
  if (known === undefined) return { code: '99.1', reason: 'There is no such participation.' }
  if (hasBegun(stageIn(kept, known), now)) return refused('OPT-LATE', 'The stage has begun.')
  return placed(kept, 'EventParticipations', inState(known, 'OPTED_OUT'))
}

function leave(kept: Kept, object: Node): Kept | Failure {
  const devices = textsAt(object, 'EndDevices/mRID')
  const isMeant = (it: Node) => {
    const stage = stageIn(kept, it)
    const device = textAt(it, 'EndDevice/mRID') ?? ''
    return stage !== undefined && devices.includes(device) && isOverlapping(object, stage)
  }
  return released(placed(kept, 'DeviceUnavailabilities', object), isMeant)
}

/** @param state what becomes of a check of a device that is known */
export function checked(state: string): Doing<Kept> {
  return (kept, { content }) => {
    const ids = textsAt(content, 'EndDeviceStatus/EndDevice/mRID')
    const known = all(kept, 'ProgramEnrollments').flatMap((it) => textsAt(it, 'EndDevices/mRID'))
    const ns = draftOf('EndDeviceStatuses')
    const found = ids
      .filter((it) => known.includes(it))
      .map((it) =>
        element(ns, 'EndDeviceStatus', [
          element(ns, 'commState', 'reachable'),
          element(ns, 'EndDevice', [element(ns, 'mRID', it)]),
          element(ns, 'status', [element(ns, 'value', state)]),
        ]),
      )
    const failures = ids
      .filter((it) => !known.includes(it))
      .map((id) => ({
        code: '99.1',
        reason: 'There is no such device.',
        id,
        objectType: 'EndDevice',
      }))
    const payload = found.length === 0 ? undefined : element(ns, 'EndDeviceStatuses', found)
    return { state: kept, failures, isPartly: found.length > 0, payload }
  }
}

function lookUp(kept: Kept, { noun, ids }: Ask): Done<Kept> {
  const found = ids.flatMap((it) => kept.get(`${noun} ${it}`) ?? [])
  const failures = ids
    .filter((it) => !kept.has(`${noun} ${it}`))
    .map((id) => ({
      code: '99.1',
      reason: 'There is no such object.',
      id,
      objectType: nameIn(noun),
    }))
  const payload = found.length === 0 ? undefined : element(draftOf(noun), noun, found)
  return { state: kept, failures, isPartly: found.length > 0, payload }
}

/** What it takes, as a table. */
export const PROGRAMS_TABLE: Party<Kept> = {
  role: 'GW',
  namespaces: NOUNS.map(draftOf),
  start: new Map(),
  takes: {
    'create ProgramEnrollments': each(enroll),
    'change ProgramEnrollments': each(advance),
    'create ProgramSubscriptions': each(subscribe),
    'close ProgramSubscriptions': each(unsubscribe),
    'create ProgramEvents': each((kept, it) => placed(kept, 'ProgramEvents', it)),
    'change ProgramEvents': each(moveStages),
    'cancel ProgramEvents': each(cancel),
    'create EventParticipations': each(reserve),
    'change EventParticipations': each(optOut),
    'create DeviceUnavailabilities': each(leave),
    'create ProgramSettlements': each((kept, it, { now }) =>
      placed(kept, 'ProgramSettlements', settled(it, now)),
    ),
    'get EndDeviceStatuses': checked('answered'),
    ...Object.fromEntries(
      NOUNS.filter((it) => it !== 'EndDeviceStatuses').map((it) => [`get ${it}`, lookUp]),
    ),
  },
}

/** The reference peer. */
export const PROGRAMS = peerOf(PROGRAMS_TABLE) as Peer

/** The same with other rows: a broken one. */
export function programsWith(rows: Party<Kept>['takes']): Peer {
  return peerOf({ ...PROGRAMS_TABLE, takes: { ...PROGRAMS_TABLE.takes, ...rows } }) as Peer
}

/** It keeps what it is told, and looks at nothing. */
export function keeping(noun: string, change: (it: Node) => Node = (it) => it): Doing<Kept> {
  return each((kept, it) => placed(kept, noun, change(it)))
}
