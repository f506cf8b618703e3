// What answers of a JSON façade have to be, beside what they carry: status and reply code, ids, problem documents, batches.
// Each check is a function of one answer and of what reached the other side, with the requirement it is for.

import type { Json, JsonObject } from '../../src/index.ts'
import { observed } from '../finding.ts'
import type { Check, Observation } from '../finding.ts'
import { find, textAt } from '../find.ts'
import { isObject } from '../mapping/thing.ts'
import type { Node } from '../xml.ts'

/** An answer of a façade, with what is known of its request. */
export interface Facade {
  readonly status: number
  readonly contentType: string
  /** by their names in small letters */
  readonly headers: Readonly<Record<string, string>>
  /** undefined where it is no JSON */
  readonly body: Json | undefined
  /** messages about it that have reached the other side */
  readonly passed: readonly Node[]
  readonly due: Due
}

/** What a request has to come to. */
export type Due =
  | { readonly kind: 'created' }
  | { readonly kind: 'read' }
  /** nothing more than of any answer */
  | { readonly kind: 'other' }
  /** a null, or what breaks the schema: nothing of it may pass */
  | { readonly kind: 'refused'; readonly for: 'null' | 'schema' }
  | {
      readonly kind: 'partial'
      readonly refused: string
      readonly accepted: string
      readonly as: string
    }

/** One of them. */
export type FacadeCheck = Check<Facade>

/** All, in the order in which they are printed. */
export const FACADE_CHECKS: readonly FacadeCheck[] = [
  { requirement: 'MAP-08', judge: takesNull },
  { requirement: 'MAP-18', judge: takesWrong },
  { requirement: 'MAP-19', judge: otherIds },
  { requirement: 'MAP-20', judge: otherStatus },
  { requirement: 'MAP-21', judge: otherItems },
  { requirement: 'MAP-22', judge: noProblem },
  { requirement: 'MAP-23', judge: noPlace },
  { requirement: 'MAP-24', judge: severalMessages },
  { requirement: 'MAP-25', judge: refusesRight },
  { requirement: 'MAP-26', judge: otherType },
]

/** Those that any answer of a façade is judged by, whatever was asked. */
export const ANSWER_CHECKS: readonly FacadeCheck[] = FACADE_CHECKS.filter((it) =>
  ['MAP-19', 'MAP-20', 'MAP-22', 'MAP-23', 'MAP-26'].includes(it.requirement),
)

/** Whether it was done. */
export function isDone({ status }: Pick<Facade, 'status'>): boolean {
  return status >= 200 && status < 300
}

/** The reply code that an answer tells; undefined where it tells none. */
export function codeOf(body: Json | undefined): string | undefined {
  const code = isObject(body) ? body['code'] : undefined
  return typeof code === 'string' ? code : undefined
}

function told(
  requirement: string,
  expected: string,
  got: string,
  message: string,
): readonly Observation[] {
  return [observed(requirement, 'L8', { expected, got, message })]
}

function takesNull(it: Facade): readonly Observation[] {
  if (it.due.kind !== 'refused' || it.due.for !== 'null') return []
  if (isDone(it))
    return told(
      'MAP-08',
      'a refusal with 1.8',
      `HTTP ${it.status}`,
      'A null in a body that creates is taken.',
    )
  return nothingPassed('MAP-08', it)
}

function takesWrong(it: Facade): readonly Observation[] {
  if (it.due.kind !== 'refused' || it.due.for !== 'schema') return []
  const code = codeOf(it.body) ?? ''
  if (isDone(it) || !/^[12]\./.test(code)) {
    const got = `HTTP ${it.status}${code === '' ? '' : ` with ${code}`}`
    const message = isDone(it)
      ? 'JSON that breaks the schema of the noun is taken.'
      : 'JSON that breaks the schema is refused for something else.'
    return told('MAP-18', 'a refusal with a code of class 1 or 2', got, message)
  }
  return nothingPassed('MAP-18', it)
}

