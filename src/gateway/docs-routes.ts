// The routes of what cimgate says about itself: the OpenAPI document and the documentation. What they answer is made
// when it is first asked for, from the schemas in use; nothing in it comes from outside.

import type { FacadeAnswer } from './facade/request.ts'
import type { Operation } from './operation.ts'
import type { DocumentRequest, Route, RouteParts, RouteRequest } from './route.ts'
import { noNoun } from './unknown-name.ts'

const OPENAPI: Operation = {
  id: 'openapi',
  tag: 'Documentation',
  parameters: ['onlyNoun', 'ifNoneMatch'],
  answers: ['openapi', 'unchanged'],
  errors: ['unknown-resource', 'unusable-schema', 'overloaded'],
}

const PAGE = { tag: 'Documentation', answers: ['page'] } as const

const HOME: Operation = { ...PAGE, id: 'start', errors: [] }
const INDEX: Operation = { ...PAGE, id: 'documentNouns', errors: [] }
const GUIDE: Operation = {
  ...PAGE,
  id: 'documentInterface',
  errors: ['not-found'],
  refusal: 'page',
}
const FLOW: Operation = { ...PAGE, id: 'documentFlow', errors: ['not-found'], refusal: 'page' }
const NOUN: Operation = {
  id: 'documentNoun',
  tag: 'Documentation',
  parameters: ['verb', 'namespace'],
  answers: ['aboutNoun'],
  errors: ['not-found', 'unusable-schema'],
  refusal: 'page',
}

type DocumentId =
  'start' | 'documentNouns' | 'documentInterface' | 'documentFlow' | 'documentNoun' | 'openapi'

/** What answers each of these routes. */
export type DocumentAnswers = Readonly<
  Record<DocumentId, (request: DocumentRequest) => Promise<FacadeAnswer>>
>

/** @param all every route of the gateway, these included */
export function docsRoutes(parts: RouteParts, all: () => readonly Route[]): readonly Route[] {
  const here = documentAnswers(parts, all)
  const about = () => ({
    version: parts.describe.version,
    apiKeyHeader: parts.describe.apiKeyHeader,
    routes: all().map(
      ({ answer: _answer, refuse: _refuse, proof: _proof, nounIn: _noun, ...facts }) => facts,
    ),
  })
  const route = (path: string, operation: Operation, text: string): Route => ({
    method: 'GET',
    access: 'party',
    path,
    body: [],
    about: text,
    operation,
    answer: async (asked) => {
      const { headers } = asked
      const request = requestIn(asked)
      const made =
        parts.documents === undefined
          ? await here[operation.id as DocumentId](request)
          : await parts.documents.answer(operation.id, request, about)
      return unlessKnown(made, headers)
    },
  })
  return [
    route('/', HOME, 'what is served here'),
    route('/docs', INDEX, 'the nouns, element by element'),
    route('/docs/guide/:page', GUIDE, 'flows, HTTP interface, CIM-JSON, envelope, errors'),
    route('/docs/flow/:flow', FLOW, 'a page about one flow: verbs, states, refusals, samples'),
    route('/docs/:noun', NOUN, 'a page about one noun; its XSD, its JSON Schema'),
    route('/openapi.json', OPENAPI, 'OpenAPI 3.1 of all this, or of one noun: ?noun='),
  ]
}

/** What a document depends on, and nothing else: it is known again by it. */
function requestIn({ params, query, headers }: RouteRequest): DocumentRequest {
  const some = (of: Readonly<Record<string, string>>, ...names: readonly string[]) =>
    Object.fromEntries(Object.entries(of).filter(([name]) => names.includes(name)))
  return {
    params,
    query: some(query, 'noun', 'verb', 'namespace'),
    headers: some(headers, 'host', 'accept'),
  }
}

/** Makes the documents, here and now. */
export function documentAnswers(
  { schemas, describe }: Pick<RouteParts, 'schemas' | 'describe'>,
  all: () => readonly Route[],
): DocumentAnswers {
  const api = once(async () => {
    const { openApiOf } = await import('./openapi/document.ts')
    const { nounSamples } = await import('./openapi/noun-samples.ts')
    return openApiOf(all(), schemas, describe, await nounSamples(describe))
  })
  const site = once(async () => {
    const { siteOf } = await import('./docs/site.ts')
    return siteOf({ schemas, describe, routes: all(), api: await api() })
  })
  return {
    start: async () => (await site()).home(),
    documentNouns: async () => (await site()).index(),
    documentInterface: async ({ params }) => (await site()).guide(params['page'] ?? ''),
    documentFlow: async ({ params }) => (await site()).flow(params['flow'] ?? ''),
    documentNoun: async (request) => (await site()).noun(request.params['noun'] ?? '', request),
    openapi: async ({ query: { noun } }) => {
      const found = noun === undefined ? await (await api()).whole() : (await api()).of(noun)
      return found === undefined
        ? { rendered: noNoun(schemas, noun ?? '', '/openapi.json'), headers: {} }
        : tagged(found)
    },
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}

function tagged({ text, etag }: { readonly text: string; readonly etag: string }): FacadeAnswer {
  const contentType = 'application/json; charset=utf-8'
  return {
    rendered: { status: 200, contentType, text },
    headers: { ETag: etag, 'Cache-Control': 'no-cache' },
  }
}

/** 304 where the client has this very text already (RFC 9110 13.1.2). */
function unlessKnown(made: FacadeAnswer, headers: RouteRequest['headers']): FacadeAnswer {
  const { rendered, headers: own } = made
  const { ETag: etag } = own as { readonly ETag?: string }
  const known = (headers['if-none-match'] ?? '')
    .split(',')
    .map((it) => it.trim().replace(/^W\//, ''))
  const isKnown = etag !== undefined && (known.includes(etag) || known.includes('*'))
  return isKnown ? { ...made, rendered: { ...rendered, status: 304, text: '' } } : made
}
