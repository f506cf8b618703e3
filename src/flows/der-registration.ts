// Registering a DER: what it is, where it is connected, and which request it belongs to.

import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { defineFlow } from './flow.ts'
import type { Around, Breach, Claim, Move, Placed } from './flow.ts'
import { RECORDED } from './record.ts'
import { keysOf, nameText, sameReference, unknownAmong } from './reference.ts'
import type { Named } from './reference.ts'
import { REGISTERED, registeredKeys } from './registered.ts'
import { SUPPORT, only } from './role.ts'
import type { RuleName } from './rules/index.ts'
import { compareQuantities, magnitude } from './unit.ts'

const APPROVED: readonly string[] = [
  ...['approved', 'verificationOrdered', 'verificationFailed', 'verified', 'connected'],
  'completed',
]

/** From the agreement of the customer on. */
const AGREED: readonly string[] = [
  ...['agreed', 'engineeringReview', 'modelling', 'onHold'],
  ...APPROVED,
]
const UNDER_WAY = AGREED.filter((it) => it !== 'completed')

const REQUEST = { noun: 'ServiceRequests', named: 'ServiceRequest' } as const

export default defineFlow({
  ...RECORDED,
  id: 'der-registration',
  noun: 'DERRegistrations',
  objectType: 'DERRegistration',
  verbs: [
    ...(['create', 'change', 'delete', 'execute', 'get', 'cancel', 'close'] as const),
    ...(['created', 'changed', 'deleted', 'executed', 'canceled', 'closed'] as const),
  ],
  pattern: 'RR',
  about:
    'register a DER with its nameplate and connection, a device once; tell its DERMS when it is approved',
  source: 'SR-02, SR-11, F32-Ca, EPRI 3002014619 §5.4',
  // A third party keeps records of DER of its own, too; whose they are is seen by who serves them.
  by: only(...SUPPORT, 'dso-eng', 'derms-cs'),
  rules,
  refers: (it) => [
    ...namedIn(it),
    { noun: 'ServiceRequests', object: member(it, 'ServiceRequest') },
  ],
  claims: { inState: claims },
  frozen: {
    rule: 'REG-FROZEN',
    freezes: [
      { members: ['ServiceRequest'] },
      { members: ['EndDevice', 'nameplate', 'UsagePoint'], of: REQUEST, in: AGREED },
      // Until the connection is done, its request is about a DER that is registered.
      { members: [], kept: 'asked', of: REQUEST, in: UNDER_WAY },
    ],
  },
  servedBy: (it) => {
    const place = member(it, 'NetworkLocation')
    const all = [member(it, 'thirdPartyProvider'), ...PLACES.map((name) => member(place, name))]
    return all.filter((one) => one !== undefined)
  },
  registers: (it) => [member(it, 'EndDevice'), member(it, 'UsagePoint')],
  tells: notTold,
  acknowledged: { by: ['derms-cs', 'derms'], moves: acknowledgements },
  moves: (before, after) =>
    before === undefined
      ? [{ noun: 'ServiceRequests', object: member(after, 'ServiceRequest'), trigger: 'register' }]
      : [],
})

/** From the nearest to the farthest. */
const PLACES = ['transformer', 'feeder', 'substation'] as const

function namedIn(registration: JsonObject): readonly Named[] {
  const object = member(registration, 'UsagePoint')
  return [{ noun: 'UsagePointConfig', object, code: '2.12', what: 'usage point' }]
}

function rules(after: JsonObject, around: Around, before: Placed | undefined): readonly Breach[] {
  return [
    ...unknownAmong(namedIn(after), around),
    ...ratings(after),
    ...renumbered(after, before?.object),
  ]
}

/** The registry of the DSO numbers a DER once: a third party holds a record of that number. */
function renumbered(after: JsonObject, before: JsonObject | undefined): readonly Breach[] {
  const [was, is] = [before, after].map((it) => member(it, 'dsoRegistryId'))
  if (was === undefined || (is !== undefined && nameText(was) === nameText(is))) return []
  return [{ rule: 'REG-ID', code: '6.1', reason: 'The registry id of a DER never changes.' }]
}

