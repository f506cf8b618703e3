// What a season comes to: settlements of the event, credits on the bills, and the end of the subscriptions.

import type { JsonObject } from '../../src/index.ts'
import { EVENT, calledOf, stageId, stageOf } from './calling.ts'
import { batches, endDevice, idOf } from './devices.ts'
import type { Device } from './devices.ts'
import { SIZE, sent, total } from './step.ts'
import type { SeasonParts, SeasonStep } from './step.ts'

/** All that is paid, and the end. */
export function settling({ cast, devices, now }: SeasonParts): readonly SeasonStep[] {
  const { cis, cpm, 'dso-derms': derms } = cast
  const eligible = devices.filter((it) => it.isEligible)
  const called = calledOf(devices)
  const at = new Date(now).toISOString()
  const credits = called.map((it) => credit(it, at))
  return [
    {
      title: 'settlements of the event',
      answers: batches(called, SIZE).length,
      run: (tell) =>
        sent(
          cpm,
          'created ProgramSettlements',
          batches(
            called.map((it) => settlement(it, now)),
            SIZE,
          ),
          { tell },
        ),
      totals: () => [],
    },
    {
      title: 'credits on the bills',
      answers: batches(credits, SIZE).length,
      run: (tell) => sent(cpm, 'create SettlementCredits', batches(credits, SIZE), { tell }),
      totals: () => [
        total(
          'credits known to customer information',
          called.length,
          cis,
          'create SettlementCredits',
        ),
        {
          what: 'cents on the bills',
          due: called.reduce((sum, it) => sum + centsOf(it), 0),
          found: [...cis.about('create SettlementCredits').values()].reduce(
            (sum, it) => sum + Math.round(Number(it) * 100),
            0,
          ),
        },
      ],
    },
    {
      title: 'unenrollment, one by one',
      answers: eligible.length,
      run: (tell) =>
        sent(
          cpm,
          'close ProgramSubscriptions',
          batches(
            eligible.map((it) => closed(it, at)),
            1,
          ),
          {
            tell,
          },
        ),
      totals: () => [
        total(
          'subscriptions closed at the DERMS',
          eligible.length,
          derms,
          'close ProgramSubscriptions',
        ),
      ],
    },
  ]
}

/** Watt-hours that a device has not used: each its own. */
function wattHoursOf({ n }: Device): number {
  return 1_000 + (n % 977)
}

/** Tenths of a cent for a kilowatt-hour. */
const PRICE = 415

/** Half a cent goes to the even one, as it is settled; in whole numbers, because nothing may be lost. */
function centsOf(it: Device): number {
  const tenThousandths = wattHoursOf(it) * PRICE
  const [cents, rest] = [Math.floor(tenThousandths / 10_000), tenThousandths % 10_000]
  if (rest !== 5_000) return cents + (rest > 5_000 ? 1 : 0)
  return cents + (cents % 2)
}

function settlement(it: Device, now: number): JsonObject {
  const time = (minutes: number) => new Date(now + minutes * 60_000).toISOString()
  const intervals = [
    {
      interval: { start: time(20), end: time(50) },
      quantity: { multiplier: 'none', unit: 'Wh', value: wattHoursOf(it) },
      price: { amount: PRICE / 1_000, currency: 'USD', per: { multiplier: 'k', unit: 'Wh' } },
    },
  ]
  return {
    mRID: settlementId(it),
    ...{ amount: centsOf(it) / 100, currency: 'USD', kind: 'event', quantityKind: 'kWhAvoided' },
    intervals,
    ProgramEvent: { mRID: EVENT },
    ProgramSubscription: { mRID: it.subscription },
    stage: { mRID: stageId(stageOf(it)) },
    status: { value: 'CALCULATED' },
  }
}

function settlementId({ n }: Device): string {
  return idOf(7, n)
}

function credit(it: Device, at: string): JsonObject {
  return {
    mRID: idOf(8, it.n),
    ...{ amount: centsOf(it) / 100, currency: 'USD', createdDateTime: at, trigger: 'periodic' },
    CustomerAccount: { Names: [{ name: `A-${it.customer.slice(-8)}` }] },
    period: { start: '2026-06-01T00:00:00Z', end: '2026-10-01T00:00:00Z' },
    sourceSettlements: [{ mRID: settlementId(it) }],
  }
}

function closed(it: Device, at: string): JsonObject {
  return {
    mRID: it.subscription,
    EndDevices: [{ ...endDevice(it), status: { value: 'excluded' } }],
    removalMethod: 'keep',
    status: { value: 'INACTIVE', reason: 'end of the season' },
    validityInterval: { start: '2026-06-01T05:00:00Z', end: at },
  }
}
