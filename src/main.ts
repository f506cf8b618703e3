// The composition root: the only place where the parts are put together. Configuration -> adapters -> gateway -> listen.

import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isVerb } from './envelope/verbs.ts'
import { flowFor, flowsOf } from './flows/index.ts'
import { recordFlow } from './flows/record.ts'
import { createExchange } from './gateway/exchange.ts'
import type { ExchangeParts } from './gateway/exchange.ts'
import { createFacade } from './gateway/facade.ts'
import { objectField } from './gateway/nouns.ts'
import type { Log, Store, Validate, Validated, ValidateOptions } from './gateway/ports.ts'
import { convert, formOf, judgeForm } from './gateway/translate.ts'
import type { Converted, Form } from './gateway/translate.ts'
import type { NounEntry } from './schema/catalogue.ts'
import type { JsonObject } from './schema/json-text.ts'
import { sampleMessage } from './schema/sample.ts'
import type { SampleOptions as SampleMessageOptions } from './schema/sample.ts'
import { routesOf } from './gateway/routes.ts'
import { catalogueOf } from './schema/catalogue.ts'
import { mutants } from './schema/mutate.ts'
import { schemasOf } from './schema/schemas.ts'
import type { SchemaSet } from './schema/schemas.ts'
import { DEFAULTS, readConfig } from './shell/config.ts'
import type { Config } from './shell/config.ts'
import { messageFiles, readMessage } from './shell/files.ts'
import { post } from './shell/peer-http.ts'
import { NO_FILES, counted, reporterOf } from './shell/report/index.ts'
import type { Format } from './shell/report/index.ts'
import { convertFile } from './shell/terminal/convert.ts'
import { printSamples } from './shell/terminal/sample.ts'
import type { SampleOptions } from './shell/terminal/sample.ts'
import { listSchemas } from './shell/terminal/schemas.ts'
import { sendMessage } from './shell/terminal/send.ts'
import type { ExitCode, Terminal } from './shell/terminal/terminal.ts'
import { validateFiles } from './shell/terminal/validate.ts'
import { openXmlIn, parseXml } from './shell/xml-in/index.ts'
import { readSchemas } from './shell/xsd-read.ts'
import type { SchemaFolder, UnreadableSchema } from './shell/xsd-read.ts'

/** dist/src/main.js -> the folder of package.json */
const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Options that every command has. */
export interface CommonOptions {
  readonly xsd: readonly string[]
  readonly config?: string
}

/** Something that the user asked for cannot be done: exit code 2, one sentence each. */
export class UsageError extends Error {}

interface Core {
  readonly config: Config
  readonly schemas: SchemaSet
  readonly unreadable: readonly UnreadableSchema[]
  readonly validate: Validate
  readonly close: () => Promise<void>
}

async function openCore(options: CommonOptions): Promise<Core> {
  const config = options.config === undefined ? DEFAULTS : await readConfig(options.config)
  if ('problems' in config) throw new UsageError(config.problems.join('\n'))
  const folders: readonly SchemaFolder[] = [
    ...options.xsd.map((path) => ({ path: resolve(path), shipped: false })),
    { path: join(ROOT, 'xsd'), shipped: true },
  ]
  const { files, unreadable } = await readSchemas(folders, parseXml).catch((error: Error) => {
    throw new UsageError(error.message)
  })
  const schemas = schemasOf(catalogueOf(files))
  const xmlIn = openXmlIn(schemas, folders)
  const { aliases, tolerate, limits } = config
  const withConfig = (how: ValidateOptions = {}) => ({ aliases, tolerate, limits, ...how })
  const validate: Validate = {
    judge: (bytes, how) => xmlIn.judge(bytes, withConfig(how)),
    judgeInline: xmlIn.judgeInline,
  }
  return { config, schemas, unreadable, validate, close: xmlIn.close }
}

async function withCore<T>(options: CommonOptions, use: (core: Core) => Promise<T>): Promise<T> {
  const core = await openCore(options)
  try {
    return await use(core)
  } finally {
    await core.close()
  }
}

