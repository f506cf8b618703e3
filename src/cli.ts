// The command line: arguments only. What a command does stands in main.ts and behind it.

import { readFileSync } from 'node:fs'
import { Command, CommanderError, Option } from 'commander'
import { existing, layers, port, wholeNumber } from './cli/arguments.ts'
import { ACTIONS, CONFORMANCE_OPTIONS } from './cli/conformance.ts'
import { DATABASE_TEXT, HOST_TEXT, roleText } from './cli/serve-texts.ts'
import { STORE_COMMANDS } from './cli/store-commands.ts'
import type { StoreOptions } from './cli/store-commands.ts'
import { LAYERS } from './envelope/finding.ts'
import { MESSAGE_FORMS, PAYLOAD_FORMS } from './envelope/message-forms.ts'
import { ALL_ROLES, NODE_ROLES } from './gateway/node-role.ts'
import {
  FORMATS,
  UsageError,
  runAudit,
  runCheck,
  runConvert,
  runSample,
  runSchemas,
  runSend,
  runValidate,
  serve,
  terminalOf,
  untilStopped,
} from './main.ts'
import type { ConformanceOptions } from '../conformance/index.ts'
import type { CommonOptions } from './main.ts'

const { version, description } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string; description: string }

let terminal = terminalOf(process)

const program = new Command('cimgate')
  .version(version)
  .description(description)
  .showHelpAfterError('(--help lists what there is)')
  .exitOverride()
  .configureHelp({ sortSubcommands: false })
  .hook('preAction', (_program, it) => {
    if (it.opts<{ color: boolean }>().color === false) terminal = { ...terminal, colour: false }
  })

/** the data folder, unless another is named */
const DATA = './data'

const IMPORTED =
  'folder whose imported schemas are used, after those of --xsd and before the shipped ones'

/** @param data what `--data` is to a command that may make the folder */
function command(name: string, about: string, data?: string): Command {
  return program
    .command(name)
    .description(about)
    .addOption(
      new Option('--xsd <dir>', 'a folder of XSDs; it wins over the shipped ones (repeatable)')
        .default([], 'none')
        .argParser((it: string, all: readonly string[]) => [...all, it]),
    )
    .option('--config <file>', 'configuration file (YAML); deploy/cimgate.yaml shows every key')
    .addOption(
      new Option('--data <dir>', data ?? IMPORTED)
        .default(DATA)
        .argParser(data === undefined ? existing : String),
    )
    .option(
      '--no-color',
      'no colours on a terminal; the environment variable NO_COLOR does the same',
    )
}

const officialOnly = () =>
  new Option('--official-only', 'refuse whatever is in a namespace that is a draft of cimgate')

/** Runs one command and ends with its exit code. */
async function ends(run: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await run()
  } catch (error) {
    terminal.err(error instanceof UsageError ? `${error.message}\n` : unexpected(error))
    process.exitCode = 2
  }
}

function unexpected(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return `cimgate gave up, which is a defect of ours: ${message}\n`
}

command(
  'serve',
  'run the gateway: CIM over HTTP, the JSON API, status over WebSocket',
  'folder of the store, and of the imported schemas',
)
  .option('--port <n>', 'port to listen on; 0 = any free one', port, 8080)
  .option('--host <address>', HOST_TEXT, '127.0.0.1')
  .addOption(new Option('--database <url>', DATABASE_TEXT).env('CIMGATE_DATABASE'))
  .addOption(
    new Option('--role <roles>', roleText([...NODE_ROLES, ALL_ROLES]))
      .env('CIMGATE_ROLE')
      .default(ALL_ROLES),
  )
  .addOption(officialOnly())
  .addOption(
    new Option('--log <level>', 'operations log on standard error')
      .choices(['debug', 'info', 'warn', 'error', 'silent'])
      .default('warn'),
  )
  .action((it: CommonOptions & Parameters<typeof serve>[0]) =>
    ends(async () => {
      // Listened for from the beginning, so that no signal comes too early.
      const stopping = untilStopped()
      const running = await serve(it, it)
      terminal.out(`cimgate ${version} at ${running.address}\n`)
      if (!running.asksWho)
        terminal.err(
          'Authentication is off: whoever reaches this address may read and change everything.\n',
        )
      terminal.err(`${await stopping}: draining\n`)
      await running.close()
      return 0
    }),
  )

command('validate', 'judge messages: limits, well-formedness, envelope, payload')
  .argument('<path...>', 'files, folders, globs, or - for standard input')
  .addOption(
    new Option('--format <format>', 'form of the report').choices([...FORMATS]).default('text'),
  )
  .option(
    '--only <layers>',
    `judge only these layers: ${LAYERS.join(', ')}; xsd = wellformed, envelope-xsd, payload-xsd`,
    (it) => layers(it, LAYERS),
  )
  .option('--strict', 'warnings count as errors')
  .addOption(officialOnly())
  .action((paths: readonly string[], it: CommonOptions & Parameters<typeof runValidate>[1]) =>
    ends(() => runValidate(paths, it, it, terminal)),
  )

command(
  'convert',
  'turn CIM XML into CIM-JSON and back, generic messages into typed ones, without loss',
)
  .argument('<file>', 'a message in either form, or - for standard input')
  .addOption(
    new Option('--to <notation>', 'default: the other; the same with --form or --payload').choices([
      'json',
      'xml',
    ]),
  )
  .addOption(
    new Option('--form <form>', 'RequestMessage and the like, or a strongly typed root').choices([
      ...MESSAGE_FORMS,
    ]),
  )
  .option(
    '--noun <noun>',
    'for --form typed, where the message names none: a fault, a reply about an OperationSet',
  )
  .addOption(
    new Option('--payload <form>', 'in the open, or gzip in base64 in Payload/Compressed').choices([
      ...PAYLOAD_FORMS,
    ]),
  )
  .option('--dialect <name>', "a vendor's JSON instead of CIM-JSON")
  .action((file: string, it: CommonOptions & Parameters<typeof runConvert>[1]) =>
    ends(() => runConvert(file, it, it, terminal)),
  )

