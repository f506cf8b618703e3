// What the peers of a relayed message have answered, as one answer to its sender.

import type { IdObject, Level, Result } from '../../envelope/message-object.ts'
import type { ReplyError } from '../../envelope/reply.ts'
import { isObject, member, numberText, writeJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import type { Said } from '../answer.ts'
import { text } from '../tasks.ts'

const RESULTS: readonly string[] = ['OK', 'PARTIAL', 'FAILED']

/**
 * What a ResponseMessage or FaultMessage says, in our own words: relayed as it is, under our own ids.
 * @param reply valid, as CIM-JSON
 */
export function saidIn(reply: JsonObject): Said {
  const own = member(reply, 'reply')
  const result = text(member(own, 'Result')) ?? ''
  const payload = member(reply, 'payload')
  const operationId = spelled(member(own, 'operationId'))
  return {
    result: (RESULTS.includes(result) ? result : 'FAILED') as Result,
    errors: listOf(member(own, 'Error')).map(errorIn),
    ids: listOf(member(own, 'ID')).flatMap(idIn),
    ...(payload === undefined ? {} : { payload }),
    ...(operationId === undefined ? {} : { operationId }),
  }
}

/**
 * One answer for several: OK when all are, FAILED when all are, else PARTIAL. Objects are those of the first that has
 * some, because one Payload holds one answer.
 * @param all at least one
 */
export function combined(all: readonly Said[]): Said {
  const [first, ...others] = all
  if (first !== undefined && others.length === 0) return first
  const results = new Set(all.map((it) => it.result))
  const result = results.size === 1 ? [...results][0] : 'PARTIAL'
  const payload = all.find((it) => it.payload !== undefined)?.payload
  return {
    result: result ?? 'FAILED',
    errors: once(all.flatMap((it) => it.errors ?? [])),
    ids: all.flatMap((it) => it.ids ?? []),
    ...(payload === undefined ? {} : { payload }),
  }
}

/** What each of several pieces has lost of what they share is said once. */
function once(errors: readonly ReplyError[]): readonly ReplyError[] {
  const said = new Set<string>()
  return errors.filter((it) => {
    if (it.level !== 'INFORM') return true
    const before = said.size
    return said.add(writeJson({ ...it })).size > before
  })
}

function errorIn(it: Json): ReplyError {
  const [level, reason, details] = ['level', 'reason', 'details'].map((name) =>
    text(member(it, name)),
  )
  const [id] = idIn(member(it, 'ID'))
  const [relatedID] = idIn(member(it, 'relatedID'))
  const operationId = spelled(member(it, 'operationId'))
  return {
    code: text(member(it, 'code')) ?? '5.3',
    ...(level === undefined ? {} : { level: level as Level }),
    ...(reason === undefined ? {} : { reason }),
    ...(details === undefined ? {} : { details }),
    ...(id === undefined ? {} : { id }),
    ...(relatedID === undefined ? {} : { relatedID }),
    ...(operationId === undefined ? {} : { operationId }),
  }
}

/** An ID is an object where it has attributes, and a text where it has none. */
function idIn(it: Json | undefined): readonly IdObject[] {
  if (typeof it === 'string') return [{ $: it }]
  return isObject(it) && typeof it['$'] === 'string' ? [it as IdObject] : []
}

function spelled(it: Json | undefined): string | undefined {
  return it === undefined ? undefined : (numberText(it) ?? text(it))
}

function listOf(it: Json | undefined): readonly Json[] {
  return Array.isArray(it) ? it : it === undefined ? [] : [it]
}

/** As far as our own record asks what has been refused, and what came back. */
export function asReply({ result, errors = [], payload }: Said): JsonObject {
  const Error = errors.map(({ code, id, relatedID }) => ({
    code,
    ...(id === undefined ? {} : { ID: { ...id } }),
    ...(relatedID === undefined ? {} : { relatedID: { ...relatedID } }),
  }))
  return { reply: { Result: result, Error }, ...(payload === undefined ? {} : { payload }) }
}
