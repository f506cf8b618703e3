// For tests only: a connection of a DER that is kept by a gateway, as far as its approval and the word to its DERMS.

import * as assert from 'uvu/assert'
import type { Scene } from './scene.fixture.ts'

/** What one connection is known by. */
export interface Ids {
  readonly request: string
  readonly registration: string
  readonly review: string
  readonly point: string
  readonly tariff: string
  readonly agreement: string
}

/** One sender of a scene, and what it does about a connection. */
export interface Connecting {
  readonly ok: (method: string, path: string, body?: unknown) => Promise<void>
  /** A request under review. */
  readonly reviewed: () => Promise<Ids>
  readonly approve: (it: Ids) => Promise<void>
  /** The event for its DERMS. @param by another sender @returns the reply */
  readonly tell: (it: Ids, by?: string) => Promise<string>
  /** `dermsNotified` of the request */
  readonly notified: (it: Ids) => Promise<unknown>
}

const PLATE = {
  technology: 'photovoltaic',
  maxP: { multiplier: 'k', unit: 'W', value: '5' },
  ratedS: { multiplier: 'k', unit: 'VA', value: '6' },
  ratedU: { multiplier: 'none', unit: 'V', value: '240' },
}

/** @param scene asked for when it is there: `cs` keeps everything with the gateway */
export function connecting(scene: () => Scene): Connecting {
  async function ok(method: string, path: string, body?: unknown): Promise<void> {
    const { status, text } = await scene().ask('cs', method, `/api/v1/${path}`, { body })
    assert.ok(status < 300, `${method} ${path}: ${text}`)
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
    for (const it of ['offer', 'sign'])
      await ok('POST', `customer-agreements/${all.agreement}:${it}`)
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

  async function tell(it: Ids, by = 'cs'): Promise<string> {
    const id = crypto.randomUUID()
    const power = (name: string, unit: string, value: string, multiplier = 'k') =>
      `<${name}><multiplier>${multiplier}</multiplier><unit>${unit}</unit><value>${value}</value></${name}>`
    const { json } = await scene().ask('cs', 'GET', `/api/v1/der-registrations/${it.registration}`)
    const [own] = json['DERRegistration'] as { EndDevice: { mRID: string } }[]
    const plate =
      `<nameplate><technology>photovoltaic</technology>${power('maxP', 'W', '5')}` +
      `${power('ratedS', 'VA', '6')}${power('ratedU', 'V', '240', 'none')}</nameplate>`
    const { text } = await scene().send(
      by,
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
    const { json } = await scene().ask('cs', 'GET', `/api/v1/service-requests/${request}`)
    const [it] = json['ServiceRequest'] as { dermsNotified?: unknown }[]
    return it?.dermsNotified
  }

  return { ok, reviewed, approve, tell, notified }
}
