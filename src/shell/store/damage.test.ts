// Data folders that are damaged (T2). `npm run test:crash` damages 120 of them.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import { seeded } from '../websocket/load.fixture.ts'
import { DAMAGES, damagedIn } from './damage.fixture.ts'
import type { Damaged } from './damage.fixture.ts'

const test = suite('store: damage')

const SEED = 2
const home = mkdtempSync(join(tmpdir(), 'cimgate-damage-'))
let folders: Damaged

test.before(async () => {
  folders = await damagedIn(home)
})
test.after(() => rmSync(home, { recursive: true, force: true }))

for (const [what, damage] of Object.entries(DAMAGES))
  test(`T2: ${what}: whole, or refused with a remedy (seed ${SEED})`, async () => {
    await damage(folders, seeded(SEED))
  })

test.run()
