// What our own record says against a message before a party is asked to carry it out: what the party has done cannot be
// taken back. Whether an object is there at all is for the party to say, because our record knows only what has passed here.
// What belongs to another provider is as what is not there; so a party that has the objects of several is asked only about
// what is registered as the sender's own.

import type { ReplyError } from '../../envelope/reply.ts'
import type { Flow } from '../../flows/flow.ts'
import { RECORD } from '../../lifecycles/record.ts'
import { placedAt } from '../answer.ts'
import type { Decision } from '../deciding/decide.ts'
import type { Deciding } from '../deciding/deciding.ts'
import { hasIdentity } from '../identity.ts'
import { duplicate, idOfObject, notFound, refused } from '../outcome.ts'
import type { Outcome } from '../outcome.ts'
import type { StoredObject } from '../ports.ts'
import { EVERYBODYS } from '../standing.ts'
import type { Task, Work } from '../tasks.ts'
import { worldOf } from '../world.ts'
import { waiting } from './behind.ts'

type Ids = Parameters<Deciding['decided']>[2]

/** @param isNear the party has no objects but those of the sender's provider */
type Guard<T> = (work: Work, ids: Ids, isNear: boolean) => Promise<T>

/** What speaks against a message. */
export interface Against {
  /** for which its party is not asked; none where nothing does */
  readonly errors: readonly ReplyError[]
  /** the same task by task, where a part of it may go */
  readonly each: readonly (readonly ReplyError[])[]
  /** the same, with a note for each that is with its party already as it is asked for; absent = none is */
  readonly known?: Against['each']
  /** what would be decided here */
  readonly decision?: Decision
}

/** Nothing does. */
export const NOTHING_AGAINST: Against = { errors: [], each: [] }

/** What of a message has come before it. */
export interface MadeBefore {
  /** true where somebody is asked to make what a task is about, and has not answered */
  readonly isMade: (task: Task) => Promise<boolean>
  /** true for what its sender has made before, and has been told so: under the key that is its own it is there once */
  readonly hasMade: (task: Task) => Promise<boolean>
}

const NOTHING_MADE: MadeBefore = { isMade: async () => false, hasMade: async () => false }

/** What our own record says against messages. */
export interface Guarding {
  readonly whole: Guard<Against>
  /** Task by task, for a message of which a part may go. */
  readonly each: Guard<Against['each']>
}

/**
 * Over one record.
 * @param unguarded ids of flows whose rules are left to the parties
 * @param made what has been made, or is being made, of what a message is about; by default nothing
 */
export function guardingOn(
  { read, readAll, decided, flow }: Deciding,
  unguarded: () => readonly string[],
  { isMade, hasMade }: MadeBefore = NOTHING_MADE,
): Guarding {
  const judged: Guard<All> = async (work, ids, isNear) => {
    const { isShown } = ids
    const own = isShown === EVERYBODYS ? undefined : await read(work)
    const apart = apartIn(own ?? [], ids, isNear)
    const isGuarded = ({ noun, verb }: Task) => hasRules(flow(noun, verb), unguarded())
    if (!work.tasks.some((it) => apart(it).length > 0 || isGuarded(it))) return NOTHING_JUDGED
    const decision = await decided(work, await readAll(work, own), ids)
    const all = decision.outcomes.map(async (it, at): Promise<Judged> => {
      const { task, objectType, isRepeated = false, isContested = false } = it
      const isThere = (isRepeated || isContested) && isGuarded(task) && (await hasMade(task))
      const placed = (one: ReplyError) => placedAt(one, at, objectType)
      // What is not there breaks no rule.
      const strange = apart(task)
      const said = isGuarded(task) ? (it.causes ?? it.errors) : []
      const isMeant = (one: ReplyError) => isOfTheFlow(one) || (isContested && isThere)
      const errors = strange.length > 0 ? strange : said.filter(isMeant)
      const note = isRepeated && isThere ? { note: placed(noted(it)) } : {}
      return { it, own: errors.map(placed), ...note }
    })
    return { all: await Promise.all((await Promise.all(all)).map(behind)), decision }
  }

  /** What is said to be unseen may be on its way to be made: it overtakes nothing, and waits for that. */
  async function behind(judged: Judged): Promise<Judged> {
    const { task, before } = judged.it
    const { making: rule, unseen } = flow(task.noun, task.verb) ?? {}
    const isUnseen =
      before === undefined && unseen?.(task.object, task.kind, task.reported) !== undefined
    if (rule === undefined || judged.own.length === 0 || !isUnseen) return judged
    if (!(await isMade(task))) return judged
    return { ...judged, own: waiting(judged.it, rule) }
  }

  return {
    whole: async (...about) => {
      const { all, decision } = await judged(...about)
      const each = all.map(({ own }) => own)
      const known = all.map(({ own, note }) => (note === undefined ? own : [note]))
      return {
        ...{ errors: broken(all), each },
        ...(all.some(({ note }) => note !== undefined) ? { known } : {}),
        ...(decision === undefined ? {} : { decision }),
      }
    },
    each: async (...about) => (await judged(...about)).all.map(({ own }) => own),
  }

  /** What is said of a task that is about what is not the sender's, so far as its party could do harm with it. */
  function apartIn(all: readonly StoredObject[], { isShown }: Ids, isNear: boolean) {
    const shown = worldOf(all.filter((it) => isShown(it.owner)))
    const others = worldOf(all.filter((it) => !isShown(it.owner)))
    const typeOf = ({ noun }: Task) => flow(noun, 'get')?.objectType ?? noun
    return (task: Task): readonly ReplyError[] => {
      const { noun, object, otherwise = object } = task
      if (task.kind !== 'create') {
        const isSeen = [object, otherwise].some((it) => shown.find(noun, it).kind !== 'none')
        return isNear || isSeen || !isNamed(task) ? [] : notFound(task, typeOf(task)).errors
      }
      // An mRID is one object's: ours has to stay it.
      const found = others.find(noun, object)
      if (found.kind === 'none') return []
      return refused(task, typeOf(task), duplicate(task, typeOf(task), found.held)).errors
    }
  }
}

/** What names nothing is about nobody's. */
function isNamed({ object, otherwise = object }: Task): boolean {
  return hasIdentity(object) || hasIdentity(otherwise)
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
])

/** What became of a task, and what is said against it. */
interface Judged {
  readonly it: Outcome
  readonly own: readonly ReplyError[]
  /** that it is with its party already */
  readonly note?: ReplyError
}

interface All {
  readonly all: readonly Judged[]
  readonly decision?: Decision
}

const NOTHING_JUDGED: All = { all: [] }

/** As it is told beside what is sent on. */
function noted({ task, before, objectType, saying }: Outcome): ReplyError {
  const id = idOfObject(before?.object ?? task.object, objectType)
  const reason = saying?.reason ?? 'It has been made before, as it is; it was not sent on again.'
  const rule = saying?.rule === undefined ? {} : { rule: saying.rule }
  return { code: '0.0', level: 'INFORM', ...rule, reason, ...(id === undefined ? {} : { id }) }
}

/** A message goes to its party whole or not at all: beside what is refused the others say that they were not sent on. */
function broken(all: readonly Judged[]): readonly ReplyError[] {
  if (all.every(({ own }) => own.length === 0)) return []
  return all.flatMap(({ it, own }) => (own.length > 0 ? own : [notSent(it)]))
}

function isOfTheFlow({ rule, code }: ReplyError): boolean {
  // Whether mRID and Names are of one object the record tells (2.29); that something is named by neither, the message alone.
  if (rule === 'ID-1') return code !== '2.29'
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
