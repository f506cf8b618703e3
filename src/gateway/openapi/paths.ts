// Routes as operations of OpenAPI; those of resources once for every noun.

import type { Json, JsonObject } from '../../schema/json-text.ts'
import type { FilledStep } from '../../flows/facade-step.ts'
import { FILE_KINDS } from '../../flows/file-kinds.ts'
import type { Criteria } from '../../flows/likeness.ts'
import { resourceOf } from '../nouns.ts'
import { listContent } from './list-bodies.ts'
import { PARAMETERS } from '../operation.ts'
import type { Operation, Parameter, ParameterName } from '../operation.ts'
import { filled, parametersIn, rightAt } from '../route.ts'
import { isListStep } from '../facade/triggers.ts'
import type { Route } from '../route.ts'
import { responsesOf } from './answers.ts'
import { nounNames } from './noun-schemas.ts'
import type { NounNames, NounSchemas } from './noun-schemas.ts'
import { componentName, reference } from './references.ts'
import { securityOf } from './security.ts'

/** Whose resource a route is, where it is one. */
export interface Subject extends Pick<NounSchemas, 'creates' | 'patches'> {
  readonly noun: string
  readonly tag: string
  /** another name of its resource; absent = it has none */
  readonly alias?: string
  /** its schema gives its objects an mRID, by which a change names one */
  readonly hasId: boolean
  /** who is a member of its objects is kept */
  readonly hasMembers: boolean
  /** it is kept who knows of its objects */
  readonly isSynchronized: boolean
  /** a collection of its objects may be answered object by object */
  readonly isBatched: boolean
  /** the verbs that the noun's flows have */
  readonly verbs: readonly string[]
  /** steps that are no method */
  readonly triggers: readonly string[]
  /** steps of the items of its lists */
  readonly items: Readonly<Record<string, readonly string[]>>
  /** what its objects can be asked for by, besides who they are */
  readonly criteria: Criteria['parameters']
  /** what those of them take that have a body */
  readonly filled: Readonly<Record<string, Pick<FilledStep, 'takes' | 'mayTake'>>>
}

/** True for a route that is one for each noun. */
function isResource({ path }: Pick<Route, 'path'>): boolean {
  return path.includes(':resource')
}

/** The verb of the message that an operation on a resource stands for; reading asks the store alone. */
const VERBS: Readonly<Record<string, string>> = {
  create: 'create',
  change: 'change',
  put: 'create',
  delete: 'delete',
}

/** Path items of a noun's resource. */
export function resourcePaths(routes: readonly Route[], subject: Subject): JsonObject {
  const own = routes.filter(isResource).filter(({ operation }) => {
    if (['trigger', 'listTrigger'].includes(operation.id))
      return stepsAt(operation, subject).length > 0
    if (operation.id === 'itemStep') return Object.keys(subject.items).length > 0
    if (['members', 'removeMember'].includes(operation.id)) return subject.hasMembers
    if (operation.id === 'batch') return subject.isBatched
    if (operation.id === 'acknowledgements') return subject.isSynchronized
    const verb = VERBS[operation.id]
    // What has no mRID cannot be named in a path.
    if (['change', 'put'].includes(operation.id) && !subject.hasId) return false
    return verb === undefined || subject.verbs.includes(verb)
  })
  return pathsOf(own, subject)
}

/** Steps at the path of an operation: of the object itself, or of one of its lists, `devices:replace`. */
function stepsAt({ id }: Pick<Operation, 'id'>, { triggers }: Pick<Subject, 'triggers'>) {
  return triggers.filter((it) => isListStep(it) === (id === 'listTrigger'))
}

/** Path items of everything else. @param examples vendor objects by the path that takes them */
export function fixedPaths(
  routes: readonly Route[],
  examples: Readonly<Record<string, Json>>,
): JsonObject {
  return pathsOf(
    routes.filter((it) => !isResource(it)),
    undefined,
    examples,
  )
}

