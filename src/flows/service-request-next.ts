// What Customer Support has to send as the request for a connection goes on: the review to Engineering, the order to verify
// what was approved, the news for whoever operates DER, the step to connected, and a notice to the customer of all that
// concerns the customer (EPRI 3002014619 §5.4, Fig. 4-1).

import { isUuid } from '../envelope/mrid.ts'
import { isObject, isTrue, member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { needsCommunication, tariffOf } from './communication.ts'
import { startOf, withCrew } from './crew.ts'
import type { Placed, Reference } from './flow.ts'
import type { Following, Making } from './next.ts'
import { NOTICE, customerAt, labelOf, named, noticeTo } from './notice.ts'
import { keysOf } from './reference.ts'
import type { RuleName } from './rules/index.ts'

/** The states from approval on, in order. */
export const APPROVED_ON: readonly string[] = [
  ...['approved', 'verificationOrdered', 'verificationFailed', 'verified', 'connected'],
  'completed',
]

/** In the order in which they are sent. */
export const REQUEST_NEXT: readonly Following[] = [
  {
    when: 'the customer has agreed',
    source: 'SR-04',
    from: 'dso-cs',
    verb: 'create',
    noun: 'InterconnectionReviews',
    dueIn: ['agreed'],
    refers: (it) => registrationsOf(it),
    objects: at('agreed', review),
  },
  ordered('Engineering has approved it', 'approved'),
  ordered('what is there is not what was approved: it is verified again', 'verificationFailed'),
  // Verified first: a DERMS that knows a DER may operate it, and what is there may not be what was approved.
  {
    when: 'it is verified, and Engineering has approved it',
    source: 'SR-11',
    from: 'dso-cs',
    verb: 'created',
    noun: 'DERRegistrations',
    dueIn: ['verified', 'connected', 'completed'],
    refers: (it) => [...registrationsOf(it), ...reviewsOf(it)],
    objects: at('verified', approvedRegistration),
  },
  {
    when: 'it is verified, and its tariff asks for no communication',
    source: 'SR-09',
    from: 'dso-cs',
    verb: 'change',
    noun: 'ServiceRequests',
    dueIn: ['verified'],
    refers: (it) => [tariffOf(it)],
    objects: at('verified', (request, { find }) =>
      needsCommunication(find(tariffOf(request))?.object) ? undefined : CONNECTED(request),
    ),
  },
  {
    when: 'it is verified, and its tariff asks for communication',
    source: 'SR-09',
    from: 'dso-cs',
    verb: 'get',
    noun: 'EndDeviceStatuses',
    dueIn: ['verified'],
    refers: (it) => [tariffOf(it), ...registrationsOf(it)],
    objects: at('verified', (request, making) =>
      needsCommunication(making.find(tariffOf(request))?.object)
        ? referring('EndDevice', deviceOf(request, making))
        : undefined,
    ),
  },
  told('approved', 'applicationAccepted', 'SR-07', 'has been accepted'),
  told('rejected', 'rejected', 'SR-07', 'has been rejected'),
  told('onHold', 'onHold', 'SR-07', 'waits for an upgrade of the network'),
  told('connected', 'connected', 'SR-10', 'is done: your DER is connected'),
  {
    when: 'it is connected, and its DERMS knows',
    source: 'SR-10',
    from: 'dso-cs',
    verb: 'close',
    noun: 'ServiceRequests',
    dueIn: ['connected'],
    objects: (before, after) => (isDone(after) && !isDone(before) ? [named(after.object)] : []),
  },
]

function isDone(request: Placed | undefined): boolean {
  const isAcked = isTrue(member(request?.object, 'dermsNotified'))
  return request?.state === 'connected' && isAcked
}

/** One message when a request comes into a state from another; what has been approved before is not approved anew. */
function at(
  state: string,
  make: (request: JsonObject, making: Making) => JsonObject | undefined,
): Following['objects'] {
  return (before, after, making) => {
    const made = hasCome(before, after, state) ? make(after.object, making) : undefined
    return made === undefined ? [] : [made]
  }
}

function hasCome(before: Placed | undefined, after: Placed, state: string): boolean {
  if (after.state !== state || before?.state === state) return false
  return !(state === 'approved' && before?.state === 'verificationOrdered')
}

function ordered(when: string, state: string): Following {
  return {
    when,
    source: 'SR-08',
    from: 'dso-cs',
    verb: 'create',
    noun: 'ServiceOrders',
    dueIn: [state],
    refers: (it) => [customerAt(member(it, 'Customer')), ...registrationsOf(it)],
    objects: at(state, verificationOrder),
    finished: (order, request, making) =>
      withCrew(order, startOf(member(request, 'requestedInterval')), WANTED, making),
  }
}

function told(state: string, trigger: string, source: string, said: string): Following {
  return {
    ...NOTICE,
    when: `it is ${state}`,
    source,
    dueIn: APPROVED_ON.includes(state) ? APPROVED_ON.slice(APPROVED_ON.indexOf(state)) : [state],
    refers: (it) => [customerAt(member(it, 'Customer'))],
    objects: at(state, (request, making) => {
      const customer = member(request, 'Customer')
      const text = `Your request ${labelOf(request)} ${said}.`
      const about = { about: request, objectType: 'ServiceRequest' }
      return noticeTo(isObject(customer) ? customer : {}, { trigger, text, ...about }, making)
    }),
  }
}

const CONNECTED = (request: JsonObject): JsonObject => ({
  ...named(request),
  status: { value: 'connected' },
})

/** The registration of a request claims it. */
function registrationsOf(request: JsonObject): readonly Reference[] {
  return claiming(request, 'DERRegistrations', 'SR-REG')
}

/** Engineering's review of a request claims it, too. */
function reviewsOf(request: JsonObject): readonly Reference[] {
  return claiming(request, 'InterconnectionReviews', 'IR-DUP')
}

function claiming(request: JsonObject, noun: string, rule: RuleName): readonly Reference[] {
  return keysOf(request)
    .slice(0, 1)
    .map((key) => ({ noun, object: undefined, claim: { rule, key } }))
}

function foundOf(all: readonly Reference[], { find }: Making): Json | undefined {
  return all.map((it) => find(it)?.object).find((it) => it !== undefined)
}

function review(request: JsonObject, making: Making): JsonObject {
  const registration = foundOf(registrationsOf(request), making)
  return {
    mRID: making.newId(),
    createdDateTime: making.now,
    ...referring('DERRegistration', registration),
    ...referring('PricingStructure', member(request, 'PricingStructure')),
    ServiceRequest: named(request),
  }
}

function deviceOf(request: JsonObject, making: Making): Json | undefined {
  return member(foundOf(registrationsOf(request), making), 'EndDevice')
}

/** The registration as a DERMS is told of it; its registry id is its own where it has one, and stays the same. */
function approvedRegistration(request: JsonObject, making: Making): JsonObject {
  const registration = foundOf(registrationsOf(request), making)
  const name = { name: labelOf(registration), NameType: { name: 'dsoRegistryId' } }
  return {
    dsoRegistryId: name,
    ...(isObject(registration) ? registration : { ServiceRequest: named(request) }),
    approvedDateTime: member(foundOf(reviewsOf(request), making), 'decidedDateTime') ?? making.now,
    ...referring('CustomerAgreement', member(request, 'CustomerAgreement')),
    ...referring('PricingStructure', member(request, 'PricingStructure')),
  }
}

const WANTED =
  'give the request a requestedInterval (change ServiceRequests), or set flows.service-request.crewETA in the configuration'

/** An inspection that says whether the DER is as it was approved. */
function verificationOrder(request: JsonObject, making: Making): JsonObject {
  const interval = member(request, 'requestedInterval')
  const statusKind = 'waitingToBeScheduled'
  // Part 6 asks of a UsagePoint what nobody knows here, so it is named in words.
  const point = labelOf(member(request, 'UsagePoint'))
  const task = {
    instruction: `Find out whether the DER at usage point ${point} is as it was approved.`,
    statusKind,
    subject: `Verification for request ${labelOf(request)}`,
    taskKind: 'investigate',
    ...assetsOf(deviceOf(request, making)),
  }
  const work = {
    mRID: making.newId(),
    kind: 'inspection',
    lastModifiedDateTime: making.now,
    requestDateTime: making.now,
    statusKind,
    type: 'derVerification',
    Customers: [named(member(request, 'Customer'))],
    ...(interval === undefined
      ? {}
      : { TimeSchedules: [{ kind: 'request', scheduleInterval: interval }] }),
    WorkTasks: [task],
  }
  const Names = [
    ...linkTo('ServiceRequest', request),
    // What is there is verified against the terms of its tariff (EPRI 3002014619 §5.4).
    ...linkTo('PricingStructure', member(request, 'PricingStructure')),
  ]
  return { mRID: making.newId(), Names, Work: [work] }
}

function linkTo(type: string, it: Json | undefined): readonly JsonObject[] {
  const [name] = keysOf(it)
  return name === undefined ? [] : [{ name, NameType: { name: type } }]
}

/** The device to be inspected. Part 6 has UUIDs alone for mRIDs, so that any other is a name. */
function assetsOf(device: Json | undefined): JsonObject {
  const mRID = member(device, 'mRID')
  if (typeof mRID !== 'string') return {}
  return { Assets: [isUuid(mRID) ? { mRID } : { Names: [{ name: mRID }] }] }
}

function referring(name: string, it: Json | undefined): JsonObject {
  return it === undefined ? {} : { [name]: named(it) }
}
