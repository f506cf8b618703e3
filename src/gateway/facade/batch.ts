// POST of a collection that is answered object by object, `program-enrollments:batch`. It becomes one message and goes the way of all
// messages; what of it no schema allows is refused by itself, and does not hold up the rest.

import { hasErrors } from '../../envelope/finding.ts'
import type { Finding } from '../../envelope/finding.ts'
import type { ReplyError } from '../../envelope/reply.ts'
import { errorOfFinding } from '../../envelope/reply-errors.ts'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { messageFromJson } from '../../schema/message-xml.ts'
import { batchAnswer, batchOf, batchedBy } from './batch-answer.ts'
import type { Batch } from './batch-answer.ts'
import { contentsOf, payloadOf, rootsOf } from '../content.ts'
import type { NounContent } from '../content.ts'
import type { Exchange } from '../exchange.ts'
import type { ExchangeParts } from '../exchange-parts.ts'
import type { Render, Tell } from './answer.ts'
import { answered, deferred } from './headers.ts'
import { createMessage, jsonReceived } from './message.ts'
import { heading, repeatKey } from './request.ts'
import type { Facade, FacadeAnswer, FacadeRequest } from './request.ts'
import { toldOf } from '../json-findings.ts'
import type { JsonBody } from '../json-findings.ts'
import { NO_ITEM, misfitsIn } from '../misfits.ts'
import { resourceOf } from '../nouns.ts'
import { problemOfRow } from '../problem.ts'
import { entriesOf, objectsFor } from '../tasks.ts'
import { judgeJson } from '../translate.ts'

/** Takes a collection, and answers object by object. */
export type TakeBatch = (request: FacadeRequest, body: JsonBody) => Promise<FacadeAnswer>

/** @param facade says what is wrong with a body that is no collection */
export function batching(
  facade: Pick<Facade, 'create' | 'ids'>,
  exchange: Exchange,
  parts: ExchangeParts,
): TakeBatch {
  const contentOf = contentsOf(parts.schemas)

  return async (request, body) => {
    const own = batchOf(request.noun)
    const content = contentOf(request.noun)
    if (own === undefined || content?.element === undefined)
      return { rendered: noBatch(request), headers: facade.ids() }
    const made = createMessage(body.json, heading(request, 'create'), parts)
    const objects = 'refusal' in made ? [] : listedIn(made.message, content)
    if ('refusal' in made || objects.length === 0) return facade.create(request, body)
    const tell: Tell = (findings) => toldOf(findings, body, made.standing)
    const { validated } = await judgeJson(made.message, parts)
    const misfits = misfitsIn(validated.findings, content.element)
    if (misfits.has(NO_ITEM)) return facade.create(request, body)
    const refused = new Map([...misfits].map(([at, all]) => [at, errorsIn(tell(all))]))
    const batch: Batch = { objects, refused, ...own }
    const how = { instance: request.path, isKeyed: repeatKey(request) !== undefined, tell }
    if (refused.size === objects.length) {
      const rendered = batchAnswer(batch, undefined, how)
      const headers = facade.ids()
      const { MessageID: messageID = '', CorrelationID: correlationID = '' } = headers
      const answer = { rendered, messageID, correlationID, repeated: false }
      await exchange.keepRefused(jsonReceived(request, made.message), validated, answer)
      return { rendered, headers }
    }
    const rest = objects.filter((_object, at) => !refused.has(at))
    const message = refused.size === 0 ? made.message : about(rest, made.message, content)
    return send(request, message, batch, batchedBy(batch, how, content))
  }

  async function send(
    request: FacadeRequest,
    message: JsonObject,
    { refused }: Batch,
    render: Render,
  ): Promise<FacadeAnswer> {
    const { sender, bodyHash, traceparent, prefer } = request
    const key = repeatKey(request)
    const answer = await exchange.receive({
      bytes: new TextEncoder().encode(messageFromJson(message, parts.schemas).xml),
      ...{ sender, bodyHash, traceparent, unseen: 'object', render },
      batch: [...refused.keys()].toSorted((a, b) => a - b),
      ...(prefer?.isAsync === true ? { prefersAsync: true } : {}),
      ...(prefer?.waitMs === undefined ? {} : { waitMs: prefer.waitMs }),
      ...(key === undefined ? {} : { repeatKey: key }),
    })
    const it = answered(answer)
    return it.rendered.status === 202 ? deferred(it, prefer, answer) : it
  }
}

/** Its objects; none where one of the items is no object, so that places would not be those of the sender. */
function listedIn(message: JsonObject, content: NounContent): readonly JsonObject[] {
  const payload = member(message, 'payload')
  const written = entriesOf(payload).flatMap(([name, root]) => {
    const list = name === content.noun ? member(root, content.element ?? '') : []
    return Array.isArray(list) ? list : []
  })
  const objects = objectsFor(payload, content)
  return objects.length === written.length ? objects : []
}

function errorsIn(findings: readonly Finding[]): readonly ReplyError[] {
  return hasErrors(findings) ? findings.map((it) => errorOfFinding(it)) : []
}

/** The same message about some of its objects. */
function about(
  objects: readonly JsonObject[],
  message: JsonObject,
  content: NounContent,
): JsonObject {
  return { ...message, payload: payloadOf([[content.noun, rootsOf(objects, content)]]) }
}

function noBatch({ noun, path }: FacadeRequest) {
  const reason = `${noun} knows no batch that is answered object by object.`
  const mend = `POST /api/v1/${resourceOf(noun)} takes several objects at once, too.`
  return problemOfRow('not-found', reason, { instance: path, mend, status: 404 })
}
