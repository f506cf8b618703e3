// Sends what a comparison has found that the target lacks, and nothing else: what it has acknowledged since, and what is on its
// way to it, is left out. A second time it sends only what is still lacking.

import { lackedBy } from '../../flows/reconciliation.ts'
import { listOf } from '../../flows/reference.ts'
import { REPORTS } from '../../flows/report.ts'
import { knownTo, ledgerOf, toldIn } from '../../flows/sync-ledger.ts'
import { isObject, member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Verb } from '../../envelope/verbs.ts'
import { verbRow } from '../../envelope/verbs.ts'
import { payloadOf, rootsOf } from '../content.ts'
import { anew } from '../delivery/anew.ts'
import { entered } from '../delivery/transition.ts'
import { Standing } from '../delivery/unkept.ts'
import { idKey } from '../identity.ts'
import type { LegFacts } from '../ledger.ts'
import { wayOf } from '../parties/index.ts'
import type { Party, Way } from '../parties/party.ts'
import type { Put } from '../ports.ts'
import type { InwardParts } from '../relay/inward.ts'
import { joined, outgoing } from '../relay/outgoing.ts'
import type { Outgoing } from '../relay/outgoing.ts'
import { sendingOf } from '../relay/publishing.ts'
import { ledgerHeld } from '../deciding/synchronized.ts'
import { heldOf, worldOf } from '../world.ts'
import { PLANS, planIn } from './plan.ts'
import type { Plan } from './plan.ts'
import { RECONCILIATION } from './reconciling.ts'
import type { ReconcilingParts } from './reconciling.ts'
import { isUnderWay, underWayTo, withLedgers } from './sides.ts'
import { untoldOn } from './untold.ts'
import type { Kept } from './sides.ts'

/** What has become of what was missing. */
export type Sent =
  | {
      readonly kind: 'sent'
      /** objects that are on their way now */
      readonly sent: number
      /** that the target has by now, or that are on their way already */
      readonly left: number
      /** that nobody has told here, and that no list of the source has whole */
      readonly unknown: number
      /** the conversation; empty = nothing was sent */
      readonly exchangeId: string
    }
  | { readonly kind: 'none' }
  /** one sentence */
  | { readonly kind: 'refused'; readonly reason: string }

/** @param report mRID of the report of a comparison */
export type SendMissing = (report: string) => Promise<Sent>

/** messages about one object since a comparison that are looked at, the newest */
const MOST_LEGS = 20
/** objects of one message */
const AT_ONCE = 100

