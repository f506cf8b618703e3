// `npm run test:delivery -- [--only T4|T5|GF] [--seed N] [--each N] [--messages N] [--members N]`: 2,100 deliveries to peers that fail in
// fourteen ways, told and over sockets, and 50,000 in order by 200 keys of which one is poisoned; a group of 10,000 formed and
// dissolved by orchestration. Waits are virtual. Prints
// what was counted; the last line is `N passed, N failed`.

import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import * as assert from 'uvu/assert'
import { openFailingPeers } from '../../shell/peer/failing.fixture.ts'
import { seeded } from '../../shell/websocket/load.fixture.ts'
import { manyMembers } from '../relay/many-members.fixture.ts'
import { deliverAll, judgeJitter, resendAll } from './delivered.fixture.ts'
import type { Deliveries } from './delivered.fixture.ts'
import { http, openBench } from './dispatcher.fixture.ts'
import type { Bench } from './dispatcher.fixture.ts'
import { FAULT_NAMES, failingPeers, trialsOf } from './faults.fixture.ts'
import { besidePoison } from './order.fixture.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seed: { type: 'string', default: '0' },
    each: { type: 'string', default: '150' },
    messages: { type: 'string', default: '50000' },
    members: { type: 'string', default: '10000' },
  },
})
const [seed, each, messages] = [values.seed, values.each, values.messages].map(Number) as [
  number,
  number,
  number,
]
const KEYS = 200
/** how much longer other keys may wait beside a poisoned one */
const MOST_RATIO = 2
const HOUR_MS = 3_600_000

/** On virtual time; each wait that is drawn is looked at. */
async function faults(): Promise<string> {
  const trials = trialsOf(each, seeded(seed))
  const peers = failingPeers(trials, seed, () => bench.time)
  const bench: Bench = await openBench(peers.behave)
  try {
    const counts = await deliverAll(bench, trials, peers)
    const draws = judgeJitter(bench)
    const hours = Math.round(bench.time.passed() / HOUR_MS)
    peers.mend()
    await resendAll(bench, trials, peers)
    return `${counted(counts)}; ${draws} waits drawn evenly within their limits; ${hours} virtual hours`
  } finally {
    await bench.close()
  }
}

/** Over sockets: real answers to real octets, virtual waits between the tries. */
async function socketFaults(): Promise<string> {
  const trials = trialsOf(each, seeded(seed))
  const peers = await openFailingPeers(trials, seed)
  const bench = await openBench(() => http(200), { peer: peers.peer })
  try {
    const counts = await deliverAll(bench, trials, peers)
    assert.is(peers.followed(), 0, 'redirects that were followed')
    peers.mend()
    await resendAll(bench, trials, peers)
    return `${counted(counts)}; 0 redirects followed`
  } finally {
    await bench.close()
    await peers.close()
  }
}

function counted({ accepted, delivered, parked, tries, repeated }: Deliveries): string {
  return (
    `${accepted} accepted = ${delivered} delivered + ${parked} parked, in ${tries} tries; 0 lost, 0 out of order; ` +
    `${repeated} arrived again under their MessageID; all that was parked was delivered when a person sent it again`
  )
}

async function poison(): Promise<string> {
  const { delivered, parked, alone, beside, worst } = await besidePoison({
    messages,
    keys: KEYS,
    seed,
  })
  const [before, after, ratio] = [alone, beside, worst].map((it) => it.toFixed(2))
  const figures = `mean delay ${before} ms without the poison, ${after} ms beside it; the worst key ${ratio} times`
  assert.ok(worst <= MOST_RATIO, figures)
  return `${delivered} delivered, ${parked} parked, 0 inversions; ${figures}`
}

/** of what is in use after a tenth of them: nothing is kept of each */
const MOST_HELD = 2

async function orchestrated(): Promise<string> {
  const members = Number(values.members)
  const few = await manyMembers(members / 10)
  const many = await manyMembers(members)
  const figures = `formed in ${many.formed.toFixed(1)} s, dissolved in ${many.dissolved.toFixed(1)} s (a tenth: ${few.formed.toFixed(1)} and ${few.dissolved.toFixed(1)} s); at most ${megabytes(many.most)} MB, ${megabytes(many.held)} MB when all was over (${megabytes(few.held)})`
  assert.ok(many.held <= MOST_HELD * few.held, figures)
  return `each contract changed once for each, one create and one delete of DERGroups; ${figures}`
}

const megabytes = (octets: number) => Math.round(octets / 1e6)

const PARTS: readonly (readonly [row: string, title: string, run: () => Promise<string>])[] = [
  ['T4', `peers that fail in ${FAULT_NAMES.length} ways, ${each} messages each`, faults],
  ['T4', `the same over sockets, ${each} messages each`, socketFaults],
  ['T5', `${messages} messages in order by ${KEYS} keys, one poisoned`, poison],
  ['GF', `a group of ${values.members} members, orchestrated`, orchestrated],
]

console.log(
  `node ${process.version}, ${process.platform}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, seed ${seed}`,
)
let [passed, failed] = [0, 0]
for (const [row, title, run] of PARTS) {
  if (values.only !== undefined && values.only !== row) continue
  const started = performance.now()
  const [good, text] = await run().then(
    (it) => [true, it] as const,
    (error: Error) => [false, `FAILED: ${error.message}`] as const,
  )
  if (good) passed += 1
  else failed += 1
  console.log(`${row}: ${title}: ${text}, ${((performance.now() - started) / 1_000).toFixed(0)} s`)
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
