// What the acknowledgement of an event means for other objects: a request goes on when its DERMS has been told, and shows
// when it has not. Only the word of the party counts, not that something was sent.

import type { JsonObject } from '../../schema/json-text.ts'
import { keptFirst } from '../../flows/acknowledged.ts'
import type { Deciding } from '../deciding/deciding.ts'
import type { Consequence } from '../delivery/dispatcher.ts'
import { entered } from '../delivery/transition.ts'
import type { Verdict } from '../delivery/verdict.ts'
import { identityOf, sameIdentity } from '../identity.ts'
import { ACKNOWLEDGEMENT } from '../ledger.ts'
import type { Leg } from '../ledger.ts'
import type { Topology } from '../parties/party.ts'
import { hasRole, isOwn, isThere } from '../parties/spoken-for.ts'
import type { Clock } from '../ports.ts'
import { EVERYBODYS, NOBODY } from '../standing.ts'
import { formOf } from '../form.ts'
import { judgeForm } from '../translate.ts'
import { octetsOf } from '../tracking/shown.ts'
import type { Follow } from './following.ts'
import { refusedOf } from './refused.ts'
import { publishingOn } from './publishing.ts'
import type { PublishingParts } from './publishing.ts'
import { joined } from './outgoing.ts'
import { flowIn } from './acknowledging.ts'
import { acknowledgementKey } from './acknowledgement-key.ts'

/** What it needs from outside. */
export interface AcknowledgedParts extends PublishingParts {
  readonly deciding: Deciding
  readonly clock: Clock
  /** what has to be sent next, as far as the gateway does that itself */
  readonly follow: Follow
}

/** What other objects become when a leg is over; undefined for a leg that asked for no acknowledgement. */
export type Acknowledge = (leg: Leg, verdict: Verdict) => Promise<Consequence | undefined>

/** Over one record. */
export function acknowledgedOn(parts: AcknowledgedParts): Acknowledge {
  const { deciding, topology, clock, follow, contentOf } = parts
  const publish = publishingOn(parts)

  /** Objects of a message that its party has refused, and not the others. */
  function refusedIn(message: JsonObject, { reply }: Verdict): readonly JsonObject[] {
    const refused = reply && refusedOf(message, reply, contentOf)
    return refused === undefined ? [] : deciding.workOf(refused).tasks.map(({ object }) => object)
  }

  return async (leg, verdict) => {
    const { acknowledged } = flowIn(leg.noun, leg.verb) ?? {}
    if (leg.direction !== 'out' || acknowledged === undefined) return undefined
    const word = wordOf(leg.party, acknowledged.by, topology())
    if (word === 'no') return { unit: {} }
    const bytes = octetsOf(leg.request)
    const { json } = (await judgeForm(bytes, formOf(bytes), parts, { json: true, own: true }))
      .validated
    if (json === undefined) return { unit: {} }
    const isAsked = keptFirst(flowIn(leg.noun, leg.verb), leg.verb)
    // Of what is asked for the party says one by one what it has done; an event it has heard of, or not.
    const isDone = verdict.kind === 'done' && (isAsked || verdict.said?.result !== 'PARTIAL')
    const isAcked = isDone && word === 'counts'
    const isRefused = isNo(verdict) && word === 'counts'
    const work = deciding.workOf(json)
    const no = isAsked ? refusedIn(json, verdict) : []
    const { exchangeId } = leg
    const ids = {
      messageID: leg.messageID,
      exchangeId,
      owner: '',
      isShown: EVERYBODYS,
      serving: NOBODY,
    }
    const moves = work.tasks.flatMap(({ object }) => {
      const isOut = no.some((it) => sameIdentity(it, object))
      return acknowledged.moves(object, isAcked && !isOut, isRefused || (isAcked && isOut))
    })
    const known = await deciding.readAll(work)
    const decision = deciding.stepped(moves, known, ids)
    const { id, traceparent } = leg
    const at = clock()
    const because = { id, exchangeId, at, traceparent }
    // Who has asked hears at last what has become of it.
    const told = isAsked ? [await publish(decision, because)] : []
    const next = joined([...told, await follow(decision, because)])
    const events = [...decision.events, ...entered(next.legs, at)]
    const met = isAcked ? work.tasks.flatMap(({ object }) => metBy(object, acknowledged.by)) : []
    return { unit: { ...decision.world.difference(), ...next, events, met } }
  }
}

/** The business over there has decided against it; what fails otherwise may have been done. */
function isNo({ kind, outcome, code }: Verdict): boolean {
  return kind === 'refused' && outcome === 'business' && code === undefined
}

/**
 * Whether it is the word of a party that counts. Where no party has such a role, that of any does in a deployment whose DERMS
 * is the DSO's own; elsewhere it shows that nobody has been told.
 */
function wordOf(
  party: string,
  by: readonly string[],
  topology: Topology,
): 'counts' | 'no' | 'shows' {
  if (hasRole(party, by, topology)) return 'counts'
  if (isThere(by, topology)) return 'no'
  return isOwn(topology) ? 'counts' : 'shows'
}

function metBy(object: JsonObject, roles: readonly string[]) {
  const { mRID } = identityOf(object)
  if (mRID === undefined) return []
  return [{ kind: ACKNOWLEDGEMENT, key: acknowledgementKey(mRID, roles) }]
}
