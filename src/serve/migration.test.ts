// A queue that an earlier version has left: the tables are brought forward, whatever happens meanwhile, and all of it is
// delivered. `npm run test:crash` does it with every version, and dies at every statement.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { EARLIER, bringForward, statementsFrom } from './migration.fixture.ts'
import { endAll } from './process.fixture.ts'

const test = suite('serve: migration')
test.after(endAll)

/** The first statement, one between, and the last, which has all before it done. */
function killedAt(version: number): readonly number[] {
  const last = statementsFrom(version)
  return [1, Math.ceil(last / 2), last]
}

/** Between the oldest and the newest lie the same statements. */
const ENDS = [...new Set([EARLIER[0], EARLIER.at(-1)])].filter((it) => it !== undefined)

for (const version of ENDS)
  test(`T1b: a full queue of version ${version} survives kill -9 in its migration, and is delivered in order`, async () => {
    await bringForward(version, killedAt(version))
  })

test('T1b: an earlier version had a queue', () => {
  assert.ok(EARLIER.length > 0)
})

test.run()
