// What is asked of a request about a group, and of each member that it names: registered, allowed its tariff, under contract.

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { aboutDevice, deviceKeys, deviceText, unnamed } from './device.ts'
import { runsOf } from './dispatch-runs.ts'
import { statusOf } from './document-status.ts'
import type { Around, Breach, Reference } from './flow.ts'
import { actionOf } from './group-order.ts'
import { among, membersOf, notAmong } from './members.ts'
import { keysOf, unknownAmong } from './reference.ts'
import type { Named } from './reference.ts'
import { registered, registrationsOf } from './registered.ts'
import type { RuleName } from './rules/index.ts'
import { tariffBreaches } from './tariff-eligibility.ts'

/** What a request has to hold, by what it is for. */
export function contentBreaches(request: JsonObject, around: Around): readonly Breach[] {
  const action = actionOf(request)
  const isAbout = (list: readonly string[]) => list.includes(action ?? '')
  const lacks = (isLacking: boolean, rule: RuleName, reason: string): readonly Breach[] =>
    isLacking ? [{ rule, code: '5.8', reason }] : []
  return [
    ...lacks(
      isAbout(['form']) && member(request, 'PricingStructure') === undefined,
      'GRP-TARIFF',
      'A request to form a group names the PricingStructure.',
    ),
    ...lacks(
      isAbout(['dissolve', 'addMembers', 'removeMembers']) &&
        keysOf(member(request, 'EndDeviceGroup')).length === 0,
      'GRP-GROUP',
      `A request to ${action ?? ''} names the EndDeviceGroup by mRID or Names.`,
    ),
    ...lacks(
      isAbout(['addMembers', 'removeMembers']) && membersOf(request).length === 0,
      'GRP-MEMBERS',
      `A request to ${action ?? ''} names EndDevices.`,
    ),
    ...(action === 'form' ? aimless(request) : []),
    ...membersOf(request).flatMap((it) => unnamed('EndDevice', deviceKeys(it))),
    ...unknownAmong(namedIn(request), around),
    ...noGroup(request, around),
    ...strangers(request, around),
  ]
}

function namedIn(request: JsonObject): readonly Named[] {
  return [
    {
      noun: 'Tariffs',
      object: member(request, 'PricingStructure'),
      code: '2.33',
      what: 'pricing structure',
    },
  ]
}

/** Whoever withholds the members says what the group is to reach; a request with neither says nothing to decide about. */
function aimless(request: JsonObject): readonly Breach[] {
  const names = ['EndDevices', 'requiredCapability', 'criteria']
  if (names.some((it) => isSaid(member(request, it)))) return []
  return [AIMLESS]
}

const AIMLESS: Breach = {
  rule: 'GRP-EMPTY',
  code: '6.1',
  reason: 'The request names neither members nor what the group is to reach.',
  mend: 'List the members as EndDevices, or say in requiredCapability or criteria what the group is to reach.',
}

function isSaid(it: Json | undefined): boolean {
  return Array.isArray(it) ? it.length > 0 : it !== undefined
}

/** A group that has been dissolved is unknown, even if it was the last one. */
function noGroup(request: JsonObject, { find }: Around): readonly Breach[] {
  const [key] = keysOf(member(request, 'EndDeviceGroup'))
  const isWanted = actionOf(request) !== 'form' && key !== undefined
  if (!isWanted || find(groupOf(request)) !== undefined) return []
  const reason = `The group ${key} is not known here.`
  const about = { objectType: 'DERGroup', object: member(request, 'EndDeviceGroup') ?? {} }
  return [{ rule: 'NOT-FOUND', code: '99.1', reason, about }]
}

function groupOf(request: JsonObject) {
  return { noun: 'DERGroups', object: member(request, 'EndDeviceGroup') }
}

/** Only members can be removed. */
function strangers(request: JsonObject, { find }: Around): readonly Breach[] {
  const group = find(groupOf(request))?.object
  if (actionOf(request) !== 'removeMembers' || group === undefined) return []
  return notAmong(membersOf(request), membersOf(group)).map((it) => ({
    rule: 'NO-PART',
    code: '2.29',
    reason: `The EndDevice ${deviceText(it)} is no member of the group.`,
    about: aboutDevice(it),
  }))
}

/** Steps of a request by what each member has to be for them. */
const NEEDS = {
  request: ['registration'],
  checkCompliance: ['registration'],
  approve: ['registration', 'tariff'],
  updateContracts: ['contract'],
} as const satisfies Readonly<Record<string, readonly Need[]>>

type Need = 'registration' | 'tariff' | 'contract'

/** One breach for each member that stands in the way of a step; members that leave may be whatever they are. */
export function memberBreaches(
  step: string,
  request: JsonObject,
  around: Around,
): readonly Breach[] {
  const needs: readonly Need[] = Object.entries(NEEDS).find(([it]) => it === step)?.[1] ?? []
  const judges: Readonly<Record<Need, (device: JsonObject) => readonly Breach[]>> = {
    registration: (it) => unregistered(it, around),
    tariff: (it) => unsuited(it, request, around),
    contract: (it) => uncontracted(it, around),
  }
  const isNamed = step !== 'approve' || keysOf(member(request, 'EndDeviceGroup')).length > 0
  return [
    ...(isNamed ? [] : [NAMELESS]),
    ...membersOf(request).flatMap((it) => needs.flatMap((need) => judges[need](it))),
  ]
}

