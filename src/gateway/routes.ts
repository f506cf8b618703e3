// The HTTP interface as data: every path, what it takes, and which part of the gateway answers.
// Free of any HTTP library; the shell serves it.

import { resourceOf, nounOf } from './nouns.ts'
import type { Exchange, Sender } from './exchange.ts'
import type { Facade, FacadeAnswer, FacadeRequest } from './facade.ts'
import { JSON_TYPE } from './facade.ts'
import { boundVendorRoutes, convertDialect } from './vendor.ts'
import { convert, formOf, judgeForm, readText } from './translate.ts'
import type { TranslateParts } from './translate.ts'
import type { Validated } from './ports.ts'
import type { Json } from '../schema/json-text.ts'
import { problemOf } from './problem.ts'

/** A request without HTTP around it. */
export interface RouteRequest {
  readonly bytes: Uint8Array
  readonly kind: 'xml' | 'json' | 'none'
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  readonly bodyHash: string
}

export interface RouteAnswer {
  readonly status: number
  readonly contentType: string
  readonly text: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body: readonly ('xml' | 'json')[]
  /** one sentence for the page at / */
  readonly about: string
  readonly answer: (request: RouteRequest) => Promise<RouteAnswer> | RouteAnswer
}

export interface RouteParts extends TranslateParts {
  readonly exchange: Exchange
  readonly facade: Facade
  readonly sender: Sender
  /** the document of `validate --format json` for one message */
  readonly report: (validated: Validated) => string
  /** empty when ready, else why not */
  readonly ready: () => Promise<string>
}

const MOST_LISTED = 1_000

/** All routes; the page at / lists them. */
export function routesOf(parts: RouteParts): readonly Route[] {
  const routes: readonly Route[] = [
    ...cimRoutes(parts),
    ...toolRoutes(parts),
    ...vendorRoutes(parts),
    ...resourceRoutes(parts),
    ...probes(parts),
  ]
  return [
    {
      method: 'GET',
      path: '/',
      body: [],
      about: 'this page',
      answer: () => ({
        status: 200,
        contentType: 'text/html; charset=utf-8',
        text: page(routes, parts),
      }),
    },
    ...routes,
  ]
}

function cimRoutes({ exchange, sender }: RouteParts): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/cim',
      body: ['xml'],
      about: 'one CIM message in, its reply out',
      answer: async ({ bytes, bodyHash }) => {
        const { rendered, messageID, correlationID } = await exchange.receive({
          bytes,
          sender,
          bodyHash,
        })
        return { ...rendered, headers: { MessageID: messageID, CorrelationID: correlationID } }
      },
    },
  ]
}

function toolRoutes(parts: RouteParts): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/api/v1/validate',
      body: ['xml', 'json'],
      about: 'judge a message; answers 200 with the findings whatever the verdict',
      answer: async ({ bytes, kind }) => {
        const { validated } = await judgeForm(bytes, kind === 'json' ? 'json' : 'xml', parts)
        return { status: 200, contentType: JSON_TYPE, text: parts.report(validated) }
      },
    },
    {
      method: 'POST',
      path: '/api/v1/convert',
      body: ['xml', 'json'],
      about: 'a message in the other form: ?to=json|xml&dialect=',
      answer: (request) => convertRoute(request, parts),
    },
  ]
}

async function convertRoute(
  { bytes, query }: RouteRequest,
  parts: RouteParts,
): Promise<RouteAnswer> {
  const { to, dialect } = query
  if (to !== undefined && to !== 'json' && to !== 'xml')
    return problemOf(
      [{ code: '1.8', reason: `to=${to} is not possible; write to=json or to=xml.` }],
      400,
    )
  const form = to ?? (formOf(bytes) === 'xml' ? 'json' : 'xml')
  const converted =
    dialect === undefined
      ? await convert(bytes, parts, form)
      : await convertDialect(bytes, dialect, to, parts)
  if (converted === undefined)
    return problemOf([{ code: '1.8', reason: `There is no dialect ${dialect ?? ''}.` }], 400)
  const { text, validated } = converted
  if (text !== undefined)
    return {
      status: 200,
      contentType:
        formOf(new TextEncoder().encode(text.slice(0, 64))) === 'json'
          ? JSON_TYPE
          : 'application/xml; charset=utf-8',
      text,
    }
  const first = validated.findings.find((it) => it.severity === 'error')
  return problemOf(
    [
      {
        code: '1.8',
        reason: first?.message ?? `The message is ${validated.verdict}.`,
        rule: first?.rule ?? '',
      },
    ],
    400,
    validated.findings,
  )
}

function vendorRoutes({ facade, sender }: RouteParts): readonly Route[] {
  return boundVendorRoutes(facade).map((it) => ({
    method: it.method,
    path: it.path,
    body: it.takesBody ? ['json' as const] : [],
    about: it.about,
    answer: async (request) => {
      const query = pageOf(request)
      if ('status' in query) return query
      const ask = (json: Json) =>
        it.answer({
          facade: facadeRequest(it.noun, request, sender),
          json,
          mRID: request.params[it.idParameter] ?? '',
          query,
        })
      return flat(it.takesBody ? await withJson(request, ask) : await ask(null))
    },
  }))
}

function flat(answer: FacadeAnswer | RouteAnswer): RouteAnswer {
  return 'rendered' in answer ? { ...answer.rendered, headers: answer.headers } : answer
}

