// What the acknowledgement of an event means for other objects: a request goes on when its DERMS has been told, and shows
// when it has not. Only the word of the party counts, not that something was sent.

import { member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import type { Flow } from '../../flows/flow.ts'
import { flowFor } from '../../flows/index.ts'
import { isVerb, verbRow } from '../../envelope/verbs.ts'
import type { Deciding } from '../deciding.ts'
import type { Consequence } from '../delivery/dispatcher.ts'
import { entered } from '../delivery/transition.ts'
import type { Verdict } from '../delivery/verdict.ts'
import { identityOf } from '../identity.ts'
import { ACKNOWLEDGEMENT } from '../ledger.ts'
import type { Leg } from '../ledger.ts'
import type { Topology } from '../parties/party.ts'
import { hasRole, isOwn, isThere } from '../parties/spoken-for.ts'
import type { Clock, Validate } from '../ports.ts'
import { EVERYBODYS, NOBODY } from '../standing.ts'
import { formOf } from '../form.ts'
import { judgeForm } from '../translate.ts'
import { octetsOf } from '../tracking/shown.ts'
import type { Follow } from './following.ts'
import { acknowledgementKey } from './acknowledgement-key.ts'

/** What it needs from outside. */
export interface AcknowledgedParts {
  readonly deciding: Deciding
  readonly topology: () => Topology
  readonly schemas: SchemaSet
  readonly validate: Validate
  readonly clock: Clock
  /** what has to be sent next, as far as the gateway does that itself */
  readonly follow: Follow
}

/** What other objects become when a leg is over; undefined for a leg that asked for no acknowledgement. */
export type Acknowledge = (leg: Leg, verdict: Verdict) => Promise<Consequence | undefined>

/** Over one record. */
export function acknowledgedOn(parts: AcknowledgedParts): Acknowledge {
  const { deciding, topology, clock, follow } = parts

  return async (leg, verdict) => {
    const { acknowledged } = flowIn(leg.noun, leg.verb) ?? {}
    if (leg.direction !== 'out' || acknowledged === undefined) return undefined
    const word = wordOf(leg.party, acknowledged.by, topology())
    if (word === 'no') return { unit: {} }
    const bytes = octetsOf(leg.request)
    const { json } = (await judgeForm(bytes, formOf(bytes), parts, { json: true, own: true }))
      .validated
    if (json === undefined) return { unit: {} }
    const isDone = verdict.kind === 'done' && verdict.said?.result !== 'PARTIAL'
    const isAcked = isDone && word === 'counts'
    const work = deciding.workOf(json)
    const { exchangeId } = leg
    const ids = {
      messageID: leg.messageID,
      exchangeId,
      owner: '',
      isShown: EVERYBODYS,
      serving: NOBODY,
    }
    const moves = work.tasks.flatMap(({ object }) => acknowledged.moves(object, isAcked))
    const known = await deciding.readAll(work)
    const decision = deciding.stepped(moves, known, ids)
    const { id, traceparent } = leg
    const at = clock()
    const next = await follow(decision, { id, exchangeId, at, traceparent })
    const events = [...decision.events, ...entered(next.legs, at)]
    const met = isAcked ? work.tasks.flatMap(({ object }) => metBy(object, acknowledged.by)) : []
    return { unit: { ...decision.world.difference(), ...next, events, met } }
  }
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

/** What an event of this noun needs an acknowledgement for; undefined where it needs none. */
export function acknowledging(noun: string, verb: string): Flow['acknowledged'] {
  return flowIn(noun, verb)?.acknowledged
}

/** The flow of an event; a request is answered by its reply. */
function flowIn(noun: string, verb: string): Flow | undefined {
  return isVerb(verb) && verbRow(verb)?.kind === 'event' ? flowFor(noun, verb) : undefined
}

/** The event as it asks for its acknowledgement, where its flow needs one. */
export function askingForAck(message: JsonObject): JsonObject {
  const header = member(message, 'header')
  const text = (name: string) => String(member(header, name))
  if (flowIn(text('Noun'), text('Verb'))?.acknowledged === undefined) return message
  return { ...message, header: { ...(header as JsonObject), AckRequired: true satisfies Json } }
}