/** cimgate as a library: judges and converts, without a server. */
export interface Cimgate {
  /** Judges one message in either form. */
  readonly validate: (bytes: Uint8Array, options?: ValidateOptions) => Promise<Validated>
  /** The other form of a message, or the findings that keep it from being faithful. */
  readonly convert: (bytes: Uint8Array, to?: Form) => Promise<Converted>
  /** One valid message about a noun, as CIM-JSON; undefined when there is none. */
  readonly sample: (noun: string, options?: SampleMessageOptions) => JsonObject | undefined
  readonly nouns: readonly NounEntry[]
  readonly close: () => Promise<void>
}

/** Opens the schemas; close it when done, or the process does not end. */
export async function openCimgate(options: CommonOptions = { xsd: [] }): Promise<Cimgate> {
  const { schemas, validate, close } = await openCore(options)
  return {
    validate: async (bytes, how) =>
      (await judgeForm(bytes, formOf(bytes), { schemas, validate }, how)).validated,
    convert: (bytes, to) => convert(bytes, { schemas, validate }, to),
    sample: (noun, how) => sampleMessage(schemas, noun, how),
    nouns: schemas.catalogue.nouns,
    close,
  }
}

/** cimgate validate */
export function runValidate(
  paths: readonly string[],
  how: ValidateOptions & { readonly format: Format },
  options: CommonOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  return withCore(options, async ({ schemas, validate, unreadable, config }) => {
    warnUnreadable(unreadable, terminal)
    const reporter = reporterOf(how.format, terminal)
    let summary = NO_FILES
    const report = {
      begin: () => reporter.begin(),
      file: (it: Parameters<typeof reporter.file>[0]) => {
        summary = counted(summary, it)
        return reporter.file(it)
      },
      end: () => reporter.end(summary),
    }
    const progress = progressOn(terminal)
    const parts = {
      schemas,
      validate,
      report,
      progress,
      files: messageFiles(paths),
      read: (file: string) => readMessage(file, config.limits.bodyBytes),
    }
    return validateFiles(parts, how, terminal)
  })
}

/** cimgate convert */
export function runConvert(
  file: string,
  how: { readonly to?: 'json' | 'xml'; readonly dialect?: string },
  options: CommonOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  return withCore(options, async ({ schemas, validate, config }) => {
    const bytes = await readInput(file, config)
    return convertFile(
      bytes,
      how,
      { schemas, validate, describe: describer(file, terminal) },
      terminal,
    )
  })
}

/** cimgate sample */
export function runSample(
  noun: string,
  how: SampleOptions & { readonly out?: string },
  options: CommonOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  return withCore(options, async ({ schemas }) => {
    const { out } = how
    if (out !== undefined) await mkdir(out, { recursive: true })
    const write =
      out === undefined
        ? {}
        : { write: (name: string, text: string) => writeFile(join(out, name), text) }
    return printSamples(
      noun,
      how,
      { schemas, mutants: (name, it) => mutants(schemas, name, it), ...write },
      terminal,
    )
  })
}

/** cimgate schemas list */
export function runSchemasList(options: CommonOptions, terminal: Terminal): Promise<ExitCode> {
  return withCore(options, async ({ schemas, unreadable }) =>
    listSchemas(schemas.catalogue.nouns, unreadable, terminal),
  )
}

/** cimgate send */
export function runSend(
  file: string,
  to: string,
  options: CommonOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  return withCore(options, async ({ schemas, validate, config }) => {
    const bytes = await readInput(file, config)
    const parts = {
      schemas,
      validate,
      describe: describer(file, terminal),
      post: (xml: Uint8Array) => post(to, xml, config.limits.bodyBytes),
    }
    return sendMessage(bytes, parts, terminal)
  })
}

/** Where a running gateway is, and how it ends. */
export interface Running {
  readonly address: string
  readonly close: () => Promise<void>
}

