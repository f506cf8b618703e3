// What the gateway keeps of files and tells of them by itself: objects of their nouns, changed step by step as messages would change
// them, each step on disk before the next one is taken.

import { CimError } from '../../envelope/errors.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Deciding } from '../deciding/deciding.ts'
import { anew } from '../delivery/anew.ts'
import { idKey } from '../identity.ts'
import { objectPages } from '../pages.ts'
import type { Clock, NewId, Store } from '../ports.ts'
import { consequencesOf } from '../relay/consequences.ts'
import type { Follow } from '../relay/following.ts'
import { NOTHING_SENT } from '../relay/outgoing.ts'
import type { Publish } from '../relay/publishing.ts'
import { EVERYBODYS, NOBODY } from '../standing.ts'
import type { Task, Work } from '../tasks.ts'
import { heldOf } from '../world.ts'

/** What keeping needs from outside. */
export interface RecordParts {
  readonly store: Pick<Store, 'objects' | 'page' | 'commit'>
  readonly deciding: Pick<Deciding, 'readAll' | 'decided'>
  /** to whom what comes from that party is told */
  readonly publishFrom: (party: string) => Publish
  readonly follow: Follow
  readonly clock: Clock
  readonly newId: NewId
  /** something is to be sent */
  readonly wake: () => void
}

/** One object as it is to be from now on. */
export interface Change {
  readonly noun: string
  /** `change` is merged into what is there */
  readonly kind: 'create' | 'change'
  readonly object: JsonObject
}

/** Who hears of a change besides the status feed: nobody, or whom the routes name for what comes from a party. */
export type Heard = 'nobody' | { readonly from: string }

/** Objects of our own. */
export interface Records {
  /** All of them in one unit; they are on disk when it resolves. @throws {CimError} where they cannot be kept */
  readonly keep: (changes: readonly Change[], heard: Heard) => Promise<void>
  readonly find: (noun: string, mRID: string) => Promise<JsonObject | undefined>
  /** by a name key */
  readonly named: (noun: string, key: string) => Promise<JsonObject | undefined>
  /** all of a noun, one after the other */
  readonly all: (noun: string) => AsyncIterable<JsonObject>
}

/** Over one store. */
export function recordsIn(parts: RecordParts): Records {
  const { store, deciding, clock, newId } = parts

  const keep: Records['keep'] = async (changes, heard) => {
    const work = workOf(changes)
    const exchangeId = newId()
    const kept = await anew(async () => {
      const whose = { owner: '', isShown: EVERYBODYS, serving: NOBODY }
      const ids = { messageID: '', exchangeId, isLocal: false, ...whose }
      const decision = await deciding.decided(work, await deciding.readAll(work), ids)
      const [error] = decision.outcomes.flatMap((it) => it.errors)
      if (error !== undefined) throw new CimError('internal', error.reason)
      const because = { id: '', exchangeId, at: clock(), traceparent: '' }
      const hearing =
        heard === 'nobody' ? SILENT : { ...parts, publish: parts.publishFrom(heard.from) }
      const unit = await consequencesOf(decision, because, hearing)
      const committed = await store.commit(unit)
      if (committed.kind !== 'committed') return undefined
      if (unit.slots.length > 0) parts.wake()
      return true
    })
    if (kept === undefined) throw new CimError('overloaded')
  }

  return {
    keep,
    find: async (noun, mRID) => {
      const [held] = await store.objects(noun, [idKey(mRID)], [])
      return held === undefined ? undefined : heldOf(held).object
    },
    named: async (noun, key) => {
      const [held] = await store.objects(noun, [], [key])
      return held === undefined ? undefined : heldOf(held).object
    },
    all: (noun) => allOf(noun, store),
  }
}

const SILENT = { publish: async () => NOTHING_SENT, follow: async () => NOTHING_SENT }

function workOf(changes: readonly Change[]): Work {
  const tasks = changes.map(({ noun, kind, object }): Task => ({
    kind,
    noun,
    object,
    verb: kind,
    reported: false,
  }))
  return { tasks, integrity: true, sequence: false }
}

/** objects that are read together */
const AT_ONCE = 100

async function* allOf(noun: string, store: RecordParts['store']): AsyncGenerator<JsonObject> {
  for await (const objects of objectPages(noun, { limit: AT_ONCE }, store))
    for (const it of objects) yield heldOf(it).object
}
