// Problem documents of the JSON façade (RFC 9457), with the reply codes of the CIM side in them.

import type { Finding } from '../envelope/finding.ts'
import { httpOf, replyCode } from '../envelope/reply-codes.ts'
import type { ReplyError } from '../envelope/reply.ts'
import { writeJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { JsonIssue } from '../schema/writing.ts'
import type { Rendered } from './exchange.ts'

/** @param status by default that of the first error's reply code */
export function problemOf(
  errors: readonly ReplyError[],
  status?: number,
  findings: readonly Finding[] = [],
): Rendered {
  const first = errors[0] ?? { code: '5.3', reason: 'The request failed.' }
  const http = status ?? httpOf(first.code)
  const body = {
    type: 'about:blank',
    title: replyCode(first.code)?.text ?? 'the request failed',
    status: http,
    detail: first.reason ?? '',
    instance: '',
    whose: whoseFault(first.code),
    Result: 'FAILED',
    code: first.code,
    rule: first.rule ?? findings.find((it) => it.severity === 'error')?.rule ?? '',
    Error: errors.map(errorJson),
    findings: findings as unknown as Json,
  }
  return {
    text: writeJson(body as JsonObject),
    status: http,
    contentType: 'application/problem+json; charset=utf-8',
  }
}

/** For a body that has no XML at all. */
export function problemOfIssues(issues: readonly JsonIssue[]): Rendered {
  const findings = issues.map(findingOfIssue)
  const errors = issues.map((it): ReplyError => ({
    code: '1.8',
    rule: it.rule,
    reason: it.message,
    details: `${it.path}; ${it.mend}`,
  }))
  return problemOf(errors, 400, findings)
}

/** A JSON issue in the words of all findings. */
export function findingOfIssue(issue: JsonIssue): Finding {
  return { layer: 'payload-xsd', severity: 'error', clause: '', line: 0, column: 0, ...issue }
}

/** An error of a reply as the façade shows it. */
export function errorJson({
  code,
  level,
  reason,
  rule,
  details,
  id,
  operationId,
}: ReplyError): JsonObject {
  const text = [rule === undefined ? '' : `rule=${rule}`, details ?? '']
    .filter((it) => it !== '')
    .join('; ')
  return {
    code,
    level: level ?? 'FATAL',
    ...(reason === undefined ? {} : { reason }),
    ...(text === '' ? {} : { details: text }),
    ...(id === undefined ? {} : { ID: id }),
    ...(operationId === undefined ? {} : { operationId }),
  }
}

/** By the category of the code: 5.x is ours, except what a peer did; all else is the sender's. */
function whoseFault(code: string): 'sender' | 'peer' | 'ours' {
  if (['5.2', '5.3', '4.1'].includes(code)) return 'peer'
  return code.startsWith('5.') && code !== '5.8' && code !== '5.9' ? 'ours' : 'sender'
}
