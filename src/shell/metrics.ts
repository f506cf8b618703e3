// Metrics in the text of Prometheus. The only file that knows prom-client; names end in their unit, as Prometheus asks.

import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { Backlog } from '../gateway/ledger.ts'
import type { Standing } from '../gateway/load/admission.ts'
import type { Refusal } from '../gateway/load/spells.ts'
import type { Meter } from '../gateway/meter.ts'

/** What is asked for when the metrics are read. */
export interface MetricSources {
  readonly version: string
  /** milliseconds since 1970 */
  readonly now: () => number
  readonly backlog: () => Promise<readonly Backlog[]>
  /** circuit by party */
  readonly circuits: () => Iterable<
    readonly [party: string, circuit: { readonly state: keyof typeof CIRCUIT }]
  >
  /** open status sockets */
  readonly sockets: () => number
  /** places that are taken; absent = nobody counts them */
  readonly standing?: () => Standing
  /** configuration in force, and how its last change went; absent = there is no file */
  readonly configuration?: () => ConfigurationFacts
}

/** The configuration in force, and how its last change went. */
export interface ConfigurationFacts {
  readonly version: string
  /** ISO 8601 with Z: in force since */
  readonly at: string
  /** the file as it is now cannot be used */
  readonly isRefused: boolean
  /** part of it waits for the next start */
  readonly isPending: boolean
  /** changes since the start */
  readonly taken: number
  readonly refused: number
}

/** Counts, and the text of all counts. */
export interface Metrics {
  readonly meter: Meter
  readonly answered: (it: {
    readonly method: string
    readonly route: string
    readonly status: number
    readonly tookMs: number
  }) => void
  /** a request was refused before it was read */
  readonly refused: (party: string, why: Refusal) => void
  readonly text: () => Promise<string>
}

/** seconds: a local answer takes some milliseconds, that of a peer up to its timeout */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const CIRCUIT = { closed: 0, 'half-open': 1, open: 2 } as const

/** Metrics of one gateway. */
export function openMetrics(sources: MetricSources): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const counter = <T extends string>(name: string, help: string, labelNames: readonly T[] = []) =>
    new Counter({ name: `cimgate_${name}`, help, labelNames, registers })
  const timer = <T extends string>(name: string, help: string, labelNames: readonly T[]) =>
    new Histogram({ name: `cimgate_${name}`, help, labelNames, registers, buckets: BUCKETS })

  const received = counter('messages_received_total', 'Messages answered.', ['party', 'noun'])
  const rejected = counter('messages_rejected_total', 'Of these, answered FAILED.', [
    'party',
    'noun',
  ])
  const duplicate = counter('messages_duplicate_total', 'Of these, known already.', ['party'])
  const sent = counter('messages_sent_total', 'Messages delivered and answered.', ['party'])
  const tries = counter('send_attempts_total', 'Tries to send a message.', ['party', 'outcome'])
  const parked = counter('messages_parked_total', 'Messages parked for a person.')
  const steps = counter('message_steps_total', 'States that messages have come to.', ['state'])
  const overdue = counter('awaited_overdue_total', 'Awaited messages that did not come in time.')
  const receiveTime = timer('receive_duration_seconds', 'From body to answer.', ['result'])
  const sendTime = timer('send_duration_seconds', 'Of one try.', ['party', 'outcome'])
  const httpTime = timer('http_request_duration_seconds', 'Of HTTP requests.', [
    'method',
    'route',
    'status',
  ])
  const refused = counter('requests_refused_total', 'Requests refused unread.', ['party', 'why'])
  const look = gauges(sources, registers)

  return {
    meter: {
      received: ({ party, noun, result, tookMs }) => {
        received.inc({ party, noun })
        if (result === 'FAILED') rejected.inc({ party, noun })
        if (result === 'duplicate') duplicate.inc({ party })
        receiveTime.observe({ result }, tookMs / 1_000)
      },
      tried: ({ party, outcome, tookMs }) => {
        tries.inc({ party, outcome })
        if (outcome === '2xx') sent.inc({ party })
        sendTime.observe({ party, outcome }, tookMs / 1_000)
      },
      stepped: (state) => {
        steps.inc({ state })
        if (state === 'PARKED') parked.inc()
      },
      overdue: (count) => overdue.inc(count),
    },
    answered: ({ method, route, status, tookMs }) =>
      httpTime.observe({ method, route, status }, tookMs / 1_000),
    refused: (party, why) => refused.inc({ party, why }),
    text: async () => {
      await look()
      return registry.metrics()
    },
  }
}

/** What is looked at when it is asked for. @returns how to look */
function gauges(sources: MetricSources, registers: Registry[]): () => Promise<void> {
  const { version, now, backlog, circuits, sockets } = sources
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `cimgate_${name}`, help, labelNames, registers })
  const depth = gauge('queue_depth', 'Messages that wait for a party.', ['party'])
  const age = gauge('queue_oldest_age_seconds', 'Since the oldest of them was taken.', ['party'])
  const parked = gauge('parked', 'Messages of a party that wait for a person.', ['party'])
  const circuit = gauge('circuit_state', '0 closed, 1 half-open, 2 open.', ['party'])
  const open = gauge('status_sockets', 'Open sockets of WS /status.')
  const taken = gauge('load', 'Working and open requests, octets of their bodies.', ['what'])
  const store = gauge('store_up', '1 when the store can be read.')
  gauge('build_info', 'Always 1.', ['version', 'node']).set({ version, node: process.version }, 1)

  const config = configGauges(gauge)

  return async () => {
    config(sources.configuration?.())
    open.set(sockets())
    const { working = 0, requests = 0, bytes = 0 } = sources.standing?.() ?? {}
    for (const [what, it] of Object.entries({ working, requests, bytes })) taken.set({ what }, it)
    for (const it of [depth, age, parked, circuit]) it.reset()
    for (const [party, { state }] of circuits()) circuit.set({ party }, CIRCUIT[state])
    const all = await backlog().catch(() => undefined)
    store.set(all === undefined ? 0 : 1)
    for (const { party, waiting, parked: laidAside, oldestAt } of all ?? []) {
      depth.set({ party }, waiting)
      parked.set({ party }, laidAside)
      age.set({ party }, oldestAt === '' ? 0 : Math.max(now() - Date.parse(oldestAt), 0) / 1_000)
    }
  }
}

type MakeGauge = (name: string, help: string, labelNames?: string[]) => Gauge

function configGauges(gauge: MakeGauge): (facts: ConfigurationFacts | undefined) => void {
  const info = gauge('config_info', 'Always 1, by version of the configuration.', ['version'])
  const ok = gauge('config_last_reload_successful', '0 when the changed file is refused.')
  const at = gauge('config_last_reload_success_timestamp_seconds', 'When it came into force.')
  const pending = gauge('config_restart_pending', '1 when part of it waits for the next start.')
  const reloads = gauge('config_reloads', 'Changes since the start.', ['result'])
  return (facts) => {
    info.reset()
    if (facts === undefined) return
    info.set({ version: facts.version }, 1)
    ok.set(facts.isRefused ? 0 : 1)
    at.set(Date.parse(facts.at) / 1_000)
    pending.set(facts.isPending ? 1 : 0)
    reloads.set({ result: 'taken' }, facts.taken)
    reloads.set({ result: 'refused' }, facts.refused)
  }
}
