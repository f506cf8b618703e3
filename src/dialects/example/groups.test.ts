import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member, readJson, sameJson, writeJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { groups, strangers } from './groups.fixture.ts'
import { routes, toCim, toVendor } from './groups.ts'

const test = suite('dialects/example/groups')

const badge = (name: string, issuer?: string): JsonObject => ({
  name,
  NameType: {
    name: 'badgeNumber',
    ...(issuer === undefined ? {} : { NameTypeAuthority: { name: issuer } }),
  },
})

/** One line for each mapping row: what the vendor says, and what CIM says. */
const ROWS: readonly (readonly [row: string, vendor: JsonObject, cim: JsonObject])[] = [
  ['groupId', { groupId: '12345678901234567890' }, { mRID: '12345678901234567890' }],
  ['groupName', { groupName: ' Feeder 12 ' }, { Names: [{ name: ' Feeder 12 ' }] }],
  ['note', { note: '' }, { description: '' }],
  ['members', { members: [] }, { EndDevices: [] }],
  ['members.deviceId', { members: [{ deviceId: 'd-1' }] }, { EndDevices: [{ mRID: 'd-1' }] }],
  ['members.badge', { members: [{ badge: '007' }] }, { EndDevices: [{ Names: [badge('007')] }] }],
  [
    'members.badgeIssuer',
    { members: [{ badge: '007', badgeIssuer: 'DSO' }] },
    { EndDevices: [{ Names: [badge('007', 'DSO')] }] },
  ],
  [
    'revision.at',
    { revision: { at: '2026-07-14T16:30:00.10-05:00' } },
    { version: { date: '2026-07-14T16:30:00.10-05:00' } },
  ],
  [
    'revision.major',
    { revision: { major: { '#number': '12345678901234567890' } } },
    { version: { major: { '#number': '12345678901234567890' } } },
  ],
  ['revision.minor', { revision: { minor: '+5' } }, { version: { minor: '+5' } }],
  ['revision.patch', { revision: { patch: 0 } }, { version: { revision: 0 } }],
]

for (const [row, vendor, cim] of ROWS) {
  test(`${row} becomes CIM`, () => {
    const { json, losses, problems } = toCim(vendor)
    assert.equal(json, { EndDeviceGroup: [cim] })
    assert.equal([losses.dropped, losses.unmapped, problems], [[], [], []])
  })
  test(`${row} comes from CIM`, () => {
    const { json, losses, problems } = toVendor({ EndDeviceGroup: [cim] })
    assert.equal(json, [vendor])
    assert.equal([losses.dropped, losses.defaulted, problems], [[], [], []])
  })
}

/** The code list, written down a second time on purpose: a slip in the table shows here. */
const CODES: readonly (readonly [code: string, flag: string])[] = [
  ['CONNECT', 'connectDisconnect'],
  ['FREQ_WATT', 'frequencyWattCurveFunction'],
  ['MAX_P', 'maxRealPowerLimiting'],
  ['RAMP', 'rampRateControl'],
  ['Q_DISPATCH', 'reactivePowerDispatch'],
  ['P_DISPATCH', 'realPowerDispatch'],
  ['VOLT_REG', 'voltageRegulation'],
  ['VOLT_VAR', 'voltVarCurveFunction'],
  ['VOLT_WATT', 'voltWattCurveFunction'],
]

for (const [code, flag] of CODES) {
  test(`${code} is ${flag} and no other, both ways`, () => {
    const functions = Object.fromEntries(CODES.map(([, it]) => [it, it === flag]))
    assert.equal(toCim({ capabilities: [code] }).json, {
      EndDeviceGroup: [{ DERFunction: functions }],
    })
    assert.equal(toVendor({ EndDeviceGroup: [{ DERFunction: functions }] }).json, [
      { capabilities: [code] },
    ])
  })
}

test('an unknown code is a problem that names the allowed ones', () => {
  const { losses, problems } = toCim({ capabilities: ['RAMP', 'VOLTVAR'] })
  assert.equal(losses.unmapped, [{ path: '/capabilities/1', value: 'VOLTVAR' }])
  assert.is(problems[0]?.path, '/capabilities/1')
  assert.match(problems[0]?.mend ?? '', 'Did you mean VOLT_VAR? Allowed are CONNECT, FREQ_WATT')
})

test('a name of the prototype is no code', () => {
  assert.is(toCim({ capabilities: ['constructor'] }).problems.length, 1)
})

test('a function that is not said is a problem, never a false', () => {
  const { problems } = toVendor({ EndDeviceGroup: [{ DERFunction: { rampRateControl: '1' } }] })
  assert.is(problems.length, CODES.length - 1)
  assert.is(problems[0]?.path, '/EndDeviceGroup/0/DERFunction/connectDisconnect')
})

test('an array of groups becomes one message, in order', () => {
  const { json } = toCim([{ groupId: 'a' }, { groupId: 'b' }])
  assert.equal(json, { EndDeviceGroup: [{ mRID: 'a' }, { mRID: 'b' }] })
})

test('unknown fields are listed with all that is in them', () => {
  const { losses } = toCim([{ colour: { 'a/b': 1 }, members: [{ slot: 3 }], revision: { x: 1 } }])
  assert.equal(losses.dropped, [
    { path: '/0/members/0/slot', value: 3 },
    { path: '/0/revision/x', value: 1 },
    { path: '/0/colour', value: { 'a/b': 1 } },
  ])
})

