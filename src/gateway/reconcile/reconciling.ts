// Comparing what two sides have of a noun: begun by a person or by the clock, with what is kept here and acknowledged, with
// lists that are given, or with what the parties answer when they are asked. What it comes to is a report.

import type { Decision } from '../deciding/decide.ts'
import { comparisonReport, compared, openReport } from '../../flows/reconciliation.ts'
import type { Comparison } from '../../flows/reconciliation.ts'
import { REPORTS } from '../../flows/report.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { member } from '../../schema/json-text.ts'
import type { Deciding } from '../deciding/deciding.ts'
import type { Consequence } from '../delivery/dispatcher.ts'
import { entered } from '../delivery/transition.ts'
import { RETRY } from '../delivery/retry.ts'
import type { Verdict } from '../delivery/verdict.ts'
import { idKey } from '../identity.ts'
import type { Leg } from '../ledger.ts'
import type { Party, Way } from '../parties/party.ts'
import { resolved } from '../parties/routing.ts'
import type { Clock, Put, Store, Unit } from '../ports.ts'
import { consequencesOf } from '../relay/consequences.ts'
import type { Changes } from '../relay/consequences.ts'
import type { Follow } from '../relay/following.ts'
import { NOTHING_SENT, joined, outgoing } from '../relay/outgoing.ts'
import type { Outgoing, OutgoingParts } from '../relay/outgoing.ts'
import type { Publish } from '../relay/publishing.ts'
import { EVERYBODYS, NOBODY } from '../standing.ts'
import { objectsFor } from '../tasks.ts'
import type { Work } from '../tasks.ts'
import { PLANS, openSides, planIn, planPut } from './plan.ts'
import type { Plan } from './plan.ts'
import { sidesOf } from './sides.ts'
import type { SidesParts } from './sides.ts'

/** What it needs from outside. */
export interface ReconcilingParts extends OutgoingParts, SidesParts {
  readonly store: Pick<Store, 'commit' | 'leg' | 'legs' | 'objects' | 'page'>
  readonly deciding: Pick<Deciding, 'decided' | 'readAll'>
  readonly publish: Publish
  readonly follow: Follow
  readonly clock: Clock
  readonly wake: () => void
}

/** `flow` of the messages by which a comparison asks, and by which what is missing is sent. */
export const RECONCILIATION = 'reconciliation'

/** A comparison that has begun. */
export interface Begun {
  readonly report: JsonObject
  /** parties have been asked, and the report is told when they have answered */
  readonly isOpen: boolean
}

/** Compares. */
export interface Reconciling {
  /** @param also to be kept in the same unit @returns undefined where somebody else was quicker with that */
  readonly begin: (plan: Omit<Plan, 'begunAt'>, also?: readonly Put[]) => Promise<Begun | undefined>
  /** What an answer of a party means for the comparison that has asked it; undefined for any other leg. */
  readonly answered: (leg: Leg, verdict: Verdict) => Promise<Consequence | undefined>
}

/** A question of our own needs no route: it is asked of the party that is named. */
const ASKING: Way = {
  id: RECONCILIATION,
  when: {},
  to: [],
  reply: 'sync',
  order: { by: 'none' },
  timeoutMs: 300_000,
  retry: { delaysMs: RETRY.delaysMs.slice(0, 3) },
  idempotencyMs: 0,
  whenTargetDown: 'queue',
  priority: 0,
}

