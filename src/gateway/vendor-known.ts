// What a dialect needs to know of what is kept: whether an object is there, and whose part it speaks of.

import type { Agreed } from '../dialects/dialect.ts'
import { verbsOf } from '../envelope/verbs.ts'
import { keysOf } from '../flows/reference.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { claimKey } from './claims.ts'
import { idKey, identityOf } from './identity.ts'
import { agreedBy } from './parties/agreed.ts'
import type { Topology } from './parties/party.ts'
import type { Store } from './ports.ts'
import type { ToldOf } from './vendor-answers.ts'
import { heldOf } from './world.ts'

/** verbs by which an object is told of */
const TELLING = [...verbsOf('request'), ...verbsOf('event')].filter((it) => it !== 'get')

/** messages about one object whose acknowledgement may still come */
const MOST_TOLD = 16

/** Looks into what is kept, and into what is agreed. */
export interface Known {
  /** mRID of the object of that identity; undefined where it is not kept here */
  readonly mRIDOf: (noun: string, object: Json) => Promise<string | undefined>
  /** mRID of the object whose part it is, by the rule under which parts are claimed */
  readonly wholeOf: (noun: string, rule: string, part: Json) => Promise<string | undefined>
  readonly agreedWith: (party: string) => Agreed
  readonly told: ToldOf
}

/** Of one store. */
export function knownIn(
  store: Pick<Store, 'objects' | 'legs' | 'leg'>,
  topology: () => Topology,
): Known {
  const first = async (noun: string, ids: readonly string[], names: readonly string[]) => {
    if (ids.length + names.length === 0) return undefined
    const [found] = await store.objects(noun, ids, names)
    return found === undefined ? undefined : identityOf(heldOf(found).object as JsonObject).mRID
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
    mRIDOf: (noun, object) => {
      const { mRID, names } = identityOf(object)
      return first(noun, mRID === undefined ? [] : [idKey(mRID)], names)
    },
    wholeOf: (noun, rule, part) =>
      first(
        noun,
        [],
        keysOf(part).map((key) => claimKey({ rule, key })),
      ),
  }
}
