// What DERMS Customer Support has to send of a request about a group once contracts are as they should be: the group is
// made, has its members added, or is gone (GF-04, GF-06, GD-04; EPRI 3002014619 §5, Figs. 5-1 and 5-2).

import { isObject, member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Following } from './flow.ts'
import { actionOf } from './group-order.ts'
import type { Action } from './group-order.ts'
import { named } from './notice.ts'

/** In the order in which they are sent. */
export const GROUP_REQUEST_NEXT: readonly Following[] = [
  {
    ...carriedOut('contracted', 'form', (request) => ({
      ...of(request),
      ...part(request, 'DERFunction'),
      ...part(request, 'EndDevices'),
    })),
    when: 'contracts are updated for a new group',
    source: 'GF-04',
    verb: 'create',
  },
  {
    ...carriedOut('contracted', 'addMembers', (request) => ({
      ...of(request),
      ...part(request, 'EndDevices'),
    })),
    when: 'contracts are updated for further members',
    source: 'GF-06',
    verb: 'change',
  },
  {
    ...carriedOut('contractsReleased', 'dissolve', of),
    when: 'contracts are released for a whole group',
    source: 'GD-04',
    verb: 'delete',
  },
]

/** A request names its group; without that nobody could tell which one has come of it. */
function carriedOut(
  state: string,
  action: Action,
  make: (request: JsonObject) => JsonObject,
): Pick<Following, 'from' | 'noun' | 'dueIn' | 'objects'> {
  return {
    from: 'derms-cs',
    noun: 'DERGroups',
    dueIn: [state],
    objects: (before, after) => {
      const isDue = after.state === state && before?.state !== state
      const isNamed = isObject(member(after.object, 'EndDeviceGroup'))
      return isDue && isNamed && actionOf(after.object) === action ? [make(after.object)] : []
    },
  }
}

function of(request: JsonObject): JsonObject {
  return named(member(request, 'EndDeviceGroup'))
}

function part(request: JsonObject, name: string): JsonObject {
  const value: Json | undefined = member(request, name)
  return value === undefined ? {} : { [name]: value }
}
