// HTTP: reads requests within limits, hands them to the gateway, writes its answers. The only file that knows koa.
// It decides nothing about messages; the single catch of the server is here.

import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { Router } from '@koa/router'
import Koa from 'koa'
import type { Context, Middleware } from 'koa'
import { CimError, errorRow } from '../../envelope/errors.ts'
import { statusAt } from '../../envelope/reply-codes.ts'
import { problemOf } from '../../gateway/problem.ts'
import type { Log } from '../../gateway/ports.ts'
import { readBody } from './body.ts'

/** A body as it was received, decompressed, in an encoding that the XML declaration may name. */
export interface HttpRequest {
  readonly bytes: Uint8Array
  readonly kind: 'xml' | 'json' | 'none'
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  /** SHA-256 over method, path and body, hex */
  readonly bodyHash: string
}

export interface HttpAnswer {
  readonly status: number
  readonly contentType: string
  readonly text: string
  readonly headers?: Readonly<Record<string, string>>
}

/** One route as data. */
export interface HttpRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** in the notation of the router: `/api/v1/:resource/:mRID` */
  readonly path: string
  /** what the body may be; everything else is 415 */
  readonly body: readonly ('xml' | 'json')[]
  readonly answer: (request: HttpRequest) => Promise<HttpAnswer> | HttpAnswer
}

export interface HttpOptions {
  readonly bodyLimitBytes: number
  readonly log: Log
}

/** Milliseconds; Node's own defaults leave a slow client five minutes. */
const TIMES = { headersMs: 10_000, requestMs: 30_000, keepAliveMs: 5_000 } as const
const MOST_CONNECTIONS = 2_000

/** A server that is not listening yet. */
export function createHttpServer(routes: readonly HttpRoute[], options: HttpOptions): Server {
  const app = new Koa({ proxy: false })
  const router = new Router()
  for (const route of routes) router.register(route.path, [route.method], handle(route, options))
  app.use(failures(options.log)).use(router.routes()).use(router.allowedMethods()).use(nothingHere)
  const server = createServer(
    {
      requestTimeout: TIMES.requestMs,
      headersTimeout: TIMES.headersMs,
      keepAliveTimeout: TIMES.keepAliveMs,
    },
    (request, response) => void app.callback()(request, response),
  )
  server.maxConnections = MOST_CONNECTIONS
  return server
}

function handle(route: HttpRoute, options: HttpOptions): Middleware {
  return async (context) => {
    const { bytes, kind } = await readBody(context.req, route.body, options.bodyLimitBytes)
    const request: HttpRequest = {
      bytes,
      kind,
      params: context['params'] as Record<string, string>,
      query: flat(context.query),
      headers: flat(context.headers),
      bodyHash: hashOf(context, bytes),
    }
    write(context, await route.answer(request))
  }
}

function hashOf(context: Context, bytes: Uint8Array): string {
  return createHash('sha256')
    .update(`${context.method} ${context.path}\n`)
    .update(bytes)
    .digest('hex')
}

/** Repeated parameters and headers: the first one counts. */
function flat(
  of: Readonly<Record<string, string | string[] | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(of).flatMap(([name, it]) =>
      it === undefined ? [] : [[name, Array.isArray(it) ? (it[0] ?? '') : it]],
    ),
  )
}

function write(context: Context, answer: HttpAnswer): void {
  context.status = answer.status
  context.set('Content-Type', answer.contentType)
  for (const [name, value] of Object.entries(answer.headers ?? {}))
    if (value !== '') context.set(name, headerText(value))
  context.body = answer.text
}

/** Header values are octets: whatever a sender put into its ids leaves as visible ASCII. */
function headerText(value: string): string {
  return /^[\x20-\x7e]*$/.test(value) ? value : encodeURI(value).replace(/[^\x20-\x7e]/g, '')
}

/** The only catch: known errors by their row of the table, all others as our fault without their text. */
function failures(log: Log): Middleware {
  return async (context, next) => {
    try {
      await next()
    } catch (error) {
      const known = error instanceof CimError ? error : undefined
      const row = errorRow(known?.code ?? 'internal')
      if (row.whose === 'ours')
        log.error({ err: error, method: context.method, path: context.path }, 'a request failed')
      const { text, status, contentType } = problemOf(
        [
          {
            code: row.replyCode,
            reason: row.whose === 'ours' ? row.text : (known?.message ?? row.text),
            details: row.remedy,
          },
        ],
        statusAt(row.http, 'body'),
      )
      write(context, {
        status,
        contentType,
        text,
        headers: row.whose === 'ours' ? { 'Retry-After': '1' } : {},
      })
    }
  }
}

const nothingHere: Middleware = (context) => {
  if (context.body !== undefined || context.status !== 404) return
  const { text, status, contentType } = problemOf(
    [
      {
        code: '99.1',
        reason: `There is nothing at ${context.path}.`,
        details: 'GET / lists what there is.',
      },
    ],
    404,
  )
  write(context, { status, contentType, text })
}
