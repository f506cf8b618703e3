// Checks of how much is taken at once: bounds that do not fit together.

import type { Rate } from '../../../gateway/load/rules.ts'
import type { Path } from '../tree.ts'
import type { Across, Check } from './check.ts'

/** A bound on all bodies below what one may have. */
export const smallBodyBounds: Check = ({ written: { load, limits } }) => {
  const message = `one message may have ${limits.bodyBytes} octets (limits.bodyBytes), and beside such a one none would be taken; write at least ${limits.bodyBytes}`
  return load.bodyBytes >= limits.bodyBytes
    ? []
    : [{ path: ['load', 'bodyBytes'], severity: 'warning', message }]
}

/** A party that alone may send as much as all together. */
export const greedyRates: Check = ({ written: { load, parties } }) => {
  const all = load.rate
  const isGreedy = ({ perSecond }: Rate) =>
    all.perSecond > 0 && (perSecond === 0 || perSecond >= all.perSecond)
  const others = Object.keys(parties)
  if (others.length < 2) return []
  const message = `one party may send as many requests a second as all together (load.rate), and then keeps the others out; write less than ${all.perSecond}`
  const rates: readonly (readonly [Path, Rate])[] = [
    [['load', 'partyRate', 'perSecond'], load.partyRate],
    ...Object.entries(parties).flatMap(([id, { rate }]) =>
      rate === undefined ? [] : [[['parties', id, 'rate', 'perSecond'], rate] as const],
    ),
  ]
  return rates.flatMap(([path, rate]): readonly Across[] =>
    isGreedy(rate) ? [{ path, severity: 'warning', message }] : [],
  )
}

/** Something urgent, and nothing is kept for it. */
export const emptyReserves: Check = ({ written: { load, parties } }) => {
  if (load.reserve > 0) return []
  const message = 'nothing is kept for it when the gateway is busy; write load.reserve above 0'
  return Object.entries(parties).flatMap(([id, { urgent }]): readonly Across[] =>
    urgent ? [{ path: ['parties', id, 'urgent'], severity: 'warning', message }] : [],
  )
}
