// Times without devices as pure functions: what step a change is, what a programme does not allow, what is said of what is
// reserved then, and what the clock does.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../schema/json-text.ts'
import { PROGRAM, at, device } from './acceptance/events.fixture.ts'
import deviceUnavailability from './device-unavailability.ts'
import type { Around, Placed, Reference } from './flow.ts'

const test = suite('device unavailability')

const ms = (hour: number) => Date.parse(at(hour))
const DEVICE = device('N-1')
const away = (from: number, to: number, more: JsonObject = {}): JsonObject => ({
  mRID: 'u',
  EndDevices: [DEVICE],
  period: { start: at(from), end: at(to) },
  ...more,
})
const status = (value: string | undefined) => (value === undefined ? {} : { status: { value } })

/** Knows a subscription of the device, and its programme, as far as these are given. */
const knowing =
  (subscription: JsonObject | undefined, program: JsonObject | undefined) =>
  ({ noun }: Reference): Placed | undefined => {
    const object = { ProgramSubscriptions: subscription, Programs: program }[noun]
    return object === undefined ? undefined : { state: 'present', object }
  }

const SUBSCRIPTION = { mRID: 's', DemandResponseProgram: PROGRAM }
const around = (find: Around['find'], more: Partial<Around> = {}): Around => ({
  ...{ find, now: at(8), keeps: () => true, makes: () => true },
  ...more,
})

const STEPS: readonly (readonly [
  before: string | undefined,
  after: string | undefined,
  step: string,
])[] = [
  ...([
    ['', undefined, 'create'],
    ['', 'planned', 'create'],
    ['', 'active', 'begin'],
    ['', 'unheard of', 'create'],
  ] as const),
  ...([
    ['planned', undefined, 'change'],
    ['planned', 'planned', 'change'],
    ['planned', 'active', 'begin'],
    ['planned', 'cancelled', 'cancel'],
  ] as const),
  ...([
    ['active', 'ended', 'close'],
    ['active', 'unheard of', 'change'],
  ] as const),
]

test('the step of a change follows from what it says of its status; without a word it is a change', () => {
  const { trigger } = deviceUnavailability
  for (const [before, after, step] of STEPS) {
    const was = before === '' ? undefined : away(10, 12, status(before))
    assert.is(trigger(was, away(10, 12, status(after))), step, `${before} to ${after}`)
  }
  assert.is(trigger(away(10, 12), undefined), 'delete')
})

test('UN-01: a programme that does not let customers say so refuses what is new, and nothing that is there', () => {
  const { rules } = deviceUnavailability
  const allows = (said: JsonObject): JsonObject => ({ mRID: 'p', ...said })
  const refused = (find: Around['find'], before?: Placed) =>
    rules(away(6, before === undefined ? 12 : 7), around(find), before).map(({ rule }) => rule)
  for (const said of [{}, { allowCustomerUnavailability: false }]) {
    const [first, ...more] = rules(
      away(10, 12),
      around(knowing(SUBSCRIPTION, allows(said))),
      undefined,
    )
    assert.equal([first?.rule, first?.code, more], ['UNAV-OFF', '6.1', []])
    assert.match(first?.reason ?? '', /programme p does not let/)
  }
  const off = allows({})
  const before = { state: 'active', object: away(6, 9, status('active')) }
  assert.equal(refused(knowing(SUBSCRIPTION, off)), ['UNAV-OFF'])
  assert.equal(refused(knowing(SUBSCRIPTION, allows({ allowCustomerUnavailability: true }))), [])
  assert.equal(refused(knowing(SUBSCRIPTION, undefined)), [], 'a programme that nobody knows')
  assert.equal(refused(knowing(undefined, off)), [], 'a device that takes part in nothing')
  assert.equal(
    refused(knowing(SUBSCRIPTION, off), before),
    [],
    'it is ended, by a status of its own',
  )
})

