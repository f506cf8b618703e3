// What a settlement comes to: the sum of quantity and price of its intervals, exact, and rounded once, to the half that is
// even. In decimals of any length: never in binary ones.

import { find, textAt, textsAt } from '../find.ts'
import type { Node } from '../xml.ts'
import { idOf } from './drafts.ts'
import { all } from './program-content.ts'
import { refused } from './program-rules.ts'
import type { Guard } from './program-rules.ts'

/** A decimal as a whole number of units of its last digit. */
interface Decimal {
  readonly digits: bigint
  readonly scale: number
}

function decimalOf(text: string): Decimal {
  const [whole = '0', part = ''] = text.split('.')
  return { digits: BigInt(`${whole}${part}`), scale: part.length }
}

function sumOf(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  const to = (it: Decimal) => it.digits * 10n ** BigInt(scale - it.scale)
  return { digits: to(a) + to(b), scale }
}

/** To so many digits behind the point. @param isUp what becomes of a half above this whole number */
function rounded({ digits, scale }: Decimal, to: number, isUp: (whole: bigint) => boolean): string {
  const unit = 10n ** BigInt(Math.max(0, scale - to))
  const sign = digits < 0n ? -1n : 1n
  const size = digits * sign
  const [whole, rest] = [size / unit, (size % unit) * 2n]
  const text = String(rest > unit || (rest === unit && isUp(whole)) ? whole + 1n : whole)
  const padded = text.padStart(to + 1, '0')
  return `${sign < 0n ? '-' : ''}${padded.slice(0, -to)}.${padded.slice(-to)}`
}

const toEven = (whole: bigint) => whole % 2n === 1n

function amountOf(settlement: Node, isUp: (whole: bigint) => boolean): string {
  const sum = find(settlement, 'intervals').reduce<Decimal>(
    (before, it) => {
      const quantity = decimalOf(textAt(it, 'quantity/value') ?? '0')
      const price = decimalOf(textAt(it, 'price/amount') ?? '0')
      const product = {
        digits: quantity.digits * price.digits,
        scale: quantity.scale + price.scale,
      }
      return sumOf(before, product)
    },
    { digits: 0n, scale: 0 },
  )
  return rounded(sum, 2, isUp)
}

/** An amount that is another one. @param isUp how halves are rounded: to even */
export function miscalculated(isUp = toEven): Guard {
  return (_kept, object) => {
    const amount = textAt(object, 'amount')
    if (amount === undefined || amount === amountOf(object, isUp)) return undefined
    return refused('SET-SUM', `It comes to ${amountOf(object, isUp)}.`)
  }
}

/** A season that is settled while it goes on. */
export const unfinished: Guard = (_kept, object, { now }) =>
  textAt(object, 'status/value') === 'CALCULATED' &&
  Date.parse(textAt(object, 'period/end') ?? '') > Date.parse(now)
    ? refused('SET-SEASON', 'The season is not over.')
    : undefined

/** A settlement that another credit has. */
export const credited: Guard = (kept, object) => {
  const sources = (it: Node) => textsAt(it, 'sourceSettlements/mRID')
  const others = all(kept, 'SettlementCredits').filter((it) => idOf(it) !== idOf(object))
  return others.flatMap(sources).some((it) => sources(object).includes(it))
    ? refused('SET-DUP', 'It is credited already.')
    : undefined
}
