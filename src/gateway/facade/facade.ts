// The JSON façade: one resource for each noun. Every request becomes a CIM message and goes the way of all
// messages; every answer is the object, or a problem document with the same reply codes.

import { CimError } from '../../envelope/errors.ts'
import type { Finding } from '../../envelope/finding.ts'
import type { ReplyError } from '../../envelope/reply.ts'
import { errorOfFinding } from '../../envelope/reply-errors.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { messageFromJson } from '../../schema/message-xml.ts'
import { contentsOf, listed, shown } from '../content.ts'
import type { NounContent } from '../content.ts'
import type { Exchange } from '../exchange.ts'
import type { ExchangeParts } from '../exchange-parts.ts'
import {
  changedBy,
  createdBy,
  inTime,
  jsonBody,
  noObject,
  unchangeable,
  removedBy,
} from './answer.ts'
import type { Render, RenderContext, Tell } from './answer.ts'
import { questionFor, replyFor } from './asking.ts'
import { memberList, memberNamed, noMember, noMembers, withoutMember } from './members.ts'
import { pageOf } from './page.ts'
import { etagOfRevision } from '../entity-tag.ts'
import { answered, deferred, madeAt } from './headers.ts'
import { createMessage, jsonReceived, newMessage } from './message.ts'
import { heading, named, repeatKey } from './request.ts'
import type { Facade, FacadeAnswer, FacadeRequest, ListQuery } from './request.ts'
import { leadsAway } from '../leads-away.ts'
import { guarded } from '../guarded.ts'
import { historyAsked } from '../history-query.ts'
import { idKey } from '../identity.ts'
import { toldOf, toldOfPath } from '../json-findings.ts'
import type { JsonBody } from '../json-findings.ts'
import { storedReply } from '../message-record.ts'
import { resourceOf } from '../nouns.ts'
import { patchMessage, withPathId } from './patch.ts'
import type { StoredObject } from '../ports.ts'
import { problemOf } from '../problem.ts'
import { MOST_OBJECTS } from '../query.ts'
import type { Received, Sender } from '../received.ts'
import { errorsOf } from '../refusals.ts'
import { judgeJson } from '../translate.ts'
import { stepBody, toldOfStep } from './step-body.ts'
import { changeOf, facadeStep, noTrigger, stepIn, triggersOf, verbOfStep } from './triggers.ts'
import { heldOf } from '../world.ts'
import type { Held } from '../world.ts'

/** How a message is sent on behalf of a request. */
interface How extends Pick<Received, 'step'> {
  readonly by: (context: RenderContext) => Render
  readonly tell: Tell
  /** of the object in the path, whose revision If-Match is about */
  readonly mRID?: string
}

