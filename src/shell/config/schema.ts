// What a configuration may say, as a schema. The only file that knows zod. Everything stays as it is written, durations
// too; topology.ts makes the gateway's own form of it.

import { z } from 'zod'
import { RULES } from '../../envelope/rules.ts'
import { VERBS } from '../../envelope/verbs.ts'
import { ACCESS } from '../../gateway/parties/party.ts'
import type { Verb } from '../../envelope/verbs.ts'
import { RETRY } from '../../gateway/delivery/retry.ts'
import { durationText } from '../../gateway/parties/duration.ts'
import { DEFAULTS } from './index.ts'
import { ADDRESS } from './secrets.ts'
import { QUANTITIES } from '../../flows/quantities.ts'
import { ROLE_NAMES } from '../../flows/role.ts'
import type { Shape } from './shapes.ts'

/** Time that a party has to answer, and a route to bring the reply. */
export const TIMEOUT = '30s'

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

const verb = z.enum(Object.keys(VERBS) as [Verb, ...Verb[]]).meta({ title: 'a verb' })
const rule = z.enum(RULES.map((it) => it.id)).meta({ title: 'the id of a rule' })
const mixedBatch = z.enum(['partial', 'failed']).default(DEFAULTS.mixedBatch)
const name = z.string().min(1).meta({ title: 'a name' })
const noun = z.string().min(1).meta({ title: 'a noun' })
const partyName = z.string().min(1).meta({ title: 'the name of a party' })

const aliases = z.strictObject({
  namespaces: z.record(z.string(), z.string()).default({}),
  verbs: z.record(z.string(), verb).default({}),
})

const partyAliases = z.record(z.string(), partyName).default({})

const wait = z
  .string()
  .regex(/^\d{1,9}(ms|s|m|h|d)$/)
  .meta({ title: 'a duration such as 500ms, 30s, 2m, 8h or 90d' })
const duration = z
  .string()
  .regex(/^[1-9]\d{0,8}(ms|s|m|h|d)$/)
  .meta({ title: 'a duration such as 500ms, 30s, 2m, 8h or 90d' })

const listOf = <T extends z.ZodType>(one: T) => {
  const { title = 'a text' } = one.meta() ?? {}
  return z
    .union([one.transform((it) => [it]), z.array(one).min(1)])
    .meta({ title: `${title}, or a list of at least one` })
}

const SECRET_SAYS = '${NAME} for a variable of the environment, or {file: path}'

// In an editor, too: a secret is named, never written.
const secret = z
  .union([
    z
      .string()
      .regex(/^\$\{[A-Za-z_]\w*\}$/)
      .meta({ title: SECRET_SAYS, writeOnly: true }),
    z.strictObject({ file: z.string().min(1).meta({ title: 'a path' }) }),
  ])
  .meta({ title: SECRET_SAYS })
const url = z
  .string()
  .regex(ADDRESS, { abort: true })
  .refine((it) => URL.canParse(it))
  .meta({ title: 'an address: http://… or https://…, without user, token or #', format: 'uri' })

const credential = z.union([
  z.strictObject({ bearer: secret }),
  z.strictObject({ apiKey: secret, header: name.default('X-API-Key') }),
  z.strictObject({ username: name, password: secret }),
])

const http = {
  url,
  timeout: duration.default(TIMEOUT),
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
        username: name,
        password: secret,
        passwordType: z.enum(['text', 'digest']).default('text'),
      })
      .optional(),
  }),
  z.strictObject({
    type: z.literal('json'),
    ...http,
    dialect: name.default('cim-json'),
  }),
  z.strictObject({
    type: z.literal('file'),
    folder: z.string().min(1).meta({ title: 'the path of a folder' }),
    format: z.enum(['xml', 'json']).default('xml'),
  }),
  z.strictObject({ type: z.literal('notify'), template: z.string().default('') }),
])

const proof = z.union([
  z.strictObject({ apiKey: secret }),
  z.strictObject({ bearer: secret }),
  z.strictObject({ username: name, password: secret }),
])

const party = z.strictObject({
  org: z.string().default(''),
  binding: binding.optional(),
  auth: z.array(proof).default([]),
  sources: z.array(name).default([]),
  roles: z.array(z.enum(ROLE_NAMES)).default([]),
  tolerate: z.array(rule).default([]),
  aliases: aliases.prefault({}),
  mixedBatch,
  profile: z
    .strictObject({
      nouns: z.array(noun).optional(),
      verbs: z.array(verb).optional(),
      operationSets: z.boolean().default(true),
      collections: z.boolean().default(true),
    })
    .prefault({}),
  replyAddresses: z.array(url).default([]),
  operator: z.boolean().default(false),
  serves: z.array(z.string().min(1)).optional(),
  topics: z
    .array(
      z
        .string()
        .regex(/^[\w*]+\/[^,]+$/)
        .meta({ title: 'a noun, / and an mRID or *' }),
    )
    .optional(),
})

