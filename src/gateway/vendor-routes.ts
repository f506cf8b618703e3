// A vendor's own paths and payloads: translated by its dialect, and from there on the way of all messages.

import { vendorRoutes } from '../dialects/index.ts'
import type { BoundRoute } from '../dialects/index.ts'
import type { Agreed, Problem } from '../dialects/dialect.ts'
import { isObject, readJson, writeJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { JSON_TYPE } from './facade/answer.ts'
import type { Facade, FacadeAnswer, FacadeRequest, ListQuery } from './facade/request.ts'
import { BODY_ERRORS, JSON_ERRORS, OBJECT_ERRORS, UNPROCESSABLE } from './operation.ts'
import type { Operation } from './operation.ts'
import { problemOf } from './problem.ts'
import { facadeRequest, pageOf, pathIn, withJson } from './resource-request.ts'
import type { Route, RouteParts } from './route.ts'
import { vendorMessage } from './vendor-message.ts'
import { findingOf } from './vendor.ts'

/** Every route of every dialect. */
export function vendorRoutesOf(parts: RouteParts): readonly Route[] {
  const { facade } = parts
  return vendorRoutes().map((it): Route => {
    const path = it.path.replace(/\{(\w+)\}/g, ':$1')
    const idParameter = /\{(\w+)\}/.exec(it.path)?.[1] ?? ''
    const takesBody = TAKING.has(it.action)
    return {
      method: it.method,
      ...(takesBody || it.action === 'remove' ? {} : { access: 'payload' as const }),
      path,
      nounIn: () => it.noun,
      body: takesBody ? ['json'] : [],
      about: `${it.dialect}: ${it.action} ${it.noun}`,
      operation: operationOf(it),
      answer: async (request) => {
        const query = pageOf(request, pathIn(path, request.params))
        const to = facadeRequest(it.noun, path, request)
        if ('rendered' in query) return query
        if ('rendered' in to) return to
        const mRID = request.params[idParameter] ?? ''
        const ask = (json: Json) => {
          const { action } = it
          const agreed = parts.known.agreedWith(request.sender.party)
          if (action === 'message')
            return vendorMessage(it, { ...{ to, agreed, headers: request.headers }, json }, parts)
          return ACTIONS[action](it, facade, { to, json, mRID, query, agreed })
        }
        return takesBody ? withJson(request, to.path, ({ json }) => ask(json)) : ask(null)
      },
    }
  })
}

/** actions that a body says something for */
const TAKING: ReadonlySet<BoundRoute['action']> = new Set(['create', 'change', 'message'])

const REFUSALS = ['unmappable', 'schema-invalid', 'wrong-state'] as const

type Promised = Pick<Operation, 'parameters' | 'answers' | 'errors'>

/** What each action promises, whoever the vendor is. */
const PROMISES: Readonly<Record<BoundRoute['action'], Promised>> = {
  create: {
    parameters: ['idempotencyKey'],
    answers: ['vendorCreated', 'vendor'],
    errors: [...BODY_ERRORS, ...REFUSALS, ...UNPROCESSABLE, ...JSON_ERRORS],
  },
  list: {
    parameters: ['limit', 'after', 'name'],
    answers: ['vendor'],
    errors: [['unmappable', 422], ...JSON_ERRORS],
  },
  read: { answers: ['vendor'], errors: ['not-found', ['unmappable', 422], ...JSON_ERRORS] },
  change: {
    parameters: ['idempotencyKey', 'ifMatch'],
    answers: ['vendor'],
    errors: [...BODY_ERRORS, ...REFUSALS, ...OBJECT_ERRORS, ...JSON_ERRORS],
  },
  message: {
    parameters: ['idempotencyKey'],
    answers: ['vendor'],
    errors: [...BODY_ERRORS, ...REFUSALS, ...UNPROCESSABLE, ...JSON_ERRORS],
  },
  remove: {
    parameters: ['idempotencyKey', 'ifMatch'],
    answers: ['acknowledged'],
    errors: [...REFUSALS, ...OBJECT_ERRORS, ...JSON_ERRORS],
  },
}

/** Named after what it leads to: `example` and `/groups/{id}` read are `exampleReadGroups`. */
function operationOf({ dialect, action, path }: BoundRoute): Operation {
  const steps = path.split('/').slice(3)
  const words = steps.filter((it) => it !== '' && !it.startsWith('{')).map(capital)
  return {
    id: `${uncapital(capital(dialect))}${capital(action)}${words.join('')}`,
    tag: 'Vendors',
    ...PROMISES[action],
  }
}

function capital(word: string): string {
  return word.replace(/(?:^|[^A-Za-z0-9]+)(\w)/g, (_whole, letter: string) => letter.toUpperCase())
}

/** A vendor request, free of HTTP. */
interface VendorRequest {
  readonly to: FacadeRequest
  readonly json: Json
  /** mRID from the path, empty where the path has none */
  readonly mRID: string
  readonly query: ListQuery
  readonly agreed: Agreed
}

type Action = (route: BoundRoute, facade: Facade, request: VendorRequest) => Promise<FacadeAnswer>

const ACTIONS: Readonly<Record<Exclude<BoundRoute['action'], 'message'>, Action>> = {
  create: (route, facade, { to, json, agreed }) =>
    fromVendor(route, json, { to, agreed }, async (content) =>
      asVendor(
        route,
        { to, agreed },
        await facade.create(to, { json: content }),
        Array.isArray(json),
      ),
    ),
  change: (route, facade, { to, json, mRID, agreed }) =>
    fromVendor(route, json, { to, agreed }, async (content) =>
      asVendor(route, { to, agreed }, await facade.change(to, mRID, { json: content }), false),
    ),
  read: async (route, facade, { to, mRID, agreed }) =>
    asVendor(route, { to, agreed }, await facade.read(to, mRID), false),
  list: async (route, facade, { to, query, agreed }) =>
    asVendor(route, { to, agreed }, await facade.list(to, query), true),
  remove: (_route, facade, { to, mRID }) => facade.remove(to, mRID),
}

/** Whose request it is, and what is agreed with them. */
type Asked = Pick<VendorRequest, 'to' | 'agreed'>

async function fromVendor(
  { resource, given = {} }: BoundRoute,
  json: Json,
  { to: { path }, agreed }: Asked,
  use: (content: JsonObject) => Promise<FacadeAnswer>,
): Promise<FacadeAnswer> {
  const said = withGiven(json, given)
  const { json: content, problems } = resource.toCim(said, agreed)
  const all = [...contradictions(json, given), ...problems]
  return all.length > 0 ? unmappable(all, 400, path) : use(content)
}

/** With what the path says already. */
function withGiven(json: Json, given: JsonObject): Json {
  if (Array.isArray(json)) return json.map((it: Json) => withGiven(it, given))
  return isObject(json) ? { ...json, ...given } : json
}

function contradictions(json: Json, given: JsonObject, at = ''): readonly Problem[] {
  if (Array.isArray(json))
    return json.flatMap((it: Json, index) => contradictions(it, given, `${at}/${index}`))
  return Object.entries(given).flatMap(([name, due]) => {
    const found = isObject(json) ? json[name] : undefined
    if (found === undefined || found === due) return []
    const message = `${name} is ${writeJson(found)}, and the path says ${writeJson(due)}.`
    return [{ path: `${at}/${name}`, message, mend: `Leave ${name} out, or take another path.` }]
  })
}

/** The façade's objects as the vendor's; problems and acknowledgements pass as they are. */
function asVendor(
  route: BoundRoute,
  { to: { path }, agreed }: Asked,
  answer: FacadeAnswer,
  many: boolean,
): FacadeAnswer {
  const { rendered } = answer
  const read = readJson(rendered.text)
  const content = 'value' in read ? read.value : null
  if (rendered.contentType !== JSON_TYPE || !isObject(content)) return answer
  const { reply, next, ...objects } = content
  const { json, problems } = route.resource.toVendor(objects, agreed)
  // What has been done is done, so only asking may fail here.
  if (problems.length > 0 && !takesEffect(route)) return unmappable(problems, 422, path)
  const items = problems.length > 0 ? [] : json
  const body = bodyOf(route, items, { ...present('reply', reply), ...present('next', next) }, many)
  return {
    rendered: { ...rendered, text: writeJson(body) },
    headers: { ...answer.headers, ...locationOf(route, answer) },
  }
}

function takesEffect({ action }: BoundRoute): boolean {
  return action === 'create' || action === 'change'
}

function present(name: string, it: Json | undefined): JsonObject {
  return it === undefined ? {} : { [name]: it }
}

function bodyOf(
  { shape }: BoundRoute,
  items: readonly JsonObject[],
  beside: JsonObject,
  many: boolean,
): Json {
  if (Object.keys(beside).length > 0) return { ...beside, items }
  const isSingle = shape === 'one' || (shape === 'one-or-many' && !many)
  return isSingle ? (items[0] ?? {}) : items
}

function locationOf({ resource }: BoundRoute, { headers }: FacadeAnswer): FacadeAnswer['headers'] {
  const own = headers['Location']
  const read = vendorRoutes().find((it) => it.resource === resource && it.action === 'read')
  if (own === undefined || read === undefined) return {}
  return { Location: read.path.replace(/\{\w+\}/, own.slice(own.lastIndexOf('/') + 1)) }
}

function unmappable(problems: readonly Problem[], status: number, instance: string): FacadeAnswer {
  const errors = problems.map((it) => ({
    code: '1.8',
    rule: 'unmappable',
    reason: it.message,
    details: `${it.path}; ${it.mend}`,
  }))
  const findings = problems.map(findingOf)
  const facts = { findings, instance, row: 'unmappable' } as const
  return { rendered: problemOf(errors, status, facts), headers: {} }
}

function uncapital(word: string): string {
  return `${word.charAt(0).toLowerCase()}${word.slice(1)}`
}
