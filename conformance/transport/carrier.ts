// What a message travels in: as it is, under a strongly typed root, in an envelope of SOAP. It is the text that is wrapped,
// not a tree that is written anew, so that what is wrong in a message on purpose stays wrong octet by octet.

import type { Carried } from './answer.ts'
import { MEDIA_TYPES, SOAP } from './soap.ts'
import type { SoapVersion } from './soap.ts'
import { OPERATIONS, partsOf, rootOf, typedForm } from './typed.ts'
import type { Form, NamespaceOf } from './typed.ts'

/** The ways in which the tester may send. */
export const CARRIERS = {
  http: {},
  'http-typed': { isTyped: true },
  soap: { soap: '1.1' },
  soap12: { soap: '1.2' },
  'soap-typed': { soap: '1.1', isTyped: true },
  'soap12-typed': { soap: '1.2', isTyped: true },
} as const satisfies Readonly<Record<string, Carrier>>
/** One of them. */
export type CarrierName = keyof typeof CARRIERS

/** That of what is asked for; status events are heard over WebSocket, a façade is asked in JSON, and messages beside them go over HTTP. */
export function carrierOf(name: CarrierName | 'websocket' | 'json' = 'http'): CarrierName {
  return name === 'websocket' || name === 'json' ? 'http' : name
}

/** How a message is carried. */
export interface Carrier {
  readonly soap?: SoapVersion
  readonly isTyped?: boolean
}
/** Of the generic web service (IEC 61968-100:2013, Generic.wsdl). */
const GENERIC = { ns: 'http://iec.ch/TC57/2011/abstract', action: 'http://iec.ch/61968/' }

/**
 * A generic message in its carrier. What cannot be said under a typed root travels under the generic one.
 * @param namespaceOf that of payloads, for what carries none
 */
export function carried(
  message: Uint8Array,
  { soap, isTyped = false }: Carrier,
  namespaceOf?: NamespaceOf,
): Carried {
  // One character an octet: also what is no UTF-8 stays as it is.
  const text = Buffer.from(message).toString('latin1')
  const form = isTyped ? typedForm(text, namespaceOf) : undefined
  const typed = form === undefined || 'none' in form ? undefined : form
  if (soap === undefined)
    return {
      bytes: typed === undefined ? message : octets(typed.prolog + typed.body),
      headers: XML,
    }
  const { prolog, body, action } = typed ?? genericForm(text)
  const envelope = `<soap:Envelope xmlns:soap="${SOAP[soap]}"><soap:Body>`
  const whole = `${prolog}${envelope}\n${body.trimEnd()}\n</soap:Body></soap:Envelope>\n`
  return { bytes: octets(whole), headers: soapHeaders(soap, action) }
}

function octets(text: string): Uint8Array {
  return Buffer.from(text, 'latin1')
}

// No charset: a message says itself how it is encoded, and may be wrong in that on purpose.
const XML = { 'Content-Type': 'application/xml', Accept: 'application/xml' }

/** SOAP 1.1 names the operation in a header of its own, SOAP 1.2 beside the type. */
function soapHeaders(soap: SoapVersion, action: string): Carried['headers'] {
  const type = `${MEDIA_TYPES[soap]}; charset=utf-8`
  if (soap === '1.1') return { 'Content-Type': type, SOAPAction: `"${action}"` }
  return { 'Content-Type': `${type}; action="${action}"` }
}

/** The root as the generic service has it: an element `message` in a wrapper that is called after the operation. */
function genericForm(message: string): Form {
  const { prolog, body } = partsOf(message)
  const root = rootOf(body)
  const operation = OPERATIONS[root]
  if (operation === undefined) return { prolog, body, action: '' }
  const renamed = body
    .replace(new RegExp(`^<${root}(?=[\\s>])`), '<abs:message')
    .replace(new RegExp(`</${root}>`), '</abs:message>')
  const wrapped = `<abs:${operation} xmlns:abs="${GENERIC.ns}">\n${renamed.trimEnd()}\n</abs:${operation}>\n`
  return { prolog, body: wrapped, action: `${GENERIC.action}${operation}` }
}
