// The answers of the JSON façade: objects as stored, or problem documents with the same reply codes.

import { errorRow } from '../../envelope/errors.ts'
import { hasErrors } from '../../envelope/finding.ts'
import type { Finding } from '../../envelope/finding.ts'
import { httpOf, statusAt } from '../../envelope/reply-codes.ts'
import { errorOfFinding } from '../../envelope/reply-errors.ts'
import type { ReplyError } from '../../envelope/reply.ts'
import { member, readJson, writeJson } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { readShown, shown } from '../content.ts'
import type { NounContent } from '../content.ts'
import type { Decision } from '../deciding/decide.ts'
import type { Deciding } from '../deciding/deciding.ts'
import { identityOf } from '../identity.ts'
import { idOf } from '../outcome.ts'
import type { Validated } from '../ports.ts'
import { errorJson, problemOf } from '../problem.ts'
import type { Rendered, Unrendered } from '../received.ts'
import { errorsOf, refusalOf } from '../refusals.ts'
import { incomplete } from '../deciding/settle.ts'
import { objectsFor } from '../tasks.ts'
import type { Held } from '../world.ts'

/** Media type of everything that is no problem. */
export const JSON_TYPE = 'application/json; charset=utf-8'

/** How the façade answers a message that was sent on behalf of a request. */
export type Render = (it: Unrendered) => Rendered

/** What a render depends on. */
export interface RenderContext {
  readonly content: NounContent
  /** path of the request */
  readonly instance: string
  /** the request has an Idempotency-Key: another body under it is 422 (IETF draft of that header, §2.6) */
  readonly isKeyed: boolean
  /** an object as whoever asks may look at it */
  readonly seen: (held: Held) => JsonObject
  /** findings in the words of the request */
  readonly tell: Tell
}

/** Findings about a message, as its sender can read them who has written another text. */
export type Tell = (findings: readonly Finding[]) => readonly Finding[]

/** A JSON body. */
export function jsonBody(body: JsonObject, status = 200): Rendered {
  return { text: writeJson(body), status, contentType: JSON_TYPE }
}

/** 202 while another party has it; undefined for every other answer. */
function acknowledged(it: Unrendered, content: NounContent | undefined): Rendered | undefined {
  const { result, errors, decision } = it
  // Held, it goes on by itself.
  const isHeld = decision === undefined && errors.some(({ code }) => code === '6.2')
  if (result === 'FAILED' || !(isHeld || errors.some(({ code }) => code === '0.3')))
    return undefined
  const kept = content === undefined ? [] : objectsFor(it.payload, content)
  const objects = content === undefined || kept.length === 0 ? {} : shown(kept, content)
  return jsonBody({ reply: { Result: result, Error: errors.map(errorJson) }, ...objects }, 202)
}

/**
 * How an answer is kept for a caller whose request this process does not know any more: as it would have been, except that
 * nobody knows the path and the words of the request.
 */
export function keptBy(verb: string, it: Omit<RenderContext, 'instance' | 'tell'>): Render {
  const by = verb === 'create' ? createdBy : verb === 'delete' ? removedBy : changedBy
  return inTime(by({ ...it, instance: '', tell: (findings) => findings }))
}

/** An answer, or the acknowledgement before there is one, with what is kept of it by then. */
export function inTime(render: Render, content?: NounContent): Render {
  return (it) => acknowledged(it, content) ?? render(it)
}

/** 201 with the objects as stored; 200 with what was refused beside them; a problem when nothing was accepted. */
export function createdBy(context: RenderContext): Render {
  return (it) => {
    if (it.result === 'OK') return jsonBody(shown(madeIn(it, context), context.content), 201)
    const objects = heldIn(it.decision).map(context.seen)
    const content = shown(objects, context.content)
    if (objects.length === 0) return refusedBy(it, context)
    return jsonBody({ reply: { Result: it.result, Error: it.errors.map(errorJson) }, ...content })
  }
}

/**
 * Everything that was asked for, as it is kept here; what a party has made and our record has no room for, because another one
 * has had its name meanwhile, as that party has returned it, or else as it was asked for.
 */
function madeIn(it: Unrendered, context: RenderContext): readonly JsonObject[] {
  const returned = objectsFor(it.payload, context.content)
  return (it.decision?.outcomes ?? []).flatMap(({ errors, after, task }) => {
    if (errors.length === 0) return after === undefined ? [] : [context.seen(after)]
    const { mRID } = identityOf(task.object)
    return [returned.find((one) => identityOf(one).mRID === mRID) ?? task.object]
  })
}

/** The object as it is after the last of the changes; where a party alone knows it, as that has returned it. */
export function changedBy(context: RenderContext): Render {
  return (it) => {
    if (it.result === 'PARTIAL') return partBy(it, context)
    if (it.result !== 'OK') return refusedBy(it, context)
    const own = heldIn(it.decision).slice(-1).map(context.seen)
    const objects = own.length > 0 ? own : objectsFor(it.payload, context.content)
    return objects.length > 0 ? jsonBody(shown(objects, context.content)) : DONE
  }
}

