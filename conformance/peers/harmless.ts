// What may come between the messages of a scenario, and must not be found: events that are delivered twice, somebody who asks
// for the state of things.

import type { Peer, Sent, Tools } from './peer.ts'
import { draftOf } from './drafts.ts'
import { requestOf } from './said.ts'
import { sending } from './sending.ts'
import type { Variant } from './variants.ts'
import { element } from './write.ts'

/** [what it is, how a party does it] */
export const HARMLESS: readonly (readonly [string, Variant])[] = [
  ['events delivered twice', sending((it) => (isEvent(it) ? [it, it] : [it]))],
  ['somebody asks for the state in between', asking],
]

const isEvent = ({ message }: Sent) => message.name === 'EventMessage'

/** Before what it sends to Customer Support or to work management it asks for something. */
function asking(peer: Peer): Peer {
  return sending((it, tools) => {
    const query = queryFor(it, tools, peer)
    return query === undefined ? [it] : [{ to: it.to, message: query }, it]
  })(peer)
}

/** What a party keeps, by its role: the noun of the query, its namespace. */
const KEPT: Readonly<Record<string, readonly [string, string]>> = {
  CIS: ['Tariffs', draftOf('Tariffs')],
  WMS: ['GetWorkRequests', 'http://iec.ch/TC57/2015/GetWorkRequests#'],
}

function queryFor({ to, message }: Sent, tools: Tools, { role }: Peer) {
  const [noun, ns] = KEPT[to] ?? []
  if (noun === undefined || ns === undefined) return undefined
  const [object, id] = noun === 'Tariffs' ? ['PricingStructure', 'code'] : ['WorkRequest', 'mRID']
  const words = JSON.stringify(message)
  const asked = element(ns, object, [element(ns, id, tools.uuid('asked for', words))])
  return requestOf(role, 'get', element(ns, noun, [asked]), tools, words)
}
