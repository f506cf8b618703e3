// The devices of a season and whose they are: everything follows from a number, so that whoever counts knows what is due.

import type { JsonObject } from '../../src/index.ts'

/** devices of one customer */
const EACH = 5
/** of so many applications one is not eligible */
const REFUSED_OF = 100

export const PROGRAM = { mRID: idOf(1, 0), code: 'SUMMER-SAVER' } as const
export const HEAD_END = 'HES-NORTH'

/** A device, and what belongs to it. */
export interface Device {
  readonly n: number
  readonly nicId: string
  readonly customer: string
  readonly usagePoint: string
  readonly enrollment: string
  readonly subscription: string
  /** its part in the event */
  readonly participation: string
  /** the programme system lets it take part */
  readonly isEligible: boolean
}

/** So many of them. */
export function devicesOf(count: number): readonly Device[] {
  return Array.from({ length: count }, (_, n) => ({
    n,
    nicId: `0013550000${String(n).padStart(10, '0')}`,
    customer: idOf(2, Math.floor(n / EACH)),
    usagePoint: `SP-${String(Math.floor(n / EACH)).padStart(7, '0')}`,
    enrollment: idOf(3, n),
    subscription: idOf(4, n),
    participation: idOf(5, n),
    isEligible: n % REFUSED_OF !== 7,
  }))
}

/** mRID of the n-th object of a kind. */
export function idOf(kind: number, n: number): string {
  return `00000000-000${kind}-4000-8000-${n.toString(16).padStart(12, '0')}`
}

/** The name by which a device is known everywhere. */
export function endDevice({ nicId }: Pick<Device, 'nicId'>): JsonObject {
  const NameType = { name: 'nicId', NameTypeAuthority: { name: HEAD_END } }
  return { Names: [{ name: nicId, NameType }] }
}

/** Lists of at most `most`. */
export function batches<T>(all: readonly T[], most: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, at) =>
    all.slice(at * most, (at + 1) * most),
  )
}
