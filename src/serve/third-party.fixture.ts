// For tests only: objects of third parties, and what one of them writes about those of another one, in all bindings.

import { DER_FUNCTIONS } from '../flows/der-functions.fixture.ts'

const MESSAGE = 'http://iec.ch/TC57/2011/schema/message'
const NS = 'http://iec.ch/TC57/2017/DERGroups#'

const head = (verb: string, noun: string) => {
  const own = crypto.randomUUID()
  return `<Verb>${verb}</Verb><Noun>${noun}</Noun><MessageID>${own}</MessageID><CorrelationID>${own}</CorrelationID>`
}
export const message = (verb: string, inside: string, noun = 'DERGroups') =>
  `<RequestMessage xmlns="${MESSAGE}"><Header>${head(verb, noun)}</Header>${inside}</RequestMessage>`
export const ids = (id: string, kind = ' kind="uuid"') => `<ID${kind}>${id}</ID>`
export const idOf = (id: string, kind?: string) => `<Payload>${ids(id, kind)}</Payload>`
export const groups = (...all: readonly string[]) =>
  `<DERGroups xmlns="${NS}">${all.map((id) => `<EndDeviceGroup><mRID>${id}</mRID><description>stolen</description></EndDeviceGroup>`).join('')}</DERGroups>`
export const soap = (inside: string) =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${inside}</s:Body></s:Envelope>`
export const typed = (verb: string, id: string) =>
  soap(
    `<t:${verb}DERGroups xmlns:t="http://iec.ch/TC57/2017/DERGroupsMessage" xmlns="${MESSAGE}"><t:Header>${head(verb.toLowerCase(), 'DERGroups')}</t:Header><t:Payload>${groups(id)}</t:Payload></t:${verb}DERGroups>`,
  )
export const takingOut = (id: string, member: string) =>
  `<Payload><OperationSet><enforceMsgSequence>false</enforceMsgSequence><enforceTransactionalIntegrity>true</enforceTransactionalIntegrity><Operation><operationId>1</operationId><noun>DERGroups</noun><verb>delete</verb><elementOperation>true</elementOperation><DERGroups xmlns="${NS}"><EndDeviceGroup><mRID>${id}</mRID><EndDevices><mRID>${member}</mRID></EndDevices></EndDeviceGroup></DERGroups></Operation></OperationSet></Payload>`

export function group(mRID: string, member: string) {
  return {
    mRID,
    description: 'made',
    DERFunction: Object.fromEntries(DER_FUNCTIONS.map((it) => [it, true])),
    EndDevices: [{ mRID: member }],
    Names: [{ name: `group ${mRID}` }],
  }
}

export function registration(device: string, provider: string) {
  const quantity = (unit: string, value: number) => ({ multiplier: 'none', unit, value })
  return {
    mRID: `registration of ${device}`,
    approvedDateTime: '2026-01-01T00:00:00Z',
    EndDevice: { mRID: device },
    nameplate: {
      technology: 'photovoltaic',
      maxP: quantity('W', 5000),
      ratedS: quantity('VA', 7600),
      ratedU: quantity('V', 240),
    },
    ServiceRequest: { mRID: `request of ${device}` },
    thirdPartyProvider: { Names: [{ name: provider }] },
    UsagePoint: { mRID: `point of ${device}`, phaseCode: 's12N' },
  }
}

export function agreement(mRID: string, provider: string) {
  const START = '2026-01-01T00:00:00Z'
  return {
    mRID,
    revisionNumber: '1',
    Customer: { Names: [{ name: `C ${mRID}` }] },
    PricingStructures: [{ mRID: '0e0b0c0d-0000-4000-8000-000000003020' }],
    ServiceCategory: { kind: 'electricity' },
    UsagePoints: [{ mRID: `point of ${mRID}` }],
    validityInterval: { start: START },
    thirdParty: [{ provider: { Names: [{ name: provider }] }, validityInterval: { start: START } }],
  }
}
