// `npm run test:cluster -- [--rounds N] [--each N]`: two gateways on one PostgreSQL server, of which in every round a node that
// is sending, a node, connections in the middle of what they do, or the server itself dies; and a database that is killed
// under load. Prints what was counted; the last line is `N passed, N failed`.

import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { NO_SERVER, endServers, startServer } from '../shell/store/postgres/server.fixture.ts'
import { DEATHS, openCluster, survive } from './cluster.fixture.ts'
import type { Cluster, Death } from './cluster.fixture.ts'
import { besideEachOther, withoutDatabase } from './database.fixture.ts'
import { endAll } from './process.fixture.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '50' },
    each: { type: 'string', default: '12' },
  },
})
const [rounds, each] = [values.rounds, values.each].map(Number) as [number, number]

/** kills of a database under the load of one gateway */
const KILLS = 5
const MESSAGES = 100

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
  const names = Object.keys(DEATHS) as Death[]
  const death = names[n % names.length] ?? 'a node'
  await part(`T15b: round ${n + 1} of ${rounds}: ${death}`, async () => {
    const { accepted, repeats } = await survive(cluster, death, each)
    return `${accepted} accepted, ${repeats} sent again`
  })
}

console.log(
  `node ${process.version}, ${process.platform}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`,
)
if (NO_SERVER !== undefined) console.log(`${rounds + 2} parts ${NO_SERVER}`)
else {
  const server = await startServer()
  const cluster = await openCluster(server)
  for (let n = 0; n < rounds; n += 1) await round(cluster, n)
  await part('both nodes end when they are told to', async () => (await cluster.end(), 'ended'))
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
