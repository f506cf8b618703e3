// What is left of a store when its connection, its server or another node fails: nothing acknowledged is lost, nothing is
// there twice, and it goes on by itself.

import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Log, SequencedEvent, Store } from '../../../gateway/ports.ts'
import { waitFor } from '../../wait.fixture.ts'
import { LATER, MUCH_LATER, claim, done, first, queued, sent } from '../contract/ledger.ts'
import { counted, keep, samplePut, sampleUnit } from '../contract/samples.ts'
import { openServerStore } from '../server.ts'
import { addressIn } from './address.ts'
import { startProxy } from './proxy.fixture.ts'
import type { Cut, Proxy } from './proxy.fixture.ts'
import { NO_SERVER, endServers, newSchema, sqlOn, startServer } from './server.fixture.ts'
import type { TestServer } from './server.fixture.ts'

const test = suite('store on PostgreSQL: durability')
const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} }

let started: Promise<TestServer> | undefined
const stores: Store[] = []
const proxies: Proxy[] = []
test.after.each(async () => {
  await Promise.all(stores.splice(0).map((it) => it.close()))
  for (const it of proxies.splice(0)) it.end()
})
test.after(endServers)

let skipped = 0
function onServer(title: string, check: (server: TestServer) => Promise<void>): void {
  if (NO_SERVER === undefined)
    return test(title, async () => check(await (started ??= startServer())))
  skipped += 1
  test.skip(`${title} (${NO_SERVER})`)
}

async function open(url: string): Promise<Store> {
  const store = await openServerStore(addressIn(url, {}), SILENT)
  stores.push(store)
  return store
}

/** What became of a unit, in the words of a caller. */
async function outcome(store: Store, key: string): Promise<string> {
  try {
    return (await store.commit(sampleUnit(key))).kind
  } catch (error) {
    return (error as { readonly written: string }).written
  }
}

async function isBack(store: Store): Promise<boolean> {
  return store.horizon().then(
    () => true,
    () => false,
  )
}

/** How often there is a leg, an object and an event of it. */
async function timesOf(url: string, key: string): Promise<readonly unknown[]> {
  const [row] = await sqlOn(
    url,
    `select (select count(*)::int from "leg" where "messageID" = 'message-${key}') as "legs",
      (select count(*)::int from "object" where "id" = '${key}') as "objects",
      (select count(*)::int from "event" where "subject" = '${key}') as "events"`,
  )
  return Object.values(row ?? {})
}

/** Follows the feed; the seqs that were told. */
function follow(store: Store): number[] {
  const told: number[] = []
  store.onEvents((events) => told.push(...events.map(({ seq }) => seq)))
  return told
}

/** What a caller may be told for what is there. */
const HONEST: Readonly<Record<string, readonly number[]>> = {
  committed: [1],
  no: [0],
  unknown: [0, 1],
}

for (const when of ['before', 'after'] as const)
  onServer(
    `T15b: a transaction that is cut ${when} each of its requests is there as a whole or not at all, and never twice`,
    async (server) => {
      const direct = await newSchema(server)
      const proxy = await startProxy(server.port)
      proxies.push(proxy)
      const store = await open(direct.replace(`:${server.port}`, `:${proxy.port}`))
      const told = follow(store)
      const answers: string[] = []
      for (let step = 0; ; step += 1) {
        const key = `${when}-${step}`
        proxy.arm({ when, step, awayMs: step % 4 === 3 ? 100 : 0 })
        const answer = await outcome(store, key)
        if (!proxy.hasCut()) break
        await judge(store, direct, { key, answer })
        answers.push(answer)
      }
      // begin, the number of the last event, leg, object, its earlier life, its name, the event, commit
      assert.ok(answers.length >= 8, answers.join())
      const last = when === 'after' ? 'committed' : 'no'
      assert.equal(answers, [...answers.slice(1).map(() => 'no'), last])
      const { last: seq } = await store.horizon()
      await waitFor(() => told.length >= seq, 'the whole feed')
      assert.equal(told, counted(seq, 1))
    },
  )

/** What was told of a unit is true, and sending it again makes it be there once. */
async function judge(
  store: Store,
  direct: string,
  { key, answer }: { readonly key: string; readonly answer: string },
): Promise<void> {
  await waitFor(() => isBack(store), 'the store')
  const [legs = 0] = await timesOf(direct, key)
  assert.ok(
    HONEST[answer]?.includes(legs as number),
    `${key}: told ${answer}, is there ${legs} times`,
  )
  assert.is(await outcome(store, key), legs === 0 ? 'committed' : 'duplicate', key)
  assert.equal(await timesOf(direct, key), [1, 1, 1], key)
}

