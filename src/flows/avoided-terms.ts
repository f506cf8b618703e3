// Avoided quantities as settlements ask for them: all that has been told for a subscription in a stage, device by device.

import { compareDecimals } from '../schema/decimal.ts'
import type { Decimal } from '../schema/decimal.ts'
import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { decimalText, sumOf } from './decimal.ts'
import { deviceKeys } from './device.ts'
import type { Around, Claim, Reference } from './flow.ts'
import { boundsOf } from './interval.ts'
import { keysOf } from './reference.ts'
import type { Search } from './search.ts'
import { participationKeys } from './settled-event.ts'
import { intervalText, intervalsOf } from './settlement-sum.ts'
import { exactQuantity } from './unit.ts'

const NOUN = 'AvoidedQuantities'

/** devices of one subscription whose quantities are added up */
const MOST_DEVICES = 16

const TWICE = 'What was avoided there is told already, and this says something else.'

/** Told once for each device, or for the subscription as a whole; the same again is no news. */
export function avoidedClaims(
  avoided: JsonObject,
  same: NonNullable<Claim['same']>,
): readonly Claim[] {
  const devices = deviceKeys(member(avoided, 'EndDevice'))
  return keysOfAll(avoided).flatMap((key) => [
    ...(devices.length === 0 ? [''] : devices).map((device) => ({
      ...({ rule: 'AVQ-DUP', reason: TWICE, same } as const),
      key: JSON.stringify([key, device]),
    })),
    {
      ...{ key, rule: 'AVQ-DUP' as const, reason: TWICE, places: MOST_DEVICES },
      // Other devices have places of their own.
      clashes: () => false,
    },
  ])
}

/** Texts under which what was avoided in an event, or a stage of it, is found. */
export function eventKeys(it: JsonObject): readonly string[] {
  const named = ['ProgramEvent', 'stage'].flatMap((name) => keysOf(member(it, name)))
  return [...new Set(named)]
}

/** All that was avoided in the event that prices are for. */
export function avoidedUnder(series: JsonObject): readonly Search[] {
  const own = keysOf(member(series, 'ProgramEvent'))
  return own.map((under) => ({
    noun: NOUN,
    under,
    has: (it) => eventKeys(it).some((key) => own.includes(key)),
  }))
}

/** Where the quantities for a settlement may be. */
export function avoidedReferences(settlement: JsonObject): readonly Reference[] {
  return keysOfAll(settlement).flatMap((key) =>
    Array.from({ length: MOST_DEVICES }, (_, place) => ({
      noun: NOUN,
      object: undefined,
      claim: { rule: 'AVQ-DUP', key, place },
    })),
  )
}

/** Everything that has been told for what is settled, each once. */
export function avoidedFor(settlement: JsonObject, find: Around['find']): readonly JsonObject[] {
  const found = avoidedReferences(settlement).flatMap((it): readonly JsonObject[] => {
    const object = find(it)?.object
    return object === undefined ? [] : [object]
  })
  return [...new Map(found.map((it) => [String(member(it, 'mRID')), it])).values()]
}

/** One quantity of an interval, over all devices. */
export interface Avoided {
  readonly interval: Json
  readonly quantity: Decimal
  readonly unit: string
}

/** What has been told, interval by interval, over all devices. */
export function avoidedIn(all: readonly JsonObject[]): readonly Avoided[] {
  const each = new Map<string, { interval: Json; unit: string; parts: Decimal[] }>()
  for (const it of all.flatMap(intervalsOf)) {
    const [interval = null, quantity] = [member(it, 'interval'), member(it, 'quantity')]
    const key = JSON.stringify(boundsOf(interval))
    const entry = each.get(key) ?? {
      ...{ interval, unit: String(member(quantity, 'unit') ?? ''), parts: [] },
    }
    entry.parts.push(exactQuantity(quantity))
    each.set(key, entry)
  }
  return [...each.values()].map(({ interval, unit, parts }) => ({
    ...{ interval, unit, quantity: sumOf(parts) },
  }))
}

/** One sentence for each interval in which a settlement says something else than has been told, with both numbers. */
export function differencesFrom(
  told: readonly Avoided[],
  settled: readonly JsonObject[],
): readonly string[] {
  const [was, is] = [told, avoidedIn([{ intervals: settled }])]
  const other = (all: readonly Avoided[], { interval }: Avoided) =>
    all.find((it) => JSON.stringify(boundsOf(it.interval)) === JSON.stringify(boundsOf(interval)))
  const wrong = is.flatMap((it) => {
    const known = other(was, it)
    const isSame = known !== undefined && compareDecimals(known.quantity, it.quantity) === 0
    return isSame ? [] : [sentence(it, it, known)]
  })
  const missing = was.filter((it) => other(is, it) === undefined)
  return [...wrong, ...missing.map((it) => sentence(it, undefined, it))]
}

function sentence(
  { interval, unit }: Avoided,
  settled: Avoided | undefined,
  told: Avoided | undefined,
): string {
  const [own, known] = [settled, told].map((it) =>
    it === undefined ? 'nothing' : `${decimalText(it.quantity)} ${unit}`,
  )
  return `For ${intervalText(interval)} ${own} is settled, and ${known} was told as avoided.`
}

function keysOfAll(it: JsonObject): readonly string[] {
  const kind = String(member(it, 'quantityKind') ?? '')
  return participationKeys(it).map((key) => JSON.stringify([kind, key]))
}
