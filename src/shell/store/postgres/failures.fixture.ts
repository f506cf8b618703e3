// The ways in which a server and the way to it fail, each as a whole story: what a caller is told is true, what was
// acknowledged is there once, and the store goes on by itself. Run once each in the tests, and many times by
// `npm run test:cluster`.

import { setTimeout as sleep } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import type { Store } from '../../../gateway/ports.ts'
import { waitFor } from '../../wait.fixture.ts'
import { LATER, MUCH_LATER, claim, done, first, queued, sent } from '../contract/ledger.ts'
import { counted, keep, sampleUnit } from '../contract/samples.ts'
import { openServerStore } from '../server.ts'
import { addressIn } from './address.ts'
import { keepingTail, losingTail, returning } from './failover.fixture.ts'
import { startProxy } from './proxy.fixture.ts'
import { newSchema, sqlOn } from './server.fixture.ts'
import type { TestServer } from './server.fixture.ts'
import { SILENT, assertTold, assertTrue, judge, writing } from './stories.fixture.ts'
import type { Scene, Story } from './stories.fixture.ts'
import { follow, isBack, outcome } from './suite.fixture.ts'

/** Cuts every request of a transaction, one after the other, until there is no more to cut. */
function cutting(when: 'before' | 'after'): Story {
  return async ({ url, proxy, open }) => {
    const store = await open()
    const told = follow(store)
    const answers: string[] = []
    for (let step = 0; ; step += 1) {
      const key = `${when}-${step}`
      proxy.arm({ when, step, awayMs: step % 4 === 3 ? 100 : 0 })
      const answer = await outcome(store, key)
      if (!proxy.hasCut()) break
      await judge(store, url, key, answer)
      answers.push(answer)
    }
    // It begins, and it commits; in between is what it writes.
    assert.ok(answers.length >= 3, answers.join())
    const last = when === 'after' ? 'committed' : 'no'
    assert.equal(answers, [...answers.slice(1).map(() => 'no'), last])
    await assertTold(store, told)
  }
}

/** Away and there again, under writers: nothing acknowledged is lost. */
function away(happening: (server: TestServer) => Promise<void>): Story {
  return async ({ server, url, open }) => {
    const store = await open()
    const told = follow(store)
    const answers = await writing(store, 'away', () => happening(server))
    await assertTrue(url, answers)
    await assertTold(store, told)
  }
}

/** Holds the lock of all writers from outside, as a node that is stopped does. @returns how to let it go */
async function holding(url: string): Promise<() => Promise<void>> {
  const [row] = await sqlOn(
    url,
    `select "oid"::int as "oid" from pg_namespace where "nspname" = current_schema()`,
  )
  const held = sqlOn(
    url,
    `set application_name = 'holder'; select pg_advisory_lock(${0x63696d67}, ${row?.['oid'] as number}); select pg_sleep(60)`,
  ).catch(() => [])
  const holder = `"application_name" = 'holder' and "query" like '%pg_sleep%'`
  const isHeld = async () =>
    (
      await sqlOn(
        url,
        `select 1 from pg_locks join pg_stat_activity using ("pid") where "locktype" = 'advisory' and "granted" and ${holder}`,
      )
    ).length > 0
  await waitFor(isHeld, 'the lock')
  return async () => {
    await sqlOn(
      url,
      `select pg_terminate_backend("pid") from pg_stat_activity where ${holder} and "pid" <> pg_backend_pid()`,
    )
    await held
  }
}

/** calls at once, more than there are connections */
const MANY = 24

const exhausted: Story = async ({ url, open }) => {
  const store = await open()
  await keep(store, sampleUnit('before'))
  const letGo = await holding(url)
  const claims = counted(MANY).map((n) => claim(store, LATER, { holder: `${n}` }).catch(() => []))
  const answer = outcome(store, 'exhausted')
  await sleep(50)
  const reading = store.horizon().then(
    () => 'read',
    (error: { readonly code: string }) => error.code,
  )
  await letGo()
  await Promise.all(claims)
  assert.ok(['read', 'store-busy'].includes(await reading), await reading)
  await judge(store, url, 'exhausted', await answer)
}

