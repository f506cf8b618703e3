// Problem documents of the JSON façade (RFC 9457), with the reply codes of the CIM side in them.

import { ERRORS } from '../envelope/errors.ts'
import type { ErrorRow } from '../envelope/errors.ts'
import type { Finding } from '../envelope/finding.ts'
import { categoryOf, httpOf, replyCode, statusAt } from '../envelope/reply-codes.ts'
import type { ReplyError } from '../envelope/reply.ts'
import { writeJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { JsonIssue } from '../schema/writing.ts'
import type { Rendered } from './received.ts'

/** What a problem document may say besides its errors. */
export interface ProblemFacts {
  readonly findings?: readonly Finding[]
  /** by default the text of the first error's reply code */
  readonly title?: string
  /** path of the request */
  readonly instance?: string
}

/**
 * @param errors the first one gives title, detail, code and rule
 * @param status of HTTP; by default that of the first error's reply code
 */
export function problemOf(
  errors: readonly ReplyError[],
  status?: number,
  { findings = [], instance, title }: ProblemFacts = {},
): Rendered {
  const first = errors[0] ?? { code: '5.3', reason: 'The request failed.' }
  const http = status ?? httpOf(first.code)
  const rule = first.rule ?? findings.find((it) => it.severity === 'error')?.rule
  const body = {
    type: 'about:blank',
    title: title ?? replyCode(first.code)?.text ?? 'the request failed',
    status: http,
    detail: first.reason ?? '',
    ...(instance === undefined || instance === '' ? {} : { instance }),
    whose: whoseFault(first.code, http),
    Result: 'FAILED',
    code: first.code,
    ...(rule === undefined || rule === '' ? {} : { rule }),
    Error: errors.map(errorJson),
    findings: findings as unknown as Json,
  }
  return {
    text: writeJson(body as JsonObject),
    status: http,
    contentType: 'application/problem+json; charset=utf-8',
  }
}

/** A JSON issue in the words of all findings. */
export function findingOfIssue(issue: JsonIssue): Finding {
  return { layer: 'payload-xsd', severity: 'error', clause: '', line: 0, column: 0, ...issue }
}

/** An error of a reply as the façade shows it: the members of Reply/Error. */
export function errorJson(error: ReplyError): JsonObject {
  const { code, level, reason, rule, details, id, relatedID, operationId } = error
  const text = [rule === undefined || rule === '' ? '' : `rule=${rule}`, details ?? '']
    .filter((it) => it !== '')
    .join('; ')
  return {
    code,
    level: level ?? 'FATAL',
    ...(reason === undefined ? {} : { reason }),
    ...(text === '' ? {} : { details: text }),
    ...(id === undefined ? {} : { ID: id }),
    ...(relatedID === undefined ? {} : { relatedID }),
    ...(operationId === undefined ? {} : { operationId }),
  }
}

type Whose = ErrorRow['whose']

/** of the categories and codes whose fault is not the sender's */
const WHOSE: Readonly<Record<string, Whose>> = {
  '4': 'peer',
  '5.1': 'ours',
  '5.2': 'peer',
  '5.3': 'peer',
  '5.5': 'peer',
  '5.6': 'peer',
  '5.7': 'peer',
}

/** By the error table where code and status together mean one party there, else by the code alone. */
function whoseFault(code: string, http: number): Whose {
  const rows: readonly ErrorRow[] = Object.values(ERRORS)
  const parties = new Set(
    rows
      .filter((it) => it.replyCode === code && statusAt(it.http, 'body') === http)
      .map((it) => it.whose),
  )
  const [only] = parties.size === 1 ? parties : []
  return only ?? WHOSE[code] ?? WHOSE[categoryOf(code)] ?? 'sender'
}
