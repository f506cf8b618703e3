// The answer of a peer in SOAP, as if it had been asked in it: right, and wrong in one thing.

import type { Answer } from '../transport/answer.ts'
import { MEDIA_TYPES, SOAP } from '../transport/soap.ts'
import type { Binding, SoapVersion } from '../transport/soap.ts'
import { CREATE, UNREADABLE } from './replies.ts'

type Answered = Extract<Answer, { kind: 'answered' }>
/** What the transport does to an answer. */
export type Change = (it: Answered) => Answered

/** In an envelope, to a request in one. What cannot be answered otherwise is a fault there. @param blocks XML of headers */
export function inSoap(soap: SoapVersion, blocks = ''): Change {
  return (it) => {
    const message = new TextDecoder().decode(it.bytes).replace(/^<\?xml[^>]*\?>\s*/, '')
    const isFault = /^<FaultMessage[ >]/.test(message)
    const header = blocks === '' ? '' : `<s:Header>${blocks}</s:Header>`
    const body = isFault ? FAULTS[soap](message) : message
    const text = `<s:Envelope xmlns:s="${SOAP[soap]}">${header}<s:Body>${body}</s:Body></s:Envelope>`
    const status = !isFault ? it.status : soap === '1.1' ? 500 : 400
    const bytes = new TextEncoder().encode(text)
    return {
      ...it,
      status,
      contentType: `${MEDIA_TYPES[soap]}; charset=utf-8`,
      bytes,
      askedIn: soap,
    }
  }
}

/** With the message as its detail; the sender is at fault. */
const FAULTS: Readonly<Record<SoapVersion, (message: string) => string>> = {
  '1.1': (message) =>
    `<s:Fault><faultcode>s:Client</faultcode><faultstring>refused</faultstring><detail>${message}</detail></s:Fault>`,
  '1.2': (message) =>
    `<s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason><s:Text xml:lang="en">refused</s:Text></s:Reason><s:Detail>${message}</s:Detail></s:Fault>`,
}

/** A header that binds whoever reads it, or an attribute that says for whom it is. */
export function block(attributes: string): string {
  return `<x:Session xmlns:x="urn:example:session" ${attributes}>7</x:Session>`
}

/** As it is, to a request that came otherwise. */
function askedIn(binding: Binding): Change {
  return (it) => ({ ...it, askedIn: binding })
}

function typed(contentType: string): Change {
  return (it) => ({ ...it, contentType })
}

function under(status: number): Change {
  return (it) => ({ ...it, status })
}

/** One after the other. */
function all(...changes: readonly Change[]): Change {
  return (it) => changes.reduce((made, change) => change(made), it)
}

/** With a letter that no two encodings write alike. @param encoding of the octets and of the declaration */
function accented(charset: string, encoding: 'UTF-8' | 'ISO-8859-1' = 'UTF-8'): Change {
  return (it) => {
    const text = new TextDecoder().decode(it.bytes).replace('<Source>', '<Source>\u00e9')
    const declared = text.replace(/^<\?xml[^>]*\?>/, `<?xml version="1.0" encoding="${encoding}"?>`)
    const bytes = Buffer.from(declared, encoding === 'UTF-8' ? 'utf8' : 'latin1')
    return { ...it, contentType: `application/xml; charset=${charset}`, bytes }
  }
}

/** Answers in a carrier that is not theirs: the requirement that says so, what is wrong, in which step, and how it is made. */
export const CARRIER_MUTANTS: readonly (readonly [string, string, string, Change])[] = [
  ['TRN-05', 'a bare message to a request in SOAP 1.1', CREATE, askedIn('1.1')],
  ['TRN-05', 'a bare message to a request in SOAP 1.2', CREATE, askedIn('1.2')],
  ['TRN-05', 'SOAP 1.2 to a request in SOAP 1.1', CREATE, all(inSoap('1.2'), askedIn('1.1'))],
  ['TRN-05', 'SOAP 1.1 to a request in SOAP 1.2', CREATE, all(inSoap('1.1'), askedIn('1.2'))],
  ['TRN-05', 'SOAP to a request in XML', CREATE, all(inSoap('1.1'), askedIn('xml'))],
  ['TRN-05', 'a fault of SOAP to XML', UNREADABLE, all(inSoap('1.2'), askedIn('xml'))],
  ['TRN-06', 'SOAP 1.1 as any XML', CREATE, all(inSoap('1.1'), typed('application/xml'))],
  ['TRN-06', 'SOAP 1.1 as SOAP 1.2', CREATE, all(inSoap('1.1'), typed('application/soap+xml'))],
  ['TRN-06', 'SOAP 1.2 as SOAP 1.1', CREATE, all(inSoap('1.2'), typed('text/xml'))],
  ['TRN-06', 'SOAP 1.1 as plain text', CREATE, all(inSoap('1.1'), typed('text/plain'))],
  ['TRN-06', 'a bare message as SOAP 1.2', CREATE, typed('application/soap+xml')],
  ['TRN-07', 'a duty that nobody knows', CREATE, inSoap('1.1', block('s:mustUnderstand="1"'))],
  ['TRN-07', 'the same in SOAP 1.2', CREATE, inSoap('1.2', block('s:mustUnderstand="true"'))],
  ['TRN-11', 'UTF-8 as Latin-1', CREATE, accented('iso-8859-1')],
  ['TRN-11', 'UTF-8 as ASCII', CREATE, accented('"us-ascii"')],
  ['TRN-11', 'UTF-8 as nobody knows what', CREATE, accented('banana')],
  ['TRN-11', 'Latin-1 as UTF-8', CREATE, accented('utf-8', 'ISO-8859-1')],
  ['TRN-08', 'a fault of SOAP 1.1 under 400', UNREADABLE, all(inSoap('1.1'), under(400))],
  ['TRN-08', 'a fault of SOAP 1.2 as if all were well', UNREADABLE, all(inSoap('1.2'), under(200))],
]
