// What a configuration may say, as a schema. The only file that knows zod.

import { z } from 'zod'
import { RULES } from '../../envelope/rules.ts'
import { VERBS } from '../../envelope/verbs.ts'
import { ACCESS } from '../../gateway/parties/party.ts'
import type { Verb } from '../../envelope/verbs.ts'
import { RETRY } from '../../gateway/delivery/retry.ts'
import { durationMs } from '../../gateway/parties/duration.ts'
import { DEFAULTS } from './index.ts'
import { meant } from './meant.ts'

const { limits: LIMITS } = DEFAULTS
const { messagesMs: MESSAGES_MS, auditMs: AUDIT_MS } = DEFAULTS.retention

const limits = z.strictObject({
  bodyBytes: z.int().min(1024).default(LIMITS.bodyBytes),
  // The engine itself ends at 256 levels; below 8 no message of the standard passes.
  depth: z.int().min(8).max(250).default(LIMITS.depth),
  nodes: z.int().min(100).default(LIMITS.nodes),
  attributes: z.int().min(8).default(LIMITS.attributes),
  namespaces: z.int().min(8).default(LIMITS.namespaces),
  nameLength: z.int().min(32).default(LIMITS.nameLength),
  unpackedBytes: z.int().min(1024).default(LIMITS.unpackedBytes),
  unpackRatio: z.int().min(2).default(LIMITS.unpackRatio),
})

const aliases = z.strictObject({
  namespaces: z.record(z.string(), z.string()).default({}),
  verbs: z.record(z.string(), oneOf('verb', Object.keys(VERBS))).default({}),
})

const partyAliases = z.record(z.string(), z.string().min(1)).default({})

const duration = z
  .string()
  .refine((it) => durationMs(it) !== undefined, {
    error: ({ input }) => `${String(input)} is no duration; write 500ms, 30s, 2m, 8h or 90d`,
  })
  .transform((it) => durationMs(it) ?? 0)

const verb = oneOf('verb', Object.keys(VERBS)).transform((it) => it as Verb)
const rule = oneOf(
  'rule',
  RULES.map((it) => it.id),
)
const listOf = <T extends z.ZodType>(one: T) =>
  z.union([one.transform((it) => [it]), z.array(one).min(1)])
const secret = z.union([z.string().min(1), z.strictObject({ file: z.string().min(1) })])
const url = z.string().refine((it) => isHttpAddress(it), {
  error: ({ input }) => `${String(input)} is no address; write http://… or https://…`,
})

const credential = z.union([
  z.strictObject({ bearer: secret }),
  z.strictObject({ apiKey: secret, header: z.string().min(1).default('X-API-Key') }),
  z.strictObject({ username: z.string().min(1), password: secret }),
])

const http = {
  url,
  timeout: duration.default(30_000),
  credential: credential.optional(),
  healthUrl: url.optional(),
}

const binding = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('cim-xml'), ...http }),
  z.strictObject({
    type: z.literal('soap'),
    ...http,
    version: z.enum(['1.1', '1.2']).default('1.1'),
    style: z.enum(['typed', 'generic']).default('typed'),
    usernameToken: z
      .strictObject({
        username: z.string().min(1),
        password: secret,
        passwordType: z.enum(['text', 'digest']).default('text'),
      })
      .optional(),
  }),
  z.strictObject({
    type: z.literal('json'),
    ...http,
    dialect: z.string().min(1).default('cim-json'),
  }),
  z.strictObject({
    type: z.literal('file'),
    folder: z.string().min(1),
    format: z.enum(['xml', 'json']).default('xml'),
  }),
  z.strictObject({ type: z.literal('notify'), template: z.string().default('') }),
])

const proof = z.union([
  z.strictObject({ apiKey: secret }),
  z.strictObject({ bearer: secret }),
  z.strictObject({ username: z.string().min(1), password: secret }),
])

const party = z.strictObject({
  org: z.string().default(''),
  binding: binding.optional(),
  auth: z.array(proof).default([]),
  sources: z.array(z.string().min(1)).default([]),
  tolerate: z.array(rule).default([]),
  aliases: aliases.prefault({}),
  mixedBatch: z.enum(['partial', 'failed']).default(DEFAULTS.mixedBatch),
  profile: z
    .strictObject({
      nouns: z.array(z.string()).optional(),
      verbs: z.array(verb).optional(),
      operationSets: z.boolean().default(true),
      collections: z.boolean().default(true),
    })
    .prefault({}),
  replyAddresses: z.array(url).default([]),
  operator: z.boolean().default(false),
  topics: z
    .array(z.string().regex(/^[\w*]+\/[^,]+$/, 'write a noun, / and an mRID or *'))
    .optional(),
})

