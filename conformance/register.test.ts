// The data of the suite is whole: requirements, scripts, and the rules of the envelope that it judges by.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openCimgate } from '../src/index.ts'
import type { Cimgate } from '../src/index.ts'
import { compose } from './engine/compose.ts'
import { lintCoverage } from './lint-coverage.ts'
import { lint, readRegister, scenarioOf } from './register.ts'
import type { Requirement } from './shapes.ts'

const test = suite('conformance register')
const register = readRegister()

test('what judges and what is in the register belong together', () => {
  const requirements = [...register.requirements.values()]
  const cases = [...register.scenarios, ...register.clients.map(scenarioOf)]
  assert.equal(lintCoverage(requirements, cases), [])
  const without = (id: string) => requirements.filter((it) => it.id !== id)
  for (const id of ['TRN-01', 'COR-01', 'VRB-01', 'PAY-01'])
    assert.match(lintCoverage(without(id), cases).join(), `${id} is judged`)
  assert.match(lintCoverage(requirements, []).join(), 'requirement GRP-02: nothing tests it')
})

test.before(async () => void (cimgate = await openCimgate()))
test.after(() => cimgate.close())
let cimgate: Cimgate

for (const scenario of register.scenarios)
  test(`${scenario.id}: a message without an edit is valid`, async () => {
    const names = scenario.steps.flatMap((it) => Object.keys(it.capture ?? {}))
    const captured = Object.fromEntries(names.map((it) => [it, 'captured']))
    const place = { seed: 'x', scenario: scenario.id, source: 'tester', captured }
    for (const step of scenario.steps.filter((it) => it.resend === undefined)) {
      const { xml } = compose(step, {
        ...place,
        now: '2026-07-14T09:00:00Z',
        payload: register.payload,
      })
      if (step.edits !== undefined || step.expect?.some((it) => it.refused)) continue
      const { findings } = await cimgate.validate(new TextEncoder().encode(xml))
      const said = findings.filter((it) => it.severity === 'error').map((it) => it.message)
      assert.equal(said, [], `step ${step.id}`)
    }
  })

const [requirement] = [...register.requirements.values()]
const [scenario] = register.scenarios

/** [what is planted, what is said] */
const PLANTED: readonly (readonly [string, () => readonly string[], RegExp])[] = [
  [
    'a requirement twice',
    () => lint([requirement, requirement] as readonly Requirement[], []),
    /is there twice/,
  ],
  [
    'a case twice',
    () => lint([...register.requirements.values()], [scenario!, scenario!]),
    /is there twice/,
  ],
  ['a requirement that nobody knows', () => lint([], [scenario!]), /is not in the register/],
  [
    'a step that waits for a later one',
    () =>
      lint(
        [...register.requirements.values()],
        [{ ...scenario!, steps: scenario!.steps.map((it) => ({ ...it, after: ['9'] })) }],
      ),
    /step 9 does not come before it/,
  ],
]

for (const [what, planted, said] of PLANTED)
  test(`the lint finds ${what}`, () => assert.match(planted().join('\n'), said))

test.run()
