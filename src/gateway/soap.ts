// Puts a reply into the SOAP envelope of its request's version. Knows nothing of WS-Security.

import { escapeText } from '../envelope/escape.ts'
import { SOAP_NS } from '../envelope/namespaces.ts'
import type { SoapVersion } from '../envelope/namespaces.ts'

interface SoapRow {
  readonly contentType: string
  /** @param text says in one sentence what is wrong */
  readonly fault: (text: string, detail: string) => string
}

/** @see SOAP 1.1 §4.4; SOAP 1.2 part 1 §5.4 */
const SOAP: Readonly<Record<SoapVersion, SoapRow>> = {
  '1.1': {
    contentType: 'text/xml; charset=utf-8',
    fault: (text, detail) =>
      `<soap:Fault><faultcode>soap:Client</faultcode><faultstring>${text}</faultstring><detail>${detail}</detail></soap:Fault>`,
  },
  '1.2': {
    contentType: 'application/soap+xml; charset=utf-8',
    fault: (text, detail) =>
      `<soap:Fault><soap:Code><soap:Value>soap:Sender</soap:Value></soap:Code><soap:Reason><soap:Text xml:lang="en">${text}</soap:Text></soap:Reason><soap:Detail>${detail}</soap:Detail></soap:Fault>`,
  },
}

/** A message inside its carrier. */
export interface Carried {
  readonly xml: string
  readonly contentType: string
}

/**
 * The message as it goes back: bare for a bare request, else in the Body; a fault is a SOAP fault's detail.
 * @param fault what is wrong, when the message is a FaultMessage
 */
export function carried(xml: string, soap: SoapVersion | null, fault?: string): Carried {
  if (soap === null) return { xml, contentType: 'application/xml; charset=utf-8' }
  const row = SOAP[soap]
  const body = fault === undefined ? xml : row.fault(escapeText(fault), xml)
  return {
    xml: `<soap:Envelope xmlns:soap="${SOAP_NS[soap]}"><soap:Body>${body}</soap:Body></soap:Envelope>`,
    contentType: row.contentType,
  }
}