/** Over one store. */
export function missingOn(parts: ReconcilingParts & InwardParts): SendMissing {
  const tellFor = untoldOn(parts)
  const { store, contentOf, topology, newId, clock } = parts

  return async (report) => {
    const done = await anew(() => sentOnce(report))
    if (done === undefined) throw new Standing(undefined)
    if (done.kind === 'sent' && done.sent > 0) parts.wake()
    return done
  }

  /** @returns undefined where somebody else was quicker */
  async function sentOnce(report: string): Promise<Sent | undefined> {
    const found = await reportAndPlan(report)
    if (found === undefined) return { kind: 'none' }
    const { plan, object } = found
    if (member(member(object, 'status'), 'value') === 'running')
      return { kind: 'refused', reason: 'The comparison is not over yet.' }
    const party = topology().parties.find((it) => it.id === plan.target)
    if (party === undefined)
      return { kind: 'refused', reason: `There is no party ${plan.target} any more.` }
    const lacked = lackedBy(object)
    const kept = await keptUnder(
      plan.noun,
      lacked.map(({ mRID }) => mRID),
    )
    const missing = new Set(lacked.filter((it) => it.isMissing).map(({ mRID }) => idKey(mRID)))
    const open = await underWayTo(plan.target, plan.noun, parts)
    const since = String(member(object, 'createdDateTime'))
    const unmet = ({ held: { object: it, state } }: Kept) =>
      parts.flow(plan.noun, 'get')?.drift?.unmet(it, state) !== undefined
    const lacking = kept.filter(
      (it) => !isUnderWay(it, open) && (unmet(it) || isLacking(it, plan, since)),
    )
    const had = await Promise.all(lacking.map((it) => hasTakenSince(it, plan, since)))
    const due = lacking.filter((_it, at) => had[at] !== true)
    const exchangeId = newId()
    const known = new Set(kept.map(({ held }) => held.id))
    const strange = lacked.map(({ mRID }) => mRID).filter((it) => !known.has(idKey(it)))
    const untold = await tellFor(strange, plan, exchangeId)
    const numbers = {
      kind: 'sent',
      sent: due.length + untold.count,
      left: kept.length - due.length + untold.waiting,
      unknown: strange.length - untold.count - untold.waiting,
    } as const
    if (numbers.sent === 0) return { ...numbers, exchangeId: '' }
    const messages = await messagesFor(due, plan, { party, exchangeId, missing })
    if ('reason' in messages) return { kind: 'refused', reason: messages.reason }
    const made = joined([messages, untold.sent])
    const puts = due.flatMap((it) => toldOf(it, exchangeId))
    const events = entered(made.legs, clock())
    const committed = await store.commit({ ...made, puts, removals: [], events })
    if (committed.kind !== 'committed') return undefined
    return { ...numbers, exchangeId }
  }

  async function reportAndPlan(
    report: string,
  ): Promise<{ readonly plan: Plan; readonly object: JsonObject } | undefined> {
    const [[plan], [stored]] = await Promise.all([
      store.objects(PLANS, [idKey(report)], []),
      store.objects(REPORTS, [idKey(report)], []),
    ])
    if (plan === undefined || stored === undefined) return undefined
    return { plan: planIn(plan), object: heldOf(stored).object }
  }

  /** As it is now, it has been sent and taken since the comparison: also where its party has not said in which revision. */
  async function hasTakenSince({ held, ledger }: Kept, plan: Plan, from: string): Promise<boolean> {
    const about = { direction: 'out', party: plan.target, noun: [plan.noun], key: held.id } as const
    const { legs } = await store.legs({ ...about, state: ['ACKED'], from, limit: MOST_LEGS })
    const sent = new Set(legs.filter(isSent).map(({ exchangeId }) => exchangeId))
    return listOf(ledger?.object, 'told').some(
      (it) =>
        member(it, 'revision') === held.revision && sent.has(String(member(it, 'exchangeId'))),
    )
  }

  async function keptUnder(noun: string, mRIDs: readonly string[]): Promise<readonly Kept[]> {
    const found: Kept[] = []
    for (let at = 0; at < mRIDs.length; at += AT_ONCE) {
      const ids = mRIDs.slice(at, at + AT_ONCE).map(idKey)
      const [objects, ledgers] = await Promise.all([
        store.objects(noun, ids, []),
        store.objects(ledgerOf(noun), ids, []),
      ])
      found.push(...withLedgers(objects, ledgers))
    }
    return found
  }

  async function messagesFor(
    due: readonly Kept[],
    plan: Plan,
    to: {
      readonly party: Party
      readonly exchangeId: string
      readonly missing: ReadonlySet<string>
    },
  ): Promise<Outgoing | { readonly reason: string }> {
    const content = contentOf(plan.noun)
    if (content === undefined) return { reason: `${plan.noun} has no schema here any more.` }
    const sent: Outgoing[] = []
    for (const [key, some] of batches(due, to.missing)) {
      const verbs = (
        key.startsWith('new ') ? ['created', 'create'] : ['changed', 'change']
      ) as Verb[]
      const found = wayTo(to.party, plan, verbs)
      if (found === undefined)
        return { reason: `No route leads ${verbs.join(' or ')} ${plan.noun} to ${plan.target}.` }
      const [verb, way] = found
      const isEvent = verbRow(verb)?.kind === 'event'
      const payload = payloadOf([
        [
          plan.noun,
          rootsOf(
            some.map(({ held }) => held.object),
            content,
          ),
        ],
      ])
      const message = {
        message: isEvent ? 'EventMessage' : 'RequestMessage',
        header: { Verb: verb, Noun: plan.noun },
        ...(isObject(payload) || Array.isArray(payload) ? { payload } : {}),
      }
      const owner = some[0]?.held.owner ?? ''
      const because = { id: '', exchangeId: to.exchangeId, at: clock(), traceparent: '' }
      const it = { message, party: to.party, way, flow: RECONCILIATION, owner }
      sent.push(await outgoing(sendingOf(it, because), parts))
    }
    return joined(sent)
  }

  /** The way by which the target would have heard of it: told by us or by the source, or asked for by the source. */
  function wayTo(
    party: Party,
    { noun, source }: Plan,
    verbs: readonly Verb[],
  ): readonly [Verb, Way] | undefined {
    const now = topology()
    const senders = [source, parts.source, ...now.parties.map(({ id }) => id)].filter(
      (it) => it !== '',
    )
    for (const verb of verbs)
      for (const from of senders) {
        const choice = wayOf(now, { noun, verb, from })
        if (choice.kind === 'parties' && choice.parties.includes(party)) return [verb, choice.way]
      }
    return undefined
  }
}

/** True for what a comparison has sent. */
function isSent({ flow, verb }: LegFacts): boolean {
  return flow === RECONCILIATION && verb !== 'get'
}

/** True where the target still lacks the object as it is: by what it has acknowledged, since it was asked where it was. */
function isLacking({ held, ledger }: Kept, { target, lists }: Plan, since: string): boolean {
  const known = knownTo(ledger?.object, target)
  const isCurrent = (known?.revision ?? 0) >= held.revision
  return !isCurrent || (lists.target !== undefined && (known?.at ?? '') <= since)
}

/** By whether the target has known of it before, and by whose they are: what is shown to it depends on that. */
function batches(
  due: readonly Kept[],
  missing: ReadonlySet<string>,
): readonly (readonly [string, readonly Kept[]])[] {
  const groups = new Map<string, Kept[]>()
  for (const it of due) {
    const key = `${missing.has(it.held.id) ? 'new' : 'known'} ${it.held.owner}`
    const known = groups.get(key)
    if (known === undefined) groups.set(key, [it])
    else known.push(it)
  }
  return [...groups].flatMap(([key, all]) =>
    Array.from(
      { length: Math.ceil(all.length / AT_ONCE) },
      (_, at) => [key, all.slice(at * AT_ONCE, (at + 1) * AT_ONCE)] as const,
    ),
  )
}

/** That the object as it is was told in this conversation: its acknowledgement says what the target knows. */
function toldOf({ held, ledger }: Kept, exchangeId: string): readonly Put[] {
  const world = worldOf([])
  world.put(ledgerHeld(held, toldIn(ledger?.object, exchangeId, held.revision), ledger))
  return world.difference().puts.map((it) => ({ ...it, expect: ledger?.revision ?? 0 }))
}
