// T14, small; `npm run test:sockets` runs a hundred rounds.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { seeded } from '../shell/websocket/load.fixture.ts'
import { endAll } from './process.fixture.ts'
import { endUnderLoad } from './sigterm.fixture.ts'

const test = suite('serve: SIGTERM')

test.after(endAll)

test('T14: three SIGTERM under load fail nothing that was begun, and lose nothing', async () => {
  const seed = Date.now() % 1_000_000
  const { acknowledged } = await endUnderLoad(3, seeded(seed))
  assert.ok(acknowledged >= 15, `seed ${seed}`)
})

test.run()
