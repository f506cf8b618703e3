// The routes of the JSON façade: seven for every noun, found by the name of its resource.

import type { FacadeAnswer, FacadeRequest } from './request.ts'
import { nounOf, resourceOf } from '../nouns.ts'
import { problemOf } from '../problem.ts'
import { flowIn } from '../flow-in.ts'
import { likeIn } from '../like.ts'
import { askedWell } from '../parameters.ts'
import {
  badRequest,
  facadeRequest,
  instantOf,
  pageOf,
  pathIn,
  withJson,
} from '../resource-request.ts'
import { OPERATIONS } from './operations.ts'
import type { Route, RouteParts, RouteRequest } from '../route.ts'
import { triggerIn } from './triggers.ts'
import { noResource } from '../unknown-name.ts'

const ALL = '/api/v1/:resource'
const BATCH = '/api/v1/:resource\\:batch'
const ONE = '/api/v1/:resource/:mRID'
const MEMBERS = '/api/v1/:resource/:mRID/members'
const KNOWN_TO = '/api/v1/:resource/:mRID/acknowledgements'
const MEMBER = '/api/v1/:resource/:mRID/members/:member'
const STEP = '/api/v1/:resource/:mRID\\::trigger'
const LIST_STEP = '/api/v1/:resource/:mRID/:list\\::trigger'
const ITEM_STEP = '/api/v1/:resource/:mRID/:list/:item\\::step'

/** One resource for each noun of the catalogue. */
export function resourceRoutes(parts: RouteParts): readonly Route[] {
  const { facade } = parts
  const asked = on(parts)
  const flow = flowIn(parts.schemas)
  const idOf = ({ params }: RouteRequest) => params['mRID'] ?? ''
  const routes: readonly Route[] = [
    {
      method: 'POST',
      path: BATCH,
      body: ['json'],
      about: 'create objects of a noun, with one result for each',
      operation: OPERATIONS.batch,
      answer: asked(BATCH, (to, it) => withJson(it, to.path, (body) => parts.batch(to, body))),
    },
    {
      method: 'POST',
      path: ALL,
      body: ['json'],
      about: 'create objects of a noun',
      operation: OPERATIONS.create,
      answer: asked(ALL, (to, it) => {
        const queried = parts.schemas.catalogue.queried(to.noun)
        if (queried !== undefined) return onlyAsked(to, queried)
        return withJson(it, to.path, (body) => facade.create(to, body))
      }),
    },
    {
      method: 'GET',
      access: 'payload',
      path: ALL,
      body: [],
      about: 'list objects: ?limit=100&after=&name=',
      operation: OPERATIONS.list,
      answer: asked(ALL, async (to, it) => {
        const query = pageOf(it, to.path)
        if ('rendered' in query) return query
        const wanted = likeIn(it.query, flow(to.noun, 'get')?.criteria)
        if ('unfit' in wanted) return badCriterion(wanted, it, to)
        return facade.list(to, { ...query, ...wanted })
      }),
    },
    {
      method: 'GET',
      access: 'payload',
      path: ONE,
      body: [],
      about: 'one object, with ETag',
      operation: OPERATIONS.read,
      answer: asked(ONE, (to, it) => facade.read(to, idOf(it))),
    },
    {
      method: 'PATCH',
      path: ONE,
      body: ['json'],
      about: 'change one object; null deletes; If-Match',
      operation: OPERATIONS.change,
      answer: asked(ONE, (to, it) =>
        withJson(it, to.path, (body) => facade.change(to, idOf(it), body)),
      ),
    },
    {
      method: 'PUT',
      path: ONE,
      body: ['json'],
      about: 'create the object of this mRID, or change it; If-Match',
      operation: OPERATIONS.put,
      answer: asked(ONE, (to, it) =>
        withJson(it, to.path, (body) => facade.put(to, idOf(it), body)),
      ),
    },
    {
      method: 'DELETE',
      path: ONE,
      body: [],
      about: 'delete one object; If-Match',
      operation: OPERATIONS.delete,
      answer: asked(ONE, (to, it) => facade.remove(to, idOf(it))),
    },
    {
      method: 'GET',
      access: 'payload',
      path: MEMBERS,
      body: [],
      about: 'who was a member of an object, and when: ?at=',
      operation: OPERATIONS.members,
      answer: asked(MEMBERS, (to, it) => {
        const at = instantOf(it, to.path)
        return at !== undefined && typeof at !== 'string' ? at : facade.members(to, idOf(it), at)
      }),
    },
    {
      method: 'GET',
      access: 'payload',
      path: KNOWN_TO,
      body: [],
      about: 'which parties know an object, and in which revision',
      operation: OPERATIONS.acknowledgements,
      answer: asked(KNOWN_TO, (to, it) => parts.acknowledgements(to, idOf(it))),
    },
    {
      method: 'DELETE',
      path: MEMBER,
      body: [],
      about: 'take one member out of an object; If-Match',
      operation: OPERATIONS.removeMember,
      answer: asked(MEMBER, (to, it) =>
        facade.removeMember(to, idOf(it), it.params['member'] ?? ''),
      ),
    },
    {
      method: 'POST',
      path: STEP,
      body: ['json'],
      bodiless: true,
      about: 'take a step of the lifecycle of one object, such as cancel or close; If-Match',
      operation: OPERATIONS.trigger,
      answer: asked(STEP, (to, it) => {
        const step = triggerIn(`${it.params['mRID'] ?? ''}:${it.params['trigger'] ?? ''}`)
        if (it.bytes.length === 0) return facade.trigger(to, ...step)
        return withJson(it, to.path, (body) => facade.trigger(to, ...step, body))
      }),
    },
    {
      method: 'POST',
      path: LIST_STEP,
      body: ['json'],
      bodiless: true,
      about: 'take a step of a list in one object, such as devices:replace; If-Match',
      operation: OPERATIONS.listTrigger,
      answer: asked(LIST_STEP, (to, it) => {
        const { list = '', trigger = '' } = it.params
        const step = [idOf(it), `${list}:${trigger}`] as const
        if (it.bytes.length === 0) return facade.trigger(to, ...step)
        return withJson(it, to.path, (body) => facade.trigger(to, ...step, body))
      }),
    },
    {
      method: 'POST',
      path: ITEM_STEP,
      body: [],
      about: 'take a step of one item of a list, such as a stage; If-Match',
      operation: OPERATIONS.itemStep,
      answer: asked(ITEM_STEP, (to, it) => {
        const { list = '', item = '', step = '' } = it.params
        return parts.itemStep(to, idOf(it), { list, item, step })
      }),
    },
  ]
  const named: Pick<Route, 'nounIn'> = {
    nounIn: ({ resource = '' }) => nounOf(parts.schemas, resource),
  }
  return routes.map((it) => ({
    ...(it.operation.id === 'list' ? askedWell(it, criteriaIn(parts)) : askedWell(it)),
    ...named,
  }))
}

