// A fault of the WebAssembly machine cannot be made by a document that we know of. Here one is made by hand, in a
// process of its own, because it spoils the engine for all other tests.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const test = suite('trap')

test('is no verdict, and sends what follows to a sound engine', () => {
  const script = fileURLToPath(new URL('trap.fixture.js', import.meta.url))
  const { stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' })
  assert.ok(stdout, stderr)
  assert.equal(JSON.parse(stdout), {
    before: 'valid',
    result: { failure: 'memory access out of bounds' },
    trapped: true,
    after: 'valid',
  })
})

test.run()
