// `npm run test:crash -- [--only T15] [--kills N] [--times N] [--messages N] [--folders N] [--duplicates N] [--faults N] [--seed N]`:
// kill -9 at random moments and at every named point, damaged folders, duplicates, and a store that fails, as often as the
// promises say. Prints what was counted; the last line is `N passed, N failed`.

import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import * as assert from 'uvu/assert'
import { CRASH_POINTS, FILE_POINTS } from '../shell/store/crash.ts'
import { DAMAGES, damagedIn } from '../shell/store/damage.fixture.ts'
import { FAULTS } from '../shell/store/sqlite/injected.ts'
import { seeded } from '../shell/websocket/load.fixture.ts'
import { killAt, killAtRandom } from './crash.fixture.ts'
import type { Tally } from './crash.fixture.ts'
import { killFilesAt } from './file-crash.fixture.ts'
import { FORMS, manyAtOnce, onceMore, someTimesEach, tolerant } from './duplicates.fixture.ts'
import { withstand } from './faults.fixture.ts'
import { fillStore, readyAfterKills } from './full-store.fixture.ts'
import { EARLIER, bringForward, statementsFrom } from './migration.fixture.ts'
import { endAll, newFolder, start } from './process.fixture.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    kills: { type: 'string', default: '200' },
    times: { type: 'string', default: '10' },
    duplicates: { type: 'string', default: '20000' },
    messages: { type: 'string', default: '100000' },
    folders: { type: 'string', default: '120' },
    faults: { type: 'string', default: '300' },
    seed: { type: 'string', default: '0' },
  },
})
const { only, ...counts } = values
const { kills, times, duplicates, messages, folders, faults, seed } = Object.fromEntries(
  Object.entries(counts).map(([name, it]) => [name, Number(it)]),
) as Readonly<Record<keyof typeof counts, number>>

/** kill and start of a full store */
const STARTS = 5
/** until a server that was killed is ready again */
const MOST_READY_MS = 3_000
/** commits of a connection at which the store fails, behind those that it starts with */
const [FIRST, COMMITS] = [3, 10] as const
/** commits that find the disk full */
const FULL = 20
/** gateways at once: whose store fails, and that are killed */
const [FAULTS_ABREAST, POINTS_ABREAST] = [12, 6] as const
/** of one message, at once */
const AT_ONCE = 1_000

type Part = readonly [title: string, run: () => Promise<string>]

const isWanted = ([title]: Part) => only === '' || new RegExp(`\\b${only}\\b`).test(title)

/** What is timed, or keeps the machine busy by itself. */
const alone = [
  [`T1, T3: ${kills} kills at random moments, each followed by a blind retry`, randomKills],
  [`T1: kills of a gateway with ${messages} messages`, ready],
  [`T2: ${folders} data folders damaged in ${Object.keys(DAMAGES).length} ways`, damaged],
  [`T3: ${AT_ONCE} duplicates at once, in ${FORMS.length} forms, and after kill -9`, atOnce],
  [`T3: ${duplicates} messages, each sent one to four times`, someTimes],
  [`T15: ${faults} faults of the store under load`, storeFaults],
] satisfies readonly Part[]
/** What waits most of the time. */
const migrations = EARLIER.map((version): Part => [
  `T1b: kills at every statement that brings version ${version} forward`,
  async () => everyStatement(version),
])
const points = CRASH_POINTS.map((point): Part => [
  `T1b: ${times} kills at ${point}`,
  async () => counted(await killAt(point, times)),
])

const files = FILE_POINTS.map((point): Part => [
  `T1b: kills at ${point}, the first times that it is reached`,
  async () => {
    // All files together are reported once.
    const most = point === 'file-reported' ? 1 : 3
    for (let n = 1; n <= most; n += 1) await killFilesAt(point, n)
    return `${most} kills`
  },
])

console.log(
  `node ${process.version}, ${process.platform}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`,
)
const results = [
  ...(await abreast(1, alone.filter(isWanted), told)),
  ...(await abreast(POINTS_ABREAST, [...migrations, ...points, ...files].filter(isWanted), told)),
]
await endAll()
const passed = results.filter((isGood) => isGood).length
console.log(`${passed} passed, ${results.length - passed} failed`)
process.exit(passed === results.length ? 0 : 1)

