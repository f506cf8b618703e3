// Gateways that share a PostgreSQL server, each a process of its own: who takes, who sends, who answers, and one that is
// stopped for a while and goes on as if nothing had been.

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  NO_SERVER,
  endServers,
  newSchema,
  startServer,
} from '../shell/store/postgres/server.fixture.ts'
import { waitFor } from '../shell/wait.fixture.ts'
import { refused } from '../shell/websocket/client.fixture.ts'
import { read } from './client.fixture.ts'
import { endAll, newFolder, startIn } from './process.fixture.ts'
import type { Served } from './process.fixture.ts'
import { answerTo, judgeSent, newSenders, openCarrier, queueUp } from './sending.fixture.ts'
import type { Carrier } from './sending.fixture.ts'

const test = suite('serve: nodes')
test.after(async () => {
  await endAll()
  await endServers()
})

/** A database, a party, and how nodes are started that lead to it. */
async function together(): Promise<{
  readonly carrier: Carrier
  readonly node: (...more: readonly string[]) => Promise<Served>
}> {
  const url = await newSchema(await (started ??= startServer()))
  const carrier = await openCarrier()
  const config = carrier.config(newFolder())
  const variables = { CIMGATE_DATABASE: url, CIMGATE_SILENT_MS: '2000' }
  return {
    carrier,
    node: (...more) => startIn(variables, newFolder(), '--config', config, ...more),
  }
}
let started: ReturnType<typeof startServer> | undefined

const title = {
  told: 'who waits at one node is answered with what another one has sent and heard; each says what its part is',
  stopped:
    'T15b: a node that was stopped for a while sends nothing that another one has taken, and nothing twice out of turn',
}

async function told(): Promise<void> {
  const { carrier, node } = await together()
  const [door, desk] = await Promise.all([
    node('--role', 'ingress'),
    node('--role', 'dispatch,scheduler'),
  ])
  assert.is((await read(`${door.address}/readyz`)).text, 'ok\nrole: ingress\n')
  await waitFor(
    async () =>
      (await read(`${desk.address}/readyz`)).text ===
      'ok\nrole: dispatch, scheduler; the scheduler\n',
    'the scheduler',
  )
  assert.is((await read(`${desk.address}/api/v1/der-groups`)).status, 404)
  const [status, why] = await refused(Number(new URL(desk.address).port), '/status', {
    'X-API-Key': 'key-of-waits',
  })
  assert.equal([status, /takes no requests/.test(why)], [400, true], why)
  const [sender] = newSenders(1)
  if (sender === undefined) throw new Error('nobody sends')
  for (const revision of [1, 2, 3]) {
    const it = { revision, id: randomUUID() }
    const begun = performance.now()
    const reply = await answerTo(door.address, sender, it)
    assert.match(reply, '<Result>OK<')
    // A route waits for thirty seconds.
    assert.ok(performance.now() - begun < 20_000, 'it was waited for in vain')
    sender.sent.push({ ...it, reply })
  }
  assert.is(carrier.heard.length, 3)
  await judgeSent(door.address, [sender], carrier, 'at the door')
  for (const it of [door, desk]) assert.is(await it.end('SIGTERM'), 0)
  await carrier.close()
}

async function stopped(): Promise<void> {
  const { carrier, node } = await together()
  const one = await node()
  const senders = newSenders(6, false)
  carrier.hold(true)
  await queueUp(one.address, senders, 3)
  await waitFor(() => carrier.heard.length >= senders.length, 'messages under way')
  one.child.kill('SIGSTOP')
  carrier.hold(false)
  const two = await node()
  await judgeSent(two.address, senders, carrier, 'while one is stopped')
  const before = carrier.heard.length
  one.child.kill('SIGCONT')
  await waitFor(async () => (await read(`${one.address}/readyz`)).status === 200, 'the other one')
  await queueUp(one.address, senders, 4)
  await judgeSent(one.address, senders, carrier, 'as the one says that was stopped')
  await sleep(300)
  assert.is(carrier.heard.length, before + senders.length, 'something was sent again')
  for (const it of [one, two]) assert.is(await it.end('SIGTERM'), 0)
  await carrier.close()
}

for (const [name, run] of Object.entries({ told, stopped })) {
  const said = title[name as keyof typeof title]
  if (NO_SERVER === undefined) test(said, run)
  else test.skip(`${said} (${NO_SERVER})`)
}

if (NO_SERVER !== undefined) console.log(`serve: nodes: 2 tests ${NO_SERVER}`)
test.run()
