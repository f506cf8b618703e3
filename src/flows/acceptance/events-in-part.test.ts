// An event of which a party that has one for each stage takes some stages, and refuses another.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LOCAL } from '../../gateway/parties/party.ts'
import { openWhole, partyOf, replyOf, wayTo } from '../../gateway/whole.fixture.ts'
import type { Identified } from './connection.fixture.ts'
import { event, stagesIn } from './events.fixture.ts'

const test = suite('events that are taken in part')

const profile = { operationSets: true, collections: true, itemwise: ['ProgramEvents'] }
const whole = await openWhole({
  ...LOCAL,
  parties: [{ ...partyOf('cpm'), profile }, partyOf('derms')],
  ways: [
    {
      ...wayTo('cpm', { noun: ['ProgramEvents'], from: ['derms'] }),
      order: { by: 'key', path: 'ProgramEvent.mRID' },
    },
    wayTo('local', {}),
  ],
})
test.after(() => whole.close())

/** Places of the stages that the party has been sent with a verb. */
const placesSent = (verb: string, its: Identified) =>
  whole.sent
    .filter((leg) => leg.verb === verb)
    .map(({ request }) => stagesIn(its).findIndex(({ mRID }) => request.includes(mRID)))
    .filter((at) => at >= 0)

test('G-AC21: who refuses a stage is asked to cancel the others that it has taken, whichever it has named', async () => {
  for (const isNamed of [true, false]) {
    const its = event([
      [20, 21],
      [21, 22],
      [22, 23],
    ])
    const [, bad] = stagesIn(its)
    const named = isNamed ? `<ID kind="uuid">${bad?.mRID}</ID>` : ''
    const refusal = `<Error><code>6.1</code><level>FATAL</level><reason>No.</reason>${named}</Error>`
    whole.answer((_party, leg) =>
      leg.verb === 'create' && leg.request.includes(bad?.mRID ?? '')
        ? replyOf(leg, refusal)
        : replyOf(leg),
    )
    const { status, text } = await whole.ask('derms', 'POST', '/api/v1/program-events', {
      body: JSON.stringify({ ProgramEvent: [its] }),
      headers: { 'content-type': 'application/json' },
    })
    assert.is(status, 409, text)
    assert.match(text, /All of it counts, or none: [^ ]+ and [^ ]+ had been taken/)
    assert.not.match(text, /taken back already/)
    await whole.quiet()
    const sent = (verb: string) => placesSent(verb, its)
    assert.equal(
      [sent('create'), sent('change')],
      [
        [0, 1, 2],
        [0, 2],
      ],
    )
    assert.is((await whole.store.objects('ProgramEvents', [its.mRID], [])).length, 0)
  }
})

test.run()
