// GET /api/v1/messages/{id}/results: what became of each record of a list.

import { cursorOf, placeIn, NO_CURSOR } from '../cursor.ts'
import { jsonBody } from '../facade/answer.ts'
import type { FacadeAnswer } from '../facade/request.ts'
import type { Leg } from '../ledger.ts'
import { JSON_ERRORS, MOST_LISTED, USUALLY_LISTED } from '../operation.ts'
import type { Operation } from '../operation.ts'
import { problemOfRow } from '../problem.ts'
import { badLimit, badRequest } from '../resource-request.ts'
import type { RouteRequest } from '../route.ts'
import { RESULTS } from './results.ts'
import type { RecordResult, ResultPage, ResultQuery } from './results.ts'
import { isRun } from './run.ts'

export const RESULTS_PATH = '/api/v1/messages/:id/results'

export const LIST_RESULTS: Operation = {
  id: 'listResults',
  tag: 'Tracking',
  parameters: ['recordResult', 'limit', 'after'],
  answers: ['results'],
  errors: ['not-found', ...JSON_ERRORS],
}

/** Looks into lists. */
export type Results = (origin: Leg, query: ResultQuery) => Promise<ResultPage>

/** @param leg that was found, and may be seen */
export async function shownResults(
  leg: Leg,
  request: RouteRequest,
  path: string,
  results: Results,
): Promise<FacadeAnswer> {
  if (!isRun(leg)) return noList(path)
  const query = queryOf(request, path)
  if ('rendered' in query) return query
  const { next, results: all, total, collections } = await results(leg, query)
  const cursor = next === null ? null : cursorOf('results', `${next}`)
  const body = { total, collections: { ...collections }, results: all, next: cursor }
  return { rendered: jsonBody(body), headers: {} }
}

function noList(instance: string): FacadeAnswer {
  const reason =
    'The message is no list whose records are carried out one collection after the other.'
  const mend = 'Look at the message itself: its reply says what became of it.'
  return {
    rendered: problemOfRow('not-found', reason, { instance, mend, status: 404 }),
    headers: {},
  }
}

function queryOf({ query }: RouteRequest, path: string): ResultQuery | FacadeAnswer {
  const { limit: written = `${USUALLY_LISTED}`, after = '', result } = query
  const limit = /^\d{1,9}$/.test(written) ? Number(written) : 0
  if (limit < 1 || limit > MOST_LISTED) return badLimit(written, path)
  const place = after === '' ? '0' : placeIn('results', after)
  if (place === undefined) return badRequest(NO_CURSOR.reason, path, NO_CURSOR.mend)
  const from = Number(place)
  if (result === undefined) return { limit, from }
  const only = RESULTS.find((it) => it === result.toUpperCase())
  if (only !== undefined) return { limit, from, only: only satisfies RecordResult }
  const known = RESULTS.join(', ')
  return badRequest(`${result} is no result of a record.`, path, `There are ${known}.`)
}
