// Requests for which there is no place at all, answered before anything else is done for them: at ten times of what a gateway
// can carry out, saying no is nearly all that it does.

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { CimError } from '../../envelope/errors.ts'
import type { ShownCertificates } from '../../gateway/access/certificate.ts'
import type { Headers } from '../../gateway/access/proofs.ts'
import type { Access } from '../../gateway/access/access.ts'
import type { Gate } from '../../gateway/load/gate.ts'
import { closing, hasBody } from './closing.ts'
import { sendable } from './header-values.ts'
import type { Answered, HttpRoute } from './index.ts'
import type { Refuse } from './refusal.ts'

/** What turning away takes. */
export interface TurningParts extends Partial<ShownCertificates> {
  readonly gate: Gate
  readonly access: Access
  readonly refuse: Refuse
  readonly answered?: ((it: Answered) => void) | undefined
}

/** @returns whether the request has been answered */
export type TurnAway = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>

/** octets of a body that are read and thrown away, so that its connection stays; beyond that it is closed */
const MOST_DROPPED = 65_536

/** Answers whoever cannot be taken in. */
export function turningAway(routes: readonly HttpRoute[], parts: TurningParts): TurnAway {
  const { gate, access, refuse, certificateOf } = parts
  const always = new Set(routes.flatMap((it) => (it.always === true ? [it.path] : [])))
  const worded = routes.filter((it) => it.refuse !== undefined)

  /** The route that words what is refused: no more has to be known of it. */
  function routeAt(path: string): HttpRoute | undefined {
    return worded.find((it) => path === it.path || path.startsWith(`${it.path}/`))
  }

  async function errorFor(request: IncomingMessage): Promise<CimError | undefined> {
    if (gate.busy() === 'full') return gate.turnsAway()
    const who = await access.who(request.headers as Headers, certificateOf?.(request))
    return 'sender' in who ? gate.turnsAway(who.sender) : undefined
  }

  return async (request, response) => {
    const begun = performance.now()
    const [path = ''] = (request.url ?? '').split('?', 1)
    if (always.has(path)) return false
    const error = await errorFor(request)
    if (error === undefined) return false
    const { method = '' } = request
    const route = routeAt(path)
    const contentType = request.headers['content-type'] ?? ''
    const answer = await refuse(error, { method, path, contentType, refuse: route?.refuse })
    send(request, response, answer)
    const { status } = answer
    parts.answered?.({
      method,
      route: route?.path ?? 'none',
      status,
      tookMs: performance.now() - begun,
    })
    return true
  }
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, contentType, text, headers = {} }: Awaited<ReturnType<Refuse>>,
): void {
  response.statusCode = status
  response.setHeader('Content-Type', contentType)
  response.setHeader('X-Content-Type-Options', 'nosniff')
  for (const [name, value] of Object.entries(sendable(headers))) response.setHeader(name, value)
  if (isLong(request)) return closing(request, response, text)
  // Who was not told to continue may still send the body, and it would be read as the next request.
  if (request.headers.expect !== undefined) response.setHeader('Connection', 'close')
  response.setHeader('Content-Length', Buffer.byteLength(text))
  response.end(request.method === 'HEAD' ? undefined : text)
}

/** True for a body that is more than is worth reading to its end for the sake of its connection. */
export function isLong(request: IncomingMessage): boolean {
  if (!hasBody(request)) return false
  const declared = Number(request.headers['content-length'])
  return !(declared <= MOST_DROPPED)
}
