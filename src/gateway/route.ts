// What a route of the HTTP interface is, free of any HTTP library.

import type { ReplyError } from '../envelope/reply.ts'
import type { Right } from './access/rights.ts'
import type { Acknowledgements } from './acknowledgements.ts'
import type { BodyProof } from './access/access.ts'
import type { Exchange } from './exchange.ts'
import type { TakeBatch } from './facade/batch.ts'
import type { TakeItemStep } from './facade/items.ts'
import type { Facade, FacadeAnswer } from './facade/request.ts'
import type { PutFile } from './files/putting.ts'
import type { Operation } from './operation.ts'
import type { ReconcileParts } from './reconcile/routes.ts'
import type { ReadXml } from './soap/top.ts'
import type { Clock, Describe, Validated } from './ports.ts'
import type { Sender } from './received.ts'
import type { TrackingParts } from './tracking/routes.ts'
import type { TranslateParts } from './translate.ts'
import type { Known } from './vendor-known.ts'

/** What a body may be: a list comes as CSV, alone or in a form with a header. */
export type BodyKind = 'xml' | 'json' | 'csv' | 'form'

/** A request without HTTP around it. */
export interface RouteRequest {
  readonly bytes: Uint8Array
  /** of a route that takes its body as a stream: once, and from its beginning */
  readonly octets?: AsyncIterable<Uint8Array>
  /** by its Content-Type; `none` when the route takes no body */
  readonly kind: BodyKind | 'none'
  /** of the path, decoded */
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  /** names in lower case */
  readonly headers: Readonly<Record<string, string>>
  /** SHA-256 over method, path and body, hex */
  readonly bodyHash: string
  /** who has sent it */
  readonly sender: Sender
  /** W3C trace context of what is done for it: that of the request, or a new one */
  readonly traceparent: string
}

/** An answer without HTTP around it. */
export interface RouteAnswer {
  readonly status: number
  readonly contentType: string
  readonly text: string
  /** what goes back where it is no text */
  readonly bytes?: Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

/** One path under one method. */
export interface Route {
  /** who may ask: everybody, any party, or by default who has the right to exchange messages, or another right */
  readonly access?: 'everybody' | 'party' | Right
  /**
   * Who sent a body, as the body says itself (WS-Security). Asked before anything else is done with it; where the headers
   * have proved somebody, too, it has to be the same.
   */
  readonly proof?: (bytes: Uint8Array) => BodyProof | Promise<BodyProof>
  /** The body alone proves nobody: nothing of it is read before the headers have, as in every route without `proof`. */
  readonly headersFirst?: true
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** `/api/v1/:resource/:mRID`; `\:` is a colon that begins no parameter */
  readonly path: string
  /** what the body may be; none = it is not read */
  readonly body: readonly BodyKind[]
  /** the request may come without a body */
  readonly bodiless?: true
  /** the body is handed over as it comes, of whatever type and however long; `body` is empty then */
  readonly stream?: true
  /** answered however busy the gateway is */
  readonly always?: true
  /** the noun that the path names, where it does: looked at before anything is read */
  readonly nounIn?: (params: RouteRequest['params']) => string | undefined
  /** one sentence for the page at / */
  readonly about: string
  /** what it promises, for OpenAPI and the documentation */
  readonly operation: Operation
  readonly answer: (request: RouteRequest) => Promise<FacadeAnswer> | FacadeAnswer
  /** how the route words what is refused unread, in the form that Content-Type asks for; by default a problem document */
  readonly refuse?: (
    error: ReplyError,
    status: number,
    headers?: RouteRequest['headers'],
  ) => RouteAnswer | Promise<RouteAnswer>
}

/** A route without what answers it: plain data. */
export type RouteFacts = Omit<Route, 'answer' | 'refuse' | 'proof' | 'nounIn'>

/** What a document depends on besides schemas and routes. */
export type DocumentRequest = Pick<RouteRequest, 'params' | 'query' | 'headers'>

/** What the documents are about besides schemas. */
export interface Described {
  /** of cimgate */
  readonly version: string
  /** in which a party shows its key */
  readonly apiKeyHeader: string
  readonly routes: readonly RouteFacts[]
}

/** Makes documents in another place, so that no schema can hold up the server while it is described. */
export interface Documents {
  /**
   * @param id of the operation
   * @param about is asked for when the other place is made
   * @throws {CimError} `unusable-schema` | `overloaded` | `internal`
   */
  readonly answer: (
    id: string,
    request: DocumentRequest,
    about: () => Described,
  ) => Promise<FacadeAnswer>
}

/** Everything that the routes lead to. */
export interface RouteParts extends TranslateParts, TrackingParts {
  readonly exchange: Exchange
  readonly facade: Facade
  readonly itemStep: TakeItemStep
  readonly batch: TakeBatch
  readonly putFile: PutFile
  readonly acknowledgements: Acknowledgements
  readonly clock: Clock
  readonly known: Known
  /** compares what two sides have; absent = nothing is compared here */
  readonly reconcile?: ReconcileParts | undefined
  /** the document of `validate --format json` for one message */
  readonly report: (validated: Validated) => string
  /** empty when ready, else why not */
  readonly ready: () => Promise<string>
  /** what part of the work this node does, where several share a store; empty or absent = all of it */
  readonly sharing?: () => string
  /** Prometheus text of all metrics; absent = there are none */
  readonly metrics?: (() => Promise<string>) | undefined
  readonly describe: Describe
  /** reads a document before it is judged; absent = nothing but the judge looks into SOAP */
  readonly readXml?: ReadXml | undefined
  /** who sent a SOAP request, by its UsernameToken; absent = HTTP alone says it */
  readonly soapProof?: Route['proof']
  /** address under which others reach the gateway, for WSDL; absent = not known */
  readonly publicUrl?: string | undefined
  /** where documents are made; absent = here */
  readonly documents?: Documents | undefined
}

/** A path with its parameters replaced; `\:` in it is a colon that begins none. */
export function filled(path: string, of: (name: string) => string): string {
  return path.replace(/\\:|:(\w+)/g, (_, name?: string) => (name === undefined ? ':' : of(name)))
}

/** Names of the parameters of a path, in their order. */
export function parametersIn(path: string): readonly string[] {
  return [...path.matchAll(/\\:|:(\w+)/g)].flatMap(([, name]) => (name === undefined ? [] : [name]))
}

/** The right that a route asks for; undefined where it asks for none. */
export function rightAt({ access = 'exchange' }: Pick<Route, 'access'>): Right | undefined {
  return access === 'everybody' || access === 'party' ? undefined : access
}
