// What our own record says against a message before a party is asked to carry it out: what the party has done cannot be
// taken back. Whether an object is there at all is for the party to say, because our record knows only what has passed here.

import type { ReplyError } from '../../envelope/reply.ts'
import type { Flow } from '../../flows/flow.ts'
import { RECORD } from '../../lifecycles/record.ts'
import type { Deciding } from '../deciding.ts'
import { idOfObject } from '../outcome.ts'
import type { Outcome } from '../outcome.ts'
import { EVERYBODYS } from '../standing.ts'
import type { Task, Work } from '../tasks.ts'

type Ids = Parameters<Deciding['decided']>[2]

/** The errors for which the party is not asked; none where nothing speaks against it. */
export type Guarding = (work: Work, ids: Ids) => Promise<readonly ReplyError[]>

/**
 * Over one record.
 * @param unguarded ids of flows whose rules are left to the parties
 */
export function guardingOn(
  { read, readAll, decided, flow }: Deciding,
  unguarded: () => readonly string[],
): Guarding {
  return async (work, ids) => {
    const { isShown } = ids
    const own = isShown === EVERYBODYS ? undefined : await read(work)
    // What belongs to another provider is not there for the sender, wherever its route leads.
    const isHidden = own?.some((one) => !isShown(one.owner)) ?? false
    const isGuarded = ({ noun, verb }: Task) => hasRules(flow(noun, verb), unguarded())
    if (!isHidden && !work.tasks.some(isGuarded)) return []
    const { outcomes } = await decided(work, await readAll(work, own), ids)
    return isHidden ? outcomes.flatMap(({ errors }) => errors) : broken(outcomes, isGuarded)
  }
}

function hasRules(flow: Flow | undefined, unguarded: readonly string[]): boolean {
  if (flow === undefined || unguarded.includes(flow.id)) return false
  const own = [flow.rules, flow.invariants, flow.frozen, flow.moves]
  return flow.lifecycle !== RECORD || own.some((it) => it !== undefined)
}

/** Rules by which our own record refuses what the party may know better. */
const OF_THE_RECORD: ReadonlySet<string> = new Set([
  'NO-OBJECT',
  'NOT-FOUND',
  'DUPLICATE',
  'INCOMPLETE',
  'NO-PART',
  'ID-1',
])

/** A message goes to its party whole or not at all: beside what is refused the others say that they were not sent on. */
function broken(
  outcomes: readonly Outcome[],
  isGuarded: (task: Task) => boolean,
): readonly ReplyError[] {
  const all = outcomes.map((it) => ({
    it,
    own: isGuarded(it.task) ? (it.causes ?? it.errors).filter(isOfTheFlow) : [],
  }))
  if (all.every(({ own }) => own.length === 0)) return []
  return all.flatMap(({ it, own }) => (own.length > 0 ? own : [notSent(it)]))
}

function isOfTheFlow({ rule }: ReplyError): boolean {
  return rule !== undefined && !OF_THE_RECORD.has(rule)
}

function notSent({ task, objectType }: Outcome): ReplyError {
  const reason = 'Not carried out: another object of the message is refused, so it was not sent on.'
  const id = idOfObject(task.object, objectType)
  const { operationId } = task
  return {
    code: '5.9',
    level: 'FATAL',
    reason,
    ...(id === undefined ? {} : { id }),
    ...(operationId === undefined ? {} : { operationId }),
  }
}
