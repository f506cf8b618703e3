// Events on their way: told to a party that has an event for each stage, in order however often it is tried, held where they
// come too early, worth nothing where they come too late, and followed by the clock.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { MOST_TURNS } from '../../gateway/delivery/anew.ts'
import { LOCAL } from '../../gateway/parties/party.ts'
import type { Way } from '../../gateway/parties/party.ts'
import { openWhole, partyOf, replyOf, wayTo } from '../../gateway/whole.fixture.ts'
import type { Whole } from '../../gateway/whole.fixture.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { USUAL_QUANTITIES } from '../quantities.ts'
import { fresh } from './connection.fixture.ts'
import type { Identified } from './connection.fixture.ts'
import { at, event, freshDevice, reservation, stageAs, stagesIn } from './events.fixture.ts'

const test = suite('events on their way')

const PROFILE = { operationSets: true, collections: true }

/** Keeps the order of each event. */
const inOrder = (way: Way): Way => ({ ...way, order: { by: 'key', path: 'ProgramEvent.mRID' } })

/** A DERMS that plans, a CPM that has an event for each stage, and the devices kept here. */
const opened = () =>
  openWhole({
    ...LOCAL,
    parties: [
      { ...partyOf('cpm'), profile: { ...PROFILE, itemwise: ['ProgramEvents'] } },
      partyOf('derms'),
    ],
    ways: [
      inOrder(wayTo('cpm', { noun: ['ProgramEvents'], from: ['derms'] })),
      {
        ...wayTo('derms', { noun: ['EventParticipations'], from: ['cpm'] }),
        priority: 50,
        retry: { delaysMs: Array.from({ length: 20 }, () => 30_000) },
      },
      {
        ...wayTo('derms', { noun: ['DeviceUnavailabilities'], from: ['cpm'] }),
        retry: { delaysMs: Array.from({ length: 20 }, () => 30_000) },
      },
      wayTo('local', {}),
    ],
  })

const whole = await opened()
// Days would be thousands of minutes in which the gateway looks about.
const quantities = { ...USUAL_QUANTITIES, outcomeWithin: 0.02 }
const here = await openWhole({ ...LOCAL, quantities })
const others = [await opened(), await opened()] as const
test.after(async () => {
  await Promise.all([whole, here, ...others].map((it) => it.close()))
})

const step = (own: Whole, { mRID }: Identified, { stages = [] }: JsonObject) =>
  own.ask('derms', 'PATCH', `/api/v1/program-events/${mRID}`, {
    body: JSON.stringify({ stages }),
    headers: { 'content-type': 'application/json' },
  })

async function stateOf(own: Whole, noun: string, mRID: string): Promise<string | undefined> {
  return (await own.store.objects(noun, [mRID], []))[0]?.state
}

async function planned(own: Whole, its: Identified): Promise<void> {
  await own.ok('derms', 'POST', '/api/v1/program-events', { ProgramEvent: [its] })
}

/** So many minutes from now, as an hour of 14 July. */
function minutesOn(minutes: number): number {
  return 8 + here.time.passed() / 3_600_000 + minutes / 60
}

/** Sets the clock on to an hour of 14 July. */
async function until(own: Whole, hour: number): Promise<void> {
  own.time.timers.after(Date.parse(at(hour)) - Date.parse(own.time.clock()), () => undefined)
  await own.until(async () => own.time.clock() >= at(hour))
}

const idsSent = (own: Whole, verb: string, its: Identified) =>
  own.sent
    .filter((leg) => leg.party === 'cpm' && leg.verb === verb)
    .map(({ request }) => stagesIn(its).findIndex(({ mRID }) => request.includes(mRID)))

test('G-AC21, G-AC22: who has an event for each stage gets each under its own id, and all or none of it counts', async () => {
  const its = event([
    [20, 21],
    [21, 22],
    [22, 23],
  ])
  whole.answer((_party, leg) => replyOf(leg))
  await planned(whole, its)
  assert.equal(idsSent(whole, 'create', its), [0, 1, 2])
  for (const leg of whole.sent) assert.not.match(leg.request, its.mRID)
  assert.is(await stateOf(whole, 'ProgramEvents', its.mRID), 'SCHEDULED')
  const last = stagesIn(its)[2]?.mRID ?? ''
  const refusal = `<Error><code>6.1</code><level>FATAL</level><reason>No.</reason></Error>`
  whole.answer((_party, leg) => (leg.request.includes(last) ? replyOf(leg, refusal) : replyOf(leg)))
  const half = await whole.ask('derms', 'POST', `/api/v1/program-events/${its.mRID}:cancel`)
  assert.equal(idsSent(whole, 'cancel', its), [0, 1, 2])
  assert.match(half.text, /"Result":"PARTIAL".*"code":"6\.1"/)
  assert.is(await stateOf(whole, 'ProgramEvents', its.mRID), 'SCHEDULED', 'one stage still stands')
  whole.answer((_party, leg) => replyOf(leg))
  await whole.ok('derms', 'POST', `/api/v1/program-events/${its.mRID}:cancel`)
  assert.is(await stateOf(whole, 'ProgramEvents', its.mRID), 'CANCELED')
})

