// What has to hold of a device in a stage: before it is reserved, before its customer leaves, and of its outcome.

import { isTrue, member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { aboutDevice, deviceKeys, deviceText, unnamed } from './device.ts'
import { statusOf } from './document-status.ts'
import type { Around, Breach, Placed } from './flow.ts'
import { boundsOf, isForward } from './interval.ts'
import { participantIn, subscriptionOf } from './participant.ts'
import { namedAsStage, stageOf } from './participation-refs.ts'
import { participationState, participationTrigger } from './participation-state.ts'
import { allowsOptOut, optOutCutoffMs, programKeys, programOf } from './program-terms.ts'
import { keysOf, sameReference } from './reference.ts'
import { stagesOf } from './stages.ts'
import { isExcluded, registrationOf } from './subscription-sync.ts'
import { awayAt } from './unavailable.ts'

/** What a request is judged by. */
export function participationBreaches(
  after: JsonObject,
  around: Around,
  before: Placed | undefined,
): readonly Breach[] {
  if (before === undefined) return reservationBreaches(after, around)
  const trigger = participationTrigger(before.object, after)
  if (trigger === 'optOut') return optOutBreaches(after, around, before)
  return outcomeBreaches(after, around, before)
}

/** RS-01: whether the device can be reserved at all. */
function reservationBreaches(it: JsonObject, around: Around): readonly Breach[] {
  const own = [...stageBreaches(it, around), ...deviceBreaches(it, around)]
  if (!isForward(member(it, 'reservation')))
    return [...own, refused('RSV-INTERVAL', 'The reservation does not end after it starts.')]
  const away = awayAt(member(it, 'EndDevice'), member(it, 'reservation'), around.find)
  if (away === undefined) return own
  const [start, end] = ['start', 'end'].map((name) => member(member(away, 'period'), name))
  const reason = `The device ${nameOf(it)} is not to be called from ${start} to ${end}.`
  return [...own, refused('RSV-UNAV', reason)]
}

function stageBreaches(it: JsonObject, { find, knows, now }: Around): readonly Breach[] {
  const its = stageOf(it, find)
  const [key = ''] = keysOf(member(it, 'stage'))
  if (its === undefined) return knows?.('ProgramEvents') === true ? [strange(key, it, find)] : []
  const state = statusOf(its.stage)
  const [start] = boundsOf(member(its.stage, 'interval'))
  if (state !== 'SCHEDULED')
    return [
      refused(
        'RSV-STAGE',
        `Devices are reserved for a stage that is SCHEDULED; ${key} is ${state}.`,
      ),
    ]
  return start > Date.parse(now) ? [] : [refused('RSV-STAGE', `The stage ${key} has begun.`)]
}

/** Who takes an event for its stage hears which stages it has. */
function strange(key: string, it: JsonObject, find: Around['find']): Breach {
  const event = find(namedAsStage(it))?.object
  const stages = stagesOf(event).flatMap((one) => keysOf(one).slice(-1))
  const reason =
    event === undefined
      ? `The stage ${key} is not known here.`
      : `${key} is an event, and devices are reserved for one of its stages: ${stages.join(', ')}.`
  return { rule: 'RSV-STAGE', code: '99.1', reason }
}

/** G-AC27: it takes part in the programme, and its DERMS knows that. */
function deviceBreaches(it: JsonObject, { find, knows }: Around): readonly Breach[] {
  const device = member(it, 'EndDevice') ?? {}
  const keys = deviceKeys(device)
  if (keys.length === 0) return unnamed('EndDevice', keys)
  const subscription = subscriptionOf(it, device, find)
  if (subscription === undefined) {
    // What has passed here on its way to a DERMS is what there is.
    if (knows?.('ProgramSubscriptions') !== true) return []
    const reason = `The device ${nameOf(it)} takes part in no programme.`
    return [{ rule: 'RSV-INACT', code: '99.1', reason }]
  }
  const why = inactive(subscription, it, find)
  return why === undefined ? [] : [refused('RSV-INACT', `The device ${nameOf(it)} ${why}.`)]
}

/** Why a subscription does not make the device one that can be called; undefined where it does. */
function inactive(
  { state, object }: Placed,
  participation: JsonObject,
  find: Around['find'],
): string | undefined {
  if (!state.startsWith('ACTIVE')) return 'takes part no longer, or not yet'
  const isPartly = state === 'ACTIVE_partial'
  if (state !== 'ACTIVE_synced' && !isPartly)
    return 'takes part, but its DERMS has not acknowledged that'
  const device = participantIn(member(object, 'EndDevices'), member(participation, 'EndDevice'))
  if (device === undefined) return 'is none of those in the subscription'
  if (isExcluded(device)) return 'has been taken out'
  const registration = registrationOf(device)
  // What is acknowledged for some is so for those that are said to be registered.
  const isUnsaid = registration === undefined && !isPartly
  if (!isUnsaid && registration !== 'Registered') return 'is not registered'
  const event = stageOf(participation, find)?.event.object
  const [program, other] = [event, object].map((it) => member(it, 'DemandResponseProgram'))
  const isOther =
    event !== undefined &&
    !sameReference(program, other) &&
    !programKeys(program, find).some((it) => keysOf(other).includes(it))
  return isOther ? 'takes part in another programme' : undefined
}

/** States of a device whose stage has begun, by whatever clock. */
const CALLED = ['CALLED', 'MISSING']

/** OO-01: the programme allows it, and it is not too late. Asked for again it is what it was. */
function optOutBreaches(
  after: JsonObject,
  { find, now }: Around,
  before: Placed,
): readonly Breach[] {
  if (before.state === 'OPTED_OUT') return []
  const its = stageOf(after, find)
  const program = programOf(member(its?.event.object, 'DemandResponseProgram'), find)?.object
  if (program !== undefined && !allowsOptOut(program)) {
    const [name = ''] = keysOf(program)
    return [refused('OPT-OFF', `The programme ${name} does not let customers opt out of an event.`)]
  }
  const [start] = boundsOf(member(its?.stage, 'interval') ?? member(after, 'reservation'))
  if (CALLED.includes(before.state) && !(Date.parse(now) >= start))
    return [
      refused(
        'OPT-LATE',
        `Too late: the stage has begun, and the device ${nameOf(after)} is called.`,
      ),
    ]
  const latest = start - (program === undefined ? 0 : optOutCutoffMs(program))
  if (!Number.isFinite(latest) || Date.parse(now) < latest) return []
  const reason =
    Date.parse(now) < start
      ? `Too late: the programme lets customers opt out until ${new Date(latest).toISOString()}.`
      : `Too late: the stage has begun at ${new Date(start).toISOString()}.`
  return [refused('OPT-LATE', reason)]
}

/** EV-04: an outcome is that of a stage that is over, and says what went wrong where something did; whoever tells of it. */
export function outcomeBreaches(
  after: JsonObject,
  { find }: Around,
  before: Placed | undefined,
): readonly Breach[] {
  const outcome = member(after, 'outcome')
  const isCalled = before?.state === 'CALLED' || before?.state === 'MISSING'
  if (outcome === undefined && isCalled && member(after, 'state') === 'CLOSED') return [WITHOUT]
  const isNew = outcome !== undefined && outcome !== member(before?.object, 'outcome')
  if (!isNew) return []
  const state = statusOf(stageOf(after, find)?.stage)
  const over = outcome === 'cancelled' ? ['COMPLETED', 'CANCELED'] : ['COMPLETED']
  const isEarly = state !== undefined && !over.includes(state)
  const message = member(after, 'errorMessage')
  return [
    ...(isEarly
      ? [refused('OUT-STATE', `The stage is ${state}: outcomes are told when it is COMPLETED.`)]
      : []),
    ...(outcome === 'success' && message !== undefined
      ? [{ ...WITHOUT, reason: 'The outcome success has no errorMessage.' }]
      : []),
    ...(outcome === 'error' && message === undefined
      ? [{ ...WITHOUT, reason: 'The outcome error says in errorMessage what went wrong.' }]
      : []),
    ...(isForward(member(after, 'outcomeInterval'))
      ? []
      : [refused('OUT-INTERVAL', 'The outcomeInterval does not end after it starts.')]),
  ]
}

const WITHOUT: Breach = { rule: 'OUT-ERROR', code: '5.8', reason: 'What is CLOSED has an outcome.' }

/** EV-04/AC2, OO-01: of a device that was never reserved there is no outcome, and nobody can opt out of it. */
export function unseenParticipation(asked: JsonObject): Breach | undefined {
  const device = member(asked, 'EndDevice')
  // Whoever tells of one that has left says so: then it was reserved, and nobody has told that here.
  if (optsOut(asked) && participationState(asked) === undefined) {
    const what = device === undefined ? 'What is named' : `The device ${deviceText(device)}`
    const reason = `${what} is not reserved for the stage, so nobody can opt out of it.`
    return {
      ...refused('OPT-STATE', reason),
      ...(device === undefined ? {} : { about: aboutDevice(device) }),
    }
  }
  if (member(asked, 'outcome') === undefined) return undefined
  const reason = `The device ${deviceText(device)} was never reserved for the stage.`
  return { rule: 'OUT-UNRES', code: '2.29', reason, about: aboutDevice(device) }
}

/** Somebody who wants to opt out. */
export function optsOut(it: JsonObject): boolean {
  return isTrue(member(it, 'preemptiveOptOut') ?? false)
}

function nameOf(it: JsonObject): string {
  return deviceText(member(it, 'EndDevice'))
}

function refused(rule: Breach['rule'], reason: string): Breach {
  return { rule, code: '6.1', reason }
}