/** The façade of one gateway. */
export function createFacade(parts: ExchangeParts, exchange: Exchange): Facade {
  const store = guarded(parts.store)
  const contentOf = contentsOf(parts.schemas)

  /** As the sender of a request may look at it. */
  const seenBy = ({ sender }: FacadeRequest) =>
    parts.courier?.standings.seenBy(store, sender) ?? store

  const seenAs =
    ({ party }: Sender) =>
    ({ noun, object, owner }: Held) =>
      parts.courier?.standings.seen(noun, object, owner, party) ?? object

  async function create(request: FacadeRequest, body: JsonBody): Promise<FacadeAnswer> {
    const made =
      (await questionFor(request, body, parts)) ??
      createMessage(body.json, heading(request, 'create'), parts)
    if ('refusal' in made) return refused(request, made.refusal)
    const tell: Tell = (findings) => toldOf(findings, body, made.standing)
    const answer = await send(request, made.message, { by: createdBy, tell })
    return madeAt(answer, content(request), resourceOf(request.noun))
  }

  async function change(
    request: FacadeRequest,
    mRID: string,
    body: JsonBody,
    beside?: JsonObject,
  ): Promise<FacadeAnswer> {
    // A repeated request gets its answer, although the object is no longer what it was made for.
    const earlier = await replayed(request)
    if (earlier !== undefined) return earlier
    const stored = await one(request, mRID)
    const isUnknown = stored === undefined
    if (isUnknown && !(await leadsAway(request, 'change', mRID, parts)))
      return notFound(request, mRID)
    const own = content(request)
    if (!own.hasId) return refused(request, unchangeable(request.noun))
    const before = isUnknown ? { mRID } : heldOf(stored).object
    const patch = patchMessage({ content: own, before, isUnknown, patch: body.json, beside })
    if ('refusal' in patch) return refused(request, patch.refusal)
    const head = { ...heading(request, patch.verb), noun: patch.noun }
    const tell: Tell = (findings) => toldOf(findings, body, patch.standing)
    return send(request, newMessage(head, patch.payload, parts), { by: changedBy, tell, mRID })
  }

  async function put(request: FacadeRequest, mRID: string, body: JsonBody): Promise<FacadeAnswer> {
    const beside = parts.flow(request.noun, 'change')?.puts
    if ((await one(request, mRID)) !== undefined || request.ifMatch !== undefined)
      return change(request, mRID, body, beside)
    const json = withPathId(body.json, mRID, content(request), beside)
    return 'refusal' in json
      ? refused(request, json.refusal)
      : create(request, { ...body, ...json })
  }

  async function remove(request: FacadeRequest, mRID: string): Promise<FacadeAnswer> {
    // By ID alone: there are schemas that ask more of an object than who it is.
    const message = newMessage(heading(request, 'delete'), named(mRID), parts)
    return send(request, message, { by: removedBy, tell: toldOfPath, mRID })
  }

  async function trigger(
    request: FacadeRequest,
    mRID: string,
    name: string,
    body?: JsonBody,
  ): Promise<FacadeAnswer> {
    const { noun, path } = request
    const known = triggersOf(noun, parts.flow)
    if (!known.includes(name))
      return { rendered: noTrigger(noun, { trigger: name, known }, path), headers: ids() }
    // A repeated request gets its answer, although the object is no longer in the state that it was made for.
    const earlier = await replayed(request)
    if (earlier !== undefined) return earlier
    const step = facadeStep(noun, name, parts.flow)
    const given = stepBody(name, step, body)
    if ('findings' in given) return unfit(request, given.findings)
    const stored = await one(request, mRID)
    const tell: Tell = (findings) => toldOfStep(findings, step, body, content(request))
    const it = { step, before: stored, body: given.json, content: content(request) }
    const reply = await replyFor(request, mRID, it, parts)
    if (reply !== undefined) return send(request, reply, { by: changedBy, tell })
    // A step by name is made of what the object is; a verb says all that there is to say.
    const isElsewhere = step === undefined && (await leadsAway(request, name, mRID, parts))
    if (stored === undefined && !isElsewhere) return notFound(request, mRID)
    const message =
      step === undefined || stored === undefined
        ? newMessage(heading(request, name), named(mRID), parts)
        : newMessage(
            heading(request, verbOfStep(step)),
            changeOf(step, stored, given.json, content(request)),
            parts,
          )
    return send(request, message, { by: changedBy, tell, mRID, ...stepIn(step) })
  }

  async function read(request: FacadeRequest, mRID: string): Promise<FacadeAnswer> {
    const stored = await one(request, mRID)
    if (stored === undefined) return notFound(request, mRID)
    const rendered = jsonBody(shown([heldOf(stored).object], content(request)))
    return { rendered, headers: { ...ids(), ETag: etagOfRevision(stored.revision) } }
  }

  async function list(request: FacadeRequest, query: ListQuery): Promise<FacadeAnswer> {
    const criteria = parts.flow(request.noun, 'get')?.criteria
    const { objects, next } = await pageOf(seenBy(request), request.noun, query, criteria)
    const body = listed(objects, content(request))
    return { rendered: jsonBody({ ...body, next }), headers: ids() }
  }

  async function members(request: FacadeRequest, mRID: string, at?: string): Promise<FacadeAnswer> {
    const told = memberList(request.noun, parts.flow)
    if (told === undefined) return refused(request, noMembers(request.noun), 404)
    const when = at === undefined ? {} : { from: at, to: at }
    const asked = { of: [{ mRID }], items: [], ...when }
    const { objects, unknown } = await historyAsked(seenBy(request), told, asked, MOST_OBJECTS)
    const [error] = unknown
    if (error !== undefined && objects.length === 0) return refused(request, error, 404)
    const own = content({ ...request, noun: told.history.noun })
    return { rendered: jsonBody({ ...listed(objects, own), next: null }), headers: ids() }
  }

  async function removeMember(
    request: FacadeRequest,
    mRID: string,
    key: string,
  ): Promise<FacadeAnswer> {
    const told = memberList(request.noun, parts.flow)
    if (told === undefined) return refused(request, noMembers(request.noun), 404)
    const earlier = await replayed(request)
    if (earlier !== undefined) return earlier
    const stored = await one(request, mRID)
    if (stored === undefined) return notFound(request, mRID)
    const item = memberNamed(stored, told.part, key)
    if (item === undefined) return refused(request, noMember(told, mRID, key), 404)
    const payload = withoutMember(told, mRID, item, content(request))
    const head = { ...heading(request, 'execute'), noun: 'OperationSet' }
    return send(request, newMessage(head, payload, parts), {
      by: removedBy,
      tell: toldOfPath,
      mRID,
    })
  }

  async function one(request: FacadeRequest, mRID: string): Promise<StoredObject | undefined> {
    return (await seenBy(request).objects(request.noun, [idKey(mRID)], []))[0]
  }

  async function replayed(request: FacadeRequest): Promise<FacadeAnswer | undefined> {
    const key = repeatKey(request)
    if (key === undefined) return undefined
    const record = await store.message(request.sender.party, key)
    // What another party has still to answer is for the exchange to say.
    const isDone = record !== undefined && record.replyStatus !== 0
    const answer = isDone ? storedReply(record, request.bodyHash) : undefined
    return answer === undefined ? undefined : answered(answer)
  }

  async function send(
    request: FacadeRequest,
    message: JsonObject,
    { by, tell, mRID, step }: How,
  ): Promise<FacadeAnswer> {
    const { noun, sender, bodyHash, traceparent, ifMatch, path, prefer } = request
    const { xml, issues } = messageFromJson(message, parts.schemas)
    if (issues.length > 0) return invalid(request, message, tell)
    const key = repeatKey(request)
    const context = {
      content: content(request),
      instance: path,
      isKeyed: key !== undefined,
      seen: seenAs(sender),
      tell,
    }
    const render = inTime(by(context), context.content)
    const answer = await exchange.receive({
      bytes: new TextEncoder().encode(xml),
      sender,
      bodyHash,
      traceparent,
      unseen: 'object',
      ...(prefer?.isAsync === true ? { prefersAsync: true } : {}),
      ...(prefer?.waitMs === undefined ? {} : { waitMs: prefer.waitMs }),
      render,
      ...(step === undefined ? {} : { step }),
      ...(key === undefined ? {} : { repeatKey: key }),
      ...(ifMatch === undefined || mRID === undefined
        ? {}
        : { expect: { noun, id: idKey(mRID), revisions: ifMatch } }),
    })
    const it = answered(answer)
    return it.rendered.status === 202 ? deferred(it, prefer, answer) : it
  }

  /** What has no XML, and what the schema says of the rest. */
  async function invalid(request: FacadeRequest, message: JsonObject, tell: Tell) {
    const { validated } = await judgeJson(message, parts)
    const findings = tell(validated.findings)
    const facts = { findings, instance: request.path, row: 'schema-invalid' } as const
    const errors = errorsOf({ ...validated, findings })
    const rendered = problemOf(errors, undefined, facts)
    const headers = ids()
    const { MessageID: messageID = '', CorrelationID: correlationID = '' } = headers
    const answer = { rendered, messageID, correlationID, repeated: false }
    await exchange.keepRefused(jsonReceived(request, message), { ...validated, findings }, answer)
    return { rendered, headers }
  }

  function content({ noun }: Pick<FacadeRequest, 'noun'>): NounContent {
    const it = contentOf(noun)
    if (it === undefined) throw new CimError('unknown-noun')
    return it
  }

  /** What is wrong with a body before it is part of any message. */
  function unfit({ path }: FacadeRequest, findings: readonly Finding[]): FacadeAnswer {
    const errors = findings.map((it) => errorOfFinding(it))
    const facts = { findings, instance: path, row: 'schema-invalid' } as const
    return { rendered: problemOf(errors, undefined, facts), headers: ids() }
  }

  function notFound(request: FacadeRequest, mRID: string): FacadeAnswer {
    return refused(request, noObject(request.noun, mRID, parts.flow), 404)
  }

  function refused({ path }: FacadeRequest, error: ReplyError, status?: number): FacadeAnswer {
    return { rendered: problemOf([error], status, { instance: path }), headers: ids() }
  }

  function ids(): FacadeAnswer['headers'] {
    return { MessageID: parts.newId(), CorrelationID: parts.newId() }
  }

  return { create, change, put, remove, trigger, read, list, members, removeMember, ids }
}
