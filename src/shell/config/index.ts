// The configuration: what can be set, and what applies when nothing is. Plain data: the libraries that read and
// check a file are loaded only when there is one.

import { promises as fs } from 'node:fs'
import type { Aliases } from '../../envelope/aliases.ts'
import { LIMITS } from '../../envelope/limits.ts'
import type { Limits } from '../../envelope/limits.ts'
import type { Retention } from '../../gateway/delivery/retention.ts'
import { LOCAL } from '../../gateway/parties/party.ts'
import type { Topology } from '../../gateway/parties/party.ts'
import type { EditionChoice } from '../../schema/catalogue.ts'

/** Every key with its default, unit and meaning stands in deploy/cimgate.yaml. */
export interface Config {
  /** Header/Source of what cimgate itself says */
  readonly source: string
  /** Result of a batch in which some objects were refused: the others are kept, or none is */
  readonly mixedBatch: 'partial' | 'failed'
  /** ids of envelope rules that senders may break: then a warning */
  readonly tolerate: readonly string[]
  readonly aliases: Required<Aliases>
  /** edition by noun, where several are there: the key of an edition, its year, or `shipped` */
  readonly schemas: EditionChoice
  /** refuses messages in namespaces that are drafts of ours */
  readonly officialOnly: boolean
  /** address under which others reach the gateway; empty = not known */
  readonly publicUrl: string
  readonly limits: Limits
  readonly retention: Retention
  /** parties, and the ways between them */
  readonly topology: Topology
}

const DAY_MS = 86_400_000

/** What applies without a configuration file. */
export const DEFAULTS: Config = {
  source: 'cimgate',
  mixedBatch: 'partial',
  tolerate: [],
  aliases: { namespaces: {}, verbs: {} },
  schemas: {},
  officialOnly: false,
  publicUrl: '',
  limits: LIMITS,
  retention: { messagesMs: 90 * DAY_MS, auditMs: 365 * DAY_MS },
  topology: LOCAL,
}

/** A configuration that cannot be used: every problem as one sentence. */
export interface ConfigFault {
  readonly problems: readonly string[]
}

/** Reads a file; a missing one is a fault too. Every problem names the file. */
export async function readConfig(path: string): Promise<Config | ConfigFault> {
  try {
    const text = await fs.readFile(path, 'utf8')
    const { parseConfig } = await import('./check.ts')
    const config = parseConfig(text, process.env)
    return 'problems' in config
      ? { problems: config.problems.map((it) => `${path}: ${it}`) }
      : config
  } catch (error) {
    return { problems: [`${path} cannot be read: ${reasonOf(error as NodeJS.ErrnoException)}.`] }
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
}

function reasonOf({ code = '', message }: NodeJS.ErrnoException): string {
  return REASONS[code] ?? message
}
