// The cancellation of an event of a DERMS, in its own words: of the whole event, or of the stages that it lists.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openFixture } from './gateway.fixture.ts'
import { sample } from './oracle.fixture.ts'

const test = suite('vendor: cancellations')

const gateway = await openFixture()
test.after(() => gateway.close())

type Any = any

const ask = (path: string, body: unknown) =>
  gateway.ask('POST', `/vendor${path}`, { body: JSON.stringify(body) })

const EVENT = '/oracle-derms/program-event'

const stagesOf = async (eventId: string) => {
  const { objects } = await gateway.store.page('ProgramEvents', { limit: 99 })
  const { body = '{}' } = objects.find((it) => it.body.includes(`"${eventId}"`)) ?? {}
  return (JSON.parse(body).stages as Any[]).map((it) => it.status.value)
}

test('of an event that lists stages only these are cancelled, and all where it lists none', async () => {
  const { stages, ...about } = sample('oracle-derms/events')
  const all = ['1', '2'].map((id, at) => ({
    ...{ ...stages[at], status: 'SCHEDULED', stageId: `E-7-${id}` },
    ...{ startDateTime: `2099-07-14T2${at}:00:00Z`, endDateTime: `2099-07-14T2${at + 1}:00:00Z` },
  }))
  const made = await ask(EVENT, { ...about, eventId: 'E-7', stages: all })
  assert.match(made.text, /"SUCCESS"/)
  const some = await ask('/oracle-derms/event-cancel', {
    eventId: 'E-7',
    stages: [{ stageId: 'E-7-2', message: 'not needed' }],
  })
  assert.match(some.text, /"SUCCESS"/)
  assert.equal(await stagesOf('E-7'), ['SCHEDULED', 'CANCELED'])
  const whole = await ask('/oracle-derms/event-cancel', { eventId: 'E-7' })
  assert.match(whole.text, /"SUCCESS"/)
  assert.equal(await stagesOf('E-7'), ['CANCELED', 'CANCELED'])
})

test.run()
