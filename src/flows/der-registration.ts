// Registering a DER: what it is, where it is connected, and which request it belongs to.

import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { defineFlow } from './flow.ts'
import type { Around, Breach, Claim } from './flow.ts'
import { RECORDED } from './record.ts'
import { keysOf, nameText, sameReference, unknownAmong } from './reference.ts'
import type { Named } from './reference.ts'
import { REGISTERED, registeredKeys } from './registered.ts'
import { compareQuantities, magnitude } from './unit.ts'

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
  about: 'register a DER with its nameplate and connection; a device once',
  source: 'SR-02, EPRI 3002014619 §5.4',
  rules,
  refers: (it) => [
    ...namedIn(it),
    { noun: 'ServiceRequests', object: member(it, 'ServiceRequest') },
  ],
  claims,
  servedBy: (it) => {
    const place = member(it, 'NetworkLocation')
    const all = [member(it, 'thirdPartyProvider'), ...PLACES.map((name) => member(place, name))]
    return all.filter((one) => one !== undefined)
  },
  registers: (it) => [member(it, 'EndDevice'), member(it, 'UsagePoint')],
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

function rules(after: JsonObject, around: Around): readonly Breach[] {
  return [...unknownAmong(namedIn(after), around), ...ratings(after)]
}

/** Ratings that cannot be those of one device. */
function ratings(registration: JsonObject): readonly Breach[] {
  const nameplate = member(registration, 'nameplate')
  const [minP, maxP, ratedS] = ['minP', 'maxP', 'ratedS'].map((it) => member(nameplate, it))
  const isStorage = member(nameplate, 'technology') === 'batteryStorage'
  const hasEnergy = member(nameplate, 'ratedE') !== undefined
  const breach = (isWrong: boolean, rule: string, code: string, reason: string) =>
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

/** A device is registered once: by mRID, by serial number of a manufacturer, by each of its names; so is a registry id. */
function claims(registration: JsonObject, state: string): readonly Claim[] {
  if (state !== 'present') return []
  const device = member(registration, 'EndDevice')
  const id = member(registration, 'dsoRegistryId')
  return [
    ...registeredKeys(device).map((key) => ({
      key,
      rule: REGISTERED,
      reason: `The device is registered already, by ${key}.`,
      code: (other: JsonObject) =>
        sameReference(member(other, 'UsagePoint'), member(registration, 'UsagePoint'))
          ? '6.1'
          : '2.29',
    })),
    ...(id === undefined
      ? []
      : [{ key: nameText(id), rule: 'REG-ID', reason: 'The registry id is in use.' }]),
    ...keysOf(member(registration, 'ServiceRequest')).map((key) => ({
      key,
      rule: 'SR-REG',
      reason: 'The service request has a registration already.',
    })),
  ]
}
