// The configuration in force, and how another one takes its place: checked, kept under its version, taken over at once.
// A wrong one is told of and changes nothing.

import type { AuditEntry, Configuration, Ledger } from '../gateway/ledger.ts'
import type { Recorder } from '../gateway/audit/recorder.ts'
import type { Clock, Log, Store } from '../gateway/ports.ts'
import { configText, problemText } from '../shell/config/index.ts'
import type { Config, Loaded } from '../shell/config/index.ts'
import type { ConfigurationFacts } from '../shell/metrics.ts'

/** What taking over needs from outside. */
export interface InForceParts {
  /** reads everything anew */
  readonly load: () => Promise<Loaded>
  /** as the command line wants it, too */
  readonly asked: (config: Config) => Config
  /** what else speaks against a configuration, one line each */
  readonly against: (next: Config, before: Config) => readonly string[]
  readonly store: Pick<Store, 'commit'> & Pick<Ledger, 'configurations'>
  readonly clock: Clock
  readonly log: Log
  readonly recorder?: Pick<Recorder, 'note'>
  /** another one is in force */
  readonly taken: (before: Config) => Promise<void>
}

/** The configuration in force. */
export interface InForce {
  readonly config: () => Config
  /** that it was read from */
  readonly files: () => readonly string[]
  /** how the last change went */
  readonly facts: () => ConfigurationFacts
  /** Notes in the store what is in force from the start. */
  readonly begin: () => Promise<void>
  /** Reads anew, and takes over what is right; one after the other. @param who asks for it, for the audit log */
  readonly reload: (who: string) => Promise<void>
  /** Resolves when nothing is being taken over. */
  readonly idle: () => Promise<void>
}

/** Keys that what is open already was made with. */
const AT_START = ['source', 'mixedBatch', 'schemas', 'publicUrl'] as const

/** @param start what was loaded first, which can be used */
export function inForce(
  start: { readonly loaded: Loaded; readonly config: Config },
  parts: InForceParts,
): InForce {
  const { store, clock, log } = parts
  let current = start.config
  let { loaded } = start
  let facts: ConfigurationFacts = {
    version: start.config.topology.version,
    at: clock(),
    isRefused: false,
    isPending: false,
    taken: 0,
    refused: 0,
  }
  let running: Promise<void> | undefined
  let next: string | undefined

  async function begin(): Promise<void> {
    const [newest] = await store.configurations()
    const { version } = current.topology
    if ((newest?.version ?? '') !== version)
      await keep(loaded, current, { who: 'start', details: '' })
  }

  async function keep(
    it: Loaded,
    config: Config,
    { who, details, parties = [] }: Keeping,
  ): Promise<void> {
    const at = clock()
    const { version } = config.topology
    const text = it.effective === undefined ? '' : await configText(it.effective)
    const own: AuditEntry = { at, who, what: 'configuration', subject: version, details }
    const keys = parties.map((subject) => ({
      ...own,
      what: 'credentials',
      subject,
      details: version,
    }))
    const configuration = { version, at, text } satisfies Configuration
    const audit = [own, ...keys]
    await store.commit({ puts: [], removals: [], events: [], configuration, audit })
  }

  async function once(who: string): Promise<void> {
    const read = await parts.load()
    loaded = { ...loaded, files: read.files }
    const { config } = read
    if (config === undefined) return refuse(errorsOf(read), who)
    const asked = parts.asked(config)
    const against = parts.against(asked, current)
    if (against.length > 0) return refuse(against, who)
    const pending = AT_START.filter((key) => !isSame(asked[key], current[key]))
    const candidate = { ...asked, ...pick(current) }
    const keys = changedKeys(candidate, current)
    if (keys.length === 0) return unchanged(pending)
    const parties = provenAnew(current, candidate)
    await keep(read, candidate, { who, details: keys.join(' '), parties })
    await take(candidate, { read, pending, keys, who })
  }

  function unchanged(pending: readonly string[]): void {
    if (facts.isRefused) log.warn({}, 'the configuration can be used again; it is the one in force')
    if (pending.length > 0 && !facts.isPending) log.warn({ keys: pending }, NEXT_START)
    facts = { ...facts, isRefused: false, isPending: pending.length > 0 }
  }

  async function take(
    candidate: Config,
    {
      read,
      pending,
      keys,
      who,
    }: Record<'pending' | 'keys', readonly string[]> & {
      readonly read: Loaded
      readonly who: string
    },
  ): Promise<void> {
    const before = current
    current = candidate
    loaded = read
    const { version } = candidate.topology
    const taken = facts.taken + 1
    const isPending = pending.length > 0
    facts = { ...facts, version, at: clock(), isRefused: false, isPending, taken }
    // At the level that is the default: whoever runs the gateway has to see what it goes by.
    log.warn({ version, keys, who }, 'the changed configuration is in force')
    for (const it of read.problems) log.warn({}, problemText(it))
    if (pending.length > 0) log.warn({ keys: pending }, NEXT_START)
    await parts.taken(before)
  }

  function refuse(problems: readonly string[], who: string): void {
    const details = `${problems.length} problems; the log of the gateway has them`
    parts.recorder?.note('configuration-refused', { who, subject: 'configuration', details })
    facts = { ...facts, isRefused: true, refused: facts.refused + 1 }
    const { version } = current.topology
    log.error(
      { problems, who, version },
      'the changed configuration is refused; the one before stays',
    )
  }

  async function rounds(): Promise<void> {
    for (let who = next; who !== undefined; who = next) {
      next = undefined
      await once(who).catch((err: unknown) => {
        facts = { ...facts, isRefused: true, refused: facts.refused + 1 }
        log.error({ err }, 'the changed configuration could not be taken over; try again: SIGHUP')
      })
    }
  }

  function reload(who: string): Promise<void> {
    next = who
    running ??= rounds().finally(() => (running = undefined))
    return running
  }

  return {
    config: () => current,
    files: () => loaded.files,
    facts: () => facts,
    begin,
    reload,
    idle: async () => running,
  }
}

interface Keeping {
  readonly who: string
  readonly details: string
  /** whose credentials are others */
  readonly parties?: readonly string[]
}

/** Parties that prove who they are by something else than before, those that have come or gone included. */
function provenAnew({ topology: before }: Config, { topology: now }: Config): readonly string[] {
  const proofs = ({ parties }: typeof now, id: string) =>
    JSON.stringify(parties.find((it) => it.id === id)?.proofs)
  const ids = new Set([...before.parties, ...now.parties].map(({ id }) => id))
  return [...ids].filter((id) => proofs(before, id) !== proofs(now, id))
}

const NEXT_START = 'these keys of the configuration count from the next start on'

function errorsOf({ problems }: Loaded): readonly string[] {
  return problems.filter((it) => it.severity === 'error').map(problemText)
}

function pick(config: Config): Pick<Config, (typeof AT_START)[number]> {
  const { source, mixedBatch, schemas, publicUrl } = config
  return { source, mixedBatch, schemas, publicUrl }
}

/** Keys whose values differ; a version of its own is none. A secret that was changed is part of its party. */
function changedKeys(a: Config, b: Config): readonly string[] {
  const flat = ({ topology, ...rest }: Config) => {
    const { version: _, ...own } = topology
    return { ...rest, ...own } as Readonly<Record<string, unknown>>
  }
  const [one, other] = [flat(a), flat(b)]
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...keys].filter((key) => !isSame(one[key], other[key]))
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
