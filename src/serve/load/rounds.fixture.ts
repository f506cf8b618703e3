// Rounds of more than a gateway can carry out: ten times of it, then what it can (T6); and one party of a thousand that sends
// far too much (T23). Each begins with a gateway of its own, and ends with its store beside the ledgers of those who sent.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { newFolder, startIn } from '../process.fixture.ts'
import type { Served } from '../process.fixture.ts'
import type { FloodPlan, Flooded, Sending } from './flood.fixture.ts'
import { flooding, metricIn, residentMb, watchMemory } from './flooding.fixture.ts'
import { compared } from './ledger.fixture.ts'

/** How long the parts of a round take, and what tells its ids from others. */
export interface RoundPlan {
  readonly seconds: number
  readonly seed: number
}

/** Figures of a round by their names. */
export type Figures = Readonly<Record<string, number>>

const CONNECTIONS = 32
/** of an open loop: so many may wait at once */
const MANY = 500
const TIMES = 10
const WARM_MS = 8_000
const [BEFORE_MS, RECOVER_MS, AFTER_MS] = [10_000, 5_000, 10_000]

/** A gateway, and all that has been sent to it. */
function flooder({ address }: Served, seed: number) {
  const port = Number(new URL(address).port)
  const ledgers: (readonly [number, Flooded])[] = []
  let next = seed
  const send = async (plan: Omit<FloodPlan, 'port' | 'seed'>): Promise<Flooded> => {
    // Two at a time are about different groups.
    const own = next
    next += 1
    const came = await flooding({ ...plan, port, seed: own })
    ledgers.push([own, came])
    return came
  }
  return { send, ledgers }
}

/** Ten times of what it can carry out, then as much as it can. */
export async function overload({ seconds, seed }: RoundPlan): Promise<Figures> {
  const folder = newFolder()
  const served = await startIn({}, folder)
  const pid = served.child.pid ?? 0
  await sleep(2_000)
  const idleMb = residentMb(pid)
  const { send, ledgers } = flooder(served, seed)
  const { perSecond } = await send({ perSecond: 0, durationMs: WARM_MS, connections: CONNECTIONS })
  const before = await send({ perSecond, durationMs: BEFORE_MS, connections: MANY })
  await loopDelay(served)
  const memory = watchMemory(pid)
  const began = process.hrtime.bigint()
  const over = await send({
    perSecond: TIMES * perSecond,
    durationMs: seconds * 1_000,
    connections: MANY,
  })
  const tookS = Number(process.hrtime.bigint() - began) / 1e9
  const mostMb = memory()
  const delayMs = await loopDelay(served)
  const recovering = await send({ perSecond, durationMs: RECOVER_MS, connections: MANY })
  const after = await send({ perSecond, durationMs: AFTER_MS, connections: MANY })
  await served.end('SIGTERM')
  const { accepted, lost, sneaked } = await compared(folder, ledgers)
  return {
    capacity: perSecond,
    offered: over.sent / tookS,
    accepted,
    refused: over.refusedMs.count,
    'refused without Retry-After': over.refusedMs.count - over.told,
    'refused p99 ms': over.refusalMs.p99,
    'refused p99 from due ms': over.refusedMs.p99,
    'loop p99 ms': delayMs,
    'memory over idle MB': mostMb - idleMb,
    'p99 before ms': before.acceptedMs.p99,
    'p99 recovering ms': recovering.acceptedMs.p99,
    'p99 after ms': after.acceptedMs.p99,
    'without an answer': ledgers.reduce((sum, [, it]) => sum + it.unknown.length, 0),
    lost,
    sneaked,
  }
}

/** p99 of the delay of the event loop since it was asked for last. */
async function loopDelay({ address }: Served, key?: string): Promise<number> {
  const headers: Record<string, string> = key === undefined ? {} : { 'X-API-Key': key }
  const text = await (await fetch(`${address}/metrics`, { headers })).text()
  return metricIn(text, 'nodejs_eventloop_lag_p99_seconds') * 1_000
}

const PARTIES = 1_000
/** of them as many send at a time as there are connections */
const OTHERS = 200
const NOISY: Sending = { party: 'noisy', key: 'key-of-the-noisy-party' }
/** requests a second that a party may send, and how many times of that the noisy one sends */
const [RATE, NOISE] = [20, 50]
/** of what a gateway can carry out, sent by the others */
const SHARE = 0.4

/** 999 parties alone, then beside one that sends far more than it may. */
export async function noisyParty({ seconds, seed }: RoundPlan): Promise<Figures> {
  const others = Array.from({ length: PARTIES - 1 }, (_, n): Sending => {
    return { party: `party-${n}`, key: `key-of-the-party-${n}` }
  })
  const all = [NOISY, ...others]
  const folder = newFolder()
  const config = join(newFolder(), 'cimgate.yaml')
  writeFileSync(config, configOf(all))
  const keys = Object.fromEntries(all.map(({ key }, n) => [`KEY_${n}`, key]))
  const served = await startIn(keys, folder, '--config', config, '--log', 'error')
  const { send, ledgers } = flooder(served, seed)
  const senders = others.slice(0, OTHERS)
  const { perSecond } = await send({
    perSecond: 0,
    durationMs: WARM_MS,
    connections: CONNECTIONS,
    senders: others.slice(OTHERS),
  })
  const honest = {
    perSecond: Math.min(SHARE * perSecond, (OTHERS * RATE) / 2),
    durationMs: seconds * 1_000,
    connections: OTHERS,
    senders,
  }
  const alone = await send(honest)
  const [beside, noise] = await Promise.all([
    send(honest),
    send({ ...honest, perSecond: NOISE * RATE, connections: MANY, senders: [NOISY] }),
  ])
  await served.end('SIGTERM')
  const { lost, sneaked } = await compared(folder, ledgers)
  return {
    capacity: perSecond,
    'others a second, alone': alone.perSecond,
    'others a second, beside': beside.perSecond,
    'cost %': 100 * (1 - beside.perSecond / alone.perSecond),
    'p50 alone ms': alone.acceptedMs.p50,
    'p50 beside ms': beside.acceptedMs.p50,
    'others refused': alone.refusedMs.count + beside.refusedMs.count,
    'noisy accepted a second': noise.perSecond,
    'noisy refused': noise.refusedMs.count,
    'noisy refused p99 ms': noise.refusedMs.p99,
    'refused without Retry-After': noise.refusedMs.count - noise.told,
    lost,
    sneaked,
  }
}

function configOf(all: readonly Sending[]): string {
  const parties = all.map(
    ({ party }, n) => `  ${party}: {auth: [{apiKey: "\${KEY_${n}}"}], roles: [dso-dms]}`,
  )
  const names = all.map(({ party }) => party).join(', ')
  return `parties:
${parties.join('\n')}
routes: [{when: {from: [${names}]}, to: local}]
load: {partyRate: {perSecond: ${RATE}, burst: ${2 * RATE}}}
`
}