function resourceRoutes(parts: RouteParts): readonly Route[] {
  const { facade } = parts
  const on =
    (answer: (request: FacadeRequest, it: RouteRequest) => Promise<FacadeAnswer | RouteAnswer>) =>
    async (it: RouteRequest) => {
      const noun = nounOf(parts.schemas, it.params['resource'] ?? '')
      if (noun === undefined)
        return problemOf(
          [{ code: '2.5', reason: `There is no resource ${it.params['resource'] ?? ''}.` }],
          404,
        )
      const answer_ = await answer(facadeRequest(noun, it, parts.sender), it)
      return 'rendered' in answer_ ? { ...answer_.rendered, headers: answer_.headers } : answer_
    }
  const one = '/api/v1/:resource/:mRID'
  return [
    {
      method: 'POST',
      path: '/api/v1/:resource',
      body: ['json'],
      about: 'create objects of a noun',
      answer: on((request, it) => withJson(it, (json) => facade.create(request, json))),
    },
    {
      method: 'GET',
      path: '/api/v1/:resource',
      body: [],
      about: 'list objects: ?limit=100&after=&name=',
      answer: on((request, it) => listed(request, it, facade)),
    },
    {
      method: 'GET',
      path: one,
      body: [],
      about: 'one object, with ETag',
      answer: on((request, it) => facade.read(request, it.params['mRID'] ?? '')),
    },
    {
      method: 'PATCH',
      path: one,
      body: ['json'],
      about: 'change one object; null deletes; If-Match',
      answer: on((request, it) =>
        withJson(it, (json) => facade.change(request, it.params['mRID'] ?? '', json)),
      ),
    },
    {
      method: 'DELETE',
      path: one,
      body: [],
      about: 'delete one object; If-Match',
      answer: on((request, it) => facade.remove(request, it.params['mRID'] ?? '')),
    },
  ]
}

/** What the façade needs of a request. */
export function facadeRequest(
  noun: string,
  { headers, bodyHash }: RouteRequest,
  sender: Sender,
): FacadeRequest {
  const key = headers['idempotency-key']
  const match = /^(?:W\/)?"(\d+)"$/.exec(headers['if-match'] ?? '')?.[1]
  return {
    noun,
    sender,
    bodyHash,
    ...(key === undefined ? {} : { idempotencyKey: key }),
    ...(match === undefined ? {} : { ifMatch: Number(match) }),
  }
}

/** The body as JSON, or why it is none. */
export async function withJson(
  it: RouteRequest,
  use: (json: Json) => Promise<FacadeAnswer | RouteAnswer>,
): Promise<FacadeAnswer | RouteAnswer> {
  const read = readText(it.bytes)
  if ('json' in read) return use(read.json)
  return problemOf(
    [
      {
        code: '1.8',
        rule: read.finding.rule,
        reason: read.finding.message,
        details: read.finding.mend,
      },
    ],
    400,
    [read.finding],
  )
}

async function listed(
  request: FacadeRequest,
  it: RouteRequest,
  facade: Facade,
): Promise<FacadeAnswer | RouteAnswer> {
  const query = pageOf(it)
  return 'status' in query ? query : facade.list(request, query)
}

/** ?limit=&after=&name= */
function pageOf({
  query,
}: RouteRequest):
  { readonly limit: number; readonly after?: string; readonly name?: string } | RouteAnswer {
  const limit = Number(query['limit'] ?? 100)
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_LISTED)
    return problemOf(
      [{ code: '2.15', reason: `limit is a whole number from 1 to ${MOST_LISTED}.` }],
      400,
    )
  const { after, name } = query
  return {
    limit,
    ...(after === undefined || after === '' ? {} : { after }),
    ...(name === undefined ? {} : { name: JSON.stringify([null, null, name]) }),
  }
}

function probes({ ready }: RouteParts): readonly Route[] {
  const plain = (status: number, text: string): RouteAnswer => ({
    status,
    contentType: 'text/plain; charset=utf-8',
    text: `${text}\n`,
  })
  return [
    {
      method: 'GET',
      path: '/livez',
      body: [],
      about: 'the process runs',
      answer: () => plain(200, 'ok'),
    },
    {
      method: 'GET',
      path: '/readyz',
      body: [],
      about: 'store and schemas are ready',
      answer: async () => {
        const why = await ready()
        return why === '' ? plain(200, 'ok') : plain(503, why)
      },
    },
  ]
}

/** Until there is a console: what is served here, for a person who opens the address in a browser. */
function page(routes: readonly Route[], { schemas }: RouteParts): string {
  const rows = routes.map(
    (it) => `<tr><td>${it.method}</td><td><code>${it.path}</code></td><td>${it.about}</td></tr>`,
  )
  const nouns = [...new Set(schemas.catalogue.nouns.map((it) => it.noun))].map(
    (it) => `<li><code>/api/v1/${resourceOf(it)}</code> ${it}</li>`,
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>cimgate</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1f24}code{background:#f2f4f6;padding:.1em .3em}td{padding:.2rem .8rem .2rem 0;vertical-align:top}</style>
<h1>cimgate</h1><p>A gateway between IEC 61968 CIM XML and JSON. Status events: <code>WS /status?topics=…&amp;since=…</code></p>
<table>${rows.join('\n')}</table><h2>Resources</h2><ul>${nouns.join('\n')}</ul></html>\n`
}
