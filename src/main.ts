// The composition root: the only place where the parts are put together. Configuration -> adapters -> gateway -> listen.
// What only some commands need is loaded by them, so that all start fast.

import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LIMITS, ownLimits } from './envelope/limits.ts'
import type { GatewayParts } from './gateway/gateway.ts'
import type { Validate, Validated, ValidateOptions } from './gateway/ports.ts'
import type { ConvertOptions, Converted } from './gateway/convert.ts'
import type { Form } from './gateway/translate.ts'
import type { NounEntry } from './schema/catalogue.ts'
import { catalogueOf } from './schema/catalogue.ts'
import type { JsonObject } from './schema/json-text.ts'
import type { SampleOptions } from './schema/sample.ts'
import { schemasOf } from './schema/schemas.ts'
import { DEFAULTS, readConfig } from './shell/config/index.ts'
import type { Config } from './shell/config/index.ts'
import { messageFiles, readMessage } from './shell/files.ts'
import { countingReporter } from './shell/report/index.ts'
import type { Format } from './shell/report/index.ts'
import { hasSet, keepSet, schemaFolders } from './shell/schema-sets.ts'
import { UsageError, warningsOf } from './shell/terminal/terminal.ts'
import { runValidate as validate } from './shell/terminal/validate.ts'
import type { CommonOptions, Core, ExitCode, Terminal, Tools } from './shell/terminal/terminal.ts'
import { loadEngine, openXmlIn, parseXml } from './shell/xml-in/index.ts'
import { builtFacts, lastingFacts } from './shell/xml-in/xsd-facts.ts'
import { readSchemas } from './shell/xml-in/xsd-read.ts'
import type { Known } from './shell/xml-in/xsd-read.ts'

export { FORMATS } from './shell/report/index.ts'
export { terminalOf } from './shell/terminal/streams.ts'
export { UsageError } from './shell/terminal/terminal.ts'
export type { CommonOptions, ExitCode, Terminal } from './shell/terminal/terminal.ts'

/** dist/src/main.js -> the folder of package.json */
const ROOT = fileURLToPath(new URL('../../', import.meta.url))

async function configOf({ config, officialOnly = false }: CommonOptions): Promise<Config> {
  const read = config === undefined ? DEFAULTS : await readConfig(config)
  if ('problems' in read) throw new UsageError(read.problems.join('\n'))
  return officialOnly ? { ...read, officialOnly } : read
}

const SHIPPED = { path: join(ROOT, 'xsd'), shownAs: 'xsd', shipped: true } as const

