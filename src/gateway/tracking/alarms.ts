// What a person has to look at now: messages that were to come and have not, objects that nothing but people leads on,
// messages that are parked, parties that are spared; since when, and how it is mended.

import type { Circuit } from '../delivery/breaker.ts'
import { ours } from '../guarded.ts'
import type { Awaited, Ledger, LegFacts } from '../ledger.ts'
import { ACKNOWLEDGEMENT, REPLY } from '../ledger.ts'
import { BROKEN, saidOfRule } from '../rule-alarms.ts'
import { STANDING, aboutOf } from '../watched.ts'
import type { StandingSaid } from './standing.ts'

/** One of them. */
export interface Alarm {
  readonly kind: 'awaited' | 'state' | 'parked' | 'circuit'
  /** ISO 8601 with Z */
  readonly since: string
  /** empty where it is not known */
  readonly party: string
  readonly noun: string
  readonly verb: string
  readonly messageID: string
  readonly exchangeId: string
  /** of the message that is parked, or that something was to come after; empty = none */
  readonly message: string
  /** one sentence: what is wrong */
  readonly reason: string
  /** one sentence: how it is mended */
  readonly mend: string
}

/** What alarms are made of. */
export interface AlarmSources {
  readonly ledger: Pick<Ledger, 'legs' | 'leg' | 'missed'>
  readonly circuits: () => ReadonlyMap<string, Circuit>
  /** ISO 8601 with Z: since when the circuit of a party is not closed */
  readonly openedAt: (party: string) => string
  readonly standing: StandingSaid
}

/** The alarms of one kind that are told at most. */
export type ListAlarms = (
  limit: number,
) => Promise<{ readonly alarms: readonly Alarm[]; readonly more: boolean }>

/** The oldest first; `more` where one kind has more than were asked for. */
export function alarmsOf({ ledger, circuits, openedAt, standing }: AlarmSources): ListAlarms {
  async function awaited(limit: number): Promise<readonly Alarm[]> {
    const missed = await ours(() => ledger.missed(limit))
    const all = await Promise.all(
      missed.map(async (it) => {
        const leg = await ours(() => ledger.leg(it.leg).then((one) => one ?? NO_LEG))
        return it.kind === STANDING ? standingOn(it, leg) : missing(it, leg)
      }),
    )
    return all.flatMap((it, at) => (it === undefined || isSaidAgain(missed, at) ? [] : [it]))
  }

  async function standingOn(it: Awaited, leg: Known): Promise<Alarm | undefined> {
    const said = await ours(() => standing(it))
    if (said === undefined) return undefined
    const { id: message, party, verb, messageID } = leg
    const { noun } = aboutOf(it)
    const { dueAt: since, exchangeId } = it
    return { kind: 'state', since, party, noun, verb, messageID, exchangeId, message, ...said }
  }

  async function parked(limit: number): Promise<readonly Alarm[]> {
    const { legs } = await ours(() => ledger.legs({ state: ['PARKED'], limit }))
    return legs.map(waiting)
  }

  function spared(): readonly Alarm[] {
    return [...circuits()].flatMap(([party, it]) =>
      it.state === 'closed' ? [] : [broken(party, it, openedAt(party))],
    )
  }

  return async (limit) => {
    // One more than asked tells whether there are more.
    const kinds = [await awaited(limit + 1), await parked(limit + 1), spared()]
    const alarms = kinds.flatMap((it) => it.slice(0, limit))
    return {
      alarms: [...alarms].sort((one, other) => (one.since < other.since ? -1 : 1)),
      more: kinds.some((it) => it.length > limit),
    }
  }
}

/** Of an object that is held up several times the last one is told. */
function isSaidAgain(missed: readonly Awaited[], at: number): boolean {
  const { kind, key } = missed[at] ?? {}
  return (
    (kind === STANDING || kind === BROKEN) &&
    missed.slice(at + 1).some((it) => it.kind === kind && it.key === key)
  )
}

type Known = Pick<LegFacts, 'id' | 'party' | 'noun' | 'verb' | 'messageID'>

/** Forgotten by now. */
const NO_LEG: Known = { id: '', party: '', noun: '', verb: '', messageID: '' }

function missing({ kind, key, exchangeId, dueAt }: Awaited, leg: Known): Alarm {
  const { id, party, noun, verb, messageID } = leg
  const about = { party, noun, verb, messageID, exchangeId, message: id }
  return { kind: 'awaited', since: dueAt, ...about, ...whyMissing(kind, key, exchangeId, id) }
}

type Why = Pick<Alarm, 'reason' | 'mend'>

/** What is never sent again as it should be would stand for good. */
function laidAside({ reason, mend }: Why, leg: string): Why {
  const path = leg === '' ? '' : ` Or lay the alarm aside with POST /api/v1/messages/${leg}:close.`
  return { reason, mend: `${mend}${path}` }
}

function whyMissing(kind: string, key: string, exchangeId: string, leg: string): Why {
  switch (kind) {
    case REPLY:
      return {
        reason: 'The party that was asked has not answered in time.',
        mend: mendOf(exchangeId),
      }
    case BROKEN:
      return laidAside(saidOfRule(key), leg)
    case ACKNOWLEDGEMENT: {
      const [roles = '', mRID = ''] = key.split(' of ')
      return {
        reason: `There is no party ${roles}, so nobody has acknowledged ${mRID}.`,
        mend: `Add the party, or an alias ${roles} that leads to one, and a route to it; then have the event sent again.`,
      }
    }
    default:
      return {
        reason: `What has to follow it by the rule ${kind} has not come for ${key}.`,
        mend: mendOf(exchangeId),
      }
  }
}

/** What is to be done about what has not come. */
export function mendOf(exchangeId: string): string {
  return `See GET /api/v1/exchanges/${exchangeId}, and ask whoever owes it.`
}

function waiting(leg: LegFacts): Alarm {
  const { id, at, party, noun, verb, messageID, exchangeId, reason, direction } = leg
  const path = `/api/v1/messages/${id}`
  return {
    kind: 'parked',
    since: at,
    ...{ party, noun, verb, messageID, exchangeId, message: id, reason },
    mend:
      direction === 'out'
        ? `Mend what the reason names, then POST ${path}:redrive; or lay it aside with POST ${path}:close.`
        : `Add a route for it and let its sender send it again; or lay it aside with POST ${path}:close.`,
  }
}

function broken(party: string, { failures, until }: Circuit, since: string): Alarm {
  return {
    kind: 'circuit',
    since,
    party,
    ...{ noun: '', verb: '', messageID: '', exchangeId: '', message: '' },
    reason: `${failures} tries in a row have failed.`,
    mend: `See why ${party} takes nothing; it is tried again by itself at ${new Date(until).toISOString()}.`,
  }
}
