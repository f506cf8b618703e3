// The collections of one list together: which there are, which are still to come, and what became of each record, in the
// order of the list.

import { LISTS, listFor } from '../../flows/lists.ts'
import type { Ledger, Leg, LegFacts, LegQuery, MessageState } from '../ledger.ts'
import { legPages } from '../pages.ts'
import { isPieceOf } from '../relay/joined.ts'
import { entriesOf, isCollection, readDraft } from './draft.ts'
import type { Draft, Entry } from './draft.ts'
import { failureBy, outcomeOf } from './result.ts'
import type { Failure } from './result.ts'

/** What looking needs. */
export type RunStore = Pick<Ledger, 'leg' | 'legs'>

/** legs that are read at once, without their texts */
const PAGE = 1_000
/** and where one of them is enough */
const FEW = 4

const OPEN: readonly MessageState[] = ['QUEUED', 'SENDING', 'SENT', 'FAILED', 'HELD']

/** One record of a list, and what became of it. */
export interface RecordOutcome {
  readonly entry: Entry
  /** undefined = not known yet */
  readonly result: 'OK' | 'FAILED' | undefined
  readonly failure?: Failure
}

/** True for a list that was taken in on this leg. */
export function isRun(origin: Pick<Leg, 'direction' | 'target'>): boolean {
  return origin.direction === 'in' && origin.target.startsWith(LIST)
}

/** `target` of the leg of a list: how many records it has, and how many are in a collection */
const LIST = 'list of '

/** As the leg of the list keeps it. */
export function targetOf(count: number, size: number): string {
  return `${LIST}${count} in collections of ${size}`
}

/** What the leg of a list keeps. */
export function sizesIn({ target }: Pick<Leg, 'target'>): {
  readonly count: number
  readonly size: number
} {
  const [count = 0, size = 1] = [...target.matchAll(/\d+/g)].map(([it]) => Number(it))
  return { count, size }
}

/** The leg on which the list of a collection came, without its texts: they are long. */
export async function originOf(leg: Leg, store: RunStore): Promise<LegFacts | undefined> {
  const { sender: party, under: messageID } = readDraft(leg)
  const { legs } = await store.legs({ direction: 'in', party, messageID, limit: 2 })
  return legs.find(({ id }) => id === leg.answers)
}

/** Lists that have been taken in, and whose sender has not been told yet what has come of them. */
export async function* openLists(store: Pick<RunStore, 'legs'>): AsyncGenerator<LegFacts> {
  const noun = LISTS.map((it) => it.noun)
  const query: LegQuery = {
    direction: 'in',
    noun,
    verb: ['create'],
    state: ['ACCEPTED'],
    limit: PAGE,
  }
  for await (const legs of legPages(query, store)) yield* legs.filter(isRun)
}

/** Every leg that was made because of a list. */
async function* sentFor(
  { id, exchangeId }: Pick<Leg, 'id' | 'exchangeId'>,
  store: RunStore,
  more: Partial<LegQuery> = {},
): AsyncGenerator<LegFacts> {
  const query: LegQuery = { exchangeId, direction: 'out', limit: PAGE, ...more }
  for await (const legs of legPages(query, store))
    yield* legs.filter((it) => it.answers === id && isCollection(it))
}

/** True while a collection besides these is still to come to its end. */
export async function isOpen(
  origin: Pick<Leg, 'id' | 'exchangeId'>,
  store: RunStore,
  but: readonly string[],
): Promise<boolean> {
  // Asked at the end of each of them, and nearly always some are left: the newest are enough.
  for await (const it of sentFor(origin, store, { state: OPEN, limit: FEW }))
    if (!but.includes(it.id)) return true
  return false
}

/** Its collections that are still to come to their end. */
export async function openIn(
  origin: Pick<Leg, 'id' | 'exchangeId'>,
  store: RunStore,
): Promise<readonly LegFacts[]> {
  const all: LegFacts[] = []
  for await (const it of sentFor(origin, store, { state: OPEN })) all.push(it)
  return all
}

