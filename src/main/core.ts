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
import { editionFaults } from './named.ts'

/** dist/src/main/core.js -> the folder of package.json */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** What a configuration says, and what applies without one. */
async function configOf(options: CommonOptions): Promise<Config> {
  return asAsked(options, usable(await loadConfig(options.config)))
}

/** As the command line wants it, too. */
export function asAsked({ officialOnly = false }: CommonOptions, config: Config): Config {
  return officialOnly ? { ...config, officialOnly } : config
}

/** @throws {UsageError} with every problem, when there are some that keep it from being used */
export function usable({ config, problems }: Loaded): Config {
  if (config === undefined)
    throw new UsageError(
      problems
        .filter((it) => it.severity === 'error')
        .map(problemText)
        .join('\n'),
    )
  return config
}

const SHIPPED = { path: join(ROOT, 'xsd'), shownAs: 'xsd', shipped: true } as const

/** @param known what need not be read again of the shipped schemas */
export async function openCore(
  options: CommonOptions,
  known: Known,
  given?: () => Config,
): Promise<Core> {
  const read = given === undefined ? await configOf(options) : given()
  const inForce = given ?? (() => read)
  const { catalogue, folders, unreadable } = await openCatalogue(options, known, read)
  const errors = editionFaults(catalogue, options.config)
  if (errors.length > 0) throw new UsageError(errors.join('\n'))
  const schemas = schemasOf(catalogue)
  const xmlIn = openXmlIn(schemas, folders, { choice: read.schemas })
  const validate = configured(xmlIn, inForce)
  const source: Core['source'] = async (file) => {
    const { schemaSource } = await import('../shell/xml-in/xsd-source.ts')
    return schemaSource(folders, file)
  }
  const { bodyBytes } = read.limits
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
  inForce: () => Config,
): Validate {
  return {
    judge: (bytes, how: ValidateOptions = {}) => {
      const { aliases, tolerate, officialOnly, limits: own } = inForce()
      const limits = how.own === true ? ownLimits(own) : own
      return judge(bytes, { aliases, tolerate, officialOnly, limits, ...how })
    },
    judgeShipped: (bytes, how) => judgeShipped(bytes, { limits: ownLimits(LIMITS), ...how }),
  }
}

/** An error that its message explains to the user. */
export function usageError(error: Error): never {
  throw new UsageError(error.message)
}
