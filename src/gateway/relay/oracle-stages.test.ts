// An event of a DERMS in Oracle's words of which the customer programme side takes one stage and refuses another.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bodyOf, inJson, openOracle, sample } from '../oracle.fixture.ts'
import type { Leg } from '../ledger.ts'
import { wayTo } from '../whole.fixture.ts'

const test = suite('gateway: oracle stages')

const { whole, told } = await openOracle({}, [
  {
    ...wayTo('cpm', { noun: ['ProgramEvents'], from: ['derms'] }),
    order: { by: 'key', path: 'ProgramEvent.mRID' },
    retry: { delaysMs: Array.from({ length: 3 }, () => 20_000) },
  },
])
test.after(() => whole.close())

const REASON = 'Overlapping programme event'

/** The customer programme side takes all but what has this in it. */
function refusing(text: string): void {
  whole.answer((_party, leg) =>
    leg.request.includes(text)
      ? inJson({ problemDetailDocument: { httpStatus: 400, title: REASON } }, 400)
      : inJson(JSON.parse(leg.request)),
  )
}

/** An event of so many stages. */
function create(eventId: string, ...stages: readonly string[]) {
  const { stages: all, ...about } = sample('oracle-derms/events')
  const made = stages.map((it) => ({ ...all[0], stageId: `${eventId}-${it}` }))
  return told('derms', 'oracle-derms/program-event', { ...about, eventId, stages: made })
}

/** What the customer programme side has been sent of an event, as it keeps it. */
function sentOf(eventId: string): readonly string[] {
  const ofIt = whole.sent.filter(({ request }) => request.includes(`"${eventId}`))
  return ofIt.map((leg) => {
    const { action = 'create', externalIdentifier, eventExternalIdentifier } = bodyOf(leg)
    return `${action} ${externalIdentifier ?? eventExternalIdentifier}`
  })
}

async function kept(eventId: string): Promise<string> {
  const { objects } = await whole.store.page('ProgramEvents', { limit: 9 })
  return objects.find(({ body }) => body.includes(`"${eventId}"`))?.body ?? ''
}

async function parked(eventId: string): Promise<readonly Leg['reason'][]> {
  const { legs } = await whole.store.legs({ key: eventId, state: ['PARKED'], limit: 9 })
  return legs.map(({ reason }) => reason)
}

test('G-AC21: of an event that is refused in part its sender hears which stage is refused, and why', async () => {
  refusing('"S-2"')
  const { text, json } = await create('S', '1', '2')
  const [response] = json.MsgAck.responses.response
  assert.equal([response.id, response.responseCode], ['S', 'ERROR'], text)
  assert.ok(response.value.includes(`S-2: ${REASON}. `), text)
  assert.not.match((await parked('S')).join(), /gateway has failed/)
})

test('G-AC21, G-AC22: stages that were taken are taken back, all or none of an event counts, and it can be sent again', async () => {
  refusing('"T-2"')
  const { text } = await create('T', '1', '2', '3')
  await whole.quiet()
  const first = ['create T-1', 'create T-2', 'create T-3', 'F1CN T-1', 'F1CN T-3']
  assert.equal(sentOf('T'), first)
  assert.match(text, /T-1 and T-3 had been taken; cpm is asked to cancel what it has taken/)
  assert.is(await kept('T'), '')
  const cancelled = await told('derms', 'oracle-derms/event-cancel', { eventId: 'T' })
  assert.match(cancelled.text, /STG-NOTSCHED/)
  refusing('nothing')
  assert.match((await create('T', '1', '2', '3')).text, /"SUCCESS"/)
  assert.equal(sentOf('T').slice(first.length), ['create T-1', 'create T-2', 'create T-3'])
  assert.match((await create('T', '1', '2', '3')).text, /"SUCCESS"/)
  assert.is(sentOf('T').length, first.length + 3, 'the same again makes nothing')
  assert.match(await kept('T'), /"T-3"/)
})

test('G-AC21: a stage that is sent on by hand when the others were taken back is taken back, too', async () => {
  refusing('"U-2"')
  await create('U', '1', '2')
  await whole.quiet()
  refusing('nothing')
  const { legs } = await whole.store.legs({ key: 'U', state: ['PARKED'], limit: 9 })
  for (const { id } of legs) await whole.ok('cs', 'POST', `/api/v1/messages/${id}:redrive`)
  await whole.quiet()
  const all = ['create U-1', 'create U-2', 'F1CN U-1', 'create U-2', 'F1CN U-2']
  assert.equal(sentOf('U'), all)
  assert.is(await kept('U'), '')
})

test('G-AC22: what has been sent again as a whole is not taken back for the sake of an earlier try', async () => {
  refusing('"W-2"')
  await create('W', '1', '2')
  await whole.quiet()
  refusing('nothing')
  assert.match((await create('W', '1', '2')).text, /"SUCCESS"/)
  const { legs } = await whole.store.legs({ key: 'W', state: ['PARKED'], limit: 9 })
  for (const { id } of legs) await whole.ok('cs', 'POST', `/api/v1/messages/${id}:redrive`)
  await whole.quiet()
  assert.equal(sentOf('W').slice(2), ['F1CN W-1', 'create W-1', 'create W-2', 'create W-2'])
  assert.match(await kept('W'), /"SCHEDULED"/)
})

test('G-AC21: a stage that is not answered for at all takes the others with it in the end', async () => {
  whole.answer((_party, leg) =>
    leg.request.includes('"V-2"') ? inJson({}, 503) : inJson(JSON.parse(leg.request)),
  )
  void create('V', '1', '2')
  await whole.until(async () => sentOf('V').includes('F1CN V-1'))
  assert.is(sentOf('V').filter((it) => it === 'create V-1').length, 1)
  assert.is((await parked('V')).length, 1)
  assert.is(await kept('V'), '')
})

test('of several events only the one that is refused in part is taken back', async () => {
  refusing('"X-2"')
  const [x, y] = await Promise.all([create('X', '1', '2'), create('Y', '1', '2')])
  assert.match(x?.text ?? '', /"ERROR"/)
  assert.match(y?.text ?? '', /"SUCCESS"/)
  await whole.quiet()
  assert.equal(sentOf('Y'), ['create Y-1', 'create Y-2'])
  assert.is(await kept('X'), '')
  assert.match(await kept('Y'), /"SCHEDULED"/)
})

test.run()
