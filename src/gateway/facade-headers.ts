// What HTTP says beside the answer of the façade: ids, the revision of the object, where to look for what is still to come.

import { heldIn } from './facade-answer.ts'
import type { FacadeAnswer } from './facade-request.ts'
import { appliedOf } from './prefer.ts'
import type { Preference } from './prefer.ts'
import type { Answer, Unrendered } from './received.ts'

/** @param said what was rendered for this very request; a replay knows no revision any more */
export function answered(answer: Answer, said?: Unrendered): FacadeAnswer {
  const held = answer.repeated || said?.result !== 'OK' ? [] : heldIn(said.decision)
  const ids = new Set(held.map(({ id }) => id))
  const last = ids.size === 1 ? held.at(-1) : undefined
  return {
    rendered: answer.rendered,
    headers: {
      MessageID: answer.messageID,
      CorrelationID: answer.correlationID,
      ...retryAfter(answer),
      ...(last === undefined ? {} : { ETag: etag(last.revision) }),
    },
  }
}

/** Whole seconds, at least one (RFC 9110 §10.2.3). */
export function retryAfter({ retryAfterMs }: Answer): Readonly<Record<string, string>> {
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

/** The entity tag of a revision. */
export function etag(revision: number): string {
  return `"${revision}"`
}