const access = z.strictObject({
  apiKeyHeader: z
    .string()
    .regex(/^[\w-]+$/, 'write the name of a header')
    .default(ACCESS.apiKeyHeader),
  origins: z
    .array(z.string().refine(isOrigin, 'write an origin such as https://dashboard.example'))
    .default([]),
  socketsPerAddress: z.int().min(1).default(ACCESS.socketsPerAddress),
})

const when = z.strictObject({
  noun: listOf(z.string().min(1)).optional(),
  verb: listOf(verb).optional(),
  from: listOf(z.string().min(1)).optional(),
})

const order = z
  .string()
  .regex(
    /^(none|noun|key:[\w.]+)$/,
    'write none, noun, or key: and a path such as key:EndDeviceGroup.mRID',
  )

const route = z.strictObject({
  name: z.string().min(1).optional(),
  when: when.prefault({}),
  to: listOf(z.string().min(1)),
  reply: z.enum(['sync', 'async']).default('sync'),
  order: order.default('noun'),
  timeout: duration.default(30_000),
  retry: z.array(duration).default([...RETRY.delaysMs]),
  idempotency: duration.default(86_400_000),
  whenTargetDown: z.enum(['queue', 'refuse']).default('queue'),
  expires: duration.optional(),
  priority: z.int().min(-100).max(100).default(0),
})

const visibility = z.strictObject({
  party: z.string().min(1),
  deny: z.array(z.string().regex(/^\w+(\.\w+)+$/, 'write a noun, a dot, and a path in it')),
  owner: z.string().optional(),
})

const awaiting = z.strictObject({
  name: z.string().min(1),
  after: when,
  expect: when,
  key: z.string().min(1),
  within: duration,
})

const PARTY_ID = /^[A-Za-z][\w.-]*(:[\w.-]+)*$/
const PARTY_ID_SAYS = 'a party is named by letters, digits, - _ . and : between parts'

/** Scheme, host and port, as browsers write it. */
function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text
}

function isHttpAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return ['http:', 'https:'].includes(protocol) && username === '' && password === ''
}

/** The whole file; what it says of parties is put together in topology.ts. */
export const schema = z.strictObject({
  source: z.string().min(1).default(DEFAULTS.source),
  mixedBatch: z.enum(['partial', 'failed']).default(DEFAULTS.mixedBatch),
  tolerate: z
    .array(
      oneOf(
        'rule',
        RULES.map((it) => it.id),
      ),
    )
    .default([]),
  aliases: aliases.prefault({}),
  partyAliases,
  deployment: z.enum(['local', 'centralized', 'distributed', 'third-party']).default('local'),
  parties: z.record(z.string().regex(PARTY_ID, PARTY_ID_SAYS), party).default({}),
  routes: z.array(route).default([]),
  visibility: z.array(visibility).default([]),
  awaiting: z.array(awaiting).default([]),
  addresses: z.array(url).default([]),
  access: access.prefault({}),
  retention: z
    .strictObject({ messages: duration.default(MESSAGES_MS), audit: duration.default(AUDIT_MS) })
    .prefault({}),
  // A year is a number in YAML.
  schemas: z
    .record(z.string(), z.union([z.string().min(1), z.int()]).transform(String))
    .default({}),
  officialOnly: z.boolean().default(DEFAULTS.officialOnly),
  publicUrl: z.union([z.literal(''), url]).default(DEFAULTS.publicUrl),
  limits: limits.prefault({}),
})

/** What a file comes to. */
export type Written = z.output<typeof schema>

/** One thing that the schema finds wrong. */
export type Issue = z.core.$ZodIssue

/** As JSON Schema, for editors. */
export function editorSchema(): object {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
}

/** Keys that there may be at a path, as far as the file has one shape there. */
export function keysAt(path: readonly PropertyKey[]): readonly string[] {
  let at: Shape | undefined = editorSchema() as Shape
  for (const step of path)
    at = at?.properties?.[String(step)] ?? at?.additionalProperties ?? at?.items
  return Object.keys(at?.properties ?? {})
}

interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>
  readonly additionalProperties?: Shape
  readonly items?: Shape
}

/** A name that has to be one of a list, with the nearest one in the complaint. */
function oneOf(what: string, names: readonly string[]) {
  return z.string().refine((it) => names.includes(it), {
    error: ({ input }) => `${String(input)} is no ${what}${meant(String(input), names)}`,
  })
}
