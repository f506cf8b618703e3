// What HTTP says beside the answer of the façade: ids, the revision of the object, where to look for what is still to come.

import type { NounContent } from '../content.ts'
import { etagOfRevision } from '../entity-tag.ts'
import { idsIn } from './answer.ts'
import type { FacadeAnswer } from './request.ts'
import { appliedOf } from '../prefer.ts'
import type { Preference } from '../prefer.ts'
import type { Answer } from '../received.ts'

/** Also of a repeated request: as it was answered the first time. */
export function answered(answer: Answer): FacadeAnswer {
  return {
    rendered: answer.rendered,
    headers: {
      MessageID: answer.messageID,
      CorrelationID: answer.correlationID,
      ...retryAfter(answer),
      ...replayed(answer),
      ...(answer.etag === undefined ? {} : { ETag: answer.etag }),
    },
  }
}

/** Where what has been made is found: one object, or the first of them. */
export function madeAt(answer: FacadeAnswer, own: NounContent, resource: string): FacadeAnswer {
  const { status, text } = answer.rendered
  if (status !== 201 && status !== 202) return answer
  // What its schema gives no mRID is known by the MessageID of the request, which the CorrelationID repeats.
  const made = status === 201 ? [answer.headers['CorrelationID']] : []
  const [mRID, ...others] = own.hasId ? idsIn(text, own) : made
  // What is only on its way, and not kept yet, is looked for where its message is.
  if (mRID === undefined) return answer
  const Location = `/api/v1/${resource}/${encodeURIComponent(mRID)}`
  // What an earlier version has answered was the first revision of an object.
  const ETag = others.length === 0 && status === 201 ? { ETag: etagOfRevision(1) } : {}
  return { ...answer, headers: { ...ETag, ...answer.headers, Location } }
}

/** Says of a stored reply that nothing was done for it this time. */
export function replayed({ repeated }: Answer): Readonly<Record<string, string>> {
  return repeated ? { 'Idempotency-Replayed': 'true' } : {}
}

/** Whole seconds, at least one (RFC 9110 §10.2.3). */
function retryAfter({ retryAfterMs }: Answer): Readonly<Record<string, string>> {
  if (retryAfterMs === undefined) return {}
  return { 'Retry-After': String(Math.max(1, Math.ceil(retryAfterMs / 1000))) }
}

/** Where the outcome can be looked for (RFC 9110 §15.3.3), and what was heeded of the request (RFC 7240 §3). */
export function deferred(
  it: FacadeAnswer,
  prefer: Preference | undefined,
  { leg = '' }: Answer,
): FacadeAnswer {
  const applied = prefer === undefined ? '' : appliedOf(prefer)
  const heeded = applied === '' ? {} : { 'Preference-Applied': applied }
  const Location = `/api/v1/messages/${encodeURIComponent(leg)}`
  return { ...it, headers: { ...it.headers, Location, ...heeded } }
}
