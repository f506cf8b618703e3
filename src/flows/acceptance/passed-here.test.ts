// What a gateway knows of what only passes it on its way to others: as long as nothing has passed nobody can tell what there is;
// from then on what has not passed is not there.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LOCAL } from '../../gateway/parties/party.ts'
import { openWhole, partyOf, replyOf, wayTo } from '../../gateway/whole.fixture.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { application, subscription } from './enrollment.fixture.ts'
import { event, freshDevice, reservation } from './events.fixture.ts'

const test = suite('what has passed here')

const whole = await openWhole({
  ...LOCAL,
  parties: ['cpm', 'derms', 'lec'].map(partyOf),
  ways: [
    wayTo('derms', { noun: ['ProgramSubscriptions', 'Aggregators'], from: ['cpm'] }),
    {
      ...wayTo('cpm', { noun: ['ProgramEvents', 'EventParticipations', 'ProgramEnrollments'] }),
      id: 'programmes',
    },
  ],
})
test.after(() => whole.close())
whole.answer((_party, leg) => replyOf(leg))

async function posted(party: string, path: string, noun: string, object: JsonObject) {
  const before = whole.sent.length
  const body = JSON.stringify({ [noun]: [object] })
  const headers = { 'content-type': 'application/json' }
  const said = await whole.ask(party, 'POST', `/api/v1/${path}`, { headers, body })
  return { status: said.status, text: said.text, isSent: whole.sent.length > before }
}

const taken = async (...it: Parameters<typeof posted>) => {
  const { status, text, isSent } = await posted(...it)
  assert.ok(status < 300 && isSent, text)
}

const refused = async (rule: string, ...it: Parameters<typeof posted>) => {
  const { status, text, isSent } = await posted(...it)
  assert.ok(status >= 400, text)
  assert.match(text, `"rule":"${rule}"`)
  assert.not.ok(isSent, 'it goes to nobody')
}

test('G-AC27, RSV-STAGE: a device is reserved for a stage that has passed here, where events pass here', async () => {
  const [its, other] = [event([[20, 21]]), event([[20, 21]])]
  const reserve = (one: typeof its) => reservation(one, freshDevice())
  await taken('derms', 'event-participations', 'EventParticipation', reserve(other))
  await taken('derms', 'program-events', 'ProgramEvent', its)
  await taken('derms', 'event-participations', 'EventParticipation', reserve(its))
  await refused(
    'RSV-STAGE',
    'derms',
    'event-participations',
    'EventParticipation',
    reserve(event([[20, 21]])),
  )
})

test('G-AC27, RSV-INACT: a device of which no subscription has passed here is not reserved, where subscriptions pass here', async () => {
  const its = event([[20, 21]])
  await taken('derms', 'program-events', 'ProgramEvent', its)
  const inactive = subscription(application(), { status: { value: 'INACTIVE' } })
  await taken('cpm', 'program-subscriptions', 'ProgramSubscription', inactive)
  const one = reservation(its, freshDevice())
  await refused('RSV-INACT', 'derms', 'event-participations', 'EventParticipation', one)
})

test('OPT-STATE, OO-01: who wants to opt out of what was never reserved is told so before anybody is asked', async () => {
  const its = event([[20, 21]])
  await taken('derms', 'program-events', 'ProgramEvent', its)
  const before = whole.sent.length
  const taking = reservation(its, freshDevice())
  const body = JSON.stringify({ ...taking, preemptiveOptOut: true })
  const headers = { 'content-type': 'application/json' }
  const path = `/api/v1/event-participations/${taking.mRID}`
  const said = await whole.ask('derms', 'PATCH', path, { headers, body })
  assert.is(said.status, 409, said.text)
  assert.match(said.text, /OPT-STATE/)
  assert.is(whole.sent.length, before)
})

test('G-AC34, AGG-UNKNOWN: nobody enrolls through an aggregator that has not passed here, where aggregators pass here', async () => {
  await taken('lec', 'program-enrollments', 'ProgramEnrollment', application())
  const other = { mRID: 'agg-1', headEndSystem: 'another' }
  await taken('cpm', 'aggregators', 'Aggregator', other)
  await refused('AGG-UNKNOWN', 'lec', 'program-enrollments', 'ProgramEnrollment', application())
})

test.run()