const locked: Story = async ({ url, open }) => {
  const store = await open({ waitMs: 100 })
  await keep(store, sampleUnit('before'))
  const letGo = await holding(url)
  const answers = [await outcome(store, 'locked'), await outcome(store, 'locked')]
  // Whoever only reads is answered meanwhile.
  assert.ok(await isBack(store))
  await letGo()
  assert.equal(answers, ['no', 'no'])
  await judge(store, url, 'locked', 'no')
}

const slow: Story = async ({ url, open }) => {
  const store = await open({ mostMs: 200 })
  await keep(store, sampleUnit('before'))
  await sqlOn(
    url,
    `create function slow() returns trigger language plpgsql as 'begin perform pg_sleep(5); return new; end';
      create trigger slow before insert on "event" for each row execute function slow()`,
  )
  assert.is(await outcome(store, 'slow'), 'no')
  assert.ok(await isBack(store))
  await sqlOn(url, 'drop trigger slow on "event"')
  await judge(store, url, 'slow', 'no')
}

const standby: Story = async ({ server, url, open }) => {
  const store = await open()
  await keep(store, sampleUnit('before'))
  await server.become('standby')
  const answers: string[] = []
  await waitFor(async () => {
    answers.push(await outcome(store, 'standby'))
    return answers.at(-1) !== 'committed'
  }, 'a refusal')
  await server.become('primary')
  await judge(store, url, 'standby', answers.at(-1) ?? '')
}

const takenOver: Story = async ({ proxy, url, open }) => {
  const one = await open({ silentMs: 800 })
  const two = await openServerStore(addressIn(url, {}), SILENT, { silentMs: 800 })
  try {
    await keep(two, queued(counted(10).map((n) => sent(`${n}`))))
    const [held, own] = await Promise.all([
      claim(one, undefined, { holder: 'one', limit: 6, until: MUCH_LATER }),
      claim(two, undefined, { holder: 'two', limit: 4, until: MUCH_LATER }),
    ])
    const ids = [...held, ...own].map(({ leg }) => leg.id)
    assert.is(new Set(ids).size, 10, 'two have the same message')
    let due = 0
    two.onDue?.(() => (due += 1))
    proxy.end()
    await waitFor(() => due > 0, 'the lanes of the dead node')
    const taken = await claim(two, undefined, { holder: 'two', limit: 10, until: MUCH_LATER })
    assert.equal(taken.map(({ leg }) => leg.id).sort(), held.map(({ leg }) => leg.id).sort())
    assert.is((await two.commit(done(first(held)))).kind, 'late')
    for (const it of [...own, ...taken]) await keep(two, done(it))
    assert.equal(await claim(two, MUCH_LATER, { holder: 'two', limit: 10 }), [])
  } finally {
    await two.close()
  }
}

/** T15b: what fails, by its name. */
export const FAILURES = {
  'a transaction that is cut before each of its requests': cutting('before'),
  'a transaction that is cut after each of its requests': cutting('after'),
  'a restart of the database': away(async (server) => {
    await server.stop()
    await server.start()
  }),
  'a database that is killed': away(async (server) => {
    await server.kill()
    await server.start()
  }),
  'a pool that is exhausted': exhausted,
  'a lock that is not to be had': locked,
  'a statement that takes too long': slow,
  'a read-only standby in place of the server': standby,
  'a failover that keeps the tail': keepingTail,
  'a failover that loses the tail is told (which MessageIDs only a high-water file would know)':
    losingTail,
  'an old primary that comes back is left alone': returning,
  'two nodes, and the death of one that has leased': takenOver,
} as const satisfies Readonly<Record<string, Story>>

export type Failure = keyof typeof FAILURES

/** Lets it happen on a schema of its own. */
export async function fail(server: TestServer, failure: Failure): Promise<void> {
  const url = await newSchema(server)
  const proxy = await startProxy(server.port)
  const stores: Store[] = []
  const open: Scene['open'] = async (times = {}, log = SILENT) => {
    const by = url.replace(`:${server.port}`, `:${proxy.port}`)
    const store = await openServerStore(addressIn(by, {}), log, times)
    stores.push(store)
    return store
  }
  try {
    await FAILURES[failure]({ server, url, proxy, open })
  } finally {
    await Promise.all(stores.map((it) => it.close()))
    proxy.end()
  }
}
