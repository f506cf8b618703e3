// What a settlement comes to: the sum of quantity and price of its intervals, exact, and rounded once, to the half that is
// even. In decimals of any length: never in binary ones.

import { find, textAt } from '../find.ts'
import type { Node } from '../xml.ts'
import { statusOf, withChild } from './program-content.ts'
import { element } from './write.ts'

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

/** To so many digits behind the point, half to even. */
function rounded({ digits, scale }: Decimal, to: number): string {
  const unit = 10n ** BigInt(Math.max(0, scale - to))
  const sign = digits < 0n ? -1n : 1n
  const size = digits * sign
  const [whole, rest] = [size / unit, (size % unit) * 2n]
  const isUp = rest > unit || (rest === unit && whole % 2n === 1n)
  const text = String(isUp ? whole + 1n : whole).padStart(to + 1, '0')
  return `${sign < 0n ? '-' : ''}${text.slice(0, -to)}.${text.slice(-to)}`
}

/** Settled for its event; a season is settled when it is over. */
export function settled(settlement: Node, now: string): Node {
  if (textAt(settlement, 'kind') === 'season') return statusOf(settlement, 'CALCULATION_DEFERRED')
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
  const { ns } = settlement
  const amount = element(ns, 'amount', rounded(sum, 2))
  const at = element(ns, 'calculatedDateTime', now)
  const whole = withChild(withChild(settlement, 'amount', amount), 'calculatedDateTime', at)
  return statusOf(whole, 'CALCULATED')
}
