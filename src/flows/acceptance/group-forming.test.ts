import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { fresh, registration, request } from './connection.fixture.ts'
import {
  GROUPS,
  REQUESTS,
  TO_CONTRACTED,
  connectedDevice,
  fleet,
  formRequest,
  formed,
  group,
  groupRequest,
  steps,
} from './groups.fixture.ts'
import { openWays, refusalsIn } from './ways.fixture.ts'

const test = suite('forming groups')

const ways = await openWays()
test.after(() => ways.gateway.close())

const creating = (noun: string, object: JsonObject) => ({ verb: 'create', noun, object })
const create = (noun: string, object: JsonObject) => ways.ok(creating(noun, object))
const changing = (noun: string, mRID: string, more: JsonObject) => ({
  verb: 'change',
  noun,
  object: { mRID, ...more },
})
const stateOf = async (mRID: string) => (await ways.stored(REQUESTS, mRID)).state
const groupState = async (mRID: string) => (await ways.stored(GROUPS, mRID)).state

const agreements = async () =>
  (await ways.gateway.store.identities('CustomerAgreements')).map((it) => it.id)

const own = await fleet(ways, 3)
const STRANGERS = [{ mRID: fresh() }, { Names: [{ name: '00042' }] }]

test('GF-01: a request is requested, and leads to its group step by step', async () => {
  const { group: its, request: asked } = await formed(ways, own)
  assert.is(await stateOf(asked.mRID), 'available')
  assert.is(await groupState(its.mRID), 'available')
  const kept = (await ways.stored(REQUESTS, asked.mRID)).object
  assert.is(member(member(kept, 'status'), 'value'), 'available')
  const events = await ways.gateway.events()
  const states = events.filter((it) => it.subject === asked.mRID).map((it) => it.state)
  const due = ['requested', 'complianceCheck', 'approved', 'contracted', 'available']
  assert.equal(states, due, 'each state is told of once')
})

test('GF-01: each member that is not registered is refused by name, over every way', async () => {
  const [device] = own.devices
  const asked = formRequest([STRANGERS[0] ?? {}, device ?? {}, STRANGERS[1] ?? {}], own.tariff)
  const said = await ways.refused(creating(REQUESTS, asked))
  assert.equal(said, { code: '6.1', rule: 'GRP-REG', ids: [String(STRANGERS[0]?.mRID)] })
  const all = refusalsIn(await ways.sent(creating(REQUESTS, asked)))
  assert.equal(
    all.map((it) => `${it.code} ${it.rule} ${it.ids.join()}`),
    [`6.1 GRP-REG ${String(STRANGERS[0]?.mRID)}`, '6.1 GRP-REG 00042'],
  )
})

test('GF-01: a registered name is that name with its type and authority', async () => {
  const nic = (authority: string) => ({
    Names: [{ name: '00042', NameType: { name: 'nicId', NameTypeAuthority: { name: authority } } }],
  })
  const EndDevice = nic('head end A')
  const connection = request('derInterconnection')
  await create('ServiceRequests', connection)
  await create('DERRegistrations', registration(connection, {}, { EndDevice }))
  await create(REQUESTS, formRequest([EndDevice], own.tariff))
  const said = await ways.refused(creating(REQUESTS, formRequest([nic('head end B')], own.tariff)))
  assert.is(said.rule, 'GRP-REG')
})

test('GF-01: a tariff that is not known, and one that is not named', async () => {
  const unknown = formRequest(own.devices, { mRID: fresh() })
  assert.equal(await ways.refused(creating(REQUESTS, unknown)), {
    code: '2.33',
    rule: 'REF-UNKNOWN',
    ids: [unknown.mRID],
  })
  const { PricingStructure: _none, ...bare } = formRequest(own.devices, own.tariff)
  const said = await ways.refused(creating(REQUESTS, bare))
  assert.equal([said.code, said.rule], ['5.8', 'GRP-TARIFF'])
})

