// Cancellations of a DERMS in Oracle's words, on their way to a customer programme side that speaks them too.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inJson, openOracle, sample } from '../oracle.fixture.ts'
import type { Leg, LegFacts } from '../ledger.ts'
import type { PeerAnswer } from '../peer.ts'
import { wayTo } from '../whole.fixture.ts'

const test = suite('gateway: oracle cancellations')

const { whole, told } = await openOracle({}, [
  {
    ...wayTo('cpm', { noun: ['ProgramEvents'], from: ['derms'] }),
    order: { by: 'key', path: 'ProgramEvent.mRID' },
    retry: { delaysMs: Array.from({ length: 20 }, () => 20_000) },
  },
])
test.after(() => whole.close())

const STAGES = ['A', 'B'] as const

/** An event of two stages, and what is asked to cancel some of them. */
function eventOf(eventId: string) {
  const { stages, ...about } = sample('oracle-derms/events')
  const all = STAGES.map((it) => ({ ...stages[0], stageId: `${eventId}-${it}` }))
  return {
    made: { ...about, eventId, stages: all },
    cancelled: (...some: readonly (typeof STAGES)[number][]) => ({
      ...{ eventId, stages: some.map((it) => ({ stageId: `${eventId}-${it}` })) },
    }),
  }
}

async function kept(eventId: string): Promise<string> {
  const { objects } = await whole.store.page('ProgramEvents', { limit: 9 })
  return objects.find(({ body }) => body.includes(`"${eventId}"`))?.body ?? ''
}

const said = (leg: Leg) => `${leg.target.split('/').at(-1)} ${leg.request}`

test('EV-03: of an event that is being made, the stages that are named are cancelled, and no other', async () => {
  let isDown = true
  whole.answer((_party, leg) =>
    isDown
      ? { kind: 'unreachable', reason: 'down', sent: false, permanent: false }
      : inJson(JSON.parse(leg.request)),
  )
  const { made, cancelled } = eventOf('E-1')
  const making = told('derms', 'oracle-derms/program-event', made)
  await whole.tried(1)
  const held = await told('derms', 'oracle-derms/event-cancel', cancelled('B'))
  assert.match(held.text, /6\.2.*EVT-MAKING/)
  isDown = false
  await whole.until(async () => (await kept('E-1')).includes('"CANCELED"'))
  assert.match((await making).text, /"SUCCESS"/)
  const event = await kept('E-1')
  const states = JSON.parse(event).stages.map((it: any) => it.status.value)
  assert.equal(states, ['SCHEDULED', 'CANCELED'], event)
  const last = whole.sent.map(said).findLast((it) => it.includes('E-1')) ?? ''
  assert.match(last, /^lifecycle .*"E-1-B".*"F1CN"/)
  assert.not.ok(whole.sent.some(({ target }) => target.includes('preEventCancellation')))
})

test('what is lost of an event that goes stage by stage is told once', async () => {
  const { made } = eventOf('E-3')
  const { text } = await told('derms', 'oracle-derms/program-event', made)
  const paths = text.match(/UNMAPPED: [^ ]+/g) ?? []
  assert.ok(paths.length > 0, text)
  assert.is(new Set(paths).size, paths.length, text)
})

test('EV-03: stages of an event that is not known here are not taken for all that it has', async () => {
  const before = whole.sent.length
  const { cancelled } = eventOf('E-2')
  const { text } = await told('derms', 'oracle-derms/event-cancel', cancelled('A', 'B'))
  assert.match(text, /"ERROR".*STG-NOTSCHED/)
  assert.is(whole.sent.length, before)
})

/** An event of which a stage is not answered for in time, and two cancellations: before its sender is told so, and after. */
async function heldBehind(eventId: string, stage: (typeof STAGES)[number]) {
  let later: ((leg: Leg) => PeerAnswer) | undefined
  const isLate = ({ request }: Leg) =>
    later === undefined && request.includes(`"${eventId}-${stage}"`)
  whole.answer((_party, leg) =>
    isLate(leg) ? inJson({}, 503) : (later?.(leg) ?? inJson(JSON.parse(leg.request))),
  )
  const { made } = eventOf(eventId)
  const before = whole.sent.length
  let answered = ''
  void told('derms', 'oracle-derms/program-event', made).then(({ text }) => (answered = text))
  await whole.tried(before + (stage === 'A' ? 1 : 2))
  const cancel = () => told('derms', 'oracle-derms/event-cancel', { eventId })
  const early = await cancel()
  await whole.until(async () => answered !== '')
  assert.match(answered, /4\.1|5\.2/)
  const late = await cancel()
  for (const { text } of [early, late]) assert.match(text, /6\.2.*EVT-MAKING/)
  return { goesOn: (how: (leg: Leg) => PeerAnswer) => void (later = how) }
}

async function cancellations(eventId: string): Promise<readonly LegFacts[]> {
  const asked = { direction: 'in', verb: ['cancel'], key: eventId, limit: 9 } as const
  return (await whole.store.legs(asked)).legs
}

const statesOf = async (eventId: string) =>
  (await cancellations(eventId)).map(({ state }) => state).toSorted()

test('G-AC28: a cancellation waits for the event itself, however long ago its sender has been told that it is late', async () => {
  const { goesOn } = await heldBehind('E-4', 'B')
  await whole.until(async () => whole.sent.filter((it) => it.request.includes('E-4-B')).length > 3)
  assert.equal(await statesOf('E-4'), ['HELD', 'HELD'])
  goesOn((leg) => inJson(JSON.parse(leg.request)))
  await whole.until(async () => (await kept('E-4')).includes('"CANCELED"'))
  await whole.quiet()
  const last = whole.sent.map(said).findLast((it) => it.includes('E-4')) ?? ''
  assert.match(last, /^preEventCancellation .*"E-4"/)
})

test('G-AC28: a cancellation is refused when the event that it waited for is not taken in the end', async () => {
  const { goesOn } = await heldBehind('E-5', 'A')
  goesOn(() => inJson({ problemDetailDocument: { httpStatus: 400, title: 'Too many' } }, 400))
  await whole.until(async () => !(await statesOf('E-5')).includes('HELD'))
  const over = (await cancellations('E-5')).filter(({ state }) => state === 'CLOSED')
  assert.is(over.length, 2)
  const replies = await whole.store.legs({ direction: 'out', verb: ['reply'], limit: 99 })
  for (const { id, reason } of over) {
    assert.match(reason, /refused: The event has never been scheduled/)
    const [word] = replies.legs.filter(({ answers }) => answers === id)
    assert.match((await whole.store.leg(word?.id ?? ''))?.request ?? '', /STG-NOTSCHED/)
  }
  assert.is(await kept('E-5'), '')
})

test('EV-02: how far an event or a stage is that nobody knows here is refused at its id', async () => {
  const { made } = eventOf('E-6')
  whole.answer((_party, leg) => inJson(JSON.parse(leg.request)))
  await told('derms', 'oracle-derms/program-event', made)
  const status = async (eventId: string, stageId: string) => {
    const stages = [{ stageId, status: 'IN PROGRESS' }]
    return (await told('derms', 'oracle-derms/program-event-status', { eventId, stages })).text
  }
  assert.match(
    await status('E-none', 'E-none-A'),
    /99\.1 \/eventId: Nothing with the eventId .*E-none/,
  )
  assert.match(
    await status('E-6', 'E-6-C'),
    /99\.1 \/stages\/0\/stageId: Nothing with the stageId .*E-6-C/,
  )
})

test.run()
