// The gateway end to end, against a bare koa echo: goal 5. The same with a store that no disk waits for: goal 6. And through a
// route to a party that answers. All in turns.

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from './load.ts'
import type { Load, Shot } from './load.ts'
import { ROUNDS, median, percentile } from './measure.ts'
import { SIZES, groupOfSize } from './messages.ts'
import { gateway, serving } from './program.ts'
import type { Served } from './program.ts'
import { notRun, rounded } from './row.ts'
import type { Row } from './row.ts'

const CONNECTIONS = 32
const ROUND_MS = 2_000
/** until the compiler of V8 has done its work: a gateway runs for months */
const WARM_UP_MS = 8_000
export const SIZE = '2 kB'
/** a file system in memory: what is written there waits for no disk */
const NO_DISK = '/dev/shm'
const KEY = 'key of the bench'

/** @param folder an empty one, for the stores */
export async function http(folder: string): Promise<readonly Row[]> {
  const memory = existsSync(NO_DISK) ? mkdtempSync(join(NO_DISK, 'cimgate-bench-')) : undefined
  const opened: Served[] = []
  const open = async (it: Promise<Served>) => {
    opened.push(await it)
    return (await it).address
  }
  try {
    const echo = await open(serving([program('echo.js')]))
    const body = groupOfSize(SIZES[SIZE])
    const subjects = new Map<string, () => Shot>([['echo', () => ({ url: echo, body })]])
    const add = (name: string, url: string) => subjects.set(name, () => create(url))
    add('disk', await open(gateway(join(folder, 'disk'))))
    if (memory !== undefined) add('memory', await open(gateway(memory)))
    add('route', await open(routed(folder, await open(serving([program('peer.js')])))))
    return rowsOf(await inTurns(subjects))
  } finally {
    await Promise.all(opened.map((it) => it.stop()))
    if (memory !== undefined) rmSync(memory, { recursive: true })
  }
}

/** A program of the bench. */
export function program(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}

/** A gateway that carries nothing out itself. */
function routed(folder: string, peer: string): Promise<Served> {
  const config = join(folder, 'cimgate.yaml')
  writeFileSync(
    config,
    `parties:
  bench: {auth: [{apiKey: "\${BENCH_KEY}"}], binding: {type: cim-xml, url: "${peer}"}}
  dms: {binding: {type: cim-xml, url: "${peer}"}}
routes: [{when: {noun: DERGroups}, to: dms, order: "key:EndDeviceGroup.Names.name"}]
`,
  )
  return gateway(join(folder, 'route'), ['--config', config], { BENCH_KEY: KEY })
}

/** A create request that no other one is like, and a reply that says OK. */
export function create(address: string): Shot {
  const due = (answer: string) => answer.includes('<Result>OK</Result>')
  const headers = { 'X-API-Key': KEY }
  return { url: `${address}/cim`, body: groupOfSize(SIZES[SIZE]), due, headers }
}

/** Loads one after the other, in rounds. */
export async function inTurns(
  subjects: ReadonlyMap<string, () => Shot>,
): Promise<ReadonlyMap<string, readonly Load[]>> {
  const loads = new Map([...subjects].map(([name]) => [name, [] as Load[]]))
  for (const shots of subjects.values()) await load(shots, CONNECTIONS, WARM_UP_MS)
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [name, shots] of subjects)
      loads.get(name)?.push(await load(shots, CONNECTIONS, ROUND_MS))
  return loads
}

function rowsOf(loads: ReadonlyMap<string, readonly Load[]>): readonly Row[] {
  const [echo, disk, memory, route] = ['echo', 'disk', 'memory', 'route'].map((it) =>
    summary(loads.get(it) ?? []),
  ) as [Summary, Summary, Summary, Summary]
  const row = (what: string, { perSecond, note }: Summary): Row => {
    return { what, size: SIZE, figure: `${rounded(perSecond)}/s`, note }
  }
  const ours = {
    ...row('POST /cim, create, on disk', disk),
    value: disk.perSecond / echo.perSecond,
  }
  return [
    row('koa echo', echo),
    { ...ours, goal: 5 },
    loads.has('memory')
      ? {
          ...row('the same, store in memory', memory),
          value: Math.max(0, (1 - disk.perSecond / memory.perSecond) * 100),
          goal: 6,
        }
      : notRun('the same, store in memory', `there is no ${NO_DISK}`, SIZE),
    row('POST /cim, carried out by a party', route),
  ]
}

/** What the rounds of one come to. */
export interface Summary {
  readonly perSecond: number
  readonly note: string
}

/** The median of its rounds. */
export function summary(loads: readonly Load[]): Summary {
  const waits = loads.flatMap((it) => it.waitsMs)
  const [p50, p99] = [percentile(waits, 0.5), percentile(waits, 0.99)]
  return {
    perSecond: median(loads.map((it) => it.perSecond)),
    note: `p50 ${rounded(p50)} ms, p99 ${rounded(p99)} ms, ${CONNECTIONS} connections`,
  }
}
