// The configuration: what can be set, and what applies when nothing is. Plain data: the libraries that read and
// check a file are loaded only when there is one.

import { promises as fs } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Aliases } from '../../envelope/aliases.ts'
import { LIMITS } from '../../envelope/limits.ts'
import type { Limits } from '../../envelope/limits.ts'
import type { Retention } from '../../gateway/delivery/retention.ts'
import type { FolderRules } from '../../gateway/files/rules.ts'
import { LOAD } from '../../gateway/load/rules.ts'
import type { LoadRules } from '../../gateway/load/rules.ts'
import type { TlsMaterial } from '../../gateway/access/tls.ts'
import type { MailServer } from '../../gateway/mail-rules.ts'
import { LOCAL } from '../../gateway/parties/party.ts'
import type { Topology } from '../../gateway/parties/party.ts'
import type { EditionChoice } from '../../schema/catalogue.ts'
import type { Nouns } from './checks/nouns.ts'
import { reasonOf } from './reason.ts'
import type { Problem } from './problem.ts'

export { problemText } from './problem.ts'
export type { Problem } from './problem.ts'
export type { Nouns } from './checks/nouns.ts'

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
  /** networks that the names of parties may stand for although they are not public */
  readonly privateNetworks: readonly string[]
  readonly limits: Limits
  readonly load: LoadRules
  readonly retention: Retention
  /** parties, and the ways between them */
  readonly topology: Topology
  /** folders of files that are looked into */
  readonly files: readonly FolderRules[]
  /** by which mails go; absent = there are none */
  readonly mail?: MailServer
  /** absent = HTTP in the open */
  readonly tls?: TlsMaterial
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
  privateNetworks: [],
  limits: LIMITS,
  load: LOAD,
  retention: { messagesMs: 90 * DAY_MS, auditMs: 365 * DAY_MS },
  topology: LOCAL,
  files: [],
}

/** Everything that a file, what it extends and the environment come to. */
export interface Loaded {
  /** plain data, to be compared with another one; absent = it cannot be used, and there are problems of severity error */
  readonly config?: Config
  /** all of them, in the order of the files */
  readonly problems: readonly Problem[]
  /** every key with its value, as it would be written in one file: durations as text, lists as lists, secrets as references */
  readonly effective?: Readonly<Record<string, unknown>>
  /** what the schemas have against it, where its nouns and paths stand; it is there when `effective` is */
  readonly beside?: (nouns: Nouns) => readonly Problem[]
  /** SHA-256 over `effective`, hex: the same for the same configuration, however many files it is written in */
  readonly version?: string
  /** every file that was read or should have been, those with secrets too: a change of any may change the configuration */
  readonly files: readonly string[]
}

/**
 * Reads a configuration: the file, what it `extends`, and what the environment overrides.
 * @param path absent = no file; then the environment alone, or nothing but defaults
 */
export async function loadConfig(
  path: string | undefined,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Loaded> {
  if (path === undefined && !Object.keys(environment).some((it) => it.startsWith('CIMGATE_')))
    return { config: DEFAULTS, problems: [], files: [] }
  const { load } = await import('./check.ts')
  return load(path, environment, { read: readText, presets: PRESETS })
}

/** A configuration as YAML. */
export async function configText(effective: Readonly<Record<string, unknown>>): Promise<string> {
  const { writeYaml } = await import('./yaml-text.ts')
  return writeYaml(effective)
}

/** dist/src/shell/config/index.js -> the presets of the package */
const PRESETS = fileURLToPath(new URL('../../../../deploy/presets', import.meta.url))

async function readText(path: string): Promise<string> {
  try {
    return await fs.readFile(path, 'utf8')
  } catch (error) {
    throw new Error(reasonOf(error as NodeJS.ErrnoException), { cause: error })
  }
}
