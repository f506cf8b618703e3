// Customer Support (CIS), work that a customer has asked for: Engineering designs it, work management does it, and the customer
// is told of its end (EPRI 3002014619 §5.6, Fig. 4-2).

import { find, textAt, textsAt } from '../find.ts'
import type { Node } from '../xml.ts'
import { idOf } from './drafts.ts'
import type { Ask, Doing, Following } from './party.ts'
import type { Sent, Tools } from './peer.ts'
import { isOk, requestOf } from './said.ts'
import { each, refused, telling, unknown, withOne } from './service-desk.ts'
import type { Desk, Turned } from './service-desk.ts'
import { element } from './write.ts'

const NS = 'http://iec.ch/TC57/2015/WorkRequests#'
const CUSTOMER = 'http://cimgate.example/draft/2026/CustomerNotifications#'
const OVER = ['closed', 'cancelled']

/** What it takes of this, as a table. @param designer whom it asks first */
export function works(designer: 'ENG' | 'WMS'): Readonly<Record<string, Doing<Desk>>> {
  return {
    'create WorkRequests': each((desk, it, _ask, tools) => ask(desk, it, designer, tools)),
    'change WorkRequests': each(change),
    'cancel WorkRequests': each(cancel),
    'created WorkRequests': (desk) => ({ state: desk }),
    'changed WorkRequests': each((desk, it, _ask, tools) => changed(desk, it, designer, tools)),
    'canceled WorkRequests': each((desk, it) => put(desk, it, 'cancelled')),
    'closed WorkRequests': each(closed),
  }
}

/** What work management does not take is not done. */
export const refusedWork: Following<Desk> = (desk, sent, reply) => {
  const ids = textsAt(sent, 'Payload/WorkRequests/WorkRequest/mRID')
  if (isOk(reply)) return { state: desk }
  const failed = ids.flatMap((it) => desk.works.get(it) ?? [])
  return failed.reduce<Turned>((done, it) => put(done.state, it.object, 'cancelled'), {
    state: desk,
  })
}

function put(desk: Desk, object: Node, state: string): Turned {
  return { state: { ...desk, works: withOne(desk.works, idOf(object), { object, state }) } }
}

function ask(desk: Desk, object: Node, designer: 'ENG' | 'WMS', tools: Tools): Turned {
  const id = idOf(object)
  if (desk.works.has(id))
    return { state: desk, failures: [refused('There is work with this mRID.', id)] }
  return {
    ...put(desk, object, 'waitingOnApproval'),
    sends: [sentTo(designer, 'create', object, tools)],
  }
}

function sentTo(to: 'ENG' | 'WMS', verb: string, object: Node, tools: Tools): Sent {
  const content = element(NS, 'WorkRequests', [object])
  return { to, message: requestOf('CIS', verb, content, tools, to, idOf(object), tools.now) }
}

/** Engineering approves or not; work management tells how far it is. */
function changed(desk: Desk, object: Node, designer: 'ENG' | 'WMS', tools: Tools): Turned {
  const known = desk.works.get(idOf(object))
  if (known === undefined) return { state: desk, failures: [unknown('99.1', idOf(object))] }
  if (OVER.includes(known.state)) return { state: desk }
  const status = textAt(object, 'Work/statusKind') ?? known.state
  const isDesigned = known.state === 'waitingOnApproval' && status === 'approved'
  const isRejected = known.state === 'waitingOnApproval' && status === 'cancelled'
  const kept = put(desk, object, status)
  if (isRejected) return told(kept.state, object, 'rejected', 'cannot be done', tools)
  return isDesigned && designer === 'ENG'
    ? { ...kept, sends: [sentTo('WMS', 'create', object, tools)] }
    : kept
}

/** Its scope goes to whoever has it. */
function change(desk: Desk, asked: Node, _ask: Ask, tools: Tools): Turned {
  return handedOn('change', desk, asked, tools, () => ({ state: desk }))
}

function cancel(desk: Desk, asked: Node, _ask: Ask, tools: Tools): Turned {
  return handedOn('cancel', desk, asked, tools, (object) => put(desk, object, 'cancelled'))
}

/** What is under way goes to whoever has it. @param done what becomes of it here */
function handedOn(
  verb: string,
  desk: Desk,
  asked: Node,
  tools: Tools,
  done: (object: Node) => Turned,
): Turned {
  const known = desk.works.get(idOf(asked))
  if (known === undefined) return { state: desk, failures: [unknown('99.1', idOf(asked))] }
  if (OVER.includes(known.state))
    return { state: desk, failures: [refused('It is over.', idOf(asked))] }
  const to = known.state === 'waitingOnApproval' ? 'ENG' : 'WMS'
  return { ...done(known.object), sends: [sentTo(to, verb, asked, tools)] }
}

/** Closed once is closed: the customer hears of it once. */
function closed(desk: Desk, object: Node, _ask: Ask, tools: Tools): Turned {
  const known = desk.works.get(idOf(object))
  if (known === undefined) return { state: desk, failures: [unknown('99.1', idOf(object))] }
  if (OVER.includes(known.state)) return { state: desk }
  return told(put(desk, object, 'closed').state, object, 'workCompleted', 'is completed', tools)
}

function told(desk: Desk, object: Node, trigger: string, said: string, tools: Tools): Turned {
  const names = find(object, 'Names').filter((it) => textAt(it, 'NameType/name') === 'customer')
  const name = names.map((it) => textAt(it, 'name') ?? '')[0] ?? idOf(object)
  const customer = element(CUSTOMER, 'Customer', [
    element(CUSTOMER, 'Names', [element(CUSTOMER, 'name', name)]),
  ])
  const text = `Your work ${idOf(object)} ${said}.`
  const about = { trigger, about: object, objectType: 'WorkRequest', customer, text }
  return telling(desk, about, tools)
}
