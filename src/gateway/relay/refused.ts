// What it means for other objects that a party has refused a message, or could not be reached for good: a request shows that
// what it has led to was not carried out. Only what was refused of it counts.

import type { Around, Reference } from '../../flows/flow.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { ContentOf } from '../content.ts'
import type { Decision } from '../deciding/decide.ts'
import type { Deciding } from '../deciding/deciding.ts'
import type { Consequence } from '../delivery/dispatcher.ts'
import type { Verdict } from '../delivery/verdict.ts'
import type { Leg } from '../ledger.ts'
import { referred } from '../deciding/placed.ts'
import { EVERYBODYS, NOBODY } from '../standing.ts'
import { worldOf } from '../world.ts'
import { onlyItems, refusedAt } from './accepted.ts'
import { consequencesOf } from './consequences.ts'
import type { Follow } from './following.ts'
import { publishingOn } from './publishing.ts'
import type { PublishingParts } from './publishing.ts'
import { restored } from './restored.ts'
import type { RestoreParts } from './restored.ts'

/** What it needs from outside. */
export interface RefusedParts {
  readonly deciding: Deciding
  readonly contentOf: ContentOf
}

/**
 * The steps that are taken; undefined where there are none.
 * @param reply as CIM-JSON; absent = all of it is refused
 * @param isOpen true for an owner whose objects may follow it; by default all do
 */
export type Refuse = (
  message: JsonObject,
  leg: Pick<Leg, 'messageID' | 'exchangeId'>,
  reply?: JsonObject,
  isOpen?: (owner: string) => boolean,
) => Promise<Decision | undefined>

/** Over one record. */
export function refusedOn({ deciding, contentOf }: RefusedParts): Refuse {
  return async (message, { messageID, exchangeId }, reply, isOpen = EVERYBODYS) => {
    const refused = reply === undefined ? message : refusedOf(message, reply, contentOf)
    if (refused === undefined) return undefined
    const work = deciding.workOf(refused)
    const flowOf = (noun: string, verb: string) => deciding.flow(noun, verb)?.refused
    if (!work.tasks.some(({ noun, verb }) => flowOf(noun, verb))) return undefined
    const known = await deciding.readAll(work)
    const world = worldOf(known.stored)
    const find: Around['find'] = (it: Reference) => {
      const held = referred(world, it)
      return held !== undefined && isOpen(held.owner) ? held : undefined
    }
    const moves = work.tasks.flatMap(
      ({ noun, verb, object }) => flowOf(noun, verb)?.(object, find) ?? [],
    )
    if (moves.length === 0) return undefined
    const whose = { owner: '', isShown: isOpen, serving: NOBODY }
    return deciding.stepped(moves, known, { messageID, exchangeId, ...whose })
  }
}

/** What it needs besides for messages of our own. */
export interface OwnRefusedParts extends RefusedParts, RestoreParts, PublishingParts {
  readonly follow: Follow
}

/** The same for a message of our own that was to be received here: then nobody else is there to mend it. */
export function ownRefusedOn(
  parts: OwnRefusedParts,
): (leg: Leg, verdict: Verdict) => Promise<Consequence> {
  const [refuse, publish] = [refusedOn(parts), publishingOn(parts)]
  return async (leg, { kind }) => {
    const it = kind === 'refused' || kind === 'failed' ? await restored(leg, parts) : undefined
    const decision = it === undefined ? undefined : await refuse(it.message, leg)
    if (decision === undefined) return { unit: {} }
    const because = { ...leg, at: parts.clock() }
    return { unit: await consequencesOf(decision, because, { publish, follow: parts.follow }) }
  }
}

/** What a reply refuses of a message; undefined where that is nothing. */
export function refusedOf(
  message: JsonObject,
  reply: JsonObject,
  contentOf: ContentOf,
): JsonObject | undefined {
  const places = refusedAt(message, reply, contentOf)
  return places.size === 0
    ? undefined
    : onlyItems(message, (_item, at) => places.has(at), contentOf)
}
