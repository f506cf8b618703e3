// EN-02, G-AC37, DC-02: devices that the utility installs come by work, and lead back to their enrollment; what a check of a device
// means for it.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LOCAL } from '../../gateway/parties/party.ts'
import { openWhole, partyOf, wayTo } from '../../gateway/whole.fixture.ts'
import { member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { USUAL_CHOICES } from '../choices.ts'
import { fresh } from './connection.fixture.ts'
import {
  ENROLLMENTS,
  SUBSCRIPTIONS,
  application,
  device,
  freshNic,
  installation,
  subscription,
  withStatus,
} from './enrollment.fixture.ts'
import { openWays, refusalsIn } from './ways.fixture.ts'

const test = suite('installation')

const ways = await openWays()
test.after(() => ways.gateway.close())

const stateOf = async (mRID: string) => (await ways.stored(ENROLLMENTS, mRID)).state

/** An enrollment up to the work that has been requested for it. */
async function requested(EndDevices?: Json) {
  const it = installation(EndDevices === undefined ? {} : { EndDevices })
  await ways.ok({ verb: 'create', noun: ENROLLMENTS, object: it })
  await ways.ok({ verb: 'change', noun: ENROLLMENTS, object: withStatus(it.mRID, 'validating') })
  const early = await ways.refused({
    ...{ verb: 'change', noun: ENROLLMENTS },
    object: withStatus(it.mRID, 'deviceCheck'),
  })
  assert.is(early.rule, 'ENR-INSTALL')
  const work = { mRID: fresh(), kind: 'connect', statusKind: 'waitingOnApproval' }
  const tasks = (it['EndDevices'] as readonly Json[]).map(() => ({
    subject: 'x',
    taskKind: 'install',
  }))
  const object = {
    mRID: fresh(),
    Names: [{ name: it.mRID, NameType: { name: 'ProgramEnrollment' } }],
    Work: [{ ...work, WorkTasks: tasks }],
  }
  await ways.ok({ verb: 'create', noun: 'WorkRequests', object })
  assert.is(await stateOf(it.mRID), 'installing')
  return { it, object, work }
}

type Requested = Awaited<ReturnType<typeof requested>>

async function upTo({ object, work }: Requested, ...all: readonly string[]): Promise<void> {
  for (const statusKind of all)
    await ways.told({
      ...{ verb: 'changed', noun: 'WorkRequests' },
      object: { mRID: object.mRID, Work: [{ mRID: work.mRID, kind: 'connect', statusKind }] },
    })
}

function ended({ object, work }: Requested, type: string, WorkTasks: readonly JsonObject[] = []) {
  const ActivityRecords = [{ createdDateTime: '2026-07-20T15:00:00Z', type }]
  const own = { mRID: work.mRID, kind: 'connect', statusKind: 'closed', ActivityRecords }
  const Work = [WorkTasks.length === 0 ? own : { ...own, WorkTasks }]
  return { verb: 'changed', noun: 'WorkRequests', object: { mRID: object.mRID, Work } }
}

const task = (Names: Json) => ({ subject: 'x', taskKind: 'install', Names })

test('EN-02/AC1, G-AC37: work that is closed leads back to its enrollment with the key of the device, and nobody takes part before', async () => {
  const one = await requested()
  const sub = subscription(one.it, { EndDevices: [device()] })
  assert.is(
    (await ways.refused({ verb: 'create', noun: SUBSCRIPTIONS, object: sub })).rule,
    'SUB-SM',
  )
  await upTo(one, 'approved', 'scheduled', 'completed')
  const bare = await ways.sent(ended(one, 'installed'))
  assert.is(refusalsIn(bare)[0]?.rule, 'ENR-INSTALLED')
  const silent = await ways.sent(ended(one, 'left a card'))
  assert.is(refusalsIn(silent)[0]?.rule, 'ENR-INSTALLED')
  assert.is(await stateOf(one.it.mRID), 'installing')
  const installed = device(freshNic())
  const serial = { name: 'WH-1', NameType: { name: 'serialNumber' } }
  await ways.told(ended(one, 'installed', [task([...installed.Names, serial])]))
  const { state, object } = await ways.stored(ENROLLMENTS, one.it.mRID)
  assert.is(state, 'deviceCheck')
  const [own] = object['EndDevices'] as readonly JsonObject[]
  assert.equal([own?.['serialNumber'], own?.['Names']], ['WH-1', installed.Names])
  await ways.ok({ verb: 'change', noun: ENROLLMENTS, object: withStatus(one.it.mRID, 'COMPLETED') })
  const other = await ways.refused({ verb: 'create', noun: SUBSCRIPTIONS, object: sub })
  assert.is(other.rule, 'SUB-INSTALLED')
  await ways.ok({
    verb: 'create',
    noun: SUBSCRIPTIONS,
    object: { ...sub, EndDevices: [own ?? {}] },
  })
})

test('EN-02: work that has failed is an ERROR, and work that is given up cancels the enrollment', async () => {
  const [one, other] = [await requested(), await requested()]
  await upTo(one, 'approved', 'scheduled', 'completed')
  await ways.told(ended(one, 'failed'))
  assert.is(await stateOf(one.it.mRID), 'ERROR')
  const retried = await ways.refused({
    ...{ verb: 'change', noun: ENROLLMENTS },
    object: withStatus(one.it.mRID, 'deviceCheck'),
  })
  assert.is(retried.rule, 'ENR-KEY')
  await ways.ok({ verb: 'cancel', noun: 'WorkRequests', object: { mRID: other.object.mRID } })
  assert.is(await stateOf(other.it.mRID), 'CANCELLED')
})

test('DC-02, K4: an enrollment is completed when each device is reachable, or nobody can tell; one that has failed is an ERROR', async () => {
  const answer = (of: Json, more: JsonObject) =>
    ways.told({
      ...{ verb: 'created', noun: 'EndDeviceStatuses' },
      object: { mRID: fresh(), EndDevice: { Names: member(of, 'Names') ?? [] }, ...more },
    })
  const reachable = { commState: 'reachable', status: { value: 'answered' } }
  for (const [answers, due] of [
    [[reachable, reachable], 'COMPLETED'],
    [[reachable], 'deviceCheck'],
    [[reachable, { status: { value: 'unsupported' } }], 'COMPLETED'],
    [[reachable, { status: { value: 'failed' } }], 'ERROR'],
  ] as const) {
    const EndDevices = [device(), device()]
    const it = application({ EndDevices })
    await ways.ok({ verb: 'create', noun: ENROLLMENTS, object: it })
    for (const value of ['validating', 'deviceCheck'])
      await ways.ok({ verb: 'change', noun: ENROLLMENTS, object: withStatus(it.mRID, value) })
    for (const [at, one] of answers.entries()) await answer(EndDevices[at] ?? {}, one)
    assert.is(await stateOf(it.mRID), due, JSON.stringify(answers))
  }
})

test('DC-01/AC2, K4: where its DERMS cannot ask, nobody asks, and the policy decides what that means for the enrollment', async () => {
  const derms = partyOf('dso-derms')
  const lame = {
    ...derms,
    profile: { ...derms.profile, deviceStatusCheck: 'unsupported' } as const,
  }
  for (const [requireStatusCheck, due] of [
    ['ifSupported', 'COMPLETED'],
    ['always', 'ERROR'],
    ['never', 'COMPLETED'],
  ] as const) {
    const whole = await openWhole({
      ...LOCAL,
      orchestrated: ['program-enrollment'],
      choices: { ...USUAL_CHOICES, requireStatusCheck },
      parties: [lame],
      ways: [
        wayTo('dso-derms', { noun: ['EndDeviceStatuses'], verb: ['get'] }),
        wayTo('local', {}),
      ],
    })
    const it = application({ UsagePoint: { Names: [{ name: 'SP-1' }] } })
    await whole.ok('cpm', 'POST', '/api/v1/program-enrollments', { ProgramEnrollment: [it] })
    await whole.quiet()
    const [stored] = await whole.store.objects(ENROLLMENTS, [it.mRID], [])
    assert.is(stored?.state, due, requireStatusCheck)
    assert.equal(whole.sent, [], 'who cannot ask is not asked')
    const { objects } = await whole.store.page('EndDeviceStatuses', { limit: 9 })
    assert.equal(
      objects.map(({ state }) => state),
      ['unsupported'],
    )
    await whole.close()
  }
})

test('EN-02: where cimgate orchestrates enrollments it requests the work, has devices checked, and makes the subscription', async () => {
  const whole = await openWhole({ ...LOCAL, orchestrated: ['program-enrollment'] })
  const UsagePoint = { Names: [{ name: 'SP-1' }] }
  const [own, utility] = [application({ UsagePoint }), installation({ UsagePoint })]
  const made = { ProgramEnrollment: [own, utility] }
  await whole.ok('cpm', 'POST', '/api/v1/program-enrollments', made)
  await whole.quiet()
  const read = async (it: JsonObject) =>
    member(
      (
        (await whole.ok('cpm', 'GET', `/api/v1/program-enrollments/${it['mRID']}`))[
          'ProgramEnrollment'
        ] as JsonObject[]
      )[0],
      'status',
    )
  assert.is(member(await read(utility), 'value'), 'installing')
  assert.is(member(await read(own), 'value'), 'deviceCheck')
  const work = await whole.ok('cpm', 'GET', '/api/v1/work-requests')
  assert.match(JSON.stringify(work), utility.mRID)
  const EndDevice = {
    Names: member((own['EndDevices'] as readonly JsonObject[])[0], 'Names') ?? [],
  }
  const status = { value: 'answered' }
  const EndDeviceStatus = [{ EndDevice, commState: 'reachable', status }]
  await whole.ok('derms', 'POST', '/api/v1/device-status-checks', { EndDeviceStatus })
  await whole.quiet()
  assert.is(member(await read(own), 'value'), 'COMPLETED')
  const subs = (await whole.ok('cpm', 'GET', '/api/v1/program-subscriptions'))[
    'ProgramSubscription'
  ] as JsonObject[]
  assert.equal(
    subs.map((it) => [member(it['ProgramEnrollment'], 'mRID'), member(it['status'], 'value')]),
    [[own.mRID, 'INACTIVE']],
  )
  await whole.close()
})

test.run()
