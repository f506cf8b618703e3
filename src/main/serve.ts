// The gateway put together and served. Configuration -> adapters -> gateway -> listen.

import { join } from 'node:path'
import { accessOf, apiKeyHeaderOf } from '../gateway/access/access.ts'
import type { Listening } from '../gateway/access/loopback.ts'
import { statusFault } from '../gateway/access/topics.ts'
import { gateOn } from '../gateway/load/gate.ts'
import type { Spell } from '../gateway/load/spells.ts'
import { judgedByRole } from '../gateway/parties/roles.ts'
import type { Gateway, GatewayParts } from '../gateway/gateway.ts'
import { createRecorder } from '../gateway/audit/recorder.ts'
import { meteredStore } from '../gateway/meter.ts'
import type { Validate } from '../gateway/ports.ts'
import type { StatusFeed } from '../shell/websocket/index.ts'
import { loadConfig, problemText } from '../shell/config/index.ts'
import type { Config } from '../shell/config/index.ts'
import { sha1, sha256 } from '../shell/digest.ts'
import { UsageError, warningsOf } from '../shell/terminal/terminal.ts'
import type { CommonOptions, Core } from '../shell/terminal/terminal.ts'
import { loadEngine } from '../shell/xml-in/index.ts'
import { readXml } from '../shell/xml-in/read-xml.ts'
import { shippedDocuments } from '../shell/xml-in/shipped-documents.ts'
import { lastingFacts } from '../shell/xml-in/xsd-facts.ts'
import { ROOT, asAsked, openCore, usable, usageError } from './core.ts'
import { openStoreOf, rolesIn } from './store.ts'
import { filesIn } from './files.ts'
import { IDLE_TIMERS, TIMERS } from './timers.ts'
import { noteLimit, noteStart } from './begun.ts'
import { inForce } from './in-force.ts'
import type { InForce } from './in-force.ts'
import { against, agreedIn, editionsIn, following, unsafeAt } from './following.ts'
import { judgedBy } from './named.ts'
import { orderedIds } from './ordered-ids.ts'
import { tlsAgainst, tlsFor } from './tls.ts'
import { tokensRead } from './tokens.ts'

/** Where a running gateway is, and how it ends. */
export interface Running {
  readonly address: string
  /** false = whoever reaches the address may do everything */
  readonly asksWho: boolean
  readonly close: () => Promise<void>
}

/** How the gateway is served. */
export interface ServeCommand {
  /** 0 = any free one */
  readonly port: number
  readonly host: string
  /** folder of the store */
  readonly data: string
  /** address of the server that has the store in place of the folder; empty or absent = none */
  readonly database?: string
  /** what it does of the work of several on one database, as {@link nodeRolesIn} reads it; all by default */
  readonly role?: string
  readonly log: string
}

