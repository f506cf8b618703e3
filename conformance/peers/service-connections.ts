// Customer Support (CIS), requests of customers: a DER is connected after review, verification and word to its DERMS; every
// other request is taken down (EPRI 3002014619 §5.4, Fig. 4-1).

import { find, textAt, textsAt } from '../find.ts'
import type { Node } from '../xml.ts'
import { changed, draftOf, idOf, reference, typedName } from './drafts.ts'
import type { Ask, Doing } from './party.ts'
import type { Sent, Tools } from './peer.ts'
import { eventOf, requestOf } from './said.ts'
import { strangerIn } from './service-customers.ts'
import { each, oneAfterTheOther, refused, telling, unknown, withOne } from './service-desk.ts'
import type { Desk, Standing, Turned } from './service-desk.ts'
import { nameplateFailure } from './service-nameplate.ts'
import { ineligible } from './service-tariffs.ts'
import { element } from './write.ts'

const REVIEW = draftOf('InterconnectionReviews')
const ORDER = 'http://iec.ch/TC57/2015/ServiceOrders#'
const OVER = ['completed', 'rejected', 'withdrawn']

/** What it takes of this, as a table. */
export const CONNECTIONS: Readonly<Record<string, Doing<Desk>>> = {
  'create ServiceRequests': each(create),
  'change ServiceRequests': each(change),
  'cancel ServiceRequests': each(withdraw),
  'get ServiceRequests': lookUp('requests'),
  'create DERRegistrations': each(register),
  'changed InterconnectionReviews': each(decided),
  'created ServiceOrders': (desk) => ({ state: desk }),
  'changed ServiceOrders': (desk) => ({ state: desk }),
  'canceled ServiceOrders': (desk) => ({ state: desk }),
  'closed ServiceOrders': each(verified),
}

/** Objects of one of its lists, by mRID. */
export function lookUp(list: 'requests' | 'agreements' | 'registrations'): Doing<Desk> {
  return (desk, { noun, ids }) => {
    const of = (it: string) =>
      list === 'registrations' ? desk[list].get(it) : desk[list].get(it)?.object
    const found = ids.flatMap((it) => of(it) ?? [])
    const failures = ids.filter((it) => !desk[list].has(it)).map((it) => unknown('99.1', it))
    const payload = found.length === 0 ? undefined : element(draftOf(noun), noun, found)
    return { state: desk, failures, isPartly: found.length > 0, payload }
  }
}

function create(desk: Desk, object: Node): Turned {
  const id = idOf(object)
  if (desk.requests.has(id)) return refusedBy(desk, refused('A request has this mRID.', id))
  const stranger = strangerIn(desk, object)
  if (stranger !== undefined) return refusedBy(desk, stranger)
  const isProgram = (textAt(object, 'kind') ?? '').startsWith('program')
  if (isProgram && find(object, 'DemandResponseProgram').length === 0)
    return refusedBy(desk, refused('It does not name the DemandResponseProgram.', id, '5.8'))
  return { state: standing(desk, object, 'submitted') }
}

function refusedBy(desk: Desk, ...failures: readonly ReturnType<typeof refused>[]): Turned {
  return { state: desk, failures }
}

function standing(desk: Desk, object: Node, state: string): Desk {
  const status = element(object.ns, 'status', [element(object.ns, 'value', state)])
  const one = { object: changed(object, [status]), state }
  return { ...desk, requests: withOne(desk.requests, idOf(object), one) }
}

/** A DER has one registration, and a request one DER. */
function register(desk: Desk, object: Node): Turned {
  const id = idOf(object)
  const request = desk.requests.get(textAt(object, 'ServiceRequest/mRID') ?? '')
  if (request === undefined)
    return refusedBy(desk, unknown('2.15', textAt(object, 'ServiceRequest/mRID')))
  const device = textAt(object, 'EndDevice/mRID')
  const isThere = [...desk.registrations.values()].some(
    (it) => idOf(it) === id || textAt(it, 'EndDevice/mRID') === device,
  )
  if (isThere) return refusedBy(desk, refused('The device is registered already.', device))
  const wrong = nameplateFailure(object)
  if (wrong !== undefined) return refusedBy(desk, wrong)
  const registrations = withOne(desk.registrations, id, object)
  return { state: standing({ ...desk, registrations }, request.object, 'registered') }
}

