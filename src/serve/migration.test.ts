// A queue that an earlier version has left: the tables are brought forward, whatever happens meanwhile, and all of it is
// delivered.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { MIGRATIONS, SCHEMA_VERSION } from '../shell/store/migrations.ts'
import { makeEarlier } from './earlier-version.fixture.ts'
import { endAll, newFolder, start, startIn } from './process.fixture.ts'
import { judgeSent, newSenders, openCarrier, queueUp } from './sending.fixture.ts'

const test = suite('serve: migration')
test.after(endAll)

/** messages of each of so many groups: more than are sent at once */
const [GROUPS, EACH] = [40, 5] as const

/** Versions that had a queue. */
const EARLIER = MIGRATIONS.flatMap((_, n) => {
  const tables = MIGRATIONS.slice(0, n + 1)
    .flat()
    .join('\n')
  return n + 1 < SCHEMA_VERSION && tables.includes('create table "outbox"') ? [n + 1] : []
})

/** Every statement from the oldest version on, which is all there are; from a later one, the first and the last that are left. */
function killedAt(version: number): readonly number[] {
  const { length } = MIGRATIONS.slice(version).flat()
  const all = Array.from({ length }, (_, at) => at + 1)
  return version === EARLIER[0] ? all : [...new Set([1, length])]
}

for (const version of EARLIER)
  test(`T1b: a full queue of version ${version} survives kill -9 in its migration, and is delivered in order`, async () => {
    const carrier = await openCarrier()
    try {
      carrier.hold(true)
      const [folder, args] = [newFolder(), ['--config', carrier.config(newFolder())]]
      const before = await start(folder, ...args)
      const senders = newSenders(GROUPS, false)
      await queueUp(before.address, senders, EACH)
      await before.end('SIGKILL')
      makeEarlier(folder, version)
      for (const n of killedAt(version)) {
        const died = await startIn({ CIMGATE_CRASH_AT: `in-migration:${n}` }, folder, ...args).then(
          () => 'went on',
          () => 'died',
        )
        assert.is(died, 'died', `statement ${n}`)
      }
      carrier.hold(false)
      const after = await start(folder, ...args)
      await judgeSent(after.address, senders, carrier, `version ${version}`)
      assert.is(new Set(carrier.heard.map((it) => it.messageID)).size, GROUPS * EACH)
      assert.is(await after.end('SIGTERM'), 0)
    } finally {
      await carrier.close()
    }
  })

test('T1b: an earlier version had a queue', () => {
  assert.ok(EARLIER.length > 0)
})

test.run()
