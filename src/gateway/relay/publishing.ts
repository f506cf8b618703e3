// Who is told of what has happened here: the parties to which the event's own way leads, the provider of the object among them.

import type { Decision } from '../deciding/decide.ts'
import { sameJson } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { providersOf, unfit, visibleTo } from '../parties/index.ts'
import type { Party } from '../parties/party.ts'
import { askingForAck } from './acknowledging.ts'
import type { Origin } from './awaited.ts'
import { completed } from './completed.ts'
import type { Choose } from './choosing.ts'
import { NOTHING_SENT, joined, outgoing, shapeOf } from './outgoing.ts'
import { isVendor } from './together.ts'
import type { Outgoing, OutgoingParts } from './outgoing.ts'
import { publicationsOf } from './publications.ts'
import type { Publication } from './publications.ts'

/** What publishing needs from outside. */
export interface PublishingParts extends OutgoingParts {
  readonly choose: Choose
}

/** The events of a decision, for the parties that are to hear of them; to be kept in its unit. */
export type Publish = (decision: Decision, origin: Origin) => Promise<Outgoing>

/** Over the ways of one topology. */
export function publishingOn(parts: PublishingParts): Publish {
  const { topology, contentOf, choose } = parts

  return async (decision, origin) => {
    if (topology().ways.length === 0) return NOTHING_SENT
    const all = publicationsOf(decision, contentOf).flatMap((it) => {
      const { noun, verb, flow, owner } = it
      const sharing = providersOf(owner, topology())
      const standing = { providers: sharing.slice(0, 1), sharing }
      const choice = choose({ noun, verb, from: parts.source }, standing)
      // What nobody wants to hear is not told.
      if (choice.kind !== 'parties') return []
      const { way, parties } = choice
      return parties.flatMap((party) =>
        messagesFor(it, party).map((one) => {
          const message = completed(one, party, decision.world, contentOf)
          return outgoing(sendingOf({ message, party, way, flow, owner }, origin), parts)
        }),
      )
    })
    return joined(await Promise.all(all))
  }

  /** Whoever does not take them one by one, or is not shown who they are, hears of the object as a whole. */
  function messagesFor({ message, apart, owner }: Publication, party: Party) {
    const whose = owner === '' ? undefined : owner
    const isSeen = (it: JsonObject) => sameJson(visibleTo(it, party, topology(), whose), it)
    const takes = (it: JsonObject) => unfit(party, shapeOf(it)) === undefined && isSeen(it)
    const isApart = apart !== undefined && !isVendor(party) && apart.every(takes)
    return isApart ? apart : [message]
  }
}

/** What is sent because of something, in the conversation of that. */
export function sendingOf(
  it: Pick<Parameters<typeof outgoing>[0], 'message' | 'party' | 'way' | 'flow' | 'owner'>,
  { id, exchangeId, at, traceparent }: Origin,
): Parameters<typeof outgoing>[0] {
  const message = askingForAck(it.message)
  return { ...it, message, exchangeId, answers: id, now: at, traceparent }
}
