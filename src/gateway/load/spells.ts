// Refusals told in spells: the first one of a party at once, the others as one count when they have ended or go on for long.
// A log or an audit trail is not to be flooded by who floods the gateway.

import type { Timers } from '../peer.ts'

/** Why a request was refused before it was read. */
export type Refusal = 'party-rate' | 'rate' | 'working' | 'requests' | 'bytes' | 'share'

/** What is told of refusals. */
export interface Spell {
  /** empty where nobody had been asked yet who it is */
  readonly party: string
  readonly why: Refusal
  readonly kind: 'begun' | 'goes-on' | 'over'
  /** refused since it was told of last, this one included */
  readonly count: number
}

/** Counts refusals. */
export interface Spells {
  readonly note: (party: string, why: Refusal) => void
}

/** milliseconds: a spell without a refusal in that time is over, and one that goes on is told of as often */
const SPELL_MS = 10_000

/** @param tell hears of each spell when it begins, while it goes on, and when it is over */
export function spellsOn(timers: Timers, tell: (spell: Spell) => void): Spells {
  const running = new Map<string, { count: number }>()

  function look(key: string, about: Pick<Spell, 'party' | 'why'>): void {
    const { count } = running.get(key) ?? { count: 0 }
    if (count === 0) {
      running.delete(key)
      return tell({ ...about, kind: 'over', count })
    }
    running.set(key, { count: 0 })
    tell({ ...about, kind: 'goes-on', count })
    timers.after(SPELL_MS, () => look(key, about))
  }

  return {
    note: (party, why) => {
      const key = `${why} ${party}`
      const spell = running.get(key)
      if (spell !== undefined) return void (spell.count += 1)
      running.set(key, { count: 0 })
      tell({ party, why, kind: 'begun', count: 1 })
      timers.after(SPELL_MS, () => look(key, { party, why }))
    },
  }
}
