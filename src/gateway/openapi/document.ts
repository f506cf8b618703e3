// The OpenAPI 3.1 document of everything that is served, made noun by noun when it is asked for and kept as text.

import { bareNouns, NO_NAMESPACE } from '../../schema/bare.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { writeJson } from '../../schema/json-text.ts'
import { sampleMessage } from '../../schema/sample/sample.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import { vendorRoutes } from '../../dialects/index.ts'
import { VERBS } from '../../envelope/verbs.ts'
import { member } from '../../schema/json-text.ts'
import { memberList } from '../facade/members.ts'
import { flowIn } from '../flow-in.ts'
import { contentsOf } from '../content.ts'
import { isSynchronized } from '../deciding/synchronized.ts'
import { familyOf, resourceNouns } from '../nouns.ts'
import { TAGS } from '../operation.ts'
import type { Describe } from '../ports.ts'
import type { Route } from '../route.ts'
import { usable } from '../usable.ts'
import { batchOf } from '../facade/batch-answer.ts'
import { itemStepsOf } from '../facade/items.ts'
import { filledSteps, triggersOf } from '../facade/triggers.ts'
import { responsesOf } from './answers.ts'
import { HEADERS } from './headers.ts'
import type { NounSamples } from './noun-samples.ts'
import { nounNames, nounSchemas } from './noun-schemas.ts'
import { fixedPaths, parameterComponents, resourcePaths } from './paths.ts'
import { problemExamples } from './problem-examples.ts'
import { vendorSamples } from './vendor-samples.ts'
import { securitySchemes } from './security.ts'
import { sharedSchemas } from './shared-schemas.ts'

/** A document, and the entity tag of this very text. */
export interface ApiText {
  readonly text: string
  readonly etag: string
}

/** The documents of one gateway. */
export interface OpenApi {
  /** everything */
  readonly whole: () => Promise<ApiText>
  /**
   * the resource of one noun; undefined where it has none
   * @throws {CimError} `unusable-schema`
   */
  readonly of: (noun: string) => ApiText | undefined
  /** everything but the resources, as data */
  readonly fixed: () => JsonObject
  /** path items of one noun's resource, as data; empty where it has none, or none that its schema can describe */
  readonly pathsOf: (noun: string) => JsonObject
}

/** What one noun adds. */
interface Fragment {
  readonly paths: JsonObject
  readonly schemas: JsonObject
}

/** @param routes all that are served @param taken examples of creates that are samples */
export function openApiOf(
  routes: readonly Route[],
  schemas: SchemaSet,
  { version, pause, digest, begin, samples, apiKeyHeader }: Omit<Describe, 'source' | 'acceptance'>,
  taken: NounSamples = new Map(),
): OpenApi {
  const besides = { examples: announced(problemExamples(schemas), routes), apiKeyHeader }
  const nouns = shippedFirst(schemas)
  const head = (left: readonly Left[] = []) => headOf(version, schemas, nouns, left)
  const fragments = new Map<string, Fragment>()
  let all: Promise<ApiText> | undefined

  function fragmentOf(noun: string): Fragment {
    const file = schemas.catalogue.select(undefined, noun)?.file
    if (file !== undefined) begin(file)
    const known = fragments.get(noun) ?? fragment(routes, schemas, noun, taken.get(noun))
    if (fragments.size < MOST_NOUNS) fragments.set(noun, known)
    return known
  }

  /** Text by text, so that others have their turn between two nouns. */
  async function whole(): Promise<ApiText> {
    const bodies = { ...vendorExamples(schemas), ...(await vendorSamples({ samples })) }
    const pieces = [membersOf(fixedPaths(routes, bodies))]
    const components = [membersOf(sharedSchemas(schemas))]
    const left: Left[] = [...withoutNamespace(schemas)]
    for (const noun of nouns.slice(0, MOST_NOUNS)) {
      const it = usable(() => fragmentOf(noun))
      if ('unusable' in it) left.push([noun, it.unusable])
      else {
        pieces.push(membersOf(it.made.paths))
        components.push(membersOf(it.made.schemas))
      }
      await pause()
    }
    if (nouns.length > MOST_NOUNS) left.push(more(nouns.length - MOST_NOUNS))
    return tagged(textOf(head(left), pieces, components, besides), digest)
  }

  return {
    whole: () => (all ??= whole()),
    of(noun) {
      if (!nouns.includes(noun)) return undefined
      const { paths, schemas: own } = fragmentOf(noun)
      const components = [membersOf(sharedSchemas(schemas)), membersOf(own)]
      return tagged(textOf(head(), [membersOf(paths)], components, besides), digest)
    },
    fixed: () => fixedPaths(routes, vendorExamples(schemas)),
    pathsOf(noun) {
      const it = nouns.includes(noun) ? usable(() => fragmentOf(noun)) : undefined
      return it !== undefined && 'made' in it ? it.made.paths : {}
    },
  }
}

