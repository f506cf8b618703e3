// What Customer Support has to send when an agreement is signed: the request for the connection goes on with it (CA-03).

import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import type { Following, Making, Placed, Reference } from './flow.ts'
import { named } from './notice.ts'
import { listOf } from './reference.ts'

/** The agreement that a request has waited for. */
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
]

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
