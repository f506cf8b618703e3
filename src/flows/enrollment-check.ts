// What the checks of its devices mean for an enrollment (DC-02, K4): it is completed when each may go on, and is an error when
// one has failed. What cannot be asked has not failed: how far that is enough is chosen by requireStatusCheck.

import { member, sameJson } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { deviceKeySaid } from './device-key.ts'
import { afterCheck, newestCheckOf, outcomeOf } from './device-check.ts'
import type { CheckOutcome, StatusCheckPolicy } from './device-check.ts'
import { isSameDevice } from './device.ts'
import { devicesOf, enrollmentOf } from './enrollment-content.ts'
import type { Around, Move, Reference } from './flow.ts'
import { firstKnown } from './reference.ts'

type Find = Around['find']

/** What has come of the newest check of a device; undefined where it has not been checked. */
function lastOutcome(device: JsonObject, find: Find): CheckOutcome | undefined {
  const check = firstKnown(newestCheckOf(device), find)?.object
  return check === undefined ? undefined : outcomeOf(check)
}

/** Why an enrollment is not completed yet; undefined where each device may go on. */
export function unchecked(
  enrollment: JsonObject,
  { find }: Pick<Around, 'find'>,
  policy: StatusCheckPolicy,
): string | undefined {
  for (const [at, device] of devicesOf(enrollment).entries()) {
    const outcome = lastOutcome(device, find)
    // Where checks do not pass here, whoever has made them says what came of them.
    const isUnseen = outcome === undefined && policy === 'ifSupported'
    if (!isUnseen && afterCheck(outcome, policy) !== 'go') {
      const said = outcome ?? 'not checked'
      return `EndDevices[${at}] (${deviceKeySaid(device)}) is ${said}, and requireStatusCheck is ${policy}.`
    }
  }
  return undefined
}

/** The step that an enrollment takes by the answer to a check of one of its devices. */
export function checkMoves(
  before: JsonObject | undefined,
  check: JsonObject,
  find: Find,
  policy: StatusCheckPolicy,
): readonly Move[] {
  if (before !== undefined && sameJson(before, check)) return []
  const device = member(check, 'EndDevice') ?? {}
  return enrollmentOf(device).flatMap((reference): readonly Move[] => {
    const enrollment = find(reference)
    if (enrollment?.state !== 'deviceCheck') return []
    const all = devicesOf(enrollment.object).map((it) =>
      isSameDevice(it, device) ? outcomeOf(check) : lastOutcome(it, find),
    )
    const steps = all.map((it) => afterCheck(it, policy))
    const move = { ...reference, optional: true } as const
    if (steps.includes('stop')) return [{ ...move, trigger: 'failed' }]
    if (steps.includes('wait')) return []
    const isKnown = all.every((it) => it === 'reachable')
    return [{ ...move, trigger: isKnown ? 'ok' : 'unsupported' }]
  })
}

/** What is to be looked at for that. */
export function checkedBy(check: JsonObject, find: Find): readonly Reference[] {
  const all = enrollmentOf(member(check, 'EndDevice'))
  const known = all.map((it) => find(it)?.object)
  return [...all, ...known.flatMap(devicesOf).flatMap(newestCheckOf)]
}