const NAMELESS: Breach = {
  rule: 'GRP-GROUP',
  code: '5.8',
  reason: 'Who approves a group says how it is to be known: EndDeviceGroup with mRID or Names.',
}

function unregistered(device: JsonObject, { keeps, find }: Around): readonly Breach[] {
  if (!keeps('DERRegistrations') || registered(device, find)?.state === 'present') return []
  const reason = `The EndDevice ${deviceText(device)} is not registered.`
  return [{ rule: 'GRP-REG', code: '6.1', reason, about: aboutDevice(device) }]
}

function unsuited(device: JsonObject, request: JsonObject, around: Around): readonly Breach[] {
  const object = member(request, 'PricingStructure')
  const tariff = around.find({ noun: 'Tariffs', object })?.object
  return tariffBreaches(tariff, registered(device, around.find)?.object, around.now).map(
    ({ reason }) => ({
      rule: 'GRP-TAR',
      code: '6.1',
      reason: `The EndDevice ${deviceText(device)} may not have the tariff: ${reason}`,
      about: aboutDevice(device),
    }),
  )
}

/** An agreement in force at the usage point of the member. */
function uncontracted(device: JsonObject, { keeps, find }: Around): readonly Breach[] {
  if (!keeps('CustomerAgreements')) return []
  const point = member(registered(device, find)?.object, 'UsagePoint')
  if (agreementsAt(point).some((it) => find(it)?.state === 'active')) return []
  const reason = `No agreement in force covers the EndDevice ${deviceText(device)}.`
  return [{ rule: 'GRP-CONTRACT', code: '2.24', reason, about: aboutDevice(device) }]
}

/** That the DERMS has carried it out is seen by the group, where groups are kept. */
export function notCarriedOut(
  step: string,
  request: JsonObject,
  { keeps, find }: Around,
): readonly Breach[] {
  if (!keeps('DERGroups')) return []
  const group = find(groupOf(request))?.object
  const [listed, members] = [membersOf(request), membersOf(group)]
  const isAdded =
    actionOf(request) === 'form' ? group !== undefined : notAmong(listed, members).length === 0
  const isGone =
    actionOf(request) === 'removeMembers'
      ? among(listed, members).length === 0
      : group === undefined
  if (step === 'addToDERMS' && !isAdded) return [NOT_ADDED]
  return step === 'notifyDERMS' && !isGone ? [NOT_GONE] : []
}

const NOT_ADDED: Breach = {
  rule: 'GRP-ORDER',
  code: '6.1',
  reason:
    'The group, or a member, is not there yet: create or change DERGroups takes the request along.',
}
const NOT_GONE: Breach = {
  rule: 'GRP-ORDER',
  code: '6.1',
  reason:
    'The group, or a member, is still there: delete DERGroups, or an OperationSet, takes the request along.',
}

/** As many agreements as may be in force one after the other. */
const PLACES = Array.from({ length: 16 }, (_, place) => place)

/** The agreements about electricity at a usage point, wherever they may be found. */
export function agreementsAt(point: Json | undefined): readonly Reference[] {
  return keysOf(point).flatMap((it) =>
    PLACES.map((place) => ({
      noun: 'CustomerAgreements',
      object: undefined,
      claim: { rule: 'CA-OVERLAP', key: `electricity ${it}`, place },
    })),
  )
}

/** What a request refers to; members are looked at where the step that it asks for depends on them. */
export function referredBy(request: JsonObject, find: Around['find']): readonly Reference[] {
  const is = statusOf(request) ?? 'requested'
  const isApproved = member(request, 'decision') === 'approved'
  // A request to dissolve is about all members of the group, and names none.
  const own = membersOf(request)
  const concerned = own.length > 0 ? own : membersOf(find(groupOf(request))?.object)
  const isJudged = ['requested', 'complianceCheck', 'approved', 'contracted'].includes(is)
  return [
    ...namedIn(request),
    groupOf(request),
    ...runsOf(find(groupOf(request))?.object),
    ...(isJudged || isApproved ? membersOf(request).flatMap(registrationsOf) : []),
    ...(is === 'contracted' ? contractsOf(membersOf(request), find) : []),
    ...(is === 'compensated' || isStaying(request, find)
      ? [...concerned.flatMap(registrationsOf), ...contractsOf(concerned, find)]
      : []),
  ]
}

function isStaying(request: JsonObject, find: Around['find']): boolean {
  return find({ noun: 'DERGroupRequests', object: request })?.state === 'dissolveRefused'
}

function contractsOf(devices: readonly JsonObject[], find: Around['find']): readonly Reference[] {
  return devices.flatMap((it) => agreementsAt(member(registered(it, find)?.object, 'UsagePoint')))
}
