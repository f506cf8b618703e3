// The work by which devices of an enrollment are installed: when it is asked for, what its end has to say, and what it makes of
// the enrollment.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { at, device, nameOf } from './acceptance/events.fixture.ts'
import type { Placed } from './flow.ts'
import {
  INSTALLATION,
  enrollmentsIn,
  installationBreaches,
  installationMoves,
} from './installation.ts'
import type { Making } from './next.ts'

const test = suite('installation')

const LINKED = { Names: [nameOf('e', 'ProgramEnrollment')] }
const request = (...Work: readonly JsonObject[]): JsonObject => ({ mRID: 'r', ...LINKED, Work })
const work = (statusKind: string, more: JsonObject = {}): JsonObject => ({
  mRID: 'w',
  statusKind,
  ...more,
})
const records = (...types: readonly (readonly [type: string, hour: number])[]) => ({
  ActivityRecords: types.map(([type, hour]) => ({ type, createdDateTime: at(hour) })),
})
const task = (nicId: string, serial?: string): JsonObject => {
  const own = device(nicId)['Names'] as readonly Json[]
  return { Names: [...(serial === undefined ? [] : [nameOf(serial, 'serialNumber')]), ...own] }
}

const ENROLLMENT = { mRID: 'e', EndDevices: [{ specification: 'WH' }, { deviceType: 'EV' }] }
const known = (): Placed => ({ state: 'installing', object: ENROLLMENT })

test('EN-02: work belongs to the enrollment that it names itself, else to that of its request', () => {
  const own = { Names: [nameOf('own', 'ProgramEnrollment')] }
  const ids = (it: JsonObject) => enrollmentsIn(it).map(({ object }) => member(object, 'mRID'))
  assert.equal(ids(request(work('approved'), work('approved', own))), ['e', 'own'])
  assert.equal(ids({ mRID: 'r', Work: [work('approved')] }), [])
})

const ENDS: readonly (readonly [what: string, work: JsonObject, said: RegExp | undefined])[] = [
  ['no word about it', {}, /installed or failed/],
  ['another word', records(['arrived', 9]), /installed or failed/],
  ['no device', records(['installed', 9]), /Of 2 .* for 0/],
  [
    'one of two devices',
    {
      ...records(['installed', 9]),
      WorkTasks: [task('N-1'), { Names: [nameOf('S', 'serialNumber')] }],
    },
    /Of 2 .* for 1/,
  ],
  ['both', { ...records(['installed', 9]), WorkTasks: [task('N-1'), task('N-2')] }, undefined],
  ['nothing was installed', records(['failed', 9]), undefined],
]

test('EN-02: the end of it says what has been installed, or that nothing was', () => {
  const before = { state: 'inProgress', object: request(work('inProgress')) }
  const breaches = (is: JsonObject, was: Placed = before, find = known) =>
    installationBreaches(is, { find }, was)
  for (const [what, more, said] of ENDS) {
    const all = breaches(request(work('closed', more)))
    assert.is(all.length, said === undefined ? 0 : 1, what)
    if (said !== undefined) assert.match(all[0]?.reason ?? '', said, what)
  }
  const unknown = installationBreaches(
    request(work('closed', records(['installed', 9]))),
    { find: () => undefined },
    before,
  )
  assert.match(unknown[0]?.reason ?? '', /Of 1 .* for 0/, 'at least one, where nobody knows')
  assert.equal(breaches(request(work('inProgress'))), [], 'it goes on')
  const over = { state: 'closed', object: request(work('closed')) }
  assert.equal(breaches(request(work('closed')), over), [], 'it was over before')
  assert.equal(breaches({ mRID: 'r', Work: [work('closed')] }), [], 'it is about no enrollment')
})

