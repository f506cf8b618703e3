// Gateways on a PostgreSQL server that is killed under load, and two of them on one database.

import { setTimeout as sleep } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import { newSchema, sqlOn } from '../shell/store/postgres/server.fixture.ts'
import type { TestServer } from '../shell/store/postgres/server.fixture.ts'
import { waitFor } from '../shell/wait.fixture.ts'
import { assertWhole, subscriber } from '../shell/websocket/client.fixture.ts'
import { newFolder, startIn } from './process.fixture.ts'
import type { Served } from './process.fixture.ts'
import { countsOf, judge, newWriters, persist } from './writers.fixture.ts'

/** Starts a gateway on a database. */
export function serveOn(
  url: string,
  folder = newFolder(),
  ...more: readonly string[]
): Promise<Served> {
  return startIn({ CIMGATE_DATABASE: url }, folder, ...more)
}

/** Kills the server under load, so many times, then the gateway; judges what is there. @returns refused messages */
export async function withoutDatabase(
  server: TestServer,
  { kills, each }: { readonly kills: number; readonly each: number },
): Promise<number> {
  const url = await newSchema(server)
  const served = await serveOn(url)
  const writers = newWriters()
  const acked = () => countsOf(writers).acked
  const writing = persist(served.address, writers, () => acked() < (kills + 1) * each)
  for (let n = 1; n <= kills; n += 1) {
    await waitFor(() => acked() >= n * each, 'messages before the kill')
    await server.kill()
    await sleep(AWAY_MS)
    await server.start()
  }
  const refused = await writing
  assert.ok(refused > 0, 'nothing was refused')
  await judge(served.address, writers, 0, 'the same process')
  await served.end('SIGKILL')
  const again = await serveOn(url)
  await judge(again.address, writers, 0, 'the next process')
  await again.end('SIGTERM')
  return refused
}

/** Long enough to be noticed. */
const AWAY_MS = 100

/** Has two gateways accept so many messages each; judges both. */
export async function besideEachOther(server: TestServer, each: number): Promise<void> {
  const url = await newSchema(server)
  const both = await Promise.all([serveOn(url), serveOn(url)])
  const listening = await Promise.all(both.map(({ address }) => subscriber(portOf(address))))
  const writers = newWriters()
  const half = writers.length / 2
  await Promise.all(
    both.map(({ address }, n) => {
      const own = writers.slice(n * half, (n + 1) * half)
      return persist(address, own, () => countsOf(own).acked < each)
    }),
  )
  for (const { address } of both) await judge(address, writers, 0, 'both gateways')
  const [row] = await sqlOn(url, `select count(*)::int as "n" from "leg" where "direction" = 'in'`)
  assert.ok((row?.['n'] as number) >= 2 * each)
  for (const it of listening) {
    const [row] = await sqlOn(url, `select max("seq")::int as "last" from "event"`)
    const last = row?.['last'] as number
    await it.until(last)
    assertWhole(it, 0, last)
    it.socket.terminate()
  }
  for (const it of both) assert.is(await it.end('SIGTERM'), 0)
}

function portOf(address: string): number {
  return Number(new URL(address).port)
}
