// Which groups a DER leaves when another provider operates it: those of the provider before that have it as a member.
// What has been agreed with the customer is untouched by it. EPRI 3002014619 §5.4, GD-02.

import { isObject, member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { formerProvider } from './agreement-provider.ts'
import { isSameDevice } from './device.ts'
import type { Around, Move } from './flow.ts'
import type { FindAll, Search } from './search.ts'
import { listOf } from './reference.ts'

type Find = Around['find']

/** Groups of the provider whose time ends with this change of an agreement. */
export function groupsLeft(
  before: JsonObject | undefined,
  after: JsonObject,
  find: Find,
): readonly Search[] {
  const of = before === undefined ? undefined : formerProvider(before, after)
  const devices = of === undefined ? [] : devicesOf(after, find)
  if (of === undefined || devices.length === 0) return []
  return [{ noun: 'DERGroups', of, has: (group) => membersIn(group).some(among(devices)) }]
}

/** Each of them without the DER of the agreement. */
export function leavings(
  before: JsonObject | undefined,
  after: JsonObject,
  find: Find,
  all: FindAll,
): readonly Move[] {
  const isLeaving = among(devicesOf(after, find))
  return groupsLeft(before, after, find)
    .flatMap(all)
    .map(({ object }) => {
      const rest = membersIn(object).filter((it) => !isLeaving(it))
      return {
        noun: 'DERGroups',
        object,
        change: ({ EndDevices: _members, ...group }) =>
          rest.length > 0 ? { ...group, EndDevices: rest } : group,
      }
    })
}

function membersIn(group: JsonObject): readonly JsonObject[] {
  return listOf(group, 'EndDevices')
}

function among(devices: readonly Json[]): (member: JsonObject) => boolean {
  return (it) => devices.some((one) => isSameDevice(one, it))
}

/** The devices that the registrations of an agreement are about, as far as they are kept here. */
function devicesOf(agreement: JsonObject, find: Find): readonly Json[] {
  return listOf(agreement, 'DERRegistrations').flatMap((object) => {
    const device = member(find({ noun: 'DERRegistrations', object })?.object, 'EndDevice')
    return isObject(device) ? [device] : []
  })
}
