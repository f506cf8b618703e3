// What a DERMS is told of an approved DER: sent until it has said that it knows, and never of what is not approved.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { answerXml, auth, legsOf, openScene, replyXml, until } from './scene.fixture.ts'
import { connecting } from './connecting.fixture.ts'
import type { Behave, Scene } from './scene.fixture.ts'

const test = suite('serve: notice to the DERMS')

let scene: Scene

/** The alias resolves to the one party that runs the DERMS; the DMS is told too, and its word does not count. */
test.before(async () => {
  scene = await openScene(
    (outside) => `
parties:
  cs: {${auth('cs')}, operator: true}
  third: {binding: {type: cim-xml, url: "${outside}/derms"}}
  dms: {binding: {type: cim-xml, url: "${outside}/dms"}}
partyAliases: {derms-cs: third}
routes:
  - {when: {noun: DERRegistrations, verb: [created], from: cs}, to: [dms, derms-cs], retry: [50ms, 50ms], order: none}
  - {when: {from: cs}, to: local}
visibility:
  - {party: dms, deny: [DERRegistrations.CustomerAgreement, DERRegistrations.PricingStructure]}
`,
  )
})
test.after(() => scene.close())
test.before.each(() => void scene.heard.splice(0))

const acks: Behave = ({ messageID }, response) =>
  answerXml(response, replyXml(messageID, 'OK', '', { noun: 'DERRegistrations' }))

const toDerms = () => scene.heard.filter((it) => it.party === 'derms')

const { ok, reviewed, approve, tell, notified } = connecting(() => scene)

test('SR-11/AC1, G-AC39: never sent for what is not approved', async () => {
  scene.behave(acks)
  const it = await reviewed()
  assert.match(await tell(it), /<Result>FAILED[^]*rule=REG-APPROVED/)
  await approve(it)
  assert.match(await tell(it), /<Result>OK/)
  await until(() => scene.heard.length === 2)
  await until(async () => (await notified(it)) === true)
  const [sent] = toDerms()
  assert.match(sent?.body ?? '', /<AckRequired>true<\/AckRequired>/)
  assert.match(sent?.body ?? '', `<name>DER-${it.registration}</name>`)
})

test('SR-02/AC2: the DMS sees ratings and service point, and nothing of the customer', async () => {
  scene.behave(acks)
  const it = await reviewed()
  await approve(it)
  await tell(it)
  await until(() => scene.heard.length === 2)
  const [dms] = scene.heard.filter(({ party }) => party === 'dms')
  const body = dms?.body ?? ''
  for (const shown of ['<maxP>', '<ratedS>', '<phaseCode>s12N', `<mRID>${it.point}`])
    assert.ok(body.includes(shown), shown)
  for (const hidden of [it.agreement, it.tariff, 'C-1', 'Customer'])
    assert.not.ok(body.includes(hidden), hidden)
})

test('SR-11/AC1: sent again under the same MessageID until it is acknowledged; nothing less than a reply will do', async () => {
  let tries = 0
  scene.behave((heard, response) => {
    if (heard.party === 'dms') return acks(heard, response)
    tries += 1
    if (tries === 1) return response.writeHead(204).end()
    if (tries === 2) return response.writeHead(503).end()
    return acks(heard, response)
  })
  const it = await reviewed()
  await approve(it)
  await tell(it)
  await until(async () => (await notified(it)) === true)
  assert.is(toDerms().length, 3)
  assert.is(new Set(toDerms().map((one) => one.messageID)).size, 1)
})

test('SR-11: not acknowledged in the end it is parked, and the request says so with 4.1, until it is sent once more', async () => {
  scene.behave((heard, response) =>
    heard.party === 'dms' ? acks(heard, response) : response.writeHead(204).end(),
  )
  const it = await reviewed()
  await approve(it)
  await tell(it)
  await until(async () => (await notified(it)) === false)
  assert.is(toDerms().length, 3)
  const [leg] = (await legsOf(scene, 'party=third&state=PARKED')).slice(0, 1)
  assert.match(leg?.reason ?? '', 'AckRequired')
  const id = crypto.randomUUID()
  const { text } = await scene.send(
    'cs',
    `<RequestMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>get</Verb>` +
      `<Noun>ServiceRequests</Noun><MessageID>${id}</MessageID><CorrelationID>${id}</CorrelationID></Header>` +
      `<Request><ID kind="uuid">${it.request}</ID></Request></RequestMessage>`,
  )
  assert.match(text, /<Result>OK<\/Result><Error><code>4\.1<\/code><level>INFORM/)
  scene.behave(acks)
  await ok('POST', `messages/${leg?.id}:redrive`)
  await until(async () => (await notified(it)) === true)
})

test.run()
