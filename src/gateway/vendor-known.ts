// What a dialect needs to know of what is kept: whether an object is there, and whose part it speaks of.

import { resourcesFor } from '../dialects/index.ts'
import type { Agreed } from '../dialects/dialect.ts'
import { verbsOf } from '../envelope/verbs.ts'
import type { Reference } from '../flows/flow.ts'
import { keysOf } from '../flows/reference.ts'
import { isObject } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { claimKey } from './deciding/claims.ts'
import { idKey, identityOf } from './identity.ts'
import { agreedBy } from './parties/agreed.ts'
import type { Topology } from './parties/party.ts'
import type { Store } from './ports.ts'
import { seekingIn } from './sought.ts'
import type { Seeking } from './sought.ts'
import type { ToldOf } from './vendor-answers.ts'
import { isBeingMade } from './under-way.ts'
import { heldOf } from './world.ts'

/** verbs by which an object is told of */
const TELLING = [...verbsOf('request'), ...verbsOf('event')].filter((it) => it !== 'get')

/** messages about one object whose acknowledgement may still come */
const MOST_TOLD = 16

/** Looks into what is kept, and into what is agreed. */
export interface Known {
  /** mRID of the object of that identity; undefined where it is not kept here */
  readonly mRIDOf: (noun: string, object: Json) => Promise<string | undefined>
  /** true for an object that is here, or that somebody is asked to make and has not answered for */
  readonly isThere: (noun: string, object: Json) => Promise<boolean>
  /** mRID of the object whose part it is, by the rule under which parts are claimed */
  readonly wholeOf: (noun: string, rule: string, part: Json) => Promise<string | undefined>
  /** what a message means that names its object by what it is about; undefined where nothing of the noun is found so */
  readonly sought: Seeking
  /** true for a party that is told what was answered about a noun in words of its own */
  readonly hears: (party: string, noun: string) => boolean
  /** the object of that identity; undefined where it is not kept here */
  readonly kept: (noun: string, object: Json) => Promise<JsonObject | undefined>
  /** mRID of the object to which the first of them leads that leads to one */
  readonly mRIDAt: (noun: string, references: readonly Reference[]) => Promise<string | undefined>
  readonly agreedWith: (party: string) => Agreed
  readonly told: ToldOf
}

/** Of one store. */
export function knownIn(
  store: Pick<Store, 'objects' | 'nouns' | 'page' | 'legs' | 'leg'>,
  topology: () => Topology,
): Known {
  const heldBy = async (noun: string, ids: readonly string[], names: readonly string[]) => {
    if (ids.length + names.length === 0) return undefined
    const [found] = await store.objects(noun, ids, names)
    return found === undefined ? undefined : heldOf(found).object
  }
  const first = async (...asked: Parameters<typeof heldBy>) => {
    const held = await heldBy(...asked)
    return held === undefined ? undefined : identityOf(held).mRID
  }
  const keysOfIdentity = (object: Json) => {
    const { mRID, names } = identityOf(object)
    return [mRID === undefined ? [] : [idKey(mRID)], names] as const
  }
  return {
    agreedWith: agreedBy(topology),
    told: async (party, noun, object) => {
      const { mRID: key } = identityOf(object)
      if (key === undefined) return []
      const about = { direction: 'out', party, noun: [noun], verb: TELLING, key } as const
      const { legs } = await store.legs({ ...about, limit: MOST_TOLD })
      return (await Promise.all(legs.map(({ id }) => store.leg(id)))).flatMap((it) => it ?? [])
    },
    hears: (party, noun) => {
      const { binding } = topology().parties.find(({ id }) => id === party) ?? {}
      if (binding?.type !== 'json') return false
      const routes = resourcesFor(binding.dialect, noun).flatMap((it) => it.routes)
      return routes.some((it) => it.noun === noun && it.verbs?.includes('reply') === true)
    },
    sought: seekingIn(store, topology),
    mRIDOf: (noun, object) => first(noun, ...keysOfIdentity(object)),
    isThere: async (noun, object) => {
      const isHere = async () => (await heldBy(noun, ...keysOfIdentity(object))) !== undefined
      if (await isHere()) return true
      // Between the one question and the other it may have come.
      return isObject(object) && ((await isBeingMade(store, { noun, object })) || isHere())
    },
    kept: (noun, object) => heldBy(noun, ...keysOfIdentity(object)),
    mRIDAt: (noun, references) =>
      first(
        noun,
        [],
        references.flatMap(({ claim }) => (claim === undefined ? [] : [claimKey(claim)])),
      ),
    wholeOf: (noun, rule, part) =>
      first(
        noun,
        [],
        keysOf(part).map((key) => claimKey({ rule, key })),
      ),
  }
}