/** By what objects of the noun in the path can be asked for besides; whatever stands there where it is no noun. */
function criteriaIn({ schemas }: RouteParts): (request: RouteRequest) => readonly string[] {
  const flow = flowIn(schemas)
  return ({ params, query }) => {
    const noun = nounOf(schemas, params['resource'] ?? '')
    if (noun === undefined) return Object.keys(query)
    return Object.keys(flow(noun, 'get')?.criteria?.parameters ?? {})
  }
}

function badCriterion(
  { unfit, about }: { readonly unfit: string; readonly about: string },
  { query }: RouteRequest,
  { path }: FacadeRequest,
): FacadeAnswer {
  return badRequest(`${unfit} may not be ${query[unfit] ?? ''}.`, path, about)
}

/** A query is no object that could be kept. */
function onlyAsked({ noun, path }: FacadeRequest, queried: string): FacadeAnswer {
  const reason = `${noun} is a query: nothing can be created here.`
  const details = `GET /api/v1/${resourceOf(queried)} instead, or send the query to POST /cim.`
  const error = { code: '2.9', reason, details }
  const facts = { instance: path, row: 'unsupported-verb' } as const
  return { rendered: problemOf([error], undefined, facts), headers: {} }
}

type Ask = (to: FacadeRequest, it: RouteRequest) => Promise<FacadeAnswer> | FacadeAnswer

/** Finds the noun and reads the conditions before anything is asked of the façade. */
function on({ schemas }: RouteParts) {
  return (path: string, ask: Ask): Route['answer'] =>
    async (it) => {
      const resource = it.params['resource'] ?? ''
      const noun = nounOf(schemas, resource)
      if (noun === undefined)
        return { rendered: noResource(schemas, resource, pathIn(path, it.params)), headers: {} }
      const to = facadeRequest(noun, path, it)
      return 'rendered' in to ? to : ask(to, it)
    }
}
