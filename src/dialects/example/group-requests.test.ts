import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  byId,
  codePairs,
  eachRow,
  keepsLaws,
  literal,
  named,
  organisation,
  part,
  refuses,
  some,
  text,
  translatesSamples,
} from './example.fixture.ts'
import type { Pair } from './example.fixture.ts'
import * as requests from './group-requests.ts'

const test = suite('dialects/example/group-requests')

/** The code lists, written down a second time on purpose: a slip in the table shows here. */
const ACTIONS = [
  ['FORM', 'form'],
  ['DISSOLVE', 'dissolve'],
  ['ADD', 'addMembers'],
  ['REMOVE', 'removeMembers'],
] as const
const DECISIONS = [
  ['YES', 'approved'],
  ['NO', 'rejected'],
  ['LATER', 'hold'],
  ['TELL_MORE', 'needsInfo'],
] as const
const STATES = [
  ['ASKED', 'requested'],
  ['CHECKED', 'complianceCheck'],
  ['ALLOWED', 'approved'],
  ['REFUSED', 'rejected'],
  ['CONTRACTED', 'contracted'],
  ['NOT_ADDED', 'addRefused'],
  ['UNDONE', 'compensated'],
  ['FORMED', 'available'],
  ['DISPATCHED', 'dispatched'],
  ['EMPTY', 'empty'],
  ['DISSOLVE_PLANNED', 'dissolveScheduled'],
  ['DISSOLVING', 'dissolving'],
  ['CONTRACTS_ENDED', 'contractsReleased'],
  ['NOT_DISSOLVED', 'dissolveRefused'],
  ['DISSOLVED', 'dissolved'],
  ['WITHDRAWN', 'withdrawn'],
] as const

const AT = '2026-07-14T16:30:00.10-05:00'
const badge = (name: string, issuer?: string) => ({
  name,
  NameType: {
    name: 'badgeNumber',
    ...(issuer === undefined ? {} : { NameTypeAuthority: { name: issuer } }),
  },
})
const ROWS: readonly Pair[] = [
  ['requestId', { requestId: '1' }, { mRID: '1' }],
  ['reference', { reference: 'r' }, { Names: [{ name: 'r' }] }],
  ['askedAt', { askedAt: AT }, { createdDateTime: AT }],
  ['from', { from: AT }, { effectiveDateTime: AT }],
  ['partial', { partial: true }, { allowPartial: true }],
  ['force', { force: '1' }, { force: '1' }],
  ['purpose', { purpose: '' }, { purpose: '' }],
  ['decidedAt', { decidedAt: AT }, { decidedDateTime: AT }],
  ['decidedBy', { decidedBy: 'u' }, { approver: 'u' }],
  ['why', { why: 'w' }, { reason: 'w' }],
  ['operator', { operator: 'ACME' }, { requestor: { Names: [{ name: 'ACME' }] } }],
  ['operatorId', { operatorId: 'o' }, { requestor: { mRID: 'o' } }],
  ['groupId', { groupId: 'g' }, { EndDeviceGroup: { mRID: 'g' } }],
  ['groupName', { groupName: 'g' }, { EndDeviceGroup: { Names: [{ name: 'g' }] } }],
  ['tariffId', { tariffId: 't' }, { PricingStructure: { mRID: 't' } }],
  ['members.deviceId', { members: [{ deviceId: 'd' }] }, { EndDevices: [{ mRID: 'd' }] }],
  ['members.serial', { members: [{ serial: '007' }] }, { EndDevices: [{ serialNumber: '007' }] }],
  [
    'members.badge',
    { members: [{ badge: '007', badgeIssuer: 'DSO' }] },
    { EndDevices: [{ Names: [badge('007', 'DSO')] }] },
  ],
  ['stateSince', { stateSince: AT }, { status: { dateTime: AT } }],
  ['stateReason', { stateReason: 'r' }, { status: { reason: 'r' } }],
  ...codePairs('action', ACTIONS, (action) => ({ action })),
  ...codePairs('decision', DECISIONS, (decision) => ({ decision })),
  ...codePairs('state', STATES, (value) => ({ status: { value } })),
]

eachRow(test, 'DERGroupRequest', ROWS, requests)

const device = some({ mRID: text, serialNumber: text, Names: text.map((it) => [badge(it)]) })
const request = some({
  mRID: text,
  action: literal(ACTIONS),
  allowPartial: fc.boolean(),
  approver: text,
  createdDateTime: text,
  decidedDateTime: text,
  decision: literal(DECISIONS),
  effectiveDateTime: text,
  EndDeviceGroup: part({ mRID: text, Names: named }),
  EndDevices: fc.array(device, { maxLength: 3 }),
  force: fc.boolean(),
  Names: named,
  PricingStructure: byId,
  purpose: text,
  reason: text,
  requestor: organisation,
  status: part({ dateTime: text, reason: text, value: literal(STATES) }),
})

keepsLaws(test, 'DERGroupRequest', request, requests)

refuses(test, requests, [
  [{ action: 'DISOLVE' }, '/action', /Did you mean DISSOLVE\?/],
  [{ members: [{ deviceId: [] }] }, '/members/0/deviceId', /Write a plain value here/],
  [{ members: 'd' }, '/members', /Write an array here/],
])

test('what a path says is said in codes of the vendor', () => {
  const given = requests.routes.flatMap((it) => (it.given === undefined ? [] : [it.given]))
  assert.equal(given, [{ action: 'FORM' }, { action: 'DISSOLVE' }])
  assert.equal(
    given.map((it) => requests.toCim(it).json),
    ['form', 'dissolve'].map((action) => ({ DERGroupRequest: [{ action }] })),
  )
})

translatesSamples(test, 'der-group-request', 'DERGroupRequests', requests)

test.run()
