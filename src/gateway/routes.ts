// The HTTP interface as data: every path, what it takes, and which part of the gateway answers.
// Free of any HTTP library; the shell serves it.

import { acceptsJson, notAcceptable } from './accept.ts'
import { cimRoute } from './cim-route.ts'
import { listRoutes } from './collections/list-route.ts'
import type { FacadeAnswer } from './facade/request.ts'
import { docsRoutes } from './docs-routes.ts'
import { fileRoutes } from './files/put-route.ts'
import { OUR_ERRORS } from './operation.ts'
import type { Operation } from './operation.ts'
import { askedWell } from './parameters.ts'
import { pathIn } from './resource-request.ts'
import { reconcileRoutes } from './reconcile/routes.ts'
import { resourceRoutes } from './facade/routes.ts'
import type { Route, RouteAnswer, RouteParts, RouteRequest } from './route.ts'
import { soapRoutes } from './soap/routes.ts'
import { toolRoutes } from './tool-routes.ts'
import { trackingRoutes } from './tracking/routes.ts'
import { vendorRoutesOf } from './vendor-routes.ts'

export type { RouteAnswer, RouteParts, RouteRequest } from './route.ts'

/** A route as it is served. */
export interface ServedRoute extends Omit<Route, 'answer'> {
  readonly answer: (request: RouteRequest) => Promise<RouteAnswer> | RouteAnswer
}

/** All routes, those with fixed paths before those with parameters; the page at / lists them. */
export function routesOf(parts: RouteParts): readonly ServedRoute[] {
  const routes: readonly Route[] = [
    cimRoute(parts),
    ...soapRoutes(parts),
    ...toolRoutes(parts).map((it) => askedWell(it)),
    // Before the resources of nouns, whose paths are of the same form.
    ...trackingRoutes(parts)
      .map((it) => askedWell(it))
      .map((it) => (it.operation.answers.includes('raw') ? it : inJson(it))),
    ...[...reconcileRoutes(parts), ...fileRoutes(parts)].map((it) => inJson(askedWell(it))),
    ...[
      ...vendorRoutesOf(parts).map((it) => askedWell(it)),
      ...listRoutes(parts),
      ...resourceRoutes(parts),
    ].map((it) => identified(inJson(it), parts)),
    ...probes(parts),
    ...docsRoutes(parts, () => routes).map((it) => askedWell(it, () => [], refusedIn(it))),
  ]
  return routes.map((it) => ({
    ...it,
    answer: async (request) => served(await it.answer(request)),
  }))
}

/** True for what every node has to tell, whatever its part of the work. */
export function isProbe({ operation }: ServedRoute): boolean {
  return operation.tag === READY.tag
}

/** A page is refused with a page, which nobody needs before. */
function refusedIn({ operation }: Route): Parameters<typeof askedWell>[2] {
  if (operation.refusal !== 'page' && !operation.answers.includes('page')) return undefined
  return async (it) => {
    const { refusedPage } = await import('./docs/refused-page.ts')
    return refusedPage(it)
  }
}

/** Answers in JSON only, and does nothing for whoever would not take that. */
function inJson(route: Route): Route {
  return {
    ...route,
    answer: (request) => {
      const { accept } = request.headers
      if (acceptsJson(accept)) return route.answer(request)
      const instance = pathIn(route.path, request.params)
      return { rendered: notAcceptable(accept ?? '', instance), headers: {} }
    },
  }
}

/** Also what is refused before a message is made of it has ids, so that both sides can speak of it. */
function identified(route: Route, { facade }: RouteParts): Route {
  return {
    ...route,
    answer: async (request) => {
      const { rendered, headers } = await route.answer(request)
      const ids = 'MessageID' in headers ? {} : facade.ids()
      return { rendered, headers: { ...ids, ...headers } }
    },
  }
}

/** seconds after which a client may repeat what has failed on our side */
const RETRY_AFTER = '1'

function served({ rendered, headers }: FacadeAnswer): RouteAnswer {
  const retry = rendered.status === 503 ? { 'Retry-After': RETRY_AFTER } : {}
  return { ...rendered, headers: { ...headers, ...retry } }
}

const READY: Operation = {
  id: 'readyz',
  tag: 'Probes',
  answers: ['plain'],
  errors: ['overloaded'],
  refusal: 'text',
}

function probes({ ready, sharing, metrics }: RouteParts): readonly Route[] {
  return [
    {
      access: 'everybody',
      always: true,
      method: 'GET',
      path: '/livez',
      body: [],
      about: 'the process runs',
      operation: { id: 'livez', tag: 'Probes', answers: ['plain'], errors: [] },
      answer: () => plain(200, 'ok'),
    },
    {
      access: 'everybody',
      always: true,
      method: 'GET',
      path: '/readyz',
      body: [],
      about: 'store and schemas are ready',
      operation: READY,
      answer: async () => {
        const why = await ready()
        if (why !== '') return plain(503, why)
        const part = sharing?.() ?? ''
        return plain(200, part === '' ? 'ok' : `ok\n${part}`)
      },
    },
    ...(metrics === undefined ? [] : [metricsRoute(metrics)]),
  ]
}

/** Counts of all parties together: for operators. */
function metricsRoute(metrics: () => Promise<string>): Route {
  return {
    access: 'watch',
    always: true,
    method: 'GET',
    path: '/metrics',
    body: [],
    about: 'counts and times, as Prometheus reads them; for operators',
    operation: { id: 'metrics', tag: 'Probes', answers: ['metrics'], errors: OUR_ERRORS },
    answer: async () => {
      const contentType = 'text/plain; version=0.0.4; charset=utf-8'
      return { rendered: { status: 200, contentType, text: await metrics() }, headers: {} }
    },
  }
}

function plain(status: number, text: string): FacadeAnswer {
  const contentType = 'text/plain; charset=utf-8'
  return { rendered: { status, contentType, text: `${text}\n` }, headers: {} }
}
