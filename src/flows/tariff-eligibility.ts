// Whether a device may have a tariff: its technology, its power, whether it can be communicated with where the tariff asks for
// that, and the time at which the tariff is offered.

import { isTrue, member } from '../schema/json-text.ts'
import type { Json } from '../schema/json-text.ts'
import { needsCommunication } from './communication.ts'
import type { Breach } from './flow.ts'
import { boundsOf } from './interval.ts'
import { listOf } from './reference.ts'
import { compareQuantities } from './unit.ts'

/** @param tariff undefined where tariffs are not kept @param registration undefined where devices are not */
export function tariffBreaches(
  tariff: Json | undefined,
  registration: Json | undefined,
  now: string,
): readonly Breach[] {
  const failing = eligibilityBreaches(tariff, registration)
  return offeredIn(tariff, { start: now, end: now }) ? failing : [...failing, LATE]
}

/** What a device lacks for a tariff, criterion by criterion. */
export function eligibilityBreaches(
  tariff: Json | undefined,
  registration: Json | undefined,
): readonly Breach[] {
  const failing = [
    ...criteriaFailing(member(tariff, 'eligibility'), member(registration, 'nameplate')),
    ...(needsCommunication(tariff) && isMute(registration) ? [MUTE] : []),
  ]
  return failing.map((reason) => ({ rule: 'TAR-ELIG', code: '6.1', reason }))
}

/** A device that says nothing of it is asked when it is verified (SR-09). */
function isMute(registration: Json | undefined): boolean {
  const says = member(member(registration, 'EndDevice'), 'isSmartInverter')
  return says !== undefined && !isTrue(says)
}

const MUTE =
  'monitoringRequired, controlRequired: the tariff asks for communication, and the device declares none (isSmartInverter).'

const LATE: Breach = {
  rule: 'TAR-DATE',
  code: '6.1',
  reason: 'The pricing structure has no tariff that is in force today.',
}

function criteriaFailing(rules: Json | undefined, nameplate: Json | undefined): readonly string[] {
  if (rules === undefined || nameplate === undefined) return []
  const allowed = member(rules, 'derTechnology')
  const technology = member(nameplate, 'technology')
  const [power, least, most] = [
    member(nameplate, 'maxP'),
    member(rules, 'minP'),
    member(rules, 'maxP'),
  ]
  return [
    ...(Array.isArray(allowed) && !allowed.includes(technology ?? '')
      ? [`derTechnology: ${String(technology)} is none of ${allowed.join(', ')}.`]
      : []),
    ...(least !== undefined && compareQuantities(power, least) < 0
      ? ['minP: the device has less power than the tariff asks for.']
      : []),
    ...(most !== undefined && compareQuantities(power, most) > 0
      ? ['maxP: the device has more power than the tariff allows.']
      : []),
  ]
}

/** True where some tariff of the structure is in force in an interval; an empty one is the instant that it starts with. */
export function offeredIn(tariff: Json | undefined, interval: Json | undefined): boolean {
  const all = listOf(tariff, 'Tariffs')
  const [from, to] = boundsOf(interval)
  const holds = (it: Json) => {
    const [start, end] = boundsOf({
      start: member(it, 'startDate') ?? '',
      end: member(it, 'endDate') ?? '',
    })
    return start <= from ? from < end : start < to
  }
  return all.length === 0 || all.some(holds)
}
