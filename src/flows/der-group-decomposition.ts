// Dividing what a group delivers among its members: shares that add up to exactly 1, each with the contract that it is
// paid by, for members that were in the group all the time.

import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { compareDecimals } from '../schema/decimal.ts'
import { ONE, ZERO, decimalIn, decimalText, sumOf } from './decimal.ts'
import { aboutDevice, deviceKeys, deviceText, unnamed } from './device.ts'
import { defineFlow } from './flow.ts'
import type { Around, Breach, Reference } from './flow.ts'
import { isForward } from './interval.ts'
import { stayReferences, wasMember } from './membership.ts'
import { RECORDED, REPORT_VERBS } from './record.ts'
import { keysOf, listOf } from './reference.ts'

export default defineFlow({
  ...RECORDED,
  id: 'der-group-decomposition',
  noun: 'DERGroupDecompositions',
  objectType: 'DERGroupDecomposition',
  verbs: [...REPORT_VERBS, 'get'],
  pattern: 'EV',
  about: 'divide what a group delivers among its members, by contract, in shares of exactly 1',
  source: 'F32-F, EPRI 3002014619 §3',
  invariants,
  frozen: {
    rule: 'DEC-FROZEN',
    freezes: [{ members: ['EndDeviceGroup', 'effective', 'members'] }],
  },
  leadsTo,
})

function invariants(it: JsonObject, around: Around): readonly Breach[] {
  return [
    ...unnamed('EndDeviceGroup', keysOf(member(it, 'EndDeviceGroup'))),
    ...backward(it),
    ...wrongSum(it),
    ...twice(it),
    ...listOf(it, 'members').flatMap((share) => [
      ...unnamed('EndDevice', deviceKeys(member(share, 'EndDevice'))),
      ...withoutContract(share, around),
      ...notMember(it, share, around),
    ]),
  ]
}

function backward(decomposition: JsonObject): readonly Breach[] {
  if (isForward(member(decomposition, 'effective'))) return []
  return [{ rule: 'DEC-INTERVAL', code: '6.1', reason: 'effective ends before it starts.' }]
}

function wrongSum(decomposition: JsonObject): readonly Breach[] {
  const shares = listOf(decomposition, 'members').map(
    (it) => decimalIn(member(it, 'share')) ?? ZERO,
  )
  const sum = sumOf(shares)
  if (compareDecimals(sum, ONE) === 0) return []
  const reason = `The shares add up to ${decimalText(sum)}, and not to exactly 1.`
  return [{ rule: 'DEC-SUM', code: '2.29', reason }]
}

/** One device, one share. */
function twice(decomposition: JsonObject): readonly Breach[] {
  const seen = new Set<string>()
  return listOf(decomposition, 'members').flatMap((share) => {
    const device = member(share, 'EndDevice')
    const keys = deviceKeys(device)
    const isKnown = keys.some((it) => seen.has(it))
    for (const it of keys) seen.add(it)
    const reason = `The EndDevice ${deviceText(device)} has two shares.`
    return isKnown ? [{ rule: 'GRP-DUPM', code: '6.1', reason, about: aboutDevice(device) }] : []
  })
}

/** States of an agreement that has not come to be. */
const UNSIGNED: readonly string[] = ['proposed', 'offered', 'void']

function withoutContract(share: JsonObject, around: Around): readonly Breach[] {
  const device = member(share, 'EndDevice')
  const breach = (why: string): readonly Breach[] => [
    { rule: 'DEC-CONTRACT', code: '2.24', reason: why, about: aboutDevice(device) },
  ]
  const [key] = keysOf(member(share, 'CustomerAgreement'))
  const text = deviceText(device)
  if (key === undefined) return breach(`The share of EndDevice ${text} names no CustomerAgreement.`)
  if (!around.keeps('CustomerAgreements')) return []
  const agreement = around.find(agreementOf(share))
  if (agreement === undefined)
    return breach(`The CustomerAgreement ${key} of EndDevice ${text} is not known here.`)
  return UNSIGNED.includes(agreement.state)
    ? breach(`The CustomerAgreement ${key} of EndDevice ${text} is ${agreement.state}, not signed.`)
    : []
}

function notMember(
  decomposition: JsonObject,
  share: JsonObject,
  around: Around,
): readonly Breach[] {
  const [group, device] = [member(decomposition, 'EndDeviceGroup'), member(share, 'EndDevice')]
  const isKnown = around.keeps('DERGroupMemberships')
  if (!isKnown || wasMember(group, device, member(decomposition, 'effective'), around.find))
    return []
  const reason = `The EndDevice ${deviceText(device)} was not in the group ${keysOf(group)[0] ?? ''} all the time of effective.`
  return [{ rule: 'DEC-MEMBER', code: '2.29', reason, about: aboutDevice(device) }]
}

function leadsTo(decomposition: JsonObject, find: Around['find']): readonly Reference[] {
  const group = member(decomposition, 'EndDeviceGroup')
  return listOf(decomposition, 'members').flatMap((share) => [
    agreementOf(share),
    ...stayReferences(group, member(share, 'EndDevice'), find),
  ])
}

function agreementOf(share: JsonObject): Reference {
  return { noun: 'CustomerAgreements', object: member(share, 'CustomerAgreement') }
}
