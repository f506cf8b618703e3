// The configuration file: read, checked, completed with defaults. The only file that knows yaml and zod… one each.

import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { z } from 'zod'
import { LIMITS } from '../envelope/limits.ts'

const limits = z
  .strictObject({
    bodyBytes: z.int().min(1024).default(LIMITS.bodyBytes),
    depth: z.int().min(8).max(250).default(LIMITS.depth),
    nodes: z.int().min(100).default(LIMITS.nodes),
    attributes: z.int().min(8).default(LIMITS.attributes),
    namespaces: z.int().min(8).default(LIMITS.namespaces),
    nameLength: z.int().min(32).default(LIMITS.nameLength),
    unpackedBytes: z.int().min(1024).default(LIMITS.unpackedBytes),
    unpackRatio: z.int().min(2).default(LIMITS.unpackRatio),
  })
  .prefault({})

const names = z.record(z.string(), z.string())

const schema = z.strictObject({
  source: z.string().min(1).default('cimgate'),
  mixedBatch: z.enum(['partial', 'failed']).default('partial'),
  tolerate: z.array(z.string()).default([]),
  aliases: z.strictObject({ namespaces: names.default({}), verbs: names.default({}) }).prefault({}),
  limits,
})

/** Every key with its default stands in deploy/cimgate.yaml. */
export type Config = z.infer<typeof schema>

/** What applies without a configuration file. */
export const DEFAULTS: Config = schema.parse({})

/** A configuration that cannot be used: every problem as one sentence. */
export interface ConfigFault {
  readonly problems: readonly string[]
}

/** Reads a file; a missing one is a fault too. */
export async function readConfig(path: string): Promise<Config | ConfigFault> {
  try {
    return parseConfig(await readFile(path, 'utf8'))
  } catch (error) {
    return { problems: [`${path} cannot be read: ${(error as Error).message}`] }
  }
}

/** Checks the text of a configuration. */
export function parseConfig(text: string): Config | ConfigFault {
  const given: unknown = parseYaml(text)
  const result = schema.safeParse(given ?? {})
  if (result.success) return result.data
  return {
    problems: result.error.issues.map((it) => `${it.path.join('.') || 'the file'}: ${it.message}`),
  }
}

function parseYaml(text: string): unknown {
  return parse(text, { maxAliasCount: 0 })
}
