// kill -9 at random moments: what was acknowledged is there once, as a whole and in order. `npm run test:crash` does the
// same many times more.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { killAtRandom } from './crash.fixture.ts'
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

test.run()