const STEPS: readonly (readonly [
  was: string | undefined,
  is: string,
  records: JsonObject,
  step: string | undefined,
])[] = [
  ...([
    [undefined, 'waitingOnApproval', {}, 'workRequested'],
    [undefined, 'cancelled', {}, undefined],
    ['approved', 'scheduled', {}, undefined],
    ['approved', 'cancelled', {}, 'cancel'],
  ] as const),
  ...([
    ['inProgress', 'closed', records(['installed', 9]), 'installed'],
    ['inProgress', 'closed', records(['failed', 9]), 'installFailed'],
    ['inProgress', 'closed', records(['installed', 9], ['failed', 8]), 'installed'],
    ['inProgress', 'closed', records(['installed', 8], ['failed', 9]), 'installFailed'],
    ['closed', 'closed', records(['failed', 9]), undefined],
  ] as const),
]

test('EN-02: each step of the work that counts is one of the enrollment; of words about it the last by its time', () => {
  for (const [was, is, more, step] of STEPS) {
    const before = was === undefined ? undefined : request(work(was))
    const moves = installationMoves(before, request(work(is, more)))
    const what = `${was} to ${is}, ${JSON.stringify(more)}`
    assert.equal(
      moves.map((it) => [it.noun, it.object, it.trigger, it.optional]),
      step === undefined ? [] : [['ProgramEnrollments', { mRID: 'e' }, step, true]],
      what,
    )
  }
  const unlinked = { mRID: 'r', Work: [work('approved')] }
  assert.equal(installationMoves(undefined, unlinked), [])
})

test('EN-02: what has been installed takes the places of what was to be, in its order, with key and serial number', () => {
  const done = (...WorkTasks: readonly JsonObject[]) => {
    const after = request(work('closed', { ...records(['installed', 9]), WorkTasks }))
    const [move] = installationMoves(request(work('inProgress')), after)
    return move?.change?.(ENROLLMENT)
  }
  const [first, second] = ENROLLMENT.EndDevices
  assert.equal(done(task('N-1', 'S-1'), { subject: 'tidy up' }, task('N-2')), {
    mRID: 'e',
    EndDevices: [
      { ...first, ...device('N-1'), serialNumber: 'S-1' },
      { ...second, ...device('N-2') },
    ],
  })
  assert.equal(done(task('N-1')), {
    mRID: 'e',
    EndDevices: [{ ...first, ...device('N-1') }, second],
  })
})

const MAKING: Making = {
  ...{ now: at(8), given: {}, moved: [], find: () => undefined },
  newId: () => 'n',
}
const UTILITY = { assetOwnership: 'utilityOwned', installationMethod: 'utilityInstallation' }

function requested(more: JsonObject, was: string | undefined = undefined, state = 'validating') {
  const object = { ...ENROLLMENT, ...UTILITY, transactionId: 'T-1', ...more }
  const before = was === undefined ? undefined : { state: was, object }
  return INSTALLATION.objects(before, { state, object }, MAKING)
}

test('EN-02: work is asked for once, as an application of which the utility installs devices is looked at', () => {
  assert.is(requested({}).length, 1)
  assert.is(requested({}, 'received').length, 1)
  assert.equal(requested({}, 'validating'), [])
  assert.equal(requested({}, 'validating', 'deviceCheck'), [])
  for (const name of Object.keys(UTILITY)) assert.equal(requested({ [name]: 'other' }), [], name)
})

test('EN-02: it names enrollment and customer, and has a task for each device that says what is to be installed', () => {
  const EndDevices = [...ENROLLMENT.EndDevices, {}]
  const UsagePoint = { Names: [nameOf('UP-1', 'sdpId')] }
  const [made] = requested({ EndDevices, UsagePoint, Customer: { Names: [nameOf('C-1', 'x')] } })
  const link = nameOf('e', 'ProgramEnrollment')
  assert.equal(made?.['Names'], [link, nameOf('C-1', 'customer')])
  const [its] = made?.['Work'] as readonly JsonObject[]
  const tasks = its?.['WorkTasks'] as readonly JsonObject[]
  assert.equal(
    tasks.map((it) => /^Install (.*),/.exec(String(it['instruction']))?.[1]),
    ['WH', 'EV', 'the device'].map((it) => `${it} at usage point UP-1`),
  )
  assert.equal(tasks[0]?.['subject'], 'Installation for enrollment T-1')
  assert.equal(requested({})[0]?.['Names'], [link], 'where no customer is named')
})

test.run()
