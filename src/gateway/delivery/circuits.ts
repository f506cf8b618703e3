// The circuits of all parties: who is spared, who is asked for its health, and of whom one message finds out whether it
// works again. Asking costs no message a try.

import type { Claimed, Leg } from '../ledger.ts'
import type { Party, Topology } from '../parties/party.ts'
import type { Peer, PeerAnswer } from '../peer.ts'
import type { Clock, Log } from '../ports.ts'
import { CLOSED, DOUBTED, after, at } from './breaker.ts'
import type { Circuit } from './breaker.ts'
import { evidenceOf } from './evidence.ts'
import type { Evidence } from './evidence.ts'
import type { Verdict } from './verdict.ts'

/** What the circuits need from outside. */
export interface CircuitParts {
  readonly peer: Pick<Peer, 'probe'>
  readonly topology: () => Topology
  readonly clock: Clock
  readonly log: Log
  /** a party has answered for its health, or has not */
  readonly asked: () => void
  /** a party is there again, or for the first time since the start: what has not reached it need not wait any longer */
  readonly back?: (party: string) => void
}

/** All circuits. */
export interface Circuits {
  readonly all: () => ReadonlyMap<string, Circuit>
  /** ISO 8601 with Z: since when a party is spared; empty = it is not */
  readonly openedAt: (party: string) => string
  /** Asks parties whose pause is over, and that have an address for it, whether they are well. */
  readonly ask: () => void
  /** Parties that nothing is to be sent to for now. */
  readonly closedTo: () => readonly string[]
  /** Of a party whose circuit is half open one message alone is sent; the others are to be given back. */
  readonly oneEach: (
    claimed: readonly Claimed[],
  ) => readonly [now: readonly Claimed[], later: readonly Claimed[]]
  /** What became of a try. */
  readonly note: (leg: Leg, answer: PeerAnswer, verdict: Verdict) => void
  /** A try is over, whatever became of it. */
  readonly over: (party: string) => void
  /** Asks a party for its health before anything more is sent to it; one without an address for that is not asked. */
  readonly doubt: (party: string) => void
  /** Parties that are spoken to in another way by now: what is known of them counts no more. */
  readonly forget: (parties: readonly string[]) => void
  /** Milliseconds since 1970 at which pauses end that are not over. */
  readonly opening: () => readonly number[]
  /** Resolves when nobody is being asked. */
  readonly quiet: () => Promise<void>
}

/** All closed. */
export function createCircuits({
  peer,
  topology,
  clock,
  log,
  asked,
  back,
}: CircuitParts): Circuits {
  const circuits = new Map<string, Circuit>()
  /** parties that are sent one message to see whether they work again */
  const trying = new Set<string>()
  const asking = new Map<string, Promise<void>>()
  /** parties that have answered for their health since they failed */
  const healthy = new Set<string>()
  const opened = new Map<string, string>()

  const now = () => Date.parse(clock())
  const stateOf = (party: string) => at(circuits.get(party) ?? CLOSED, now()).state
  const unasked = () =>
    topology().parties.filter(
      (it) => hasHealth(it) && stateOf(it.id) === 'half-open' && !healthy.has(it.id),
    )

  function ask(): void {
    for (const it of unasked()) if (!asking.has(it.id)) asking.set(it.id, answered(it))
  }

  async function answered(party: Party): Promise<void> {
    const isWell = await peer.probe(party).catch(() => false)
    if (isWell) {
      healthy.add(party.id)
      back?.(party.id)
    } else change(party.id, 'away', '', 'It does not answer for its health.')
    asking.delete(party.id)
    asked()
  }

  function change(party: string, evidence: Evidence, key: string, reason: string): void {
    const known = circuits.get(party)
    const before = known ?? CLOSED
    const circuit = after(before, evidence, key, now())
    circuits.set(party, circuit)
    if (circuit.state === 'closed') opened.delete(party)
    else if (!opened.has(party)) opened.set(party, clock())
    const isNews = known === undefined || known.failures > 0
    if (evidence === 'alive' && isNews) back?.(party)
    if (before.state === circuit.state || (before === DOUBTED && circuit === CLOSED)) return
    log.warn({ party, state: circuit.state, reason }, 'the circuit of a party has changed')
  }

  return {
    all: () => circuits,
    openedAt: (party) => opened.get(party) ?? '',
    ask,
    closedTo: () => [
      ...[...circuits.keys()].filter((it) => stateOf(it) === 'open'),
      ...unasked().map(({ id }) => id),
      ...trying,
    ],
    oneEach: (claimed) => {
      const later = new Set<Claimed>()
      for (const it of claimed) {
        const { party } = it.leg
        if (stateOf(party) !== 'half-open') continue
        if (trying.has(party)) later.add(it)
        else trying.add(party)
      }
      return [claimed.filter((it) => !later.has(it)), [...later]]
    },
    note: ({ id, party, orderKey }, answer, verdict) => {
      const evidence = evidenceOf(answer, verdict)
      if (evidence === 'none') return
      healthy.delete(party)
      change(party, evidence, orderKey === '' ? id : orderKey, verdict.reason)
    },
    over: (party) => void trying.delete(party),
    doubt: (id) => {
      const party = topology().parties.find((it) => it.id === id)
      if (party === undefined || !hasHealth(party) || stateOf(id) !== 'closed') return
      healthy.delete(id)
      circuits.set(id, DOUBTED)
    },
    forget: (parties) => {
      for (const it of parties) {
        circuits.delete(it)
        opened.delete(it)
        healthy.delete(it)
      }
    },
    opening: () => [...circuits.values()].map((it) => it.until).filter((it) => it > now()),
    quiet: async () => {
      while (asking.size > 0) await Promise.all(asking.values())
    },
  }
}

function hasHealth({ binding }: Party): boolean {
  return binding !== undefined && 'healthUrl' in binding && binding.healthUrl !== undefined
}
