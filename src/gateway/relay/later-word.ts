// What a party has told of an object while a request about it was with that party: the later word. Its reply says only that
// the request was carried out, and may come after an event that was written behind it; so what the event told lies above what
// was asked for, however late the reply comes. An event is never made to wait: its party may be waiting for the answer.

import { VERBS } from '../../envelope/verbs.ts'
import type { Deciding } from '../deciding/deciding.ts'
import { shifted } from '../delivery/outcome.ts'
import { identityOf, namePartsOf, sameIdentity } from '../identity.ts'
import type { Attempt, Leg, LegFacts, LegQuery } from '../ledger.ts'
import { merged } from '../merge.ts'
import { legPages } from '../pages.ts'
import type { Store } from '../ports.ts'
import { without } from '../deciding/removal.ts'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { text } from '../tasks.ts'
import type { Task, Work } from '../tasks.ts'
import { restored } from './restored.ts'
import type { RestoreParts } from './restored.ts'

/** What it needs from outside. */
export interface LaterWordParts extends RestoreParts {
  readonly store: Pick<Store, 'attempts' | 'leg' | 'legs'>
  readonly deciding: Pick<Deciding, 'workOf'>
}

const EVENTS = Object.entries(VERBS).flatMap(([verb, { kind }]) => (kind === 'event' ? [verb] : []))
/** What was refused says nothing. */
const TAKEN: NonNullable<LegQuery['state']> = ['RECEIVED', 'ACCEPTED', 'ACKED', 'PARTIAL']
/** by which the clocks of parties may differ from ours */
const SKEW_MS = 60_000
/** objects that are looked for one by one; of more, all that the party has told is looked at */
const MOST_KEYS = 16
const PAGE = 200

/**
 * The same work, as far as it is not overtaken.
 * @param work what a party has carried out
 * @param leg by which it was asked
 * @param startedAt of the try that it has answered, ISO 8601 with Z; absent = the last that is on record
 */
export async function beneathLaterWord(
  work: Work,
  leg: Leg,
  startedAt: string | undefined,
  parts: LaterWordParts,
): Promise<Work> {
  if (!work.tasks.some(isOvertakable)) return work
  const since = sentAt(leg, await parts.store.attempts(leg.id), startedAt)
  const told: Task[] = []
  for (const it of await eventsSince(since, leg, work, parts.store))
    told.push(...(await tasksOf(it.id, since, parts)))
  return told.length === 0 ? work : { ...work, tasks: work.tasks.flatMap((it) => under(it, told)) }
}

/** What ends an object has the last word. */
function isOvertakable({ kind }: Task): boolean {
  return kind === 'create' || kind === 'change'
}

/** From when on the party may have had the request. */
function sentAt(leg: Leg, attempts: readonly Attempt[], startedAt: string | undefined): string {
  const reached = attempts.find((it) => it.outcome !== 'technical' || it.status !== 0)
  return reached?.at ?? startedAt ?? attempts.at(-1)?.at ?? leg.at
}

/** The oldest first. */
async function eventsSince(
  from: string,
  { party }: Leg,
  { tasks }: Work,
  store: LaterWordParts['store'],
): Promise<readonly LegFacts[]> {
  const noun = [...new Set([...tasks.map((it) => it.noun), 'OperationSet'])]
  // Without states: by them the store would look through everything that the party has ever had, for want of a better index.
  const query = { direction: 'in', party, noun, verb: EVENTS, from } as const
  const keys = tasks.flatMap(({ object }) => keysOf(object))
  const asked: readonly Partial<LegQuery>[] =
    keys.length > MOST_KEYS ? [{}] : keys.map((key) => ({ key }))
  const found = await Promise.all(asked.map((it) => all({ ...query, ...it, limit: PAGE }, store)))
  const taken = found.flat().filter(({ state }) => TAKEN.includes(state))
  const legs = new Map(taken.map((it) => [it.id, it]))
  return [...legs.values()].toSorted((a, b) => (`${a.at} ${a.id}` < `${b.at} ${b.id}` ? -1 : 1))
}

async function all(query: LegQuery, store: LaterWordParts['store']): Promise<readonly LegFacts[]> {
  const found: LegFacts[] = []
  for await (const legs of legPages(query, store)) found.push(...legs)
  return found
}

function keysOf(object: JsonObject): readonly string[] {
  const { mRID, names } = identityOf(object)
  return [...(mRID === undefined ? [] : [mRID]), ...names.map((it) => namePartsOf(it).name)]
}

/** What an event tells; nothing where it was written before the request was sent, so that it cannot know of it. */
async function tasksOf(id: string, since: string, parts: LaterWordParts): Promise<readonly Task[]> {
  const leg = await parts.store.leg(id)
  const it = leg && (await restored(leg, parts))
  if (it === undefined) return []
  const writtenAt = Date.parse(text(member(member(it.message, 'header'), 'Timestamp')) ?? '')
  const isEarlier = writtenAt < Date.parse(shifted(since, -SKEW_MS))
  return isEarlier ? [] : parts.deciding.workOf(it.message).tasks
}

/** What was asked for, where nothing later is told of it; none at all for what is gone by then. */
function under(task: Task, told: readonly Task[]): readonly Task[] {
  if (!isOvertakable(task)) return [task]
  let object: JsonObject | undefined = task.object
  for (const it of told)
    if (it.noun === task.noun && sameIdentity(task.object, it.object)) object = above(object, it)
  return object === undefined ? [] : [{ ...task, object }]
}

function above(object: JsonObject | undefined, told: Task): JsonObject | undefined {
  switch (told.kind) {
    case 'delete':
      return undefined
    case 'create':
      return object === undefined ? told.object : merged(object, told.object)
    case 'change':
      return object && merged(object, told.object)
    case 'removeParts':
      return object && without(object, told.object).after
    default:
      return object
  }
}
