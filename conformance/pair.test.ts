// Both ends of every scenario: reference peers keep to all of them, without so much as a warning, and nothing passes in silence.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openCimgate } from '../src/index.ts'
import type { Cimgate } from '../src/index.ts'
import { pair } from './engine/pair.ts'
import type { PairRun } from './engine/pair.ts'
import { planFor } from './engine/plan.ts'
import { unstated } from './modes.ts'
import { readRegister } from './register.ts'
import { caseOf, playedOf } from './script.ts'
import { groundOf } from './selftest/playing.ts'
import { loadXml } from './xml.ts'

const test = suite('conformance pair')
const register = readRegister()
const all = register.scripts.flatMap(playedOf)
let cimgate: Cimgate
test.before(async () => {
  await loadXml()
  cimgate = await openCimgate()
})
test.after(() => cimgate.close())

async function ran(only: readonly string[], more: Partial<PairRun> = {}) {
  const capability = unstated({ mode: 'pair', wait: 1, header: {} }, register)
  const scenarios = all.map(caseOf)
  const none = '0'.repeat(64)
  return pair({
    ...{ register, capability, waivers: [], seed: 'seed', strict: false },
    plan: planFor(capability, { ...register, scenarios }, { only, strict: false }),
    suite: { name: 'cimgate conformance', version: 'test', hash: none, schemas: none, node: '' },
    ...{ now: () => '2026-11-29T20:00:00Z', progress: () => undefined },
    judge: groundOf(register, cimgate, 'seed').judge,
    scripts: new Map(all.map((it) => [it.branch.id, it])),
    ...more,
  })
}

for (const { id } of register.scripts)
  test(`${id}: reference peers keep to every branch`, async () => {
    const { results, exitCode } = await ran([id])
    const said = results.cases.flatMap(({ id: branch, verdict, why, findings, steps }) => [
      ...(verdict === 'pass' ? [] : [`${branch}: ${verdict} ${why ?? ''}`]),
      ...findings.map((it) => `${branch}#${it.step} ${it.requirement} ${it.blame}: ${it.message}`),
      ...steps.flatMap((it) => (it.why === undefined ? [] : [`${branch}#${it.id}: ${it.why}`])),
    ])
    assert.equal(said, [])
    assert.is(exitCode, 0)
    const judged = results.cases.filter((it) => it.layers.L7 === 'pass')
    assert.is(judged.length, results.cases.length, 'order and invariants are judged in each')
  })

test('every step of a script is due, forbidden or optional in some branch', () => {
  for (const { id, steps, branches } of register.scripts) {
    const named = new Set(branches.flatMap(({ passes, never }) => [...passes, ...never]))
    const idle = steps.filter((it) => !named.has(it.id) && it.optional !== true)
    assert.equal(
      idle.map((it) => it.id),
      [],
      id,
    )
  }
})

test.run()
