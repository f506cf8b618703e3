// The text of a configuration -> a complete configuration, or everything that is wrong with it. The only file that
// knows yaml.

import { parseDocument } from 'yaml'
import { DEFAULTS } from './index.ts'
import type { Config, ConfigFault } from './index.ts'
import { meant } from './meant.ts'
import { keysAt, schema } from './schema.ts'
import type { Issue } from './schema.ts'
import { topologyIn } from './topology.ts'

/**
 * Checks the text of a configuration (YAML, of which JSON is a part); an empty one has every default.
 * @param environment where secrets are looked for
 */
export function parseConfig(text: string, environment: Environment = {}): Config | ConfigFault {
  const read = readYaml(text)
  if ('problems' in read) return read
  const result = schema.safeParse(read.value ?? {})
  if (!result.success) return { problems: result.error.issues.flatMap(sentences) }
  const made = topologyIn(result.data, text, environment)
  if ('problems' in made) return made
  const { source, mixedBatch, tolerate, aliases, schemas, officialOnly, publicUrl, limits } =
    result.data
  const { messages: messagesMs, audit: auditMs } = result.data.retention
  const retention = { messagesMs, auditMs }
  const topology = text.trim() === '' ? DEFAULTS.topology : made
  return {
    source,
    mixedBatch,
    tolerate,
    aliases,
    schemas,
    officialOnly,
    publicUrl,
    limits,
    retention,
    topology,
  }
}

type Environment = Readonly<Record<string, string | undefined>>

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

function sentences(issue: Issue): readonly string[] {
  const path = issue.path.join('.')
  if (issue.code !== 'unrecognized_keys') return [`${path || 'the file'}: ${issue.message}.`]
  const known = keysAt(issue.path)
  return issue.keys.map(
    (it) => `${[...issue.path, it].join('.')}: there is no such key${meant(it, known)}.`,
  )
}