function registrationOf(desk: Desk, request: string): Node | undefined {
  return [...desk.registrations.values()].find(
    (it) => textAt(it, 'ServiceRequest/mRID') === request,
  )
}

function change(desk: Desk, asked: Node, _ask: Ask, tools: Tools): Turned {
  const known = desk.requests.get(idOf(asked))
  if (known === undefined) return refusedBy(desk, unknown('99.1', idOf(asked)))
  if (OVER.includes(known.state)) return refusedBy(desk, refused('It is over.', idOf(asked)))
  const object = changed(
    known.object,
    asked.children.filter((it) => it.name !== 'mRID'),
  )
  const wrong = tariffOf(desk, asked, idOf(asked)) ?? agreementOf(desk, asked)
  if (wrong !== undefined) return refusedBy(desk, wrong)
  const isChosen = find(asked, 'PricingStructure').length > 0
  const kept = standing(desk, object, isChosen ? 'tariffSelected' : known.state)
  return find(asked, 'CustomerAgreement').length > 0
    ? reviewed(kept, idOf(asked), tools)
    : { state: kept }
}

function tariffOf(desk: Desk, asked: Node, request: string) {
  const chosen = textAt(asked, 'PricingStructure/mRID')
  if (chosen === undefined) return undefined
  const tariff = desk.tariffs.get(chosen)
  if (tariff === undefined) return unknown('2.33', chosen)
  const why = ineligible(tariff, registrationOf(desk, request))
  return why === undefined ? undefined : refused(why, chosen)
}

function agreementOf(desk: Desk, asked: Node) {
  const named = textAt(asked, 'CustomerAgreement/mRID')
  const isSigned = named === undefined || desk.agreements.get(named)?.state === 'active'
  return isSigned ? undefined : refused('The agreement is not signed.', named)
}

/** Engineering has its say, once: as soon as DER, tariff and agreement are there. */
export function reviewed(desk: Desk, request: string, tools: Tools): Turned {
  const known = desk.requests.get(request)
  const registration = registrationOf(desk, request)
  const tariff = textAt(known?.object, 'PricingStructure/mRID')
  const isDue = known?.state === 'tariffSelected' && registration !== undefined
  if (!isDue || tariff === undefined) return { state: desk }
  const mRID = tools.uuid('review', request)
  const content = element(REVIEW, 'InterconnectionReviews', [
    element(REVIEW, 'InterconnectionReview', [
      element(REVIEW, 'mRID', mRID),
      element(REVIEW, 'createdDateTime', tools.now),
      reference(REVIEW, 'DERRegistration', idOf(registration)),
      reference(REVIEW, 'PricingStructure', tariff),
      reference(REVIEW, 'ServiceRequest', request),
    ]),
  ])
  const message = requestOf('CIS', 'create', content, tools, mRID)
  const kept = standing(desk, known.object, 'engineeringReview')
  return {
    state: { ...kept, reviews: withOne(kept.reviews, mRID, request) },
    sends: [{ to: 'ENG', message }],
  }
}

/** What Engineering has decided; a request that was given up meanwhile stays so. */
function decided(desk: Desk, review: Node, _ask: Ask, tools: Tools): Turned {
  const request = desk.requests.get(desk.reviews.get(idOf(review)) ?? '')
  if (request === undefined) return refusedBy(desk, unknown('99.1', idOf(review)))
  if (OVER.includes(request.state)) return { state: desk }
  const decision = textAt(review, 'decision')
  if (textAt(review, 'status/value') === 'engineeringReview')
    return { state: standing(desk, request.object, 'engineeringReview') }
  if (decision === 'approved')
    return oneAfterTheOther(
      standing(desk, request.object, 'approved'),
      (it) => noticeOf(it, request, 'applicationAccepted', 'has been accepted', tools),
      (it) => ordered(it, request, tools),
    )
  const [state, trigger, said] =
    decision === 'hold'
      ? ['onHold', 'onHold', 'waits for the network']
      : ['rejected', 'rejected', `has been rejected: ${textAt(review, 'reason') ?? ''}`]
  return noticeOf(standing(desk, request.object, state), request, trigger, said, tools)
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
function verified(desk: Desk, order: Node, _ask: Ask, tools: Tools): Turned {
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
function withdraw(desk: Desk, asked: Node, _ask: Ask, tools: Tools): Turned {
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
