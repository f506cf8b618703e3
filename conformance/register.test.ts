// The data of the suite is whole: requirements, scripts, and the rules of the envelope that it judges by.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openCimgate } from '../src/index.ts'
import type { Cimgate } from '../src/index.ts'
import { compose } from './engine/compose.ts'
import { lintInterop } from './interop.ts'
import { lintCoverage } from './lint-coverage.ts'
import { lintProbes } from './lint-probes.ts'
import { lintScript } from './lint-scripts.ts'
import { lint, readRegister, scenarioOf } from './register.ts'
import { caseOf, playedOf } from './script.ts'
import type { Requirement, Scenario, Script, Step } from './shapes.ts'

const test = suite('conformance register')
const register = readRegister()

test('what judges and what is in the register belong together', () => {
  const requirements = [...register.requirements.values()]
  const branches = register.scripts.flatMap(playedOf).map(caseOf)
  const cases = [...register.scenarios, ...register.clients.map(scenarioOf), ...branches]
  assert.equal(lintCoverage(requirements, cases), [])
  const without = (id: string) => requirements.filter((it) => it.id !== id)
  for (const id of ['TRN-01', 'COR-01', 'VRB-01', 'PAY-01'])
    assert.match(lintCoverage(without(id), cases).join(), `${id} is judged`)
  assert.match(lintCoverage(requirements, []).join(), 'requirement GRP-02: nothing tests it')
})

test.before(async () => void (cimgate = await openCimgate()))
test.after(() => cimgate.close())
let cimgate: Cimgate

