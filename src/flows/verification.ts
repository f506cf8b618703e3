// The service order by which a connection is verified, SR-08: an inspection that says whether the DER is as it was
// approved. Its works move the request that they belong to.

import { idKey } from '../envelope/mrid.ts'
import { isOver } from '../lifecycles/lifecycle.ts'
import { WORK } from '../lifecycles/work.ts'
import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import type { Breach, Claim, Move, Placed, Reference } from './flow.ts'
import type { Freeze, Items } from './frozen.ts'
import { linked, linksIn } from './links.ts'
import { listOf } from './reference.ts'
import { WORK_ITEMS, WORK_OVER, sameWork, statusKind, worksOf } from './work.ts'

/** Work.type of a verification. */
const VERIFICATION = 'derVerification'

/** Rule of the claim by which the orders of a request are found. */
const ORDERED = 'SR-ORDERED'

/** Orders of one request that may be open at a time. */
const MOST_ORDERS = 8

/** The request that a work belongs to: its own link, else that of its order. */
function requestOf(order: JsonObject, work: JsonObject): string | undefined {
  return linksIn(work, 'ServiceRequest')[0] ?? linksIn(order, 'ServiceRequest')[0]
}

function requestsOf(order: JsonObject): readonly string[] {
  const own = worksOf(order).map((it) => requestOf(order, it))
  return [...new Set(own.filter((it) => it !== undefined))]
}

/** The requests that an order belongs to. */
export function requestsIn(order: JsonObject): readonly Reference[] {
  return requestsOf(order).map((it) => ({ noun: 'ServiceRequests', object: linked(it) }))
}

/** An open order is found by its request, so that it can be cancelled with it. */
export function orderClaims(order: JsonObject, state: string): readonly Claim[] {
  if (isOver(WORK, state)) return []
  return requestsOf(order).map((it) => ({
    key: idKey(it),
    rule: ORDERED,
    reason: 'Too many orders of one service request are open.',
    places: MOST_ORDERS,
    clashes: () => false,
  }))
}

/** Every place that an open order of a request may have. @param key of the request */
export function ordersOf(key: string): readonly Reference[] {
  return Array.from({ length: MOST_ORDERS }, (_, place) => ({
    noun: 'ServiceOrders',
    object: undefined,
    claim: { rule: ORDERED, key: idKey(key), place },
  }))
}

/** A work with the request that it belongs to, whether it says so itself or its order does. */
const LINKED = 'Names (NameType ServiceRequest)'

const LINKED_ITEMS: Items = {
  ...WORK_ITEMS,
  all: (order) => worksOf(order).map((it) => ({ ...it, [LINKED]: requestKey(order, it) })),
}

function requestKey(order: JsonObject, work: JsonObject): string {
  return idKey(requestOf(order, work) ?? '')
}

/** A verification stays one, of the request that waits for it; and what is over stays as it is. */
export const ORDER_FREEZES: readonly Freeze[] = [
  {
    members: ['type', LINKED],
    each: LINKED_ITEMS,
    only: { what: 'a verification', is: isVerification },
  },
  { ...WORK_OVER, each: LINKED_ITEMS },
]

/** What a verification has to be, and to say when it is closed. */
export function verificationBreaches(
  order: JsonObject,
  before: Placed | undefined,
): readonly Breach[] {
  const old = worksOf(before?.object)
  return worksOf(order).flatMap((work, at) => {
    if (!isVerification(work)) return []
    const isClosing =
      statusKind(work) === 'closed' && statusKind(sameWork(work, at, old)) !== 'closed'
    return [
      ...(isInspection(work) ? [] : [NO_INSPECTION]),
      ...(requestOf(order, work) === undefined ? [NO_LINK] : []),
      ...(isClosing && outcomeOf(work) === undefined ? [NO_OUTCOME] : []),
    ]
  })
}

const NO_INSPECTION: Breach = {
  rule: 'SR-VERIFICATION',
  code: '6.1',
  reason: `A work of type ${VERIFICATION} is of kind inspection, and its tasks are of taskKind investigate.`,
}
const NO_LINK: Breach = {
  rule: 'SR-LINK',
  code: '5.8',
  reason: `A work of type ${VERIFICATION} names its request in Names, with the NameType ServiceRequest.`,
}
const NO_OUTCOME: Breach = {
  rule: 'SR-OUTCOME',
  code: '5.8',
  reason: 'A verification is closed with an ActivityRecord of type verified or failed.',
}

function isVerification(work: JsonObject): boolean {
  return member(work, 'type') === VERIFICATION
}

function isInspection(work: JsonObject): boolean {
  const tasks = listOf(work, 'WorkTasks')
  const isInvestigation = tasks.every((it) => member(it, 'taskKind') === 'investigate')
  return member(work, 'kind') === 'inspection' && tasks.length > 0 && isInvestigation
}

/** The last word about it. */
function outcomeOf(work: JsonObject): 'verified' | 'failed' | undefined {
  const records = listOf(work, 'ActivityRecords').toSorted((a, b) => recordedAt(a) - recordedAt(b))
  const types = records.map((it) => member(it, 'type'))
  return types.filter((it) => it === 'verified' || it === 'failed').at(-1)
}

function recordedAt(record: JsonObject): number {
  return Date.parse(String(member(record, 'createdDateTime')))
}

/** Ordered, verified or not, given up: each a step of the request. */
export function verificationMoves(
  before: JsonObject | undefined,
  after: JsonObject,
): readonly Move[] {
  const old = worksOf(before)
  return worksOf(after).flatMap((work, at) => {
    const object = linked(requestOf(after, work))
    const known = sameWork(work, at, old)
    const trigger = isVerification(work) ? triggerOf(work, known) : undefined
    if (trigger === undefined || object === undefined) return []
    const optional = trigger === 'giveUpVerification' ? { optional: true as const } : {}
    return [{ noun: 'ServiceRequests', object, trigger, ...optional }]
  })
}

/** An order that is deleted verifies nothing any more. */
export function verificationEnds(order: JsonObject): readonly Move[] {
  return worksOf(order)
    .filter((it) => isVerification(it) && !isOver(WORK, statusKind(it) ?? ''))
    .flatMap((it) => linked(requestOf(order, it)) ?? [])
    .map((object) => ({
      noun: 'ServiceRequests',
      object,
      trigger: 'giveUpVerification',
      optional: true,
    }))
}

function triggerOf(work: JsonObject, known: JsonObject | undefined): string | undefined {
  const [was, is] = [statusKind(known), statusKind(work)]
  const isNew = known === undefined || !isVerification(known)
  if (was === is && !isNew) return undefined
  if (is === 'closed') return OUTCOMES[outcomeOf(work) ?? '']
  if (is === 'cancelled') return isNew ? undefined : 'giveUpVerification'
  return isNew ? 'orderVerification' : undefined
}

const OUTCOMES: Readonly<Record<string, string>> = { verified: 'verify', failed: 'failed' }
