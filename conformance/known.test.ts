// Messages refer to what a product knows before the run. Named in the statement, it is taken from there; made up, a strict
// product may refuse it, and is neither blamed nor praised for that; whoever refuses everything in these words is not spared.

import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openCimgate } from '../src/index.ts'
import { compose } from './engine/compose.ts'
import { knownBy, refusedAsUnknown } from './engine/known.ts'
import { planFor } from './engine/plan.ts'
import type { CaseResult } from './engine/weigh.ts'
import { REFERENCE_PEERS } from './peers/peers.ts'
import { withResult } from './peers/variants.ts'
import { writeXml } from './peers/write.ts'
import { readRegister } from './register.ts'
import { withAnswer } from './selftest/messages.ts'
import { groundOf, played } from './selftest/playing.ts'
import type { Game } from './selftest/playing.ts'
import type { Capability } from './shapes.ts'
import { statementOf } from './statement.ts'
import type { Transport } from './transport/answer.ts'
import { loadXml, readXml } from './xml.ts'

const test = suite('conformance known')
await loadXml()
const cimgate = await openCimgate({ xsd: [] })
test.after(() => cimgate.close())
const ground = groundOf(readRegister(), cimgate, 'any')
const CIS = REFERENCE_PEERS.find((it) => it.role === 'CIS')
const POINTS = Array.from({ length: 12 }, (_, at) => `usage point ${at + 1}`)
const ONLY = ['IT-01', 'IT-01/other', 'IT-02', 'IT-03', 'IT-03/twice', 'IT-13', 'IT-14/unknown']

/** A peer that takes no usage point but these. */
const strict = (points: readonly string[]) => (transport: Transport) =>
  refusing(transport, (request) =>
    [...request.matchAll(/<UsagePoints?>\s*<mRID>([^<]*)/g)].some(
      ([, id = '']) => !points.includes(id),
    ),
  )

function refusing(transport: Transport, isUnknown: (request: string) => boolean): Transport {
  return withAnswer(transport, undefined, (answer, request) => {
    const reply = readXml(answer.bytes)
    if (reply === undefined || !isUnknown(request)) return answer
    const refused = writeXml(withResult(reply, 'FAILED', '2.12'))
    return { ...answer, bytes: new TextEncoder().encode(refused) }
  })
}

async function ran(game: Game) {
  if (CIS === undefined) throw new Error('there is no reference peer of CIS')
  return played(CIS, ground, { only: ONLY, ...game })
}

const verdicts = (cases: readonly CaseResult[]) =>
  Object.fromEntries(
    cases
      .filter((it) => it.verdict !== 'not-applicable')
      .map((it) => [it.id, it.verdict])
      .sort(),
  )
const all = (verdict: string, ids: readonly string[]) =>
  Object.fromEntries(ids.map((it) => [it, verdict]))

test('a strict product that nothing is named of is inconclusive, and told what to add', async () => {
  const { results, exitCode } = await ran({ between: strict([]) })
  assert.equal(verdicts(results.cases), all('inconclusive', ONLY))
  assert.equal(
    results.cases.flatMap((it) => it.findings),
    [],
  )
  const [first] = results.cases.filter((it) => ONLY.includes(it.id))
  assert.match(
    first?.why ?? '',
    /refused with 2\.12: the message refers to usage point \S+, which the suite has made up; name .* in known\/UsagePoint of the capability statement/,
  )
  assert.is(exitCode, 3)
})

test('with what it knows named it passes, and each is taken in one case alone', async () => {
  const game = { between: strict(POINTS), known: { UsagePoint: POINTS } }
  const { results, passed, exitCode } = await ran(game)
  assert.equal(verdicts(results.cases), all('pass', ONLY))
  assert.is(exitCode, 0)
  assert.equal((await ran(game)).passed, passed, 'the same seed takes the same')
  const users = POINTS.map((point) => {
    const own = passed.filter((it) => textOf(it).includes(`<mRID>${point}</mRID>`))
    return new Set(own.map((it) => it.scenario)).size
  })
  assert.ok(users.includes(1))
  assert.is(Math.max(...users), 1)
})

const textOf = ({ bytes }: { readonly bytes: Uint8Array }) => Buffer.from(bytes).toString('utf8')
test('a case that nothing is left for is inconclusive, those before it are not', async () => {
  const [only = ''] = POINTS
  const { results } = await ran({ between: strict([only]), known: { UsagePoint: [only] } })
  const made = verdicts(results.cases)
  assert.is(made['IT-01'], 'pass')
  assert.is(made['IT-03'], 'inconclusive')
})

