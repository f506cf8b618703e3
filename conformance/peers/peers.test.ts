// Reference peers keep to every case of their role, and are pure: the same message in the same state gives the same turn.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openCimgate } from '../../src/index.ts'
import type { Cimgate } from '../../src/index.ts'
import { readRegister } from '../register.ts'
import { groundOf, played } from '../selftest/playing.ts'
import { loadXml } from '../xml.ts'
import { REFERENCE_PEERS } from './peers.ts'

const test = suite('conformance peers')
let cimgate: Cimgate
test.before(async () => {
  await loadXml()
  cimgate = await openCimgate()
})
test.after(() => cimgate.close())

for (const peer of REFERENCE_PEERS)
  test(`${peer.role} keeps to every case, without so much as a warning`, async () => {
    const { results, exitCode } = await played(peer, groundOf(readRegister(), cimgate, 'seed'))
    const findings = results.cases.flatMap((it) =>
      it.findings.map(
        (one) => `${it.id}#${one.step} ${one.requirement}: ${one.message} ${one.path}`,
      ),
    )
    assert.equal(findings, [])
    const applied = results.cases.filter((it) => it.verdict !== 'not-applicable')
    assert.equal([...new Set(applied.map((it) => it.verdict))], ['pass'])
    const own = results.cases.filter((it) => it.roles.includes(peer.role))
    assert.equal(
      own.filter((it) => it.verdict === 'not-applicable').map((it) => it.id),
      [],
      'a case of its role is beyond it',
    )
    assert.is(exitCode, 0)
  })

test.run()
