// Sends what is in the outbox: lane by lane in order, lanes side by side. Every try leaves a row, and every outcome is one
// unit with all that it changes. What was sent and not noted is sent again under the same MessageID.

import type { Claimed, Leg, Ledger } from '../ledger.ts'
import type { RetryPlan, Topology } from '../parties/party.ts'
import type { Peer, Random, Timers } from '../peer.ts'
import type { Clock, Log, Store, Unit, Validated } from '../ports.ts'
import type { Circuit } from './breaker.ts'
import { inNameOf } from '../relay/inward.ts'
import { createCircuits } from './circuits.ts'
import { expireDue, expiryOf } from './expiring.ts'
import type { Waited } from './expiring.ts'
import { DAMAGED, interrupted, outcomeOf, shifted } from './outcome.ts'
import type { Tried } from './outcome.ts'
import { keepingOn } from './keeping.ts'
import { leaseMs } from './lane.ts'
import { noting } from './noting.ts'
import { sendingBy } from './sending.ts'
import { RETRY } from './retry.ts'
import { turnsFrom } from './turns.ts'
import type { Queried, Verdict } from './verdict.ts'

/** What a settled leg changes besides itself, and what is to be done when that is on disk. */
export interface Consequence {
  readonly unit: Partial<Unit>
  readonly committed?: () => void | Promise<void>
}

/** What sending needs from outside. */
export interface DispatchParts {
  readonly store: Pick<Store, 'commit'> &
    Pick<Ledger, 'attempts' | 'claim' | 'expired' | 'leg' | 'release' | 'nextDue'>
  readonly peer: Peer
  /** takes what is received in this process instead of being sent; undefined for what goes to a party */
  readonly here?: (leg: Leg) => Promise<Pick<Tried, 'answer' | 'verdict'>> | undefined
  /** carries out a collection of a long list, which is written only now; undefined for every other leg */
  readonly carry?: (
    leg: Leg,
    send: (leg: Leg) => Promise<Pick<Tried, 'answer' | 'verdict'>>,
  ) => Promise<Pick<Tried, 'answer' | 'verdict'>> | undefined
  readonly topology: () => Topology
  /** retry plan of the way that a leg was sent by */
  readonly planOf?: (leg: Leg) => RetryPlan
  /** true for what is not tried again although it could be: its sender is told instead */
  readonly givesUp?: (leg: Leg, verdict: Verdict) => Promise<boolean>
  /** judges what comes back, as CIM-JSON */
  readonly judge: (bytes: Uint8Array) => Promise<Validated>
  /** the noun that a query asks for; without it a query is answered under its own Noun alone */
  readonly queried?: Queried
  /**
   * What the outcome of a leg changes elsewhere: the reply to the leg that it comes from, our own record. Asked again when
   * somebody else was quicker. Only for what is over: done, refused, parked, expired.
   * @param startedAt of the try that has led to it, ISO 8601 with Z; absent where there was none
   */
  readonly settled?: (leg: Leg, verdict: Verdict, startedAt?: string) => Promise<Consequence>
  /** Tells whoever waits for a leg whose outcome is known that what follows from it could not be kept. */
  readonly unkept?: (leg: Leg, verdict: Verdict) => Promise<Consequence>
  /** What is awaited of a leg whose reply is to come later (SENT). */
  readonly awaiting?: (leg: Leg) => Promise<Partial<Unit>>
  /** Makes due what has not reached a party that is there again. */
  readonly back?: (party: string) => Promise<void>
  readonly clock: Clock
  readonly timers: Timers
  readonly random: Random
  readonly log: Log
  /** of this process, among all that send */
  readonly holder: string
  /** what of it is this process's part now; all by default */
  readonly part?: () => Part
}

/** What several processes on one store share among them. */
export interface Part {
  /** sends what is due */
  readonly sends: boolean
  /** ends what must not be sent any more */
  readonly expires: boolean
}

const WHOLE: Part = { sends: true, expires: true }

/** milliseconds after which a lease is not trusted any more without a word from the store: far less than others wait */
const TRUSTED_MS = 3_000

const NO_MORE: RetryPlan = { delaysMs: [] }

/** legs that are on their way at once */
const MOST_AT_ONCE = 64
/** milliseconds without anything to do after which it is looked again */
const IDLE_MS = 60_000
/** milliseconds for the tries that are under way at the end */
const GRACE_MS = 1_000

/** Sends until it is stopped. */
export interface Dispatcher {
  /** Looks at once for something to send. */
  readonly wake: () => void
  /** Others may take what is under way: it is given up, and is sent again by whoever has it then. */
  readonly lose: () => void
  /**
   * Takes no more, and resolves when all that is under way is noted. Tries that are not over in a moment are given up: they
   * may have arrived, and are made again after the next start, under the same MessageID.
   */
  readonly stop: () => Promise<void>
  /** Resolves when nothing is under way and nothing is due: for tests. */
  readonly quiet: () => Promise<void>
  readonly circuits: () => ReadonlyMap<string, Circuit>
  /** Asks a party for its health before anything more is sent to it, where it has an address for that. */
  readonly doubt: (party: string) => void
  /** Closes the circuits of these parties, because they are spoken to in another way by now. */
  readonly forget: (parties: readonly string[]) => void
  /** ISO 8601 with Z: since when a party is spared; empty = it is not */
  readonly openedAt: (party: string) => string
}

