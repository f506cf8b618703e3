// Customer Support (CIS), what is looked at in a registration: whether its nameplate is whole, and does not contradict itself
// (EPRI 3002014619 §5.4).

import { find, textAt } from '../find.ts'
import type { Node } from '../xml.ts'
import { idOf } from './drafts.ts'
import type { Failure } from './party.ts'

/** Powers of ten, by the spelling of the schemas; what stands nowhere here is 1. */
const POWERS: Readonly<Record<string, number>> = { m: -3, k: 3, M: 6, G: 9 }

/** A quantity in its unit; undefined where there is none. */
function amount(nameplate: Node | undefined, name: string): number | undefined {
  const [quantity] = find(nameplate, name)
  if (quantity === undefined) return undefined
  const power = POWERS[textAt(quantity, 'multiplier') ?? ''] ?? 0
  return Number(`${textAt(quantity, 'value') ?? '0'}e${power}`)
}

/** What is wrong in a nameplate; undefined = nothing. */
export function nameplateFailure(registration: Node): Failure | undefined {
  const [nameplate] = find(registration, 'nameplate')
  const about = { id: idOf(registration), objectType: 'DERRegistration' }
  const isStorage = textAt(nameplate, 'technology') === 'batteryStorage'
  if (isStorage && amount(nameplate, 'ratedE') === undefined)
    return { code: '5.8', rule: 'REG-E', reason: 'A storage has its capacity (ratedE).', ...about }
  const [least, most] = [amount(nameplate, 'minP'), amount(nameplate, 'maxP')]
  return least !== undefined && most !== undefined && least > most
    ? { code: '6.1', rule: 'REG-P', reason: 'minP is no more than maxP.', ...about }
    : undefined
}
