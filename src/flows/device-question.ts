// A check of a device as a question to its DERMS: what is kept of it when it is asked, sent, answered, or ends without an
// answer (DC-01, DC-02).

import { sameId } from '../envelope/mrid.ts'
import { isObject, member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Asking, Ended } from './asking.ts'
import { CHECK_FAILURES } from './device-failures.ts'
import { deviceKeys, isSameDevice } from './device.ts'
import type { FilledStep } from './facade-step.ts'
import { keysOf, listOf } from './reference.ts'

/** NameType of the mRID by which a DERMS knows its answer, where that is not the one it was asked under */
export const ANSWER_ID = 'answerID'

/** What a check takes over from its answer. */
const TOLD = ['commState', 'lastCommunication', 'responseDateTime'] as const

/** values of a status by which a DERMS says itself that there is no answer of the device */
const ENDS: readonly string[] = ['unsupported', 'failed', 'timedOut']

/** The check as a question. */
export const DEVICE_QUESTION: Asking = {
  capability: 'deviceStatusCheck',
  begun: (question, now) => ({ ...question, status: { dateTime: now, value: 'accepted' } }),
  sent: (check) => withStatus(check, { value: 'sent' }),
  isAnswer: (question, answer) =>
    isSameID(question, answer) ||
    isSameDevice(member(question, 'EndDevice') ?? {}, member(answer, 'EndDevice') ?? {}),
  whole: (question, answer) => ({ EndDevice: member(question, 'EndDevice') ?? {}, ...answer }),
  answered: (check, answer, isLate) => {
    const told = { ...check, ...namedBy(check, answer), ...toldBy(answer) }
    return isLate ? { ...told, late: true } : withStatus(told, statusOf(answer))
  },
  ended: (check, { kind, code, reason }: Ended) =>
    withStatus(
      { ...check, commState: 'unknown' },
      { value: kind, reason, remark: `Reply code ${code}.` },
    ),
  keys: (question) => [...keysOf(question), ...deviceKeys(member(question, 'EndDevice'))],
  failures: CHECK_FAILURES,
  about: {
    objectType: 'EndDevice',
    of: (question) => {
      const device = member(question, 'EndDevice')
      return isObject(device) ? device : {}
    },
  },
  known: [
    { noun: 'DERRegistrations', isWhole: false, has: (it, asked) => isOfDevice(it, asked) },
    { noun: 'ProgramEnrollments', isWhole: true, has: takesPart },
    { noun: 'ProgramSubscriptions', isWhole: true, has: takesPart },
  ],
}

/** `POST device-status-checks/{id}:reply`: the answer of whoever was asked. */
export const DEVICE_REPLY: FilledStep = {
  answers: true,
  takes: { commState: taken('commState', 'reachable, unreachable or unknown') },
  mayTake: {
    lastCommunication: taken('lastCommunication', 'when it was last heard from'),
    responseDateTime: taken('responseDateTime', 'when it has answered'),
    status: taken('status', 'of no answer of the device: unsupported, failed or timedOut, and why'),
    EndDevice: taken('EndDevice', 'the device, where the check is not known here'),
  },
  change: (check, { status, EndDevice, ...told }) => ({
    EndDevice: EndDevice ?? {},
    ...check,
    ...told,
    status: isObject(status) ? status : { value: 'answered' },
  }),
}

function isOfDevice(object: JsonObject, question: JsonObject): boolean {
  return isSameDevice(member(object, 'EndDevice') ?? {}, member(question, 'EndDevice') ?? {})
}

function takesPart(object: JsonObject, question: JsonObject): boolean {
  return listOf(object, 'EndDevices').some((EndDevice) => isOfDevice({ EndDevice }, question))
}

function taken(at: string, about: string) {
  return { about, at }
}

/** Where it says nothing of its own state, the answer is there, good or bad. */
function statusOf(answer: JsonObject): JsonObject {
  const status = member(answer, 'status')
  const value = member(status, 'value')
  const own = typeof value === 'string' && ENDS.includes(value) ? value : 'answered'
  const said = ['reason', 'remark'].flatMap((it) => {
    const text = member(status, it)
    return text === undefined ? [] : [[it, text] as const]
  })
  return { ...Object.fromEntries(said), value: own }
}

/** The time at which it began is not that of what it has come to: that is written when it is kept. */
function withStatus(check: JsonObject, status: JsonObject): JsonObject {
  const was = member(check, 'status')
  const dateTime = member(was, 'dateTime')
  return { ...check, status: { ...(dateTime === undefined ? {} : { dateTime }), ...status } }
}

function toldBy(answer: JsonObject): JsonObject {
  return Object.fromEntries(
    TOLD.flatMap((it): readonly (readonly [string, Json])[] => {
      const value = member(answer, it)
      return value === undefined ? [] : [[it, value]]
    }),
  )
}

function namedBy(check: JsonObject, answer: JsonObject): JsonObject {
  const mRID = member(answer, 'mRID')
  if (typeof mRID !== 'string' || isSameID(check, answer)) return {}
  const link = { name: mRID, NameType: { name: ANSWER_ID } }
  const others = listOf(check, 'Names').filter(
    (it) => !isObject(it['NameType']) || it['NameType']['name'] !== ANSWER_ID,
  )
  return { Names: [...others, link] }
}

function isSameID(a: JsonObject, b: JsonObject): boolean {
  const [one, other] = [member(a, 'mRID'), member(b, 'mRID')]
  return typeof one === 'string' && typeof other === 'string' && sameId(one, other)
}