test('GF-01, F32-D: members are withheld only where it is said what the group is to reach', async () => {
  const withheld = (more = {}) => formRequest([], own.tariff, more)
  const bare = withheld()
  const said = await ways.refused(creating(REQUESTS, bare))
  assert.equal(said, { code: '6.1', rule: 'GRP-EMPTY', ids: [bare.mRID] })
  const quantity = { multiplier: 'k', unit: 'W', value: 5 }
  const requiredCapability = [{ DERParameter: 'activePower', quantity }]
  await create(REQUESTS, withheld({ requiredCapability }))
  await create(REQUESTS, withheld({ criteria: { minSize: quantity } }))
})

test('GF-01: a member that is listed twice', async () => {
  const [device] = own.devices
  const said = await ways.refused(
    creating(REQUESTS, formRequest([device ?? {}, device ?? {}], own.tariff)),
  )
  assert.equal(said, { code: '6.1', rule: 'GRP-DUPM', ids: [String(device?.mRID)] })
})

test('GF-01: one open request about a group at a time', async () => {
  const first = formRequest(own.devices, own.tariff)
  await create(REQUESTS, first)
  const second = formRequest(own.devices, own.tariff, {
    EndDeviceGroup: first['EndDeviceGroup'] ?? {},
  })
  const said = await ways.refused(creating(REQUESTS, second))
  assert.equal(said, { code: '6.1', rule: 'GRP-OPEN', ids: [second.mRID, first.mRID] })
  await ways.ok({ verb: 'cancel', noun: REQUESTS, object: first })
  assert.is(await stateOf(first.mRID), 'withdrawn')
  await create(REQUESTS, second)
})

test('GF-01: a request comes undecided, and at its beginning', async () => {
  for (const more of [{ decision: 'approved' }, { status: { value: 'contracted' } }]) {
    const said = await ways.refused(creating(REQUESTS, formRequest(own.devices, own.tariff, more)))
    assert.match(said.rule, /^SM-GRQ-none-/)
  }
})

test('GF-02: each member that may not have the tariff is refused by name, and the request stays where it is', async () => {
  const wind = await connectedDevice(ways, own.tariff, { technology: 'wind' })
  const large = await connectedDevice(ways, own.tariff, {
    maxP: { multiplier: 'k', unit: 'W', value: '12' },
    ratedS: { multiplier: 'k', unit: 'VA', value: '13' },
  })
  const asked = formRequest([wind, ...own.devices, large], own.tariff)
  await create(REQUESTS, asked)
  await steps(ways, asked.mRID, ['check-compliance'])
  const approving = changing(REQUESTS, asked.mRID, { decision: 'approved' })
  assert.equal(await ways.refused(approving), { code: '6.1', rule: 'GRP-TAR', ids: [wind.mRID] })
  assert.equal(
    refusalsIn(await ways.sent(approving)).map((it) => `${it.rule} ${it.ids.join()}`),
    [`GRP-TAR ${wind.mRID}`, `GRP-TAR ${large.mRID}`],
  )
  assert.is(await stateOf(asked.mRID), 'complianceCheck')
})

test('GF-02: nothing is decided unchecked; what another Customer Support tells to be decided is', async () => {
  for (const [decision, state] of [
    ['approved', 'approved'],
    ['rejected', 'rejected'],
  ] as const) {
    const asked = formRequest(own.devices, own.tariff)
    await create(REQUESTS, asked)
    const { mRID } = asked
    const said = await ways.refused(changing(REQUESTS, mRID, { decision }))
    assert.equal(said, { code: '6.1', rule: 'GRP-CHECK', ids: [mRID] })
    await ways.told({ verb: 'changed', noun: REQUESTS, object: { ...asked, decision } })
    assert.is(await stateOf(mRID), state)
  }
})

