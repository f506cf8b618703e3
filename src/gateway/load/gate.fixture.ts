// For tests only: a gate on a clock that is moved by hand.

import type { Party, Topology } from '../parties/party.ts'
import { party, topologyOf } from '../access/parties.fixture.ts'
import { CimError } from '../../envelope/errors.ts'
import { gateOn } from './gate.ts'
import type { Gate, GateParts } from './gate.ts'
import { LOAD } from './rules.ts'
import type { LoadRules } from './rules.ts'
import type { Refusal, Spell } from './spells.ts'

/** A gate, and what it has told. */
export interface Watched {
  readonly gate: Gate
  readonly pass: (ms: number) => void
  readonly refused: readonly (readonly [string, Refusal])[]
  readonly spells: readonly Spell[]
}

/** @param ids of the parties */
export function watchedGate(
  ids: readonly (string | Party)[],
  rules: Partial<LoadRules> = {},
  more: Partial<Pick<GateParts, 'waiting'>> & { readonly topology?: Partial<Topology> } = {},
): Watched {
  let nowMs = 1_000
  const refused: [string, Refusal][] = []
  const spells: Spell[] = []
  const timers = new Set<{ readonly atMs: number; readonly run: () => void }>()
  const topology = topologyOf(
    ids.map((it) => (typeof it === 'string' ? party(it) : it)),
    more.topology,
  )
  const gate = gateOn({
    rules: () => ({ ...LOAD, ...rules }),
    topology: () => topology,
    nowMs: () => nowMs,
    timers: {
      after: (ms, run) => {
        const timer = { atMs: nowMs + ms, run }
        timers.add(timer)
        return () => void timers.delete(timer)
      },
    },
    waiting: more.waiting ?? (() => 0),
    refused: (...it) => void refused.push(it),
    told: (it) => void spells.push(it),
  })
  const pass = (ms: number) => {
    nowMs += ms
    for (const timer of timers) {
      if (timer.atMs > nowMs) continue
      timers.delete(timer)
      timer.run()
    }
  }
  return { gate, pass, refused, spells }
}

/** What something was refused for, and when to come again; undefined where it was not. */
export function refusalOf(run: () => unknown): string | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    if (!(error instanceof CimError)) throw error
    return `${error.code} ${error.retryAfterS}`
  }
}