test('what is filled without a source is listed', () => {
  assert.equal(toCim({ members: [{ badge: '1' }] }).losses.defaulted, [
    { path: '/EndDeviceGroup/0/EndDevices/0/Names/0/NameType/name', value: 'badgeNumber' },
  ])
})

test('an issuer without a badge is listed', () => {
  assert.equal(toCim({ members: [{ badgeIssuer: 'DSO' }] }).losses.dropped, [
    { path: '/members/0/badgeIssuer', value: 'DSO' },
  ])
})

test('names without a field are listed, those of one kind after the first too', () => {
  const other = { name: 'x', NameType: { name: 'nickname' } }
  const described = { name: 'z', NameType: { name: 'badgeNumber', description: 'd' } }
  const Names = [{ name: 'a' }, other, { name: 'b' }]
  const { json, losses } = toVendor({
    EndDeviceGroup: [{ Names, EndDevices: [{ Names: [described] }] }],
  })
  assert.equal(json, [{ groupName: 'a', members: [{ badge: 'z' }] }])
  assert.equal(losses.dropped, [
    { path: '/EndDeviceGroup/0/Names/1', value: other },
    { path: '/EndDeviceGroup/0/Names/2', value: { name: 'b' } },
    { path: '/EndDeviceGroup/0/EndDevices/0/Names/0/NameType/description', value: 'd' },
  ])
})

test('null asks for removal and stays null', () => {
  assert.equal(toCim({ note: null, members: null }).json, {
    EndDeviceGroup: [{ description: null, EndDevices: null }],
  })
})

const MISFITS: readonly (readonly [Json, path: string])[] = [
  ['text', ''],
  [[1], '/0'],
  [{ note: {} }, '/note'],
  [{ groupName: null }, '/groupName'],
  [{ capabilities: 'RAMP' }, '/capabilities'],
  [{ members: { deviceId: 'd' } }, '/members'],
  [{ members: ['d'] }, '/members/0'],
  [{ members: [{ badge: '1', badgeIssuer: [] }] }, '/members/0/badgeIssuer'],
  [{ revision: 3 }, '/revision'],
]

for (const [json, path] of MISFITS) {
  test(`${writeJson(json)} is refused at "${path}"`, () => {
    assert.equal(
      toCim(json).problems.map((it) => it.path),
      [path],
    )
  })
}

const CIM_MISFITS: readonly (readonly [Json, path: string])[] = [
  ['text', '/EndDeviceGroup'],
  [{ EndDeviceGroup: {} }, '/EndDeviceGroup'],
  [{ EndDeviceGroup: [{ Names: 'x' }] }, '/EndDeviceGroup/0/Names'],
  [{ EndDeviceGroup: [{ Names: [{}] }] }, '/EndDeviceGroup/0/Names/0/name'],
  [{ EndDeviceGroup: [{ DERFunction: true }] }, '/EndDeviceGroup/0/DERFunction'],
]

for (const [json, path] of CIM_MISFITS) {
  test(`${writeJson(json)} is refused at "${path}" on the way back`, () => {
    assert.equal(
      toVendor(json).problems.map((it) => it.path),
      [path],
    )
  })
}

test('P-13: what the vendor can say comes back as it was', () => {
  fc.assert(
    fc.property(groups, (cim) => {
      const there = toVendor(cim)
      const back = toCim(there.json)
      assert.equal([there.problems, there.losses.dropped, back.problems], [[], [], []])
      assert.ok(sameJson(back.json, cim), `${writeJson(cim)} came back as ${writeJson(back.json)}`)
    }),
  )
})

test('P-13: what the vendor cannot say is listed, and hurts nothing else', () => {
  fc.assert(
    fc.property(groups, strangers, (cim, extra) => {
      const list = cim['EndDeviceGroup'] as readonly JsonObject[]
      const more = { EndDeviceGroup: list.map((it) => ({ ...it, ...extra })) }
      const { json, losses } = toVendor(more)
      assert.is(losses.dropped.length, list.length * Object.keys(extra).length)
      assert.ok(sameJson(toCim(json).json, cim))
    }),
  )
})

test('P-13: the vendor’s own JSON comes back too', () => {
  fc.assert(
    fc.property(groups, (cim) => {
      const vendor = toVendor(cim).json
      assert.ok(sameJson(toVendor(toCim(vendor).json).json, vendor))
    }),
  )
})

test('the samples are each other’s translation, without loss', () => {
  const vendor = sample('example.json')
  const cim = member(sample('example.cim.json'), 'DERGroups') ?? null
  const { '@xmlns': _, ...content } = cim as JsonObject
  assert.ok(sameJson(toCim(vendor).json, content))
  assert.ok(sameJson(toVendor(cim).json, vendor))
  assert.equal([toCim(vendor).losses.dropped, toVendor(cim).losses.dropped], [[], []])
})

test('the routes are one create, one list, and three for one group', () => {
  assert.equal(
    routes.map((it) => `${it.method} ${it.path} ${it.action} ${it.shape}`),
    [
      'POST /groups create one-or-many',
      'GET /groups list many',
      'GET /groups/{groupId} read one',
      'PATCH /groups/{groupId} change one',
      'DELETE /groups/{groupId} remove one',
    ],
  )
})

function sample(name: string): Json {
  const url = new URL(`../../../../samples/der-group-form/${name}`, import.meta.url)
  const read = readJson(readFileSync(url, 'utf8'))
  if ('fault' in read) throw new Error(`${name}: ${read.fault.message}`)
  return read.value
}

test.run()
