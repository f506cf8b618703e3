// A party that fails all of what it is asked is likely not to be able to ask: then no failure says anything of what was asked
// for. How many it has failed in a row is kept beside the questions; from a number on that is an alarm, and its failures
// count as those of a party that is not able to. An answer of whatever kind ends it (K4).

import type { Asking } from '../../flows/asking.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { member } from '../../schema/json-text.ts'
import { idKey, identityOf } from '../identity.ts'
import type { Topology } from '../parties/party.ts'
import { USUAL_QUANTITIES } from '../../flows/quantities.ts'
import type { Clock, Store, StoredObject } from '../ports.ts'
import type { Task } from '../tasks.ts'
import { heldOf } from '../world.ts'
import type { Held, World } from '../world.ts'

/** What it needs from outside. */
export interface FailingParts {
  readonly store: Pick<Store, 'objects'>
  readonly topology: () => Topology
  readonly clock: Clock
}

/** What has become of questions, with what that says of their party. */
export interface Judged {
  /** the questions as they are to be kept */
  readonly objects: readonly JsonObject[]
  /** what else changes: questions that have failed before, the report */
  readonly others: readonly Task[]
  /** what was kept of the party; to be part of what is decided on */
  readonly stored: readonly StoredObject[]
  /** writes down how many it has failed in a row by now */
  readonly note: (world: World) => void
}

/** @param objects what has become of questions, as the party itself has said */
export type Judge = (
  objects: readonly JsonObject[],
  asking: Asking,
  about: { readonly noun: string; readonly party: string },
) => Promise<Judged>

/** Over one store. */
export function failingOn({ store, topology, clock }: FailingParts): Judge {
  return async (objects, asking, { noun, party }) => {
    /** A report is ours to tell of: made the first time, and changed from then on. */
    async function reported(it: Parameters<typeof asking.failures.report>[0]) {
      const report = asking.failures.report(it)
      const ids = [idKey(idOf(report.object))]
      const isKnown = (await store.objects(report.noun, ids, [])).length > 0
      const kind = isKnown ? 'change' : 'create'
      return [{ kind, verb: kind, reported: false, ...report } as const]
    }

    const place = { noun: `${noun}.failed`, id: party }
    const stored = await store.objects(place.noun, [party], [])
    const [kept] = stored.map(heldOf)
    const { quantities = USUAL_QUANTITIES } = topology()
    const most = quantities[asking.failures.quantity]
    const before = failedIn(kept)
    const after = objects.reduce((run, it) => next(run, it, asking), before).slice(-most)
    const [was, is] = [before.length >= most, after.length >= most]
    const own = new Set(objects.map(idOf))
    const earlier = is && !was ? after.filter((it) => !own.has(it)) : []
    const suspected = (it: JsonObject) => asking.failures.suspected(it, party, most)
    const others = [
      ...earlier.map((mRID) => taskOf(noun, suspected({ mRID }))),
      ...(was === is ? [] : await reported({ party, failed: after, now: clock(), isOver: was })),
    ]
    const isSame = was && is
    return {
      objects: is ? objects.map((it) => (hasFailed(it, asking) ? suspected(it) : it)) : objects,
      others,
      stored,
      note: (world) => {
        if (!isSame && (after.length > 0 || before.length > 0))
          world.put(heldAs(place, after, kept))
      },
    }
  }
}

function next(run: readonly string[], it: JsonObject, asking: Asking): readonly string[] {
  const said = asking.failures.saidBy(it)
  if (said === 'nothing') return run
  return said === 'failed' ? [...run, idOf(it)] : []
}

function hasFailed(it: JsonObject, asking: Asking): boolean {
  return asking.failures.saidBy(it) === 'failed'
}

function idOf(it: JsonObject): string {
  return identityOf(it).mRID ?? ''
}

function failedIn(kept: Held | undefined): readonly string[] {
  const failed = member(kept?.object, 'failed')
  return Array.isArray(failed) ? failed.filter((it) => typeof it === 'string') : []
}

function heldAs(
  place: Pick<Held, 'noun' | 'id'>,
  failed: readonly string[],
  kept: Held | undefined,
): Held {
  const revision = (kept?.revision ?? 0) + 1
  return { ...place, state: 'kept', object: { failed }, owner: '', revision }
}

function taskOf(noun: string, object: JsonObject): Task {
  return { kind: 'change', noun, object, verb: 'changed', reported: true }
}
