// `npm run test:cluster -- [--rounds N] [--each N] [--times N] [--seed N]`: two gateways on one PostgreSQL server, of which in
// every round something dies by chance: whoever has leased and sent, a node, connections in the middle of a commit, the
// server itself; the table of T15b; and a database that is killed under load. Prints what was counted; the last line is
// `N passed, N failed`.

import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { FAILURES, fail } from '../shell/store/postgres/failures.fixture.ts'
import type { Failure } from '../shell/store/postgres/failures.fixture.ts'
import { NO_SERVER, endServers, startServer } from '../shell/store/postgres/server.fixture.ts'
import { DEATHS, openCluster, survive } from './cluster.fixture.ts'
import type { Cluster } from './cluster.fixture.ts'
import { seeded } from '../shell/websocket/load.fixture.ts'
import { besideEachOther, withoutDatabase } from './database.fixture.ts'
import { endAll } from './process.fixture.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '50' },
    each: { type: 'string', default: '12' },
    seed: { type: 'string', default: '1' },
    times: { type: 'string', default: '25' },
  },
})
const [rounds, each, seed, times] = [values.rounds, values.each, values.seed, values.times].map(
  Number,
) as [number, number, number, number]
const random = seeded(seed)
const pick = (below: number) => Math.floor(random() * below)

/** kills of a database under the load of one gateway */
const KILLS = 5
const MESSAGES = 100

const FAILING = Object.keys(FAILURES) as readonly Failure[]

const results: boolean[] = []

async function part(title: string, run: () => Promise<string>): Promise<void> {
  const begun = performance.now()
  try {
    const said = await run()
    console.log(`✓ ${title}: ${said} (${Math.round((performance.now() - begun) / 1_000)} s)`)
    results.push(true)
  } catch (error) {
    console.log(`✗ ${title}: ${(error as Error).stack ?? error}`)
    results.push(false)
  }
}

async function round(cluster: Cluster, n: number): Promise<void> {
  const death = DEATHS[pick(DEATHS.length)] ?? 'a node'
  await part(`T15b: round ${n + 1} of ${rounds}: ${death}`, async () => {
    const { accepted, repeats } = await survive(cluster, death, { each, pick })
    return `${accepted} accepted, ${repeats} sent again`
  })
}

console.log(
  `node ${process.version}, ${process.platform}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, seed ${seed}`,
)
if (NO_SERVER !== undefined) console.log(`${rounds + FAILING.length + 3} parts ${NO_SERVER}`)
else {
  const server = await startServer()
  const cluster = await openCluster(server)
  for (let n = 0; n < rounds; n += 1) await round(cluster, n)
  await part('both nodes end when they are told to', async () => (await cluster.end(), 'ended'))
  for (const failure of FAILING)
    await part(`T15b: ${times} times ${failure}`, async () => {
      for (let n = 0; n < times; n += 1) await fail(server, failure)
      return 'all well'
    })
  await part(`T1: ${KILLS} kills of the database under one gateway`, async () => {
    const refused = await withoutDatabase(server, { kills: KILLS, each: MESSAGES })
    return `${refused} refused`
  })
  await part('two gateways beside each other', async () => {
    await besideEachOther(server, MESSAGES)
    return `${2 * MESSAGES} accepted`
  })
}
await endAll()
await endServers()
const passed = results.filter((it) => it).length
console.log(`${passed} passed, ${results.length - passed} failed`)
process.exitCode = passed === results.length ? 0 : 1