/** cimgate serve: resolves when it is ready. */
export async function serve(how: ServeCommand, options: CommonOptions): Promise<Running> {
  const opened: (() => Promise<void>)[] = []
  const close = async () => {
    for (let end = opened.pop(); end !== undefined; end = opened.pop()) await end()
  }
  try {
    return { ...(await start(how, options, (end) => opened.push(end))), close }
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
): Promise<Omit<Running, 'close'>> {
  const [{ createHttpServer }, { serveStatus }, { openLog }, { describing }, { openMetrics }] =
    await Promise.all([
      import('../shell/http/index.ts'),
      import('../shell/websocket/index.ts'),
      import('../shell/log.ts'),
      import('../shell/describe.ts'),
      import('../shell/metrics.ts'),
    ])
  const log = openLog(how.log)
  const roles = rolesIn(how)
  const loaded = await loadConfig(options.config)
  const first = asAsked(options, usable(loaded))
  let force: InForce | undefined
  const config = () => force?.config() ?? first
  const topology = () => config().topology
  let at: Listening = how
  assureSafe(at, config())
  const access = accessOf({
    topology,
    digest: sha256,
    agreed: agreedIn(config),
    publicUrl: first.publicUrl,
    readToken: tokensRead(),
  })
  const tls = await tlsFor(first, how.host, {
    log,
    failed: (from) => recorder.note('tls-error', { who: '', from, subject: 'TLS' }),
  })
  await loadEngine() // no message is to wait for it
  const core = await openCore(options, lastingFacts(), config)
  opened(core.close)
  for (const { path, reason } of core.unreadable)
    log.warn({ file: path, reason }, 'a schema file is left out')
  for (const { place, message } of await warningsOf(core)) log.warn({ file: place }, message)
  const editions = editionsIn(options, core, first)
  for (const it of judgedBy(core.schemas, loaded).problems) log.warn({}, problemText(it))
  const plainStore = await openStoreOf(how, log).catch(usageError)
  opened(plainStore.close)
  const recorder = createRecorder({ store: plainStore, clock, timers: IDLE_TIMERS, log })
  let noteEnd = recorder.close
  opened(() => noteEnd())
  let isEnding = false
  const describe = describing(join(ROOT, 'package.json'), {
    source: core.source,
    apiKeyHeader: apiKeyHeaderOf(topology()),
    ...shippedDocuments,
  })
  const metrics = openMetrics({
    version: describe.version,
    now: () => Date.now(),
    backlog: () => plainStore.backlog(),
    circuits: () => gateway.dispatcher.circuits(),
    sockets: () => status.sockets(),
    standing: () => gate.standing(),
    ...(options.config === undefined ? {} : { configuration: () => taking.facts() }),
  })
  const store = meteredStore(plainStore, metrics.meter)
  const taking = inForce(
    { loaded, config: first },
    {
      load: async () => judgedBy(core.schemas, await loadConfig(options.config)),
      asked: (it) => asAsked(options, it),
      against: (next, before) => [
        ...against(next, before, at),
        ...tlsAgainst(next, tls),
        ...editions(next),
      ],
      store,
      clock,
      log,
      recorder,
      taken: (before) => {
        tls?.renew(config().tls)
        status.review()
        return gateway.reconsider(before.topology)
      },
    },
  )
  force = taking
  const gateway: Gateway = await gatewayOver(core, config, {
    metrics: metrics.text,
    measured: { meter: metrics.meter, elapsed: () => performance.now() },
    store,
    log,
    isEnding: () => isEnding,
    describe,
    roles,
    recorder,
    files: await filesIn(how.data, config),
  })
  opened(gateway.stop)
  const gate = gateOn({
    rules: () => config().load,
    topology,
    nowMs: () => performance.now(),
    timers: IDLE_TIMERS,
    waiting: gateway.held,
    refused: (...it) => (metrics.refused(...it), noteLimit(recorder, ...it)),
    told: (it) => log.warn({ ...it }, SPELLS[it.kind]),
  })
  const http = createHttpServer(gateway.routes, {
    gate,
    ...(tls === undefined ? {} : { tls }),
    get bodyLimitBytes() {
      return config().limits.bodyBytes
    },
    access,
    answered: metrics.answered,
    recorder,
    log,
    newId: () => crypto.randomUUID(),
  })
  const status: StatusFeed = serveStatus(http.server, store, {
    ...(tls === undefined ? {} : { certificateOf: tls.certificateOf }),
    log,
    recorder,
    access,
    gate,
    queryFault: (query) => (roles.has('ingress') ? statusFault(query, core.schemas) : NO_SOCKETS),
  })
  opened(async () => {
    isEnding = true
    const letGo = setTimeout(() => void gateway.letGo(), LET_GO_MS)
    await Promise.all([status.close(), http.drain()])
    clearTimeout(letGo)
  })
  await taking.begin()
  const started = { version: describe.version, configuration: topology().version }
  noteEnd = await noteStart({ recorder, store, core, how }, started)
  const address = await http.listen(how.port, how.host).catch(usageError)
  // Any free port may be that of a party which does not run now.
  at = { ...at, port: Number(new URL(address).port || at.port) }
  assureSafe(at, config())
  gateway.start()
  if (options.config !== undefined) opened(await following(taking))
  log.info({}, judgedByRole(topology()))
  log.info({ address, data: how.data, nouns: core.schemas.catalogue.nouns.length }, 'ready')
  return { address, asksWho: topology().parties.length > 0 }
}

function assureSafe(at: Listening, config: Config): void {
  const unsafe = unsafeAt(at, config)
  if (unsafe !== undefined) throw new UsageError(unsafe)
}

async function gatewayOver(
  { schemas, validate, documents }: Core,
  config: () => Config,
  server: Pick<
    GatewayParts,
    'store' | 'log' | 'isEnding' | 'describe' | 'metrics' | 'measured' | 'roles' | 'recorder'
  > &
    Pick<GatewayParts, 'files'>,
) {
  const [
    { createGateway },
    { reportOne },
    { salvage },
    { peerOver },
    { soapWriter },
    { usernameTokenProof },
  ] = await Promise.all([
    import('../gateway/gateway.ts'),
    import('../shell/report/json.ts'),
    import('../shell/salvage.ts'),
    import('./outside.ts'),
    import('../gateway/soap/outbound.ts'),
    import('../gateway/soap/proof.ts'),
  ])
  const judge: Validate['judge'] = async (bytes, how) => {
    const validated = await validate.judge(bytes, how)
    // The sender of what cannot be read hears at least to which message the fault belongs.
    return validated.root === null ? { ...validated, ...salvage(bytes) } : validated
  }
  const topology = () => config().topology
  const read = (bytes: Uint8Array) => readXml(bytes, config().limits)
  const { source, mixedBatch, publicUrl } = config()
  return createGateway({
    ...server,
    agreed: agreedIn(config),
    source,
    mixedBatch,
    publicUrl,
    retention: () => config().retention,
    schemas,
    documents,
    validate: { ...validate, judge },
    readXml: read,
    clock,
    newId: orderedIds(Date.now, () => crypto.randomUUID()),
    topology,
    peer: peerOver(server.log, config),
    timers: TIMERS,
    random: Math.random,
    holder: crypto.randomUUID(),
    writeSoap: soapWriter(schemas),
    soapProof: usernameTokenProof({
      readXml: read,
      clock,
      sha1,
      parties: () => topology().parties,
    }),
    report: (validated) => reportOne({ file: 'body', ...validated }),
  })
}

const NO_SOCKETS = 'This node takes no requests (--role): ask one of the role ingress.'

/** milliseconds after which whoever waits for another party is sent away: connections are cut at 8 s, all ends by 10 s */
const LET_GO_MS = 6_000

/** What refusals are called in the log. */
const SPELLS: Readonly<Record<Spell['kind'], string>> = {
  begun: 'requests are refused unread',
  'goes-on': 'requests are still refused unread',
  over: 'requests are taken again',
}

const clock = () => new Date().toISOString()
