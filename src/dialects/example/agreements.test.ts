import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as agreements from './agreements.ts'
import {
  byIds,
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

const test = suite('dialects/example/agreements')

/** The code lists, written down a second time on purpose: a slip in the table shows here. */
const STATES = [
  ['DRAFT', 'proposed'],
  ['OFFERED', 'offered'],
  ['SIGNED', 'active'],
  ['PAUSED', 'suspended'],
  ['LAPSED', 'void'],
  ['ENDED', 'terminated'],
  ['REPLACED', 'superseded'],
] as const
const SERVICES = [
  ['POWER', 'electricity'],
  ['GAS', 'gas'],
  ['HEAT', 'heat'],
  ['INTERNET', 'internet'],
  ['RATES', 'rates'],
  ['WASTE', 'refuse'],
  ['SEWAGE', 'sewerage'],
  ['TIME', 'time'],
  ['TV', 'tvLicence'],
  ['WATER', 'water'],
  ['OTHER', 'other'],
] as const

const AT = '2026-07-14T16:30:00.10-05:00'
const ROWS: readonly Pair[] = [
  ['agreementId', { agreementId: '12345678901234567890' }, { mRID: '12345678901234567890' }],
  ['contractNumber', { contractNumber: ' 007 ' }, { Names: [{ name: ' 007 ' }] }],
  ['revision', { revision: '3' }, { revisionNumber: '3' }],
  ['createdAt', { createdAt: AT }, { createdDateTime: AT }],
  ['changedAt', { changedAt: AT }, { lastModifiedDateTime: AT }],
  ['signedAt', { signedAt: AT }, { signDate: AT }],
  ['loadControl', { loadControl: '' }, { loadMgmt: '' }],
  ['customerId', { customerId: 'c' }, { Customer: { mRID: 'c' } }],
  ['customerNumber', { customerNumber: '7' }, { Customer: { Names: [{ name: '7' }] } }],
  ['accountNumber', { accountNumber: '8' }, { CustomerAccount: { Names: [{ name: '8' }] } }],
  ['accountId', { accountId: 'a' }, { CustomerAccount: { mRID: 'a' } }],
  ['supplierId', { supplierId: 's' }, { ServiceSupplier: { mRID: 's' } }],
  ['supplier', { supplier: 'DSO' }, { ServiceSupplier: { Names: [{ name: 'DSO' }] } }],
  ['validFrom', { validFrom: AT }, { validityInterval: { start: AT } }],
  ['validTo', { validTo: AT }, { validityInterval: { end: AT } }],
  ['tariffIds', { tariffIds: ['a', 'b'] }, { PricingStructures: [{ mRID: 'a' }, { mRID: 'b' }] }],
  ['meterPointIds', { meterPointIds: ['a'] }, { UsagePoints: [{ mRID: 'a' }] }],
  ['derIds', { derIds: [] }, { DERRegistrations: [] }],
  ['groupIds', { groupIds: ['g'] }, { EndDeviceGroups: [{ mRID: 'g' }] }],
  [
    'operators',
    {
      operators: [
        { operator: 'ACME', from: AT },
        { operator: 'BETA', from: AT, to: AT },
      ],
    },
    {
      thirdParty: [
        { provider: { Names: [{ name: 'ACME' }] }, validityInterval: { start: AT } },
        { provider: { Names: [{ name: 'BETA' }] }, validityInterval: { start: AT, end: AT } },
      ],
    },
  ],
  [
    'operators.operatorId',
    { operators: [{ operatorId: 'o' }] },
    { thirdParty: [{ provider: { mRID: 'o' } }] },
  ],
  ['stateSince', { stateSince: AT }, { status: { dateTime: AT } }],
  ['stateReason', { stateReason: 'moved' }, { status: { reason: 'moved' } }],
  ...codePairs('state', STATES, (value) => ({ status: { value } })),
  ...codePairs('service', SERVICES, (kind) => ({ ServiceCategory: { kind } })),
]

eachRow(test, 'CustomerAgreement', ROWS, agreements)

const interval = part({ start: text, end: text })
const agreement = some({
  mRID: text,
  createdDateTime: text,
  lastModifiedDateTime: text,
  loadMgmt: text,
  revisionNumber: text,
  signDate: text,
  Customer: part({ mRID: text, Names: named }),
  CustomerAccount: organisation,
  DERRegistrations: byIds,
  EndDeviceGroups: byIds,
  Names: named,
  PricingStructures: byIds,
  ServiceCategory: part({ kind: literal(SERVICES) }),
  ServiceSupplier: organisation,
  status: part({ dateTime: text, reason: text, value: literal(STATES) }),
  thirdParty: fc.array(some({ provider: organisation, validityInterval: interval }), {
    maxLength: 3,
  }),
  UsagePoints: byIds,
  validityInterval: interval,
})

keepsLaws(test, 'CustomerAgreement', agreement, agreements)

refuses(test, agreements, [
  [
    { state: 'SIGND' },
    '/state',
    /"SIGND" is no code of \w+. Did you mean SIGNED\? Allowed are DRAFT, OFFERED/,
  ],
  [{ state: 'active' }, '/state', /Allowed are/],
  [{ service: 7 }, '/service', /7 is no code/],
  [[{}, { tariffIds: 'a' }], '/1/tariffIds', /Write an array of ids here/],
  [{ tariffIds: ['a', { id: 'b' }] }, '/tariffIds/1', /Write an id here/],
  [{ operators: [{ operator: ['ACME'] }] }, '/operators/0/operator', /Write a name here/],
  [{ validFrom: {} }, '/validFrom', /Write a plain value here/],
  ['agreement', '', /Write an object here/],
])

test('what has no id, and an object that holds nothing, are listed', () => {
  const nameless = { Names: [{ name: 'TOU' }] }
  const { json, losses } = agreements.toVendor({
    CustomerAgreement: [
      { PricingStructures: [{ mRID: 'a', ...nameless }, nameless], Customer: {} },
    ],
  })
  assert.equal(json, [{ tariffIds: ['a'] }])
  assert.equal(losses.dropped, [
    { path: '/CustomerAgreement/0/Customer', value: {} },
    { path: '/CustomerAgreement/0/PricingStructures/1', value: nameless },
    { path: '/CustomerAgreement/0/PricingStructures/0/Names', value: nameless.Names },
  ])
})

test('a literal that the vendor has no code for is a problem, not a guess', () => {
  const { problems, losses } = agreements.toVendor({
    CustomerAgreement: [{ status: { value: 'lost' }, PricingStructures: 'a', UsagePoints: ['b'] }],
  })
  assert.equal(
    problems.map((it) => it.path),
    [
      '/CustomerAgreement/0/PricingStructures',
      '/CustomerAgreement/0/UsagePoints/0',
      '/CustomerAgreement/0/status/value',
    ],
  )
  assert.equal(losses.unmapped, [{ path: '/CustomerAgreement/0/status/value', value: 'lost' }])
})

test('null asks for removal, also of an object whose fields stand among the others', () => {
  assert.equal(agreements.toCim({ signedAt: null, customerId: null, supplier: 'x' }).json, {
    CustomerAgreement: [
      { signDate: null, Customer: null, ServiceSupplier: { Names: [{ name: 'x' }] } },
    ],
  })
})

translatesSamples(test, 'customer-agreement', 'CustomerAgreements', agreements)

test.run()