const branches = register.scripts.flatMap(playedOf).map(caseOf)
for (const scenario of [...register.scenarios, ...branches])
  test(`${scenario.id}: a message without an edit is valid`, async () => {
    const names = scenario.steps.flatMap((it) => Object.keys(it.capture ?? {}))
    const captured = Object.fromEntries(names.map((it) => [it, 'captured']))
    const place = { seed: 'x', scenario: scenario.id, source: 'tester', captured }
    for (const step of scenario.steps.filter((it) => (it.resend ?? it.answers) === undefined)) {
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

test('each interoperability case has cases, or says why it has none', () => {
  const { interop, scenarios, clients, scripts } = register
  const branches = scripts.flatMap((it) => it.branches)
  const cases = new Set([...scenarios, ...clients, ...branches].map((it) => it.id))
  assert.equal(lintInterop(interop, cases), [])
  assert.equal(lintInterop(interop.slice(1), cases), ['interop.json: IT-01 is missing'])
  assert.match(lintInterop(interop, new Set()).join(), 'IT-16: case DERG-1a is not in the register')
  const bare = interop.map(({ untested: _, ...it }) => ({ ...it, cases: [] }))
  const said = lintInterop(bare, cases)
  assert.is(said.length, interop.length)
  assert.match(said[0] ?? '', /IT-01 has neither cases nor a reason/)
})

test('a case is known by the ids of the index, and belongs to the profiles of its rows', () => {
  const of = (id: string) => register.scenarios.find((it) => it.id === id)
  assert.equal(of('DERG-1a')?.aliases, ['IT-16'])
  assert.equal(of('100/verb/update')?.aliases, ['IT-40', 'AC-0d'])
  assert.equal(of('DERG-1a')?.profiles, ['C-GRP'])
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

const SCRIPT: Script = {
  ...{ id: 'S-0', title: 'a script', source: 'a test', profiles: [], roles: ['AGG', 'CIS'] },
  prepares: [],
  steps: [
    {
      ...{ id: 'S-0/1', title: 'asks', from: 'AGG', to: 'CIS', kind: 'request', verb: 'create' },
      ...{ noun: 'DERGroupRequests', basis: 'T' },
    },
    {
      ...{ id: 'S-0/2', title: 'answers', from: 'CIS', to: 'AGG', kind: 'reply', verb: 'reply' },
      ...{ noun: 'DERGroupRequests', basis: 'I', after: ['S-0/1'] },
    },
  ],
  invariants: [],
  branches: [
    {
      ...{ id: 'S-0/asked', title: 'it is asked', passes: ['S-0/1'], never: [] },
      says: [
        {
          ...{ id: 'ask', from: 'AGG', to: 'CIS', kind: 'request', verb: 'create' },
          noun: 'DERGroupRequests',
        },
      ],
    },
  ],
}
const NAMED = {
  requirements: register.requirements,
  hasPayload: () => false,
  hasManner: () => false,
}
const [asks, answers] = SCRIPT.steps
const [branch] = SCRIPT.branches
const branchWith = (more: Partial<Script['branches'][number]>) => ({
  branches: [{ ...branch!, ...more }],
})

/** [what is planted in a script, what is said] */
const IN_SCRIPTS: readonly (readonly [Partial<Script>, RegExp])[] = [
  [{ steps: [asks!, { ...asks!, from: 'AGG' }] }, /S-0\/1 is there twice/],
  [{ steps: [{ ...asks!, id: 'X/1' }] }, /X\/1 is none of its ids/],
  [{ steps: [{ ...asks!, noun: '◊Thing' }] }, /no profile has a noun for ◊Thing/],
  [{ steps: [{ ...asks!, to: 'DOP' }] }, /DOP is no role of it/],
  [{ steps: [{ ...asks!, preferablyAfter: ['S-0/9'] }] }, /step S-0\/9 does not stand before it/],
  [{ steps: [asks!, { ...answers!, after: [] }] }, /a reply comes after the step that it answers/],
  [
    { invariants: [{ kind: 'times', requirement: 'COR-01', of: { step: 'S-0/9' }, most: 1 }] },
    /COR-01 is no requirement of L7[\s\S]*there is no step S-0\/9/,
  ],
  [branchWith({ passes: ['S-0/9'] }), /there is no step S-0\/9/],
  [branchWith({ never: ['S-0/1'] }), /S-0\/1 is due, and must not be/],
  [branchWith({ plays: { CIS: 'rudely' } }), /CIS has no manner "rudely"/],
  [branchWith({ says: [{ ...branch!.says[0]!, payload: 'none.xml' }] }), /none.xml is missing/],
  [branchWith({ says: [branch!.says[0]!, branch!.says[0]!] }), /ask is said twice/],
  [branchWith({ says: [{ ...branch!.says[0]!, meanwhile: 'S-0/9' }] }), /there is no step S-0\/9/],
  [
    branchWith({ says: [{ ...branch!.says[0]!, expect: [{ requirement: 'X-1' }] }] }),
    /requirement X-1 is not in the register/,
  ],
]

test('the lint finds what is wrong in a script, and nothing in one that is right', () => {
  assert.equal(lintScript(SCRIPT, NAMED), [])
  for (const [planted, said] of IN_SCRIPTS)
    assert.match(lintScript({ ...SCRIPT, ...planted }, NAMED).join('\n'), said)
})

for (const [what, planted, said] of PLANTED)
  test(`the lint finds ${what}`, () => assert.match(planted().join('\n'), said))

const GET: Step = {
  ...{ id: '2', from: 'AGG', to: 'DOP', kind: 'probe' },
  ...{ verb: 'get', noun: 'DERGroupQueries' },
}
const ASKED = { path: 'Payload/DERGroups/EndDeviceGroup/mRID', requirement: 'GRP-04' }
const GETS: readonly (readonly [what: string, planted: Partial<Scenario>, said: number])[] = [
  ['OK alone', { steps: [{ ...GET, expect: [{ requirement: 'RPL-07', result: ['OK'] }] }] }, 1],
  ['that something is absent', { steps: [{ ...GET, expect: [{ ...ASKED, absent: 'x' }] }] }, 1],
  ['that there is none', { steps: [{ ...GET, expect: [{ ...ASKED, count: 0 }] }] }, 1],
  ['nothing', { steps: [GET] }, 1],
  ['something that is there', { steps: [{ ...GET, expect: [{ ...ASKED, equals: 'x' }] }] }, 0],
  ['nothing, and says why', { byWord: 'because there is no other way', steps: [GET] }, 0],
  [
    'that what was refused is absent',
    {
      steps: [
        { ...GET, id: '1', verb: 'create', expect: [{ requirement: 'VRB-03', refused: true }] },
        { ...GET, expect: [{ ...ASKED, absent: 'x' }] },
      ],
    },
    0,
  ],
  [
    'that what was taken after a refusal is absent',
    {
      steps: [
        { ...GET, id: '0', verb: 'create', expect: [{ requirement: 'VRB-03', refused: true }] },
        { ...GET, id: '1', verb: 'create', expect: [{ requirement: 'RPL-07', result: ['OK'] }] },
        { ...GET, expect: [{ ...ASKED, absent: 'x' }] },
      ],
    },
    1,
  ],
]
for (const [what, planted, said] of GETS)
  test(`a get that asks for ${what}: ${said === 0 ? 'is one' : 'is none'}`, () => {
    const one = register.scenarios.find((it) => it.byWord === undefined)
    if (one === undefined) throw new Error('there is no case')
    assert.is(lintProbes({ ...one, ...planted }).length, said)
  })

test.run()
