// A vendor's own paths and payloads: translated by its dialect, and from there on the way of all messages.
// The only caller of toCim and toVendor.

import { resourceFor, vendorRoutes, dialectNamed } from '../dialects/index.ts'
import type { BoundRoute } from '../dialects/index.ts'
import type { Dialect, Problem, Resource, Translation } from '../dialects/dialect.ts'
import type { Finding } from '../envelope/finding.ts'
import { isObject, member, readJson, writeJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Facade, FacadeAnswer, FacadeRequest } from './facade.ts'
import { JSON_TYPE } from './facade.ts'
import { problemOf } from './problem.ts'
import { entriesOf } from './tasks.ts'
import { convert, formOf, judgeJson, readText } from './translate.ts'
import type { Converted, Form, TranslateParts } from './translate.ts'

/** A vendor request, free of HTTP. */
export interface VendorRequest {
  readonly facade: FacadeRequest
  readonly json: Json
  /** mRID from the path, empty where the path has none */
  readonly mRID: string
  readonly query: { readonly limit: number; readonly after?: string; readonly name?: string }
}

/** A vendor's route and what answers it. */
export interface BoundVendorRoute {
  readonly method: BoundRoute['method']
  /** in the notation of the HTTP router */
  readonly path: string
  readonly idParameter: string
  readonly noun: string
  readonly about: string
  readonly takesBody: boolean
  readonly answer: (request: VendorRequest) => Promise<FacadeAnswer>
}

/** Every route of every dialect. */
export function boundVendorRoutes(facade: Facade): readonly BoundVendorRoute[] {
  return vendorRoutes().map((it) => ({
    method: it.method,
    path: it.path.replace(/\{(\w+)\}/g, ':$1'),
    idParameter: /\{(\w+)\}/.exec(it.path)?.[1] ?? '',
    noun: it.noun,
    about: `${it.dialect}: ${it.action} ${it.noun}`,
    takesBody: it.action === 'create' || it.action === 'change',
    answer: (request) => ACTIONS[it.action](it, facade, request),
  }))
}

type Action = (route: BoundRoute, facade: Facade, request: VendorRequest) => Promise<FacadeAnswer>

const ACTIONS: Readonly<Record<BoundRoute['action'], Action>> = {
  create: (route, facade, { facade: to, json }) =>
    fromVendor(route, json, async (content) =>
      asVendor(route, await facade.create(to, content), Array.isArray(json)),
    ),
  change: (route, facade, { facade: to, json, mRID }) =>
    fromVendor(route, json, async (content) =>
      asVendor(route, await facade.change(to, mRID, withId(content, mRID)), false),
    ),
  read: async (route, facade, { facade: to, mRID }) =>
    asVendor(route, await facade.read(to, mRID), false),
  list: async (route, facade, { facade: to, query }) =>
    asVendor(route, await facade.list(to, query), true),
  remove: (_route, facade, { facade: to, mRID }) => facade.remove(to, mRID),
}

/** A change names its object in the path; what the body says of it must be the same one. */
function withId(content: JsonObject, mRID: string): JsonObject {
  const [name, list] = Object.entries(content)[0] ?? ['', []]
  const first = Array.isArray(list) ? (list[0] as Json | undefined) : undefined
  return { [name]: [{ ...(isObject(first) ? first : {}), mRID }] }
}

async function fromVendor(
  { resource }: BoundRoute,
  json: Json,
  use: (content: JsonObject) => Promise<FacadeAnswer>,
): Promise<FacadeAnswer> {
  const translation = resource.toCim(json)
  return translation.problems.length > 0
    ? { rendered: problemOfVendor(translation.problems), headers: {} }
    : use(translation.json)
}

/** The façade's object as the vendor's; problems and acknowledgements pass as they are. */
function asVendor(
  { resource, shape }: BoundRoute,
  answer: FacadeAnswer,
  many: boolean,
): FacadeAnswer {
  const read = readJson(answer.rendered.text)
  const content = 'value' in read ? read.value : null
  if (
    answer.rendered.status >= 300 ||
    !isObject(content) ||
    answer.rendered.contentType !== JSON_TYPE
  )
    return answer
  const { reply, next, ...objects } = content
  const vendor = resource.toVendor(objects as JsonObject).json
  const single = shape === 'one' || (shape === 'one-or-many' && !many)
  const body: Json =
    reply !== undefined
      ? { reply, items: vendor }
      : single
        ? (vendor[0] ?? {})
        : next === undefined
          ? vendor
          : { items: vendor, next }
  const location = answer.headers['Location']
  return {
    rendered: { ...answer.rendered, text: writeJson(body) },
    headers:
      location === undefined
        ? answer.headers
        : { ...answer.headers, Location: vendorLocation(resource, location) },
  }
}

function vendorLocation(resource: Resource, location: string): string {
  const path =
    vendorRoutes().find((it) => it.resource === resource && it.action === 'read')?.path ?? ''
  return path.replace(/\{\w+\}/, location.slice(location.lastIndexOf('/') + 1))
}

