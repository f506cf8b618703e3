// The answer to a collection whose request no process knows any more, object by object.

import type { Finding } from '../../envelope/finding.ts'
import type { ReplyError } from '../../envelope/reply.ts'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { batchOf, batchedBy } from './batch-answer.ts'
import type { NounContent } from '../content.ts'
import type { Render } from './answer.ts'
import { objectsFor } from '../tasks.ts'

/**
 * How an answer is kept for a caller whose request this process does not know any more: of what was refused before, only the
 * places are known.
 * @param message that was sent
 */
export function keptBatch(
  message: JsonObject,
  places: readonly number[],
  content: NounContent,
  isKeyed: boolean,
): Render {
  const sent = objectsFor(member(message, 'payload'), content)
  const refused = new Map(places.map((at) => [at, [UNFIT]]))
  let next = 0
  const objects = Array.from({ length: sent.length + refused.size }, (_none, at) =>
    refused.has(at) ? null : (sent[next++] ?? null),
  )
  const own = batchOf(content.noun) ?? { by: '', objectType: content.noun }
  const how = { instance: '', isKeyed, tell: (findings: readonly Finding[]) => findings }
  return batchedBy({ objects, refused, ...own }, how)
}

const UNFIT: ReplyError = {
  code: '1.8',
  reason: 'Its schema does not allow it as it was, and it was not sent on.',
  details: 'Judge it with POST /api/v1/validate, mend it, and send it by itself.',
}