/** Its collections in order, each with what was sent of it once more. */
export async function collectionsOf(
  origin: LegFacts,
  store: RunStore,
): Promise<readonly (readonly LegFacts[])[]> {
  const all: LegFacts[] = []
  for await (const it of sentFor(origin, store)) all.push(it)
  const known = new Map(all.map((it) => [it.id, it]))
  const first = (it: LegFacts): LegFacts => {
    const earlier = known.get(it.replayOf)
    return earlier === undefined ? it : first(earlier)
  }
  const turns = new Map<string, LegFacts[]>()
  for (const it of all.toReversed()) {
    const key = first(it).id
    const own = turns.get(key)
    if (own === undefined) turns.set(key, [it])
    else own.push(it)
  }
  return [...turns]
    .filter(([id]) => isPieceOf(id, origin.answers))
    .sort(([one], [other]) => placeOf(one) - placeOf(other))
    .map(([, legs]) => legs)
}

function placeOf(id: string): number {
  const at = id.lastIndexOf('.')
  return at < 0 ? 1 : Number(id.slice(at + 1))
}

/**
 * What became of the records of one collection, by the last turn that says something of each.
 * @param turns the collection itself, then what of it was sent once more @param now as they are, where that is not on disk yet
 */
export async function outcomesOf(
  turns: readonly Pick<Leg, 'id'>[],
  store: RunStore,
  now: ReadonlyMap<string, Leg> = new Map(),
): Promise<readonly RecordOutcome[]> {
  const outcomes = new Map<number, RecordOutcome>()
  for (const { id } of turns) {
    const leg = now.get(id) ?? (await store.leg(id))
    if (leg === undefined) continue
    for (const it of turnOf(leg)) {
      const { index } = it.entry
      // What has been accepted once stays so; a turn that is still open says nothing of those before it.
      const before = outcomes.get(index)
      if (before === undefined || (before.result !== 'OK' && it.result !== undefined))
        outcomes.set(index, it)
    }
  }
  return [...outcomes.values()].sort((one, other) => one.entry.index - other.entry.index)
}

function turnOf(leg: Leg): readonly RecordOutcome[] {
  const draft: Draft = readDraft(leg)
  const list = listFor(draft.noun, 'create')
  const entries = list === undefined ? [] : entriesOf(draft, list, leg.answers)
  const said = outcomeOf(
    leg,
    entries.map((it) => it.index),
  )
  const failed = new Map(said?.failed.map((it) => [it.index, it]))
  return entries.map((entry) => {
    const failure = failed.get(entry.index)
    if (said === undefined) return { entry, result: undefined }
    return failure === undefined ? { entry, result: 'OK' } : { entry, result: 'FAILED', failure }
  })
}

/** How many records have failed, and the first of them. */
export interface Tally {
  readonly count: number
  readonly failed: number
  readonly first: readonly { readonly entry: Entry; readonly failure: Failure }[]
}

/** failures that one message tells; all are found page by page */
const MOST_TOLD = 1_000

/** Over all collections; what was accepted as a whole need not be read again. */
export async function tallyOf(
  origin: LegFacts,
  store: RunStore,
  now: ReadonlyMap<string, Leg>,
): Promise<Tally> {
  const { count } = sizesIn(origin)
  let failed = 0
  const first: Tally['first'][number][] = []
  for (const turns of await collectionsOf(origin, store)) {
    if (turns.some((it) => (now.get(it.id) ?? it).state === 'ACKED' && turns.length === 1)) continue
    for (const { entry, result, failure } of await outcomesOf(turns, store, now)) {
      if (result === 'OK') continue
      failed += 1
      if (first.length < MOST_TOLD)
        first.push({ entry, failure: failure ?? failureBy(entry.index, UNKNOWN) })
    }
  }
  return { count, failed, first }
}

const UNKNOWN = { code: '5.2', reason: 'Nothing is known of it.' } as const
