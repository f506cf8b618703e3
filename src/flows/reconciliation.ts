// What two sides have of a noun: what the source has against what the target has acknowledged, or says itself that it has. The
// difference is a report, with the reason of each; only what the target lacks is ever to be sent (K2, G2).

import { isObject, member, sameJson } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { ALARM, reportOf } from './report.ts'

/** What one side has of an object. */
export interface Had {
  /** by which both sides know it */
  readonly key: string
  /** as its own element identifies it */
  readonly mRID: string
  /** where it is counted here; of the target the one that it has acknowledged */
  readonly revision?: number
  /** as that side has it, where it has said so */
  readonly object?: JsonObject
  /** for people, where it says more than the revision */
  readonly state?: string
  /** nothing comes behind its state: whoever has never known it lacks nothing */
  readonly isOver?: boolean
  /** revision that the target has acknowledged, where it says itself what it has */
  readonly acknowledged?: number
  /** why the target does not have it as it is, by its own word, whatever it has acknowledged */
  readonly unmet?: string
  /** that the target has been told and has not acknowledged it yet, whatever has answered for it */
  readonly pending?: string
  /** what the target lacks of it is under way to it */
  readonly isUnderWay?: boolean
}

/** What is different, and why. */
export interface Difference {
  readonly outcome: 'MISSING' | 'DIFFERENT' | 'SURPLUS' | 'SKIPPED' | 'PENDING'
  readonly had: Had
  readonly reason: string
  readonly sourceValue?: string
  readonly targetValue?: string
}

/** Both sides compared. */
export interface Compared {
  readonly same: number
  /** in the order of the source, then of the target */
  readonly differences: readonly Difference[]
}

/** Who is compared, as people read it. */
export interface Sides {
  readonly source: string
  readonly target: string
}

/** @param target may be what it has acknowledged, or its own list */
export function compared(source: readonly Had[], target: readonly Had[], sides: Sides): Compared {
  const theirs = new Map(target.map((it) => [it.key, it]))
  const ours = new Set(source.map((it) => it.key))
  const lacking = source.flatMap((it) => lackingOf(it, theirs.get(it.key), sides))
  const surplus = target.filter((it) => !ours.has(it.key)).map((it) => surplusOf(it, sides))
  return { same: source.length - lacking.length, differences: [...lacking, ...surplus] }
}

function lackingOf(own: Had, theirs: Had | undefined, { target }: Sides): readonly Difference[] {
  if (theirs === undefined) {
    if (own.isOver === true) return []
    const { acknowledged } = own
    const reason =
      acknowledged === undefined
        ? `${target} has acknowledged no revision of it, and does not list it.`
        : `${target} does not list it, though it has acknowledged revision ${acknowledged}.`
    return [waiting({ outcome: 'MISSING', had: own, reason, ...valueOf('sourceValue', own) })]
  }
  const reason = differenceOf(own, theirs, target)
  const values = { ...valueOf('sourceValue', own), ...valueOf('targetValue', theirs) }
  if (reason === undefined)
    return own.pending === undefined
      ? []
      : [{ outcome: 'PENDING', had: own, reason: own.pending, ...values }]
  return [waiting({ outcome: 'DIFFERENT', had: own, reason, ...values })]
}

/** What is under way need not be sent, and may be there in a moment. */
function waiting(it: Difference): Difference {
  if (it.had.isUnderWay !== true) return it
  return { ...it, outcome: 'SKIPPED', reason: `${it.reason} It is on its way.` }
}

function surplusOf(had: Had, { source, target }: Sides): Difference {
  const reason = `${target} has it, and ${source} does not.`
  return { outcome: 'SURPLUS', had, reason, ...valueOf('targetValue', had) }
}

function valueOf(name: 'sourceValue' | 'targetValue', { revision, state }: Had) {
  const said = [revision, state].filter((it) => it !== undefined).join(' ')
  return said === '' ? {} : { [name]: said }
}

/** Why they are not the same; undefined where they are. Contents count where both have said theirs, else revisions. */
function differenceOf(own: Had, theirs: Had, target: string): string | undefined {
  if (own.object !== undefined && theirs.object !== undefined) {
    const names = membersApart(own.object, theirs.object)
    return names.length === 0 ? undefined : `It differs in ${names.join(', ')}.`
  }
  // Of one that is listed without a revision nobody can tell that it is an old one.
  const { revision: is = 0 } = own
  const { revision: known = is } = theirs
  return known >= is
    ? own.unmet
    : `${target} has acknowledged revision ${known}, and it is at revision ${is}.`
}

/** Members of the source that the target has otherwise; what it has besides is its own. */
function membersApart(own: JsonObject, theirs: JsonObject): readonly string[] {
  return Object.keys(own).filter(
    (it) => it !== 'mRID' && !it.startsWith('#') && !sameValue(own[it], theirs[it]),
  )
}