/** Over one store. */
export function reconcilingOn(parts: ReconcilingParts): Reconciling {
  const { store, deciding, clock, newId, contentOf, topology } = parts

  const begin: Reconciling['begin'] = async (wanted, also = []) => {
    const [mRID, begunAt] = [newId(), clock()]
    const named = (id: string) => resolved(id, topology().aliases)
    const sides = { source: named(wanted.source), target: named(wanted.target) }
    const plan = { ...wanted, ...sides, begunAt }
    const asked = await askedOf(plan, mRID)
    const refused = asked.legs.find(({ state }) => state === 'PARKED') ?? untold(plan)
    const isOpen = openSides(plan).length > 0 && refused === undefined
    const sent = isOpen ? asked : NOTHING_SENT
    const report = isOpen
      ? openReport(about(plan, mRID))
      : await (refused === undefined
          ? reportOf(plan, mRID)
          : openReport(about(plan, mRID), refused.reason))
    const told = await changes('create', report, mRID)
    const done = await store.commit({
      ...told,
      ...joined([sent, told]),
      puts: [planPut(mRID, plan, 0), ...also, ...told.puts],
      events: [...entered(sent.legs, begunAt), ...told.events],
    })
    if (done.kind !== 'committed') return undefined
    parts.wake()
    return { report, isOpen }
  }

  /** Without an acknowledgement that is kept, or a word of the target, everything would seem to be missing. */
  function untold({ noun, ask, lists }: Plan): { readonly reason: string } | undefined {
    const isKept = parts.flow(noun, 'get')?.synchronizedTo !== undefined
    if (isKept || ask.includes('target') || lists.target !== undefined) return undefined
    return {
      reason: `It is not kept who has acknowledged objects of ${noun}; have the target asked.`,
    }
  }

  async function reportOf(plan: Plan, mRID: string): Promise<JsonObject> {
    const { source, target } = await sidesOf(plan, parts)
    const it = about(plan, mRID)
    return comparisonReport(it, compared(source, target, it))
  }

  function about({ noun, source, target, begunAt }: Plan, mRID: string): Comparison {
    const objectType = parts.flow(noun, 'get')?.objectType ?? contentOf(noun)?.element ?? noun
    const names = { source: source || parts.source, target }
    return { ...names, mRID, noun, objectType, begunAt, now: clock() }
  }

  async function askedOf(plan: Plan, exchangeId: string): Promise<Outgoing> {
    const all = openSides(plan).flatMap((side) => partyOf(plan[side]) ?? [])
    return joined(await Promise.all(all.map((party) => questionTo(party, plan, exchangeId))))
  }

  function questionTo(party: Party, { noun, begunAt: now }: Plan, exchangeId: string) {
    const message = { message: 'RequestMessage', header: { Verb: 'get', Noun: noun } }
    const from = { exchangeId, answers: '', traceparent: '', owner: '', flow: RECONCILIATION }
    return outgoing({ message, party, way: ASKING, now, ...from }, parts)
  }

  function partyOf(id: string): Party | undefined {
    return topology().parties.find((it) => it.id === id)
  }

  const answered: Reconciling['answered'] = async (leg, verdict) => {
    if (leg.flow !== RECONCILIATION || leg.direction !== 'out' || leg.verb !== 'get')
      return undefined
    const mRID = leg.exchangeId
    const [stored] = await store.objects(PLANS, [idKey(mRID)], [])
    if (stored === undefined) return { unit: {} }
    const plan = planIn(stored)
    const [side] = openSides(plan).filter((it) => plan[it] === leg.party)
    if (side === undefined) return { unit: {} }
    const list = listIn(leg, verdict)
    if (typeof list === 'string')
      return { unit: await changes('change', openReport(about(plan, mRID), list), mRID) }
    const next = { ...plan, lists: { ...plan.lists, [side]: list } }
    const kept = planPut(mRID, next, stored.revision)
    if (openSides(next).length > 0) return { unit: { puts: [kept] } }
    const told = await changes('change', await reportOf(next, mRID), mRID)
    const unit: Partial<Unit> = { ...told, puts: [kept, ...told.puts] }
    return { unit, committed: parts.wake }
  }

  /** What a party says that it has; or one sentence why that is not known. */
  function listIn({ noun, party }: Leg, { kind, said, reply, reason }: Verdict) {
    const codes = said?.errors?.map(({ code }) => code) ?? []
    // To be asked for what there is, and to have nothing, is an answer.
    if (said?.result === 'FAILED' && codes.every((it) => it === NONE) && codes.length > 0) return []
    if (kind !== 'done') return `${party} has not said what it has. ${reason}`.trim()
    if (said?.result === 'PARTIAL' || codes.includes(PART))
      return `${party} has answered in part only (${PART}), so nobody can say what it lacks.`
    const content = contentOf(noun)
    if (content === undefined) return `${noun} has no schema here any more.`
    return objectsFor(member(reply, 'payload'), content)
  }

  /** The report as it is now, who hears of it, and what follows. */
  async function changes(
    kind: 'create' | 'change',
    report: JsonObject,
    exchangeId: string,
  ): Promise<Changes> {
    const work: Work = {
      tasks: [{ kind, noun: REPORTS, object: report, verb: kind, reported: false }],
      integrity: false,
      sequence: false,
    }
    const whose = { owner: '', isShown: EVERYBODYS, serving: NOBODY }
    const known = await deciding.readAll(work)
    const decision: Decision = await deciding.decided(work, known, {
      messageID: '',
      exchangeId,
      ...whose,
    })
    const because = { id: '', exchangeId, at: clock(), traceparent: '' }
    return consequencesOf(decision, because, parts)
  }

  return { begin, answered }
}

const NONE = '99.1'
const PART = '0.2'
