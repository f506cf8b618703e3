// What is on its way to parties: whose an object is that a party has been asked to make and has not answered for yet. As long
// as the way to that party is cut, our own record does not know the object, and it is that party's all the same.

import type { Verb } from '../envelope/verbs.ts'
import type { Memory } from './guarded.ts'
import { identityOf, isUuid, nameTexts } from './identity.ts'
import type { LegQuery } from './ledger.ts'
import type { Task } from './tasks.ts'

/** Sent, or still to be, and not over; also what waits for a person, who may send it on. */
const UNDER_WAY: NonNullable<LegQuery['state']> = ['QUEUED', 'SENDING', 'SENT', 'FAILED', 'PARKED']

/** objects of one message that are looked for */
const MOST_ASKED = 32
/** messages about one object that are looked at, the newest first */
const MOST_LEGS = 20

/**
 * The parties that messages about these objects are on their way to, each once.
 * @param tasks about objects that our record does not know
 */
export async function partiesAsked(
  store: Pick<Memory, 'legs'>,
  tasks: readonly Task[],
): Promise<readonly string[]> {
  // Who makes something says whose it is.
  const about = tasks.filter(({ kind }) => kind !== 'create')
  const each = await Promise.all(
    about.slice(0, MOST_ASKED).map(({ noun, object }) => legsAbout(store, noun, object)),
  )
  return [...new Set(each.flat())]
}

/** True while an object that our record does not know is asked for, and nobody has answered for it. */
export function isBeingMade(
  store: Pick<Memory, 'legs'>,
  about: Pick<Task, 'noun' | 'object'>,
): Promise<boolean> {
  return isBeingAsked(store, about, 'create')
}

/** Asked, and not over: also when whoever asked has been told that it has not come in time. */
export const OPEN = [
  { direction: 'in', state: ['ACCEPTED'] },
  { direction: 'out', state: ['QUEUED', 'SENDING', 'SENT', 'FAILED'] },
] as const satisfies readonly Pick<LegQuery, 'direction' | 'state'>[]

/** True while somebody is asked to do that with an object, and has not answered. */
export async function isBeingAsked(
  store: Pick<Memory, 'legs'>,
  { noun, object }: Pick<Task, 'noun' | 'object'>,
  verb: Verb,
): Promise<boolean> {
  const { mRID } = identityOf(object)
  const keys = [...(mRID === undefined ? [] : spellings(mRID)), ...nameTexts(object)]
  const asked = OPEN.flatMap((it) => keys.map((key) => ({ ...it, key })))
  const found = await Promise.all(
    asked.map((it) => store.legs({ ...it, noun: [noun], verb: [verb], limit: 1 })),
  )
  return found.some(({ legs }) => legs.length > 0)
}

async function legsAbout(
  store: Pick<Memory, 'legs'>,
  noun: string,
  object: Task['object'],
): Promise<readonly string[]> {
  const { mRID } = identityOf(object)
  if (mRID === undefined) return []
  const query = { direction: 'out', noun: [noun, 'OperationSet'], state: UNDER_WAY } as const
  const found = await Promise.all(
    spellings(mRID).map((key) => store.legs({ ...query, key, limit: MOST_LEGS })),
  )
  return found.flatMap(({ legs }) => legs.map(({ party }) => party))
}

/** Messages are found by what was written in them; UUIDs are the same in either case. */
function spellings(mRID: string): readonly string[] {
  const all = isUuid(mRID) ? [mRID, mRID.toLowerCase(), mRID.toUpperCase()] : [mRID]
  return [...new Set(all)]
}
