// What an agreement is about, and whether it fits together: its tariff, its customer, its usage points, its DER.

import { member, sameJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Around, Breach, Placed } from './flow.ts'
import { keysOf, listOf, sameReference, unknownAmong } from './reference.ts'
import type { Named } from './reference.ts'
import { eligibilityBreaches, offeredIn } from './tariff-eligibility.ts'

/** What has to be there where such objects are kept. */
export function namedIn(agreement: JsonObject): readonly Named[] {
  const tariffs = listOf(agreement, 'PricingStructures').map((object) => ({
    ...{ noun: 'Tariffs', object },
    ...{ code: '2.33', what: 'pricing structure' },
  }))
  const points = listOf(agreement, 'UsagePoints').map((object) => ({
    ...{ noun: 'UsagePointConfig', object },
    ...{ code: '2.12', what: 'usage point' },
  }))
  const object = member(agreement, 'Customer')
  return [...tariffs, ...points, { noun: 'CustomerConfig', object, code: '2.22', what: 'customer' }]
}

/** The registrations of its DER. */
export function registrationsIn(agreement: JsonObject) {
  return listOf(agreement, 'DERRegistrations').map((object) => ({
    noun: 'DERRegistrations',
    object,
  }))
}

/** Why an agreement cannot be about all of this. */
export function termBreaches(
  after: JsonObject,
  around: Around,
  before: Placed | undefined,
): readonly Breach[] {
  const registrations = registrationsIn(after)
    .map((it) => around.find(it)?.object)
    .filter((it) => it !== undefined)
  return [
    ...unknownAmong([...namedIn(after), ...newlyIn(after, before?.object)], around),
    ...registrations.flatMap((it) => pointBreaches(after, it)),
    ...tariffBreaches(after, registrations, around, before),
  ]
}

/** Nothing is agreed about a DER that nobody has registered; one that was may be gone by now. */
function newlyIn(after: JsonObject, before: JsonObject | undefined): readonly Named[] {
  const known = listOf(before, 'DERRegistrations')
  return registrationsIn(after)
    .filter(({ object }) => !known.some((it) => sameReference(it, object)))
    .map((it) => ({ ...it, code: '2.29', what: 'DER registration' }))
}

/** A DER is connected at a usage point of its agreement. */
function pointBreaches(agreement: JsonObject, registration: JsonObject): readonly Breach[] {
  const point = member(registration, 'UsagePoint')
  if (isPointOf(agreement, point)) return []
  const [known = ''] = keysOf(point)
  const reason = `The DER is connected at usage point ${known}, which the agreement is not about.`
  return [{ rule: 'CA-POINT', code: '2.26', reason }]
}

/** True where an agreement is about a usage point. */
export function isPointOf(agreement: Json | undefined, point: Json | undefined): boolean {
  return listOf(agreement, 'UsagePoints').some((it) => sameReference(it, point))
}

/** A tariff is judged when it is agreed on: later it may end, and what has been agreed stays. */
function tariffBreaches(
  after: JsonObject,
  registrations: readonly JsonObject[],
  around: Around,
  before: Placed | undefined,
): readonly Breach[] {
  const isSame = TERMS.every((it) =>
    sameJson(member(before?.object, it) ?? null, member(after, it) ?? null),
  )
  if (before !== undefined && isSame) return []
  return listOf(after, 'PricingStructures').flatMap((object) => {
    const tariff = around.find({ noun: 'Tariffs', object })?.object
    if (tariff === undefined) return []
    return [
      ...registrations.flatMap((it) => eligibilityBreaches(tariff, it)),
      ...(offeredIn(tariff, member(after, 'validityInterval')) ? [] : [TOO_EARLY_OR_LATE]),
    ]
  })
}

const TERMS = ['PricingStructures', 'DERRegistrations', 'validityInterval'] as const

const TOO_EARLY_OR_LATE: Breach = {
  rule: 'TAR-DATE',
  code: '6.1',
  reason: 'The pricing structure has no tariff that is in force while the agreement is.',
}
