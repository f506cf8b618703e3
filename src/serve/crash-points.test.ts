// kill -9 at every named point: whoever got no answer may ask again, and it has one effect. `npm run test:crash` does the
// same many times more.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CRASH_POINTS } from '../shell/store/crash.ts'
import { POINTS, killAt } from './crash.fixture.ts'
import { endAll } from './process.fixture.ts'

const test = suite('serve: kill -9 at a point')
test.after(endAll)

for (const point of CRASH_POINTS)
  test(`T1b: a blind retry has one effect after kill -9 at ${point}`, async () => {
    await killAt(point, 1)
  })

test('T1b: every point is reached', () => {
  assert.equal(Object.keys(POINTS), [...CRASH_POINTS])
})

test.run()