/** Part of it has been done, of whatever the object is made of: what has not is listed, and it is no refusal. */
function partBy({ result, errors, decision }: Unrendered, { content, seen }: RenderContext) {
  const objects = heldIn(decision).slice(-1).map(seen)
  const own = objects.length === 0 ? {} : shown(objects, content)
  return jsonBody({ reply: { Result: result, Error: errors.map(errorJson) }, ...own })
}

/** An acknowledgement: nothing is left that could be shown. */
export function removedBy(context: RenderContext): Render {
  return (it) => {
    if (it.result === 'PARTIAL') return partBy(it, context)
    return it.result === 'OK' ? DONE : refusedBy(it, context)
  }
}

const DONE = jsonBody({ reply: { Result: 'OK' } })

/** The objects that a decision has accepted, in the order of its tasks. */
export function heldIn(decision: Decision | undefined): readonly Held[] {
  return (decision?.outcomes ?? []).flatMap(({ errors, after }) =>
    errors.length === 0 && after !== undefined ? [after] : [],
  )
}

/** A problem document. @param more its extension members */
export function refusedBy(
  it: Unrendered,
  { instance, isKeyed, tell }: Pick<RenderContext, 'instance' | 'isKeyed' | 'tell'>,
  more: JsonObject = {},
): Rendered {
  if (it.failure === 'duplicate-message' && isKeyed) return keyConflict(instance)
  const found = it.decision?.outcomes.flatMap((one) => one.findings ?? []) ?? []
  const validated = { ...it.validated, findings: tell([...it.validated.findings, ...found]) }
  const { findings } = validated
  const errors = found.length > 0 ? findings.map(incompleteAt) : causesIn(it, validated)
  const isInvalid = it.decision === undefined && hasErrors(findings)
  const row = it.failure ?? (isInvalid ? 'schema-invalid' : undefined)
  const facts = { findings, instance, more, ...(row === undefined ? {} : { row }) }
  return problemOf(errors, statusOf(it, errors), facts)
}

/** Another request under a key that has been used: 422, as the draft of Idempotency-Key has it (2.6). */
export function keyConflict(instance: string): Rendered {
  const facts = { instance, row: 'duplicate-message', title: KEY_CONFLICT.reason } as const
  return problemOf([KEY_CONFLICT], 422, facts)
}

/** What is said of a path that names no object: which one was meant stands in its ID, as in a reply. */
export function noObject(noun: string, mRID: string, flow: Deciding['flow']): ReplyError {
  const { objectType = noun } = flow(noun, 'get') ?? flow(noun, 'create') ?? {}
  const reason = `There is no ${noun} object with the mRID ${mRID}.`
  const details = 'Check the mRID, or create the object first.'
  return { code: '99.1', rule: 'NOT-FOUND', reason, details, id: idOf(objectType, mRID) }
}

/** What is said of a change where nothing in the path of the schema names an object. */
export function unchangeable(noun: string): ReplyError {
  return {
    code: '2.9',
    rule: 'NO-MRID',
    reason: `The objects of ${noun} have no mRID by which a change could name one.`,
    details: 'Delete the object and create it anew.',
  }
}

function incompleteAt(it: Finding): ReplyError {
  const { details = '' } = errorOfFinding(it)
  return { ...incomplete(it), details }
}

const KEY_CONFLICT = {
  code: errorRow('duplicate-message').replyCode,
  rule: 'MSG-CONFLICT',
  reason: 'Another request has come under this Idempotency-Key before.',
  details: 'Give every request a key of its own; repeat a key only with the same request.',
} as const satisfies ReplyError

/**
 * What the judge has found, in the words of the request. The client of the façade has sent no OperationSet, so it is
 * told the cause and nothing of the set or its operations.
 */
function causesIn(
  { errors, decision, failure }: Unrendered,
  validated: Validated,
): readonly ReplyError[] {
  const isJudged = failure === undefined || refusalOf(validated) === failure
  if (decision === undefined && isJudged && hasErrors(validated.findings))
    return errorsOf(validated)
  const causes = decision?.outcomes.flatMap((it) => it.causes ?? []) ?? []
  return (causes.length > 0 ? causes : errors).map(({ operationId: _ours, ...it }) => it)
}

function statusOf({ failure }: Unrendered, errors: readonly ReplyError[]): number {
  if (failure !== undefined) return statusAt(errorRow(failure).http, 'body')
  const code = errors[0]?.code ?? '5.3'
  // Of all that can be unknown only the object itself stands in the path.
  return httpOf(code, code === '99.1' ? 'path' : 'body')
}

/** mRIDs of the objects of a body `{"EndDeviceGroup":[…]}`. */
export function idsIn(body: string, content: NounContent): readonly string[] {
  const read = readJson(body)
  const objects = 'value' in read ? readShown(read.value, content) : []
  return objects.map((it) => member(it, 'mRID')).filter((it) => typeof it === 'string')
}
