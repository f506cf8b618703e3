// Notices to customers: one for each matter and trigger, sent in the hours that suit the customer, and without a word of
// any DER group (SR-07, SR-10, WR-05; EPRI 3002014619 §3: customers are told that and how much their DER did, no more).

import { isUuid } from '../envelope/mrid.ts'
import { member, sameJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { defineFlow } from './flow.ts'
import type { Around, Breach, Claim, Move, Placed, Reference } from './flow.ts'
import { linksIn } from './links.ts'
import { noticeClaim } from './notice-claim.ts'
import { RECORDED, REPORT_VERBS } from './record.ts'
import { keysOf, listOf } from './reference.ts'
import { SUPPORT, only } from './role.ts'
import type { FindAll } from './search.ts'

/** What the customer reads, and how and when. */
const TOLD = [
  ...['text', 'trigger', 'about', 'Customer', 'contactType', 'contactValue'],
  ...['earliestDateTimeToCall', 'latestDateTimeToCall'],
]

export default defineFlow({
  ...RECORDED,
  id: 'customer-notification',
  noun: 'CustomerNotifications',
  objectType: 'CustomerNotification',
  verbs: [...REPORT_VERBS, 'get'],
  pattern: 'EV',
  about: 'tell a customer what has happened, once for each matter, and no DER group',
  source: 'SR-07, SR-10, WR-05, EPRI 3002014619 §3, §5.4, §5.6',
  by: only(...SUPPORT, 'cpm'),
  invariants,
  refers: (it) => [matterOf(it)].filter((one) => one !== undefined),
  watches: ['DERGroups'],
  claims: { inState: claims },
  moves: notified,
  // Nobody can make a customer not have heard of something: a notice that is gone would be sent once more.
  frozen: { rule: 'NTC-FROZEN', freezes: [{ members: TOLD, kept: 'told' }] },
  hours: (it) => ({
    earliest: textOf(it, 'earliestDateTimeToCall'),
    latest: textOf(it, 'latestDateTimeToCall'),
  }),
})

function invariants(
  notice: JsonObject,
  around: Around,
  before: Placed | undefined,
): readonly Breach[] {
  return [
    ...wrongHours(notice, around, before),
    ...groupsIn(notice, around),
    ...(before === undefined ? mattersOf(notice, around) : []),
  ]
}

/** Quiet hours: a notice can only be told between the two. */
function wrongHours(
  notice: JsonObject,
  { now }: Around,
  before: Placed | undefined,
): readonly Breach[] {
  const [earliest, latest] = ['earliestDateTimeToCall', 'latestDateTimeToCall'].map((it) =>
    Date.parse(textOf(notice, it) ?? ''),
  ) as [number, number]
  if (latest < earliest) return [hours('latestDateTimeToCall is before earliestDateTimeToCall.')]
  const isLate = before === undefined && latest < Date.parse(now)
  return isLate ? [hours('latestDateTimeToCall has passed.')] : []
}

function hours(reason: string): Breach {
  return { rule: 'NTC-HOURS', code: '6.1', reason }
}

/** The customer reads the text; which group a DER is in is none of it. */
function groupsIn(notice: JsonObject, { identities }: Around): readonly Breach[] {
  const text = ` ${words(textOf(notice, 'text') ?? '')} `
  const isNamed = (it: string) => {
    const sought = ` ${words(it)} `
    return sought.trim() !== '' && (isUuid(it) ? text.toLowerCase() : text).includes(sought)
  }
  const named = identities?.('DERGroups').filter(isNamed) ?? []
  return named.length === 0 ? [] : [GROUP_NAMED]
}

const GROUP_NAMED: Breach = {
  rule: 'NTC-GROUP',
  code: '6.1',
  reason: 'The text names a DER group by its mRID or by a name of it; customers are told of none.',
}

/** Only what separates words is lost. */
function words(text: string): string {
  return text
    .split(/[^\p{L}\p{N}\-_.:]+|[.:](?=\s|$)/u)
    .filter((it) => it !== '')
    .join(' ')
}

/** EV-05: whoever is told that a device is reserved knows it from then on. */
function notified(
  before: JsonObject | undefined,
  notice: JsonObject,
  _find: Around['find'],
  _all: FindAll,
  now: string,
): readonly Move[] {
  const matter = matterOf(notice)
  const isReserved = member(notice, 'trigger') === 'deviceReserved'
  if (before !== undefined || !isReserved || matter?.noun !== 'EventParticipations') return []
  const change = (it: JsonObject) => ({ ...it, notifiedDateTime: now })
  return [{ ...matter, trigger: 'notify', change, optional: true }]
}

/** What a notice is about, as far as it is kept here. */
function matterOf(notice: JsonObject): Reference | undefined {
  const about = member(notice, 'about')
  const noun = NOUNS[String(member(about, 'objectType'))]
  return noun === undefined ? undefined : { noun, object: about }
}

const NOUNS: Readonly<Record<string, string>> = {
  ServiceRequest: 'ServiceRequests',
  ServiceOrder: 'ServiceOrders',
  WorkRequest: 'WorkRequests',
  EventParticipation: 'EventParticipations',
}

/** A notice tells what is so, to whom it concerns. */
function mattersOf(notice: JsonObject, around: Around): readonly Breach[] {
  const matter = matterOf(notice)
  const held = matter === undefined ? undefined : around.find(matter)
  if (matter === undefined || held === undefined) return []
  const trigger = String(member(notice, 'trigger'))
  const due = (TRUE_IN[matter.noun] ?? WORK_STATES)[trigger]
  const isSo = due === undefined || due.includes(held.state)
  const isOthers = customersOf(held.object).every((it) => isAnother(it, member(notice, 'Customer')))
  return [
    ...(isSo ? [] : [notSo(trigger, held.state)]),
    ...(isOthers && customersOf(held.object).length > 0 ? [OTHERS] : []),
  ]
}

const APPROVED = ['approved', 'verificationOrdered', 'verificationFailed', 'verified'] as const
const UNDER_WAY = ['scheduled', 'dispatched', 'enroute', 'onSite', 'inProgress'] as const

/** States of a request in which a trigger is true. */
const STATES: Readonly<Record<string, readonly string[]>> = {
  applicationAccepted: [...APPROVED, 'connected', 'completed'],
  rejected: ['rejected'],
  onHold: ['onHold'],
  connected: ['connected', 'completed'],
  workScheduled: [...UNDER_WAY, 'completed', 'closed'],
  workCompleted: ['closed'],
}

/** The same of a device in a stage of an event. */
const PART_STATES: Readonly<Record<string, readonly string[]>> = {
  deviceReserved: ['RESERVED', 'CALLED'],
  eventCancelled: ['RELEASED', 'CLOSED'],
}

/** The same of an order or a work request: what Engineering rejects is cancelled. */
const WORK_STATES: typeof STATES = { ...STATES, rejected: ['cancelled'] }

/** By noun; of work where there is none. */
const TRUE_IN: Readonly<Record<string, typeof STATES>> = {
  ServiceRequests: STATES,
  EventParticipations: PART_STATES,
}

function notSo(trigger: string, state: string): Breach {
  if (state === 'onHold')
    return { rule: 'SR-HOLD', code: '6.2', reason: `On hold, the customer is not told ${trigger}.` }
  const reason = `The customer cannot be told ${trigger}: it is ${state}.`
  return { rule: 'NTC-STATE', code: '6.1', reason }
}

const OTHERS: Breach = {
  rule: 'NTC-CUSTOMER',
  code: '2.22',
  reason: 'It concerns another customer than the one that is told.',
}

/** Of a request its own; of work those in it, or the one that its Names link it to. */
function customersOf(matter: JsonObject): readonly Json[] {
  const own = member(matter, 'Customer')
  const works = listOf(matter, 'Work').flatMap((it) => listOf(it, 'Customers'))
  const named = linksIn(matter, 'customer').map((name) => ({ mRID: name, Names: [{ name }] }))
  return [...(own === undefined ? [] : [own]), ...works, ...named]
}

/** True where both are named in the same way, and differently. */
function isAnother(a: Json, b: Json | undefined): boolean {
  if (keysOf(a).some((it) => keysOf(b).includes(it))) return false
  const byId = [a, b].every((it) => member(it, 'mRID') !== undefined)
  const byName = [a, b].every((it) => listOf(it, 'Names').length > 0)
  return byId || byName
}

/** Once for each matter and trigger; the same notice told again is nothing new. */
function claims(notice: JsonObject, state: string): readonly Claim[] {
  if (state !== 'present') return []
  const about = member(notice, 'about')
  const trigger = String(member(notice, 'trigger'))
  return keysOf(about).map((key) => ({
    ...noticeClaim(trigger, String(member(about, 'objectType')), key),
    reason: `A customer is told ${trigger} of it once.`,
    same: (other) => sameJson(said(other), said(notice)),
  }))
}

/** What the customer hears of it. */
function said(notice: JsonObject): JsonObject {
  const { mRID: _id, Names: _names, createdDateTime: _at, status: _status, ...rest } = notice
  return rest
}

function textOf(notice: JsonObject, name: string): string | undefined {
  const it = member(notice, name)
  return typeof it === 'string' ? it : undefined
}
