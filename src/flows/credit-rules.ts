// What has to hold of a credit before it is sent: it is about settlements that are calculated and credited nowhere else, of one
// currency, of the account that it goes to, and comes to what they come to.

import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { decimalText } from './decimal.ts'
import type { Around, Breach, Placed, Reference } from './flow.ts'
import { isForward } from './interval.ts'
import { firstKnown, keysOf, listOf } from './reference.ts'
import { amountText, isSameAmount, sumOfAmounts } from './settlement-sum.ts'

const SETTLEMENTS = 'ProgramSettlements'

/** States in which a settlement can be credited. */
const CREDITABLE: readonly string[] = ['CALCULATED', 'AGGREGATED', 'REJECTED']
/** It has been. */
const CREDITED: readonly string[] = ['SENT', 'BILLED']

/** Settlements that a credit names. */
export function sourcesOf(credit: JsonObject): readonly JsonObject[] {
  return listOf(credit, 'sourceSettlements')
}

/** Those that are known here. */
export function sourcesWith(
  credit: JsonObject,
  find: Around['find'],
): readonly (Placed & { readonly named: JsonObject })[] {
  return sourcesOf(credit).flatMap((named) => {
    const found = find({ noun: SETTLEMENTS, object: named })
    return found === undefined ? [] : [{ ...found, named }]
  })
}

/** The settlements, and the subscriptions that say whose account it is. */
export function creditReferences(credit: JsonObject, find: Around['find']): readonly Reference[] {
  return [
    ...sourcesOf(credit).map((object) => ({ noun: SETTLEMENTS, object })),
    ...sourcesWith(credit, find).flatMap(({ object }) => [
      subscriptionOf(object),
      ...creditsOf(object),
    ]),
  ]
}

function subscriptionOf(settlement: JsonObject): Reference {
  return { noun: 'ProgramSubscriptions', object: member(settlement, 'ProgramSubscription') }
}

/** Every breach of a credit that is to be sent. */
export function creditBreaches(credit: JsonObject, around: Around): readonly Breach[] {
  const sources = sourcesWith(credit, around.find)
  return [
    ...(isForward(member(credit, 'period')) ? [] : [BACKWARD]),
    ...namedTwice(credit),
    ...unknown(credit, around),
    ...sources.flatMap((it) => stateBreaches(it, around)),
    ...sources.flatMap((it) => currencyBreaches(it, credit)),
    ...sources.flatMap((it) => accountBreaches(it, credit, around)),
    ...sumBreaches(credit, sources),
  ]
}

const BACKWARD: Breach = {
  rule: 'CRD-INTERVAL',
  code: '6.1',
  reason: 'The period ends before it starts.',
}

function namedTwice(credit: JsonObject): readonly Breach[] {
  const keys = sourcesOf(credit).flatMap((it) => [...new Set(keysOf(it))])
  const twice = [...new Set(keys.filter((it, at) => keys.indexOf(it) !== at))]
  return twice.map((it) => ({
    ...({ rule: 'SET-DUP', code: '6.1' } as const),
    reason: `The settlement ${it} is listed twice.`,
  }))
}

function unknown(credit: JsonObject, { find, keeps }: Around): readonly Breach[] {
  return sourcesOf(credit)
    .filter((object) => keeps(SETTLEMENTS) && find({ noun: SETTLEMENTS, object }) === undefined)
    .map((object) => ({
      ...({ rule: 'REF-UNKNOWN', code: '2.29' } as const),
      reason: `The settlement ${keysOf(object)[0] ?? ''} is not known here.`,
      about: { objectType: 'ProgramSettlement', object },
    }))
}

/** Where the credit is that a settlement is in. */
function creditsOf(settlement: JsonObject): readonly Reference[] {
  return keysOf(settlement).map((key) => ({
    noun: 'SettlementCredits',
    object: undefined,
    claim: { rule: 'SET-DUP', key },
  }))
}

function stateBreaches({ state, object }: Placed, { find }: Around): readonly Breach[] {
  if (CREDITABLE.includes(state)) return []
  const about = { objectType: 'ProgramSettlement', object }
  const mRID = keysOf(object)[0] ?? ''
  const isCredited = CREDITED.includes(state)
  const [credit] = keysOf(firstKnown(creditsOf(object), find)?.object)
  const by = credit === undefined ? '' : ` by the SettlementCredit ${credit}`
  const reason = isCredited
    ? `The settlement ${mRID} is credited already${by}: it is ${state}.`
    : `The settlement ${mRID} is ${state}, and only what is calculated is credited.`
  return [{ rule: isCredited ? 'SET-DUP' : 'CRD-STATE', code: '6.1', reason, about }]
}

function currencyBreaches({ object }: Placed, credit: JsonObject): readonly Breach[] {
  const [own, its] = [credit, object].map((it) => String(member(it, 'currency') ?? ''))
  if (own === its) return []
  const reason = `The credit is in ${own}, and the settlement ${keysOf(object)[0] ?? ''} in ${its}.`
  return [{ rule: 'SET-CUR', code: '6.1', reason }]
}

/** Nobody is paid what another has earned. */
function accountBreaches(
  { object }: Placed,
  credit: JsonObject,
  { find }: Around,
): readonly Breach[] {
  const subscription = find(subscriptionOf(object))?.object
  const due = keysOf(member(member(subscription, 'Customer'), 'CustomerAccount'))
  const own = keysOf(member(credit, 'CustomerAccount'))
  if (due.length === 0 || due.some((it) => own.includes(it))) return []
  const reason = `The account ${own[0] ?? ''} is credited, and the settlement ${keysOf(object)[0] ?? ''} is of ${due[0]}.`
  return [{ rule: 'CRD-ACCOUNT', code: '2.23', reason }]
}

/** Sum out is sum in, to the last digit. */
function sumBreaches(credit: JsonObject, sources: readonly Placed[]): readonly Breach[] {
  if (sources.length < sourcesOf(credit).length) return []
  const due = sumOfAmounts(sources.map(({ object }) => member(object, 'amount')))
  if (due === undefined || isSameAmount(member(credit, 'amount'), due)) return []
  const currency = String(member(credit, 'currency') ?? '')
  const [is, sum] = [String(member(credit, 'amount')), amountText(due, currency)]
  const reason = `The credit is ${is} ${currency}, and its settlements come to ${sum} ${currency} (${decimalText(due)}).`
  return [{ rule: 'SET-SUM', code: '6.1', reason }]
}