/** Lists are the same in whatever order they are told. */
function sameValue(a: JsonObject[string] | undefined, b: JsonObject[string] | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  if (!Array.isArray(a) || !Array.isArray(b)) {
    if (!isObject(a) || !isObject(b)) return sameJson(a, b)
    const names = new Set([...Object.keys(a), ...Object.keys(b)])
    return [...names].every((it) => sameValue(a[it], b[it]))
  }
  const left = [...b]
  return (
    a.length === b.length &&
    a.every((one) => {
      const at = left.findIndex((it) => sameValue(one, it))
      if (at >= 0) left.splice(at, 1)
      return at >= 0
    })
  )
}

/** items that a report tells one by one; the counts are of all */
export const MOST_ITEMS = 10_000

/** What a report is about. */
export interface Comparison extends Sides {
  readonly mRID: string
  readonly noun: string
  readonly objectType: string
  /** ISO 8601 with Z */
  readonly begunAt: string
  readonly now: string
}

/** what is to be waited for, and neither the same nor to be sent */
const LEFT: readonly Difference['outcome'][] = ['SKIPPED', 'PENDING']

/** The report of a comparison. */
export function comparisonReport(it: Comparison, { same, differences }: Compared): JsonObject {
  const skipped = differences.filter(({ outcome }) => LEFT.includes(outcome)).length
  const failed = differences.length - skipped
  const total = same + differences.length
  const pending = differences.filter(({ outcome }) => outcome === 'PENDING').length
  const open = pending === 0 ? '' : `, ${pending} are not acknowledged yet`
  const subject = `${it.noun}: ${failed} of ${total} differ between ${it.source} and ${it.target}${open}`
  const items = differences.slice(0, MOST_ITEMS).map((one) => itemOf(one, it.objectType))
  return reportOf(
    {
      mRID: it.mRID,
      kind: kindOf(it.noun),
      now: it.now,
      value: failed > 0 ? 'partial' : 'succeeded',
    },
    {
      failedCount: failed,
      severity: failed > 0 ? ALARM : 'information',
      skippedCount: skipped,
      subject,
      succeededCount: same,
      text: textOf(subject, differences, it.objectType),
      totalCount: total,
      interval: { end: it.now, start: it.begunAt },
      ...(items.length === 0 ? {} : { items }),
    },
  )
}

/** items that people read one by one */
const MOST_SHOWN = 20

/** In words: which objects, and why; nothing of what stands in them. */
function textOf(subject: string, differences: readonly Difference[], objectType: string): string {
  const shown = differences
    .slice(0, MOST_SHOWN)
    .map(({ outcome, had, reason }) => `${outcome} ${objectType} ${had.mRID}: ${reason}`)
  const many = differences.length
  return [
    `${subject}.`,
    ...shown,
    ...(many > MOST_SHOWN ? [`… and ${many - MOST_SHOWN} more; the report lists them.`] : []),
    ...(many > MOST_ITEMS ? [`Of ${many} items it tells the first ${MOST_ITEMS}.`] : []),
  ].join('\n\n')
}

/** Before there is anything to compare, and where there will be nothing. @param reason why it has failed */
export function openReport(it: Comparison, reason?: string): JsonObject {
  const value = reason === undefined ? 'running' : 'failed'
  return reportOf(
    { mRID: it.mRID, kind: kindOf(it.noun), now: it.now, value },
    {
      // What has only begun is nothing to write to people about.
      ...(reason === undefined ? {} : { reason, text: reason }),
      severity: reason === undefined ? 'information' : ALARM,
      subject: `${it.noun}: ${it.source} and ${it.target} are compared`,
      interval: { start: it.begunAt, ...(reason === undefined ? {} : { end: it.now }) },
    },
  )
}

/** Who takes part here and not there has a name of its own (K2). */
function kindOf(noun: string): string {
  return /^Program(?:Subscriptions|Enrollments)$/.test(noun) ? 'enrollmentDrift' : 'reconciliation'
}

function itemOf({ had, ...it }: Difference, objectType: string): JsonObject {
  const { outcome, reason, sourceValue, targetValue } = it
  return {
    outcome,
    reason,
    ...(sourceValue === undefined ? {} : { sourceValue }),
    ...(targetValue === undefined ? {} : { targetValue }),
    about: { mRID: had.mRID, objectType },
  }
}

/** What the target of a comparison lacks. */
export interface Lacked {
  readonly mRID: string
  /** the target does not have it at all */
  readonly isMissing: boolean
}

/** What a report says that the target lacks. */
export function lackedBy(report: JsonObject): readonly Lacked[] {
  const items = member(report, 'items')
  return (Array.isArray(items) ? items : []).flatMap((it) => {
    const mRID = member(member(it, 'about'), 'mRID')
    const outcome = member(it, 'outcome')
    const isMissing = outcome === 'MISSING'
    if (typeof mRID !== 'string' || !(isMissing || outcome === 'DIFFERENT')) return []
    return [{ mRID, isMissing }]
  })
}