test('UN-01: what is over already is refused, however it came to be so', () => {
  const { rules } = deviceUnavailability
  const said = (after: JsonObject, before?: Placed) =>
    rules(after, around(knowing(undefined, undefined)), before).map(({ rule }) => rule)
  const planned = { state: 'planned', object: away(10, 12, status('planned')) }
  assert.equal(said(away(6, 8)), ['UNAV-PAST'], 'the end is not in it')
  assert.equal(said(away(6, 8.01)), [])
  assert.equal(said(away(6, 7, status('planned')), planned), ['UNAV-PAST'])
  assert.equal(said(away(6, 7, status('ended')), planned), [])
  assert.equal(said(away(9, 11, status('planned')), planned), [])
})

test('the subscriptions of its devices lead to the programmes; where none is known to nothing more', () => {
  const { leadsTo } = deviceUnavailability
  const nouns = (find: Around['find'], more: JsonObject = {}) =>
    leadsTo(away(10, 12, more), find, () => []).map(({ noun }) => noun)
  const named = { ProgramSubscription: { mRID: 's' } }
  const [S, P] = ['ProgramSubscriptions', 'Programs']
  assert.equal(nouns(knowing(undefined, undefined)), [S])
  assert.equal(nouns(knowing(SUBSCRIPTION, undefined)), [S, P, P], 'by name, and by code')
  assert.equal(nouns(knowing({ mRID: 's' }, undefined), named), [S, S, P, P])
})

test('G-AC30: until it begins there is time to know of it, and none once it has begun', () => {
  const { answerBy } = deviceUnavailability
  const due = (from: number) => answerBy(away(from, 12), undefined, () => undefined, at(8))
  assert.equal([due(9), due(8), due(7)], [ms(9), undefined, undefined])
})

/** What is reserved for the device, as it is found. */
const reserved = (count: number) => (): readonly Placed[] =>
  Array.from({ length: count }, (_, it) => ({
    state: 'RESERVED',
    object: { mRID: `r-${it}`, state: 'RESERVED', EndDevice: DEVICE },
  }))

test('what is reserved then is listed while it is open, as far as a sentence goes', () => {
  const { says } = deviceUnavailability
  const find = knowing(undefined, undefined)
  const reason = (count: number, state = 'planned') =>
    says(away(10, 12), state, around(find, { all: reserved(count) }))?.reason
  assert.is(reason(0), undefined)
  assert.is(reason(2), 'Reserved at that time: EventParticipation r-0, r-1.')
  assert.match(reason(20, 'active') ?? '', /r-19\.$/)
  assert.match(reason(23) ?? '', /r-18, r-19 and 3 more\.$/)
  assert.is(reason(2, 'ended'), undefined)
  assert.is(says(away(10, 12), 'planned', around(find)), undefined, 'nothing could be searched')
})

test('by the policy what is reserved then is released as it is told, and as it gets another time; else nothing is', () => {
  const { moves } = deviceUnavailability.policies.releaseReservations
  const of = (before: JsonObject | undefined, after: JsonObject) =>
    moves(before, after, () => undefined, reserved(1))
  const released = [
    { noun: 'EventParticipations', object: { mRID: 'r-0' }, trigger: 'unavailable' },
  ]
  const planned = status('planned')
  assert.equal(of(undefined, away(10, 12)), released)
  assert.equal(of(away(10, 12, planned), away(10, 13, planned)), released)
  assert.equal(of(away(10, 12, planned), away(10, 12, planned)), [])
  assert.equal(of(away(10, 12, planned), away(10, 13, status('cancelled'))), [])
  assert.equal(of(away(10, 12, planned), away(10, 13)), [], 'it does not say that it is open')
})

test('it begins at its start and is over at its end, by the clock; what is over has no such times', () => {
  const { times, moves } = deviceUnavailability.turns
  const object = away(10, 12)
  assert.equal(times({ state: 'planned', object }), [ms(10), ms(12)])
  assert.equal(times({ state: 'cancelled', object }), [])
  const noun = 'DeviceUnavailabilities'
  const step = (hour: number, it = object) => moves({ noun, object: it }, ms(hour))
  const move = { noun, object: { mRID: 'u' }, optional: true }
  assert.equal(step(10), [{ ...move, trigger: 'begin' }])
  assert.equal(step(12), [{ ...move, trigger: 'close' }])
})

test.run()
