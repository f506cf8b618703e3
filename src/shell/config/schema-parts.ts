// What several parts of the configuration are made of: names, durations, secrets, addresses.

import { RULES } from '../../envelope/rules.ts'
import { VERBS } from '../../envelope/verbs.ts'
import type { Verb } from '../../envelope/verbs.ts'
import { DEFAULTS } from './index.ts'
import { ADDRESS } from './secrets.ts'
import { z } from './zod.ts'

/** Time that a party has to answer, and a route to bring the reply. */
export const TIMEOUT = '30s'

/** A verb of the standard. */
export const verb = z.enum(Object.keys(VERBS) as [Verb, ...Verb[]]).meta({ title: 'a verb' })
/** Id of an envelope rule. */
export const rule = z.enum(RULES.map((it) => it.id)).meta({ title: 'the id of a rule' })
/** What becomes of a batch in which some objects are refused. */
export const mixedBatch = z.enum(['partial', 'failed']).default(DEFAULTS.mixedBatch)
/** Any text that is not empty. */
export const name = z.string().min(1).meta({ title: 'a name' })
/** Checked against the schemas elsewhere. */
export const noun = z.string().min(1).meta({ title: 'a noun' })
/** Checked against the parties elsewhere. */
export const partyName = z.string().min(1).meta({ title: 'the name of a party' })

/** What is read as if it had been written otherwise. */
export const aliases = z.strictObject({
  namespaces: z.record(z.string(), z.string()).default({}),
  verbs: z.record(z.string(), verb).default({}),
})

/** A time that may be none. */
export const wait = z
  .string()
  .regex(/^\d{1,9}(ms|s|m|h|d)$/)
  .meta({ title: 'a duration such as 500ms, 30s, 2m, 8h or 90d' })
/** A time. */
export const duration = z
  .string()
  .regex(/^[1-9]\d{0,8}(ms|s|m|h|d)$/)
  .meta({ title: 'a duration such as 500ms, 30s, 2m, 8h or 90d' })

/** One, or a list of at least one. */
export const listOf = <T extends z.ZodType>(one: T) => {
  const { title = 'a text' } = one.meta() ?? {}
  return z
    .union([one.transform((it) => [it]), z.array(one).min(1)])
    .meta({ title: `${title}, or a list of at least one` })
}

const SECRET_SAYS = '${NAME} for a variable of the environment, or {file: path}'

/** In an editor, too: a secret is named, never written. */
export const secret = z
  .union([
    z
      .string()
      .regex(/^\$\{[A-Za-z_]\w*\}$/)
      .meta({ title: SECRET_SAYS, writeOnly: true }),
    z.strictObject({ file: z.string().min(1).meta({ title: 'a path' }) }),
  ])
  .meta({ title: SECRET_SAYS })
/** Addresses that begin alike. */
export const network = z
  .union([z.cidrv4(), z.cidrv6()])
  .meta({ title: 'a network such as 10.0.0.0/8 or fd00::/8' })
/** An address of HTTP without anything secret in it. */
export const url = z
  .string()
  .regex(ADDRESS, { abort: true })
  .refine((it) => URL.canParse(it))
  .meta({ title: 'an address: http://… or https://…, without user, token or #', format: 'uri' })
