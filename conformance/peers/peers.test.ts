// Reference peers keep to every case of their role, and are pure: the same message in the same state gives the same turn.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openCimgate } from '../../src/index.ts'
import type { Cimgate } from '../../src/index.ts'
import { readRegister } from '../register.ts'
import { groundOf, played } from '../selftest/playing.ts'
import { loadXml } from '../xml.ts'
import { DERMS_OPERATIONS } from './derms-operations.ts'

const test = suite('conformance peers')
let cimgate: Cimgate
test.before(async () => {
  await loadXml()
  cimgate = await openCimgate()
})
test.after(() => cimgate.close())

test('DERMS Operations keeps to every case, without so much as a warning', async () => {
  const { results, exitCode } = await played(
    DERMS_OPERATIONS,
    groundOf(readRegister(), cimgate, 'seed'),
  )
  const findings = results.cases.flatMap((it) =>
    it.findings.map((one) => `${it.id}#${one.step} ${one.requirement}: ${one.message} ${one.path}`),
  )
  assert.equal(findings, [])
  const applied = results.cases.filter((it) => it.verdict !== 'not-applicable')
  assert.equal([...new Set(applied.map((it) => it.verdict))], ['pass'])
  assert.ok(applied.length > 30, 'most cases of groups and of the envelope apply')
  assert.is(exitCode, 0)
})

test.run()