test('who refuses what its own statement names is to blame', async () => {
  const { results } = await ran({ between: strict([]), known: { UsagePoint: POINTS } })
  const [finding] = results.cases.find((it) => it.id === 'IT-01')?.findings ?? []
  assert.is(finding?.requirement, 'RPL-07')
  assert.is(finding?.blame, 'target')
})

test('who refuses everything as unknown never passes, and is found', async () => {
  const { results } = await ran({ between: (it) => refusing(it, () => true) })
  const made = Object.values(verdicts(results.cases))
  assert.is(made.includes('pass'), false, made.join(' '))
  assert.is(results.verdict, 'fail')
})

/** [what the reply has as codes, what the step expects, whether it is excused] */
const REPLIES: readonly (readonly [readonly string[], readonly string[] | undefined, boolean])[] = [
  [['2.12'], undefined, true],
  [['5.4', '2.12', '5.9'], undefined, true],
  [['2.12', '6.1'], undefined, false],
  [['6.1'], undefined, false],
  [['2.22'], undefined, false],
  [[], undefined, false],
  [['2.12'], ['2.12'], false],
  [['2.12'], ['2'], false],
  [['2.12'], ['6.1'], true],
]

for (const [codes, wanted, isExcused] of REPLIES)
  test(`${codes.join(', ') || 'no code'} where ${wanted?.join() ?? 'OK'} is due ${isExcused ? 'tells nothing' : 'is judged'}`, () => {
    const errors = codes.map((it) => `<Error><code>${it}</code></Error>`).join('')
    const reply = `<ResponseMessage><Reply><Result>FAILED</Result>${errors}</Reply></ResponseMessage>`
    const expect = [{ requirement: 'X', ...(wanted === undefined ? {} : { code: [...wanted] }) }]
    const root = readXml(new TextEncoder().encode(reply))
    const made = refusedAsUnknown({ expect }, root, [{ kind: 'UsagePoint', id: 'a' }])
    assert.is(made !== undefined, isExcused)
    assert.is(refusedAsUnknown({ expect }, root, []), undefined, 'nothing was made up')
  })

test('each is taken once, the same for the same word, others by another seed', () => {
  const known: Capability['known'] = { UsagePoint: POINTS }
  const take = knownBy({ known }, 'any')
  const words = POINTS.map((_, at) => take('UsagePoint', `case ${at}`, 'point 1'))
  assert.equal([...words].sort(), [...POINTS].sort())
  assert.is(take('UsagePoint', 'case 3', 'point 1'), words[3])
  assert.is(take('UsagePoint', 'case 3', 'point 2'), undefined)
  assert.is(take('Customer', 'case 3', 'customer'), undefined)
  const firsts = ['a', 'b', 'c', 'd', 'e'].map((seed) =>
    knownBy({ known }, seed)('UsagePoint', 'case', 'point'),
  )
  assert.ok(new Set(firsts).size > 1)
})

test('as many usage points as the README says are enough for all cases of GW', () => {
  const { scenarios, payload } = ground.register
  const taken = new Set<string>()
  const take = (kind: string, scenario: string, word: string) => {
    if (kind === 'UsagePoint') taken.add(`${scenario} ${word}`)
    return undefined
  }
  const plan = planFor(statementOf('GW', ground.register), ground.register, {
    ...{ only: [], strict: false },
  })
  for (const { scenario, notApplicable } of plan.cases.filter((it) =>
    scenarios.includes(it.scenario),
  ))
    for (const step of notApplicable === undefined ? scenario.steps : []) {
      const names = scenario.steps.flatMap((it) => Object.keys(it.capture ?? {}))
      const captured = Object.fromEntries(names.map((it) => [it, 'x']))
      const now = '2026-07-14T09:00:00Z'
      const place = { scenario: scenario.id, source: 'tester', now, captured, payload, known: take }
      if (step.resend === undefined && step.answers === undefined)
        compose(step, { seed: 'any', ...place })
    }
  const readme = readFileSync(new URL('../../conformance/README.md', import.meta.url), 'utf8')
  const said = Number(/take (\d+) usage points/.exec(readme)?.[1])
  assert.is(taken.size, said)
})

test.run()