test('GF-02: decided with approver, time and results, which are kept; rejected is for good', async () => {
  const asked = formRequest(own.devices, own.tariff)
  await create(REQUESTS, asked)
  await steps(ways, asked.mRID, ['check-compliance'])
  const decided = {
    approver: 'a.example',
    decidedDateTime: '2026-07-14T08:30:00Z',
    decision: 'rejected',
    ruleResults: [{ passed: false, reason: 'Too few devices.', rule: 'GRP-TAR' }],
  }
  await ways.ok(changing(REQUESTS, asked.mRID, decided))
  const { state, object } = await ways.stored(REQUESTS, asked.mRID)
  assert.is(state, 'rejected')
  for (const [name, value] of Object.entries(decided)) assert.equal(member(object, name), value)
  const said = await ways.refused(changing(REQUESTS, asked.mRID, { decision: 'approved' }))
  assert.equal(said, { code: '6.1', rule: 'SM-GRQ-rejected-approve', ids: [asked.mRID] })
})

test('GF-02: who approves a group says how it is to be known', async () => {
  const { EndDeviceGroup: _none, ...asked } = formRequest(own.devices, own.tariff)
  await create(REQUESTS, asked)
  await steps(ways, asked.mRID, ['check-compliance'])
  const said = await ways.refused(changing(REQUESTS, asked.mRID, { decision: 'approved' }))
  assert.equal(said, { code: '5.8', rule: 'GRP-GROUP', ids: [asked.mRID] })
  const EndDeviceGroup = { mRID: fresh() }
  await ways.ok(changing(REQUESTS, asked.mRID, { decision: 'approved', EndDeviceGroup }))
  assert.is(await stateOf(asked.mRID), 'approved')
})

test('GF-03: contracts are updated when every member has one that is in force', async () => {
  const open = formRequest(own.devices, own.tariff)
  await create(REQUESTS, open)
  await steps(ways, open.mRID, ['check-compliance', 'approve'])
  const agreements = await ways.gateway.store.page('CustomerAgreements', { limit: 1 })
  const [one] = agreements.objects
  assert.ok(one)
  const point = /"UsagePoints":\[\{"mRID":"([^"]+)"/.exec(one.body)?.[1]
  const registrations = await ways.gateway.store.page('DERRegistrations', { limit: 100 })
  const its = registrations.objects.find((it) => it.body.includes(String(point)))
  const device = /"EndDevice":\{"mRID":"([^"]+)"/.exec(its?.body ?? '')?.[1] ?? ''
  const updating = changing(REQUESTS, open.mRID, { status: { value: 'contracted' } })
  const suspend = (step: string) =>
    ways.json('POST', `customer-agreements/${one.id}:${step}`).then(({ status }) => status)
  assert.is(await suspend('suspend'), 200)
  assert.equal(await ways.refused(updating), { code: '2.24', rule: 'GRP-CONTRACT', ids: [device] })
  assert.is(await suspend('resume'), 200)
  await ways.ok(updating)
  assert.is(await stateOf(open.mRID), 'contracted')
})

test('GF-04: no group is available before contracts are updated, whoever tells of it', async () => {
  const asked = formRequest(own.devices, own.tariff)
  const { mRID } = asked['EndDeviceGroup'] as { mRID: string }
  await create(REQUESTS, asked)
  for (const it of ['', ...TO_CONTRACTED.slice(0, 2)]) {
    if (it !== '') await steps(ways, asked.mRID, [it])
    const said = await ways.refused(creating(GROUPS, group(own.devices, { mRID })))
    assert.equal(said, { code: '6.1', rule: 'GRP-ORDER', ids: [mRID] })
  }
  await steps(ways, asked.mRID, TO_CONTRACTED.slice(2))
  const early = changing(REQUESTS, asked.mRID, { status: { value: 'available' } })
  assert.is((await ways.refused(early)).rule, 'GRP-ORDER', 'nor by the request alone')
  await create(GROUPS, group(own.devices, { mRID }))
  assert.equal([await stateOf(asked.mRID), await groupState(mRID)], ['available', 'available'])
})

