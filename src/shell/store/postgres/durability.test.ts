// What is left of a store when its connection or its server fails: nothing acknowledged is lost, nothing is there twice, and
// it goes on by itself.

import { setTimeout as sleep } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import type { Store } from '../../../gateway/ports.ts'
import { waitFor } from '../../wait.fixture.ts'
import { counted, samplePut, sampleUnit } from '../contract/samples.ts'
import type { Proxy } from './proxy.fixture.ts'
import { newSchema, sqlOn } from './server.fixture.ts'
import { judge } from './stories.fixture.ts'
import { follow, isBack, outcome, serverSuite } from './suite.fixture.ts'

const { onServer, open, behind, run } = serverSuite('store on PostgreSQL: durability')

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
    await judge(store, direct, 'away', answer)
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
