// What a message means that names its object by what it is about: looked for step by step, as its flow says, among what its sender
// may know of.

import type { Flow, Reference } from '../flows/flow.ts'
import { flowFor } from '../flows/index.ts'
import type { Search } from '../flows/search.ts'
import type { Meant, Seen } from '../flows/sought.ts'
import type { Verb } from '../envelope/verbs.ts'
import { writeJson } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { underPrefix } from './index-keys.ts'
import { keysOf } from './deciding/looked-at.ts'
import { isKept, mayKnow } from './parties/index.ts'
import type { Topology } from './parties/party.ts'
import { foundIn, referred } from './deciding/placed.ts'
import type { Page, Store, StoredObject } from './ports.ts'
import type { Sender } from './received.ts'
import { isBeingAsked } from './under-way.ts'
import { worldOf } from './world.ts'

/** Undefined where the flow has no such way to find an object. */
export type Seeking = (
  about: About,
  asked: JsonObject,
  sender: Sender,
) => Promise<Meant | UnderWay | undefined>

interface About {
  readonly noun: string
  readonly verb: Verb
}

/** The same is asked already, and nobody has answered yet. */
interface UnderWay {
  readonly kind: 'underWay'
}

type Memory = Pick<Store, 'legs' | 'objects' | 'nouns' | 'page'>

/** steps from what a message says to what it means */
const MOST_STEPS = 8

/** Over one store. */
export function seekingIn(store: Memory, topology: () => Topology): Seeking {
  return async ({ noun, verb }, asked, { party, operator }) => {
    const flow: Flow | undefined = flowFor(noun, verb)
    if (flow?.sought === undefined) return undefined
    const { refers, searches, meant } = flow.sought
    const there = await store.nouns()
    const isShown = ({ owner }: StoredObject) =>
      operator === true || mayKnow(party, owner, topology())
    const keeps = (it: string) => isKept(topology(), it) && there.has(it)
    const known = new Map<string, StoredObject>()
    const before = new Set<string>()
    for (let step = 0; ; step += 1) {
      const seen = seenIn([...known.values()], keeps)
      const questions = [
        ...refers(asked, seen).map((it) => naming(it, store)),
        ...searches(asked, seen).map((it) => searching(it, store)),
      ]
      const fresh = questions.filter(({ key }) => before.size < before.add(key).size)
      if (fresh.length === 0 || step === MOST_STEPS)
        return unlessUnderWay(meant(asked, seen), { noun, verb }, store)
      const found = await Promise.all(fresh.map((it) => it.answer()))
      for (const it of found.flat().filter(isShown)) known.set(`${it.noun} ${it.id}`, it)
    }
  }
}

async function unlessUnderWay(meant: Meant, { noun, verb }: About, store: Memory) {
  if (meant.kind !== 'asks') return meant
  const { mRID } = meant.object
  const object = mRID === undefined ? meant.object : { mRID }
  const isAsked = await isBeingAsked(store, { noun, object }, verb)
  return isAsked ? ({ kind: 'underWay' } as const) : meant
}

function seenIn(stored: readonly StoredObject[], keeps: Seen['keeps']): Seen {
  const world = worldOf(stored)
  return { keeps, find: (it) => referred(world, it), all: (it) => foundIn(world, it) }
}

/** Something to ask the store for, once. */
interface Question {
  readonly key: string
  readonly answer: () => Promise<readonly StoredObject[]>
}

function naming(it: Reference, store: Memory): Question {
  const { ids, names } = keysOf(it)
  return {
    key: writeJson([it.noun, ids, names]),
    answer: async () => (ids.length + names.length === 0 ? [] : store.objects(it.noun, ids, names)),
  }
}

function searching({ noun, under = '' }: Search, store: Memory): Question {
  return { key: writeJson([noun, under]), answer: () => allUnder(noun, underPrefix(under), store) }
}

/** objects of one usage point or one application, of which there are few */
const AT_ONCE = 100

async function allUnder(noun: string, under: string, store: Memory) {
  const all: StoredObject[] = []
  for (let after: string | null | undefined; after !== null;) {
    const page: Page = await store.page(noun, {
      ...{ limit: AT_ONCE, under },
      ...(after === undefined ? {} : { after }),
    })
    all.push(...page.objects)
    after = page.next
  }
  return all
}
