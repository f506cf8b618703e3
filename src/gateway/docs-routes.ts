// The routes of what cimgate says about itself: the OpenAPI document and the documentation. What they answer is made
// when it is first asked for, from the schemas in use; nothing in it comes from outside.

import type { SchemaSet } from '../schema/schemas.ts'
import { nearestNoun } from './nouns.ts'
import { problemOfRow } from './problem.ts'
import type { FacadeAnswer } from './facade.ts'
import type { Operation } from './operation.ts'
import type { Route, RouteParts, RouteRequest } from './route.ts'

const OPENAPI: Operation = {
  id: 'openapi',
  tag: 'Documentation',
  parameters: ['onlyNoun', 'ifNoneMatch'],
  answers: ['openapi', 'unchanged'],
  errors: ['unknown-resource'],
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
const NOUN: Operation = {
  id: 'documentNoun',
  tag: 'Documentation',
  parameters: ['verb', 'namespace'],
  answers: ['aboutNoun'],
  errors: ['not-found'],
  refusal: 'page',
}

/** @param all every route of the gateway, these included */
export function docsRoutes(parts: RouteParts, all: () => readonly Route[]): readonly Route[] {
  const api = once(async () => {
    const { openApiOf } = await import('./openapi/document.ts')
    return openApiOf(all(), parts.schemas, parts.describe)
  })
  const site = once(async () => {
    const { siteOf } = await import('./docs/site.ts')
    const { schemas, describe } = parts
    return siteOf({ schemas, describe, routes: all(), api: await api() })
  })
  const get = { method: 'GET', body: [] } as const
  return [
    {
      ...get,
      path: '/',
      about: 'what is served here',
      operation: HOME,
      answer: async () => (await site()).home(),
    },
    {
      ...get,
      path: '/docs',
      about: 'the nouns, element by element',
      operation: INDEX,
      answer: async () => (await site()).index(),
    },
    {
      ...get,
      path: '/docs/guide/:page',
      about: 'HTTP interface, CIM-JSON, envelope, errors',
      operation: GUIDE,
      answer: async ({ params }) => (await site()).guide(params['page'] ?? ''),
    },
    {
      ...get,
      path: '/docs/:noun',
      about: 'a page about one noun; its XSD, its JSON Schema',
      operation: NOUN,
      answer: async (request) => (await site()).noun(request.params['noun'] ?? '', request),
    },
    {
      method: 'GET',
      path: '/openapi.json',
      body: [],
      about: 'OpenAPI 3.1 of all this, or of one noun: ?noun=',
      operation: OPENAPI,
      answer: async ({ query, headers }) => {
        const { noun } = query
        const found = noun === undefined ? await (await api()).whole() : (await api()).of(noun)
        if (found === undefined) return noNoun(noun ?? '', parts.schemas)
        return tagged(found, 'application/json; charset=utf-8', headers)
      },
    },
  ]
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}

function noNoun(noun: string, schemas: SchemaSet): FacadeAnswer {
  const near = nearestNoun(schemas, noun)
  const mend = near === undefined ? {} : { mend: `Did you mean ?noun=${near}?` }
  const facts = { instance: '/openapi.json', ...mend }
  const reason = `There is no resource of a noun ${noun}.`
  return { rendered: problemOfRow('unknown-resource', reason, facts), headers: {} }
}

/** 304 where the client has this very text already (RFC 9110 13.1.2). */
function tagged(
  { text, etag }: { readonly text: string; readonly etag: string },
  contentType: string,
  headers: RouteRequest['headers'],
): FacadeAnswer {
  const known = (headers['if-none-match'] ?? '')
    .split(',')
    .map((it) => it.trim().replace(/^W\//, ''))
  const isKnown = known.includes(etag) || known.includes('*')
  const rendered = isKnown
    ? { status: 304, contentType, text: '' }
    : { status: 200, contentType, text }
  return { rendered, headers: { ETag: etag, 'Cache-Control': 'no-cache' } }
}