async function openCore(options: CommonOptions, known: Known, given?: Config): Promise<Core> {
  const config = given ?? (await configOf(options))
  const { folders, broken } = schemaFolders(options, SHIPPED)
  if (folders.some((it) => !it.shipped)) await loadEngine() // schemas may be no plain documents
  const read = await readSchemas(folders, parseXml, known).catch(usageError)
  const catalogue = catalogueOf(read.files, config.schemas)
  if (catalogue.problems.length > 0)
    throw new UsageError(catalogue.problems.map((it) => `${options.config}: ${it}`).join('\n'))
  const schemas = schemasOf(catalogue)
  const xmlIn = openXmlIn(schemas, folders, { choice: config.schemas })
  const validate = configured(xmlIn, config)
  const unreadable = [...broken, ...read.unreadable]
  const source: Core['source'] = async (file) => {
    const { schemaSource } = await import('./shell/xml-in/xsd-source.ts')
    return schemaSource(folders, file)
  }
  const { bodyBytes } = config.limits
  return { ...xmlIn, schemas, unreadable, validate, bodyBytes, source }
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

const TOOLS: Tools = {
  open: (options) => openCore(options, builtFacts()),
  files: messageFiles,
  read: readMessage,
  hasSet,
  keepSet: (data, set) => keepSet(data, { ...set, importedAt: new Date().toISOString() }),
  report: (format, layout) => countingReporter(format as Format, layout),
}

/** cimgate validate */
export function runValidate(
  paths: readonly string[],
  how: Pick<ValidateOptions, 'only' | 'strict'> & { readonly format: Format },
  options: CommonOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  return validate(TOOLS, paths, how, options, terminal)
}

/** cimgate convert */
export async function runConvert(
  file: string,
  how: import('./shell/terminal/convert.ts').ConvertCommand,
  options: CommonOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const convert = await import('./shell/terminal/convert.ts')
  return convert.runConvert(TOOLS, file, how, options, terminal)
}

/** cimgate sample */
export async function runSample(
  noun: string,
  how: import('./shell/terminal/sample.ts').SampleCommand,
  options: CommonOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const sample = await import('./shell/terminal/sample.ts')
  return sample.runSample(TOOLS, noun, how, options, terminal)
}

/** cimgate schemas */
export async function runSchemas(
  action: string,
  how: import('./shell/terminal/schemas.ts').SchemasCommand,
  options: CommonOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const schemas = await import('./shell/terminal/schemas.ts')
  return schemas.runSchemas(TOOLS, action, how, options, terminal)
}

/** cimgate send */
export async function runSend(
  file: string,
  to: string,
  options: CommonOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const send = await import('./shell/terminal/send.ts')
  const { post } = await import('./shell/peer-http.ts')
  return send.runSend({ ...TOOLS, post }, file, to, options, terminal)
}

/** cimgate as a library: judges and converts, without a server. */
export interface Cimgate {
  /** Judges one message in either form. */
  readonly validate: (bytes: Uint8Array, options?: ValidateOptions) => Promise<Validated>
  /** The other form of a message, or the findings that keep it from being faithful. */
  readonly convert: (bytes: Uint8Array, to?: Form | ConvertOptions) => Promise<Converted>
  /** One valid message about a noun, as CIM-JSON; undefined when there is none. */
  readonly sample: (noun: string, options?: SampleOptions) => JsonObject | undefined
  /** JSON Schema (2020-12) of a noun's content as CIM-JSON, in the variant of the verb; undefined when there is none. */
  readonly jsonSchema: (noun: string, verb?: string) => JsonObject | undefined
  readonly nouns: readonly NounEntry[]
  readonly close: () => Promise<void>
}

/** Opens the schemas; close it when done, or the process does not end. */
export async function openCimgate(options: CommonOptions = { xsd: [] }): Promise<Cimgate> {
  const [{ convert }, { formOf, judgeForm }, { sampleMessage }, { contentSchema }] =
    await Promise.all([
      import('./gateway/convert.ts'),
      import('./gateway/translate.ts'),
      import('./schema/sample.ts'),
      import('./schema/json-schema.ts'),
    ])
  const { schemas, validate, close } = await openCore(options, lastingFacts())
  return {
    validate: async (bytes, how) =>
      (await judgeForm(bytes, formOf(bytes), { schemas, validate }, how)).validated,
    convert: (bytes, to) =>
      convert(bytes, { schemas, validate }, typeof to === 'string' ? { to } : to),
    sample: (noun, how) => sampleMessage(schemas, noun, how),
    jsonSchema: (noun, verb) => {
      const declared = schemas.payload(undefined, noun, verb)
      return declared === undefined ? undefined : contentSchema(declared)
    },
    nouns: schemas.catalogue.nouns,
    close,
  }
}

/** Where a running gateway is, and how it ends. */
export interface Running {
  readonly address: string
  readonly close: () => Promise<void>
}

/** Waits until the server is to end. @returns why, for people */
export async function untilStopped(): Promise<string> {
  const { stopped } = await import('./shell/stopped.ts')
  return stopped()
}

/** How the gateway is served. */
export interface ServeCommand {
  /** 0 = any free one */
  readonly port: number
  readonly host: string
  /** folder of the store */
  readonly data: string
  readonly log: string
}

/** cimgate serve: resolves when it is ready. */
export async function serve(how: ServeCommand, options: CommonOptions): Promise<Running> {
  const opened: (() => Promise<void>)[] = []
  const close = async () => {
    for (let end = opened.pop(); end !== undefined; end = opened.pop()) await end()
  }
  try {
    return { address: await start(how, options, (end) => opened.push(end)), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** @param opened is told how to end each part, as soon as there is something to end */
async function start(
  how: ServeCommand,
  options: CommonOptions,
  opened: (end: () => Promise<void>) => void,
): Promise<string> {
  const [{ createHttpServer }, { serveStatus }, { openStore }, { openLog }, { describing }] =
    await Promise.all([
      import('./shell/http/index.ts'),
      import('./shell/websocket/index.ts'),
      import('./shell/store/index.ts'),
      import('./shell/log.ts'),
      import('./shell/describe.ts'),
    ])
  const log = openLog(how.log)
  const config = await configOf(options)
  await loadEngine() // no message is to wait for it
  const core = await openCore(options, lastingFacts(), config)
  opened(core.close)
  for (const { path, reason } of core.unreadable)
    log.warn({ file: path, reason }, 'a schema file is left out')
  for (const { place, message } of await warningsOf(core)) log.warn({ file: place }, message)
  const store = await openStore(how.data, log).catch(usageError)
  opened(store.close)
  let isEnding = false
  const describe = describing(join(ROOT, 'package.json'), core.source)
  const routes = await routesOver(core, config, {
    store,
    log,
    isEnding: () => isEnding,
    describe,
  })
  const http = createHttpServer(routes, {
    bodyLimitBytes: core.bodyBytes,
    log,
    newId: () => crypto.randomUUID(),
  })
  const status = serveStatus(http.server, store, { log })
  opened(async () => {
    isEnding = true
    await Promise.all([status.close(), http.drain()])
  })
  const address = await http.listen(how.port, how.host).catch(usageError)
  log.info({ address, data: how.data, nouns: core.schemas.catalogue.nouns.length }, 'ready')
  return address
}

function usageError(error: Error): never {
  throw new UsageError(error.message)
}

async function routesOver(
  { schemas, validate, documents }: Core,
  config: Config,
  server: Pick<GatewayParts, 'store' | 'log' | 'isEnding' | 'describe'>,
) {
  const [{ gatewayRoutes }, { reportOne }, { salvage }] = await Promise.all([
    import('./gateway/gateway.ts'),
    import('./shell/report/json.ts'),
    import('./shell/salvage.ts'),
  ])
  const judge: Validate['judge'] = async (bytes, how) => {
    const validated = await validate.judge(bytes, how)
    // The sender of what cannot be read hears at least to which message the fault belongs.
    return validated.root === null ? { ...validated, ...salvage(bytes) } : validated
  }
  return gatewayRoutes({
    ...config,
    ...server,
    schemas,
    documents,
    validate: { ...validate, judge },
    clock: () => new Date().toISOString(),
    newId: () => crypto.randomUUID(),
    report: (validated) => reportOne({ file: 'body', ...validated }),
  })
}
