// What became of outcomes that are posted in Oracle's words: each answer is about one device in one stage.

import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openFixture } from './gateway.fixture.ts'

const test = suite('vendor: outcomes')

const gateway = await openFixture()
test.after(() => gateway.close())

type Any = any

const PATH = '/vendor/oracle-cpm/rest/apis/cross/service/programEventParticipation/postEventOutcome'
const SAMPLE = new URL('../../../samples/oracle-cpm/outcomes.json', import.meta.url)

test('EV-04: what became of an outcome stands with its device and its stage', async () => {
  const [one] = JSON.parse(readFileSync(SAMPLE, 'utf8')).postOutcomeList
  const postOutcomeList = ['o-1', 'o-2'].map((stage) => ({
    ...one,
    eventExternalIdentifier: stage,
  }))
  const { text } = await gateway.ask('POST', PATH, {
    body: JSON.stringify({ postOutcomeList }),
  })
  const { response } = JSON.parse(text).MsgAck.responses
  assert.equal(
    response.map((it: Any) => [it.id, it.eventExternalIdentifier, it.headEndSystem]),
    ['o-1', 'o-2'].map((stage) => [one.nicId, stage, one.headEndSystem]),
    text,
  )
})

test.run()
