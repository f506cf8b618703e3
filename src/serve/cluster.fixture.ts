// Two gateways on one database under load, of which something dies in every round: what was acknowledged is carried out, once
// and in order, whoever of them is asked.

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import { newSchema, sqlOn } from '../shell/store/postgres/server.fixture.ts'
import type { TestServer } from '../shell/store/postgres/server.fixture.ts'
import { waitFor } from '../shell/wait.fixture.ts'
import { newFolder, startIn } from './process.fixture.ts'
import type { Served } from './process.fixture.ts'
import { answerTo, countsOf, judgeSent, newSenders, openCarrier } from './sending.fixture.ts'
import type { Carrier, Sender, Sent } from './sending.fixture.ts'

/** Two gateways, the server that they share, and the party that they send to. */
export interface Cluster {
  readonly server: TestServer
  readonly url: string
  readonly carrier: Carrier
  readonly nodes: [Served, Served]
  /** Puts another process in the place of one that has died. */
  readonly replace: (n: 0 | 1) => Promise<void>
  readonly end: () => Promise<void>
}

/** Starts them. */
export async function openCluster(server: TestServer): Promise<Cluster> {
  const url = await newSchema(server)
  const carrier = await openCarrier()
  const folder = newFolder()
  const variables = { CIMGATE_DATABASE: url, CIMGATE_SILENT_MS: `${SILENT_MS}` }
  const node = () => startIn(variables, newFolder(), '--config', carrier.config(folder))
  const nodes = await Promise.all([node(), node()])
  return {
    server,
    url,
    carrier,
    nodes,
    replace: async (n) => void (nodes[n] = await node()),
    end: async () => {
      await Promise.all(nodes.map((it) => it.end('SIGTERM')))
      await carrier.close()
    },
  }
}

/** after which a node that says nothing has lost its lanes; longer, where nobody waits for a test */
const SILENT_MS = 4_000

/** What dies, by its name. @param pick a number below that, by chance */
type Dying = (cluster: Cluster, pick: (below: number) => number) => Promise<void>

const DYING = {
  'a node that has leased and sent, and waits for the answer': async (
    { carrier, nodes, replace },
    pick,
  ) => {
    carrier.hold(true)
    const before = carrier.heard.length
    await waitFor(() => carrier.heard.length > before, 'a message under way')
    const n = pick(2) as 0 | 1
    await nodes[n].end('SIGKILL')
    carrier.hold(false)
    await replace(n)
  },
  'a node': async ({ nodes, replace }, pick) => {
    const n = pick(2) as 0 | 1
    await nodes[n].end('SIGKILL')
    await replace(n)
  },
  'nothing, but a node is stopped until the others have taken what it had': async (
    { nodes },
    pick,
  ) => {
    const { child } = nodes[pick(2) as 0 | 1]
    child.kill('SIGSTOP')
    await sleep(2 * SILENT_MS)
    child.kill('SIGCONT')
  },
  'connections in the middle of a commit': ({ url }) =>
    terminated(url, `"state" = 'active' and "query" like 'insert into "mark"%'`),
  'connections in the middle of a transaction': ({ url }) =>
    terminated(url, `"state" = 'idle in transaction'`),
  'the server': async ({ server }) => {
    await server.kill()
    await server.start()
  },
} as const satisfies Readonly<Record<string, Dying>>

export type Death = keyof typeof DYING

/** What may die in a round. */
export const DEATHS = Object.keys(DYING) as readonly Death[]

/** connections that are cut in one round */
const CUTS = 3
/** looks for one of them, as long as there is something to do */
const LOOKS = 2_000

/** Cuts connections that are found so. */
async function terminated(url: string, how: string): Promise<void> {
  for (let [cut, look] = [0, 0]; cut < CUTS && look < LOOKS; look += 1) {
    const rows = await sqlOn(
      url,
      `select pg_terminate_backend("pid") from pg_stat_activity
        where "application_name" = 'cimgate' and "pid" <> pg_backend_pid() and ${how}`,
    )
    cut += rows.length
  }
}

/** One round. @returns messages that were accepted, and how often one was sent again */
export async function survive(
  cluster: Cluster,
  death: Death,
  { each, pick }: { readonly each: number; readonly pick: (below: number) => number },
): Promise<{ readonly accepted: number; readonly repeats: number }> {
  const senders = newSenders(8)
  let repeats = 0
  const sending = Promise.all(
    senders.map(async (it) => (repeats += await insist(cluster, it, each))),
  )
  // Where they fail first, their failure is the one to tell.
  sending.catch(() => undefined)
  await waitFor(() => countsOf(senders).acked >= senders.length, 'messages before the death')
  await DYING[death](cluster, pick)
  await sending
  const [one, two] = cluster.nodes
  await judgeSent(one.address, senders, cluster.carrier, death)
  await judgeSent(two.address, senders, cluster.carrier, `${death}, as the other sees it`)
  return { accepted: countsOf(senders).acked, repeats }
}

/** Sends so many messages, each until it is accepted, now to one node, now to the other. @returns how often one was repeated */
async function insist({ nodes }: Cluster, sender: Sender, each: number): Promise<number> {
  let repeats = 0
  for (let turn = 0; sender.sent.length < each;) {
    const it: Sent = { revision: sender.sent.length + 1, id: randomUUID() }
    sender.sent.push(it)
    while (it.reply === undefined) {
      const { address } = nodes[(turn += 1) % 2 === 0 ? 0 : 1]
      const text = await answerTo(address, sender, it).catch(() => '')
      if (text.includes('<Result>OK<')) it.reply = text
      else {
        repeats += 1
        assert.match(text, REFUSED, `${text.slice(-600)}\n${nodes.map(lastWords).join('\n')}`)
        await sleep(PAUSE_MS)
      }
    }
  }
  return repeats
}

const PAUSE_MS = 20

/** Nobody is there, the store is not, or it is still being carried out. */
const REFUSED = /^$|<code>5\.1<|MSG-IN-FLIGHT/

/** What a node has logged lately. */
function lastWords({ said }: Served): string {
  return said().slice(-2_000)
}
