// What a person does about a message: give it another turn, send it once more, lay it aside, not send it at all. Each is
// one unit with a line in the audit log and an event; what somebody else has changed meanwhile is told, never overwritten.

import { MESSAGE } from '../../lifecycles/message.ts'
import type { Said } from '../answer.ts'
import { isRun } from '../collections/run.ts'
import type { Withdrawn } from '../collections/withdrawing.ts'
import { ours } from '../guarded.ts'
import type {
  AuditEntry,
  Awaited,
  Leg,
  Ledger,
  LedgerUnit,
  LegStep,
  MessageState,
} from '../ledger.ts'
import type { Clock, Store, Unit } from '../ports.ts'
import { BROKEN } from '../rule-alarms.ts'
import type { Done, LegAction, LegActions } from '../tracking/routes.ts'
import { anew } from './anew.ts'
import type { Consequence } from './dispatcher.ts'
import { slotOf } from './lane.ts'
import { entered, transition } from './transition.ts'
import type { Verdict } from './verdict.ts'

/** A message once more, under new ids and ready for the outbox; or why that cannot be. */
export type Renewed = Pick<LedgerUnit, 'legs' | 'slots' | 'keys'> | { readonly reason: string }

/** Alarms by what they are known by. */
type Alarms = readonly Pick<Awaited, 'kind' | 'key'>[]

/** alarms that are looked through for those of one message */
const MOST_ALARMS = 10_000

/** What acting needs from outside. */
export interface ActionParts {
  readonly store: Pick<Store, 'commit'> & Pick<Ledger, 'attempts' | 'missed'>
  readonly clock: Clock
  /** something is to be sent */
  readonly wake: () => void
  /** priority of the way that a leg goes */
  readonly priorityOf: (leg: Leg) => number
  /** Receives once more what no route took. @returns why it is still not taken */
  readonly again: (leg: Leg) => Promise<{ readonly reason: string } | undefined>
  /** Writes a message of our own for the first time, when something was missing for it; undefined for all others. */
  readonly rewritten?: (leg: Leg) => Promise<Renewed | undefined>
  /** The records of a list that have failed, to be sent once more. */
  readonly failedAgain?: (leg: Leg) => Promise<Renewed>
  /** What of a list waits to be sent is not sent any more. */
  readonly withdrawn?: (leg: Leg) => Promise<Withdrawn>
  /** Writes the message of a leg anew; `replayOf` is set here. */
  readonly renewed: (leg: Leg) => Promise<Renewed>
  /** As of the dispatcher: whoever waits for a message that a person has ended hears of it. */
  readonly settled: (leg: Leg, verdict: Verdict) => Promise<Consequence>
}

/** Whose action it is. */
type By = Required<Pick<AuditEntry, 'who' | 'from'>>

const NOTHING = { puts: [], removals: [], events: [] }

/** States from which each action leads on; what is not over is not sent a second time. */
const FROM: Readonly<Record<keyof LegActions, readonly MessageState[]>> = {
  redrive: before('redrive'),
  resend: ['ACKED', 'PARTIAL', 'PARKED', 'EXPIRED', 'CANCELED', 'CLOSED'],
  close: before('close'),
  cancel: before('cancel'),
}

function before(trigger: string): readonly MessageState[] {
  return MESSAGE.steps.filter((it) => it.trigger === trigger).map((it) => it.from as MessageState)
}

