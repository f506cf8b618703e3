// What has to be sent when a device in a stage has changed: to whom, and when nobody is told.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { at, device } from './acceptance/events.fixture.ts'
import type { Placed, Reference } from './flow.ts'
import type { Making } from './next.ts'
import { PARTICIPATION_NEXT } from './participation-next.ts'

const test = suite('what follows of participations')

const IT: JsonObject = {
  mRID: 'r',
  EndDevice: device('N-1'),
  ProgramEvent: { mRID: 'e' },
  reservation: { start: at(20), end: at(21) },
  stage: { mRID: 's' },
}
const SUBSCRIBED = { mRID: 'sub', Customer: { mRID: 'c' } }
const event = (value: string) => ({ mRID: 'e', stages: [{ mRID: 's', status: { value } }] })

/** Knows the event with its stage in a state, and the subscription of the device as far as it is given. */
const knowing =
  (stage: string, subscription: JsonObject | undefined) =>
  ({ noun }: Reference): Placed | undefined => {
    const object = { ProgramEvents: event(stage), ProgramSubscriptions: subscription }[noun]
    return object === undefined ? undefined : { state: 'present', object }
  }

/** `verb noun trigger` of each message. */
function sent(
  before: string | undefined,
  after: string,
  { find = knowing('SCHEDULED', SUBSCRIBED), its = IT } = {},
) {
  const making: Making = { now: at(8), given: {}, moved: [], newId: () => 'n', find }
  const was = before === undefined ? undefined : { state: before, object: its }
  return PARTICIPATION_NEXT.flatMap(({ verb, noun, objects }) =>
    objects(was, { state: after, object: its }, making).map((object) => ({
      what: [verb, noun, member(object, 'trigger')].filter((it) => it !== undefined).join(' '),
      object,
    })),
  )
}

const NOTICE = 'created CustomerNotifications'

const ROWS: readonly (readonly [
  before: string | undefined,
  after: string,
  stage: string,
  what: readonly string[],
])[] = [
  ...([
    [undefined, 'RESERVED', 'SCHEDULED', [`${NOTICE} deviceReserved`]],
    ['RESERVED', 'RESERVED', 'SCHEDULED', []],
    ['RESERVED', 'CALLED', 'IN_PROGRESS', []],
  ] as const),
  ...([
    ['RESERVED', 'RELEASED', 'CANCELED', [`${NOTICE} eventCancelled`]],
    ['RESERVED', 'RELEASED', 'SCHEDULED', []],
    ['RELEASED', 'RELEASED', 'CANCELED', []],
  ] as const),
  ...([
    ['RESERVED', 'OPTED_OUT', 'SCHEDULED', ['changed EventParticipations']],
    [undefined, 'OPTED_OUT', 'SCHEDULED', ['changed EventParticipations']],
    ['OPTED_OUT', 'OPTED_OUT', 'SCHEDULED', []],
  ] as const),
]

test('EV-05, OO-02: each step that somebody has to know of is told once', () => {
  for (const [before, after, stage, what] of ROWS)
    assert.equal(
      sent(before, after, { find: knowing(stage, SUBSCRIBED) }).map((it) => it.what),
      what,
      `${before} to ${after}, ${stage}`,
    )
})

test('EV-05: the notice goes to the customer of the subscription, and says what happens to which device, and when', () => {
  const [notice] = sent(undefined, 'RESERVED')
  assert.equal(member(notice?.object, 'Customer'), { mRID: 'c' })
  assert.is(
    member(notice?.object, 'text'),
    `Your device N-1 is reserved for an event (${at(20)} to ${at(21)}).`,
  )
  const [cancelled] = sent('RESERVED', 'RELEASED', { find: knowing('CANCELED', SUBSCRIBED) })
  assert.match(String(member(cancelled?.object, 'text')), /is not called: the event is cancelled/)
})

test('EV-05: where nobody knows whose the device is nobody is told', () => {
  for (const subscription of [undefined, { mRID: 'sub' }, { mRID: 'sub', Customer: 'c' }])
    assert.equal(
      sent(undefined, 'RESERVED', { find: knowing('SCHEDULED', subscription) }),
      [],
      JSON.stringify(subscription),
    )
  const { EndDevice: _device, ...its } = IT
  assert.equal(sent(undefined, 'RESERVED', { its }), [], 'without a device')
})

test('OO-02: who calls devices is told the whole of what was opted out of', () => {
  assert.equal(sent('RESERVED', 'OPTED_OUT')[0]?.object, IT)
})

test('the customer is looked at once the subscription is known', () => {
  const [reserved] = PARTICIPATION_NEXT
  const nouns = (subscription: JsonObject | undefined) =>
    reserved?.refers?.(IT, knowing('SCHEDULED', subscription)).map(({ noun }) => noun)
  const events = ['ProgramEvents', 'ProgramEvents']
  assert.equal(nouns(undefined), ['ProgramSubscriptions', ...events])
  assert.equal(nouns(SUBSCRIBED), ['ProgramSubscriptions', 'CustomerConfig', ...events])
})

test.run()