test('GF-04: the request is found by the name of the group too', async () => {
  const EndDeviceGroup = { Names: [{ name: 'Feeder 12' }] }
  const asked = formRequest(own.devices, own.tariff, { EndDeviceGroup })
  await create(REQUESTS, asked)
  const its = group(own.devices, { Names: [{ name: 'Feeder 12' }] })
  assert.is((await ways.refused(creating(GROUPS, its))).rule, 'GRP-ORDER')
  await steps(ways, asked.mRID, TO_CONTRACTED)
  await create(GROUPS, its)
  assert.is(await stateOf(asked.mRID), 'available')
})

test('GF-04: nobody is in the group who was not asked for', async () => {
  const asked = formRequest(own.devices, own.tariff)
  const { mRID } = asked['EndDeviceGroup'] as { mRID: string }
  await create(REQUESTS, asked)
  await steps(ways, asked.mRID, TO_CONTRACTED)
  const other = { mRID: fresh() }
  const said = await ways.refused(creating(GROUPS, group([...own.devices, other], { mRID })))
  assert.equal(said, { code: '6.1', rule: 'GRP-MEMBER', ids: [other.mRID] })
})

test('GF-03, GF-04: contracts are not put back as long as one of them names the group', async () => {
  const before = await agreements()
  const device = await connectedDevice(ways, own.tariff)
  const [its = ''] = (await agreements()).filter((it) => !before.includes(it))
  const asked = formRequest([device], own.tariff)
  await create(REQUESTS, asked)
  await steps(ways, asked.mRID, [...TO_CONTRACTED, 'refuse'])
  const EndDeviceGroups = [asked['EndDeviceGroup'] ?? {}]
  await ways.ok(changing('CustomerAgreements', its, { EndDeviceGroups }))
  const undone = changing(REQUESTS, asked.mRID, { status: { value: 'compensated' } })
  assert.equal(await ways.refused(undone), { code: '6.1', rule: 'GRP-UNDO', ids: [its] })
  const set = { enforceMsgSequence: false, enforceTransactionalIntegrity: false }
  const Operation = [
    {
      ...{ operationId: 1, noun: 'CustomerAgreements', verb: 'delete', elementOperation: true },
      CustomerAgreements: { CustomerAgreement: [{ mRID: its, EndDeviceGroups }] },
    },
  ]
  await ways.ok({ verb: 'execute', noun: 'OperationSet', object: { ...set, Operation } })
  await ways.ok(undone)
  assert.is(await stateOf(asked.mRID), 'compensated')
})

test('GF-06: members are added by a request, contracts first', async () => {
  const { group: its } = await formed(ways, own)
  const more = await connectedDevice(ways, own.tariff)
  const asked = groupRequest('addMembers', its.mRID, {
    EndDevices: [more],
    PricingStructure: { mRID: own.tariff.mRID },
  })
  await create(REQUESTS, asked)
  const adding = changing(GROUPS, its.mRID, { EndDevices: [more] })
  assert.equal(await ways.refused(adding), { code: '6.1', rule: 'GRP-ORDER', ids: [its.mRID] })
  await steps(ways, asked.mRID, TO_CONTRACTED)
  await ways.ok(adding)
  assert.is(await stateOf(asked.mRID), 'available')
  const { object } = await ways.stored(GROUPS, its.mRID)
  assert.is((member(object, 'EndDevices') as unknown[]).length, own.devices.length + 1)
})

test('GF-01, GD-01: a request about a group that is not there', async () => {
  for (const action of ['dissolve', 'addMembers', 'removeMembers']) {
    const groupID = fresh()
    const asked = groupRequest(action, groupID, { EndDevices: [own.devices[0] ?? {}] })
    const said = await ways.refused(creating(REQUESTS, asked))
    assert.equal(said, { code: '99.1', rule: 'NOT-FOUND', ids: [groupID] }, action)
  }
})

test.run()
