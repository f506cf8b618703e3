// What DERMS Customer Support has to send of a request about a group: contracts are updated, and released, and when they are
// as they should be the group is made, has members added or taken out, or is gone (GF-03, GF-04, GF-06, GD-02 to GD-04;
// EPRI 3002014619 §5, Figs. 5-1 and 5-2).

import { isObject, member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import {
  TO_RELEASE,
  TO_RESTORE,
  TO_UNDO,
  TO_UPDATE,
  contractRefers,
  isReleased,
  isRestored,
  isUpdated,
  releasing,
  restoring,
  updating,
} from './group-contracts.ts'
import { actionOf } from './group-order.ts'
import type { Action } from './group-order.ts'
import type { Following } from './next.ts'
import { named } from './notice.ts'

const FROM = 'derms-cs'

/** In the order in which they are sent. */
export const GROUP_REQUEST_NEXT: readonly Following[] = [
  ...contracts({
    ...{ state: TO_UPDATE, source: 'GF-03', verb: 'change', next: () => 'contracted' },
    left: updating,
    isReady: isUpdated,
    when: 'it is approved, and an agreement of a member does not name the group',
    whenReady: 'it is approved, and the agreements of all members name the group',
  }),
  ...contracts({
    ...{ state: TO_RELEASE, source: 'GD-03', verb: 'execute', next: () => 'contractsReleased' },
    left: releasing,
    isReady: isReleased,
    when: 'it is dissolving, and an agreement of a member that is to go names the group',
    whenReady: 'it is dissolving, and no agreement of a member that is to go names the group',
  }),
  ...contracts({
    ...{ state: TO_UNDO, source: 'GF-03', verb: 'execute', next: () => 'compensated' },
    left: releasing,
    isReady: isReleased,
    when: 'the DERMS has refused it, and an agreement of a member names the group',
    whenReady: 'the DERMS has refused it, and no agreement of a member names the group',
  }),
  ...contracts({
    ...{ state: TO_RESTORE, source: 'GD-03', verb: 'change' },
    next: (request) => (actionOf(request) === 'form' ? 'available' : 'compensated'),
    left: restoring,
    isReady: isRestored,
    when: 'the DERMS has refused to dissolve it, and an agreement of a member does not name the group',
    whenReady:
      'the DERMS has refused to dissolve it, and the agreements of all members name the group',
  }),
  {
    ...carriedOut('contracted', ['form'], (request) => ({
      ...of(request),
      ...part(member(request, 'EndDeviceGroup'), 'Names'),
      ...part(request, 'DERFunction'),
      ...part(request, 'EndDevices'),
    })),
    when: 'contracts are updated for a new group',
    source: 'GF-04',
    verb: 'create',
  },
  {
    ...carriedOut('contracted', ['addMembers'], withMembers),
    when: 'contracts are updated for further members',
    source: 'GF-06',
    verb: 'change',
  },
  {
    ...carriedOut('contractsReleased', ['removeMembers'], withMembers),
    when: 'contracts are released for single members',
    source: 'GD-02',
    verb: 'execute',
  },
  {
    // A request to form that is canceled when its group is there dissolves it.
    ...carriedOut('contractsReleased', ['dissolve', 'form'], of),
    when: 'contracts are released for a whole group',
    source: 'GD-04',
    verb: 'delete',
  },
]

/** What contracts have to be like before a request goes on. */
interface Contracts extends Pick<Following, 'source' | 'verb' | 'when'> {
  /** of the request, in which they are waited for */
  readonly state: string
  /** of the request, when they are so */
  readonly next: (request: JsonObject) => string
  readonly whenReady: string
  readonly left: typeof updating
  readonly isReady: typeof isUpdated
}

/** They are changed once, when a request comes into the state; it goes on as soon as they are so, whatever has made them so. */
function contracts(it: Contracts): readonly Following[] {
  const { state, source, verb, when, left } = it
  const common = { source, from: FROM, dueIn: [state], refers: contractRefers }
  const change: Following = {
    ...{ ...common, when, verb },
    noun: 'CustomerAgreements',
    objects: (before, after, { find }) => {
      const isDue = after.state === state && before?.state !== state
      return isDue && isNamed(after.object) && !isNothing(left(after.object, find))
        ? [named(after.object)]
        : []
    },
    finished: (_draft, request, { find }) => left(request, find),
  }
  const step: Following = {
    ...{ ...common, when: it.whenReady, verb: 'change' },
    noun: 'DERGroupRequests',
    objects: (_before, { state: is, object }, { find }) =>
      is === state && isNamed(object) && it.isReady(object, find)
        ? [{ ...named(object), status: { value: it.next(object) } }]
        : [],
  }
  return [change, step]
}

function carriedOut(
  state: string,
  actions: readonly Action[],
  make: (request: JsonObject) => JsonObject,
): Pick<Following, 'from' | 'noun' | 'dueIn' | 'objects'> {
  return {
    from: FROM,
    noun: 'DERGroups',
    // What was refused may be sent once more, as long as contracts have not been put back.
    dueIn: [state, state === 'contracted' ? TO_UNDO : TO_RESTORE],
    objects: (before, after) => {
      const isDue = after.state === state && before?.state !== state
      const isAsked = actions.some((it) => it === actionOf(after.object))
      return isDue && isNamed(after.object) && isAsked ? [make(after.object)] : []
    },
  }
}

/** A request names its group; without that nobody could tell which one has come of it. */
function isNamed(request: JsonObject): boolean {
  return isObject(member(request, 'EndDeviceGroup'))
}

function isNothing(left: ReturnType<typeof updating>): boolean {
  return Array.isArray(left) && left.length === 0
}

function of(request: JsonObject): JsonObject {
  return named(member(request, 'EndDeviceGroup'))
}

function withMembers(request: JsonObject): JsonObject {
  return { ...of(request), ...part(request, 'EndDevices') }
}

function part(of: Json | undefined, name: string): JsonObject {
  const value: Json | undefined = member(of, name)
  return value === undefined ? {} : { [name]: value }
}