/** The actions over one store. */
export function actionsOn(parts: ActionParts): LegActions {
  const { store, clock, wake } = parts

  /** The same message, under its own MessageID, as if it had never been tried. */
  const redrive: LegAction = async (leg, who, address = '') => {
    const by = { who, from: address }
    const isWaiting = leg.state === 'PARKED' || leg.state === 'HELD'
    if (leg.direction === 'in' && isWaiting) return receiveAgain(leg, by)
    if (isRun(leg) && parts.failedAgain !== undefined)
      return failedAgain(leg, by, await parts.failedAgain(leg))
    const made = outOf(leg, 'redrive') === undefined ? await parts.rewritten?.(leg) : undefined
    if (made !== undefined) return written(leg, made, by)
    const now = clock()
    const refusal = outOf(leg, 'redrive') ?? unsendable(leg, now)
    if (refusal !== undefined) return refusal
    const { state: from } = leg
    const step = { leg: leg.id, from, to: 'QUEUED', reason: '' } as const
    // What has failed is in the outbox still, and goes at once; what is parked gets a new place.
    const unit: LedgerUnit =
      from === 'FAILED'
        ? { steps: [{ ...step, slot: { kind: 'anew', dueAt: now } }] }
        : { steps: [step], slots: [slotOf(leg, parts.priorityOf(leg), now)] }
    const done = await changed(leg, { by, what: 'redrive', step }, async () => ({ unit }))
    if (done.kind === 'done') wake()
    return done
  }

  /** A leg of its own, because what has been kept of a leg never changes. */
  async function written(leg: Leg, made: Renewed, by: By): Promise<Done> {
    if ('reason' in made) return refused(`There is nothing to send: ${made.reason}`)
    const legs = (made.legs ?? []).map((it): Leg => ({ ...it, replayOf: leg.id }))
    const [first] = legs
    if (first === undefined || first.state === 'PARKED')
      return refused(`There is nothing to send: ${first?.reason ?? leg.reason}`)
    const [from, to, reason] = [leg.state, 'CLOSED', `Written as ${first.messageID}.`] as const
    const step: LegStep = { leg: leg.id, from, to, reason }
    const done = await changed(leg, { by, what: 'redrive', step }, async () => ({
      unit: { ...made, legs, steps: [step], events: entered(legs, clock()) },
    }))
    if (done.kind !== 'done') return done
    wake()
    return { kind: 'done', leg: first.id }
  }

  /** The list itself stays as it was answered; what its records have come to is found with it. */
  async function failedAgain(leg: Leg, by: By, made: Renewed): Promise<Done> {
    if ('reason' in made) return refused(made.reason)
    const { legs = [] } = made
    const audit = [entry(leg, by, 'redrive', `${legs.length} collections of what has failed`)]
    const events = entered(legs, clock())
    const committed = await ours(() => store.commit({ ...NOTHING, ...made, audit, events }))
    if (committed.kind !== 'committed') return refused('Somebody else has changed it meanwhile.')
    wake()
    return { kind: 'done', leg: leg.id }
  }

  async function receiveAgain(leg: Leg, by: By): Promise<Done> {
    const reason = (await parts.again(leg))?.reason
    if (reason !== undefined) return refused(reason)
    return ended(
      leg,
      by,
      'redrive',
      'CLOSED',
      'A person has driven it again, and a route takes it.',
    )
  }

  /** The same content under a new MessageID, so that whoever has had it does not take it for a repeat. */
  const resend: LegAction = async (leg, who, address = '') => {
    const by = { who, from: address }
    const refusal = outOf(leg, 'resend')
    if (refusal !== undefined) return refusal
    const made = await parts.renewed(leg)
    if ('reason' in made) return refused(made.reason)
    const legs = (made.legs ?? []).map((it): Leg => ({ ...it, replayOf: leg.id }))
    const [first] = legs
    if (first === undefined) return refused('There is nothing in it that could be sent.')
    const subjects = legs.map(({ messageID }) => messageID).join(' ')
    const audit = [entry(leg, by, 'resend', `as ${subjects}`)]
    const events = entered(legs, clock())
    const committed = await ours(() => store.commit({ ...NOTHING, ...made, legs, audit, events }))
    if (committed.kind !== 'committed') return refused('Somebody else has changed it meanwhile.')
    wake()
    return { kind: 'done', leg: first.id }
  }

  const close: LegAction = async (leg, who, from = '') => {
    const by = { who, from }
    const isOver = wrongState(leg, 'close') !== undefined
    const alarms = isOver ? await alarmsOf(leg) : []
    return alarms.length > 0
      ? laidAside(leg, by, alarms)
      : ended(leg, by, 'close', 'CLOSED', 'A person has laid it aside; it may have arrived.')
  }

  /** The alarms of rules that a message has broken. */
  async function alarmsOf({ id }: Leg): Promise<Alarms> {
    const missed = await ours(() => store.missed(MOST_ALARMS))
    return missed.filter((it) => it.kind === BROKEN && it.leg === id)
  }

  /** What stands as an alarm of a message that is over: of a rule that it has broken. */
  async function laidAside(leg: Leg, by: By, alarms: Alarms): Promise<Done> {
    const met = alarms.map(({ kind, key }) => ({ kind, key }))
    const audit = met.map(({ key }) => entry(leg, by, 'close', `alarm ${key}`))
    const committed = await ours(() => store.commit({ ...NOTHING, met, audit }))
    if (committed.kind !== 'committed') return refused('Somebody else has changed it meanwhile.')
    return { kind: 'done', leg: leg.id }
  }

  const cancel: LegAction = (leg, who, from = '') => {
    const by = { who, from }
    return isRun(leg) && leg.state === 'ACCEPTED'
      ? withdrawn(leg, by)
      : ended(leg, by, 'cancel', 'CANCELED', 'A person has canceled it before it was sent.')
  }

  /** The list itself is over when what is on its way of it is. */
  async function withdrawn(leg: Leg, by: By): Promise<Done> {
    const done = await anew<Done>(async () => {
      const made = (await parts.withdrawn?.(leg)) ?? wrongState(leg, 'cancel')
      if (made === undefined || 'kind' in made) return made
      if ('reason' in made) return refused(made.reason)
      const { unit, committed } = made
      const details = `${unit.steps?.length ?? 0} collections of what has not been sent`
      const audit = [entry(leg, by, 'cancel', details)]
      const result = await ours(() => store.commit({ ...NOTHING, ...unit, audit }))
      if (result.kind !== 'committed') return undefined
      committed?.()
      return { kind: 'done', leg: leg.id }
    })
    return done ?? refused('Somebody else has changed it meanwhile; look at it again.')
  }

  async function ended(
    leg: Leg,
    by: By,
    what: keyof LegActions,
    to: MessageState,
    reason: string,
  ): Promise<Done> {
    const refusal = wrongState(leg, what)
    if (refusal !== undefined) return refusal
    const step: LegStep = { leg: leg.id, from: leg.state, to, reason, slot: { kind: 'drop' } }
    return changed(leg, { by, what, step }, async () => {
      const more = leg.direction === 'out' ? await parts.settled(leg, ending(reason)) : undefined
      return { ...more, unit: { ...more?.unit, steps: [step, ...(more?.unit.steps ?? [])] } }
    })
  }

  /** One unit with all that follows; made anew when something else in it has changed meanwhile. */
  async function changed(
    leg: Leg,
    {
      by,
      what,
      step,
    }: { readonly by: By; readonly what: string; readonly step: Pick<LegStep, 'from' | 'to'> },
    follows: () => Promise<Consequence>,
  ): Promise<Done> {
    const revision = (await ours(() => store.attempts(leg.id))).length
    const lost = refused('Somebody else has changed it meanwhile; look at it again.')
    const done = await anew<Done>(async () => {
      const { unit, committed } = await follows()
      const told = transition(leg, step, { at: clock(), revision })
      const audit = [entry(leg, by, what, `${step.from} -> ${step.to}`), ...(unit.audit ?? [])]
      const whole: Unit = { ...NOTHING, ...unit, events: [...(unit.events ?? []), told], audit }
      const result = await ours(() => store.commit(whole))
      if (result.kind === 'late' && result.leg === leg.id) return lost
      if (result.kind !== 'committed') return undefined
      committed?.()
      return { kind: 'done', leg: leg.id }
    })
    return done ?? lost
  }

  function entry({ id, party, messageID }: Leg, by: By, what: string, details: string) {
    return { at: clock(), ...by, what, subject: id, details: `${party} ${messageID}: ${details}` }
  }

  return { redrive, resend, close, cancel }
}

/** What whoever waits for the message hears (6.5, canceled by a user). */
function ending(reason: string): Verdict {
  const said: Said = {
    result: 'FAILED',
    errors: [{ code: '6.5', level: 'FATAL', rule: 'BY-PERSON', reason }],
  }
  return { kind: 'refused', outcome: 'technical', reason, said }
}

function outOf(leg: Leg, what: keyof LegActions): Done | undefined {
  if (leg.direction === 'in')
    return refused('It was received; only what is sent can be sent again.')
  return wrongState(leg, what)
}

function wrongState({ state }: Leg, what: keyof LegActions): Done | undefined {
  if (FROM[what].includes(state)) return undefined
  return refused(`It is ${state}; ${what} is for what is ${FROM[what].join(' or ')}.`)
}

function unsendable({ contentType, reason, notAfter }: Leg, now: string): Done | undefined {
  if (contentType === '') return refused(`There is nothing to send: ${reason}`)
  if (notAfter !== '' && notAfter <= now) return refused('Its time has passed; resend it instead.')
  return undefined
}

function refused(reason: string): Done {
  return { kind: 'refused', reason }
}