/** cimgate serve: resolves when it is ready. */
export async function serve(
  how: {
    readonly port: number
    readonly host: string
    readonly data: string
    readonly logLevel: string
  },
  options: CommonOptions,
): Promise<Running> {
  // The server's libraries are loaded only here, so that the other commands start fast.
  const [{ createHttpServer }, { serveStatus }, { openStore }, { openLog }] = await Promise.all([
    import('./shell/http/index.ts'),
    import('./shell/websocket.ts'),
    import('./shell/store/index.ts'),
    import('./shell/log.ts'),
  ])
  const log = openLog(how.logLevel)
  const core = await openCore(options)
  const store = await openStore(how.data, log).catch(async (error: Error) => {
    await core.close()
    throw new UsageError(error.message)
  })
  const server = createHttpServer(gatewayRoutes(core, store, log), {
    bodyLimitBytes: core.config.limits.bodyBytes,
    log,
  })
  const status = serveStatus(server, store)
  const address = await listen(server, how.port, how.host)
  log.info({ address, data: how.data, nouns: core.schemas.catalogue.nouns.length }, 'ready')
  const close = async () => {
    status.close()
    await new Promise((done) => server.close(done))
    await store.close()
    await core.close()
  }
  return { address, close }
}

function gatewayRoutes({ config, schemas, validate }: Core, store: Store, log: Log) {
  const parts: ExchangeParts = {
    schemas,
    store,
    validate,
    log,
    flow: (noun, verb) =>
      flowsOf(noun).length > 0
        ? isVerb(verb)
          ? flowFor(noun, verb)
          : undefined
        : recordFlow(noun, objectField(schemas, noun)?.decl.name ?? noun),
    clock: () => new Date().toISOString(),
    newId: randomUUID,
    source: config.source,
    mixedBatch: config.mixedBatch,
  }
  const exchange = createExchange(parts)
  const facade = createFacade(parts, exchange)
  const sender = { party: 'anonymous', tolerate: config.tolerate, aliases: config.aliases }
  const report = (validated: Parameters<Parameters<typeof routesOf>[0]['report']>[0]) => {
    const reporter = reporterOf('json')
    const file = { file: 'body', source: '', ...validated, schema: validated.schema ?? null }
    return reporter.begin() + reporter.file(file) + reporter.end(counted(NO_FILES, file))
  }
  const ready = () =>
    store.horizon().then(
      () => '',
      (error: Error) => error.message,
    )
  return routesOf({
    schemas,
    validate,
    exchange,
    facade,
    sender,
    report,
    ready,
  })
}

function listen(server: import('node:http').Server, port: number, host: string): Promise<string> {
  return new Promise((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      fail(
        new UsageError(
          error.code === 'EADDRINUSE'
            ? `Port ${port} is in use; choose another with --port.`
            : error.message,
        ),
      ),
    )
    server.listen(port, host, () => {
      const at = server.address()
      done(`http://${host}:${typeof at === 'object' && at !== null ? at.port : port}`)
    })
  })
}

async function readInput(file: string, config: Config): Promise<Uint8Array> {
  const name = file === '-' ? '<stdin>' : file
  return readMessage(name, config.limits.bodyBytes).catch((error: Error) => {
    throw new UsageError(`${file}: ${error.message}`)
  })
}

/** Findings of one message as the text report shows them. */
function describer(file: string, terminal: Terminal) {
  return (validated: {
    readonly findings: readonly import('./envelope/finding.ts').Finding[]
    readonly verdict: import('./envelope/finding.ts').Verdict
    readonly noun: string | null
    readonly verb: string | null
  }) => {
    const reporter = reporterOf('text', { ...terminal, colour: false })
    return reporter.file({ file, schema: null, ...validated })
  }
}

function warnUnreadable(unreadable: readonly UnreadableSchema[], terminal: Terminal): void {
  for (const it of unreadable) terminal.err(`${it.path} is left out: ${it.reason}\n`)
}

/** A counter on standard error, only where a person watches. */
function progressOn(terminal: Terminal): (done: number) => void {
  return (done) => {
    if (process.stderr.isTTY === true && !terminal.colour && done % 100 === 0)
      terminal.err(`\r${done} files`)
  }
}