command('sample', 'print a valid message about a noun, or wrong ones with what is wrong in them')
  .argument('<noun>', 'as "cimgate schemas list" names it')
  .option('--verb <verb>', 'default: create, or get for a query')
  .option('--typed', 'the strongly typed root, such as Create<Noun>', false)
  .option('--count <n>', 'that many messages, one JSON object each line', wholeNumber)
  .option('--seed <n>', 'the same seed gives the same messages', wholeNumber, 0)
  .option('--json', 'as CIM-JSON', false)
  .option('--invalid', 'wrong messages, with rule and path of every finding', false)
  .option('--out <dir>', 'write files there instead of printing')
  .action((noun: string, it: CommonOptions & Parameters<typeof runSample>[1]) =>
    ends(() => runSample(noun, it, it, terminal)),
  )

command(
  'schemas',
  'list the catalogue of schemas, import a set of XSDs, compare an edition with what is shipped',
  'folder of the imported schemas, which come after those of --xsd and before the shipped ones',
)
  .argument('<action>', 'list, import DIR or diff NOUN')
  .argument('[target]', 'the folder to import, or the noun to compare')
  .option(
    '--as <key>',
    'import: edition key, such as iec-61968-8@2015; by default from the namespaces',
  )
  .option('--replace', 'import: replace a set of the same key', false)
  .option('--edition <key>', 'diff: the edition to compare; by default the first in the list')
  .addOption(
    new Option('--format <format>', 'list, diff: form of the result')
      .choices(['text', 'json'])
      .default('text'),
  )
  .action(
    (
      action: string,
      target: string | undefined,
      it: CommonOptions & Parameters<typeof runSchemas>[1],
    ) =>
      ends(() =>
        runSchemas(action, { ...it, ...(target === undefined ? {} : { target }) }, it, terminal),
      ),
  )

const PLACE =
  'env:NAME or file:PATH of the secret, which itself is never written on the command line'

command('send', 'send one message to a peer, print its reply and judge it')
  .argument('<file>', 'a message in either form, or - for standard input')
  .requiredOption('--to <url>', 'address of the peer')
  .option('--api-key <place>', `proves who sends, as X-API-Key; ${PLACE}`)
  .option('--bearer <place>', `proves who sends, as Authorization: Bearer; ${PLACE}`)
  .action((file: string, it: CommonOptions & Parameters<typeof runSend>[1]) =>
    ends(() => runSend(file, it, it, terminal)),
  )

const STORE_RUNS = {
  check: (it: Command) => {
    const { print = false, database, ...rest } = it.opts<CommonOptions & StoreOptions>()
    const data = it.getOptionValueSource('data') === 'cli' ? rest.data : undefined
    const places = { ...(data && { data }), ...(database && { database }) }
    return runCheck({ print, ...places }, rest, terminal)
  },
  audit: (it: Command) => {
    const [action = '', file] = it.args
    const { data = DATA, database, head } = it.opts<StoreOptions>()
    const places = { ...(database && { database }), ...(file && { file }) }
    return runAudit(action, { data, ...places, ...(head && { head }) }, terminal)
  },
}
for (const row of STORE_COMMANDS) {
  const it = command(row.name, row.about, row.data)
  for (const [name, about] of row.arguments) it.argument(name, about)
  for (const [flags, about, variable] of row.options)
    it.addOption(
      variable === undefined ? new Option(flags, about) : new Option(flags, about).env(variable),
    )
  it.action(() => ends(() => STORE_RUNS[row.name](it)))
}

const suite = command(
  'conformance',
  'an interoperability test: what a product does with messages, against the standard, with the evidence',
)
  .argument('<action>', ACTIONS)
  .argument('[folders...]', 'verify: the folder of a run; diff: those of two')
for (const row of CONFORMANCE_OPTIONS) {
  const option = new Option(row.flags, row.about)
  if (row.read !== undefined) option.argParser<unknown>(row.read)
  if (row.choices !== undefined) option.choices(row.choices)
  if (row.start !== undefined) option.default(row.start, row.shown)
  suite.addOption(option)
}
suite.action((action: string, folders: string[], it: CommonOptions & ConformanceOptions) =>
  ends(async () => {
    const { conformance } = await import('../conformance/index.ts')
    return conformance(action, { ...it, folders, stopped: untilStopped }, it, terminal)
  }),
)

// A reader that goes away (| head) leaves nobody to write for; what was not told is not "valid", so the exit code is no 0.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) =>
    error.code === 'EPIPE' ? process.exit(2) : undefined,
  )

process.on('uncaughtException', (error) => {
  terminal.err(unexpected(error))
  process.exit(2)
})

// Not awaited: what a command loads may stand in one file with this.
void program.parseAsync().catch(refused).then(end)

/** Wrong usage has been explained already, and help is no error. */
function refused(error: unknown): void {
  if (!(error instanceof CommanderError)) throw error
  process.exitCode = error.exitCode === 0 ? 0 : 2
}

/** Left to itself, Node waits for the compiler threads of the XML engine; what is still in the pipes goes first. */
function end(): void {
  process.stdout.write('', (gone) => {
    if (gone) process.exitCode = 2
    process.stderr.write('', () => process.exit())
  })
}