function pathsOf(
  routes: readonly Route[],
  subject?: Subject,
  examples: Readonly<Record<string, Json>> = {},
): JsonObject {
  const items: Record<string, Record<string, Json>> = {}
  for (const route of routes) {
    const path = templateOf(route, subject)
    const parameters = pathParameters(route, subject)
    const item = (items[path] ??= {
      ...aliasOf(route, subject),
      ...(parameters.length > 0 ? { parameters } : {}),
    })
    item[route.method.toLowerCase()] = operationOf(route, subject, examples[route.path])
  }
  return items
}

/** The same path under the other name of its resource. */
function aliasOf({ path }: Pick<Route, 'path'>, subject?: Subject): JsonObject {
  const { alias } = subject ?? {}
  if (alias === undefined) return {}
  const same = filled(path, (name) => (name === 'resource' ? alias : `{${name}}`))
  return { description: `Also \`${same}\`.` }
}

/** `/api/v1/:resource/:mRID` of a noun: `/api/v1/<resource>/{mRID}`. */
function templateOf({ path }: Pick<Route, 'path'>, subject?: Pick<Subject, 'noun'>): string {
  const resource = encodeURIComponent(resourceOf(subject?.noun ?? ''))
  return filled(path, (name) => (name === 'resource' ? resource : `{${name}}`))
}

const PATH_TEXTS: Readonly<Record<string, string>> = {
  mRID: 'Identifies the object.',
  trigger: 'A step of its lifecycle.',
  list: 'One of its lists.',
  item: 'Identifies the item: its mRID, or one of its names.',
  step: 'A step of the lifecycle of the item.',
  member: 'Identifies the member: its mRID, or one of its names.',
  noun: 'A noun; under /docs with `.xsd` behind it its schema, with `.schema.json` its JSON Schema.',
  page: 'Name of the page.',
  id: 'Identifies the message, or the exchange.',
  kind: 'The kind of file.',
  name: 'The name of the file; with `.manifest.json` behind it that of its manifest.',
}

function pathParameters({ path, operation }: Route, subject?: Subject): readonly JsonObject[] {
  const steps = subject === undefined ? [] : stepsAt(operation, subject)
  const items = operation.id === 'itemStep' ? Object.entries(subject?.items ?? {}) : []
  const texts: Readonly<Record<string, readonly string[]>> = {
    trigger: steps.map((it) => it.slice(it.indexOf(':') + 1)),
    list: [...steps.map((it) => it.slice(0, it.indexOf(':'))), ...items.map(([list]) => list)],
    step: [...new Set(items.flatMap(([, own]) => own))],
    ...(operation.id === 'putFile' ? { kind: FILE_KINDS.map(({ id }) => id) } : {}),
  }
  return parametersIn(path)
    .filter((it) => it !== 'resource')
    .map((name) => ({
      name,
      in: 'path',
      required: true,
      description: PATH_TEXTS[name] ?? 'Identifies the object in the words of the vendor.',
      schema: name in texts ? { type: 'string', enum: texts[name] ?? [] } : { type: 'string' },
    }))
}

function operationOf(route: Route, subject: Subject | undefined, example?: Json): JsonObject {
  const { operation, about } = route
  const noun = subject?.noun
  const names = nounNames(noun ?? '')
  const named = (operation.parameters ?? []).map((it) => ({
    $ref: `#/components/parameters/${it}`,
  }))
  const parameters = operation.id === 'list' ? [...named, ...criteriaOf(subject)] : named
  return {
    operationId: `${operation.id}${componentName(noun ?? '')}`,
    tags: [subject?.tag ?? operation.tag],
    ...securityOf(route),
    ...rightOf(route),
    summary: noun === undefined ? about : about.replace('a noun', noun),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...requestBody(route, names, subject, example),
    responses: responsesOf(route, names),
  }
}

/** What whoever asks has to have been given. */
function rightOf(route: Route): JsonObject {
  const right = rightAt(route)
  return right === undefined ? {} : { 'x-right': right }
}

