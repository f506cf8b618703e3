// What a configuration may say, as a schema; what it says of a party and of access stands beside it. Everything stays as it is
// written, durations too; topology.ts makes the gateway's own form of it.

import { MOST_TOGETHER, USUAL_COLLECTION } from '../../gateway/parties/index.ts'
import { RETRY } from '../../gateway/delivery/retry.ts'
import { durationText } from '../../gateway/parties/duration.ts'
import { DEFAULTS } from './index.ts'
import { access, tls } from './schema-access.ts'
import { folder, mail } from './schema-files.ts'
import { load } from './schema-load.ts'
import {
  TIMEOUT,
  aliases,
  duration,
  listOf,
  mixedBatch,
  name,
  network,
  noun,
  partyName,
  rule,
  url,
  verb,
  wait,
} from './schema-parts.ts'
import { party } from './schema-party.ts'
import { CHOICES } from '../../flows/choices.ts'
import { QUANTITIES } from '../../flows/quantities.ts'
import type { Shape } from './shapes.ts'
import { z } from './zod.ts'

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

const partyAliases = z.record(z.string(), partyName).default({})

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
  collection: z.int().min(1).max(MOST_TOGETHER).default(USUAL_COLLECTION),
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

const reconciliation = z.strictObject({
  name,
  noun,
  source: name.optional(),
  target: name,
  ask: z.array(z.enum(['source', 'target'])).default([]),
  at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .meta({ title: 'a time such as 02:00, in UTC' })
    .default('02:00'),
})

const flow = z.strictObject({
  orchestrate: z.boolean().default(false),
  crewETA: duration.optional(),
  contactType: z.string().min(1).optional(),
  guard: z.boolean().default(true),
  dissolveWhenEmpty: z.boolean().default(false),
  exclusiveMembership: z.boolean().default(false),
  membersRequired: z.boolean().default(false),
  failuresInARow: z.int().min(1).max(QUANTITIES.failuresInARow.most).optional(),
  allowInProgressCancel: z.boolean().default(false),
  moveReservations: z.boolean().default(false),
  releaseReservations: z.boolean().default(false),
  incrementalFirst: z.boolean().default(false),
  sumTolerance: z.number().min(0).max(QUANTITIES.sumTolerance.most).optional(),
  stageSkew: z.number().min(0).max(QUANTITIES.stageSkew.most).optional(),
  stageGrace: z.number().min(0).max(QUANTITIES.stageGrace.most).optional(),
  outcomeWithin: z.number().min(0).max(QUANTITIES.outcomeWithin.most).optional(),
  acknowledgedWithin: duration.optional(),
  closedWithin: duration.optional(),
  prematureActive: z.enum(CHOICES.prematureActive.options).optional(),
  requireStatusCheck: z.enum(CHOICES.requireStatusCheck.options).optional(),
  creditRun: z.enum(CHOICES.creditRun.options).optional(),
})

const PARTY_ID = /^[A-Za-z][\w.-]*(:[\w.-]+)*$/
const PARTY_ID_SAYS = 'letters, digits, - _ . and : between parts, such as tp:acme:cs'

const FOLDER_SAYS = 'letters, digits, - _ .'

const EDITION = 'the key of an edition, a year, or shipped'

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
  reconciliations: z.array(reconciliation).default([]),
  flows: z.record(z.string(), flow).default({}),
  addresses: z.array(url).default([]),
  privateNetworks: z.array(network).default([...DEFAULTS.privateNetworks]),
  access: access.prefault({}),
  tls: tls.prefault({}),
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
  load: load.prefault({}),
  files: z
    .record(
      z
        .string()
        .regex(/^[\w.-]+$/)
        .meta({ title: FOLDER_SAYS }),
      folder,
    )
    .default({}),
  mail: mail.prefault({}),
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
