// Puts a message into the SOAP envelope of a version, and into the wrapper of the generic web service where one is due.
// Knows nothing of WS-Security.

import { escapeText, legible } from '../../envelope/escape.ts'
import { ANSWERING, WRAPPED } from '../../envelope/soap.ts'
import type { GenericOperation } from '../../envelope/soap.ts'
import { GENERIC_NS, SOAP_NS } from '../../envelope/namespaces.ts'
import type { SoapVersion } from '../../envelope/namespaces.ts'

/** Whose fault it is, and what for; SOAP has no other kinds for us. */
export type FaultKind = 'sender' | 'receiver' | 'must-understand' | 'version-mismatch'

/** A SOAP fault. */
export interface Fault {
  readonly kind: FaultKind
  /** one sentence or two: what is wrong, and how to mend it */
  readonly text: string
  /** XML of the detail; empty = none: what is about a header block has none (SOAP 1.1 §4.4) */
  readonly detail: string
}

/** A message inside its carrier. */
export interface Carried {
  readonly xml: string
  readonly contentType: string
}

interface SoapRow {
  readonly contentType: string
  readonly codes: Readonly<Record<FaultKind, string>>
  readonly fault: (code: string, text: string, detail: string) => string
}

/** @see SOAP 1.1 §4.4; SOAP 1.2 part 1 §5.4 */
const SOAP: Readonly<Record<SoapVersion, SoapRow>> = {
  '1.1': {
    contentType: 'text/xml; charset=utf-8',
    codes: {
      sender: 'Client',
      receiver: 'Server',
      'must-understand': 'MustUnderstand',
      'version-mismatch': 'VersionMismatch',
    },
    fault: (code, text, detail) =>
      `<soap:Fault><faultcode>soap:${code}</faultcode><faultstring>${text}</faultstring>${detail === '' ? '' : `<detail>${detail}</detail>`}</soap:Fault>`,
  },
  '1.2': {
    contentType: 'application/soap+xml; charset=utf-8',
    codes: {
      sender: 'Sender',
      receiver: 'Receiver',
      'must-understand': 'MustUnderstand',
      'version-mismatch': 'VersionMismatch',
    },
    fault: (code, text, detail) =>
      `<soap:Fault><soap:Code><soap:Value>soap:${code}</soap:Value></soap:Code><soap:Reason><soap:Text xml:lang="en">${text}</soap:Text></soap:Reason>${detail === '' ? '' : `<soap:Detail>${detail}</soap:Detail>`}</soap:Fault>`,
  },
}

/** The message as it goes back in the carrier of its request: bare for a bare one, else in the Body. */
export function carried(
  xml: string,
  soap: SoapVersion | null,
  wrapper?: GenericOperation,
): Carried {
  if (soap === null) return { xml, contentType: 'application/xml; charset=utf-8' }
  return inEnvelope(wrapper === undefined ? xml : wrapped(xml, `${wrapper}${ANSWERING}`), soap)
}

/** A fault in its envelope. @param blocks XML of header blocks */
export function carriedFault(
  { kind, text, detail }: Fault,
  soap: SoapVersion,
  blocks = '',
): Carried {
  const { codes, fault } = SOAP[soap]
  return inEnvelope(fault(codes[kind], escapeText(legible(text)), detail), soap, blocks)
}

/** Content of a Body in the envelope of a version. @param blocks XML of header blocks */
export function inEnvelope(content: string, soap: SoapVersion, blocks = ''): Carried {
  const header = blocks === '' ? '' : `<soap:Header>${blocks}</soap:Header>`
  return {
    xml: `<soap:Envelope xmlns:soap="${SOAP_NS[soap]}">${header}<soap:Body>${content}</soap:Body></soap:Envelope>`,
    contentType: SOAP[soap].contentType,
  }
}

/**
 * A generic message in a wrapper: its root gives its name away for `message`, and keeps all else.
 * @param xml a generic message as we write it, its root without prefix
 * @param wrapper local name
 */
export function wrapped(xml: string, wrapper: string): string {
  const name = /^<(\w+)/.exec(xml)?.[1] ?? ''
  const inside = xml
    .replace(`<${name}`, `<${PREFIX}:${WRAPPED}`)
    .replace(new RegExp(`</${name}>$`), `</${PREFIX}:${WRAPPED}>`)
  return `<${PREFIX}:${wrapper} xmlns:${PREFIX}="${GENERIC_NS}">${inside}</${PREFIX}:${wrapper}>`
}

/** as the public examples write it */
const PREFIX = 'abs'

/** HTTP status of a fault: 500 in SOAP 1.1 (§6.2), and what is the sender's fault 400 in SOAP 1.2 (part 2 §7.5.2). */
export function faultStatus(kind: FaultKind, soap: SoapVersion): number {
  return soap === '1.2' && kind === 'sender' ? 400 : 500
}
