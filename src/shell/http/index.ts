// HTTP: reads requests within limits, hands them to the gateway, writes its answers. The only file that knows koa.
// It decides nothing about messages; the single catch of the server is here.

import { createHash } from 'node:crypto'
import { Router } from '@koa/router'
import Koa from 'koa'
import type { Context, Middleware } from 'koa'
import { CimError } from '../../envelope/errors.ts'
import type { Access } from '../../gateway/access/access.ts'
import type { ShownCertificates } from '../../gateway/access/certificate.ts'
import { STATUS_PATH } from '../../gateway/access/upgrade.ts'
import type { Recorder } from '../../gateway/audit/recorder.ts'
import { traceparentOf } from '../../gateway/access/traceparent.ts'
import type { Gate } from '../../gateway/load/gate.ts'
import { problemOfRow } from '../../gateway/problem.ts'
import type { Log, NewId } from '../../gateway/ports.ts'
import type { RouteAnswer, RouteRequest } from '../../gateway/route.ts'
import type { ServedRoute } from '../../gateway/routes.ts'
import { readBody } from './body.ts'
import type { Body } from './body.ts'
import { isUnknown, senderOf } from './door.ts'
import { closing, hasBody } from './closing.ts'
import { entryOf } from './entry.ts'
import type { Entry, Incoming } from './entry.ts'
import { refusingBy } from './refusal.ts'
import type { Refuse } from './refusal.ts'
import { octetsOf } from './octets.ts'
import { cameIn, turnedAway } from './told.ts'
import { isLong, turningAway } from './turned-away.ts'
import { sendable } from './header-values.ts'
import { serverFor } from './server.ts'
import type { HttpServer, ServerTls } from './server.ts'

export type { HttpServer } from './server.ts'

/** A route as the server serves it; what it is for stands elsewhere. */
export type HttpRoute = Omit<ServedRoute, 'about' | 'operation'>

/** What the server needs besides its routes. */
export interface HttpOptions {
  readonly bodyLimitBytes: number
  readonly log: Log
  readonly access: Access
  /** absent = HTTP in the open */
  readonly tls?: ServerTls & ShownCertificates
  /** hears of every answer, by the path of its route; `none` where there is no route */
  readonly answered?: (it: Answered) => void
  /** whom there is room for; absent = everybody is taken in */
  readonly gate?: Gate | undefined
  /** writes into the audit log who has come in, and who has not; absent = nobody does */
  readonly recorder?: Pick<Recorder, 'note'> | undefined
  /** names a failure to its sender and in the log alike */
  readonly newId: NewId
}

/** One answer, for whoever counts. */
export interface Answered {
  readonly method: string
  readonly route: string
  readonly status: number
  readonly tookMs: number
}

/** A server that is not listening yet. */
export function createHttpServer(routes: readonly HttpRoute[], options: HttpOptions): HttpServer {
  const { gate } = options
  const refuse = refusingBy(options)
  const turnAway = gate && turningAway(routes, { ...options, ...options.tls, gate, refuse })
  const app = new Koa({ proxy: false })
  const router = new Router()
  for (const route of routes) router.register(route.path, [route.method], handle(route, options))
  app.on('error', (err: unknown) => options.log.error({ err }, 'an answer could not be sent'))
  app
    .use(timed(options))
    .use(failures(refuse, options))
    .use(always)
    .use(router.routes())
    .use(nothingHere(router))
  const listener = app.callback()
  const http = serverFor((request, response) => {
    // A client on a kept connection would otherwise never leave a server that is ending.
    if (!http.server.listening) response.setHeader('Connection', 'close')
    if (turnAway === undefined || gate?.busy() === 'free') return void listener(request, response)
    void turnAway(request, response).then(
      (isAnswered) => void (isAnswered || listener(request, response)),
      () => void listener(request, response),
    )
  }, options.tls)
  return http
}

/** methods that are counted by name: others come from senders */
const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE', 'OPTIONS']

function timed({ answered }: HttpOptions): Middleware {
  return async (context, next) => {
    const begun = performance.now()
    await next()
    const { path: route = 'none' } = (context.state['route'] ?? {}) as Partial<HttpRoute>
    const method = METHODS.includes(context.method) ? context.method : 'other'
    answered?.({ method, route, status: context.status, tookMs: performance.now() - begun })
  }
}

const always: Middleware = (context, next) => {
  // What a sender wrote comes back in problem documents; no browser may take it for a page.
  context.set('X-Content-Type-Options', 'nosniff')
  return next()
}

function handle(route: HttpRoute, options: HttpOptions): Middleware {
  return async (context) => {
    context.state['route'] = route
    const headers = flat(context.headers)
    const entry = entryOf(route, incoming(context), options.gate)
    const read = once(() => bodyOf(context, route, { options, entry }))
    const proving = (party: string) => (entry.enter(party), read())
    const certificate = options.tls?.certificateOf(context.req)
    const from = { method: context.method, headers, certificate }
    const proven = await senderOf(route, from, proving, options.access)
    const sender = cameIn(proven, context.req, options)
    context.state['party'] = sender.party
    entry.enter(sender.party)
    const twice = Object.keys(context.query).find((it) => Array.isArray(context.query[it]))
    if (twice !== undefined) throw new CimError('invalid-parameter', givenTwice(twice))
    const { bytes, kind } = await read()
    const octets = route.stream === true ? octetsOf(context.req, () => goOn(context)) : undefined
    const request: RouteRequest = {
      bytes,
      kind,
      ...(octets === undefined ? {} : { octets }),
      params: context['params'] as Record<string, string>,
      query: flat(context.query),
      headers,
      bodyHash: hashOf(context, bytes),
      sender,
      traceparent: traceparentOf(headers['traceparent'], options.newId),
    }
    const answer = await route.answer(request)
    entry.answered()
    write(context, answer)
  }
}

