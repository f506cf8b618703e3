// For tests only: a million Nonces in the store of a folder. Memory stays where it was, a restart forgets none of them, and
// what is too old goes.

import * as assert from 'uvu/assert'
import { REPLAY_WINDOW_MS } from '../../gateway/replay-detection.ts'
import type { NonceUse } from '../../gateway/replay-detection.ts'
import type { Store } from '../../gateway/ports.ts'
import { openStore } from '../../shell/store/index.ts'
import { newFolder } from '../process.fixture.ts'
import type { Attack, Attacking, Counts } from './attack.fixture.ts'

/** messages that come at once */
const AT_ONCE = 2_000
const MIB = 2 ** 20
/** above what there was after the first of them */
const MOST_MIB = 150
const START = Date.parse('2026-11-01T00:00:00.000Z')

/** T16 */
export const REPLAYS: Attack = {
  id: 'T16',
  about: 'no Nonce is let in twice, after a restart neither, and however many there are',
  full: 1_000_000,
  run: replays,
}

async function replays({ count, attempt }: Attacking): Promise<Counts> {
  const folder = newFolder()
  let store = await openStore(folder)
  let residentMiB = 0
  await attempt(`${count} Nonces are let in, and memory stays bounded`, async () => {
    residentMiB = await letIn(store, count)
    assert.ok(residentMiB <= MOST_MIB, `${residentMiB} MiB more than after the first ${AT_ONCE}`)
  })
  await store.close()
  store = await openStore(folder)
  const step = Math.max(1, Math.floor(count / 1_000))
  for (let n = 0; n < count; n += step)
    await attempt(`Nonce ${n} is refused after a restart`, async () =>
      assert.is(await used(store, n, 'another'), 'used'),
    )
  await attempt('what is too old goes, and is refused all the same', async () => {
    const forgetBefore = new Date(START + 2 * REPLAY_WINDOW_MS).toISOString()
    for (let n = 0; n < 50; n += 1)
      await commit(store, { nonce: `late ${n}`, createdAt: forgetBefore, forgetBefore })
    assert.is(await used(store, 0, 'another'), 'old')
  })
  await store.close()
  return { nonces: count, residentMiB }
}

/** @returns MiB that it has taken, after the first of them */
async function letIn(store: Store, count: number): Promise<number> {
  let first = 0
  let most = 0
  for (let from = 0; from < count; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, n) => from + n)
    const kinds = await Promise.all(some.map((n) => used(store, n, 'first')))
    assert.ok(kinds.every((it) => it === 'committed'))
    const resident = process.memoryUsage().rss / MIB
    first ||= resident
    most = Math.max(most, resident)
  }
  return Math.round(most - first)
}

function used(store: Store, n: number, message: string): Promise<string> {
  const createdAt = new Date(START + (n % REPLAY_WINDOW_MS)).toISOString()
  return commit(store, { nonce: `nonce ${n}`, createdAt, message })
}

async function commit(store: Store, changes: Partial<NonceUse>): Promise<string> {
  const use = { party: 'north', nonce: '', createdAt: '', message: 'm', mayRepeat: false }
  const nonce = { ...use, forgetBefore: '', ...changes }
  return (await store.commit({ puts: [], removals: [], events: [], nonce })).kind
}
