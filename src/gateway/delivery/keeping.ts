// Keeps what a try has come to, in one unit with all that follows from it. What follows may be against what we have on record,
// or fail: then the outcome is kept without it, and the message is parked for a person, who sees what its party has said and
// why we could not follow. A message never stays on its way because of us, and is not sent again by itself.

import { REPLY } from '../ledger.ts'
import type { Attempt, Claimed, Lease, Leg, Ledger, LegStep } from '../ledger.ts'
import type { Clock, Committed, Log, Store, Unit } from '../ports.ts'
import { anew } from './anew.ts'
import type { Consequence } from './dispatcher.ts'
import type { Waited } from './expiring.ts'
import { isPassing } from './noting.ts'
import type { Note } from './noting.ts'
import { answeredBy, attemptOf } from './outcome.ts'
import type { Outcome, Tried } from './outcome.ts'
import { transition } from './transition.ts'
import { Standing, UNKEPT, unkept } from './unkept.ts'
import type { Verdict } from './verdict.ts'

/** What keeping needs from outside. */
export interface KeepingParts {
  readonly store: Pick<Store, 'commit'> & Pick<Ledger, 'leg' | 'release'>
  readonly settled?: (leg: Leg, verdict: Verdict, startedAt?: string) => Promise<Consequence>
  /** Tells whoever waits for a leg that its outcome is known, and what follows from it is not kept. */
  readonly unkept?: (leg: Leg, verdict: Verdict) => Promise<Consequence>
  readonly awaiting?: (leg: Leg) => Promise<Partial<Unit>>
  readonly clock: Clock
  readonly log: Log
}

/** A leg whose turn it was, or that ends without a try. */
export type Turn = Waited & Partial<Claimed>

/** @param it absent where nothing was tried */
export type Keep = (turn: Turn, verdict: Verdict, outcome: Outcome, it?: Tried) => Promise<void>

type Follows = () => Promise<Partial<Consequence>>

const NOTHING_MORE = () => undefined

/** @param over no waiting for the store any more: this process ends */
export function keepingOn(parts: KeepingParts, note: Note, over: AbortSignal): Keep {
  const { store, log } = parts

  const keep: Keep = async (turn, verdict, outcome, it) => {
    const follows = () => consequenceOf(turn.leg, verdict, outcome, it)
    try {
      await kept(turn, verdict, outcome, follows, it)
    } catch (err) {
      // Whoever sends it next gets to know the same.
      if (over.aborted || isPassing(err)) throw err
      const { id, exchangeId, messageID, party } = turn.leg
      const about = { err, leg: id, exchangeId, messageID, party }
      log.error(about, 'what follows from the outcome of a message cannot be kept; it is parked')
      await keptAlone(turn, verdict, outcome, err, it)
    }
  }

  /** What is over has consequences, and what its party has only received is awaited. */
  async function consequenceOf(leg: Leg, verdict: Verdict, { to }: Outcome, it?: Tried) {
    if (isOver(to)) return (await parts.settled?.(leg, verdict, it?.startedAt)) ?? {}
    return to === 'SENT' ? { unit: (await parts.awaiting?.(leg)) ?? {} } : {}
  }

  /** Whoever waits is told; where even that fails, the time of its route tells it. */
  async function keptAlone(
    turn: Turn,
    verdict: Verdict,
    outcome: Outcome,
    err: unknown,
    it?: Tried,
  ): Promise<void> {
    const alone = unkept(turn.leg, verdict, outcome, err)
    const shown = { ...verdict, code: UNKEPT }
    const tell: Follows = async () => (await parts.unkept?.(turn.leg, verdict)) ?? {}
    try {
      await kept(turn, shown, alone, tell, it)
    } catch (cause) {
      if (over.aborted || isPassing(cause)) throw cause
      log.error({ err: cause, leg: turn.leg.id }, 'whoever waits for a message cannot be told')
      await kept(turn, shown, alone, async () => ({}), it)
    }
  }

  /** Decided anew when an object or a leg has changed meanwhile. */
  async function kept(
    turn: Turn,
    verdict: Verdict,
    outcome: Outcome,
    follows: Follows,
    it?: Tried,
  ): Promise<void> {
    const { leg, lease, attempts: earlier } = turn
    const { step, attempts, told } = rowsOf(turn, verdict, outcome, parts.clock(), it)
    // What is awaited of an earlier try comes by this one.
    const met = isOver(outcome.to) && earlier > 0 ? [{ kind: REPLY, key: leg.id }] : []
    let last: Committed | undefined
    const after = await anew(async () => {
      const done = await note(leg.id, async () => {
        const { unit = {}, committed } = await follows()
        const result = await store.commit({
          puts: [],
          removals: [],
          ...unit,
          events: [...(unit.events ?? []), told],
          steps: [step, ...(unit.steps ?? [])],
          attempts: [...attempts, ...(unit.attempts ?? [])],
          met: [...met, ...(unit.met ?? [])],
        })
        return { result, committed }
      })
      last = done.result
      if (last.kind === 'committed') return done.committed ?? NOTHING_MORE
      if (last.kind !== 'late' || last.leg !== leg.id) return undefined
      if (lease !== undefined) await overtaken(lease, attempts)
      return NOTHING_MORE
    })
    if (after === undefined) throw new Standing(last)
    // Outside of the turn: it may take turns of its own.
    await after()
  }

  /**
   * The leg is another's by now. Either somebody else has its lane, and sends it again; or it is over, because its reply
   * came another way or a person has ended it: then the try is noted, and the lane is free.
   */
  async function overtaken(lease: Lease, attempts: readonly Attempt[]): Promise<void> {
    const [first] = attempts
    const leg = first === undefined ? undefined : await store.leg(first.leg)
    if (leg?.state !== 'SENDING')
      await store.commit({ puts: [], removals: [], events: [], attempts })
    await store.release([lease])
  }

  return keep
}

function isOver(to: LegStep['to']): boolean {
  return to !== 'FAILED' && to !== 'SENT'
}

/** The step of the leg, the row of the try, and the event of both. */
function rowsOf(
  { leg, lease, attempts: earlier, tries = earlier }: Turn,
  verdict: Verdict,
  { to, reason, dueAt }: Outcome,
  now: string,
  it?: Tried,
) {
  const slot =
    dueAt === undefined ? ({ kind: 'drop' } as const) : ({ kind: 'keep', dueAt } as const)
  const step: LegStep = {
    leg: leg.id,
    from: leg.state,
    to,
    reason,
    slot,
    ...(lease === undefined ? {} : { lease }),
    ...answeredBy(verdict, it),
  }
  const n = earlier + (it === undefined ? 0 : 1)
  const attempts = it === undefined ? [] : [attemptOf(leg, { n, tries: tries + 1 }, it, now)]
  return { step, attempts, told: transition(leg, step, { at: now, revision: n, verdict }) }
}
