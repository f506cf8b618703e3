// Customer Support (CIS): what is approved is verified by work management before its DERMS and its customer hear of it; what is
// given up needs no work any more.

import { textAt, textsAt } from '../find.ts'
import type { Node } from '../xml.ts'
import { changed, draftOf, idOf, reference, typedName } from './drafts.ts'
import type { Ask } from './party.ts'
import type { Sent, Tools } from './peer.ts'
import { eventOf, requestOf } from './said.ts'
import { refused, unknown, withOne } from './service-desk.ts'
import type { Desk, Standing, Turned } from './service-desk.ts'
import { OVER, noticeOf, refusedBy, registrationOf, standing } from './service-standing.ts'
import { element } from './write.ts'

const ORDER = 'http://iec.ch/TC57/2015/ServiceOrders#'

/** An inspection, before anything is connected: is it there as it was approved, and as its tariff wants it? */
export function ordered(desk: Desk, { object }: Standing, tools: Tools): Turned {
  const request = idOf(object)
  const count = [...desk.orders.values()].filter((it) => it.request === request).length
  const mRID = tools.uuid('order', request, String(count))
  const registration = registrationOf(desk, request)
  const task = element(ORDER, 'WorkTasks', [
    element(ORDER, 'crewETA', tools.now),
    element(
      ORDER,
      'instruction',
      'See whether it is as it was approved, and as its tariff wants it.',
    ),
    element(ORDER, 'statusKind', 'waitingToBeScheduled'),
    element(ORDER, 'subject', `Verification for request ${request}`),
    element(ORDER, 'taskKind', 'investigate'),
    reference(ORDER, 'Assets', textAt(registration, 'EndDevice/mRID')),
  ])
  const content = element(ORDER, 'ServiceOrders', [
    element(ORDER, 'ServiceOrder', [
      element(ORDER, 'mRID', mRID),
      typedName(ORDER, 'ServiceRequest', request),
      typedName(ORDER, 'PricingStructure', textAt(object, 'PricingStructure/mRID')),
      element(ORDER, 'Work', [
        element(ORDER, 'mRID', tools.uuid('work', mRID)),
        element(ORDER, 'kind', 'inspection'),
        element(ORDER, 'lastModifiedDateTime', tools.now),
        element(ORDER, 'requestDateTime', tools.now),
        element(ORDER, 'statusKind', 'waitingToBeScheduled'),
        element(ORDER, 'type', 'derVerification'),
        task,
      ]),
    ]),
  ])
  const message = requestOf('CIS', 'create', content, tools, mRID)
  const orders = withOne(desk.orders, mRID, { request, isOpen: true })
  const state = { ...standing(desk, object, 'verificationOrdered'), orders }
  return { state, sends: [{ to: 'WMS', message }] }
}

/** As it was approved, or another order is due. */
export function verified(desk: Desk, order: Node, _ask: Ask, tools: Tools): Turned {
  const known = desk.orders.get(idOf(order))
  if (known === undefined) return refusedBy(desk, unknown('99.1', idOf(order)))
  const request = desk.requests.get(known.request)
  const state = { ...desk, orders: withOne(desk.orders, idOf(order), { ...known, isOpen: false }) }
  if (request?.state !== 'verificationOrdered' || !known.isOpen) return { state }
  const outcome = textsAt(order, 'Work/ActivityRecords/type').at(-1)
  if (outcome !== 'verified') return ordered(state, request, tools)
  return {
    state: standing(state, request.object, 'verified'),
    sends: [approvedOf(state, request, tools)],
  }
}

/** The DER as its DERMS has to know it. */
export function approvedOf(desk: Desk, { object }: Standing, tools: Tools): Sent {
  const registration = registrationOf(desk, idOf(object))
  const ns = draftOf('DERRegistrations')
  const { tariff, agreement } = termsOf(desk, object)
  const known: Node = registration ?? element(ns, 'DERRegistration', [])
  const whole = changed(known, [
    element(ns, 'approvedDateTime', tools.now),
    element(ns, 'dsoRegistryId', [
      element(ns, 'name', idOf(registration)),
      element(ns, 'NameType', [element(ns, 'name', 'dsoRegistryId')]),
    ]),
    ...(agreement === undefined ? [] : [reference(ns, 'CustomerAgreement', agreement)]),
    ...(tariff === undefined ? [] : [reference(ns, 'PricingStructure', tariff)]),
  ])
  const content = element(ns, 'DERRegistrations', [whole])
  return { to: 'DCS', message: eventOf('CIS', 'created', content, tools, idOf(object)) }
}

function termsOf(desk: Desk, request: Node) {
  const named = textAt(request, 'CustomerAgreement/mRID')
  const registration = idOf(registrationOf(desk, idOf(request)))
  const of = [...desk.agreements.values()].find(({ object }) =>
    textsAt(object, 'DERRegistrations/mRID').includes(registration),
  )
  return { tariff: textAt(request, 'PricingStructure/mRID'), agreement: named ?? idOf(of?.object) }
}

/** The DERMS knows of the DER: the customer may know that it is done. */
export function connected(desk: Desk, sent: Node, isTaken: boolean, tools: Tools): Turned {
  const id = textAt(sent, 'Payload/DERRegistrations/DERRegistration/ServiceRequest/mRID') ?? ''
  const request = desk.requests.get(id)
  if (request?.state !== 'verified' || !isTaken) return { state: desk }
  return noticeOf(
    standing(desk, request.object, 'completed'),
    request,
    'connected',
    'is done: your DER is connected',
    tools,
  )
}

/** What is given up needs no work any more. */
export function withdraw(desk: Desk, asked: Node, _ask: Ask, tools: Tools): Turned {
  const known = desk.requests.get(idOf(asked))
  if (known === undefined) return refusedBy(desk, unknown('99.1', idOf(asked)))
  if (OVER.includes(known.state)) return refusedBy(desk, refused('It is over.', idOf(asked)))
  const open = [...desk.orders].filter(([, it]) => it.isOpen && it.request === idOf(asked))
  const orders = new Map([
    ...desk.orders,
    ...open.map(([id, it]) => [id, { ...it, isOpen: false }] as const),
  ])
  const sends = open.map(([id]): Sent => {
    const content = element(ORDER, 'ServiceOrders', [reference(ORDER, 'ServiceOrder', id)])
    return { to: 'WMS', message: requestOf('CIS', 'cancel', content, tools, id) }
  })
  return { state: { ...standing(desk, known.object, 'withdrawn'), orders }, sends }
}