onServer(
  'T15b: what became of a commit is found out when the server comes back in time',
  async (server) => {
    const direct = await newSchema(server)
    const proxy = await startProxy(server.port)
    proxies.push(proxy)
    const store = await open(direct.replace(`:${server.port}`, `:${proxy.port}`))
    const steps = await stepsOf(store, proxy)
    proxy.arm({ when: 'after', step: steps - 1, awayMs: 1_500 })
    const answer = await outcome(store, 'away')
    assert.is(answer, 'committed')
    await judge(store, direct, { key: 'away', answer })
  },
)

/** Requests of a transaction. */
async function stepsOf(store: Store, proxy: Proxy): Promise<number> {
  for (let step = 7; ; step += 1) {
    const cut: Cut = { when: 'before', step, awayMs: 0 }
    proxy.arm(cut)
    await outcome(store, `steps ${step}`)
    if (!proxy.hasCut()) return step
  }
}

onServer(
  'T1: nothing acknowledged is lost when the server is killed, and it goes on by itself',
  async (server) => {
    const url = await newSchema(server)
    const store = await open(url)
    const told = follow(store)
    const acked: string[] = []
    const tried: string[] = []
    let isDone = false
    const write = async (writer: number) => {
      for (let n = 0; !isDone; n += 1) {
        const key = `${writer}-${n}`
        tried.push(key)
        const answer = await outcome(store, key)
        if (answer === 'committed') acked.push(key)
        else await sleep(20)
      }
    }
    const writers = counted(4).map(write)
    for (const round of [1, 2]) {
      await waitFor(() => acked.length >= round * 60, 'units before the kill')
      await server.kill()
      await waitFor(async () => !(await isBack(store)), 'the store to notice')
      await server.start()
      const begun = performance.now()
      await waitFor(() => isBack(store), 'the store to come back')
      assert.ok(performance.now() - begun < 5_000, 'it took more than five seconds')
    }
    await waitFor(() => acked.length >= 180, 'units after the last kill')
    isDone = true
    await Promise.all(writers)
    const rows = await sqlOn(url, `select "id" from "object" order by "id"`)
    const there = new Set(rows.map((it) => it['id'] as string))
    assert.equal(
      acked.filter((it) => !there.has(it)),
      [],
      'acknowledged and lost',
    )
    assert.equal(
      [...there].filter((it) => !tried.includes(it)),
      [],
      'there and never sent',
    )
    const { last } = await store.horizon()
    assert.is(last, there.size)
    await waitFor(() => told.length >= last, 'the whole feed')
    assert.equal(told, counted(last, 1))
  },
)

onServer(
  'a server that has become a standby is left alone until it is a primary again',
  async (server) => {
    const url = await newSchema(server)
    const store = await open(url)
    await keep(store, sampleUnit('a'))
    await server.become('standby')
    const refused = await waitForRefusal(store)
    assert.is(refused, 'no')
    await server.become('primary')
    await waitFor(() => isBack(store), 'the store to come back')
    await keep(store, sampleUnit('b'))
  },
)

async function waitForRefusal(store: Store): Promise<string> {
  let answer = ''
  await waitFor(async () => (answer = await outcome(store, 'refused')) !== 'committed', 'a refusal')
  return answer
}

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
  'refuses a text that no index of the server holds, and leaves the others alone',
  async (server) => {
    const store = await open(await newSchema(server))
    const name = counted(4_000)
      .map((n) => String.fromCodePoint(0x4e00 + ((n * 7_919) % 20_000)))
      .join('')
    const units = [
      sampleUnit('a'),
      sampleUnit('b', [samplePut('b', { names: [name] })]),
      sampleUnit('c'),
    ]
    const answers = await Promise.all(
      units.map((it) =>
        store.commit(it).then(
          ({ kind }) => kind,
          (error: { readonly code: string }) => error.code,
        ),
      ),
    )
    assert.equal(answers, ['committed', 'store-refused', 'committed'])
  },
)

if (skipped > 0) console.log(`store on PostgreSQL: ${skipped} tests ${NO_SERVER}`)
test.run()
