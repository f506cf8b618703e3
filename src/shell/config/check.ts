// The text of a configuration -> a complete configuration, or everything that is wrong with it. The only file that
// knows yaml and zod.

import { parseDocument } from 'yaml'
import { z } from 'zod'
import { RULES } from '../../envelope/rules.ts'
import { VERBS } from '../../envelope/verbs.ts'
import { nearest } from '../../schema/nearest.ts'
import { DEFAULTS } from './index.ts'
import type { Config, ConfigFault } from './index.ts'

const { limits: LIMITS } = DEFAULTS

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

const schema = z.strictObject({
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
  // A year is a number in YAML.
  schemas: z
    .record(z.string(), z.union([z.string().min(1), z.int()]).transform(String))
    .default({}),
  officialOnly: z.boolean().default(DEFAULTS.officialOnly),
  limits: limits.prefault({}),
})

/** Checks the text of a configuration (YAML, of which JSON is a part); an empty one has every default. */
export function parseConfig(text: string): Config | ConfigFault {
  const read = readYaml(text)
  if ('problems' in read) return read
  const result = schema.safeParse(read.value ?? {})
  return result.success ? result.data : { problems: result.error.issues.flatMap(sentences) }
}

function readYaml(text: string): { readonly value: unknown } | ConfigFault {
  const document = parseDocument(text, { logLevel: 'error' })
  if (document.errors.length > 0) return { problems: document.errors.map(firstLine) }
  try {
    // Aliases of YAML are not needed, and a few of them nested make a gigabyte.
    return { value: document.toJS({ maxAliasCount: 0 }) as unknown }
  } catch (error) {
    return { problems: [(error as Error).message] }
  }
}

/** The lines behind the first one show the place in the source. */
function firstLine({ message }: Error): string {
  return (message.split('\n')[0] ?? '').replace(/:$/, '.')
}

/** A name that has to be one of a list, with the nearest one in the complaint. */
function oneOf(what: string, names: readonly string[]) {
  return z.string().refine((it) => names.includes(it), {
    error: ({ input }) => `${String(input)} is no ${what}${meant(String(input), names)}`,
  })
}

function sentences(issue: z.core.$ZodIssue): readonly string[] {
  const path = issue.path.join('.')
  if (issue.code !== 'unrecognized_keys') return [`${path || 'the file'}: ${issue.message}.`]
  const known = Object.keys(defaultAt(issue.path))
  return issue.keys.map(
    (it) => `${[...issue.path, it].join('.')}: there is no such key${meant(it, known)}.`,
  )
}

/** The object of defaults that a path leads to: its keys are all that there are. */
function defaultAt(path: readonly PropertyKey[]): object {
  let at: unknown = DEFAULTS
  for (const step of path) at = (at as Readonly<Record<PropertyKey, unknown>>)[step]
  return at as object
}

/** names that are listed where none of them is near */
const MOST_LISTED = 20

function meant(written: string, names: readonly string[]): string {
  const near = nearest(written, names)
  if (near !== undefined) return `; did you mean ${near}`
  return names.length > MOST_LISTED ? '' : `; there are ${names.join(', ')}`
}
