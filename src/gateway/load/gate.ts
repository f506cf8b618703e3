// The gate before everything that is read: rate of the party and of all, then a place. Whatever it refuses costs hardly
// anything, says when to come again, and leaves nothing behind.

import { CimError } from '../../envelope/errors.ts'
import type { Topology } from '../parties/party.ts'
import type { Timers } from '../peer.ts'
import { admissionOn } from './admission.ts'
import type { NoPlace, Place, Standing } from './admission.ts'
import { ratesOn } from './rates.ts'
import type { LoadRules } from './rules.ts'
import { spellsOn } from './spells.ts'
import type { Refusal, Spell } from './spells.ts'
import { hasUrgent, isByNoun, isUrgent } from './urgent.ts'

/** What a request is asked for before it is read. */
export interface Comer {
  readonly party: string
  /** that its path names */
  readonly noun?: string | undefined
  /** octets that it says its body has; 0 where it does not say */
  readonly bytes: number
}

/** What a gate goes by. */
export interface GateParts {
  readonly rules: () => LoadRules
  readonly topology: () => Topology
  /** milliseconds since some moment; never goes back */
  readonly nowMs: () => number
  readonly timers: Timers
  /** requests of a party, or of all, that wait for another party */
  readonly waiting: (party?: string) => number
  /** hears of every refusal */
  readonly refused?: (party: string, why: Refusal) => void
  /** hears of refusals in spells, for logs and the audit trail */
  readonly told?: (spell: Spell) => void
}

/** The gate of one gateway process. */
export interface Gate {
  /** @throws {CimError} `too-many-requests` | `overloaded`, with the seconds after which to come again */
  readonly enter: (comer: Comer) => Place
  /** The same for what takes no place, such as a socket. */
  readonly pass: (party: string) => void
  /** `full` = nobody has a place, `tight` = only what is urgent has one */
  readonly busy: () => 'free' | 'tight' | 'full'
  /** Why somebody would have no place at a gate that is busy; undefined where he might. @param comer absent = whoever it is */
  readonly turnsAway: (comer?: Pick<Comer, 'party'>) => CimError | undefined
  readonly standing: () => Standing
}

/** A gate. */
export function gateOn(parts: GateParts): Gate {
  const { topology, rules, nowMs } = parts
  const rates = ratesOn(rules, nowMs)
  const admission = admissionOn({
    ...parts,
    isShared: () => topology().parties.length > 1,
    hasUrgent: () => hasUrgent(topology()),
  })
  const spells = spellsOn(parts.timers, (it) => parts.told?.(it))
  let turn = 0

  function note(party: string, why: Refusal): void {
    parts.refused?.(party, why)
    spells.note(party, why)
  }

  function pass(party: string): void {
    // Without parties only this machine gets in, and nobody is told apart.
    if (topology().parties.length === 0) return
    const own = topology().parties.find(({ id }) => id === party)?.rate
    const soon = rates.take(party, own)
    if (soon === undefined) return
    note(party, soon.why)
    const retryAfterS = Math.ceil(soon.waitMs / 1_000)
    throw new CimError('too-many-requests', SOON[soon.why], { retryAfterS })
  }

  /** Not all of them at the same moment again. */
  function full(party: string, why: NoPlace): CimError {
    note(party, why)
    turn = (turn + 1) % SPREAD_S
    return (why === 'share' ? SHARE_TAKEN : NO_PLACE)[turn] as CimError
  }

  function assure(party: string, why: NoPlace | undefined): undefined {
    if (why !== undefined) throw full(party, why)
  }

  function enter({ party, noun, bytes }: Comer): Place {
    pass(party)
    const urgent = hasUrgent(topology()) && isUrgent({ party, noun }, topology())
    const place = admission.enter({ party, isUrgent: urgent, bytes })
    if (typeof place === 'string') throw full(party, place)
    let own = party
    return {
      ...place,
      is: (it) => {
        if (it !== own) pass(it)
        own = it
        place.is(it)
      },
      grown: (octets) => assure(own, place.grown(octets)),
      read: () => assure(own, place.read()),
    }
  }

  function turnsAway(comer?: Pick<Comer, 'party'>): CimError | undefined {
    if (comer === undefined) return admission.isFull() ? full('', 'working') : undefined
    // A path that names a noun may be of an urgent way, whoever comes.
    if (isByNoun(topology()) || isUrgent(comer, topology())) return undefined
    return full(comer.party, 'working')
  }

  const busy = () => (admission.isFull() ? 'full' : admission.isTight() ? 'tight' : 'free')
  return { pass, enter, busy, turnsAway, standing: admission.standing }
}

/** seconds over which those who are refused are spread */
const SPREAD_S = 5

const SHARE_TAKEN = madeOnce('too-many-requests')
const NO_PLACE = madeOnce('overloaded')

/** An error costs more than all else that a refusal takes, because it notes where it was made. */
function madeOnce(code: 'too-many-requests' | 'overloaded'): readonly CimError[] {
  return Array.from({ length: SPREAD_S }, (_, n) => {
    return new CimError(code, undefined, { retryAfterS: 1 + n })
  })
}

const SOON: Readonly<Record<'party-rate' | 'rate', string>> = {
  'party-rate': 'This party sends more requests a second than it may.',
  rate: 'All parties together send more requests a second than this gateway takes.',
}
