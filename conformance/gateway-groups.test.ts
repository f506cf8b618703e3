// cimgate itself as a product in the scenarios of groups: where it orchestrates its requests it is Customer Support and DERMS
// Customer Support in one, and keeps to every branch of S-5-1 and S-5-2 that a product can be led into.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openCimgate } from '../src/index.ts'
import type { Cimgate } from '../src/index.ts'
import { auth, openScene } from '../src/serve/scene.fixture.ts'
import type { Scene } from '../src/serve/scene.fixture.ts'
import { saidOf } from './cimgate-product.fixture.ts'
import type { Product } from './cimgate-product.fixture.ts'
import { textAt } from './find.ts'
import type { Role } from './shapes.ts'
import { loadXml, readXml } from './xml.ts'

/** The parties around it, each where the tester has put it; the tester speaks under one key for all of them. */
const ROLES: Readonly<Record<string, Role>> = { aggregator: 'AGG', derms: 'DOP', 'dso-dms': 'OPS' }
const PRODUCTS: ReadonlySet<Role> = new Set(['CIS', 'DCS'])
const CONFIG = (outside: string) => `
source: CIS
parties:
  tester: {${auth('tester')}, operator: true, sources: [AGG, CUST, ENG, OPS, DOP]}
${Object.keys(ROLES)
  .map((it) => `  ${it}: {binding: {type: cim-xml, url: "${outside}/${it}"}}`)
  .join('\n')}
routes:
  - {when: {noun: DERGroups, verb: [create, change, delete, execute], from: CIS}, to: derms}
  - {when: {noun: DERGroupRequests, verb: changed, from: CIS}, to: aggregator}
  - {to: local}
flows: {der-group-request: {orchestrate: true}}
`

const test = suite('conformance of cimgate, groups')
let cimgate: Cimgate
let scene: Scene
test.before(async () => {
  await loadXml()
  cimgate = await openCimgate()
  scene = await openScene(CONFIG)
})
test.after(async () => {
  await scene.close()
  await cimgate.close()
})

/** What a person at Customer Support does with a request to form a group: what the rules allow is approved, else rejected. */
async function decide(bytes: Uint8Array): Promise<void> {
  const root = readXml(bytes)
  const at = 'Payload/DERGroupRequests/DERGroupRequest'
  if (textAt(root, `${at}/action`) !== 'form') return
  const path = `/api/v1/der-group-requests/${textAt(root, `${at}/mRID`)}`
  const step = async (name: string) =>
    (await scene.ask('tester', 'POST', `${path}:${name}`)).status === 200
  if (!(await step('check-compliance')) || !(await step('approve'))) await step('reject')
}

test('S-5-1, S-5-2: it is both Customer Supports in each branch, and what it says is right', async () => {
  const product: Product = {
    ...{ scene, tester: 'tester', roles: ROLES, products: PRODUCTS, taken: decide },
    as: (to) => (to === 'DOP' ? 'DCS' : 'CIS'),
  }
  const { said, unplayed } = await saidOf('S-5-', product, cimgate)
  assert.equal(said, [])
  assert.is(unplayed, 0)
})

test.run()
