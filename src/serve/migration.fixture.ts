// A queue that an earlier version has left, and a gateway that dies of bringing its tables forward, again and again.

import * as assert from 'uvu/assert'
import { MIGRATIONS, SCHEMA_VERSION } from '../shell/store/migrations.ts'
import { makeEarlier } from './earlier-version.fixture.ts'
import { newFolder, start, startIn } from './process.fixture.ts'
import { judgeSent, newSenders, openCarrier, queueUp } from './sending.fixture.ts'

/** messages of each of so many groups: more than are sent at once */
const [GROUPS, EACH] = [40, 5] as const

/** Versions that had a queue. */
export const EARLIER: readonly number[] = MIGRATIONS.flatMap((_, n) => {
  const tables = MIGRATIONS.slice(0, n + 1)
    .flat()
    .join('\n')
  return n + 1 < SCHEMA_VERSION && tables.includes('create table "outbox"') ? [n + 1] : []
})

/** How many statements bring a version forward. */
export const statementsFrom = (version: number): number => MIGRATIONS.slice(version).flat().length

/**
 * A full queue of a version: all of it is delivered once, in order, by a gateway that starts after others have died.
 * @param killedAt at which statements, from 1
 */
export async function bringForward(version: number, killedAt: readonly number[]): Promise<void> {
  const carrier = await openCarrier()
  try {
    carrier.hold(true)
    const [folder, args] = [newFolder(), ['--config', carrier.config(newFolder())]]
    const before = await start(folder, ...args)
    const senders = newSenders(GROUPS, false)
    await queueUp(before.address, senders, EACH)
    await before.end('SIGKILL')
    makeEarlier(folder, version)
    for (const n of killedAt) await dies(folder, n, args)
    carrier.hold(false)
    const after = await start(folder, ...args)
    await judgeSent(after.address, senders, carrier, `version ${version}`)
    assert.is(new Set(carrier.heard.map((it) => it.messageID)).size, GROUPS * EACH)
    assert.is(await after.end('SIGTERM'), 0)
  } finally {
    await carrier.close()
  }
}

async function dies(folder: string, n: number, args: readonly string[]): Promise<void> {
  const end = await startIn({ CIMGATE_CRASH_AT: `in-migration:${n}` }, folder, ...args).then(
    () => 'went on',
    () => 'died',
  )
  assert.is(end, 'died', `statement ${n}`)
}
