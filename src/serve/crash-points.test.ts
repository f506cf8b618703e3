// kill -9 at named points: whoever got no answer may ask again, and it has one effect. Every other point here; `npm run test:crash`
// has all of them, many times.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CRASH_POINTS } from '../shell/store/crash.ts'
import { POINTS, killAt } from './crash.fixture.ts'
import { endAll } from './process.fixture.ts'

const test = suite('serve: kill -9 at a point')
test.after(endAll)

for (const point of CRASH_POINTS.filter((_, at) => at % 2 === 0))
  test(`T1b: a blind retry has one effect after kill -9 at ${point}`, async () => {
    await killAt(point, 1)
  })

test('T1b: every point is reached', () => {
  assert.equal(Object.keys(POINTS), [...CRASH_POINTS])
})

test.run()