/** A dispatcher over one store. */
export function createDispatcher(parts: DispatchParts): Dispatcher {
  const { store, timers, log } = parts
  const sentTo = sendingBy(parts)
  const circuits = createCircuits({ ...parts, asked: () => wake(), back: (it) => goOn(it) })
  const running = new Set<Promise<void>>()
  const turns = turnsFrom()
  const [stopping, ending] = [new AbortController(), new AbortController()]
  /** of the leases that are had now */
  let having = new AbortController()
  const note = noting(parts, stopping.signal)
  const keep = keepingOn(parts, note, stopping.signal)
  let cancel: () => void = () => undefined
  let looking: Promise<void> | undefined
  let again = false
  let stopped = false

  function wake(): void {
    if (stopped) return
    if (looking !== undefined) {
      again = true
      return
    }
    looking = look()
      .catch((err: unknown) => {
        log.error({ err }, 'the outbox could not be read')
        schedule(IDLE_MS)
      })
      .finally(() => {
        looking = undefined
        if (!again) return
        again = false
        wake()
      })
  }

  async function look(): Promise<void> {
    cancel()
    const free = MOST_AT_ONCE - running.size
    if (free <= 0) return
    const now = parts.clock()
    const { sends, expires } = parts.part?.() ?? WHOLE
    if (sends) circuits.ask()
    if (expires && (await expireDue(parts, now, expire))) again = true
    if (!sends) return sleep(now)
    const { signal } = having
    const claimed = await store.claim({
      holder: parts.holder,
      now,
      until: shifted(now, leaseMs(parts.topology())),
      limit: free,
      oldest: turns.oldestOf(free),
      notTo: circuits.closedTo(),
    })
    turns.taken(claimed.length)
    const [first, later] = circuits.oneEach(claimed)
    for (const it of first) start(it, { since: now, signal })
    if (later.length > 0) await store.release(later.map((it) => it.lease))
    if (first.length === 0) await sleep(now)
  }

  function start(claimed: Claimed, had: Had): void {
    const run = deliver(claimed, had)
      .catch((err: unknown) => {
        const { id, exchangeId, messageID, party } = claimed.leg
        // Its lease runs out, and then it is sent again.
        log.error(
          { err, leg: id, exchangeId, messageID, party },
          'what became of a message could not be kept',
        )
      })
      .finally(() => {
        running.delete(run)
        circuits.over(claimed.leg.party)
        wake()
      })
    running.add(run)
  }

  function goOn(party: string): void {
    const run = (parts.back?.(party) ?? Promise.resolve())
      .catch((err: unknown) => log.error({ err, party }, 'what waits for a party is not sent yet'))
      .finally(() => {
        running.delete(run)
        wake()
      })
    running.add(run)
  }

  /**
   * What was due already waits for a party that is spared, and must not hide what is due next at another.
   * @param asked when nothing was due, ISO 8601 with Z: what has become due since then is looked for at once
   */
  async function sleep(asked: string): Promise<void> {
    const due = await store.nextDue(asked)
    const now = Date.parse(parts.clock())
    const next = [...(due === undefined ? [] : [Date.parse(due)]), ...circuits.opening()]
    const waits = next.filter((it) => it > Date.parse(asked)).map((it) => Math.max(0, it - now))
    schedule(Math.min(IDLE_MS, ...waits))
  }

  function schedule(ms: number): void {
    cancel()
    if (!stopped) cancel = timers.after(ms, wake)
  }

  async function deliver(claimed: Claimed, { since, signal }: Had): Promise<void> {
    const { leg, lease } = claimed
    const startedAt = parts.clock()
    // A process that was stopped for a while may be the only one that does not know that another has it.
    if (signal.aborted || startedAt > shifted(since, TRUSTED_MS)) return store.release([lease])
    if (claimed.damage !== undefined)
      return keep(claimed, DAMAGED, { to: 'PARKED', reason: claimed.damage })
    if (leg.notAfter !== '' && leg.notAfter <= startedAt) return expire(claimed)
    const cut = AbortSignal.any([ending.signal, signal])
    const carried = parts.carry?.(leg, (it) => sentTo(it, cut))
    const here = carried ?? parts.here?.(leg)
    const { answer, verdict } = await (here ?? sentTo(leg, cut))
    const tried = { answer, verdict, startedAt }
    if (answer.kind === 'unreachable' && answer.sent && cut.aborted)
      return keep(claimed, verdict, interrupted(parts.clock(), ending.signal.aborted), tried)
    if (inNameOf(leg) === undefined) circuits.note(leg, answer, verdict)
    await judged(claimed, tried)
  }

  function expire(it: Waited): Promise<void> {
    const { verdict, outcome } = expiryOf(it.leg)
    return keep(it, verdict, outcome)
  }

  async function judged(claimed: Claimed, it: Tried): Promise<void> {
    const { leg, tries } = claimed
    const { verdict } = it
    const isGivenUp = verdict.kind === 'failed' && (await parts.givesUp?.(leg, verdict)) === true
    const plan = isGivenUp ? NO_MORE : (parts.planOf?.(leg) ?? RETRY)
    const facts = { tries: tries + 1, plan, random: parts.random, now: parts.clock() }
    return keep(claimed, verdict, outcomeOf(verdict, facts), it)
  }

  function lose(): void {
    having.abort()
    having = new AbortController()
  }

  async function stop(): Promise<void> {
    stopped = true
    stopping.abort()
    cancel()
    await looking
    const giveUp = timers.after(GRACE_MS, () => ending.abort())
    await Promise.all(running)
    giveUp()
  }

  async function quiet(): Promise<void> {
    for (;;) {
      await circuits.quiet()
      if (looking === undefined && running.size === 0) return
      await looking
      await Promise.all(running)
    }
  }

  const { all, doubt, openedAt, forget } = circuits
  return { wake, lose, stop, quiet, circuits: all, doubt, openedAt, forget }
}

/** Since when leases are had, and the signal that they are no longer to be trusted. */
interface Had {
  /** ISO 8601 with Z: asked for */
  readonly since: string
  readonly signal: AbortSignal
}
