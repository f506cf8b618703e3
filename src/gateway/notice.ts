// A message as people are told of it by mail: what it says of itself, whether somebody has to act, and who that is. Values of
// records, names and addresses of customers are no part of it.

import { ALARM } from '../flows/report.ts'
import { isObject, member, readJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { MailOccasion, MailRecipients } from './mail-rules.ts'
import { entriesOf } from './tasks.ts'

/** What people read. */
export interface Notice {
  readonly subject: string
  readonly text: string
  readonly occasion: MailOccasion
  /** network, servers, proofs of identity: somebody who looks after these has to act */
  readonly isTechnical: boolean
  /** records, programmes, customers */
  readonly isBusiness: boolean
}

/** @param request a message as CIM-JSON text; undefined where it says nothing that people could read */
export function noticeOf(request: string): Notice | undefined {
  const read = readJson(request)
  const message = 'value' in read ? read.value : {}
  const [first] = reportsIn(member(message, 'payload'))
  if (first === undefined) return undefined
  const codes = itemsOf(first).map((it) => textOf(it, 'code'))
  const isTechnical = codes.some((it) => TECHNICAL.test(it))
  const isDone = textOf(member(first, 'status'), 'value') === 'succeeded'
  const isNothing = isDone && Number(member(first, 'totalCount') ?? 1) === 0
  return {
    subject: textOf(first, 'subject'),
    text: wordsOf(first),
    occasion: isNothing ? 'noFile' : isDone ? 'success' : 'error',
    isTechnical,
    isBusiness: !isTechnical || codes.some((it) => !TECHNICAL.test(it)) || isPart(first),
  }
}

/** Reply codes of what no sender of records can mend: full, timed out, not reached, failed, not allowed in. */
const TECHNICAL = /^(4\.|5\.[123]$|7\.)/

/** Addresses that are told of it, each once; none where they do not want to hear of such. */
export function addresseesOf(notice: Notice, to: MailRecipients): readonly string[] {
  if (!to.occasions.includes(notice.occasion)) return []
  return [
    ...new Set([
      ...(notice.isTechnical ? to.technical : []),
      ...(notice.isBusiness ? to.business : []),
    ]),
  ]
}

/** Objects that say something to people. */
function reportsIn(payload: Json | undefined): readonly JsonObject[] {
  return entriesOf(payload)
    .flatMap(([, content]) => (isObject(content) ? Object.values(content) : []))
    .flatMap((it: Json) => (Array.isArray(it) ? (it as readonly Json[]) : [it]))
    .filter(isObject)
    .filter((it) => textOf(it, 'subject') !== '' && wordsOf(it) !== '')
}

/** What somebody has to act on is told also where its sender has written no text for people. */
function wordsOf(report: JsonObject): string {
  const isAlarm = textOf(report, 'severity') === ALARM
  return textOf(report, 'text') || (isAlarm && textOf(report, 'reason')) || ''
}

function itemsOf(report: JsonObject): readonly JsonObject[] {
  const items = member(report, 'items')
  return Array.isArray(items) ? items.filter(isObject) : []
}

/** Some of it was done, which is no technical matter. */
function isPart(report: JsonObject): boolean {
  return Number(member(report, 'succeededCount') ?? 0) > 0
}

function textOf(of: Json | undefined, name: string): string {
  const value = member(of, name)
  return typeof value === 'string' ? value : ''
}
