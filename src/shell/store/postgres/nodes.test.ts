// Several nodes on one database: what each is told of the others, who may send, and what becomes of one that falls silent.

import { setTimeout as sleep } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import type { SequencedEvent } from '../../../gateway/ports.ts'
import { waitFor } from '../../wait.fixture.ts'
import {
  LATER,
  MUCH_LATER,
  NOW,
  claim,
  done,
  first,
  idsOf,
  queued,
  sent,
} from '../contract/ledger.ts'
import { counted, keep, sampleUnit } from '../contract/samples.ts'
import { newSchema, sqlOn } from './server.fixture.ts'
import { follow, isBack, serverSuite } from './suite.fixture.ts'

const { onServer, open, behind, run } = serverSuite('store on PostgreSQL: nodes')

onServer('tells every node what all have written, in one order without a gap', async (server) => {
  const url = await newSchema(server)
  const nodes = await Promise.all([1, 2, 3].map(() => open(url)))
  const told = nodes.map(follow)
  const bodies: SequencedEvent[][] = [[], []]
  bodies.forEach((all, n) => nodes[n]?.onEvents((events) => all.push(...events)))
  // The last one hears nothing: it has to look.
  const deaf = `select pg_terminate_backend("pid") from pg_stat_activity where "query" like 'listen %'`
  await Promise.all(
    nodes.slice(0, 2).flatMap((node, n) =>
      counted(4).map(async (writer) => {
        for (const unit of counted(25)) {
          await keep(node, sampleUnit(`${n}-${writer}-${unit}`))
          if (unit === 10 && writer === 0) await sqlOn(url, deaf)
        }
      }),
    ),
  )
  for (const it of told) await waitFor(() => it.length >= 200, 'the feed of a node')
  for (const it of told) assert.equal(it, counted(200, 1))
  assert.equal(bodies[0], bodies[1])
})

onServer(
  'T15b: two nodes send each message once, and the outcome of a lost lease is refused',
  async (server) => {
    const url = await newSchema(server)
    const [one, two] = [await open(url), await open(url)]
    await keep(one, queued(counted(40).map((n) => sent(`${n}`))))
    const all: string[] = []
    for (let more = true; more;) {
      const given = await Promise.all([
        claim(one, undefined, { holder: 'one', limit: 7 }),
        claim(two, undefined, { holder: 'two', limit: 7 }),
      ])
      all.push(...given.flat().map(({ leg }) => leg.id))
      more = given.flat().length > 0
    }
    assert.equal([all.length, new Set(all).size], [40, 40])
    const [lost] = await claim(one, LATER, { holder: 'one', limit: 1, until: LATER })
    const taken = first(await claim(two, MUCH_LATER, { holder: 'two', limit: 40 }))
    assert.is(taken.leg.id, lost?.leg.id)
    assert.is((await one.commit(done(lost ?? taken))).kind, 'late')
    await keep(two, done(taken))
  },
)

onServer(
  'T15b: what a silent node has leased goes to another one, and its own outcome is refused',
  async (server) => {
    const direct = await newSchema(server)
    const [proxy, by] = await behind(server, direct)
    const one = await open(by, 800)
    const two = await open(direct, 800)
    let due = 0
    two.onDue?.(() => (due += 1))
    await keep(two, queued(['a', 'b', 'c'].map((it) => sent(it))))
    const held = await claim(one, NOW, { holder: 'one', until: MUCH_LATER })
    assert.is(held.length, 3)
    await sleep(1_600)
    assert.equal([due, (await claim(two, NOW, { holder: 'two' })).length], [0, 0])
    proxy.end()
    await waitFor(() => due > 0, 'the lanes of the silent node')
    const taken = await claim(two, NOW, { holder: 'two', until: MUCH_LATER })
    assert.equal(idsOf(taken), ['leg-a', 'leg-b', 'leg-c'])
    assert.is((await two.commit(done(first(held)))).kind, 'late')
    for (const it of taken) await keep(two, done(it))
  },
)

onServer(
  'T15b: what a dead node has leased goes to another one long before its silence would tell',
  async (server) => {
    const direct = await newSchema(server)
    const [proxy, by] = await behind(server, direct)
    const [one, two] = [await open(by, 60_000), await open(direct, 60_000)]
    let [lost, due] = [0, 0]
    one.onLost?.(() => (lost += 1))
    two.onDue?.(() => (due += 1))
    await keep(two, queued([sent('a')]))
    const held = first(await claim(one, NOW, { holder: 'one', until: MUCH_LATER }))
    await sleep(300)
    assert.equal([lost, due], [0, 0])
    const begun = performance.now()
    proxy.end()
    await waitFor(() => due > 0, 'the lanes of the dead node')
    assert.ok(performance.now() - begun < 30_000, 'it took as long as silence does')
    // Were it alive and cut off, it would have given up by itself before.
    assert.is(lost, 1)
    const taken = first(await claim(two, NOW, { holder: 'two', until: MUCH_LATER }))
    assert.ok(taken.lease.token > held.lease.token)
    assert.is((await two.commit(done(held))).kind, 'late')
    await keep(two, done(taken))
  },
)

onServer('a node whose connection is cut comes back, and loses nothing', async (server) => {
  const url = await newSchema(server)
  const [one, two] = [await open(url, 4_000), await open(url, 4_000)]
  let [lost, due] = [0, 0]
  one.onLost?.(() => (lost += 1))
  two.onDue?.(() => (due += 1))
  await keep(two, queued([sent('a')]))
  const held = first(await claim(one, NOW, { holder: 'one', until: MUCH_LATER }))
  for (let cut = 0; cut < 3; cut += 1) {
    await sqlOn(url, `select pg_terminate_backend("pid") from pg_stat_activity where ${OURS}`)
    await sleep(800)
  }
  await waitFor(() => isBack(one), 'the node')
  assert.equal([lost, due], [0, 0])
  await keep(one, done(held))
})

/** Connections of stores, whatever they are for. */
const OURS = `"application_name" = 'cimgate' and "pid" <> pg_backend_pid()`

onServer(
  'one node at a time looks after what is due by the clock, and another one takes over',
  async (server) => {
    const url = await newSchema(server)
    const [proxy, by] = await behind(server, url)
    const stores = [await open(by, 2_000), await open(url, 2_000), await open(url, 2_000)]
    const turns = stores.map(() => [] as boolean[])
    // The last one has another part of the work.
    stores.slice(0, 2).forEach((it, n) => it.onTurn?.((isOurs) => turns[n]?.push(isOurs)))
    const ours = () => turns.map((it) => it.at(-1) === true)
    await waitFor(() => ours().includes(true), 'a turn')
    if (ours()[1] === true) {
      assert.equal(ours(), [false, true, false])
      await stores[1]?.close()
      await waitFor(() => ours()[0] === true, 'the turn of the one that is left')
      return
    }
    assert.equal(ours(), [true, false, false])
    proxy.end()
    await waitFor(() => ours()[1] === true, 'the turn of the one that is left')
    assert.equal(turns, [[true, false], [true], []])
  },
)

run()
