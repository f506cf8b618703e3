// What `cimgate conformance` takes: its actions and options, a row each.

import { addressWord, header, port, positiveNumber, wholeNumber } from './arguments.ts'

/** What stands behind `conformance`. */
export const ACTIONS = 'list, plan, run, selftest, verify or diff'

/** One option: how it is written, what it is for, how its text is read, and what it is without one. */
export interface OptionRow {
  readonly flags: string
  readonly about: string
  read?(text: string, before: unknown): unknown
  readonly start?: unknown
  readonly choices?: readonly string[]
  /** what stands for `start` in the help */
  readonly shown?: string
}

const byCommas = (text: string) => text.split(',')

/** All of them, in the order of the help. */
export const CONFORMANCE_OPTIONS: readonly OptionRow[] = [
  {
    flags: '--mode <mode>',
    about: 'plan, run: what the tester is to the product',
    choices: ['client', 'server', 'gateway', 'middle', 'offline', 'pair'],
    start: 'client',
  },
  {
    flags: '--host <address>',
    about: 'run, server, gateway, middle: address of this machine to listen on',
    start: '127.0.0.1',
  },
  {
    flags: '--port <n>',
    about:
      'run, server, gateway, middle: port to listen on, and in the middle the next one; 0 = any',
    read: port,
    start: 0,
  },
  {
    flags: '--token <word>',
    about:
      'run, server, pair: stands in the addresses of the tester, the same in every run; without, one of the seed',
    read: addressWord,
  },
  {
    flags: '--for <seconds>',
    about:
      'run, server, middle: how long it waits in all; without, until Ctrl-C or every case is over',
    read: wholeNumber,
  },
  {
    flags: '--backchannel <url>',
    about:
      'run, server: is POSTed what the product is to send next; without, a person sees to that',
  },
  { flags: '--other <url>', about: 'run, middle: where the other product takes messages' },
  { flags: '--messages <dir>', about: 'run, offline: folder of captured messages' },
  {
    flags: '--target <url>',
    about:
      'run: where the product under test takes messages; in pair mode ROLE[,ROLE]=URL, and without it all roles are played here',
  },
  {
    flags: '--transport <name>',
    about: 'run: what messages travel in, over HTTP',
    choices: [
      ...['http', 'http-typed', 'soap', 'soap12', 'soap-typed', 'soap12-typed'],
      ...['json', 'websocket'],
    ],
    start: 'http',
  },
  {
    flags: '--ics <file>',
    about:
      'plan, run: what the product says that it can; list: one of an older suite, printed in the lines of this one',
  },
  {
    flags: '--report <dir>',
    about: 'run, selftest: a new folder for the evidence and the reports',
  },
  {
    flags: '--only <names>',
    about: 'plan, run: ids, packs or profiles, by commas',
    read: byCommas,
    start: [],
    shown: 'all',
  },
  {
    flags: '--negative <nouns>',
    about: 'run: nouns of which messages that break their schemas are sent too, by commas',
    read: byCommas,
    start: [],
    shown: 'none',
  },
  {
    flags: '--count <n>',
    about: 'run: how many of them for each noun',
    read: positiveNumber,
    start: 20,
  },
  { flags: '--strict', about: 'run: a SHOULD that is not met is a failure', start: false },
  { flags: '--waivers <file>', about: 'run: findings that somebody has agreed to' },
  {
    flags: '--wait <seconds>',
    about: 'run: how long an answer may take',
    read: positiveNumber,
    start: 10,
  },
  { flags: '--seed <text>', about: 'run, selftest: the same seed gives the same messages' },
  {
    flags: '--vectors <dir>',
    about: 'selftest: judges these messages alone, each with what has to be found in it beside it',
  },
  {
    flags: '--role <role>',
    about:
      'list: a capability statement of this role, to fill in; run, server: what the product is, where no --ics says it',
  },
  {
    flags: '--header <name=value>',
    about: 'run: a header of every request, such as a key (repeatable)',
    read: header,
    start: {},
    shown: 'none',
  },
  {
    flags: '--rival-header <name=value>',
    about:
      'run: the same for another provider at the product, for the cases in which one must not see what is of the other',
    read: header,
    start: {},
    shown: 'none',
  },
  {
    flags: '--key <file>',
    about: 'run: private key of Ed25519 (PEM) that signs the folder; without, a fresh one',
  },
  {
    flags: '--redact [file]',
    about: 'run: pseudonyms for personal data, made with the key in the file, or with a fresh one',
  },
  {
    flags: '--second-opinion <engine>',
    about: 'run: another engine of XML Schema judges every message too: xmllint',
  },
  {
    flags: '--public-key <file>',
    about: 'verify: whose signature it has to be; without, the key in the folder',
  },
]
