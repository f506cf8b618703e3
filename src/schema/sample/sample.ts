// Whole messages about any noun of the catalogue, made from the schemas alone: as CIM-JSON, valid by XSD and envelope rules.
// Which values and which optional parts they have is decided in content.ts; nothing here knows a noun.

import { typedRootNamed } from '../../envelope/typed-roots.ts'
import { VERBS, verbRow } from '../../envelope/verbs.ts'
import { isCarried } from '../bare.ts'
import { isObject } from '../json-text.ts'
import type { Json, JsonObject } from '../json-text.ts'
import type { Declared } from '../message-json.ts'
import type { ElementDecl } from '../model.ts'
import { randomOf } from '../random.ts'
import { sampleElement, sampleType } from './content.ts'
import { samplingOf } from './run.ts'
import type { Given } from './run.ts'
import { headerFields, operations, replyFields } from './parts.ts'
import type { Subject } from './parts.ts'
import type { SchemaSet } from '../schemas.ts'
import { shapeOf } from '../shape.ts'

/** Which message is wanted. */
export interface SampleOptions {
  /** by default `get` for a query and `create` for every other noun */
  readonly verb?: string
  /** the strongly typed root, such as `Create<Noun>` */
  readonly typed?: boolean
  /** 0 = the example that a person wants to see; every other whole number explores what the schema admits */
  readonly seed?: number
  /** with the seed 0: every element that may be there, once */
  readonly full?: boolean
  /** elements beyond the necessary ones, at most */
  readonly size?: number
}

const SIZE = 60

/**
 * One valid message. The same schemas, options and seed give the same message, byte by byte.
 * @returns undefined when the catalogue has no such noun, or no such message about it
 */
export function sampleMessage(
  schemas: SchemaSet,
  noun: string,
  options: SampleOptions = {},
): JsonObject | undefined {
  const verb = options.verb ?? usualVerb(schemas, noun)
  const { seed = 0, size = SIZE, typed = false, full = false } = options
  const name = typed ? typedName(schemas, noun, verb) : genericName(verb)
  const root = name === undefined ? undefined : schemas.message(undefined, name, verb)
  if (root === undefined || !isCarried(schemas.catalogue, noun) || !takes(schemas, noun, verb))
    return undefined
  const plan = { schemas, root, typed, subject: { noun, verb, seed }, size, full }
  return { message: root.decl.name, ...(typed ? { '@xmlns': root.decl.ns } : {}), ...parts(plan) }
}

/** A query is asked and answered; nobody creates or changes one. */
function takes({ catalogue }: SchemaSet, noun: string, verb: string): boolean {
  return catalogue.queried(noun) === undefined || QUERYING.includes(verb)
}

const QUERYING: readonly string[] = ['get', 'reply']

/**
 * The verbs of the messages that there are about a noun.
 * @param typed strongly typed ones only
 */
export function sampleVerbs(schemas: SchemaSet, noun: string, typed = false): readonly string[] {
  return Object.keys(VERBS).filter(
    (verb) => sampleMessage(schemas, noun, { verb, typed }) !== undefined,
  )
}

/** The verb under which a noun is met first. */
export function usualVerb({ catalogue }: SchemaSet, noun: string): string {
  return catalogue.queried(noun) === undefined ? 'create' : 'get'
}

/**
 * Content of one element, by its declaration: CIM-JSON without the name, and for a payload root without `@xmlns`.
 * @param seed 0 = tidy
 */
export function sampleRoot(root: Declared, seed: number, size = SIZE): Json {
  return sampleElement(samplingOf(root, seed, size, root.decl.name), root.decl, [])
}

const KINDS = {
  request: 'RequestMessage',
  event: 'EventMessage',
  reply: 'ResponseMessage',
} as const

function genericName(verb: string): string | undefined {
  const row = verbRow(verb)
  return row === undefined ? undefined : KINDS[row.kind]
}

/** The root whose name says this verb; a get is named after its query. */
function typedName(schemas: SchemaSet, noun: string, verb: string): string | undefined {
  const capital = `${verb.charAt(0).toUpperCase()}${verb.slice(1)}`
  const names = [
    verb.startsWith('execute') ? `${capital}${noun}OperationSet` : `${capital}${noun}`,
    `${queryFor(schemas, noun) ?? ''}RequestMessage`,
    `${noun}ResponseMessage`,
  ]
  return names.find((it) => typedRootNamed(it)?.verb === verb)
}

interface Plan {
  readonly schemas: SchemaSet
  readonly root: Declared
  readonly typed: boolean
  readonly subject: Subject
  readonly size: number
  readonly full: boolean
}

