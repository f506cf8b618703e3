// Whether a profile may be claimed: from runs against a reference peer, and against one that refuses everything.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openGround } from '../ground.fixture.ts'
import type { OpenGround } from '../ground.fixture.ts'
import { planFor } from '../engine/plan.ts'
import { profileResults } from '../engine/profiles.ts'
import { DERMS_OPERATIONS } from '../peers/derms-operations.ts'
import type { Peer } from '../peers/peer.ts'
import { replying, withResult } from '../peers/variants.ts'
import { readRegister, scenarioOf } from '../register.ts'
import { ROLES } from '../shapes.ts'
import { played } from '../selftest/playing.ts'
import { statementOf } from '../statement.ts'
import { page } from './page.ts'
import { untestedIn } from './profiles.ts'
import { summaryMd } from './summary.ts'
import { summaryOf } from './told.ts'

const test = suite('conformance profiles')
const register = readRegister()
let ground: OpenGround
test.before(async () => void (ground = await openGround()))
test.after(() => ground.close())

const REFERENCE = DERMS_OPERATIONS as Peer
const REFUSES = replying((reply) => withResult(reply, 'FAILED'))(REFERENCE)

/** [who is asked, what for, may C-GRP be claimed, what became of IT-17, what is said] */
const CLAIMED: readonly (readonly [string, string, string, string, RegExp])[] = [
  ['reference', 'C-GRP', 'yes', 'pass', /profile C-GRP: may be claimed: \d+ of 14 rows/],
  [
    'reference',
    'IT-17',
    'no',
    'pass',
    /may not be claimed: 1 of 14 rows shown.*\n {2}\S+: left-out, not asked for/,
  ],
  ['refuses', 'C-GRP', 'no', 'fail', /may not be claimed: \d.*\n {2}\S+: fail, \S+: Expected/],
]

for (const [who, only, claim, verdict, said] of CLAIMED)
  test(`who ${who} and is asked for ${only} may claim C-GRP: ${claim}`, async () => {
    const peer = who === 'refuses' ? REFUSES : REFERENCE
    const { results } = await played(peer, ground, { only: [only] })
    assert.equal(
      results.profiles.map((it) => [it.profile, it.claim]),
      [['C-GRP', claim]],
    )
    assert.is(results.profiles[0]?.interop.find((it) => it.id === 'IT-17')?.verdict, verdict)
    assert.match(summaryOf(results), said)
    const sentence = claim === 'yes' ? 'may be claimed' : 'may not be claimed'
    assert.ok(summaryMd(results).includes(sentence))
    assert.ok(page(results, () => undefined).includes(`C-GRP: ${sentence}`))
    const rows = results.profiles[0]?.interop ?? []
    const shown = rows.filter((it) => ['pass', 'warning'].includes(it.verdict)).length
    assert.ok(shown < rows.length, 'these cases are not the whole profile')
    const how = `${sentence}: ${shown} of ${rows.length} rows shown`
    for (const report of [summaryOf(results), summaryMd(results), page(results, () => undefined)])
      assert.ok(report.includes(how), how)
  })

test('what a role would have to take and the statement denies stands against a profile; what belongs to no role of it does not', () => {
  const whole = statementOf('DOP', register)
  const { receives = {}, sends = {} } = whole.roles.DOP ?? {}
  const without = (all: readonly string[]) => ({
    ...whole,
    roles: {
      DOP: {
        receives: { ...receives, ...Object.fromEntries(all.map((it) => [it, '-' as const])) },
        sends,
      },
    },
  })
  const claimOf = (denied: readonly string[]) => {
    const plan = planFor(without(denied), register, { only: ['C-GRP'], strict: false })
    const cases = plan.cases.map(({ scenario, notApplicable }) => ({
      ...{ id: scenario.id, aliases: [], pack: '', title: '', roles: [], source: '' },
      ...{ layers: {}, findings: [], requirements: [], steps: [] },
      verdict: notApplicable === undefined ? ('pass' as const) : ('not-applicable' as const),
    }))
    return profileResults({ plan, register, capability: whole }, cases)[0]
  }
  assert.is(claimOf([])?.claim, 'yes')
  const less = claimOf(['create DERGroupDispatches'])
  assert.is(less?.claim, 'no')
  assert.equal(
    less?.missing.find((it) => it.case === 'DERGD-1a')?.why,
    'create DERGroupDispatches is not claimed',
  )
  const none = claimOf(Object.keys(receives))
  assert.equal([none?.claim, none?.missing], ['none', []])
})

test('where a profile has no case for a role of the product in the mode of the run, it says why', () => {
  const SIDES = { client: 'receives', server: 'sends' } as const
  /** `ROLE PROFILE` of all that is not tested */
  const untested = (mode: keyof typeof SIDES) =>
    ROLES.flatMap((role) => {
      const capability = {
        ...statementOf('DOP', register),
        roles: { [role]: { receives: {}, sends: {} } },
      }
      const scenarios = mode === 'client' ? register.scenarios : register.clients.map(scenarioOf)
      const options = { only: [], strict: false }
      const plan = planFor(capability, { ...register, scenarios }, options, SIDES[mode])
      return profileResults({ plan, register, capability }, []).flatMap((it) => {
        for (const line of untestedIn(it))
          assert.match(line, new RegExp(`^${role} is not .*: .{20,}\\.$`))
        return it.untested.map((one) => `${one.role} ${it.profile}`)
      })
    })
  const [asked, sending] = [untested('client'), untested('server')]
  const envelope = (all: readonly string[]) => all.filter((it) => it.endsWith('C-ENV'))
  assert.equal(
    envelope(asked),
    ['CUST', 'ENG', 'OPS', 'DCS', 'AGG'].map((it) => `${it} C-ENV`),
  )
  assert.equal(envelope(sending), ['CUST C-ENV'])
  assert.ok(asked.includes('DOP C-DR') && !asked.includes('GW C-DR'))
})

test.run()
