// What a message travels in: as it is, under a strongly typed root, in an envelope of SOAP. It is the text that is wrapped,
// not a tree that is written anew, so that what is wrong in a message on purpose stays wrong octet by octet.

import type { Carried } from './answer.ts'

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
/** The two that there are. */
export type SoapVersion = '1.1' | '1.2'

const SOAP: Readonly<Record<SoapVersion, string>> = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
}
/** Of the generic web service (IEC 61968-100:2013, Generic.wsdl). */
const GENERIC = { ns: 'http://iec.ch/TC57/2011/abstract', action: 'http://iec.ch/61968/' }
const OPERATIONS: Readonly<Record<string, string>> = {
  RequestMessage: 'Request',
  ResponseMessage: 'Response',
  EventMessage: 'PublishEvent',
}

/** A generic message in its carrier. What cannot be said under a typed root travels under the generic one. */
export function carried(message: Uint8Array, { soap, isTyped = false }: Carrier): Carried {
  // One character an octet: also what is no UTF-8 stays as it is.
  const text = Buffer.from(message).toString('latin1')
  const typed = isTyped ? typedForm(text) : undefined
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
  if (soap === '1.1')
    return { 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: `"${action}"` }
  return { 'Content-Type': `application/soap+xml; charset=utf-8; action="${action}"` }
}

interface Form {
  /** declaration and DOCTYPE, which have to stand before everything else */
  readonly prolog: string
  readonly body: string
  readonly action: string
}

function partsOf(message: string): Pick<Form, 'prolog' | 'body'> {
  const prolog =
    /^(<\?xml[^>]*\?>\s*)?(<!DOCTYPE[^[>]*(\[[^\]]*\])?\s*>\s*)?/.exec(message)?.[0] ?? ''
  return { prolog, body: message.slice(prolog.length) }
}

/** The root as the generic service has it: an element `message` in a wrapper that is called after the operation. */
function genericForm(message: string): Form {
  const { prolog, body } = partsOf(message)
  const [, root = ''] = /^<([A-Za-z]+)/.exec(body) ?? []
  const operation = OPERATIONS[root]
  if (operation === undefined) return { prolog, body, action: '' }
  const renamed = body
    .replace(new RegExp(`^<${root}(?=[\\s>])`), '<abs:message')
    .replace(new RegExp(`</${root}>`), '</abs:message>')
  const wrapped = `<abs:${operation} xmlns:abs="${GENERIC.ns}">\n${renamed.trimEnd()}\n</abs:${operation}>\n`
  return { prolog, body: wrapped, action: `${GENERIC.action}${operation}` }
}

/**
 * The message under the root of its noun: Header, Request and Payload are in the namespace of the message of that noun,
 * and what is in them is where it was. undefined where the payload does not say which noun that is.
 */
function typedForm(message: string): Form | undefined {
  const { prolog, body } = partsOf(message)
  const [, root = ''] = /^<([A-Za-z]+)/.exec(body) ?? []
  const names = typedNames(message, root === 'EventMessage')
  if (names === undefined || OPERATIONS[root] === undefined) return undefined
  const renamed = body
    .replace(new RegExp(`^<${root}(?=[\\s>])`), `<m:${names.root} xmlns:m="${names.ns}"`)
    .replace(new RegExp(`</${root}>`), `</m:${names.root}>`)
    .replace(/^( {2}<\/?)(?=(Header|Request|Payload)>)/gm, '$1m:')
    .replace(/^( {2}<m:Request>.*<\/)(?=Request>)/gms, '$1m:')
    .replace(/^( {4}<\/?)(?=(OperationSet|Compressed|Format)>)/gm, '$1m:')
  return { prolog, body: renamed, action: names.action }
}

interface Names {
  readonly root: string
  readonly ns: string
  readonly action: string
}

/** `http://iec.ch/TC57/2017/` and `DERGroups` of the namespace of what the message is about. */
const PROFILE = /xmlns="((?:[^"]*\/)+)([A-Z]\w*)#"/

const REQUEST_VERBS = ['create', 'change', 'cancel', 'close', 'delete', 'execute', 'get']
const EVENT_VERBS = ['created', 'changed', 'canceled', 'closed', 'deleted', 'executed']

/** What the root of a typed message is called, and its operation (the public WSDL templates of IEC 61968-100). */
function typedNames(message: string, isEvent: boolean): Names | undefined {
  const [, base, profile] = PROFILE.exec(message) ?? []
  const verb = /<Verb>([^<]*)<\/Verb>/.exec(message)?.[1] ?? ''
  const kind = isEvent ? EVENT_VERBS : REQUEST_VERBS
  if (base === undefined || profile === undefined || !kind.includes(verb)) return undefined
  const capital = verb.slice(0, 1).toUpperCase() + verb.slice(1)
  if (verb.startsWith('execute')) return object(base, `${profile}OperationSet`, capital)
  if (verb !== 'get') return object(base, profile, capital)
  const ns = `${base}${profile}Message`
  const root = `${profile}RequestMessage`
  if (profile.startsWith('Get')) return { root, ns, action: `${base}${profile}/${profile}` }
  if (!profile.endsWith('Queries')) return undefined
  const objects = objectsOf(profile)
  return { root, ns, action: `${base}${objects}/Query${objects}` }
}

/** The noun of the objects that a query asks for: DERGroupStatuses of DERGroupStatusQueries, WorkRequests of GetWorkRequests. */
export function objectsOf(profile: string): string {
  const stem = /^(.*)Queries$/.exec(profile)?.[1]
  if (stem === undefined) return profile.replace(/^Get(?=[A-Z])/, '')
  return stem + (stem.endsWith('s') ? 'es' : 's')
}

function object(base: string, x: string, capital: string): Names {
  return { root: capital + x, ns: `${base}${x}Message`, action: `${base}${x}/${capital}${x}` }
}
