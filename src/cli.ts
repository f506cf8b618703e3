// The command line: arguments only. What a command does stands in main.ts and behind it.

import { readFileSync } from 'node:fs'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { LAYERS } from './envelope/finding.ts'
import type { Layer } from './envelope/finding.ts'
import {
  UsageError,
  runConvert,
  runSample,
  runSchemasList,
  runSend,
  runValidate,
  serve,
} from './main.ts'
import type { CommonOptions } from './main.ts'
import { FORMATS } from './shell/report/index.ts'
import type { Format } from './shell/report/index.ts'
import type { Terminal } from './shell/terminal/terminal.ts'

const { version, description } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string; description: string }

const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  colour: process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined,
  width: process.stdout.columns ?? 100,
}

const program = new Command('cimgate')
  .version(version)
  .description(description)
  .showHelpAfterError('(--help lists what there is)')
  .exitOverride()
  .configureHelp({ sortSubcommands: false })

/** `xsd` stands for the three layers that schemas and the parser decide. */
function layers(text: string): readonly Layer[] {
  const known: readonly string[] = LAYERS
  const wanted = text
    .split(',')
    .flatMap((it) => (it === 'xsd' ? ['wellformed', 'envelope-xsd', 'payload-xsd'] : [it]))
  const wrong = wanted.find((it) => !known.includes(it))
  if (wrong !== undefined)
    throw new InvalidArgumentError(`${wrong} is no layer; layers are ${LAYERS.join(', ')}, or xsd.`)
  return wanted as readonly Layer[]
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A whole number is due.')
  return Number(text)
}

function command(name: string, about: string): Command {
  return program
    .command(name)
    .description(about)
    .addOption(
      new Option('--xsd <dir>', 'a folder of XSDs; it wins over the shipped ones (repeatable)')
        .default([], 'none')
        .argParser((it: string, all: readonly string[]) => [...all, it]),
    )
    .option('--config <file>', 'configuration file (YAML)')
}

/** Runs one command and ends with its exit code; results may still be in the pipe. */
function ends(run: () => Promise<number>): Promise<void> {
  return run().then(
    (code) => void (process.exitCode = code),
    (error: unknown) => {
      if (!(error instanceof UsageError)) throw error
      terminal.err(`${error.message}\n`)
      process.exitCode = 2
    },
  )
}

command('serve', 'run the gateway: CIM over HTTP, the JSON API, status over WebSocket')
  .option('--port <n>', 'port to listen on; 0 = any free one', wholeNumber, 8080)
  .option(
    '--host <address>',
    'address to listen on; without authentication only a loopback address is wise',
    '127.0.0.1',
  )
  .option('--data <dir>', 'folder of the store', './data')
  .addOption(
    new Option('--log <level>', 'operations log on standard error')
      .choices(['debug', 'info', 'warn', 'error', 'silent'])
      .default('warn'),
  )
  .action((it: CommonOptions & { port: number; host: string; data: string; log: string }) =>
    ends(async () => {
      const running = await serve({ ...it, logLevel: it.log }, it)
      terminal.out(`cimgate ${version} at ${running.address}\n`)
      terminal.err(
        'Authentication is off: whoever reaches this address may read and change everything.\n',
      )
      const signal = await new Promise<string>((done) =>
        ['SIGTERM', 'SIGINT'].forEach((name) => process.once(name, () => done(name))),
      )
      terminal.err(`${signal}: draining\n`)
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
    layers,
  )
  .option('--strict', 'warnings count as errors')
  .action(
    (
      paths: readonly string[],
      it: CommonOptions & { format: Format; only?: readonly Layer[]; strict?: boolean },
    ) =>
      ends(() =>
        runValidate(
          paths,
          {
            format: it.format,
            ...(it.only === undefined ? {} : { only: it.only }),
            ...(it.strict === true ? { strict: true } : {}),
          },
          it,
          terminal,
        ),
      ),
  )

command('convert', 'turn CIM XML into CIM-JSON and back, without loss, to standard output')
  .argument('<file>', 'a message in either form, or - for standard input')
  .addOption(new Option('--to <form>', 'default: the other form').choices(['json', 'xml']))
  .option('--dialect <name>', "a vendor's JSON instead of CIM-JSON")
  .action((file: string, it: CommonOptions & { to?: 'json' | 'xml'; dialect?: string }) =>
    ends(() => runConvert(file, it, it, terminal)),
  )

command('sample', 'print a valid message about a noun, or wrong ones with what is wrong in them')
  .argument('<noun>')
  .option('--verb <verb>', 'default: create, or get for a query')
  .option('--typed', 'the strongly typed root, such as Create<Noun>', false)
  .option('--count <n>', 'that many messages, one JSON object each line', wholeNumber)
  .option('--seed <n>', 'the same seed gives the same messages', wholeNumber, 0)
  .option('--json', 'as CIM-JSON', false)
  .option('--invalid', 'wrong messages, with rule and path of every finding', false)
  .option('--out <dir>', 'write files there instead of printing')
  .action(
    (
      noun: string,
      it: CommonOptions & {
        verb?: string
        typed: boolean
        count?: number
        seed: number
        json: boolean
        invalid: boolean
        out?: string
      },
    ) => ends(() => runSample(noun, it, it, terminal)),
  )

const schemas = command('schemas', 'the catalogue of schemas')
schemas.argument('<action>', 'list').action((action: string, it: CommonOptions) =>
  ends(() => {
    if (action !== 'list')
      throw new UsageError(`There is no "schemas ${action}"; there is "schemas list".`)
    return runSchemasList(it, terminal)
  }),
)

command('send', 'send one message to a peer, print its reply and judge it')
  .argument('<file>', 'a message in either form, or - for standard input')
  .requiredOption('--to <url>', 'address of the peer')
  .action((file: string, it: CommonOptions & { to: string }) =>
    ends(() => runSend(file, it.to, it, terminal)),
  )

// A reader that goes away (| head) is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  error.code === 'EPIPE' ? process.exit(0) : undefined,
)

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  process.exitCode = error.exitCode === 0 ? 0 : 2
}
