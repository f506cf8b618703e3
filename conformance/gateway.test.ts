// cimgate itself as a product in the scenarios of customer services: where it orchestrates its flows, it is Customer Support,
// and keeps to every branch of S-4-1 to S-4-3 that a product can be led into.

import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openCimgate } from '../src/index.ts'
import type { Cimgate } from '../src/index.ts'
import { openScene } from '../src/serve/scene.fixture.ts'
import type { Scene } from '../src/serve/scene.fixture.ts'
import { saidOf } from './cimgate-product.fixture.ts'
import type { Role } from './shapes.ts'
import { loadXml } from './xml.ts'

/** The parties around it, each where the tester has put it; the tester speaks under one key for all of them. */
const ROLES: Readonly<Record<string, Role>> = {
  ...{ customer: 'CUST', 'dso-eng': 'ENG', wms: 'WMS', 'derms-cs': 'DCS' },
}

/** As the README has it, each party where the tester has put it. */
function configOf(outside: string): string {
  const readme = readFileSync(new URL('../../conformance/README.md', import.meta.url), 'utf8')
  const [, block = ''] = /```yaml\n(source: CIS\n[^`]*)```/.exec(readme) ?? []
  return block.replace(/^ {2}([\w-]+): (.*)url: …/gm, `  $1: $2url: "${outside}/$1"`)
}

const test = suite('conformance of cimgate')
let cimgate: Cimgate
let scene: Scene
test.before(async () => {
  await loadXml()
  cimgate = await openCimgate()
  process.env['TESTER_KEY'] = 'key-of-tester'
  scene = await openScene(configOf)
})
test.after(async () => {
  await scene.close()
  await cimgate.close()
})

test('S-4-1, S-4-2, S-4-3: it is Customer Support in each branch, and what it says is right', async () => {
  const product = { scene, tester: 'tester', roles: ROLES, products: new Set(['CIS'] as const) }
  const { said, unplayed } = await saidOf('S-4-', { ...product, as: () => 'CIS' }, cimgate)
  const expected = [
    'S-4-1/de-enrolled: not-applicable CIS had nothing to do in it: no step came from there, and no answer had to say more than OK',
    'S-4-2/done-via-WMS: not-applicable CIS would have to be one that sends work to WMS first',
    'S-4-2/all-or-none: not-applicable it tests WMS',
    'S-4-2/each-for-itself: not-applicable it tests WMS',
  ]
  assert.equal(said, expected)
  assert.is(unplayed, 0)
})

test.run()
