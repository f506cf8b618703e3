// What a configuration may ask of DER groups besides: that one without members is dissolved, and that a DER is a member of one
// group only. Both are switches, because practice differs (EPRI 2014 test plan; 61968-5 allows any number).

import type { JsonObject } from '../schema/json-text.ts'
import { deviceKeys, deviceText } from './device.ts'
import type { Around, Claim, Flow } from './flow.ts'
import { mayDissolve } from './group-order.ts'
import { membersOf } from './members.ts'

/** A group whose last member goes is dissolved, where contracts let it. */
export function dissolvingWhenEmpty(trigger: Flow['trigger']): Partial<Flow> {
  return {
    trigger: (before, after, around) => {
      const step = trigger(before, after, around)
      const isLast = step === 'removeLast' && after !== undefined
      return isLast && mayGo(after, around) ? 'removeAll' : step
    },
  }
}

function mayGo(after: JsonObject, around: Around | undefined): boolean {
  return around === undefined || mayDissolve(after, around) === undefined
}

/** Each member is claimed by its group. */
export const EXCLUSIVE: Partial<Flow> = { claims: { always: membershipClaims } }

/** The same for what has happened elsewhere: it is noted as far as nobody else has the member. */
export const EXCLUSIVE_AS_TOLD: Partial<Flow> = {
  claims: {
    always: (group) => membershipClaims(group).map((it): Claim => ({ ...it, yields: true })),
  },
}

function membershipClaims(group: JsonObject): readonly Claim[] {
  return membersOf(group).flatMap((device) =>
    deviceKeys(device).map((key) => ({
      key,
      rule: 'GRP-EXCL',
      reason: `The EndDevice ${deviceText(device)} is a member of another group.`,
      rival: true,
    })),
  )
}