/** Of all examples those that some operation refers to. */
function announced(examples: JsonObject, routes: readonly Route[]): JsonObject {
  const texts = routes.map((it) => writeJson(responsesOf(it, nounNames(''))))
  const isReferred = (name: string) =>
    texts.some((it) => it.includes(`"#/components/examples/${name}"`))
  return Object.fromEntries(Object.entries(examples).filter(([name]) => isReferred(name)))
}

/** What the document is silent about, with the reason. */
type Left = readonly [noun: string, reason: string]

/** nouns of the whole document, whose text is kept; all published profiles together have some 200 */
const MOST_NOUNS = 1_000

function more(count: number): Left {
  return [`${count} more nouns`, 'ask for one of them with /openapi.json?noun=']
}

function withoutNamespace({ catalogue }: SchemaSet): readonly Left[] {
  const bare = bareNouns(catalogue)
  const rest = bare.length - MOST_NOUNS
  const told = bare.slice(0, MOST_NOUNS).map((it): Left => [it, NO_NAMESPACE])
  return rest > 0 ? [...told, [`${rest} more nouns like these`, NO_NAMESPACE]] : told
}

/** So that an imported file with a great many nouns leaves the shipped ones in. */
function shippedFirst(schemas: SchemaSet): readonly string[] {
  const imported = new Set(
    schemas.catalogue.nouns.filter((it) => it.status === 'imported').map((it) => it.noun),
  )
  const nouns = resourceNouns(schemas)
  if (nouns.length <= MOST_NOUNS) return nouns
  return [...nouns.filter((it) => !imported.has(it)), ...nouns.filter((it) => imported.has(it))]
}

function fragment(
  routes: readonly Route[],
  schemas: SchemaSet,
  noun: string,
  sample: JsonObject | undefined,
): Fragment {
  const content = contentsOf(schemas)(noun)
  if (content === undefined) return { paths: {}, schemas: {} }
  const flow = flowIn(schemas)
  const frozen = flow(noun, 'change')?.frozen
  const { schemas: components, ...examples } = nounSchemas(schemas, content, { frozen, sample })
  const verbs = Object.keys(VERBS).filter((it) => flow(noun, it) !== undefined)
  const triggers = triggersOf(noun, flow)
  const { hasId } = content
  const filled = filledSteps(noun, flow)
  const criteria = flow(noun, 'get')?.criteria?.parameters ?? {}
  const hasMembers = memberList(noun, flow) !== undefined
  const synchronized = isSynchronized(flow(noun, 'get'))
  const isBatched = batchOf(noun) !== undefined
  const lists = { hasMembers, isBatched, isSynchronized: synchronized }
  const items = Object.fromEntries(
    Object.entries(itemStepsOf(noun, flow)).map(([list, it]) => [list, Object.keys(it)]),
  )
  const facts = { verbs, triggers, items, filled, criteria, hasId, ...lists }
  const alias = flow(noun, 'get')?.resource
  const other = alias === undefined ? {} : { alias }
  const subject = { noun, tag: tagOf(schemas, noun), ...facts, ...other, ...examples }
  return { paths: resourcePaths(routes, subject), schemas: components }
}

