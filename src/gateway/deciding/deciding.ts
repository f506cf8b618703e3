// Decides what a message changes, on what the store holds now: for messages that are carried out here, and for the record
// of what others have carried out.

import type { Flow, Move } from '../../flows/flow.ts'
import type { Search } from '../../flows/search.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { isName, underPrefix } from '../index-keys.ts'
import { decidedWith } from './complete.ts'
import type { ContentOf } from '../content.ts'
import { decide } from './decide.ts'
import type { Decision } from './decide.ts'
import type { Complete, DecideContext } from './settle.ts'
import type { Memory } from '../guarded.ts'
import { entriesBelow } from './history.ts'
import type { Entries } from './history.ts'
import { movedBy } from './moves.ts'
import type { Gone, Page, StoredObject } from '../ports.ts'
import type { ResponderParts } from '../responder.ts'
import { namePartsOf, withId } from '../identity.ts'
import { lookedAt, looksFurther, searchesOf, unasked } from './looked-at.ts'
import type { Asked } from './looked-at.ts'
import { NO_ORGANISATIONS } from '../parties/index.ts'
import type { Organisations } from '../parties/index.ts'
import { isOf, isSearched } from './placed.ts'
import { rivalsOf } from './rivals.ts'
import { touched, workOf } from '../tasks.ts'
import type { Keys, Task, Work } from '../tasks.ts'
import { heldOf, worldOf } from '../world.ts'

/** What deciding needs from outside. */
export interface DecidingParts extends ResponderParts {
  readonly store: Memory
  /** the flow of a noun and verb; undefined when the noun's flows have no such verb */
  readonly flow: (noun: string, verb: string) => Flow | undefined
  readonly contentOf: ContentOf
  /** false for a noun whose objects others keep, so that our record need not have them all */
  readonly isKept: (noun: string) => boolean
  readonly organisations: Organisations
  /** false where only a party can acknowledge what it is told; by default what is here has arrived */
  readonly isOwn?: () => boolean
  /** parties that have to know an object of a noun before others may rely on it; by default nobody */
  readonly due?: (noun: string, owner: string) => readonly string[]
}

/** Where there are no parties. */
export const ALL_HERE = {
  isKept: () => true,
  organisations: NO_ORGANISATIONS,
  isOwn: () => true,
  due: () => [],
} as const

type Ids = Pick<
  DecideContext,
  | 'messageID'
  | 'exchangeId'
  | 'owner'
  | 'isShown'
  | 'isLocal'
  | 'isAsSent'
  | 'isCarriedOut'
  | 'carriedOutBy'
  | 'serving'
  | 'roles'
>

/** What the store knows of that a message is about. */
export interface Known {
  readonly stored: readonly StoredObject[]
  /** of what it might make */
  readonly gone: readonly Gone[]
  /** nouns that were looked at and have objects, so that one that is not found does not exist */
  readonly kept: ReadonlySet<string>
}

/** What has been looked at so far. */
interface Looked {
  readonly stored: readonly StoredObject[]
  readonly asked: Asked
  readonly nouns: ReadonlySet<string>
}

/** Decides. */
export interface Deciding {
  readonly flow: (noun: string, verb: string) => Flow | undefined
  /** @param by party that sends it */
  readonly workOf: (message: JsonObject, by?: string) => Work
  /** the objects that it is about */
  readonly read: (work: Work) => Promise<readonly StoredObject[]>
  /** these, as far as they have not been read yet, what the rules of their flows look at besides, and what there has been before */
  readonly readAll: (work: Work, own?: readonly StoredObject[]) => Promise<Known>
  readonly decided: (work: Work, known: Known, ids: Ids) => Promise<Decision>
  /** Everything that is searched for, each once. */
  readonly searched: (searches: readonly Search[]) => Promise<readonly StoredObject[]>
  /** Takes steps that follow from something else than a message, as far as they can be taken. */
  readonly stepped: (moves: readonly Move[], known: Known, ids: Ids) => Decision
}

