// The commands that look into a store, or at what a start would begin with: what stands behind them on the command line.

/** An option as it is written, what it is for, and the variable of the environment that stands for it. */
type OptionRow = readonly [flags: string, about: string, variable?: string]

/** A command with its own arguments and options. */
export interface StoreCommand {
  readonly name: 'check' | 'audit'
  readonly about: string
  /** what `--data` is to it */
  readonly data: string
  readonly arguments: readonly (readonly [name: string, about: string])[]
  readonly options: readonly OptionRow[]
}

/** What those options come to. */
export interface StoreOptions {
  readonly data?: string
  readonly print?: boolean
  readonly database?: string
  readonly head?: string
}

/** In the order in which help lists them. */
export const STORE_COMMANDS: readonly StoreCommand[] = [
  {
    name: 'check',
    about:
      'judge a configuration, and the store of a data folder: everything that is wrong, and how to mend it',
    data: 'where given, the store of this folder is judged; a gateway that runs on it is left alone',
    arguments: [],
    options: [
      ['--print', 'print the configuration with every key, secrets by their names only'],
      [
        '--database <url>',
        'the store of this PostgreSQL server is judged; gateways that use it are left alone',
      ],
    ],
  },
  {
    name: 'audit',
    about: 'prove that the audit log is whole, or write it out: verify, export',
    data: 'folder of the store; no gateway may run on it',
    arguments: [
      ['<action>', 'verify, or export to standard output as JSON lines'],
      ['[file]', 'verify: an export, or - for standard input, in place of a store'],
    ],
    options: [
      [
        '--database <url>',
        'the log on this PostgreSQL server; gateways that use it go on',
        'CIMGATE_DATABASE',
      ],
      ['--head <head>', 'verify: a head that was kept, NUMBER:SHA-256, or a file with it'],
    ],
  },
]
