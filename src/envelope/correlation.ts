// How a reply is tied to its request. The rules that judge the tie are in rules-correlation.ts.

import type { EnvelopeView } from './envelope.ts'
import { isBlank } from './parts.ts'

/**
 * The CorrelationID that every reply to this request carries: the request's own, or else its MessageID.
 * Undefined when the request has neither, so that no reply can be tied to it.
 * @see IEC 61968-100:2013 6.9
 */
export function correlationOf(request: EnvelopeView): string | undefined {
  return [request.correlationID, request.messageID].find((it) => !isBlank(it))
}

/**
 * An operationId in canonical form, so that `007` and ` 7 ` name the same Operation; any other text as it stands.
 * A reply about one Operation is tied by the CorrelationID and this.
 * @see IEC 61968-100:2013 6.10
 */
export function operationIdOf(text: string): string {
  const [, sign = '', digits] = /^\s*([+-]?)0*(\d+)\s*$/.exec(text) ?? []
  if (digits === undefined) return text
  return sign === '-' && digits !== '0' ? `-${digits}` : digits
}