/** Over one store. */
export function decidingOn(parts: DecidingParts): Deciding {
  const { schemas, validate, store, contentOf, isKept, organisations, clock, newId } = parts

  async function found(all: ReadonlyMap<string, Keys>): Promise<readonly StoredObject[]> {
    const named = [...all].filter(([, { ids, names }]) => ids.length + names.length > 0)
    const objects = await Promise.all(
      named.map(([noun, { ids, names }]) => store.objects(noun, ids, names)),
    )
    return objects.flat()
  }

  /** With what is there by these keys besides. */
  async function also(before: Looked, keys: ReadonlyMap<string, Keys>): Promise<Looked> {
    const fresh = await found(keys)
    return {
      stored: fresh.length === 0 ? before.stored : eachOnce([...before.stored, ...fresh]),
      asked: before.asked,
      nouns: new Set([...before.nouns, ...keys.keys()]),
    }
  }

  const read = (work: Work) => found(touched(work))

  /** Asked together, because the way to the store costs more than the question. */
  async function readAll(work: Work, own?: readonly StoredObject[]): Promise<Known> {
    const [{ stored, nouns }, gone, all] = await Promise.all([
      readStored(work, own),
      goneOf(work),
      store.nouns(),
    ])
    return { stored, gone, kept: new Set([...nouns].filter((it) => all.has(it))) }
  }

  async function goneOf({ tasks, ...work }: Work): Promise<readonly Gone[]> {
    const making = tasks.filter(({ kind, reported }) => kind === 'create' || reported)
    const keys = [...touched({ ...work, tasks: making })]
    const asked = keys.filter(([, { ids }]) => ids.length > 0)
    return (await Promise.all(asked.map(([noun, { ids }]) => store.gone(noun, ids)))).flat()
  }

  async function readStored(work: Work, given?: readonly StoredObject[]): Promise<Looked> {
    const own = given ?? (await read(work))
    const [asked, keys] = [new Map() as Asked, lookedAt(work, own, flow)]
    const before = { stored: own, asked, nouns: new Set(keys.keys()) }
    const near = await also(before, unasked(keys, asked))
    // Where nothing has been found there is nothing that could lead on.
    const leadsOn = near.stored.length > own.length && looksFurther(work, flow)
    const known = leadsOn ? await further(work, near) : near
    const searches = searchesOf(work, known.stored, flow).filter((it) => isSearched(it, { isKept }))
    if (searches.length === 0) return known
    const hits = (await Promise.all(searches.map((it) => searched(it, known.stored)))).flat()
    if (hits.length === 0) return known
    const all = { ...known, stored: eachOnce([...known.stored, ...hits]) }
    // What has been found may lead on, as what is named does.
    return looksFurther(work, flow) ? further(work, all) : all
  }

  /** Page by page; nothing is kept of what is not wanted. */
  async function searched(
    { noun, of, has, historyOf, under, most = Infinity }: Search,
    known: readonly StoredObject[],
  ): Promise<readonly StoredObject[]> {
    const lists = historyOf === undefined ? [] : entriesBelow(noun, historyOf, worldOf(known))
    const below = under === undefined ? {} : { under: underPrefix(under) }
    const limit = under === undefined ? SEARCHED_AT_ONCE : FOUND_AT_ONCE
    const hits: StoredObject[] = (await Promise.all(lists.map(entries))).flat()
    for (let after: string | null | undefined; after !== null && hits.length < most;) {
      const page = await store.page(noun, {
        limit: Math.min(limit, most),
        ...below,
        ...(after === undefined ? {} : { after }),
      })
      const own = page.objects.filter(({ owner }) => isOf(owner, of, { organisations }))
      hits.push(...own.filter((it) => has(heldOf(it).object)))
      after = page.next
    }
    return hits
  }

  /** Every entry of the history of one list of one object. */
  async function entries({ list, prefix }: Entries): Promise<readonly StoredObject[]> {
    const hits: StoredObject[] = []
    for (let after: string | null = prefix; after !== null;) {
      const page: Page = await store.page(list, { limit: SEARCHED_AT_ONCE, after })
      const own = page.objects.filter(({ id }) => id.startsWith(prefix))
      hits.push(...own)
      after = own.length === page.objects.length ? page.next : null
    }
    return hits
  }

  /** What is found leads on, a few steps from the object itself. */
  async function further(work: Work, known: Looked, steps = MOST_STEPS): Promise<Looked> {
    const keys = unasked(lookedAt(work, known.stored, flow), known.asked)
    if (keys.size === 0 || steps === 0) return known
    const next = await also(known, keys)
    return next.stored === known.stored ? next : further(work, next, steps - 1)
  }

  /** Queries have no objects of their own, and of what the catalogue does not know nothing is kept. */
  function flow(noun: string, verb: string): Flow | undefined {
    const { isNoun, queried } = schemas.catalogue
    return isNoun(noun) && queried(noun) === undefined ? parts.flow(noun, verb) : undefined
  }

  /** mRIDs and names of the nouns that the flows of the work watch. */
  async function watched({ tasks }: Work): Promise<ReadonlyMap<string, readonly string[]>> {
    const nouns = new Set(tasks.flatMap(({ noun, verb }) => flow(noun, verb)?.watches ?? []))
    const all = await Promise.all(
      [...nouns].map(async (noun) => [noun, await store.identities(noun)] as const),
    )
    return new Map(all.map(([noun, list]) => [noun, list.flatMap(textsOf)]))
  }

  /** Decided anew with whoever has what has been claimed on the way. */
  const decided: Deciding['decided'] = async (work, known, ids) => {
    const decision = await decidedBy(work, known, ids)
    const rivals = await rivalsOf(decision, known.stored, store)
    if (rivals.length === 0) return decision
    return decided(work, { ...known, stored: [...known.stored, ...rivals] }, ids)
  }

  const decidedBy: Deciding['decided'] = async (work, { stored, gone, kept: nouns }, ids) => {
    const identities = await watched(work)
    const now = clock()
    const { due = NOBODY_DUE } = parts
    const kept = { isKept, organisations, identities, due, isOwn: parts.isOwn?.() ?? true }
    const context = { gone, nouns, flow, contentOf, newId, now, ...kept, ...ids }
    return decidedWith(
      work.tasks.length,
      (complete) => decide(work, stored, { ...context, complete }),
      { schemas, validate, contentOf },
    )
  }

  const stepped: Deciding['stepped'] = (moves, { stored, gone, kept: nouns }, ids) => {
    const world = worldOf(stored, gone, nouns)
    const [first] = moves
    const own = first === undefined ? undefined : flow(first.noun, 'changed')
    if (first === undefined || own === undefined) return { world, events: [], outcomes: [] }
    const task: Task = {
      kind: 'change',
      noun: first.noun,
      object: {},
      verb: 'changed',
      reported: true,
    }
    const complete: Complete = (_noun, object) => ({ object })
    const kept = { isKept, organisations, complete }
    const context = { flow, contentOf, newId, now: clock(), ...kept, ...ids }
    const done = movedBy({ task, at: 0, flow: own, world, context }, moves)
    const taken = 'taken' in done ? done.taken : []
    const outcome = { task, objectType: own.objectType, errors: [], assigned: false, moved: taken }
    return { world, events: taken.map(({ event }) => event), outcomes: [outcome] }
  }

  /** What has no mRID is the object that its flow knows it as. */
  function known(work: Work): Work {
    const isKnown = ({ noun, verb }: Task) => flow(noun, verb)?.idOf !== undefined
    if (!work.tasks.some(isKnown)) return work
    return { ...work, tasks: work.tasks.map((it) => ({ ...it, object: withKnownId(it) })) }
  }

  function withKnownId({ noun, verb, object }: Task): Task['object'] {
    const id = 'mRID' in object ? undefined : flow(noun, verb)?.idOf?.(object)
    return id === undefined ? object : withId(id, object)
  }

  return {
    stepped,
    searched: async (searches) =>
      eachOnce((await Promise.all(searches.map((it) => searched(it, [])))).flat()),
    flow,
    workOf: (message, by) => known(workOf(message, contentOf, by)),
    read,
    readAll,
    decided,
  }
}

const NOBODY_DUE = (): readonly string[] => []

/** objects, of which some may be long */
const SEARCHED_AT_ONCE = 100
/** and of those that are wanted, all but a few */
const FOUND_AT_ONCE = 1_000

/** steps from an object to what its rules look at, behind the first */
const MOST_STEPS = 4

/** As people write them, whatever the types of the names. */
function textsOf({ id, names }: Pick<StoredObject, 'id' | 'names'>): readonly string[] {
  return [id, ...names.filter(isName).map((it) => namePartsOf(it).name)]
}

/** Two questions may find the same object. */
function eachOnce(all: readonly StoredObject[]): readonly StoredObject[] {
  return [...new Map(all.map((it) => [`${it.noun} ${it.id}`, it])).values()]
}