const access = z.strictObject({
  apiKeyHeader: z
    .string()
    .regex(/^[\w-]+$/)
    .meta({ title: 'the name of a header' })
    .default(ACCESS.apiKeyHeader),
  origins: z
    .array(
      z
        .string()
        .refine(isOrigin)
        .meta({ title: 'an origin such as https://dashboard.example', format: 'uri' }),
    )
    .default([]),
  socketsPerAddress: z.int().min(1).default(ACCESS.socketsPerAddress),
})

const when = z.strictObject({
  noun: listOf(noun).optional(),
  verb: listOf(verb).optional(),
  from: listOf(partyName).optional(),
})

const order = z
  .string()
  .regex(/^(none|noun|key:\w+(\.\w+)*)$/)
  .meta({ title: 'none, noun, or key: with a path such as key:EndDeviceGroup.mRID' })

const route = z.strictObject({
  name: name.optional(),
  when: when.prefault({}),
  to: listOf(partyName),
  reply: z.enum(['sync', 'async']).default('sync'),
  order: order.default('noun'),
  timeout: duration.default(TIMEOUT),
  retry: z.array(wait).default(RETRY.delaysMs.map(durationText)),
  idempotency: duration.default('24h'),
  whenTargetDown: z.enum(['queue', 'refuse']).default('queue'),
  expires: duration.optional(),
  priority: z.int().min(-100).max(100).default(0),
})

const visibility = z.strictObject({
  party: partyName,
  deny: z.array(
    z
      .string()
      .regex(/^\w+(\.\w+)*$/)
      .meta({ title: 'a noun, or a noun, a dot, and a path in it' }),
  ),
  owner: z.string().optional(),
  only: z.literal('individual').optional(),
})

const awaiting = z.strictObject({
  name,
  after: when,
  expect: when,
  key: z.string().min(1).meta({ title: 'a path such as EndDeviceGroup.mRID, or CorrelationID' }),
  within: duration,
})

const flow = z.strictObject({
  orchestrate: z.boolean().default(false),
  crewETA: duration.optional(),
  contactType: z.string().min(1).optional(),
  guard: z.boolean().default(true),
  dissolveWhenEmpty: z.boolean().default(false),
  exclusiveMembership: z.boolean().default(false),
  membersRequired: z.boolean().default(false),
  sumTolerance: z.number().min(0).max(QUANTITIES.sumTolerance.most).optional(),
})

const PARTY_ID = /^[A-Za-z][\w.-]*(:[\w.-]+)*$/
const PARTY_ID_SAYS = 'letters, digits, - _ . and : between parts, such as tp:acme:cs'

const EDITION = 'the key of an edition, a year, or shipped'

/** Scheme, host and port, as browsers write it. */
function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text
}

/** The whole file; what it says of parties is put together in topology.ts. */
export const schema = z.strictObject({
  extends: name.optional(),
  source: name.default(DEFAULTS.source),
  mixedBatch,
  tolerate: z.array(rule).default([]),
  aliases: aliases.prefault({}),
  partyAliases,
  deployment: z.enum(['local', 'centralized', 'distributed', 'third-party']).default('local'),
  parties: z.record(z.string().regex(PARTY_ID).meta({ title: PARTY_ID_SAYS }), party).default({}),
  routes: z.array(route).default([]),
  visibility: z.array(visibility).default([]),
  awaiting: z.array(awaiting).default([]),
  flows: z.record(z.string(), flow).default({}),
  addresses: z.array(url).default([]),
  access: access.prefault({}),
  retention: z
    .strictObject({
      messages: duration.default(durationText(MESSAGES_MS)),
      audit: duration.default(durationText(AUDIT_MS)),
    })
    .prefault({}),
  // A year is a number in YAML.
  schemas: z
    .record(
      z.string(),
      z
        .union([z.string().min(1).meta({ title: EDITION }), z.int()])
        .transform(String)
        .meta({ title: EDITION }),
    )
    .default({}),
  officialOnly: z.boolean().default(DEFAULTS.officialOnly),
  publicUrl: z.union([url, z.literal('')]).default(DEFAULTS.publicUrl),
  limits: limits.prefault({}),
})

/** What a file comes to. */
export type Written = z.output<typeof schema>

/** One thing that the schema finds wrong. */
export type Issue = z.core.$ZodIssue

/** As JSON Schema, for editors. */
export function editorSchema(): Shape {
  made ??= z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape
  return made
}

let made: Shape | undefined
