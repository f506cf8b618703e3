// `npm run demo:programme`: a season of a programme between simulated systems, with the gateway killed in the middle of each step.
// Prints what each step has come to; exits with 1 when one total is not exactly what is due.

import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { castOf } from './cast.ts'
import type { Cast } from './cast.ts'
import { devicesOf } from './devices.ts'
import { killable } from './gateway.ts'
import type { Killable } from './gateway.ts'
import { seasonOf } from './season.ts'
import { countKept } from './kept.ts'
import type { SeasonParts, SeasonStep, Total } from './step.ts'
import type { Way } from './system.ts'

const USAGE = `npm run demo:programme -- [--devices N]
  --devices  enrollments of the season, 10000 by default
`
const CONFIG = fileURLToPath(new URL('../../../demo/programme/cimgate.yaml', import.meta.url))
/** Roles of the preset that nobody plays here: those that are spoken to, and those that would only send. */
const SPOKEN_TO = ['dso-cs', 'dso-eng', 'dso-ops', 'dso-dms', 'wms']
const SENDING = ['aggregator', 'analytics', 'market', 'customer', 'operator']
/** milliseconds between two looks, and without anything new until a step is given up */
const [LOOK_MS, PATIENCE_MS] = [100, 60_000]

const print = (text: string) => void process.stdout.write(`${text}\n`)

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { devices: { type: 'string', default: '10000' }, help: { type: 'boolean' } },
  })
  const count = Number(values.devices)
  if (values.help === true || !Number.isSafeInteger(count) || count < 1) {
    print(USAGE)
    return values.help === true ? 0 : 2
  }
  return played(count)
}

async function played(count: number): Promise<number> {
  const devices = devicesOf(count)
  const eligible = new Set(devices.filter((it) => it.isEligible).map((it) => it.enrollment))
  const data = await mkdtemp(join(tmpdir(), 'cimgate-season-'))
  const keys = new Map<string, string>()
  const keyOf = (id: string) => keys.get(id) ?? keys.set(id, randomUUID()).get(id) ?? ''
  let way: Way['address'] = ''
  const cast = await castOf(
    (id) => ({ address: way, key: keyOf(id) }),
    (it) => !eligible.has(it),
  )
  const systems = Object.values(cast)
  const places = [
    ...systems.map(({ id, url }) => ({ id, key: keyOf(id), url })),
    ...SPOKEN_TO.map((id) => ({ id, key: keyOf(id), url: cast.cis.url })),
    ...SENDING.map((id) => ({ id, key: keyOf(id) })),
  ]
  const folder = await mkdtemp(join(tmpdir(), 'cimgate-scores-'))
  process.env['CIMGATE_FILES_DEVICE_SCORES_FOLDER'] = folder
  const gateway = await killable(data, CONFIG, places)
  way = gateway.address
  const kept: SeasonParts['kept'] = (resource, said) =>
    countKept({ address: way, key: keyOf('operator') }, resource, said)
  let isRight = false
  try {
    print(`A season of ${count} devices, through the gateway at ${gateway.address}.`)
    let faults = 0
    for (const step of seasonOf({ cast, devices, now: Date.now(), folder, kept }))
      faults += await stepped(step, gateway, cast)
    print(faults === 0 ? '\nAll is as it is due.' : `\n${faults} not as due.\n${gateway.log()}`)
    isRight = faults === 0
    return isRight ? 0 : 1
  } catch (error) {
    print(`\n${error instanceof Error ? error.message : String(error)}\n${gateway.log()}`)
    return 1
  } finally {
    await gateway.stop()
    for (const it of systems) it.close()
    if (!isRight) print(`What the gateway has kept is in ${data}.`)
    for (const it of isRight ? [data, folder] : [folder])
      await rm(it, { recursive: true, force: true })
  }
}

/** @returns how many totals are wrong */
async function stepped(step: SeasonStep, gateway: Killable, cast: Cast): Promise<number> {
  const begun = performance.now()
  let answers = 0
  let killed: Promise<void> | undefined
  const tell = () => {
    answers += 1
    if (answers >= step.answers / 2) killed ??= gateway.kill()
  }
  await step.run(tell)
  await killed
  const totals = await settled(step, cast)
  const tookS = ((performance.now() - begun) / 1_000).toFixed(1)
  print(`\n${step.title} (${tookS} s, killed once)`)
  for (const it of totals) print(line(it))
  return totals.filter(isWrong).length
}

/** When every total is right, or nothing has come for long. */
async function settled(step: SeasonStep, cast: Cast): Promise<readonly Total[]> {
  let last = { received: -1, at: performance.now() }
  for (;;) {
    const totals = step.totals()
    if (!totals.some(isWrong)) return totals
    const received = Object.values(cast).reduce((sum, it) => sum + it.received() + it.repeated(), 0)
    if (received !== last.received) last = { received, at: performance.now() }
    if (performance.now() - last.at > PATIENCE_MS) return totals
    await pause(LOOK_MS)
  }
}

function isWrong({ due, found }: Total): boolean {
  return due !== found
}

function line(it: Total): string {
  const mark = isWrong(it) ? '✗' : '✓'
  return `  ${mark} ${it.what}: ${it.found}${isWrong(it) ? ` of ${it.due}` : ''}`
}

function failed(error: unknown): number {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  return 1
}

// Whoever still waits for an answer would wait on.
process.exit(await main().catch(failed))
