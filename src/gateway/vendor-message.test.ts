// What a path of a vendor is for has to be in what comes by it.

import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openFixture } from './gateway.fixture.ts'

const test = suite('vendor: messages')

const gateway = await openFixture()
test.after(() => gateway.close())

const SAMPLE = JSON.parse(
  readFileSync(new URL('../../../samples/oracle-derms/events.json', import.meta.url), 'utf8'),
)
const ask = (path: string, body: unknown) =>
  gateway.ask('POST', `/vendor/oracle-derms/${path}`, { body: JSON.stringify(body) })

test('EV-02: a status without stages is refused, and says what is due; nothing is answered SUCCESS that was not done', async () => {
  const { stages, ...event } = { ...SAMPLE, eventId: 'E-flat' }
  const [stage] = stages
  const own = { ...event, stages: [{ ...stage, stageId: 'S-flat', status: 'SCHEDULED' }] }
  assert.match((await ask('program-event', own)).text, '"ackType":"SUCCESS"')
  const before = (await gateway.events()).length
  const flat = { eventId: 'E-flat', stageId: 'S-flat', status: 'CANCELED' }
  const { text } = await ask('program-event-status', flat)
  assert.match(text, '"ackType":"ERROR"')
  assert.match(text, /5\.8 \/stages: stages is missing/)
  assert.is((await gateway.events()).length, before)
})

test.run()
