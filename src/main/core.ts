// Schemas, configuration and judge, opened for a command or a server.

import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LIMITS, ownLimits } from '../envelope/limits.ts'
import type { Validate, ValidateOptions } from '../gateway/ports.ts'
import { catalogueOf } from '../schema/catalogue.ts'
import type { Catalogue } from '../schema/catalogue.ts'
import { schemasOf } from '../schema/schemas.ts'
import { loadConfig, problemText } from '../shell/config/index.ts'
import type { Config, Loaded } from '../shell/config/index.ts'
import { schemaFolders } from '../shell/schema-sets.ts'
import { UsageError } from '../shell/terminal/terminal.ts'
import type { CommonOptions, Core } from '../shell/terminal/terminal.ts'
import { loadEngine, openXmlIn, parseXml } from '../shell/xml-in/index.ts'
import { readSchemas } from '../shell/xml-in/xsd-read.ts'
import type { Known } from '../shell/xml-in/xsd-read.ts'
import { namedIn } from './named.ts'

/** dist/src/main/core.js -> the folder of package.json */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** What a configuration says, and what applies without one. */
export async function configOf({ config, officialOnly = false }: CommonOptions): Promise<Config> {
  const loaded = await loadConfig(config)
  return usable(loaded, officialOnly)
}

/** @throws {UsageError} with every problem, when there are some that keep it from being used */
export function usable({ config, problems }: Loaded, officialOnly: boolean): Config {
  if (config === undefined)
    throw new UsageError(
      problems
        .filter((it) => it.severity === 'error')
        .map(problemText)
        .join('\n'),
    )
  return officialOnly ? { ...config, officialOnly } : config
}

const SHIPPED = { path: join(ROOT, 'xsd'), shownAs: 'xsd', shipped: true } as const

/** @param known what need not be read again of the shipped schemas */
export async function openCore(
  options: CommonOptions,
  known: Known,
  given?: Config,
): Promise<Core> {
  const config = given ?? (await configOf(options))
  const { catalogue, folders, unreadable } = await openCatalogue(options, known, config)
  const { errors } = namedIn(config, { catalogue, place: options.config ?? 'environment' })
  if (errors.length > 0) throw new UsageError(errors.join('\n'))
  const schemas = schemasOf(catalogue)
  const xmlIn = openXmlIn(schemas, folders, { choice: config.schemas })
  const validate = configured(xmlIn, config)
  const source: Core['source'] = async (file) => {
    const { schemaSource } = await import('../shell/xml-in/xsd-source.ts')
    return schemaSource(folders, file)
  }
  const { bodyBytes } = config.limits
  return { ...xmlIn, schemas, unreadable, validate, bodyBytes, source }
}

interface Opened {
  readonly catalogue: Catalogue
  readonly folders: ReturnType<typeof schemaFolders>['folders']
  readonly unreadable: Core['unreadable']
}

/** The schemas that there are, and which of them are used. */
export async function openCatalogue(
  options: CommonOptions,
  known: Known,
  config: Pick<Config, 'schemas'>,
): Promise<Opened> {
  const { folders, broken } = schemaFolders(options, SHIPPED)
  if (folders.some((it) => !it.shipped)) await loadEngine() // schemas may be no plain documents
  const read = await readSchemas(folders, parseXml, known).catch(usageError)
  const catalogue = catalogueOf(read.files, config.schemas)
  return { catalogue, folders, unreadable: [...broken, ...read.unreadable] }
}

/** Received documents are judged as configured; our own messages, by the defaults. */
function configured(
  { judge, judgeShipped }: ReturnType<typeof openXmlIn>,
  { aliases, tolerate, officialOnly, limits }: Config,
): Validate {
  return {
    judge: (bytes, how: ValidateOptions = {}) =>
      judge(bytes, {
        aliases,
        tolerate,
        officialOnly,
        limits: how.own === true ? ownLimits(limits) : limits,
        ...how,
      }),
    judgeShipped: (bytes, how) => judgeShipped(bytes, { limits: ownLimits(LIMITS), ...how }),
  }
}

/** An error that its message explains to the user. */
export function usageError(error: Error): never {
  throw new UsageError(error.message)
}
