// What routes of resources read from a request: the object meant, its conditions, its body, the page wanted.

import { NO_CURSOR, placeIn } from './cursor.ts'
import { preferenceIn } from './prefer.ts'
import type { Finding } from '../envelope/finding.ts'
import { errorOfFinding } from '../envelope/reply-errors.ts'
import type { FacadeAnswer, FacadeRequest, ListQuery } from './facade/request.ts'
import type { JsonBody } from './json-findings.ts'
import { MOST_LISTED, USUALLY_LISTED } from './operation.ts'
import { problemOf, problemOfRow } from './problem.ts'
import type { Rendered } from './received.ts'
import { filled } from './route.ts'
import type { RouteRequest } from './route.ts'
import { readText } from './translate.ts'

/** What the façade needs of a request, or why it cannot be understood. @param path of the route, with `:name` segments */
export function facadeRequest(
  noun: string,
  path: string,
  { headers, params, bodyHash, sender, traceparent }: RouteRequest,
): FacadeRequest | FacadeAnswer {
  const instance = pathIn(path, params)
  const key = headers['idempotency-key']
  const prefer = preferenceIn(headers['prefer'])
  const ifMatch = revisionsIn(headers['if-match'] ?? '*')
  if (ifMatch === undefined) return badRequest(IF_MATCH, instance, IF_MATCH_MEND)
  return {
    noun,
    sender,
    bodyHash,
    traceparent,
    path: instance,
    prefer,
    ...(key === undefined ? {} : { idempotencyKey: key }),
    ...(ifMatch === 'any' ? {} : { ifMatch }),
  }
}

const IF_MATCH = 'If-Match is neither * nor a list of entity tags such as "3".'
const IF_MATCH_MEND = 'Send the ETag of an answer as it came, quotation marks included.'

/** The path of a request again, from that of its route. */
export function pathIn(path: string, params: RouteRequest['params']): string {
  return filled(path, (name) => encodeURIComponent(params[name] ?? ''))
}

const ENTITY_TAG = '(?:W/)?"[\\x21\\x23-\\x7e\\x80-\\uffff]*"'
const ENTITY_TAGS = new RegExp(`^${ENTITY_TAG}(?:[ \\t]*,[ \\t]*${ENTITY_TAG})*$`)

/**
 * Revisions of an If-Match; undefined when it is malformed. A weak tag never matches here, and what is no
 * revision of ours matches nothing.
 * @see RFC 9110 8.8.3, 13.1.1
 */
export function revisionsIn(ifMatch: string): readonly string[] | 'any' | undefined {
  const text = ifMatch.trim()
  if (text === '*') return 'any'
  if (!ENTITY_TAGS.test(text)) return undefined
  return [...text.matchAll(/(W\/)?"([^"]*)"/g)].flatMap(([, weak, tag]) =>
    weak === undefined && tag !== undefined ? [tag] : [],
  )
}

/** The body as JSON, or why it is none. */
export async function withJson(
  { bytes }: RouteRequest,
  instance: string,
  use: (body: JsonBody) => Promise<FacadeAnswer>,
): Promise<FacadeAnswer> {
  const read = readText(bytes)
  if ('json' in read) return use(read)
  return { rendered: noJson(read.finding, instance), headers: {} }
}

/** The answer to a body that is no JSON. */
export function noJson(finding: Finding, instance = ''): Rendered {
  const facts = { row: 'malformed', findings: [finding], instance } as const
  return problemOf([errorOfFinding(finding)], undefined, facts)
}

/** ?limit=&after=&name= */
export function pageOf({ query }: RouteRequest, instance = ''): ListQuery | FacadeAnswer {
  const { after, name } = query
  const written = query['limit'] ?? `${USUALLY_LISTED}`
  const limit = /^\d+$/.test(written) ? Number(written) : NaN
  if (!(limit >= 1 && limit <= MOST_LISTED)) return badLimit(written, instance)
  const isFirst = after === undefined || after === ''
  const place = isFirst ? undefined : placeIn('objects', after)
  if (!isFirst && place === undefined) return badRequest(NO_CURSOR.reason, instance, NO_CURSOR.mend)
  return {
    limit,
    ...(place === undefined ? {} : { after: place }),
    ...(name === undefined || name === '' ? {} : { name }),
  }
}

/** ?at= */
export function instantOf(
  { query }: RouteRequest,
  instance = '',
): string | undefined | FacadeAnswer {
  const { at } = query
  if (at === undefined || at === '') return undefined
  const isInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(at)
  if (isInstant && !Number.isNaN(Date.parse(at))) return at
  return badRequest(
    `at is an instant with Z or an offset, not ${at}.`,
    instance,
    'Write at=2026-07-14T08:00:00Z or the like; + in an offset is %2B.',
  )
}

/** The answer to a limit that is none. */
export function badLimit(written: string, instance = ''): FacadeAnswer {
  return badRequest(
    `limit is a whole number from 1 to ${MOST_LISTED}, not ${written || 'empty'}.`,
    instance,
    `Write limit=${USUALLY_LISTED} or another such number, or leave it out.`,
  )
}

/** 400 for what stands in the path, the query or the headers of a request. */
export function badRequest(reason: string, instance = '', mend?: string): FacadeAnswer {
  const facts = { instance, ...(mend === undefined ? {} : { mend }) }
  return { rendered: problemOfRow('invalid-parameter', reason, facts), headers: {} }
}
