// The routes of SOAP: a strongly typed service for each noun, and the generic one. What a request carries goes the way of
// every message; only what SOAP itself asks for is looked at here.

import { errorRow } from '../../envelope/errors.ts'
import type { SoapVersion } from '../../envelope/namespaces.ts'
import { SOAP_NS } from '../../envelope/namespaces.ts'
import { escapeAttribute } from '../../envelope/escape.ts'
import { BODY_ERRORS, OUR_ERRORS } from '../operation.ts'
import type { Operation } from '../operation.ts'
import type { Validated } from '../ports.ts'
import { replayed } from '../facade/headers.ts'
import type { FacadeAnswer } from '../facade/request.ts'
import type { Rendered, Unrendered } from '../received.ts'
import { UNREAD } from '../refusals.ts'
import type { Route, RouteParts, RouteRequest } from '../route.ts'
import { carried, carriedFault, faultStatus } from './carried.ts'
import type { FaultKind } from './carried.ts'
import { envelopeFault, genericFault, soapHeaders, typedFault } from './checks.ts'
import type { SoapHeaders, SoapRefusal } from './checks.ts'
import { documentRoutes } from './document-routes.ts'
import { nounIn, servicesAt } from './noun-in-path.ts'
import { readTop } from './top.ts'
import type { Top } from './top.ts'

const POST = {
  tag: 'SOAP',
  answers: ['soapReply'],
  errors: [
    ...BODY_ERRORS,
    'hostile-xml',
    'unsupported-kind',
    'wrong-operation',
    'not-understood',
    'version-mismatch',
    ...OUR_ERRORS,
  ],
  refusal: 'fault',
} as const

const GENERIC: Operation = { ...POST, id: 'exchangeSoap' }
const TYPED: Operation = { ...POST, id: 'exchangeTypedSoap' }

/** POST and GET of /soap and of /soap/<Noun>. */
export function soapRoutes(parts: RouteParts): readonly Route[] {
  const proof = parts.soapProof === undefined ? {} : { proof: parts.soapProof }
  const refuse: Route['refuse'] = (error, status, headers = {}) =>
    parts.exchange.refusal(error, status, { render: renderedAs(soapHeaders(headers).version) })
  return [
    {
      method: 'POST',
      path: '/soap',
      body: ['xml'],
      about: 'the generic web service: Request, Response, PublishEvent',
      operation: GENERIC,
      answer: (it) => answered(it, parts, (top, headers) => genericFault(top, headers)),
      refuse,
      ...proof,
    },
    {
      method: 'POST',
      path: '/soap/:noun',
      nounIn: ({ noun = '' }) => nounIn(noun, parts.schemas),
      body: ['xml'],
      about: 'the strongly typed web service of a noun, by its name',
      operation: TYPED,
      answer: (it) => {
        const noun = nounIn(it.params['noun'] ?? '', parts.schemas)
        return answered(it, parts, (top, { action }) =>
          typedFault(top, noun === undefined ? [] : servicesAt(noun, parts.schemas), {
            action,
            path: `/soap/${noun ?? it.params['noun'] ?? ''}`,
          }),
        )
      },
      refuse,
      ...proof,
    },
    ...documentRoutes(parts),
  ]
}

type Check = (soap: NonNullable<Top['soap']>, headers: SoapHeaders) => SoapRefusal | undefined

async function answered(
  { bytes, bodyHash, sender, traceparent, headers: all }: RouteRequest,
  { exchange, readXml }: RouteParts,
  check: Check,
): Promise<FacadeAnswer> {
  const headers = soapHeaders(all)
  const top = readXml && readTop(bytes, readXml)
  const version = top?.soap?.version ?? headers.version
  const refused = top && (envelopeFault(top) ?? (top.soap && check(top.soap, headers)))
  if (refused !== undefined) {
    const validated = { ...UNREAD, ...aboutTop(top), soap: version }
    const render = renderedAs(version, refused)
    const rendered = await exchange.refusal(refused.error, faultStatus(refused.kind, version), {
      validated,
      render,
    })
    return { rendered, headers: {} }
  }
  const received = { bytes, sender, bodyHash, traceparent, render: renderedAs(version) }
  const answer = await exchange.receive(received)
  const { rendered, messageID: MessageID, correlationID: CorrelationID } = answer
  return { rendered, headers: { MessageID, CorrelationID, ...replayed(answer) } }
}

/** A typed root has a fault of its own. */
function aboutTop(top: Top | undefined): Partial<Validated> {
  const root = top?.soap?.message
  return root === undefined ? {} : { root: { name: root.name, ns: root.ns } }
}

/** How an answer is written: in the version of the request, a FaultMessage as the detail of a SOAP fault. */
function renderedAs(version: SoapVersion, refused?: SoapRefusal) {
  return (it: Unrendered): Rendered => {
    if (it.kind === 'reply') {
      const { xml, contentType } = carried(it.xml, version, it.validated.wrapper)
      return { text: `${DECLARATION}${xml}`, status: 200, contentType }
    }
    const kind = refused?.kind ?? kindOf(it)
    const [error] = it.errors
    const text = [error?.reason, error?.details].filter((one) => one !== undefined).join(' ')
    // What is about the envelope says nothing about the Body (SOAP 1.1 §4.4).
    const detail = kind === 'sender' || kind === 'receiver' ? it.xml : ''
    const fault = { kind, text, detail }
    const { xml, contentType } = carriedFault(fault, version, blocksFor(refused, version))
    return { text: `${DECLARATION}${xml}`, status: statusOf(it, kind, version), contentType }
  }
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

function kindOf({ failure }: Unrendered): FaultKind {
  return failure !== undefined && errorRow(failure).whose !== 'sender' ? 'receiver' : 'sender'
}

/** What may be repeated as it is, is told apart by 503. */
function statusOf({ failure }: Unrendered, kind: FaultKind, version: SoapVersion): number {
  const row = failure === undefined ? undefined : errorRow(failure)
  return row !== undefined && row.whose !== 'sender' ? 503 : faultStatus(kind, version)
}

/** SOAP 1.2 names in the Header what was not understood (part 1 §5.4.8), and what would be (§5.4.7). */
function blocksFor(refused: SoapRefusal | undefined, version: SoapVersion): string {
  if (version === '1.1' || refused === undefined) return ''
  if (refused.block !== undefined) {
    const { ns, name } = refused.block
    return `<soap:NotUnderstood xmlns:q="${escapeAttribute(ns)}" qname="q:${escapeAttribute(name)}"/>`
  }
  if (refused.kind !== 'version-mismatch') return ''
  const known = Object.values(SOAP_NS).toReversed()
  return `<soap:Upgrade>${known.map((ns, at) => `<soap:SupportedEnvelope xmlns:v${at}="${ns}" qname="v${at}:Envelope"/>`).join('')}</soap:Upgrade>`
}
