// cimgate itself as a product in the scenarios of groups: where it orchestrates its requests it is Customer Support and DERMS
// Customer Support in one, and keeps to every branch of S-5-1 and S-5-2 that a product can be led into.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openCimgate } from '../src/index.ts'
import type { Cimgate } from '../src/index.ts'
import { settled } from '../src/serve/orchestration.fixture.ts'
import { auth, openScene } from '../src/serve/scene.fixture.ts'
import type { Scene } from '../src/serve/scene.fixture.ts'
import { pair } from './engine/pair.ts'
import type { Away } from './engine/pair.ts'
import { planFor } from './engine/plan.ts'
import { textAt } from './find.ts'
import { unstated } from './modes.ts'
import { openStage } from './peers/stage.ts'
import { writeXml } from './peers/write.ts'
import { readRegister } from './register.ts'
import { caseOf, playedOf } from './script.ts'
import { groundOf } from './selftest/playing.ts'
import type { Role } from './shapes.ts'
import type { Transport } from './transport/answer.ts'
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
const register = readRegister()
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

const way: Transport = {
  name: 'http-xml',
  send: async (bytes) => {
    const { status, text, headers } = await scene.send('tester', bytes)
    if (/<Result>OK/.test(text)) await decide(bytes)
    const contentType = headers.get('content-type') ?? ''
    return { kind: 'answered', status, contentType, bytes: new TextEncoder().encode(text) }
  },
}

function away(judge: ReturnType<typeof groundOf>['judge']): Away {
  return {
    ...{ products: PRODUCTS, target: scene.address, transport: 'http' },
    open: async (peers, { branch }, meanwhile) => {
      const stage = openStage(peers, {
        ...{ judge, seed: branch.id, begins: new Date().toISOString(), meanwhile },
        outside: {
          now: () => new Date().toISOString(),
          wayTo: (to) => (PRODUCTS.has(to) ? way : undefined),
          quiet: () =>
            settled(scene, 'tester').catch(async (e) => {
              console.log(
                branch.id,
                (await scene.ask('tester', 'GET', '/api/v1/messages?limit=12')).text.slice(0, 6000),
              )
              throw e
            }),
        },
      })
      scene.behave(async ({ party, body }, response) => {
        const to = ROLES[party] ?? 'AGG'
        const from = to === 'DOP' ? 'DCS' : 'CIS'
        const { message, status } = await stage.hear(from, to, await judge(Buffer.from(body)))
        const text = message === undefined ? '' : writeXml(message)
        response.writeHead(status, { 'Content-Type': 'application/xml' }).end(text)
      })
      return { ground: stage, close: async () => undefined }
    },
  }
}

test('S-5-1, S-5-2: it is both Customer Supports in each branch, and what it says is right', async () => {
  const { judge } = groundOf(register, cimgate, 'seed')
  const played = register.scripts.filter(({ id }) => id.startsWith('S-5-')).flatMap(playedOf)
  const capability = unstated({ mode: 'pair', wait: 1, header: {} }, register)
  const hash = '0'.repeat(64)
  const scenarios = played.map(caseOf)
  const { results } = await pair({
    ...{ register, capability, judge, seed: 'seed', waivers: [], strict: false },
    plan: planFor(capability, { ...register, scenarios }, { only: [], strict: false }),
    suite: { name: 'cimgate conformance', version: 'test', hash, schemas: hash, node: '' },
    ...{ now: () => new Date().toISOString(), progress: () => undefined },
    scripts: new Map(played.map((it) => [it.branch.id, it])),
    away: away(judge),
  })
  const said = results.cases.flatMap(({ id, verdict, why, findings }) => [
    ...(verdict === 'pass' ? [] : [`${id}: ${verdict} ${why ?? ''}`]),
    ...findings.map((it) => `${id}#${it.step} ${it.requirement}: ${it.message}`),
  ])
  // It takes a request without members for one that withholds them, as third parties do: a SHOULD.
  assert.equal(
    said.map((it) => it.replace(/ None of .*/, '')),
    ['S-5-1/empty: warning ', 'S-5-1/empty#S-5-1/1 GFO-10:'],
  )
  assert.is(results.cases.length, played.length)
})

test.run()
