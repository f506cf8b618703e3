// Customer Support (CIS), requests of customers: a DER is connected after review, verification and word to its DERMS; every
// other request is taken down (EPRI 3002014619 §5.4, Fig. 4-1).

import { find, textAt } from '../find.ts'
import type { Node } from '../xml.ts'
import { changed, draftOf, idOf, reference } from './drafts.ts'
import type { Ask, Doing } from './party.ts'
import type { Tools } from './peer.ts'
import { requestOf } from './said.ts'
import { strangerIn } from './service-customers.ts'
import { each, oneAfterTheOther, refused, unknown, withOne } from './service-desk.ts'
import type { Desk, Turned } from './service-desk.ts'
import { nameplateFailure } from './service-nameplate.ts'
import { OVER, noticeOf, refusedBy, registrationOf, standing } from './service-standing.ts'
import { ineligible } from './service-tariffs.ts'
import { ordered, verified, withdraw } from './service-verification.ts'
import { element } from './write.ts'

const REVIEW = draftOf('InterconnectionReviews')

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
