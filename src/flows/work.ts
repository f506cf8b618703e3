// What service orders and work requests share: each of their works lives by SM-WRK, and its statusKind is its state.

import { sameId } from '../envelope/mrid.ts'
import { isOver, step } from '../lifecycles/lifecycle.ts'
import type { Stepped } from '../lifecycles/lifecycle.ts'
import { WORK } from '../lifecycles/work.ts'
import { isObject, member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Breach, Placed } from './flow.ts'
import type { Freeze, Items } from './frozen.ts'
import { backwardBreaches } from './interval.ts'

/** Shared by every flow whose object has works. */
export const WORKS = {
  lifecycle: WORK,
  trigger,
  status: { of: statusOf, written: (object: JsonObject) => object },
  asks: {
    cancel: (it: JsonObject) => withStatus(it, 'cancelled'),
    close: (it: JsonObject) => withStatus(it, 'closed'),
  },
} as const

/** Each work by its own status. */
export const WORK_ITEMS = {
  list: 'Work',
  all: worksOf,
  stateOf: statusKind,
  same: sameWork,
} as const satisfies Items

/** What is over stays as it is, also beside work that goes on; its status is for SM-WRK to keep. */
export const WORK_OVER = {
  members: [{ name: 'Work', of: ({ statusKind: _status, ...rest }: JsonObject) => rest }],
  in: ['closed', 'cancelled'],
} as const satisfies Freeze

/** When a work is to be done, and when its customer is to be met. */
const INTERVALS = ['TimeSchedules.scheduleInterval', 'Appointments.meetingInterval'] as const

/** Each of them ends after it starts. */
export function workIntervals(after: JsonObject, before: Placed | undefined): readonly Breach[] {
  const paths = INTERVALS.map((it) => `Work.${it}`)
  return backwardBreaches('WRK-INTERVAL', paths, after, before?.object)
}

/** Every verb by which works are asked for and told of. */
export const WORK_VERBS = [
  'create',
  'change',
  'cancel',
  'close',
  'delete',
  'execute',
  'created',
  'changed',
  'canceled',
  'closed',
  'deleted',
  'executed',
  'get',
] as const

/**
 * Steps each work by its own row; the object is where the one of its open works is that is furthest behind.
 * @param enter trigger of a work that comes with this status
 * @param outside statuses from which a work may still enter anywhere
 */
export function steppedBy(enter: (status: string) => string, outside: readonly string[] = []) {
  const triggerFor = (was: string | undefined, is: string): string => {
    if (was === undefined) return enter(is)
    const isEntering = outside.includes(was) && was !== is && is !== 'cancelled'
    return isEntering ? enter(is) : workTrigger(was, is)
  }
  return (before: Placed | undefined, after: JsonObject): Stepped => {
    const old = worksOf(before?.object)
    const isOpen = before !== undefined && !isOver(WORK, before.state)
    for (const [at, work] of worksOf(after).entries()) {
      const [was, is] = [statusKind(sameWork(work, at, old)), statusKind(work) ?? '']
      const stepped = step(WORK, was ?? '', triggerFor(was, is))
      // Beside work that goes on, what was over before is told again as it is.
      const isRepeated = isOpen && was === is && isOver(WORK, is)
      if ('refusal' in stepped && !isRepeated) return stepped
    }
    return { to: statusOf(after) ?? '' }
  }
}

/** The steps of all works together, each once. @param asked the request verb by which they are asked for */
export function triggersTaken(
  before: JsonObject | undefined,
  after: JsonObject | undefined,
  asked: string,
): readonly string[] {
  if (after === undefined) return ['delete']
  if (before === undefined) return ['create']
  // Whoever cancels what waits for approval does without it; Engineering rejects it by a change.
  if (asked === 'cancel') return ['cancel']
  const old = worksOf(before)
  const all = worksOf(after).map((work, at) => {
    const known = sameWork(work, at, old)
    if (known === undefined) return 'create'
    return workTrigger(statusKind(known) ?? '', statusKind(work) ?? '')
  })
  const steps = [...new Set(all)]
  return steps.length > 1 ? steps.filter((it) => it !== 'change') : steps
}

/** By mRID; a work without one is known by its place. */
export function sameWork(
  work: JsonObject,
  at: number,
  old: readonly JsonObject[],
): JsonObject | undefined {
  return hasId(work) ? old.find((it) => sameId(member(it, 'mRID'), member(work, 'mRID'))) : old[at]
}

/** The works with another status; what is over already stays as it is. */
export function withStatus(object: JsonObject, statusKind_: string): JsonObject {
  const Work = worksOf(object).map((it) =>
    isOver(WORK, statusKind(it) ?? '') ? it : { ...it, statusKind: statusKind_ },
  )
  return { ...object, Work }
}

function trigger(before: JsonObject | undefined, after: JsonObject | undefined): string {
  if (after === undefined) return 'delete'
  if (before === undefined) return 'create'
  return workTrigger(statusOf(before) ?? '', statusOf(after) ?? '')
}

function statusOf(object: JsonObject): string | undefined {
  const all = worksOf(object).map((it) => statusKind(it) ?? '')
  const open = all.filter((it) => !isOver(WORK, it))
  const [first] = (open.length > 0 ? open : all).toSorted((a, b) => rank(a) - rank(b))
  return first
}

function rank(status: string): number {
  return RANKS.indexOf(status)
}

const RANKS = [
  'waitingOnApproval',
  'approved',
  'waitingToBeScheduled',
  'waitingOnMaterial',
  'scheduled',
  'dispatched',
  'enroute',
  'onSite',
  'inProgress',
  'completed',
  'closed',
  'cancelled',
]

/** The works of an order or request. */
export function worksOf(object: JsonObject | undefined): readonly JsonObject[] {
  const list = member(object, 'Work')
  return Array.isArray(list) ? list.filter(isObject) : []
}

/** The status of a work. */
export function statusKind(work: Json | undefined): string | undefined {
  const it = member(work, 'statusKind')
  return typeof it === 'string' ? it : undefined
}

function hasId(work: JsonObject): boolean {
  return typeof member(work, 'mRID') === 'string'
}

/** The trigger by which a work comes from one status to another. @param from empty for a work that is new */
export function workTrigger(from: string, to: string): string {
  if (from === to) return 'change'
  if (to === 'cancelled') return from === 'waitingOnApproval' ? 'reject' : 'cancel'
  return TRIGGERS[to] ?? to
}

const TRIGGERS: Readonly<Record<string, string>> = {
  approved: 'approve',
  waitingToBeScheduled: 'queue',
  waitingOnMaterial: 'lackMaterial',
  scheduled: 'schedule',
  dispatched: 'dispatch',
  enroute: 'leave',
  onSite: 'arrive',
  inProgress: 'start',
  completed: 'complete',
  closed: 'close',
}
