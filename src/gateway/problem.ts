// Problem documents of the JSON façade (RFC 9457), with the reply codes of the CIM side in them.

import { ERRORS, errorRow } from '../envelope/errors.ts'
import type { ErrorCode, ErrorRow } from '../envelope/errors.ts'
import type { Finding } from '../envelope/finding.ts'
import { categoryOf, httpOf, replyCode, statusAt } from '../envelope/reply-codes.ts'
import type { ReplyError } from '../envelope/reply.ts'
import { businessRule } from '../flows/rules/index.ts'
import { writeJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { JsonIssue } from '../schema/writing.ts'
import { businessFindings } from './mended.ts'
import type { Rendered } from './received.ts'

/** What a problem document may say besides its errors. */
export interface ProblemFacts {
  readonly findings?: readonly Finding[]
  /** the row of the error table, where there is one for it; else the reply code of the first error says it */
  readonly row?: ErrorCode
  /** by default that of the row, or the text of the reply code */
  readonly title?: string
  /** path of the request */
  readonly instance?: string
  /** extension members of its own (RFC 9457 3.2) */
  readonly more?: JsonObject
}

/**
 * @param errors the first one gives title, detail, code and rule
 * @param status of HTTP; by default that of the row, or of the first error's reply code
 */
export function problemOf(
  errors: readonly ReplyError[],
  status?: number,
  { findings = [], instance, title, row, more = {} }: ProblemFacts = {},
): Rendered {
  const first = errors[0] ?? { code: '5.3', reason: 'The request failed.' }
  const told = findings.length > 0 ? findings : businessFindings(errors)
  const kind = kindOf(row ?? ROWS[first.code], first.code)
  const http = status ?? kind.status
  const rule = first.rule ?? findings.find((it) => it.severity === 'error')?.rule
  const body = {
    type: kind.type,
    title: title ?? kind.title,
    status: http,
    detail: first.reason ?? '',
    ...(instance === undefined || instance === '' ? {} : { instance }),
    whose: row === undefined ? whoseOf(first, http) : errorRow(row).whose,
    Result: 'FAILED',
    code: first.code,
    ...(rule === undefined || rule === '' ? {} : { rule }),
    Error: errors.map(errorJson),
    findings: told as unknown as Json,
    ...more,
  }
  return {
    text: writeJson(body as JsonObject),
    status: http,
    contentType: 'application/problem+json; charset=utf-8',
  }
}

/** What happened, the same for every case of it, and where it is described (RFC 9457 3.1.1). */
function kindOf(row: ErrorCode | undefined, code: string) {
  if (row === undefined) {
    const text = replyCode(code)?.text ?? 'the request failed'
    const title = `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
    return { type: `${DESCRIBED}#${anchorOf(code)}`, title, status: httpOf(code) }
  }
  const { text, http } = errorRow(row)
  return { type: `${DESCRIBED}#${row}`, title: text, status: statusAt(http, 'body') }
}

/** the row that a reply code means where several have it, and none is named */
const ROWS: Readonly<Record<string, ErrorCode>> = { '1.8': 'schema-invalid', '99.1': 'not-found' }

/** page of the documentation that describes errors and reply codes */
const DESCRIBED = '/docs/guide/errors'

/** Where the page describes a reply code; one of a peer's own words is described with the table. */
export function anchorOf(code: string): string {
  return replyCode(code) === undefined ? 'codes' : `code-${code}`
}

/** One error as the row of the table has it. @param detail what is wrong in this case @param mend by default that of the row */
export function problemOfRow(
  row: ErrorCode,
  detail: string,
  {
    mend,
    status,
    ...facts
  }: Omit<ProblemFacts, 'row'> & { readonly mend?: string; readonly status?: number } = {},
): Rendered {
  const { replyCode: code, remedy } = errorRow(row)
  const errors = [{ code, reason: detail, details: mend ?? remedy }]
  return problemOf(errors, status, { ...facts, row })
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

/** By the rule that decided, where it is one of the business. */
function whoseOf({ rule, code }: ReplyError, http: number): Whose {
  return businessRule(rule)?.whose ?? whoseFault(code, http)
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