function incoming(context: Context): Incoming {
  const { req, res } = context
  return { req, res, params: context['params'] as Incoming['params'] }
}

async function bodyOf(
  context: Context,
  route: HttpRoute,
  { options, entry }: { readonly options: HttpOptions; readonly entry: Entry },
): Promise<Body> {
  const body = await readBody(context.req, {
    kinds: route.body,
    bodiless: route.bodiless ?? false,
    limitBytes: options.bodyLimitBytes,
    onRead: () => goOn(context),
    onGrown: entry.grown,
  })
  // What is read later keeps nobody out meanwhile.
  if (route.stream !== true) entry.read()
  return body
}

/** The body of a request can be read only once. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}

/** 100 Continue, to whom it is asked of. */
function goOn(context: Context): void {
  if (expectsContinue(context)) context.res.writeContinue()
}

function expectsContinue(context: Context): boolean {
  return context.get('Expect') !== ''
}

function hashOf(context: Context, bytes: Uint8Array): string {
  return createHash('sha256')
    .update(`${context.method} ${context.path}\n`)
    .update(bytes)
    .digest('hex')
}

/** Whichever counted, the other one would be passed over in silence. */
function givenTwice(name: string): string {
  return `The parameter ${name} is given more than once: write it once, and several values with commas where it takes them.`
}

/** Repeated headers: the first one counts. */
function flat(
  of: Readonly<Record<string, string | string[] | undefined>>,
): Readonly<Record<string, string>> {
  // Without a prototype: a name such as __proto__ is a name.
  const first = Object.create(null) as Record<string, string>
  for (const name of Object.keys(of)) {
    const it = of[name]
    if (it !== undefined) first[name] = Array.isArray(it) ? (it[0] ?? '') : it
  }
  return first
}

function write(context: Context, answer: RouteAnswer): void {
  context.status = answer.status
  context.set('Content-Type', answer.contentType)
  context.set(sendable(answer.headers ?? {}))
  // Who was not told to continue may still send the body, and it would be read as the next request.
  if (expectsContinue(context) && !context.req.readableDidRead) context.set('Connection', 'close')
  context.body = answer.bytes === undefined ? answer.text : Buffer.from(answer.bytes)
}

/** The only catch. */
function failures(refuse: Refuse, options: HttpOptions): Middleware {
  return async (context, next) => {
    try {
      await next()
    } catch (error) {
      const { refuse: how, path: route } = (context.state['route'] ?? {}) as Partial<HttpRoute>
      const party = context.state['party'] as string | undefined
      turnedAway(error, { request: context.req, path: route, party }, options)
      const { method, path } = context
      const contentType = context.get('Content-Type')
      const answer = await refuse(error, { method, path, contentType, refuse: how })
      write(context, answer)
      const isUnread = isUnknown(error) && hasBody(context.req)
      if (isUnread || (isTooMuch(error) && isLong(context.req))) closeAfter(context, answer.text)
    }
  }
}

/** True for what is refused only because there is so much. */
function isTooMuch(error: unknown): boolean {
  return error instanceof CimError && error.retryAfterS !== undefined
}

function closeAfter(context: Context, text: string): void {
  context.respond = false
  closing(context.req, context.res, text)
}

/** No route: 404 for an unknown path, 405 for a method that its path does not have, 204 for OPTIONS. */
function nothingHere(router: Router): Middleware {
  return (context) => {
    if (context.path === STATUS_PATH) return write(context, upgradeRequired(context.path))
    const methods = methodsAt(router, context.path)
    if (methods.length === 0) return write(context, notFound(context.path))
    context.set('Allow', methods.join(', '))
    if (context.method === 'OPTIONS') context.status = 204
    else write(context, notAllowed(context, methods))
  }
}

function notFound(path: string): RouteAnswer {
  return problemOfRow('unknown-path', `There is nothing at ${path}.`, { instance: path })
}

/** RFC 9110 15.5.22 */
function upgradeRequired(path: string): RouteAnswer {
  const reason = `There is a WebSocket at ${path}, and the request asks for no upgrade.`
  const mend = 'Open it with a WebSocket client.'
  const facts = { instance: path, mend, status: 426 }
  return {
    ...problemOfRow('method-not-allowed', reason, facts),
    headers: { Upgrade: 'websocket', Connection: 'Upgrade' },
  }
}

function notAllowed({ method, path }: Context, methods: readonly string[]): RouteAnswer {
  const reason = `${path} has no ${method}; it has ${methods.join(', ')}.`
  return problemOfRow('method-not-allowed', reason, { instance: path })
}

function methodsAt(router: Router, path: string): readonly string[] {
  const methods = router.match(path, 'OPTIONS').path.flatMap((it) => it.methods)
  return methods.length === 0 ? [] : [...new Set(['OPTIONS', ...methods])].sort()
}
