// Another server takes the place of the first, with what it had or without its last commits, and the first one comes back.

import * as assert from 'uvu/assert'
import type { Log, Store } from '../../../gateway/ports.ts'
import { waitFor } from '../../wait.fixture.ts'
import { keep, sampleUnit } from '../contract/samples.ts'
import { openServerStore } from '../server.ts'
import { addressIn } from './address.ts'
import { startProxy } from './proxy.fixture.ts'
import type { Proxy } from './proxy.fixture.ts'
import { sqlOn, startServer, startStandby } from './server.fixture.ts'
import type { TestServer } from './server.fixture.ts'
import { SILENT, assertTold, assertTrue, back, keysOn, writing } from './stories.fixture.ts'
import type { Scene, Story } from './stories.fixture.ts'
import { follow, outcome } from './suite.fixture.ts'

/** A pair of its own: it is not put together again afterwards. @param isSynchronous the first one waits for the second */
async function pair(isSynchronous: boolean): Promise<{
  readonly old: TestServer
  readonly next: TestServer
  readonly proxy: Proxy
  readonly url: string
  readonly open: Scene['open']
  readonly close: () => Promise<void>
}> {
  const old = await startServer()
  const next = await startStandby(old)
  const proxy = await startProxy(old.port)
  const stores: Store[] = []
  await waitFor(async () => (await followers(old)).length === 1, 'the standby to follow')
  if (isSynchronous) {
    await sqlOn(old.url(), `alter system set synchronous_standby_names = '*'`)
    await sqlOn(old.url(), 'select pg_reload_conf()')
    await waitFor(async () => (await followers(old))[0] === 'sync', 'the standby to be waited for')
  }
  const url = old.url().replace(`:${old.port}`, `:${proxy.port}`)
  return {
    ...{ old, next, proxy, url },
    open: async (times = {}, log = SILENT) => {
      const store = await openServerStore(addressIn(url, {}), log, times)
      stores.push(store)
      return store
    },
    close: async () => {
      await Promise.all(stores.map((it) => it.close()))
      proxy.end()
      await Promise.all([old.end(), next.end()])
    },
  }
}

async function followers(server: TestServer): Promise<readonly string[]> {
  const rows = await sqlOn(server.url(), 'select "sync_state" as "how" from pg_stat_replication')
  return rows.map((it) => it['how'] as string)
}

async function promote({ next, proxy }: Awaited<ReturnType<typeof pair>>): Promise<void> {
  await sqlOn(next.url(), 'select pg_promote()')
  proxy.lead(next.port)
}

/** Whatever the store says of another server than the one that was there. */
function keepingWords(): { readonly log: Log; readonly said: string[] } {
  const said: string[] = []
  const note = (fields: object, text: string) => void said.push(`${text} ${JSON.stringify(fields)}`)
  return { said, log: { info: () => undefined, warn: note, error: note } }
}

/** The standby was waited for by each commit. */
export const keepingTail: Story = async () => {
  const both = await pair(true)
  try {
    const store = await both.open()
    const told = follow(store)
    const answers = await writing(store, 'kept', async () => {
      await both.old.kill()
      await promote(both)
    })
    await assertTrue(both.next.url(), answers)
    await assertTold(store, told)
  } finally {
    await both.close()
  }
}

/** It was not, and what it had not heard of is gone. */
export const losingTail: Story = async () => {
  const both = await pair(false)
  try {
    const { log, said } = keepingWords()
    const store = await both.open({}, log)
    await keep(store, sampleUnit('a'))
    // The tables come to the standby a moment later, too.
    const standing = () => keysOn(both.next.url()).catch(() => new Set<string>())
    await waitFor(async () => (await standing()).has('a'), 'what the standby has')
    await sqlOn(both.next.url(), `alter system set primary_conninfo = ''`)
    await both.next.stop()
    await keep(store, sampleUnit('b'))
    await keep(store, sampleUnit('c'))
    await both.old.kill()
    await both.next.start()
    await promote(both)
    await back(store)
    // No node can bring it back. That it is lost is told by whoever has seen it.
    assert.match(said.join('\n'), /has lost events that it had acknowledged.*"told":3,"last":1/)
    const told = follow(store)
    for (const key of ['b', 'c', 'd']) await keep(store, sampleUnit(key))
    await waitFor(() => told.length >= 3, 'the feed that goes on')
    assert.equal(told, [2, 3, 4])
  } finally {
    await both.close()
  }
}

/** Nothing is written to a server whose place another one has taken. */
export const returning: Story = async () => {
  const both = await pair(true)
  try {
    const { log, said } = keepingWords()
    const store = await both.open({}, log)
    await keep(store, sampleUnit('a'))
    await both.old.kill()
    await promote(both)
    await back(store)
    await keep(store, sampleUnit('b'))
    await both.old.start()
    await sqlOn(both.old.url(), `alter system reset synchronous_standby_names`)
    await sqlOn(both.old.url(), 'select pg_reload_conf()')
    both.proxy.lead(both.old.port)
    let answer = ''
    await waitFor(async () => (answer = await outcome(store, 'c')) !== 'committed', 'a refusal')
    assert.is(answer, 'no')
    await waitFor(() => said.some((it) => it.includes('whose place another one has taken')), 'why')
    assert.equal([...(await keysOn(both.old.url()))], ['a'])
    both.proxy.lead(both.next.port)
    await back(store)
    await keep(store, sampleUnit('c'))
    assert.equal([...(await keysOn(both.next.url()))].sort(), ['a', 'b', 'c'])
  } finally {
    await both.close()
  }
}
