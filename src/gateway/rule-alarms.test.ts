// The alarm of a rule that was broken: it ends when the object comes as it should, or with the message that has broken it.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { application, subscription } from '../flows/acceptance/enrollment.fixture.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { openWhole } from './whole.fixture.ts'

const test = suite('gateway: alarms of rules')

const whole = await openWhole()
test.after(() => whole.close())

const post = (noun: string, object: JsonObject) =>
  whole.ask('cpm', 'POST', `/api/v1/${noun}`, {
    body: JSON.stringify(object),
    headers: { 'content-type': 'application/json' },
  })

test('K1: the alarm of a subscription that never comes is laid aside with the message that has raised it', async () => {
  const enrollment = application()
  const its = subscription(enrollment)
  await post('program-enrollments', { ProgramEnrollment: [enrollment] })
  assert.is((await post('program-subscriptions', { ProgramSubscription: [its] })).status, 409)
  const alarms = async () => (await whole.ask('cpm', 'GET', '/api/v1/alarms')).text
  assert.match(await alarms(), `ProgramSubscriptions ${its.mRID} breaks the rule SUB-SM`)
  const [, path = ''] = /POST (\/api\/v1\/messages\/[^"\s]+:close)/.exec(await alarms()) ?? []
  const done = await whole.ask('cpm', 'POST', path)
  assert.is(done.status, 200, done.text)
  assert.not.match(await alarms(), its.mRID)
  assert.is((await whole.ask('cpm', 'POST', path)).status, 409, 'nothing is left of it')
})

test.run()
