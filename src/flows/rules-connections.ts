// The rules about the connection of a DER: request, registration, review, verification, notice to its DERMS.
// EPRI 3002014619 §5.4.

import { LACKING, REFUSED, SENDER } from './business-rule.ts'
import type { BusinessRule } from './business-rule.ts'

const REQUEST = ['service-request'] as const
const REGISTRATION = ['der-registration'] as const
const ORDER = ['service-order'] as const

/** By their ids, which are public. */
export const CONNECTION_RULES = {
  'SR-UP': {
    ...LACKING,
    flows: REQUEST,
    asks: 'A request to connect a DER names the usage point.',
    mend: 'Write UsagePoint with the mRID or Names of the point where the DER is connected.',
    source: 'SR-01',
  },
  'SR-PROGRAM': {
    ...LACKING,
    flows: REQUEST,
    asks: 'A request to take part in a programme, or to leave it, names the programme.',
    mend: 'Write DemandResponseProgram with its mRID or Names.',
    source: 'SR-13',
  },
  'SR-DUP': {
    ...REFUSED,
    flows: REQUEST,
    asks: 'One request of a kind is open for a usage point.',
    mend: 'Go on with the request that is open, or cancel it before making another.',
    source: 'SR-01',
  },
  'SR-KIND': {
    ...REFUSED,
    flows: REQUEST,
    asks: 'Only a request to connect a DER has one registered.',
    mend: 'Name a ServiceRequest of kind derInterconnection in the registration.',
    source: 'SR-02, SR-13',
  },
  'SR-SHORT': {
    ...REFUSED,
    flows: REQUEST,
    asks: 'Only a request that connects no DER is begun without registration and review.',
    mend: 'Register the DER (create DERRegistrations); a derInterconnection goes on from there.',
    source: 'SR-13',
  },
  'SR-AGREE': {
    ...REFUSED,
    flows: REQUEST,
    asks: 'A request goes on when its customer agreement is signed.',
    mend: 'Have the customer sign the agreement (CustomerAgreements, status active), and name it in CustomerAgreement.',
    source: 'CA-03, SR-04',
  },
  'SR-G1': {
    ...REFUSED,
    flows: ['interconnection-review'],
    asks: 'Engineering reviews what is registered, has a tariff and is agreed.',
    mend: 'Register the DER, select the tariff and have the agreement signed; then create the review with all three in it.',
    source: 'SR-04',
  },
  'SR-G2': {
    ...REFUSED,
    flows: ['interconnection-review'],
    asks: 'A connection is decided by its interconnection review, and approved with a result of modelling that allows it.',
    mend: 'Have Operations model the connection (modellingResult with canAccommodate), then decide the review; the request follows.',
    source: 'SR-04, SR-05',
  },
  'SR-HOLD': {
    ...SENDER,
    codes: ['6.2'],
    flows: [...REGISTRATION, 'customer-notification'],
    asks: 'On hold nothing is approved, ordered, completed or told.',
    mend: 'Wait until Engineering releases the review (POST interconnection-reviews/{mRID}:release).',
    source: 'SR-06',
  },
  'SR-TERM': {
    ...REFUSED,
    flows: [],
    asks: 'A request that is over stays as it is.',
    mend: 'Create a new service request.',
    source: 'SR-12',
  },
  'SR-VERIFICATION': {
    ...REFUSED,
    flows: ORDER,
    asks: 'A verification is a work of kind inspection whose tasks investigate; the request follows it.',
    mend: 'Order it with a ServiceOrder: Work of type derVerification, kind inspection, WorkTasks of taskKind investigate.',
    source: 'SR-08',
  },
  'SR-LINK': {
    ...LACKING,
    flows: ORDER,
    asks: 'A verification names the request that it is for.',
    mend: 'Add a name with the NameType ServiceRequest to Names of the work or of its order.',
    source: 'SR-08',
  },
  'SR-OUTCOME': {
    ...LACKING,
    flows: ORDER,
    asks: 'A verification that is closed says how it came out.',
    mend: 'Add an ActivityRecord of type verified or failed to the work.',
    source: 'SR-08',
  },
  'SR-ORDERED': {
    ...SENDER,
    codes: ['3.2'],
    flows: ORDER,
    asks: 'A request has a limited number of open orders.',
    mend: 'Close or cancel one of the orders of the request first.',
    source: 'SR-08, SR-12',
  },
  'SR-COMM': {
    ...REFUSED,
    flows: REQUEST,
    asks: 'A DER whose tariff asks for communication is connected when it has been reached.',
    mend: 'Have its DERMS check the device (get EndDeviceStatuses, POST device-status-checks); reachable takes the request along.',
    source: 'SR-09',
  },
  'SR-ACK': {
    ...REFUSED,
    flows: [],
    asks: 'That a DERMS has been told is shown by its acknowledgement alone.',
    mend: 'Leave dermsNotified out; send created DERRegistrations and have it acknowledged.',
    source: 'SR-11',
  },
  'SR-DONE': {
    ...REFUSED,
    flows: REQUEST,
    asks: 'A connection is completed when its customer has been told and its DERMS has acknowledged.',
    mend: 'Send created CustomerNotifications (trigger connected), and created DERRegistrations until it is acknowledged.',
    source: 'SR-10, SR-11',
  },
  'SR-REG': {
    ...REFUSED,
    flows: REGISTRATION,
    asks: 'A request has one registration.',
    mend: 'Change the registration that is there, or name the request that this DER belongs to.',
    source: 'SR-02',
  },
  'REG-ID': {
    ...REFUSED,
    flows: REGISTRATION,
    asks: 'The id of a DER in the registry of the DSO is unique and never changes.',
    mend: 'Leave dsoRegistryId as it is; give a new DER an id that no other has.',
    source: 'SR-02',
  },
  'REG-DUP': {
    ...SENDER,
    codes: ['6.1', '2.29'],
    flows: REGISTRATION,
    asks: 'A device is registered once, by mRID, serial number and names.',
    mend: 'Change the registration that is there, or mend the ids of the device if another one is meant.',
    source: 'SR-02',
  },
  'REG-P': {
    ...REFUSED,
    flows: REGISTRATION,
    asks: 'minP of a nameplate is no more than maxP.',
    mend: 'Compare value and multiplier of minP and maxP with the nameplate; minP of a storage is negative.',
    source: 'SR-02',
  },
  'REG-Q': {
    ...REFUSED,
    flows: REGISTRATION,
    asks: 'Reactive power of a nameplate is no more than its ratedS.',
    mend: 'Compare value and multiplier of maxQ, minQ and ratedS with the nameplate.',
    source: 'SR-02',
  },
  'REG-E': {
    ...LACKING,
    flows: REGISTRATION,
    asks: 'ratedE is given for storage, and for nothing else.',
    mend: 'Add ratedE to a nameplate of technology batteryStorage; take it out of any other.',
    source: 'SR-02',
  },
  'REG-APPROVED': {
    ...REFUSED,
    flows: REGISTRATION,
    asks: 'A DERMS is told of a DER when its request is approved.',
    mend: 'Send the event when the request is approved; where it is not kept here, with approvedDateTime.',
    source: 'SR-11',
  },
  'REG-NOTICE': {
    ...LACKING,
    flows: REGISTRATION,
    asks: 'A DERMS that is told of a DER learns all that it has to know.',
    mend: 'Add dsoRegistryId, PricingStructure, CustomerAgreement and approvedDateTime to the event.',
    source: 'SR-11',
  },
  'IR-DUP': {
    ...REFUSED,
    flows: ['interconnection-review'],
    asks: 'A request is reviewed once, unless it has been rejected or sent back.',
    mend: 'Go on with the review that is there.',
    source: 'SR-04',
  },
} as const satisfies Readonly<Record<string, BusinessRule>>
