// What is left of a store when its connection or its server fails: nothing acknowledged is lost, nothing is there twice, and
// it goes on by itself.

import { setTimeout as sleep } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import type { Store } from '../../../gateway/ports.ts'
import { waitFor } from '../../wait.fixture.ts'
import { counted, keep, samplePut, sampleUnit } from '../contract/samples.ts'
import type { Proxy } from './proxy.fixture.ts'
import { newSchema, sqlOn } from './server.fixture.ts'
import { follow, isBack, outcome, serverSuite } from './suite.fixture.ts'

const { onServer, open, behind, run } = serverSuite('store on PostgreSQL: durability')

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
      const [proxy, by] = await behind(server, direct)
      const store = await open(by)
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
    const [proxy, by] = await behind(server, direct)
    const store = await open(by)
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
    proxy.arm({ when: 'before', step, awayMs: 0 })
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

run()