/** SR-11: nobody is told of a DER before it is approved, and whoever is told learns all that there is to know. */
function notTold(after: JsonObject, around: Around): readonly Breach[] {
  const object = member(after, 'ServiceRequest')
  const state = around.find({ noun: 'ServiceRequests', object })?.state
  const isApproved =
    state === undefined ? member(after, 'approvedDateTime') !== undefined : APPROVED.includes(state)
  if (state === 'onHold') return [HELD]
  if (!isApproved) return [NOT_APPROVED]
  // What nobody here knows the request of may be another's report about a DER of its own.
  if (state === undefined) return []
  const missing = NOTICE.filter((it) => member(after, it) === undefined)
  if (missing.length === 0) return []
  const reason = `An event about an approved DER says ${missing.join(', ')}.`
  return [{ rule: 'REG-NOTICE', code: '5.8', reason }]
}

/** What a DERMS has to know besides device, usage point and nameplate, which are there always. */
const NOTICE = [
  'dsoRegistryId',
  'PricingStructure',
  'CustomerAgreement',
  'approvedDateTime',
] as const

const HELD: Breach = {
  rule: 'SR-HOLD',
  code: '6.2',
  reason: 'The request is on hold for an upgrade of the network: nobody is told of its DER.',
}
const NOT_APPROVED: Breach = {
  rule: 'REG-APPROVED',
  code: '6.1',
  reason: 'A DERMS is told of a DER when Engineering has approved its request, and not before.',
}

/** The request shows whether its DERMS has been told. */
function acknowledgements(registration: JsonObject, isAcked: boolean): readonly Move[] {
  const object = member(registration, 'ServiceRequest')
  const change = (it: JsonObject) => ({ ...it, dermsNotified: isAcked })
  const trigger = isAcked ? 'notified' : 'unnotified'
  return [{ noun: 'ServiceRequests', object, trigger, change, optional: true }]
}

/** Ratings that cannot be those of one device. */
function ratings(registration: JsonObject): readonly Breach[] {
  const nameplate = member(registration, 'nameplate')
  const [minP, maxP, ratedS] = ['minP', 'maxP', 'ratedS'].map((it) => member(nameplate, it))
  const isStorage = member(nameplate, 'technology') === 'batteryStorage'
  const hasEnergy = member(nameplate, 'ratedE') !== undefined
  const breach = (isWrong: boolean, rule: RuleName, code: string, reason: string) =>
    isWrong ? [{ rule, code, reason }] : []
  const exceeds = (name: string) => {
    const it = member(nameplate, name)
    return it !== undefined && compareQuantities(magnitude(it), ratedS) > 0
  }
  return [
    ...breach(
      minP !== undefined && compareQuantities(minP, maxP) > 0,
      'REG-P',
      '6.1',
      'minP is more than maxP.',
    ),
    ...breach(
      exceeds('maxQ') || exceeds('minQ'),
      'REG-Q',
      '6.1',
      'Reactive power is more than ratedS.',
    ),
    ...breach(
      isStorage !== hasEnergy,
      'REG-E',
      '5.8',
      'ratedE is given for storage, and for nothing else.',
    ),
  ]
}

const NUMBERED = { rule: 'REG-ID', reason: 'The registry id is in use.' } as const

/** A device is registered once: by mRID, by serial number of a manufacturer, by each of its names; so is a registry id. */
function claims(registration: JsonObject, state: string): readonly Claim[] {
  if (state !== 'present') return []
  const device = member(registration, 'EndDevice')
  const id = member(registration, 'dsoRegistryId')
  return [
    ...registeredKeys(device).map((key): Claim => ({
      key,
      rule: REGISTERED,
      reason: `The device is registered already, by ${key}.`,
      code: (other: JsonObject) =>
        sameReference(member(other, 'UsagePoint'), member(registration, 'UsagePoint'))
          ? '6.1'
          : '2.29',
    })),
    ...(id === undefined ? [] : [{ ...NUMBERED, key: nameText(id) }]),
    ...keysOf(member(registration, 'ServiceRequest')).map((key): Claim => ({
      key,
      rule: 'SR-REG',
      reason: 'The service request has a registration already.',
    })),
  ]
}
