// GET /api/v1/audit: the audit log for auditors, a page at a time, with what proves it.

import { jsonBody } from '../facade/answer.ts'
import type { FacadeAnswer } from '../facade/request.ts'
import { ours } from '../guarded.ts'
import type { Ledger } from '../ledger.ts'
import { JSON_ERRORS, MOST_LISTED, USUALLY_LISTED } from '../operation.ts'
import { badRequest } from '../resource-request.ts'
import type { Route, RouteRequest } from '../route.ts'
import { NO_LINE } from './chain.ts'
import type { Anchor } from './chain.ts'
import { EVENTS } from './events.ts'
import type { Recorder } from './recorder.ts'

/** What the route leads to. */
export interface AuditParts {
  readonly ledger: Pick<Ledger, 'audit' | 'auditEnds'>
  readonly recorder: Pick<Recorder, 'note' | 'write'>
}

const PATH = '/api/v1/audit'
const NAMES = ['what', 'who', 'auditSince', 'auditUntil', 'seqAfter', 'limit'] as const

/** The route; it stands in the log who has read it. */
export function auditRoute({ ledger, recorder }: AuditParts): Route {
  return {
    method: 'GET',
    path: PATH,
    access: 'audit',
    body: [],
    about: 'the audit log, in order, with the hashes that prove it; for auditors',
    operation: {
      id: 'auditLog',
      tag: 'Tracking',
      parameters: NAMES,
      answers: ['audit'],
      errors: JSON_ERRORS,
    },
    answer: async (request) => {
      const query = queryIn(request)
      if ('reason' in query) return badRequest(query.reason, PATH, query.mend)
      const { party: who, from = '' } = request.sender
      const filters = Object.keys(request.query).sort().join(' ')
      recorder.note('audit-read', { who, from, subject: 'audit', details: filters })
      return page(query, ledger)
    },
  }
}

type Query = Parameters<Ledger['audit']>[0]

async function page(query: Query, ledger: AuditParts['ledger']): Promise<FacadeAnswer> {
  const ends = (await ours(() => ledger.auditEnds())) ?? { head: NO_LINE, beginning: NO_LINE }
  const lines = await ours(() => ledger.audit(query))
  const last = lines.at(-1)
  const next = lines.length < query.limit || last === undefined ? null : last.seq
  const all = lines.map(({ seq, at, who, from, what, subject, details, hash }) => ({
    ...{ seq, at, who, from, what, subject, details, hash },
  }))
  const body = { lines: all, next, head: shown(ends.head), beginning: shown(ends.beginning) }
  return { rendered: jsonBody(body), headers: {} }
}

function shown({ seq, hash }: Anchor) {
  return { seq, hash }
}

interface Wrong {
  readonly reason: string
  readonly mend: string
}

function queryIn({ query }: RouteRequest): Query | Wrong {
  const { what, who, since, until, after, limit = `${USUALLY_LISTED}` } = query
  const kinds = what?.split(',').map((it) => it.trim())
  const unknown = kinds?.find((it) => !Object.hasOwn(EVENTS, it))
  if (unknown !== undefined) {
    const mend = `Write some of ${Object.keys(EVENTS).join(', ')}.`
    return { reason: 'what is no kind of event.', mend }
  }
  for (const [name, text] of Object.entries({ since, until }))
    if (text !== undefined && Number.isNaN(Date.parse(text)))
      return { reason: `${name} is no time.`, mend: 'Write it as 2026-11-30T00:00:00Z.' }
  if (after !== undefined && !/^\d{1,15}$/.test(after))
    return { reason: 'after is no number of a line.', mend: 'Write `next` of the page before.' }
  const count = Number(limit)
  if (!/^\d+$/.test(limit) || count < 1 || count > MOST_LISTED)
    return {
      reason: `limit is a number from 1 to ${MOST_LISTED}.`,
      mend: 'Leave it out, or write one.',
    }
  return {
    ...(kinds === undefined ? {} : { what: kinds }),
    ...(who === undefined ? {} : { who }),
    ...(since === undefined ? {} : { since: instant(since) }),
    ...(until === undefined ? {} : { until: instant(until) }),
    ...(after === undefined ? {} : { after: Number(after) }),
    limit: count,
  }
}

function instant(text: string): string {
  return new Date(text).toISOString()
}
