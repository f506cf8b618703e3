// Customer Support (CIS): where a request stands, and how its customer hears of it.

import { find, textAt } from '../find.ts'
import type { Node } from '../xml.ts'
import { changed, idOf } from './drafts.ts'
import type { Tools } from './peer.ts'
import { refused, telling, withOne } from './service-desk.ts'
import type { Desk, Standing, Turned } from './service-desk.ts'
import { element } from './write.ts'

/** What nothing more is done for. */
export const OVER = ['completed', 'rejected', 'withdrawn']

/** Nothing is done, for these reasons. */
export function refusedBy(desk: Desk, ...failures: readonly ReturnType<typeof refused>[]): Turned {
  return { state: desk, failures }
}

/** The request in a state. */
export function standing(desk: Desk, object: Node, state: string): Desk {
  const status = element(object.ns, 'status', [element(object.ns, 'value', state)])
  const one = { object: changed(object, [status]), state }
  return { ...desk, requests: withOne(desk.requests, idOf(object), one) }
}

/** The DER that a request is about. */
export function registrationOf(desk: Desk, request: string): Node | undefined {
  return [...desk.registrations.values()].find(
    (it) => textAt(it, 'ServiceRequest/mRID') === request,
  )
}

/** What the customer is told of a request. */
export function noticeOf(
  desk: Desk,
  { object }: Standing,
  trigger: string,
  said: string,
  tools: Tools,
): Turned {
  const [customer] = find(object, 'Customer')
  const text = `Your request ${idOf(object)} ${said}.`
  return telling(
    desk,
    { trigger, about: object, objectType: 'ServiceRequest', customer, text },
    tools,
  )
}