/** So many at a time; what each came to. */
async function abreast<T, R>(
  width: number,
  all: readonly T[],
  run: (one: T) => Promise<R>,
): Promise<readonly R[]> {
  const [results, left]: [R[], T[]] = [[], [...all]]
  const next = async (): Promise<void> => {
    for (let it = left.shift(); it !== undefined; it = left.shift()) results.push(await run(it))
  }
  await Promise.all(Array.from({ length: width }, next))
  return results
}

async function told([title, run]: Part): Promise<boolean> {
  const started = performance.now()
  const [good, text] = await run().then(
    (it) => [true, it] as const,
    (error: Error) => [false, `FAILED: ${error.message}`] as const,
  )
  console.log(`${title}: ${text}, ${((performance.now() - started) / 1_000).toFixed(0)} s`)
  return good
}

async function randomKills(): Promise<string> {
  const every = Math.max(1, Math.round(kills / 10))
  const tally = await killAtRandom(kills, (it) => {
    if (it.kills % every === 0) console.log(`  ${it.kills} kills: ${counted(it)}`)
  })
  return counted(tally)
}

/** The median of some starts says how long it takes; one alone says how busy the machine was. */
async function ready(): Promise<string> {
  const folder = newFolder()
  await fillStore(folder, messages)
  const took = [...(await readyAfterKills(folder, STARTS))].sort((a, b) => a - b)
  const seconds = took.map((it) => (it / 1_000).toFixed(1)).join(', ')
  const median = took[STARTS >> 1] ?? Infinity
  assert.ok(median <= MOST_READY_MS, `ready after ${seconds} s`)
  return `ready after ${seconds} s`
}

/** Way after way, each time at another place. */
async function damaged(): Promise<string> {
  const home = newFolder()
  const copies = await damagedIn(home)
  const random = seeded(seed)
  const ways = Object.entries(DAMAGES)
  for (let n = 0; n < folders; n += 1) {
    const [what, damage] = ways[n % ways.length] as (typeof ways)[number]
    await damage(copies, random).catch((error: Error) => {
      throw new Error(`folder ${n + 1}, ${what}, seed ${seed}: ${error.message}`)
    })
  }
  return 'each is whole, or refused with what is wrong and a remedy'
}

/** Kind after kind, at any of the first commits under load; several gateways side by side, because they wait most of the time. */
async function storeFaults(): Promise<string> {
  const random = seeded(seed)
  const all = Array.from({ length: faults }, (_, n) => {
    const fault = FAULTS[n % FAULTS.length] as (typeof FAULTS)[number]
    // It comes again with each connection, and a thread that hangs is given ten seconds each time.
    const first = fault === 'hang' ? FIRST + COMMITS : FIRST
    const at = first + Math.floor(random() * COMMITS)
    // One commit may find room enough in the pages that there are.
    return { fault, when: fault === 'full' ? `${at}:${FULL}` : `${at}` }
  })
  let [refused, over] = [0, 0]
  await abreast(FAULTS_ABREAST, all, async ({ fault, when }) => {
    refused += await withstand(fault, when)
    if ((over += 1) % 50 === 0) console.log(`  ${over} faults: ${refused} refused`)
  })
  return `${refused} refused, 0 acknowledged and not there; each recovered by itself`
}

function counted({ kills: some, acked, unknown }: Tally): string {
  const average = (acked / some).toFixed(0)
  return `${acked} acknowledged (${average} a kill), ${unknown} unknown, 0 lost, 0 doubled, 0 torn`
}

/** With a full queue in it. */
async function everyStatement(version: number): Promise<string> {
  const last = statementsFrom(version)
  await bringForward(
    version,
    Array.from({ length: last }, (_, n) => n + 1),
  )
  return `${last} kills, all of the queue delivered once and in order`
}

async function atOnce(): Promise<string> {
  const folder = newFolder()
  const args = tolerant(newFolder())
  const first = await start(folder, ...args)
  const originals = []
  for (const form of FORMS) originals.push(await manyAtOnce(first.address, form, AT_ONCE))
  await first.end('SIGKILL')
  const second = await start(folder, ...args)
  await onceMore(second.address, originals)
  await second.end('SIGTERM')
  return `${FORMS.length * AT_ONCE} requests, ${FORMS.length} effects`
}

async function someTimes(): Promise<string> {
  const served = await start(newFolder(), ...tolerant(newFolder()))
  const requests = await someTimesEach(served.address, duplicates)
  await served.end('SIGTERM')
  return `${requests} requests, ${duplicates} effects`
}
