// A reservation of 100,000 devices, from its first octet to the word that all of them are reserved: goal 12. To a second
// gateway in a process of its own, which judges and keeps every one of them; then kept by the first one itself. Beside it
// somebody sends small messages.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { median } from './measure.ts'
import { groupOfSize } from './messages.ts'
import { gateway, residentMb } from './program.ts'
import type { Served } from './program.ts'
import { rounded } from './row.ts'
import type { Row } from './row.ts'

const DEVICES = 100_000
/** records of a collection, as usual */
const TOGETHER = 500
/** messages of so many devices each, one after the other, to compare with */
const SINGLE = 20

const EVENT = 'e0000000-0000-4000-8000-00000000e001'
const PATH = `/api/v1/program-events/${EVENT}/reservations`
const KEY = 'bench-derms'

/** @param folder an empty one, for the stores */
export async function reservation(folder: string): Promise<readonly Row[]> {
  const [here, party] = [join(folder, 'here'), join(folder, 'party')]
  for (const it of [here, party]) mkdirSync(it)
  const peer = await gateway(party)
  try {
    const routed = await reserved(await routedTo(peer.address, here), peer)
    const kept = await reserved(await gateway(join(folder, 'alone')))
    return [...rowsOf('to a party', routed, '12R'), ...rowsOf('kept here', kept, '12K')]
  } finally {
    await peer.stop()
  }
}

function routedTo(peer: string, folder: string): Promise<Served> {
  const config = join(folder, 'cimgate.yaml')
  writeFileSync(
    config,
    `parties:
  bench: {auth: [{apiKey: "\${BENCH_KEY}"}], operator: true, roles: [derms]}
  cpm:
    binding: {type: cim-xml, url: "${peer}/cim", healthUrl: "${peer}/readyz", timeout: 2m}
routes:
  - {when: {noun: EventParticipations, verb: create, from: bench}, to: cpm, timeout: 10m, order: none, collection: ${TOGETHER}}
  - {to: local}
`,
  )
  return gateway(join(folder, 'data'), ['--config', config], { BENCH_KEY: KEY })
}

/** What one run has come to. */
interface Run {
  /** milliseconds until it was on disk, and until all was told */
  readonly ackMs: number
  readonly tookMs: number
  /** MB in use before, and at most while it ran */
  readonly before: number
  readonly most: number
  /** milliseconds that small messages beside it took */
  readonly waits: readonly number[]
  /** milliseconds of one collection, sent as a message of its own and waited for */
  readonly singleMs: number
}

async function reserved({ address, stop }: Served, peer?: Served): Promise<Run> {
  try {
    for (const it of [address, ...(peer === undefined ? [] : [peer.address])])
      await send(`${it}/api/v1/program-events`, JSON.stringify(eventOf()), 'application/json')
    const singleMs = median(await singly(address))
    const before = await residentMb(address, HEADERS)
    const csv = csvOf(DEVICES)
    const began = performance.now()
    const { location } = await send(`${address}${PATH}`, csv, 'text/csv')
    const ackMs = performance.now() - began
    const state = { isOver: false, most: before, waits: [] as number[] }
    const beside = [watched(address, state), small(address, state)]
    await ended(`${address}${location}`)
    const tookMs = performance.now() - began
    state.isOver = true
    await Promise.all(beside)
    return { ackMs, tookMs, before, most: state.most, waits: state.waits, singleMs }
  } finally {
    await stop()
  }
}

/** One collection after the other, each as a message that is waited for. */
async function singly(address: string): Promise<readonly number[]> {
  const took: number[] = []
  for (let n = 0; n < SINGLE; n += 1) {
    const numbers = Array.from({ length: TOGETHER }, (_, at) => 1_000_000 + n * TOGETHER + at)
    const body = JSON.stringify({ EventParticipation: numbers.map(participationOf) })
    const began = performance.now()
    await send(`${address}/api/v1/event-participations`, body, 'application/json')
    took.push(performance.now() - began)
  }
  return took
}

