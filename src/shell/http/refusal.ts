// How the server says no: known errors by their row of the table, all others as our fault without their text, in the form of
// the route. What is said alike to many, because there are too many, is written once.

import { CimError, errorRow, saidOf } from '../../envelope/errors.ts'
import type { ErrorCode } from '../../envelope/errors.ts'
import { statusAt } from '../../envelope/reply-codes.ts'
import type { ReplyError } from '../../envelope/reply.ts'
import type { Access } from '../../gateway/access/access.ts'
import type { Log, NewId } from '../../gateway/ports.ts'
import { problemOf } from '../../gateway/problem.ts'
import type { RouteAnswer } from '../../gateway/route.ts'
import { isUnknown } from './door.ts'
import type { HttpRoute } from './index.ts'

/** What is known of a request that is refused. */
export interface Refused {
  readonly method: string
  readonly path: string
  readonly contentType: string
  /** absent = there is none */
  readonly refuse?: HttpRoute['refuse']
}

/** What refusing needs from outside. */
export interface RefusalParts {
  readonly access: Access
  readonly log: Log
  readonly newId: NewId
}

/** Answers to what is refused. */
export type Refuse = (error: unknown, request: Refused) => Promise<RouteAnswer>

/** texts that are kept; their number is bounded because senders write Content-Type and path */
const MOST_KEPT = 256

/** All of them by one server. */
export function refusingBy({ access, log, newId }: RefusalParts): Refuse {
  const kept = new Map<string, RouteAnswer>()

  async function worded(error: CimError | undefined, it: Refused): Promise<RouteAnswer> {
    const row = errorRow(error?.code ?? 'internal')
    const said: ReplyError = {
      code: row.replyCode,
      reason: error === undefined ? row.text : saidOf(error),
      details: row.remedy,
    }
    const { refuse = problemAt(it.path, error?.code ?? 'internal') } = it
    return refuse(said, statusAt(row.http, 'body'), { 'content-type': it.contentType })
  }

  /** Too many at once: each is answered alike, and costs no more than that. */
  async function again(error: CimError, it: Refused): Promise<RouteAnswer> {
    // In a form of its own a route says nothing of the path.
    const place = it.refuse === undefined ? it.path : it.refuse
    const key = `${error.code} ${error.message} ${it.contentType} ${typeof place === 'string' ? place : formOf(place)}`
    const found = kept.get(key) ?? (await worded(error, it))
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(key, found)
    return { ...found, headers: { ...found.headers, 'Retry-After': String(error.retryAfterS) } }
  }

  const forms = new Map<NonNullable<HttpRoute['refuse']>, number>()
  function formOf(refuse: NonNullable<HttpRoute['refuse']>): number {
    const known = forms.get(refuse) ?? forms.size
    forms.set(refuse, known)
    return known
  }

  return async (error, request) => {
    const known = error instanceof CimError ? error : undefined
    const id = newId()
    if (known?.retryAfterS !== undefined) {
      const answer = await again(known, request)
      return { ...answer, headers: { MessageID: id, ...answer.headers } }
    }
    const isOurs = errorRow(known?.code ?? 'internal').whose === 'ours'
    const { method, path } = request
    if (isOurs) log.error({ err: error, id, method, path }, 'a request failed')
    const answer = await worded(known, request)
    // RFC 9110 11.6.1: it belongs to 401 alone.
    const challenge =
      isUnknown(error) && !isOurs ? { 'WWW-Authenticate': access.challenge(error.code) } : {}
    const headers = { MessageID: id, ...challenge, ...answer.headers }
    return { ...answer, headers: isOurs ? { ...headers, 'Retry-After': '1' } : headers }
  }
}

function problemAt(
  path: string,
  row: ErrorCode,
): (error: ReplyError, status: number) => RouteAnswer {
  return (error, status) => problemOf([error], status, { instance: path, row })
}
