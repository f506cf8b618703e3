// Questions as parts of the units in which a message is accepted, has reached its party, and is not answered in time: the
// objects that they are, who hears of it, and what follows from it.

import type { Ended } from '../../flows/asking.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { askingOf } from '../asking-of.ts'
import type { Decision } from '../deciding/decide.ts'
import { anew } from '../delivery/anew.ts'
import { Standing } from '../delivery/unkept.ts'
import type { Leg } from '../ledger.ts'
import type { Party } from '../parties/party.ts'
import type { Clock, Committed, Store, Unit } from '../ports.ts'
import type { Origin } from './awaited.ts'
import { consequencesOf } from './consequences.ts'
import type { Changes } from './consequences.ts'
import type { Follow } from './following.ts'
import { NOTHING_SENT } from './outgoing.ts'
import type { Publish } from './publishing.ts'
import { askedIn } from './questions.ts'
import type { Questions, QuestionsParts } from './questions.ts'
import { restored } from './restored.ts'
import type { RestoreParts } from './restored.ts'
import { unable } from './said.ts'
import type { Failing } from './said.ts'
import type { Pending, Waiting } from './waiting.ts'

/** What it needs from outside. */
export interface AskedParts extends QuestionsParts, RestoreParts {
  readonly store: Pick<Store, 'objects' | 'leg' | 'commit'>
  readonly questions: Questions
  readonly publish: Publish
  readonly follow: Follow
  readonly clock: Clock
}

/** A request that asks something, as it is kept and sent. */
export interface Opened {
  readonly message: JsonObject
  /** the questions as they are kept; undefined where it asks nothing of that kind */
  readonly payload: JsonObject | undefined
  readonly unit: Changes
}

/** Questions whose time is over. */
export interface TimedOut {
  readonly unit: Changes
  /** absent where nothing of that kind was asked */
  readonly decision: Decision | undefined
}

/** Over one store. */
export interface AskedUnits {
  /** @param failure why nobody is asked */
  readonly opened: (
    it: Pending,
    because: Origin & { readonly owner: string },
    failure?: Failing,
  ) => Promise<Opened>
  /** Keeps them with the request; decided anew where a question about the same has come in the same moment. */
  readonly kept: (
    opened: Opened,
    it: Pending,
    because: Origin & { readonly owner: string; readonly failure?: Failing },
    unitOf: (changes: Changes) => Unit,
  ) => Promise<Committed>
  /** Why a party is not able to answer what is asked; undefined where it is, or may be. */
  readonly unableTo: (message: JsonObject, party: Party | undefined) => Failing | undefined
  /** Their party has them; nothing where the leg asks nothing of that kind. */
  readonly sent: (leg: Leg) => Promise<Partial<Changes>>
  /** Nobody has answered in time. */
  readonly timedOut: (origin: Leg, it: Pending, failure: Failing) => Promise<TimedOut>
}

const NOTHING: Changes = { ...NOTHING_SENT, puts: [], removals: [], events: [] }

/** @param waiting those who wait in this process */
export function askedOn(parts: AskedParts, waiting: Waiting): AskedUnits {
  const { questions, contentOf, clock, store } = parts

  const opened: AskedUnits['opened'] = async ({ message }, because, failure) => {
    const asked = askedIn(message, contentOf)
    if (asked === undefined) return { message, payload: undefined, unit: NOTHING }
    const { owner, at: now } = because
    const ended = failure === undefined ? {} : { ended: endOf(failure, failure.kind ?? 'failed') }
    const begun = await questions.begun(asked, message, { ...because, owner, now, ...ended })
    return { ...begun, unit: await consequencesOf(begun.decision, because, parts) }
  }

  const kept: AskedUnits['kept'] = async (first, it, because, unitOf) => {
    let changes = first.unit
    const done = await anew(async () => {
      const committed = await store.commit(unitOf(changes))
      if (committed.kind !== 'stale') return committed
      changes = (await opened(it, because, because.failure)).unit
      return undefined
    })
    if (done !== undefined) return done
    waiting.forget(because.id)
    throw new Standing(undefined)
  }

  const unableTo: AskedUnits['unableTo'] = (message, party) => {
    const asked = askedIn(message, contentOf)
    if (asked === undefined || party === undefined) return undefined
    const { capability } = asked.asking
    return party.profile[capability] === 'unsupported' ? unable(party.id, capability) : undefined
  }

  const sent: AskedUnits['sent'] = async (leg) => {
    const origin = await originOf(leg)
    if (origin === undefined) return {}
    const [it, own] = origin
    return changesBy(await questions.became(own, it.message, 'sent'), own)
  }

  const timedOut: AskedUnits['timedOut'] = async (origin, it, failure) => {
    const decision = await questions.became(origin, it.message, endOf(failure, 'timedOut'))
    return { unit: await changesBy(decision, origin), decision }
  }

  /** The request that a leg comes from, where it asks something of that kind. */
  async function originOf(leg: Leg): Promise<readonly [Pending, Leg] | undefined> {
    if (askingOf(leg.noun, leg.verb) === undefined || leg.answers === '') return undefined
    const origin = await store.leg(leg.answers)
    if (origin?.state !== 'ACCEPTED') return undefined
    const it = waiting.pending(origin.id) ?? (await restored(origin, parts))
    return it === undefined ? undefined : [it, origin]
  }

  async function changesBy(decision: Decision | undefined, origin: Leg): Promise<Changes> {
    if (decision === undefined) return NOTHING
    return consequencesOf(decision, { ...origin, at: clock() }, parts)
  }

  return { opened, kept, unableTo, sent, timedOut }
}

function endOf({ error }: Failing, kind: Ended['kind']): Ended {
  const { code, reason = '', details = '' } = error
  return { kind, code, reason: `${reason} ${details}`.trim() }
}