async function watched(address: string, state: { isOver: boolean; most: number }): Promise<void> {
  while (!state.isOver) {
    state.most = Math.max(state.most, await residentMb(address, HEADERS))
    await sleep(200)
  }
}

async function small(
  address: string,
  state: { readonly isOver: boolean; readonly waits: number[] },
): Promise<void> {
  while (!state.isOver) {
    const began = performance.now()
    await send(`${address}/cim`, groupOfSize(2_000), 'application/xml')
    state.waits.push(performance.now() - began)
    await sleep(50)
  }
}

async function ended(url: string): Promise<void> {
  for (;;) {
    const response = await fetch(url, { headers: HEADERS })
    const { state } = (await response.json()) as { readonly state: string }
    if (state === 'ACKED') return
    if (state !== 'ACCEPTED') throw new Error(`the list has ended ${state}: ${url}/results`)
    await sleep(50)
  }
}

const HEADERS = { 'X-API-Key': KEY }

async function send(
  url: string,
  body: string,
  type: string,
): Promise<{ readonly location: string }> {
  const headers = { ...HEADERS, 'Content-Type': type }
  const response = await fetch(url, { method: 'POST', body, headers })
  const text = await response.text()
  if (!response.ok || text.includes('FAILED')) throw new Error(`${url}: ${text.slice(0, 500)}`)
  return { location: response.headers.get('location') ?? '' }
}

function csvOf(count: number): string {
  const rows = Array.from({ length: count }, (_, n) => `${n + 1},${nicId(n + 1)},HES-NORTH,,`)
  const head = 'recordId,nicId,headEndSystemId,reservationStartDateTime,reservationEndDateTime'
  return [head, ...rows].join('\n')
}

function nicId(n: number): string {
  return `0013550000${String(n).padStart(10, '0')}`
}

function participationOf(n: number) {
  const NameType = { name: 'nicId', NameTypeAuthority: { name: 'HES-NORTH' } }
  return {
    mRID: crypto.randomUUID(),
    recordId: `${n}`,
    EndDevice: { Names: [{ name: nicId(n), NameType }] },
    ProgramEvent: { mRID: EVENT },
    stage: { mRID: `${EVENT}-1` },
  }
}

function eventOf() {
  const day = 24 * 60 * 60 * 1_000
  const at = (days: number) => new Date(Date.now() + days * day).toISOString()
  const interval = { end: at(8), start: at(7) }
  const stages = [{ mRID: `${EVENT}-1`, interval, status: { value: 'SCHEDULED' } }]
  const DemandResponseProgram = { mRID: 'p1' }
  const ProgramEvent = [{ mRID: EVENT, category: 'ECONOMIC', DemandResponseProgram, stages }]
  return { ProgramEvent }
}

function rowsOf(where: string, it: Run, goal: '12R' | '12K'): readonly Row[] {
  const size = `${DEVICES.toLocaleString('en')} devices`
  const value = it.tookMs / 1_000
  const collections = DEVICES / TOGETHER
  const each = it.tookMs / collections / it.singleMs
  const note = `x${rounded(each)} of ${rounded(it.singleMs)} ms for a message of ${TOGETHER}`
  const [longest, usual] = [Math.max(...it.waits), median(it.waits)]
  return [
    { what: `reservation, ${where}`, size, figure: `${rounded(value)} s`, value, goal, note },
    {
      what: `acknowledged, ${where}`,
      size,
      figure: `${rounded(it.ackMs)} ms`,
      value: it.ackMs / 1_000,
      goal: '12A',
    },
    {
      what: `memory, ${where}`,
      size,
      figure: `${rounded(it.most)} MB`,
      value: it.most,
      goal: '12M',
      note: `${rounded(it.before)} MB before; small messages beside it: median ${rounded(usual)} ms, longest ${rounded(longest)} ms`,
    },
  ]
}
