// The routes of tracking: search, one message, its octets, the whole conversation, what is parked, and what a person may
// do about a message.

import type { SchemaSet } from '../../schema/schemas.ts'
import { auditRoute } from '../audit/routes.ts'
import type { AuditParts } from '../audit/routes.ts'
import { jsonBody } from '../facade/answer.ts'
import { may } from '../access/rights.ts'
import { LIST_RESULTS, RESULTS_PATH, shownResults } from '../collections/routes.ts'
import type { Results } from '../collections/routes.ts'
import { cursorOf } from '../cursor.ts'
import type { FacadeAnswer } from '../facade/request.ts'
import { ours } from '../guarded.ts'
import type { Leg } from '../ledger.ts'
import { JSON_ERRORS, OUR_ERRORS } from '../operation.ts'
import type { Operation, ParameterName } from '../operation.ts'
import { problemOfRow } from '../problem.ts'
import { badRequest } from '../resource-request.ts'
import { filled } from '../route.ts'
import type { Sender } from '../received.ts'
import type { Route, RouteRequest } from '../route.ts'
import type { ListAlarms } from './alarms.ts'
import { PARKED_SEARCH, SEARCH, searchIn, unknownName } from './search.ts'
import { factsOf, hopOf, legOf, octetsOf } from './shown.ts'
import type { Hop, Tracking } from './tracking.ts'

/** What became of what a person has asked for. */
export type Done =
  /** the leg that it is about from now on: a new one after `resend` */
  | { readonly kind: 'done'; readonly leg: string }
  /** its state does not allow it; one sentence */
  | { readonly kind: 'refused'; readonly reason: string }

/** What a person may do about a message. Who it is `by`, and the address that it is asked `from`, are for the audit log. */
export type LegAction = (leg: Leg, by: string, from?: string) => Promise<Done>

/** Names of the actions, as paths have them. */
export type LegActions = Readonly<Record<'resend' | 'redrive' | 'close' | 'cancel', LegAction>>

/** What the routes of tracking lead to. */
export interface TrackingParts {
  readonly tracking: Tracking
  readonly schemas: SchemaSet
  /** absent = nothing is sent from here */
  readonly actions?: LegActions | undefined
  /** absent = nothing is sent from here */
  readonly alarms?: ListAlarms | undefined
  /** the audit log; absent = there is none */
  readonly audit?: AuditParts | undefined
  /** what became of the records of long lists; absent = none are taken */
  readonly results?: Results | undefined
}

const TRACKING = { tag: 'Tracking' } as const

const ABOUT_ACTIONS: Readonly<Record<keyof LegActions, string>> = {
  resend: 'send it once more, under a new MessageID; for operators',
  redrive:
    'send what is parked, under its own MessageID; of a list the records that have failed; for operators',
  close: 'lay aside what is parked; for operators',
  cancel:
    'do not send what is not yet sent; of a list the collections that have not gone; for operators',
}

/** GET and POST below /api/v1/messages, /api/v1/exchanges, /api/v1/parked. */
export function trackingRoutes({
  tracking,
  schemas,
  actions,
  alarms,
  audit,
  results,
}: TrackingParts): readonly Route[] {
  const asked = (path: string, operation: Operation, about: string, answer: Answer): Route => ({
    method: 'GET',
    path,
    access: [RAW.id, LIST_RESULTS.id].includes(operation.id) ? 'payload' : 'metadata',
    body: [],
    about,
    operation,
    answer: (request) =>
      answer(
        request,
        filled(path, (it) => encodeURIComponent(request.params[it] ?? '')),
      ),
  })
  const list =
    (names: readonly ParameterName[], more: object): Answer =>
    async ({ query, sender }, path) => {
      const search = searchIn(query, names)
      if ('reason' in search) return badRequest(search.reason, path, search.mend)
      const unknown = await unknownName(search, schemas, async (it) => {
        const { legs } = await tracking.search({ ...it, limit: 1 }, sender)
        return legs.length > 0
      })
      if (unknown !== undefined) return badRequest(unknown.reason, path, unknown.mend)
      const { legs, next } = await tracking.search({ ...search, ...more }, sender)
      const cursor = next === null ? null : cursorOf('messages', next)
      return answered({ messages: legs.map(factsOf), next: cursor })
    }
  const one =
    (show: Show): Answer =>
    async (request, path) => {
      const hop = await tracking.one(request.params['id'] ?? '', request.sender)
      return hop === undefined ? nothing('message', path) : show(hop, request, path)
    }
  return [
    asked('/api/v1/messages', LIST, 'search messages', list(SEARCH, {})),
    asked('/api/v1/messages/:id', ONE, 'one message: findings, attempts', one(shownOne)),
    asked(
      '/api/v1/messages/:id/raw',
      RAW,
      'its exact octets; ?part=reply for the reply',
      one(async (hop, request, path) => {
        await readBy(hop.leg, request.sender, audit)
        return rawOf(hop, request, path)
      }),
    ),
    ...(results === undefined
      ? []
      : [
          asked(
            RESULTS_PATH,
            LIST_RESULTS,
            'what became of each record of a list: ?result=&limit=100&after=',
            one(async (hop, request, path) => {
              await readBy(hop.leg, request.sender, audit)
              return shownResults(hop.leg, request, path, results)
            }),
          ),
        ]),
    asked(
      '/api/v1/exchanges/:id',
      EXCHANGE,
      'a whole conversation, hop by hop',
      async ({ params, sender }, path) => {
        const hops = await tracking.exchange(params['id'] ?? '', sender)
        if (hops.length === 0) return nothing('exchange', path)
        for (const { leg } of hops) await readBy(leg, sender, audit)
        return answered({
          id: params['id'] ?? '',
          messages: hops.map((it) => hopOf(it.leg, it.attempts, may(sender, 'payload'))),
        })
      },
    ),
    asked(
      '/api/v1/parked',
      PARKED,
      'messages that wait for a person',
      list(PARKED_SEARCH, { state: ['PARKED'] }),
    ),
    ...(alarms === undefined ? [] : [alarmRoute(alarms)]),
    ...(audit === undefined ? [] : [auditRoute(audit)]),
    ...actionRoutes(tracking, actions),
  ]
}