test('G-AC24, G-AC28: a cancellation waits behind what was sent before of its event, however often that is tried', async () => {
  const its = event([
    [20, 21],
    [21, 22],
  ])
  const before = whole.sent.length
  let isDown = true
  whole.answer((_party, leg) =>
    isDown ? { kind: 'unreachable', reason: 'down', sent: false, permanent: false } : replyOf(leg),
  )
  const asks = { headers: { 'content-type': 'application/json', prefer: 'respond-async' } }
  const body = JSON.stringify({ ProgramEvent: [its] })
  await whole.ask('derms', 'POST', '/api/v1/program-events', { ...asks, body })
  await whole.tried(before + 1)
  const { mRID } = its
  const held = await whole.ask('derms', 'POST', `/api/v1/program-events/${mRID}:cancel`, asks)
  assert.match(held.text, /"6\.2".*is being made.*EVT-MAKING/)
  isDown = false
  await whole.until(async () => (await stateOf(whole, 'ProgramEvents', mRID)) === 'CANCELED')
  const order = whole.sent
    .slice(before)
    .filter(({ request }) => stagesIn(its).some((it) => request.includes(it.mRID)))
    .map(({ verb }) => verb)
  assert.ok(order.filter((it) => it === 'create').length > 2, 'it was tried again')
  assert.equal(order.slice(order.lastIndexOf('create') + 1), ['cancel', 'cancel'], order.join())
})

test('G-AC28: a cancellation of what is not taken after all is refused, and held no longer', async () => {
  const its = event([[20, 21]])
  const { mRID } = its
  let answer: () => void = () => undefined
  const isAsked = new Promise<void>((done) => (answer = done))
  const refusal = '<Error><code>6.1</code><level>FATAL</level><reason>No.</reason></Error>'
  whole.answer(async (_party, leg) => {
    await isAsked
    return replyOf(leg, refusal)
  })
  const before = whole.sent.length
  const made = whole.ask('derms', 'POST', '/api/v1/program-events', {
    body: JSON.stringify({ ProgramEvent: [its] }),
    headers: { 'content-type': 'application/json' },
  })
  await whole.tried(before + 1)
  const held = await whole.ask('derms', 'POST', `/api/v1/program-events/${mRID}:cancel`)
  assert.match(held.text, /EVT-MAKING/)
  answer()
  assert.is((await made).status, 409)
  const legs = async (state: 'HELD' | 'CLOSED') =>
    (
      await whole.store.legs({
        direction: 'in',
        verb: ['cancel'],
        key: mRID,
        state: [state],
        limit: 9,
      })
    ).legs
  await whole.until(async () => (await legs('HELD')).length === 0)
  const [closed] = await legs('CLOSED')
  assert.match(closed?.reason ?? '', /refused: The event has never been scheduled/)
  assert.equal(
    whole.sent.slice(before).map(({ verb }) => verb),
    ['create'],
    'nothing to cancel',
  )
  const { legs: replies } = await whole.store.legs({ direction: 'out', verb: ['reply'], limit: 99 })
  const [word] = replies.filter(({ answers }) => answers === closed?.id)
  const said = (await whole.store.leg(word?.id ?? ''))?.request ?? ''
  assert.match(said, /"Result":"FAILED".*STG-NOTSCHED/, 'its sender is told in the end')
})

test('EV-02/AC3: what is completed before it has begun waits for that, and is refused when it does not come', async () => {
  const [its, other] = [event([[8, 8.01]]), event([[8, 8.01]])]
  await planned(here, its)
  await planned(here, other)
  await until(here, 8.01)
  const completing = step(here, its, stageAs(its, 0, 'COMPLETED'))
  await new Promise((done) => setTimeout(done, 20))
  // What becomes of other events meanwhile takes nothing of the time that it is held for.
  for (let n = 0; n < MOST_TURNS + 5; n += 1) await planned(here, event([[9, 9.01]]))
  assert.is((await step(here, its, stageAs(its, 0, 'IN_PROGRESS'))).status, 200)
  assert.is((await completing).status, 200)
  assert.is(await stateOf(here, 'ProgramEvents', its.mRID), 'COMPLETED')
  let said: Awaited<ReturnType<typeof step>> | undefined
  const since = here.time.passed()
  void step(here, other, stageAs(other, 0, 'COMPLETED')).then((it) => (said = it))
  await here.until(async () => said !== undefined)
  assert.is(said?.status, 409)
  assert.match(said?.text ?? '', /STG-ORDER/)
  assert.ok(here.time.passed() - since >= 10_000, 'after the time that it is held for')
  assert.is(await stateOf(here, 'ProgramEvents', other.mRID), 'SCHEDULED')
})