function nothingPassed(requirement: string, { passed }: Facade): readonly Observation[] {
  if (passed.length === 0) return []
  const message = 'What is refused on the JSON side has reached the other side all the same.'
  return told(requirement, 'no message', `${passed.length} messages`, message)
}

/** Each hop may number its messages by itself: the answer has ids, and they are not those of one message. */
function otherIds(it: Facade): readonly Observation[] {
  if (it.due.kind === 'refused' || !isDone(it)) return []
  const { correlationid = '', messageid = '' } = it.headers
  if (correlationid === '')
    return told('MAP-19', 'CorrelationID', 'none', 'The answer has no CorrelationID.')
  const [message] = it.passed
  const isOwn = messageid !== '' && messageid !== textAt(message, 'Header/MessageID')
  if (isOwn && messageid !== correlationid) return []
  const got = messageid === '' ? 'none' : `${messageid}, that of the request`
  return told('MAP-19', 'a MessageID of its own', got, 'The answer has no MessageID of its own.')
}

/** [reply code, statuses that fit it]; the first that matches counts. */
const STATUSES: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^0\./, [200, 201, 202]],
  [/^1\./, [400, 413, 415]],
  [/^(2\.|99\.1$)/, [404, 422]],
  [/^3\.1$/, [413]],
  [/^3\.2$/, [429]],
  [/^4\.1$/, [504]],
  [/^5\.1$/, [503]],
  [/^5\.[23]$/, [502]],
  [/^5\.[48]$/, [422]],
  [/^5\.[567]$/, [404]],
  [/^5\.9$/, [409]],
  [/^6\./, [409]],
  [/^7\./, [401, 403]],
]

function otherStatus(it: Facade): readonly Observation[] {
  if (isDone(it) && resultOf(it.body) === 'FAILED')
    return told(
      'MAP-20',
      'a status from 400 on',
      `HTTP ${it.status}`,
      'What has failed comes under a status as if it were done.',
    )
  const code = codeOf(it.body)
  const fit = STATUSES.find(([codes]) => code !== undefined && codes.test(code))?.[1]
  if (code === undefined || fit === undefined || fit.includes(it.status)) return []
  const message = `The reply code is ${code}, and the status says something else.`
  return told('MAP-20', `HTTP ${fit.join(' or ')}`, `HTTP ${it.status}`, message)
}

/** That of the answer, or of the reply in it. */
function resultOf(body: Json | undefined): Json | undefined {
  if (!isObject(body)) return undefined
  return isObject(body['reply']) ? body['reply']['Result'] : body['Result']
}

function otherItems(it: Facade): readonly Observation[] {
  if (it.due.kind !== 'partial') return []
  const { refused, accepted, as } = it.due
  if (isRefusedWhole(it)) return []
  const reply = isObject(it.body) && isObject(it.body['reply']) ? it.body['reply'] : it.body
  const result = isObject(reply) ? reply['Result'] : undefined
  if (result !== as)
    return told(
      'MAP-21',
      as,
      typeof result === 'string' ? result : `HTTP ${it.status} without a Result`,
      'A batch of which one item fails is answered otherwise than the product declares.',
    )
  const failed = idsIn(isObject(reply) ? reply['Error'] : undefined)
  const unknown = failed.filter((one) => one !== refused)
  if (!failed.includes(refused) || (as === 'PARTIAL' && unknown.length > 0))
    return told(
      'MAP-21',
      refused,
      failed.length === 0 ? 'no ID' : failed.join(', '),
      'The Errors do not name exactly the items that have failed.',
    )
  if (as !== 'PARTIAL' || mentions(it.body, accepted)) return []
  return told('MAP-21', accepted, 'nothing', 'What was accepted does not stand in the answer.')
}

/** Rules of the product may refuse the new item, too: it says so by its ID, and of the batch nothing can be told. */
export function isRefusedWhole({
  body,
  due,
  status,
}: Pick<Facade, 'body' | 'due' | 'status'>): boolean {
  if (due.kind !== 'partial' || status < 400 || !isObject(body)) return false
  const failed = idsIn(body['Error'])
  return failed.includes(due.refused) && failed.includes(due.accepted)
}

