// What a DERMS is told of an approved DER: sent until it has said that it knows, and never of what is not approved.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { answerXml, auth, legsOf, openScene, replyXml, until } from './scene.fixture.ts'
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

async function ok(method: string, path: string, body?: unknown): Promise<void> {
  const { status, text } = await scene.ask('cs', method, `/api/v1/${path}`, { body })
  assert.ok(status < 300, `${method} ${path}: ${text}`)
}

interface Ids {
  readonly request: string
  readonly registration: string
  readonly review: string
  readonly point: string
  readonly tariff: string
  readonly agreement: string
}

const PLATE = {
  technology: 'photovoltaic',
  maxP: { multiplier: 'k', unit: 'W', value: '5' },
  ratedS: { multiplier: 'k', unit: 'VA', value: '6' },
  ratedU: { multiplier: 'none', unit: 'V', value: '240' },
}

/** A request under review, kept by the gateway. */
async function reviewed(): Promise<Ids> {
  const uuid = () => crypto.randomUUID()
  const ids = { request: uuid(), registration: uuid(), review: uuid(), point: uuid() }
  const all = { ...ids, tariff: uuid(), agreement: uuid() }
  const [Customer, UsagePoint] = [{ Names: [{ name: 'C-1' }] }, { mRID: all.point }]
  const created = '2026-07-14T07:00:00Z'
  const own = { kind: 'derInterconnection', createdDateTime: created, Customer, UsagePoint }
  await ok('POST', 'service-requests', { ServiceRequest: [{ mRID: all.request, ...own }] })
  const device = {
    EndDevice: { mRID: uuid() },
    nameplate: PLATE,
    ServiceRequest: { mRID: all.request },
    UsagePoint: { phaseCode: 's12N', ...UsagePoint },
  }
  await ok('POST', 'der-registrations', {
    DERRegistration: [{ mRID: all.registration, ...device }],
  })
  await ok('POST', 'tariffs', { PricingStructure: [{ mRID: all.tariff }] })
  await ok('PATCH', `service-requests/${all.request}`, { PricingStructure: { mRID: all.tariff } })
  const agreement = {
    mRID: all.agreement,
    revisionNumber: '1',
    Customer,
    PricingStructures: [{ mRID: all.tariff }],
    ServiceCategory: { kind: 'electricity' },
    UsagePoints: [UsagePoint],
    validityInterval: { start: '2026-08-01T00:00:00Z' },
  }
  await ok('POST', 'customer-agreements', { CustomerAgreement: [agreement] })
  for (const it of ['offer', 'sign']) await ok('POST', `customer-agreements/${all.agreement}:${it}`)
  const signed = { CustomerAgreement: { mRID: all.agreement } }
  await ok('PATCH', `service-requests/${all.request}`, signed)
  const review = {
    mRID: all.review,
    DERRegistration: { mRID: all.registration },
    PricingStructure: { mRID: all.tariff },
    ServiceRequest: { mRID: all.request },
  }
  await ok('POST', 'interconnection-reviews', { InterconnectionReview: [review] })
  return all
}

const approve = ({ review }: Ids) =>
  ok('PATCH', `interconnection-reviews/${review}`, {
    modellingResult: { canAccommodate: true },
    decision: 'approved',
  })

async function tell(it: Ids): Promise<string> {
  const id = crypto.randomUUID()
  const power = (name: string, unit: string, value: string, multiplier = 'k') =>
    `<${name}><multiplier>${multiplier}</multiplier><unit>${unit}</unit><value>${value}</value></${name}>`
  const { json } = await scene.ask('cs', 'GET', `/api/v1/der-registrations/${it.registration}`)
  const [own] = json['DERRegistration'] as { EndDevice: { mRID: string } }[]
  const plate =
    `<nameplate><technology>photovoltaic</technology>${power('maxP', 'W', '5')}` +
    `${power('ratedS', 'VA', '6')}${power('ratedU', 'V', '240', 'none')}</nameplate>`
  const { text } = await scene.send(
    'cs',
    `<EventMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>created</Verb>` +
      `<Noun>DERRegistrations</Noun><Timestamp>2026-07-14T08:00:00Z</Timestamp><MessageID>${id}</MessageID>` +
      `<CorrelationID>${id}</CorrelationID></Header><Payload><DERRegistrations ` +
      `xmlns="http://cimgate.example/draft/2026/DERRegistrations#"><DERRegistration><mRID>${it.registration}</mRID>` +
      `<approvedDateTime>2026-07-14T07:30:00Z</approvedDateTime>` +
      `<CustomerAgreement><mRID>${it.agreement}</mRID></CustomerAgreement>` +
      `<dsoRegistryId><name>DER-${it.registration}</name></dsoRegistryId>` +
      `<EndDevice><mRID>${own?.EndDevice.mRID}</mRID></EndDevice>${plate}` +
      `<PricingStructure><mRID>${it.tariff}</mRID></PricingStructure>` +
      `<ServiceRequest><mRID>${it.request}</mRID></ServiceRequest><UsagePoint><mRID>${it.point}</mRID>` +
      '<phaseCode>s12N</phaseCode></UsagePoint></DERRegistration></DERRegistrations></Payload></EventMessage>',
  )
  return text
}

async function notified({ request }: Ids): Promise<unknown> {
  const { json } = await scene.ask('cs', 'GET', `/api/v1/service-requests/${request}`)
  const [it] = json['ServiceRequest'] as { dermsNotified?: unknown }[]
  return it?.dermsNotified
}

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
