// kill -9: what was acknowledged is there once, as a whole and in order, and whoever got no answer may ask again.
// `npm run test:crash` does the same many times more.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CRASH_POINTS } from '../shell/store/crash.ts'
import { POINTS, killAt, killAtRandom } from './crash.fixture.ts'
import { fillStore, readyAfterKills } from './full-store.fixture.ts'
import { endAll, newFolder } from './process.fixture.ts'

const test = suite('serve: kill -9')
test.after(endAll)

test('T1: nothing that was acknowledged is lost, doubled or torn by 8 kills at random moments', async () => {
  const { kills, acked } = await killAtRandom(8)
  assert.is(kills, 8)
  assert.ok(acked >= 8 * 50, `${acked} acknowledgements`)
})

test('T1: a gateway with thousands of messages is ready again, with all of what came before the kill', async () => {
  const folder = newFolder()
  await fillStore(folder, 5_000)
  assert.is((await readyAfterKills(folder, 1)).length, 1)
})

for (const point of CRASH_POINTS)
  test(`T1b: a blind retry has one effect after kill -9 at ${point}`, async () => {
    await killAt(point, 1)
  })

test('T1b: every point is reached', () => {
  assert.equal(Object.keys(POINTS), [...CRASH_POINTS])
})

test.run()
