// What Customer Support has to send when an agreement has changed: signed, the request for the connection goes on with it
// (CA-03); with another provider, the groups of the one before lose its DER (CA-05, GD-02).

import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import type { Placed, Reference } from './flow.ts'
import type { Following, Making } from './next.ts'
import { openRequests } from './group-order.ts'
import { membersOf, notAmong } from './members.ts'
import { named } from './notice.ts'
import { listOf } from './reference.ts'

/** In the order in which they are sent. */
export const AGREEMENT_NEXT: readonly Following[] = [
  {
    when: 'it is signed, and names the registration of a DER whose request has its tariff',
    source: 'CA-03',
    from: 'dso-cs',
    verb: 'change',
    noun: 'ServiceRequests',
    dueIn: ['active'],
    refers: (it, find) => {
      const requests = registrationsIn(it).map((one) => requestOf(find(one)))
      return [...registrationsIn(it), ...requests]
    },
    objects: (before, after, making) =>
      before?.state === 'offered' && after.state === 'active'
        ? requestsOf(after.object, making).map((it) => ({
            ...named(it),
            CustomerAgreement: named(after.object),
          }))
        : [],
  },
  {
    when: 'another provider operates its DER: each group of the one before loses them',
    source: 'GD-02, CA-05',
    from: 'dso-cs',
    verb: 'execute',
    noun: 'DERGroups',
    isDoneHere: true,
    objects: (_before, _after, { moved }) =>
      moved
        .filter(({ noun }) => noun === 'DERGroups')
        .map(({ was, object }) => ({ was, gone: notAmong(membersOf(was), membersOf(object)) }))
        .filter(({ gone }) => gone.length > 0)
        .map(({ was, gone }) => ({ ...named(was), EndDevices: gone })),
  },
]

/** The requests about groups that an agreement names by now, or no longer: they may have waited for it. */
export function requestsWaiting(
  before: JsonObject | undefined,
  after: JsonObject,
): readonly Reference[] {
  const [was, is] = [before, after].map((it) => listOf(it, 'EndDeviceGroups')) as [Groups, Groups]
  return [...notAmong(is, was), ...notAmong(was, is)].flatMap(openRequests)
}

type Groups = readonly JsonObject[]

/** The requests that may wait for it, where an agreement has not taken a group in or left it out. */
export function requestsHeldUp(agreement: JsonObject): readonly Reference[] {
  return listOf(agreement, 'EndDeviceGroups').flatMap(openRequests)
}

function registrationsIn(agreement: JsonObject): readonly Reference[] {
  return listOf(agreement, 'DERRegistrations').map((object) => ({
    noun: 'DERRegistrations',
    object,
  }))
}

function requestOf(registration: Placed | undefined): Reference {
  return { noun: 'ServiceRequests', object: member(registration?.object, 'ServiceRequest') }
}

function requestsOf(agreement: JsonObject, { find }: Making): readonly JsonObject[] {
  return registrationsIn(agreement)
    .map((it) => find(requestOf(find(it))))
    .flatMap((it) => (it?.state === 'tariffSelected' ? [it.object] : []))
}
