// What has to hold of a settlement, whoever tells of it: its sums, its prices, the outcome that it is for, and its season.

import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { avoidedFor, avoidedIn, avoidedReferences, differencesFrom } from './avoided-terms.ts'
import { decimalText } from './decimal.ts'
import { unnamed } from './device.ts'
import { statusOf } from './document-status.ts'
import type { Around, Breach, Placed, Reference } from './flow.ts'
import { backwardBreaches, boundsOf } from './interval.ts'
import { programOf, programReferences } from './program-terms.ts'
import { keysOf } from './reference.ts'
import { participationKeys, participationReferences } from './settled-event.ts'
import {
  amountText,
  intervalsOf,
  isSameAmount,
  overlapsIn,
  payable,
  summed,
} from './settlement-sum.ts'
import type { Unpaid } from './settlement-sum.ts'
import { otherPrices, priceReferences } from './told-prices.ts'

/** States in which an amount is known. */
const WITH_AMOUNT: readonly string[] = ['CALCULATED', 'AGGREGATED', 'SENT', 'BILLED', 'REJECTED']

/** Every breach of a settlement as it would be. */
export function settlementBreaches(
  it: JsonObject,
  around: Around,
  before: Placed | undefined,
): readonly Breach[] {
  const isCalculated = WITH_AMOUNT.includes(statusOf(it) ?? '')
  return [
    ...unnamed('ProgramSubscription', keysOf(member(it, 'ProgramSubscription'))),
    ...incomplete(it),
    ...backwardBreaches('SET-INTERVAL', ['intervals.interval', 'period'], it, before?.object),
    ...overlapsIn(intervalsOf(it)).map((reason) => breach('SET-INTERVAL', reason)),
    ...kindBreaches(it, around),
    ...(isCalculated ? [...calculated(it), ...sourceBreaches(it, around)] : []),
    ...(isCalculated && before?.state !== 'VOID' ? seasonBreaches(it, around) : []),
  ]
}

/** What a settlement is looked at with: outcomes, quantities, the subscription, its program. */
export function settlementReferences(
  settlement: JsonObject,
  find: Around['find'],
): readonly Reference[] {
  return [
    subscriptionOf(settlement),
    ...participationReferences(settlement, find(subscriptionOf(settlement))?.object),
    ...avoidedReferences(settlement),
    ...priceReferences(settlement),
    ...programReferences(programNamed(settlement, find)),
  ]
}

function subscriptionOf(settlement: JsonObject): Reference {
  return { noun: 'ProgramSubscriptions', object: member(settlement, 'ProgramSubscription') }
}

function programNamed(settlement: JsonObject, find: Around['find']) {
  return member(find(subscriptionOf(settlement))?.object, 'DemandResponseProgram')
}

function breach(rule: Breach['rule'], reason: string, code = '6.1'): Breach {
  return { rule, code, reason }
}

/** A settlement of an event names it, one of a season says from when to when that is. */
function incomplete(it: JsonObject): readonly Breach[] {
  const isSeason = member(it, 'kind') === 'season'
  if (isSeason && member(it, 'period') === undefined)
    return [breach('SET-VALUE', 'A settlement of a season has to say its period.', '5.8')]
  if (!isSeason && participationKeys(it).length === 0)
    return [breach('SET-VALUE', 'A settlement of an event has to name its stage or event.', '5.8')]
  return []
}

function calculated(it: JsonObject): readonly Breach[] {
  const [amount, currency] = [member(it, 'amount'), String(member(it, 'currency') ?? '')]
  const intervals = intervalsOf(it)
  if (amount === undefined || intervals.length === 0)
    return [
      breach(
        'SET-VALUE',
        `A settlement that is ${statusOf(it)} has to have intervals and an amount.`,
        '5.8',
      ),
    ]
  const sum = summed(intervals, currency)
  if ('unpaid' in sum) return sum.unpaid.map(unpaidBreach)
  const due = payable(sum.amount, currency)
  if (isSameAmount(amount, due)) return []
  const exact = decimalText(sum.amount)
  const reason = `The amount is ${String(amount)} ${currency}, and its intervals come to ${amountText(due, currency)} ${currency} (${exact} before it is rounded).`
  return [breach('SET-SUM', reason)]
}

function unpaidBreach({ why, reason }: Unpaid): Breach {
  switch (why) {
    case 'price':
      return breach('SET-PRICE', reason, '5.7')
    case 'currency':
      return breach('SET-CUR', reason)
    default:
      return breach('SET-UNIT', reason)
  }
}

/** What it is made of, as far as that is known here: the outcome of each device, and what was told as avoided, and at which prices. */
function sourceBreaches(it: JsonObject, { find, keeps }: Around): readonly Breach[] {
  if (member(it, 'kind') === 'season') return []
  const subscription = find(subscriptionOf(it))?.object
  const found = participationReferences(it, subscription).flatMap((one) => find(one) ?? [])
  const open = found.find(({ state }) => !DONE.includes(state))
  const isMissing = found.length === 0 && subscription !== undefined && keeps('EventParticipations')
  const outcome =
    open === undefined && !isMissing ? [] : [breach('SET-OUTCOME', outcomeText(it, open), '5.8')]
  const told = avoidedFor(it, find)
  const wrong = told.length === 0 ? [] : differencesFrom(avoidedIn(told), intervalsOf(it))
  const sources = [...wrong, ...otherPrices(it, find)]
  return [...outcome, ...sources.map((reason) => breach('SET-SOURCE', reason))]
}

/** Nothing more is to come of them. */
const DONE: readonly string[] = ['CLOSED', 'RELEASED', 'OPTED_OUT']

function outcomeText(it: JsonObject, open: Placed | undefined): string {
  const whose = keysOf(member(it, 'ProgramSubscription'))[0] ?? ''
  if (open === undefined)
    return `No device of the subscription ${whose} has taken part in the event.`
  return `The outcome of the participation ${keysOf(open.object)[0] ?? ''} is not known: it is ${open.state}.`
}

/** A season is settled when it is over, and not before. */
function seasonBreaches(it: JsonObject, { now }: Around): readonly Breach[] {
  if (member(it, 'kind') !== 'season') return []
  const [, end] = boundsOf(member(it, 'period'))
  if (!Number.isFinite(end) || boundsOf({ start: now })[0] >= end) return []
  const until = String(member(member(it, 'period'), 'end'))
  return [breach('SET-SEASON', `The season is open until ${until}.`)]
}

/** A program is settled by its events or by its season, and never by both. */
function kindBreaches(it: JsonObject, { find }: Around): readonly Breach[] {
  const program = programOf(programNamed(it, find), find)?.object
  const wrong = (
    [
      ['kind', 'settlementKind'],
      ['quantityKind', 'quantityKind'],
    ] as const
  ).filter(([own, its]) => {
    const due = member(program, its)
    return due !== undefined && due !== member(it, own)
  })
  return wrong.map(([own, its]) =>
    breach(
      'SET-KIND',
      `The ${own} is ${String(member(it, own))}, and the program is settled by ${String(member(program, its))}.`,
    ),
  )
}
