// Cancellations of a DERMS in Oracle's words, on their way to a customer programme side that speaks them too.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inJson, openOracle, sample } from '../oracle.fixture.ts'
import type { Leg } from '../ledger.ts'
import { wayTo } from '../whole.fixture.ts'

const test = suite('gateway: oracle cancellations')

const { whole, told } = await openOracle({}, [
  {
    ...wayTo('cpm', { noun: ['ProgramEvents'], from: ['derms'] }),
    order: { by: 'key', path: 'ProgramEvent.mRID' },
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

test.run()