test('EV-04/AC4, G-AC29: a device of which no outcome has come in time is missing, and a later one closes it', async () => {
  const [from, to] = [minutesOn(1), minutesOn(2)]
  const its = event([[from, to]])
  await planned(here, its)
  const [told, missed] = [reservation(its, freshDevice()), reservation(its, freshDevice())]
  await here.ok('derms', 'POST', '/api/v1/event-participations', {
    EventParticipation: [told, missed],
  })
  await until(here, from)
  assert.is((await step(here, its, stageAs(its, 0, 'IN_PROGRESS'))).status, 200)
  await until(here, to)
  assert.is((await step(here, its, stageAs(its, 0, 'COMPLETED'))).status, 200)
  const outcome = { outcome: 'success', outcomeInterval: { start: at(from), end: at(to) } }
  const path = ({ mRID }: Identified) => `/api/v1/event-participations/${mRID}`
  await here.ok('derms', 'PATCH', path(told), outcome)
  const states = () =>
    Promise.all([told, missed].map(({ mRID }) => stateOf(here, 'EventParticipations', mRID)))
  assert.equal(await states(), ['CLOSED', 'CALLED'])
  await here.until(async () => (await states())[1] === 'MISSING')
  assert.ok(here.time.clock() >= at(to + quantities.outcomeWithin), 'in its time')
  await here.ok('derms', 'PATCH', path(missed), outcome)
  assert.equal(await states(), ['CLOSED', 'CLOSED'])
})

test('UN-01: a time without devices begins and ends by the clock', async () => {
  const [from, to] = [minutesOn(1), minutesOn(2)]
  const period = { start: at(from), end: at(to) }
  const its = { mRID: fresh(), reason: 'away', EndDevices: [freshDevice()], period }
  await here.ok('cpm', 'POST', '/api/v1/device-unavailabilities', { DeviceUnavailability: [its] })
  const states: (string | undefined)[] = []
  await here.until(async () => {
    const now = await stateOf(here, 'DeviceUnavailabilities', its.mRID)
    if (states.at(-1) !== now) states.push(now)
    return now === 'ended'
  })
  assert.equal(states, ['planned', 'active', 'ended'])
  assert.ok(here.time.clock() >= at(to))
})

test('G-AC31: an opt-out that cannot reach its DERMS before the stage starts is told to be too late, and not sent any more', async () => {
  const [own] = others
  own.answer((party, leg) =>
    party === 'cpm'
      ? replyOf(leg)
      : { kind: 'unreachable', reason: 'down', sent: false, permanent: false },
  )
  const its = event([[8.05, 9]])
  await planned(own, its)
  const taking = reservation(its, freshDevice())
  await own.ok('derms', 'POST', '/api/v1/event-participations', { EventParticipation: [taking] })
  const path = `/api/v1/event-participations/${taking.mRID}:opt-out`
  await own.ask('cpm', 'POST', path, { headers: { prefer: 'respond-async' } })
  const legs = async () => (await own.store.legs({ limit: 20, noun: ['EventParticipations'] })).legs
  await own.until(async () =>
    (await legs()).some((it) => it.state === 'EXPIRED' && it.direction === 'out'),
  )
  const [out] = (await legs()).filter((it) => it.direction === 'out' && it.verb === 'change')
  assert.equal([out?.notAfter, out?.state], [at(8.05), 'EXPIRED'])
  assert.is(await stateOf(own, 'EventParticipations', taking.mRID), 'RESERVED')
  const late = await own.ask('cpm', 'POST', path)
  assert.is(late.status, 409)
  assert.match(late.text, /OPT-LATE.*Too late/)
})

test('G-AC30: a time without devices that has not arrived when it begins is an alarm, and is still sent', async () => {
  const [, own] = others
  let isDown = true
  own.answer((_party, leg) =>
    isDown ? { kind: 'unreachable', reason: 'down', sent: false, permanent: false } : replyOf(leg),
  )
  const period = { start: new Date(Date.parse(at(8)) + 5_000).toISOString(), end: at(11) }
  const its = { mRID: fresh(), reason: 'away', EndDevices: [freshDevice()], period }
  const body = JSON.stringify({ DeviceUnavailability: [its] })
  const headers = { 'content-type': 'application/json', prefer: 'respond-async' }
  await own.ask('cpm', 'POST', '/api/v1/device-unavailabilities', { body, headers })
  const alarms = async () =>
    (await own.ok('cpm', 'GET', '/api/v1/alarms'))['alarms'] as readonly JsonObject[]
  await own.until(async () =>
    (await alarms()).some((it) => it['noun'] === 'DeviceUnavailabilities'),
  )
  const [alarm] = await alarms()
  assert.ok(String(alarm?.['since']) <= period.start, JSON.stringify(alarm))
  isDown = false
  await own.until(
    async () => (await stateOf(own, 'DeviceUnavailabilities', its.mRID)) !== undefined,
  )
  await own.until(async () => (await alarms()).length === 0)
})

test.run()
