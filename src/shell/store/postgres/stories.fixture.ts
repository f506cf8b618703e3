// What stories of failing servers have in common: what a caller is told is true, and what was acknowledged is there once.

import { setTimeout as sleep } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import type { Log, Store } from '../../../gateway/ports.ts'
import { waitFor } from '../../wait.fixture.ts'
import { counted } from '../contract/samples.ts'
import type { Times } from './open.ts'
import type { Proxy } from './proxy.fixture.ts'
import { sqlOn } from './server.fixture.ts'
import type { TestServer } from './server.fixture.ts'
import { isBack, outcome } from './suite.fixture.ts'

/** Where a story happens. */
export interface Scene {
  readonly server: TestServer
  /** of an empty schema, without the proxy */
  readonly url: string
  readonly proxy: Proxy
  /** Opens a store by way of the proxy. */
  readonly open: (times?: Times, log?: Log) => Promise<Store>
}

/** One of them. */
export type Story = (scene: Scene) => Promise<void>

export const SILENT: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** What may be there of a unit, by what its caller was told. */
const HONEST: Readonly<Record<string, readonly number[]>> = {
  committed: [1],
  no: [0],
  unknown: [0, 1],
}

async function timesOf(url: string, key: string): Promise<readonly number[]> {
  const [row] = await sqlOn(
    url,
    `select (select count(*)::int from "leg" where "messageID" = 'message-${key}') as "legs",
      (select count(*)::int from "object" where "id" = '${key}') as "objects",
      (select count(*)::int from "event" where "subject" = '${key}') as "events"`,
  )
  return Object.values(row ?? {}) as readonly number[]
}

/** What was told of a unit is true, and sending it again makes it be there once. */
export async function judge(store: Store, url: string, key: string, answer: string): Promise<void> {
  await back(store)
  const [legs = 0] = await timesOf(url, key)
  assert.ok(HONEST[answer]?.includes(legs), `${key}: told ${answer}, is there ${legs} times`)
  assert.is(await outcome(store, key), legs === 0 ? 'committed' : 'duplicate', key)
  assert.equal(await timesOf(url, key), [1, 1, 1], key)
}

/** Waits until it answers. */
export function back(store: Store): Promise<void> {
  return waitFor(() => isBack(store), 'the store')
}

/** Writes while something happens. @returns what each was told */
export async function writing(
  store: Store,
  name: string,
  happening: () => Promise<void>,
): Promise<readonly (readonly [key: string, answer: string])[]> {
  const answers: [string, string][] = []
  let isOver = false
  const writers = counted(3).map(async (writer) => {
    for (let n = 0; !isOver || n === 0; n += 1) {
      const key = `${name}-${writer}-${n}`
      const answer = await outcome(store, key)
      answers.push([key, answer])
      if (answer !== 'committed') await sleep(10)
    }
  })
  await waitFor(() => answers.length >= 6, 'units before')
  await happening()
  await back(store)
  const { length } = answers
  await waitFor(() => answers.length >= length + 6, 'units after')
  isOver = true
  await Promise.all(writers)
  return answers
}

/** Objects that are there. */
export async function keysOn(url: string): Promise<ReadonlySet<string>> {
  const rows = await sqlOn(url, 'select "id" from "object"')
  return new Set(rows.map((it) => it['id'] as string))
}

/** Nothing acknowledged is lost, and nothing is there that was told not to be. */
export async function assertTrue(
  url: string,
  answers: readonly (readonly [key: string, answer: string])[],
): Promise<void> {
  const kept = await keysOn(url)
  for (const [key, answer] of answers)
    assert.ok(HONEST[answer]?.includes(kept.has(key) ? 1 : 0), `${key}: told ${answer}`)
}

/** The whole feed was told, in order. */
export async function assertTold(store: Store, told: readonly number[]): Promise<void> {
  const { last } = await store.horizon()
  await waitFor(() => told.length >= last, 'the whole feed')
  assert.equal(told, counted(last, 1))
}