/** Values of ID in errors, whatever stands beside them. */
function idsIn(errors: Json | undefined): readonly string[] {
  const list = Array.isArray(errors) ? (errors as readonly Json[]) : []
  return list.flatMap((it) => {
    const id = isObject(it) ? it['ID'] : undefined
    const ids = Array.isArray(id) ? (id as readonly Json[]) : [id]
    return ids.flatMap((one) => {
      const text = isObject(one) ? one['$'] : one
      return typeof text === 'string' ? [text] : []
    })
  })
}

function mentions(body: Json | undefined, mRID: string): boolean {
  if (Array.isArray(body)) return (body as readonly Json[]).some((it) => mentions(it, mRID))
  if (!isObject(body)) return false
  return body['mRID'] === mRID || Object.values(body).some((it) => mentions(it, mRID))
}

const PROBLEM = /^application\/problem\+json\b/i

function noProblem(it: Facade): readonly Observation[] {
  if (it.status < 400) return []
  const lacks = PROBLEM.test(it.contentType) ? lackingIn(it.body) : [`the type ${it.contentType}`]
  if (lacks.length === 0) {
    const { status } = it.body as JsonObject
    return status === it.status
      ? []
      : told(
          'MAP-22',
          `status ${it.status}`,
          `status ${String(status)}`,
          'The problem document names another status than that of the answer.',
        )
  }
  const [first = ''] = lacks
  const got = first.startsWith('the type') ? it.contentType : `none of ${lacks.join(', ')}`
  const message = 'A refusal is no problem document with the reply code of the other side.'
  return told('MAP-22', 'application/problem+json with title, status, Result, code', got, message)
}

function lackingIn(body: Json | undefined): readonly string[] {
  return ['title', 'status', 'Result', 'code'].filter(
    (it) => !isObject(body) || body[it] === undefined,
  )
}

function noPlace(it: Facade): readonly Observation[] {
  if (it.due.kind === 'read' && it.status !== 200)
    return told(
      'MAP-23',
      'HTTP 200',
      `HTTP ${it.status}`,
      'What has been created cannot be read where Location says that it is.',
    )
  if (it.due.kind !== 'created' || !isDone(it) || it.status === 202) return []
  const { location = '' } = it.headers
  if (it.status === 201 && location !== '') return []
  const got = `HTTP ${it.status}${location === '' ? ' without Location' : ''}`
  return told('MAP-23', 'HTTP 201 with Location', got, 'The answer does not name what was created.')
}

function severalMessages({ passed, due }: Facade): readonly Observation[] {
  const ids = new Set(passed.map((it) => find(it, 'Header/MessageID')[0]?.text))
  if (due.kind === 'refused' || ids.size < 2) return []
  const message = 'One request has become several messages on the other side.'
  return told('MAP-24', 'one message', `${ids.size} messages`, message)
}

function refusesRight({ due, body, status }: Facade): readonly Observation[] {
  const code = codeOf(body) ?? ''
  if (due.kind !== 'created' || !code.startsWith('1.')) return []
  const message = 'JSON that the schema admits is refused as if it broke it.'
  return told('MAP-25', 'HTTP 201', `HTTP ${status} with ${code}`, message)
}

const JSON_TYPE = /^application\/([\w.+-]*\+)?json\b/i

/** A refusal has a type of its own, and what is only acknowledged may have nothing to say. */
function otherType({ status, contentType, body }: Facade): readonly Observation[] {
  const isEmpty = body === undefined && contentType === '' && [202, 204].includes(status)
  if (status >= 400 || isEmpty || (isObject(body) && JSON_TYPE.test(contentType))) return []
  const named = contentType === '' ? 'no Content-Type' : contentType
  const [got, message] = isObject(body)
    ? [named, 'The Content-Type of the answer is not that of JSON.']
    : [`${named}, and no such object`, 'The body of the answer is no object of JSON.']
  return [observed('MAP-26', 'L0', { expected: 'an object as application/json', got, message })]
}
