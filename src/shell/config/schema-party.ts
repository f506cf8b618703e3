// What a configuration says of one party: how it is spoken to, how it proves who it is, and what is agreed with it.

import { MOST_TOGETHER } from '../../gateway/parties/index.ts'
import { RIGHT_NAMES } from '../../gateway/access/rights.ts'
import { isZone } from '../../dialects/zone.ts'
import { ROLE_NAMES } from '../../flows/role.ts'
import {
  TIMEOUT,
  aliases,
  duration,
  mixedBatch,
  name,
  noun,
  rule,
  secret,
  url,
  verb,
} from './schema-parts.ts'
import { recipients } from './schema-files.ts'
import { ownRate } from './schema-load.ts'
import { z } from './zod.ts'

const credential = z.union([
  z.strictObject({ bearer: secret }),
  z.strictObject({ apiKey: secret, header: name.default('X-API-Key') }),
  z.strictObject({ username: name, password: secret }),
  z.strictObject({
    oauth2: z.strictObject({
      tokenUrl: url,
      clientId: name,
      clientSecret: secret,
      scope: name.optional(),
      audience: name.optional(),
    }),
  }),
])

const clientTls = z.strictObject({
  certificate: secret.optional(),
  key: secret.optional(),
  passphrase: secret.optional(),
  authorities: secret.optional(),
})

const http = {
  url,
  timeout: duration.default(TIMEOUT),
  credential: credential.optional(),
  tls: clientTls.optional(),
  healthUrl: url.optional(),
}

/** Behind an address. */
const path = z
  .string()
  .regex(/^\/[^\s?#]*$/)
  .meta({ title: 'a path: /…' })

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
    paths: z.record(path, path).default({}),
  }),
  z.strictObject({
    type: z.literal('file'),
    folder: z.string().min(1).meta({ title: 'the path of a folder' }),
    format: z.enum(['xml', 'json']).default('xml'),
  }),
  z.strictObject({
    type: z.literal('notify'),
    template: z.string().default(''),
    ...recipients,
  }),
])

const certificate = z.strictObject({
  dns: name.optional(),
  uri: name.optional(),
  email: name.optional(),
  fingerprint: z
    .string()
    .regex(/^([\dA-Fa-f]{2}:?){31}[\dA-Fa-f]{2}$/)
    .meta({ title: 'a SHA-256 in hex, 64 digits, with : between pairs or without' })
    .optional(),
})

const proof = z.union([
  z.strictObject({ apiKey: secret }),
  z.strictObject({ bearer: secret }),
  z.strictObject({ username: name, password: secret }),
  z.strictObject({ token: name, issuer: name.optional() }),
  z.strictObject({ certificate }),
])

/** One party. */
export const party = z.strictObject({
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
      collections: z.union([z.boolean(), z.int().min(2).max(MOST_TOGETHER)]).default(true),
      itemwise: z.array(noun).optional(),
      deviceStatusCheck: z.enum(['supported', 'unsupported']).default('supported'),
    })
    .prefault({}),
  replyAddresses: z.array(url).default([]),
  rights: z.array(z.enum(RIGHT_NAMES)).optional(),
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
  rate: ownRate.optional(),
  urgent: z.boolean().default(false),
  timeZone: z
    .string()
    .refine(isZone)
    .meta({ title: 'a time zone of the IANA database, such as America/Chicago' })
    .optional(),
})