function criteriaOf(subject: Subject | undefined): readonly JsonObject[] {
  return Object.entries(subject?.criteria ?? {}).map(([name, { about }]) => ({
    ...{ name, in: 'query', description: about, schema: { type: 'string' } },
  }))
}

function requestBody(
  route: Route,
  names: NounNames,
  subject: Subject | undefined,
  example: Json | undefined,
): JsonObject {
  if (route.stream === true) return { requestBody: { required: true, content: ANY_OCTETS } }
  if (route.bodiless === true) return stepBodies(subject?.filled ?? {}, route.operation)
  return route.body.length === 0 ? {} : { requestBody: bodyOf(route, names, subject, example) }
}

/** Whatever its type: what it is, its path says. */
const ANY_OCTETS = { 'application/octet-stream': {}, 'text/csv': {} } as const

/** One schema for each step that takes something. */
function stepBodies(filled: Subject['filled'], { id }: Pick<Operation, 'id'>): JsonObject {
  const own = Object.entries(filled).filter(([it]) => isListStep(it) === (id === 'listTrigger'))
  const schemas = own.map(([step, { takes, mayTake }]) => ({
    title: step,
    type: 'object',
    ...dueMembers(takes),
    additionalProperties: false,
    properties: Object.fromEntries(
      Object.entries({ ...takes, ...mayTake }).flatMap(([name, { about, also }]) => [
        [name, { description: about }],
        ...(also === undefined ? [] : [[also, { description: `The same as ${name}: ${about}` }]]),
      ]),
    ),
  }))
  if (schemas.length === 0) return {}
  const content = { 'application/json': { schema: { anyOf: schemas } } }
  return { requestBody: { required: false, content } }
}

/** What has to be there; of what has two names one of them. */
function dueMembers(takes: FilledStep['takes']): JsonObject {
  const all = Object.entries(takes)
  const either = all.flatMap(([name, { also }]) =>
    also === undefined ? [] : [{ anyOf: [{ required: [name] }, { required: [also] }] }],
  )
  const required = all.flatMap(([name, { also }]) => (also === undefined ? [name] : []))
  return { required, ...(either.length === 0 ? {} : { allOf: either }) }
}

const XML_TYPES = ['application/xml', 'text/xml', 'application/soap+xml'] as const

function bodyOf(
  { body, operation }: Route,
  names: NounNames,
  subject: Subject | undefined,
  example: Json | undefined,
): JsonObject {
  const examples =
    subject === undefined ? {} : isCreating(operation) ? subject.creates : subject.patches
  const json = {
    schema:
      subject === undefined ? {} : reference(isCreating(operation) ? names.create : names.patch),
    ...(Object.keys(examples).length === 0 ? {} : { examples: valued(examples) }),
    ...(example === undefined ? {} : { example }),
  }
  const xml = { schema: { type: 'string', contentMediaType: 'application/xml' } }
  return {
    required: true,
    content: {
      ...(body.includes('json') ? { 'application/json': json } : {}),
      ...(body.includes('xml') ? Object.fromEntries(XML_TYPES.map((it) => [it, xml])) : {}),
      ...(body.includes('csv') ? listContent(operation) : {}),
    },
  }
}

function isCreating({ id }: Pick<Operation, 'id'>): boolean {
  return id === 'create' || id === 'batch'
}

function valued(examples: Readonly<Record<string, Json>>): JsonObject {
  return Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }]))
}

/** Every parameter as a component. */
export function parameterComponents(): JsonObject {
  const names = Object.keys(PARAMETERS) as readonly ParameterName[]
  return Object.fromEntries(
    names.map((it) => {
      const { in: where, name, text, schema, mayBeEmpty }: Parameter = PARAMETERS[it]
      const empty = mayBeEmpty === undefined ? {} : { allowEmptyValue: mayBeEmpty }
      return [it, { name, in: where, description: text, ...empty, schema }]
    }),
  )
}
