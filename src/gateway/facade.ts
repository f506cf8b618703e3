// The JSON façade: one resource for each noun. Every request becomes a CIM message and goes the way of all
// messages; every answer is the object, or a problem document with the same reply codes.

import type { Finding } from '../envelope/finding.ts'
import { isObject, member, writeJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { isMessage, messageFromJson } from '../schema/message-xml.ts'
import type { Exchange, ExchangeParts, Rendered, Sender, Unrendered } from './exchange.ts'
import { idKey } from './identity.ts'
import { objectField, resourceOf } from './nouns.ts'
import type { StoredObject } from './ports.ts'
import { patchMessage } from './patch.ts'
import { errorJson, problemOf, problemOfIssues } from './problem.ts'
import { heldOf } from './world.ts'

/** A request to a resource, free of HTTP. */
export interface FacadeRequest {
  readonly noun: string
  readonly sender: Sender
  /** hash over method, path and body: tells a repeated request from another one under the same key */
  readonly bodyHash: string
  readonly idempotencyKey?: string
  /** revision that If-Match asks for */
  readonly ifMatch?: number
}

/** An answer, free of HTTP. */
export interface FacadeAnswer {
  readonly rendered: Rendered
  readonly headers: Readonly<Record<string, string>>
}

export interface Facade {
  readonly create: (request: FacadeRequest, body: Json) => Promise<FacadeAnswer>
  readonly change: (request: FacadeRequest, mRID: string, body: Json) => Promise<FacadeAnswer>
  readonly remove: (request: FacadeRequest, mRID: string) => Promise<FacadeAnswer>
  readonly read: (request: FacadeRequest, mRID: string) => Promise<FacadeAnswer>
  readonly list: (
    request: FacadeRequest,
    query: { readonly limit: number; readonly after?: string; readonly name?: string },
  ) => Promise<FacadeAnswer>
}

export const JSON_TYPE = 'application/json; charset=utf-8'

export function createFacade(parts: ExchangeParts, exchange: Exchange): Facade {
  const elementOf = (noun: string) => objectField(parts.schemas, noun)?.decl.name ?? ''

  async function create(request: FacadeRequest, body: Json): Promise<FacadeAnswer> {
    const given = isObject(body) ? body : {}
    const message = isMessage(given)
      ? completed(given, request)
      : newMessage(request, 'create', contentOf(given, request.noun))
    return send(request, message, created(request.noun))
  }

  async function change(request: FacadeRequest, mRID: string, body: Json): Promise<FacadeAnswer> {
    const stored = await one(request.noun, mRID)
    if (stored === undefined) return notFound(request.noun, mRID)
    if (request.ifMatch !== undefined && request.ifMatch !== stored.revision) return stale(stored)
    if (!isObject(body))
      return problem(problemOf([{ code: '1.8', reason: 'The body is no JSON object.' }]))
    const before = heldOf(stored).object
    const patch = patchMessage({
      noun: request.noun,
      element: elementOf(request.noun),
      before,
      patch: body,
    })
    const message = newMessage(request, patch.verb, patch.payload, patch.noun)
    const answer = await send(request, message, (it) =>
      rendered(it, it.result === 'OK' ? 200 : undefined, OK_BODY),
    )
    return answer.rendered.status === 200 ? read(request, mRID) : answer
  }

  async function remove(request: FacadeRequest, mRID: string): Promise<FacadeAnswer> {
    const stored = await one(request.noun, mRID)
    if (
      stored !== undefined &&
      request.ifMatch !== undefined &&
      request.ifMatch !== stored.revision
    )
      return stale(stored)
    const message = newMessage(request, 'delete', { [elementOf(request.noun)]: [{ mRID }] })
    return send(request, message, (it) =>
      rendered(it, it.result === 'OK' ? 200 : undefined, OK_BODY),
    )
  }

  async function read(request: FacadeRequest, mRID: string): Promise<FacadeAnswer> {
    const stored = await one(request.noun, mRID)
    if (stored === undefined) return notFound(request.noun, mRID)
    const text = writeJson({ [elementOf(request.noun)]: [heldOf(stored).object] })
    return {
      rendered: { text, status: 200, contentType: JSON_TYPE },
      headers: { ETag: `"${stored.revision}"` },
    }
  }

  async function list(
    request: FacadeRequest,
    query: { readonly limit: number; readonly after?: string; readonly name?: string },
  ): Promise<FacadeAnswer> {
    const { objects, next } = await parts.store.page(request.noun, query)
    const text = writeJson({
      [elementOf(request.noun)]: objects.map((it) => heldOf(it).object),
      next,
    })
    return { rendered: { text, status: 200, contentType: JSON_TYPE }, headers: {} }
  }

  async function one(noun: string, mRID: string): Promise<StoredObject | undefined> {
    return (await parts.store.objects(noun, [idKey(mRID)], []))[0]
  }

  async function send(
    request: FacadeRequest,
    message: JsonObject,
    render: (it: Unrendered) => Rendered,
  ): Promise<FacadeAnswer> {
    const { xml, issues } = messageFromJson(message, parts.schemas)
    if (issues.length > 0) return problem(problemOfIssues(issues))
    const { idempotencyKey, sender, bodyHash } = request
    const repeatKey =
      idempotencyKey === undefined ? {} : { repeatKey: `Idempotency-Key ${idempotencyKey}` }
    const answer = await exchange.receive({
      bytes: new TextEncoder().encode(xml),
      sender,
      bodyHash,
      render,
      ...repeatKey,
    })
    const status = answer.conflict && idempotencyKey !== undefined ? 422 : answer.rendered.status
    const location = status === 201 ? locationOf(request.noun, answer.rendered.text) : {}
    return {
      rendered: { ...answer.rendered, status },
      headers: { MessageID: answer.messageID, CorrelationID: answer.correlationID, ...location },
    }
  }

  /** 201 with the objects as stored; 200 with what was refused beside them; a problem when nothing was accepted. */
  function created(noun: string): (it: Unrendered) => Rendered {
    return (it) => {
      const stored =
        it.decision?.outcomes.flatMap((one) =>
          one.errors.length === 0 && one.after !== undefined ? [one.after.object] : [],
        ) ?? []
      const some = {
        reply: { Result: it.result, Error: it.errors.map(errorJson) },
        [elementOf(noun)]: stored,
      }
      if (it.result !== 'OK' && stored.length > 0)
        return { text: writeJson(some), status: 200, contentType: JSON_TYPE }
      return rendered(it, it.result === 'OK' ? 201 : undefined, { [elementOf(noun)]: stored })
    }
  }

  /** A message that a client wrote out itself, with what it left out. */
  function completed(message: JsonObject, request: FacadeRequest): JsonObject {
    const id = parts.newId()
    const header = member(message, 'header')
    const defaults = {
      Verb: 'create',
      Noun: request.noun,
      Timestamp: parts.clock(),
      Source: request.sender.party,
      MessageID: id,
      CorrelationID: id,
    }
    return { ...message, header: { ...defaults, ...(isObject(header) ? header : {}) } }
  }

  function newMessage(
    request: FacadeRequest,
    verb: string,
    content: JsonObject,
    noun = request.noun,
  ): JsonObject {
    const id = parts.newId()
    const header = {
      Verb: verb,
      Noun: noun,
      Timestamp: parts.clock(),
      Source: request.sender.party,
      MessageID: id,
      CorrelationID: id,
    }
    return {
      message: 'RequestMessage',
      header,
      payload: noun === request.noun ? { [noun]: content } : content,
    }
  }

  function notFound(noun: string, mRID: string): FacadeAnswer {
    return problem(
      problemOf(
        [
          {
            code: '99.1',
            rule: 'NOT-FOUND',
            reason: `There is no ${noun} object with the mRID ${mRID}.`,
          },
        ],
        404,
      ),
    )
  }

  function stale(stored: StoredObject): FacadeAnswer {
    return problem(
      problemOf(
        [
          {
            code: '6.1',
            rule: 'STALE',
            reason: `The object has changed since it was read; its revision is ${stored.revision} now.`,
          },
        ],
        412,
      ),
    )
  }

  function problem(rendered: Rendered): FacadeAnswer {
    return { rendered, headers: { MessageID: parts.newId() } }
  }

  return { create, change, remove, read, list }
}

const OK_BODY: JsonObject = { reply: { Result: 'OK' } }

/** `{"EndDeviceGroup":[…]}` or `{"DERGroups":{…}}`: both are the content of the noun's root. */
function contentOf(body: JsonObject, noun: string): JsonObject {
  const wrapped = member(body, noun)
  return isObject(wrapped) ? wrapped : body
}

function rendered(it: Unrendered, status: number | undefined, body: JsonObject): Rendered {
  if (status !== undefined) return { text: writeJson(body), status, contentType: JSON_TYPE }
  const findings: readonly Finding[] = it.validated.findings
  return problemOf(it.errors, undefined, findings)
}

function locationOf(noun: string, body: string): Readonly<Record<string, string>> {
  const mRID = /"mRID":"((?:[^"\\]|\\.)*)"/.exec(body)?.[1]
  return mRID === undefined
    ? {}
    : {
        Location: `/api/v1/${resourceOf(noun)}/${encodeURIComponent(JSON.parse(`"${mRID}"`) as string)}`,
      }
}
