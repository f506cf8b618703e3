// What a party has carried out is in our own record, also where nobody may be told of it yet.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { request, registration } from '../flows/acceptance/connection.fixture.ts'
import { answerOk, auth, openScene } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: carried out')

let scene: Scene

test.before(async () => {
  scene = await openScene(
    (outside) => `
parties:
  cs: {${auth('cs')}}
  eng: {${auth('eng')}, binding: {type: cim-xml, url: "${outside}/eng", timeout: 2s}}
  derms: {${auth('derms')}, binding: {type: cim-xml, url: "${outside}/derms", timeout: 2s}}
routes:
  - {when: {noun: DERRegistrations, verb: create, from: cs}, to: eng, timeout: 5s, order: none}
  - {when: {noun: DERRegistrations, verb: created, from: cs}, to: derms, order: none}
  - {to: local}
`,
  )
  scene.behave(({ body }, response) => answerOk(response, body))
})
test.after(() => scene.close())

const own = request('derInterconnection')
const its = registration(own)
const post = (resource: string, body: unknown) =>
  scene.ask('cs', 'POST', `/api/v1/${resource}`, { body })
const stateOf = async (resource: string, mRID: string) => {
  const { text } = await scene.ask('cs', 'GET', `/api/v1/${resource}/${mRID}`)
  return /"value":"(\w+)"/.exec(text)?.[1] ?? text
}

test('a DER that Engineering has registered is registered here, and its request too', async () => {
  assert.is((await post('service-requests', { ServiceRequest: [own] })).status, 201)
  const made = await post('der-registrations', { DERRegistration: [its] })
  assert.is(made.status, 201, made.text)
  assert.equal(
    scene.heard.map(({ party }) => party),
    ['eng'],
  )
  const { status } = await scene.ask('cs', 'GET', `/api/v1/der-registrations/${its.mRID}`)
  assert.is(status, 200)
  assert.is(await stateOf('service-requests', own.mRID), 'registered')
})

test('its DERMS is not told of it, because it is not approved', async () => {
  const message = { message: 'EventMessage', header: { Verb: 'created', Noun: 'DERRegistrations' } }
  const header = { ...message.header, MessageID: crypto.randomUUID() }
  const known = { ...its, dsoRegistryId: { name: 'DSO-000417' } }
  const payload = { DERRegistrations: { DERRegistration: [known] } }
  const told = await scene.ask('cs', 'POST', '/cim', { body: { ...message, header, payload } })
  assert.match(told.text, 'rule=REG-APPROVED', told.text)
  assert.is(scene.heard.length, 1)
})

test.run()