type Answer = (request: RouteRequest, path: string) => Promise<FacadeAnswer>
type Show = (hop: Hop, request: RouteRequest, path: string) => FacadeAnswer | Promise<FacadeAnswer>

const LIST: Operation = {
  ...TRACKING,
  id: 'searchMessages',
  parameters: SEARCH,
  answers: ['messages'],
  errors: JSON_ERRORS,
}
const PARKED: Operation = { ...LIST, id: 'parkedMessages', parameters: PARKED_SEARCH }
const ONE: Operation = {
  ...TRACKING,
  id: 'message',
  answers: ['message'],
  errors: ['not-found', ...JSON_ERRORS],
}
const EXCHANGE: Operation = { ...ONE, id: 'exchange', answers: ['exchange'] }
const RAW: Operation = {
  ...TRACKING,
  id: 'rawMessage',
  parameters: ['part'],
  answers: ['raw'],
  errors: ['not-found', ...OUR_ERRORS],
}

/** Of all parties together: for operators. */
function alarmRoute(alarms: ListAlarms): Route {
  const path = '/api/v1/alarms'
  return {
    method: 'GET',
    path,
    access: 'watch',
    body: [],
    about: 'what has not come, is parked or is down; since when, and how to mend it; for operators',
    operation: { ...LIST, id: 'alarms', parameters: ['limit'], answers: ['alarms'] },
    answer: async ({ query }) => {
      const search = searchIn(query, ['limit'])
      if ('reason' in search) return badRequest(search.reason, path, search.mend)
      const { alarms: all, more } = await alarms(search.limit)
      return answered({ alarms: all.map((it) => ({ ...it })), more })
    },
  }
}

function answered(body: Parameters<typeof jsonBody>[0]): FacadeAnswer {
  return { rendered: jsonBody(body), headers: {} }
}

function shownOne({ leg, attempts, later }: Hop, { sender }: RouteRequest): FacadeAnswer {
  return answered(legOf(leg, attempts, { later, isWhole: may(sender, 'payload') }))
}

/** On record before it is read: the text of a message may be about a customer. Everybody may read what is his own. */
async function readBy(
  leg: Leg,
  { party: who, from = '' }: Sender,
  audit?: AuditParts,
): Promise<void> {
  if (audit === undefined || who === leg.party) return
  const details = `${leg.party} ${leg.messageID}`
  await ours(() => audit.recorder.write('payload-read', { who, from, subject: leg.id, details }))
}

function rawOf({ leg }: Hop, { query }: RouteRequest, path: string): FacadeAnswer {
  const { part = 'request' } = query
  if (part !== 'request' && part !== 'reply')
    return badRequest(
      `part is request or reply, not ${part}.`,
      path,
      'Write part=reply, or leave it out.',
    )
  const isReply = part === 'reply'
  const text = isReply ? leg.reply : leg.request
  if (isReply && text === '') return nothing('reply', path)
  const contentType = typeOf(text, isReply ? leg.replyContentType : leg.contentType)
  // Somebody else has written it: no browser may run what is in it.
  const headers = {
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Content-Disposition': 'attachment',
  }
  return { rendered: { status: 200, contentType, text: '', bytes: octetsOf(text) }, headers }
}

/** A sender of JSON is answered in JSON, which its message remembers; the message itself was written as XML. */
function typeOf(text: string, said: string): string {
  const isWritten = /json/.test(said) && text.startsWith('<')
  return isWritten ? 'application/xml' : said || 'application/octet-stream'
}

function nothing(what: string, instance: string): FacadeAnswer {
  const reason = `There is no such ${what}.`
  const mend = `Take the id of a ${what} that GET /api/v1/messages lists.`
  return {
    rendered: { ...problemOfRow('not-found', reason, { instance, mend, status: 404 }) },
    headers: {},
  }
}

function actionRoutes(tracking: Tracking, actions: LegActions | undefined): readonly Route[] {
  const all = Object.entries(actions ?? {}) as readonly [keyof LegActions, LegAction][]
  return all.map(([name, act]) => ({
    method: 'POST',
    path: `/api/v1/messages/:id\\:${name}`,
    access: 'operate',
    body: [],
    about: ABOUT_ACTIONS[name],
    operation: {
      ...TRACKING,
      id: `${name}Message`,
      answers: ['acted'],
      errors: ['not-found', 'wrong-state', ...JSON_ERRORS],
    },
    answer: async ({ params, sender }) => {
      const id = params['id'] ?? ''
      const path = `/api/v1/messages/${encodeURIComponent(id)}:${name}`
      const hop = await tracking.one(id, sender)
      if (hop === undefined) return nothing('message', path)
      const done = await act(hop.leg, sender.party, sender.from)
      if (done.kind === 'refused') return refused(done.reason, path)
      const now = await tracking.one(done.leg, sender)
      return answered(
        now === undefined
          ? { id: done.leg }
          : legOf(now.leg, now.attempts, { isWhole: may(sender, 'payload') }),
      )
    },
  }))
}

function refused(reason: string, instance: string): FacadeAnswer {
  return { rendered: problemOfRow('wrong-state', reason, { instance }), headers: {} }
}