function parts(plan: Plan): JsonObject {
  const { subject } = plan
  const isSet = hasSet(subject)
  const made: readonly (readonly [string, Json | undefined])[] = [
    ['header', part(plan, 'Header', headerFields(subject, headerNoun(plan)))],
    ['request', subject.verb === 'get' ? request(plan) : undefined],
    ['reply', subject.verb === 'reply' ? part(plan, 'Reply', replyFields(subject)) : undefined],
    ['payload', isSet ? operationSet(plan) : payload(plan)],
  ]
  return Object.fromEntries(made.filter((it): it is [string, Json] => it[1] !== undefined))
}

function hasSet({ verb }: Subject): boolean {
  return verb.startsWith('execute')
}

/** A typed message says by its name which Noun it carries. */
function headerNoun({ typed, root, subject }: Plan): string {
  const named = typed ? typedRootNamed(root.decl.name)?.nouns[0] : undefined
  return named ?? (hasSet(subject) ? 'OperationSet' : subject.noun)
}

function part(plan: Plan, name: string, given: Given): Json | undefined {
  const decl = child(plan.root, name)
  if (decl === undefined) return undefined
  const { seed } = plan.subject
  return sampleType(
    { ...samplingOf(plan.root, seed, 12, name), related: 0 },
    decl,
    [plan.root.decl.name, name],
    given,
  )
}

function child({ decl, model }: Declared, name: string): ElementDecl | undefined {
  if (decl.type.kind !== 'complex') return undefined
  return shapeOf(decl.type, model).fields.find((it) => it.decl.name === name)?.decl
}

/** The query's own profile where there is one, else the ID of an object. */
function request(plan: Plan): Json | undefined {
  const { noun, seed } = plan.subject
  const query = queryFor(plan.schemas, noun)
  const asked = query === undefined ? undefined : object(plan, query)
  if (query === undefined || asked === undefined) {
    const id = { '@kind': 'uuid', $: randomOf(seed, 'request').uuid() }
    return part(plan, 'Request', new Map([['ID', [id]]]))
  }
  // In the generic Request the profile stands at a wildcard, in a typed one under its own name.
  const made = part(
    plan,
    'Request',
    new Map([
      ['ID', undefined],
      [query, asked],
    ]),
  )
  return isObject(made) ? { ...made, [query]: asked } : made
}

/** The noun under which objects are asked for; a query is asked for under its own. */
function queryFor({ catalogue }: SchemaSet, noun: string): string | undefined {
  return catalogue.queried(noun) === undefined ? catalogue.queryOf(noun) : noun
}

/** verbs that end an object, for which it is enough to say which one */
const ENDINGS: readonly string[] = ['cancel', 'close', 'delete', 'canceled', 'closed', 'deleted']

/** verbs that may do without an object */
const WITHOUT_OBJECT: readonly string[] = ['reply', ...ENDINGS]

function payload(plan: Plan): Json | undefined {
  const { schemas, subject, typed } = plan
  const { noun, verb, seed } = subject
  const random = randomOf(seed, 'payload')
  const without = seed !== 0 && !typed && WITHOUT_OBJECT.includes(verb) && random.chance(0.3)
  if (verb === 'get') return undefined
  if (without) return verb === 'reply' ? undefined : { ID: [{ '@kind': 'uuid', $: random.uuid() }] }
  const name = verb === 'reply' ? (schemas.catalogue.queried(noun) ?? noun) : noun
  const one = (at: number) => ({ [name]: object(plan, name, at) ?? {} })
  const several = seed !== 0 && !typed && random.chance(0.1)
  return several ? [one(0), one(1)] : one(0)
}

/** A payload root with its namespace, in the variant of the message's verb. */
function object(
  plan: Plan,
  name: string,
  at = 0,
  variant = plan.subject.verb,
): JsonObject | undefined {
  const found = plan.schemas.payload(undefined, name, variant)
  if (found === undefined) return undefined
  const run = samplingOf(found, plan.subject.seed, plan.size, `${name} ${at}`)
  const related = ENDINGS.includes(variant) ? 1 : run.related
  const content = sampleElement({ ...run, related, full: plan.full }, found.decl, [])
  const inner = isObject(content) ? content : { $: content }
  return { '@xmlns': found.decl.ns, ...inner }
}

function operationSet(plan: Plan): Json | undefined {
  const { noun, seed } = plan.subject
  const set = child(
    { decl: child(plan.root, 'Payload') ?? plan.root.decl, model: plan.root.model },
    'OperationSet',
  )
  if (set === undefined) return undefined
  const list = operations(plan.subject).map(({ fields, variant }, at) => ({
    ...fields,
    [noun]: object(plan, noun, at, variant) ?? {},
  }))
  const run = { ...samplingOf(plan.root, seed, 2, 'OperationSet'), related: 0 }
  return {
    OperationSet: sampleType(run, set, ['OperationSet'], new Map([['Operation', list]])),
  }
}