function problemOfVendor(problems: readonly Problem[]) {
  return problemOf(
    problems.map((it) => ({
      code: '1.8',
      rule: 'unmappable',
      reason: it.message,
      details: `${it.path}; ${it.mend}`,
    })),
    400,
    problems.map(findingOf),
  )
}

/** A problem of a dialect in the words of all findings. */
export function findingOf(problem: Problem): Finding {
  return {
    layer: 'payload-rule',
    rule: 'unmappable',
    severity: 'error',
    clause: '',
    path: problem.path,
    line: 0,
    column: 0,
    expected: 'a value that the mapping knows',
    found: '',
    message: problem.message,
    mend: problem.mend,
  }
}

/** A conversion through a dialect; `notes` says what the other side cannot hold. */
export interface DialectConverted extends Converted {
  readonly notes: readonly string[]
}

/** Vendor JSON becomes CIM; CIM in either form becomes vendor JSON. Undefined when there is no such dialect. */
export async function convertDialect(
  bytes: Uint8Array,
  name: string,
  to: Form | undefined,
  parts: TranslateParts,
): Promise<DialectConverted | undefined> {
  const dialect = dialectNamed(name)
  if (dialect === undefined) return undefined
  if (formOf(bytes) === 'xml') return toVendorText(name, bytes, to, parts)
  const read = readText(bytes)
  if ('finding' in read) return { ...(await convert(bytes, parts, to)), notes: [] }
  const isCim =
    isObject(read.json) &&
    (member(read.json, 'payload') !== undefined ||
      Object.keys(read.json).some((it) => resourceFor(name, it) !== undefined))
  return isCim ? toVendorText(name, bytes, to, parts) : toCimText(dialect, read.json, to, parts)
}

async function toVendorText(
  name: string,
  bytes: Uint8Array,
  to: Form | undefined,
  parts: TranslateParts,
): Promise<DialectConverted> {
  const cim = await convert(bytes, parts, to === 'xml' ? 'xml' : 'json')
  if (cim.text === undefined || to === 'xml') return { ...cim, notes: [] }
  const read = readJson(cim.text)
  const json = 'value' in read && isObject(read.value) ? read.value : {}
  const [noun, content] =
    entriesOf(member(json, 'payload') ?? json).find(
      ([root]) => resourceFor(name, root) !== undefined,
    ) ?? []
  const resource = noun === undefined ? undefined : resourceFor(name, noun)
  if (resource === undefined || !isObject(content))
    return {
      validated: { ...cim.validated, verdict: 'invalid', findings: [noSuchPayload(name)] },
      notes: [],
    }
  const { '@xmlns': _ns, ...objects } = content
  return finished(resource.toVendor(objects), cim.validated, (it) =>
    it.length === 1 ? (it[0] ?? null) : it,
  )
}

function noSuchPayload(name: string): Finding {
  return findingOf({
    path: '',
    message: `The dialect ${name} has no counterpart for this payload.`,
    mend: 'Convert without --dialect.',
  })
}

async function toCimText(
  dialect: Dialect,
  json: Json,
  to: Form | undefined,
  parts: TranslateParts,
): Promise<DialectConverted> {
  // A vendor object does not say which resource it is: the first that reads it without a problem.
  const tries = Object.values(dialect).map((resource) => ({
    resource,
    translation: resource.toCim(json),
  }))
  const found = tries.find((it) => it.translation.problems.length === 0) ?? tries[0]
  if (found === undefined) return { validated: invalid([noSuchPayload('')]), notes: [] }
  const { translation, resource } = found
  if (translation.problems.length > 0)
    return { validated: invalid(translation.problems.map(findingOf)), notes: [] }
  const noun = resource.routes[0]?.noun ?? ''
  const { validated, xml } = await judgeJson({ [noun]: translation.json }, parts, { json: true })
  if (validated.json === undefined) return { validated, notes: notesOf(translation) }
  const text = to === 'json' ? `${writeJson(validated.json, 2)}\n` : `${xml ?? ''}\n`
  return { validated, text, notes: notesOf(translation) }
}

function finished<T extends Json>(
  translation: Translation<T>,
  validated: Converted['validated'],
  shape: (json: T) => Json,
): DialectConverted {
  if (translation.problems.length > 0)
    return { validated: invalid(translation.problems.map(findingOf)), notes: [] }
  return {
    validated,
    text: `${writeJson(shape(translation.json), 2)}\n`,
    notes: notesOf(translation),
  }
}

function notesOf({ losses }: Translation<Json>): readonly string[] {
  return [
    ...losses.dropped.map((it) => `lost: ${it.path} = ${writeJson(it.value)} has no counterpart`),
    ...losses.defaulted.map((it) => `added: ${it.path} = ${writeJson(it.value)} by default`),
  ]
}

function invalid(findings: readonly Finding[]): Converted['validated'] {
  return {
    verdict: 'invalid',
    findings,
    noun: null,
    verb: null,
    root: null,
    messageID: null,
    correlationID: null,
    soap: null,
  }
}
