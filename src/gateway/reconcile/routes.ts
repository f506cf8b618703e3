// `POST /api/v1/reconciliations` compares what two sides have, `POST …/{id}:send` sends what the target lacks. What a comparison
// comes to is a report: `GET /api/v1/operation-reports`.

import type { Flow } from '../../flows/flow.ts'
import { REPORTS } from '../../flows/report.ts'
import { isObject, member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { objectsIn, shown } from '../content.ts'
import type { ContentOf } from '../content.ts'
import { contentsOf } from '../content.ts'
import { jsonBody } from '../facade/answer.ts'
import type { FacadeAnswer } from '../facade/request.ts'
import { resourceOf } from '../nouns.ts'
import { BODY_ERRORS, JSON_ERRORS } from '../operation.ts'
import type { Operation } from '../operation.ts'
import type { Topology } from '../parties/party.ts'
import { resolved } from '../parties/routing.ts'
import { problemOfRow } from '../problem.ts'
import { badRequest, withJson } from '../resource-request.ts'
import type { Route, RouteParts } from '../route.ts'
import type { SendMissing } from './missing.ts'
import { SIDES } from './plan.ts'
import type { Plan, Side } from './plan.ts'
import type { Reconciling } from './reconciling.ts'

/** What the routes lead to. */
export interface ReconcileParts {
  readonly begin: Reconciling['begin']
  readonly send: SendMissing
  readonly topology: () => Topology
  readonly flow: (noun: string, verb: string) => Flow | undefined
}

const PATH = '/api/v1/reconciliations'
const SEND = '/api/v1/reconciliations/:id\\:send'

const COMPARE: Operation = {
  tag: 'Tracking',
  id: 'compareSides',
  answers: ['compared', 'comparing'],
  errors: ['invalid-parameter', ...BODY_ERRORS, ...JSON_ERRORS],
}
const SENDING: Operation = {
  tag: 'Tracking',
  id: 'sendMissing',
  answers: ['sentMissing'],
  errors: ['not-found', 'wrong-state', ...JSON_ERRORS],
}

/** None where nothing is compared here. */
export function reconcileRoutes({ reconcile, schemas }: RouteParts): readonly Route[] {
  if (reconcile === undefined) return []
  const contentOf = contentsOf(schemas)
  return [
    {
      method: 'POST',
      path: PATH,
      access: 'operate',
      body: ['json'],
      about: 'compare what a source has with what a target has acknowledged; for operators',
      operation: COMPARE,
      answer: (it) =>
        withJson(it, PATH, async ({ json }) => {
          const plan = planOf(json, reconcile, contentOf)
          if ('reason' in plan) return badRequest(plan.reason, PATH, plan.mend)
          const begun = await reconcile.begin(plan)
          if (begun === undefined) throw new Error('a new report was there already')
          return answered(begun.report, begun.isOpen ? 202 : 201, contentOf)
        }),
    },
    {
      method: 'POST',
      path: SEND,
      access: 'operate',
      body: [],
      about: 'send what the target of a comparison lacks, and nothing else; for operators',
      operation: SENDING,
      answer: async ({ params }) => {
        const id = params['id'] ?? ''
        const instance = `${PATH}/${encodeURIComponent(id)}:send`
        const done = await reconcile.send(id)
        if (done.kind === 'none') return none(instance)
        if (done.kind === 'refused')
          return { rendered: problemOfRow('wrong-state', done.reason, { instance }), headers: {} }
        const { kind: _sent, ...numbers } = done
        return { rendered: jsonBody(numbers), headers: {} }
      },
    },
  ]
}

function answered(report: JsonObject, status: number, contentOf: ContentOf): FacadeAnswer {
  const content = contentOf(REPORTS)
  const body = content === undefined ? report : shown([report], content)
  const Location = `/api/v1/${resourceOf(REPORTS)}/${encodeURIComponent(String(report['mRID']))}`
  return { rendered: jsonBody(body, status), headers: { Location } }
}

function none(instance: string): FacadeAnswer {
  const mend = 'Take the mRID of a report that POST /api/v1/reconciliations has answered.'
  const facts = { instance, mend, status: 404 }
  return {
    rendered: problemOfRow('not-found', 'There is no such comparison.', facts),
    headers: {},
  }
}

interface Unfit {
  readonly reason: string
  readonly mend: string
}

const MEMBERS = ['noun', 'source', 'target', 'ask', 'lists']

/** What the body asks for, or why that cannot be. */
function planOf(
  json: Json,
  { topology, flow }: ReconcileParts,
  contentOf: ContentOf,
): Omit<Plan, 'begunAt'> | Unfit {
  if (!isObject(json)) return unfit('The body is no JSON object.')
  const strange = Object.keys(json).find((it) => !MEMBERS.includes(it))
  if (strange !== undefined) return unfit(`A comparison has no ${strange}.`)
  const noun = member(json, 'noun')
  const content = typeof noun === 'string' ? contentOf(noun) : undefined
  if (content === undefined || typeof noun !== 'string')
    return unfit(`noun is the name of a noun, not ${String(noun)}.`)
  const named = (side: Side) => member(json, side)
  for (const side of SIDES) {
    const party = named(side)
    const { parties, aliases } = topology()
    const meant = typeof party === 'string' ? resolved(party, aliases) : ''
    const isThere = parties.some(({ id }) => id === meant)
    if (!isThere && !(side === 'source' && party === undefined))
      return unfit(`${side} is the name of a party, not ${String(party)}.`)
  }
  const asked = member(json, 'ask') ?? []
  const all = Array.isArray(asked) ? asked : [asked]
  const other = all.find((it) => !SIDES.some((side) => side === it))
  if (other !== undefined) return unfit(`ask is a list of source and target, not ${String(other)}.`)
  const given = member(json, 'lists')
  const lists = Object.fromEntries(
    SIDES.flatMap((side) => {
      const root = member(given, side)
      return isObject(root) ? [[side, objectsIn(root, content)] as const] : []
    }),
  )
  const ask = SIDES.filter((side) => all.includes(side) && lists[side] === undefined)
  const source = String(named('source') ?? '')
  if (ask.includes('source') && source === '')
    return unfit('A source that is asked has to be named.')
  const isKnown = flow(noun, 'get')?.synchronizedTo !== undefined
  if (!isKnown && !ask.includes('target') && lists['target'] === undefined)
    return {
      reason: `It is not kept who has acknowledged objects of ${noun}.`,
      mend: 'Have the target asked ("ask": ["target"]), or give its list.',
    }
  return { noun, source, target: String(named('target')), ask, lists }
}

function unfit(reason: string): Unfit {
  const mend =
    'Write {"noun": "…", "target": "…"}, the names of a noun and of a party, and if need be "source", "ask": ["source", "target"], "lists": {"source": {…}, "target": {…}} with the content of the root of the noun.'
  return { reason, mend }
}