function tagOf({ catalogue }: SchemaSet, noun: string): string {
  const entry = catalogue.nouns.find((it) => it.noun === noun)
  return entry === undefined ? 'Resources' : familyOf(entry)
}

const DESCRIPTION = `A gateway between IEC 61968 CIM XML and JSON.

Every noun has a resource below \`/api/v1\`; a request to it becomes a CIM message and goes the way of all messages. Messages themselves are sent to \`POST /cim\`. Status events come over WebSocket: \`WS /status?topics=<Noun>/*&since=SEQ\`, which OpenAPI cannot describe.

Bodies may be packed with gzip, and have a charset; anything that is not announced here is refused with 415. \`/docs\` describes the nouns element by element.`

function headOf(
  version: string,
  schemas: SchemaSet,
  nouns: readonly string[],
  left: readonly Left[],
): JsonObject {
  const { Resources, ...others } = TAGS
  const families = [...new Set(nouns.map((it) => tagOf(schemas, it)))].sort()
  return {
    openapi: '3.1.1',
    info: {
      title: 'cimgate',
      version,
      summary: 'IEC 61968 messages in XML and JSON',
      description: [DESCRIPTION, ...leftOut(left)].join('\n\n'),
      license: { name: 'Apache License 2.0', identifier: 'Apache-2.0' },
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    servers: [{ url: '/' }],
    externalDocs: { url: '/docs', description: 'Nouns, elements, rules and errors' },
    tags: [
      ...families.map((name) => ({ name, description: Resources })),
      ...Object.entries(others).map(([name, description]) => ({ name, description })),
    ],
  }
}

function leftOut(left: readonly Left[]): readonly string[] {
  const lines = left.map(([noun, reason]) => `- ${noun}: ${reason}.`)
  return lines.length === 0
    ? []
    : [
        `Left out, because their schemas cannot be described or no message can carry them:\n\n${lines.join('\n')}`,
      ]
}

/** What each vendor's create takes: our sample in the vendor's words. */
function vendorExamples(schemas: SchemaSet): Readonly<Record<string, Json>> {
  const creates = vendorRoutes().filter((it) => it.action === 'create')
  const found = creates.flatMap(({ path, noun, resource, given }) => {
    const element = contentsOf(schemas)(noun)?.element ?? ''
    const tries = SEEDS.flatMap((seed) => {
      const sample = usable(() => sampleMessage(schemas, noun, { verb: 'create', seed }))
      if ('unusable' in sample) return []
      const list = member(member(member(sample.made, 'payload'), noun), element)
      return list === undefined ? [] : [resource.toVendor({ [element]: list })]
    })
    // The one that the vendor has the most words for.
    const [best] = tries.toSorted((x, y) => x.losses.dropped.length - y.losses.dropped.length)
    const example = best?.json[0]
    return example === undefined ? [] : [[path, { ...example, ...given }] as const]
  })
  return Object.fromEntries(found)
}

/** samples of which an example is taken */
const SEEDS = Array.from({ length: 12 }, (_, seed) => seed)

/** The members of an object as text, without its braces. */
function membersOf(it: JsonObject): string {
  return writeJson(it).slice(1, -1)
}

function textOf(
  head: JsonObject,
  paths: readonly string[],
  schemas: readonly string[],
  { examples, apiKeyHeader }: { readonly examples: JsonObject; readonly apiKeyHeader: string },
): string {
  const some = (texts: readonly string[]) => texts.filter((it) => it !== '').join(',')
  const shared = membersOf({
    parameters: parameterComponents(),
    headers: HEADERS,
    examples,
    securitySchemes: securitySchemes(apiKeyHeader),
  })
  return `{${membersOf(head)},"paths":{${some(paths)}},"components":{"schemas":{${some(schemas)}},${shared}}}`
}

function tagged(text: string, digest: Describe['digest']): ApiText {
  return { text, etag: `"${digest(text)}"` }
}
