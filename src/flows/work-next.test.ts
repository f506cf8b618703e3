// What has to be sent about works, as pure functions of what they were and are.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Flow, Placed } from './flow.ts'
import type { Making } from './next.ts'
import serviceOrder from './service-order.ts'
import workRequest from './work-request.ts'

const test = suite('flows: what follows of works')

const MAIL = 'a.customer@example.org'

/** Knows one customer, by name. */
const MAKING: Making = {
  now: '2026-07-14T08:00:00Z',
  given: {},
  moved: [],
  newId: () => 'n',
  find: ({ noun, object }) =>
    noun === 'CustomerConfig' && /C-1/.test(JSON.stringify(object)) && !isId(object)
      ? { state: 'present', object: KNOWN }
      : undefined,
}
const KNOWN = { Organisation: { electronicAddress: { email1: MAIL } } }

const isId = (object: Json | undefined) => member(object, 'mRID') !== undefined

const CUSTOMER = [{ name: 'C-1', NameType: { name: 'customer' } }]

const placed = (state: string, ...works: readonly JsonObject[]): Placed => ({
  state,
  object: { mRID: 'r', Names: CUSTOMER, Work: works },
})

const work = (mRID: string, statusKind: string): JsonObject => ({ mRID, statusKind })

/** `verb noun trigger about` of each message, in order. */
function sent(flow: Flow, before: Placed | undefined, after: Placed, making = MAKING) {
  return (flow.next ?? []).flatMap(({ verb, noun, objects }) =>
    objects(before, after, making).map((it) => {
      const about = member(it, 'about')
      const of = about === undefined ? [] : [member(about, 'objectType'), member(about, 'mRID')]
      return [verb, noun, member(it, 'trigger'), ...of].filter((one) => one !== undefined).join(' ')
    }),
  )
}

const NOTICE = 'created CustomerNotifications'

test('WR-05: each work that is scheduled or closed is one notice about it', () => {
  const before = placed('approved', work('a', 'approved'), work('b', 'approved'))
  const scheduled = placed('scheduled', work('a', 'scheduled'), work('b', 'scheduled'))
  const half = placed('scheduled', work('a', 'closed'), work('b', 'scheduled'))
  const whole = placed('closed', work('a', 'closed'), work('b', 'closed'))
  const [a, b] = ['Work a', 'Work b']
  for (const flow of [workRequest, serviceOrder]) {
    assert.equal(sent(flow, before, scheduled), [
      `${NOTICE} workScheduled ${a}`,
      `${NOTICE} workScheduled ${b}`,
    ])
    assert.equal(sent(flow, scheduled, half), [`${NOTICE} workCompleted ${a}`])
    assert.equal(sent(flow, half, whole), [`${NOTICE} workCompleted ${b}`])
    assert.equal(sent(flow, whole, whole), [])
    assert.equal(sent(flow, undefined, whole).length, 2, 'seen for the first time')
  }
})

test('WR-05: a work without mRID is told of by what it stands in; without a customer nobody is told', () => {
  const closed = placed('closed', { statusKind: 'closed' })
  assert.equal(sent(workRequest, placed('completed', { statusKind: 'completed' }), closed), [
    `${NOTICE} workCompleted WorkRequest r`,
  ])
  const { Names: _none, ...rest } = closed.object
  assert.equal(sent(workRequest, undefined, { state: 'closed', object: rest }), [])
})

test('WR-03: what Engineering approves goes to whoever does the work, once', () => {
  const [waiting, approved] = ['waitingOnApproval', 'approved'].map((it) =>
    placed(it, work('a', it)),
  ) as [Placed, Placed]
  assert.equal(sent(workRequest, waiting, approved), ['create WorkRequests'])
  assert.equal(sent(serviceOrder, waiting, approved), [])
  assert.equal(sent(workRequest, approved, approved), [])
  const lacking = placed('waitingOnMaterial', work('a', 'waitingOnMaterial'))
  assert.equal(sent(workRequest, lacking, approved), [], 'it has it already')
  assert.equal(sent(workRequest, waiting, placed('cancelled', work('a', 'cancelled'))), [])
})

test('WR-02, WR-05: what Engineering rejects is told; what is cancelled, its customer knows', () => {
  const [waiting, approved] = ['waitingOnApproval', 'approved'].map((it) =>
    placed(it, work('a', it), work('b', it)),
  ) as [Placed, Placed]
  const over = placed('cancelled', work('a', 'cancelled'), work('b', 'cancelled'))
  const half = placed('waitingOnApproval', work('a', 'cancelled'), work('b', 'waitingOnApproval'))
  const by = (verb: string) => ({ ...MAKING, verb })
  const [a, b] = ['Work a', 'Work b']
  assert.equal(sent(workRequest, waiting, over, by('changed')), [
    `${NOTICE} rejected ${a}`,
    `${NOTICE} rejected ${b}`,
  ])
  assert.equal(sent(workRequest, waiting, half, by('changed')), [`${NOTICE} rejected ${a}`])
  assert.equal(sent(workRequest, half, over, by('changed')), [`${NOTICE} rejected ${b}`])
  assert.equal(sent(workRequest, waiting, over, by('canceled')), [])
  assert.equal(sent(workRequest, approved, over, by('changed')), [], 'it had been approved')
  assert.equal(sent(workRequest, undefined, over, by('created')), [])
  assert.equal(sent(serviceOrder, waiting, over, by('changed')), [])
})

test('a notice says how its customer is reached: by mail, by telephone, else as the configuration says; else it is not sent', () => {
  const [, notices] = (workRequest as Flow).next?.slice(1) ?? []
  const notice = (organisation: JsonObject | undefined, given = {}) => {
    const found = organisation && { state: 'present', object: { Organisation: organisation } }
    const making = { ...MAKING, given, find: () => found }
    const closed = placed('closed', work('a', 'closed'))
    const [draft = {}] = notices?.objects(undefined, closed, making) ?? []
    const made = notices?.finished?.(draft, closed.object, making) ?? []
    if ('missing' in made) return made.missing
    return [member(made[0], 'contactType'), member(made[0], 'contactValue')]
  }
  const phone1 = { countryCode: '1', areaCode: '555', localNumber: '0100' }
  assert.equal(notice({ electronicAddress: { email1: MAIL }, phone1 }), ['email', MAIL])
  assert.equal(notice({ phone1 }, { contactType: 'portal' }), ['phone', '1 555 0100'])
  for (const known of [{}, undefined]) {
    assert.equal(notice(known, { contactType: 'portal' }), ['portal', 'C-1'])
    assert.match(String(notice(known)), /known of the customer C-1: send CustomerConfig/)
  }
})

test.run()
