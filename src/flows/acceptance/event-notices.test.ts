// EV-05: a customer is told once that a device is reserved, and once that the event is cancelled; the participation says since
// when the customer knows.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LOCAL } from '../../gateway/parties/party.ts'
import { openWhole } from '../../gateway/whole.fixture.ts'
import { readJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { fresh } from './connection.fixture.ts'
import { application, subscription } from './enrollment.fixture.ts'
import { PROGRAM, event, freshDevice, reservation } from './events.fixture.ts'

const test = suite('notices of events')

const whole = await openWhole({ ...LOCAL, orchestrated: ['event-participation'] })
test.after(() => whole.close())

async function told(noun: string, element: string, object: JsonObject): Promise<void> {
  const MessageID = fresh()
  const header = { Verb: 'created', Noun: noun, MessageID, CorrelationID: MessageID }
  const message = { message: 'EventMessage', header, payload: { [noun]: { [element]: [object] } } }
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify(message)
  const said = await whole.ask('cpm', 'POST', '/cim', { body, headers })
  assert.match(said.text, /"Result": ?"OK"/, said.text)
}

async function all(noun: string): Promise<readonly Json[]> {
  const { objects } = await whole.store.page(noun, { limit: 100 })
  return objects.map(({ body }) => {
    const read = readJson(body)
    return 'value' in read ? read.value : null
  })
}

test('EV-05/AC1: a customer is told once that a device is reserved, and once that its event is cancelled', async () => {
  const [customer, of] = [fresh(), freshDevice()]
  const Organisation = { electronicAddress: { email1: 'lee@example.org' } }
  const Customer = [{ mRID: customer, Organisation }]
  await whole.ok('cis', 'POST', '/api/v1/customers', { Customer })
  const about = { Customer: { mRID: customer }, DemandResponseProgram: PROGRAM }
  const done = application({ ...about, EndDevices: [of], status: { value: 'COMPLETED' } })
  await told('ProgramEnrollments', 'ProgramEnrollment', done)
  const registered = { ...of, registrationStatus: { value: 'Registered' } }
  const own = subscription(done, { EndDevices: [registered], syncState: 'synced' })
  await told('ProgramSubscriptions', 'ProgramSubscription', own)
  const its = event([[20, 21]])
  await whole.ok('derms', 'POST', '/api/v1/program-events', { ProgramEvent: [its] })
  const taking = reservation(its, of)
  const body = { EventParticipation: [taking] }
  await whole.ok('derms', 'POST', '/api/v1/event-participations', body)
  await whole.quiet()
  const [notice, ...more] = await all('CustomerNotifications')
  assert.equal(more, [])
  assert.match(JSON.stringify(notice), '"trigger":"deviceReserved"')
  assert.ok(JSON.stringify(notice).includes(taking.mRID) && JSON.stringify(notice).includes('lee@'))
  const [participation] = await all('EventParticipations')
  assert.match(JSON.stringify(participation), /"notifiedDateTime":"2026-07-14T08/)
  await whole.ok('derms', 'POST', `/api/v1/program-events/${its.mRID}:cancel`)
  await whole.quiet()
  const triggers = (await all('CustomerNotifications')).map((it) => (it as JsonObject)['trigger'])
  assert.equal([...triggers].sort(), ['deviceReserved', 'eventCancelled'])
})

test.run()
