// Our own gateway in the cases of programmes: it keeps everything here, and keeps to each of them. In process; over sockets and
// in every carrier the same cases are there for whoever claims them.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openWhole } from '../src/gateway/whole.fixture.ts'
import { CHECKS } from './checks/checks.ts'
import { run } from './engine/run.ts'
import { openGround } from './ground.fixture.ts'
import { runFor } from './selftest/playing.ts'
import type { Capability } from './shapes.ts'
import { statementOf } from './statement.ts'
import type { Transport } from './transport/answer.ts'

const test = suite('conformance of cimgate, programmes')
const whole = await openWhole()
const ground = await openGround()
const { register, judge } = ground
test.after(async () => {
  await whole.close()
  await ground.close()
})

/** A statement in which programmes are claimed, too. */
function claiming(): Capability {
  const { roles, ...rest } = statementOf('GW', register)
  const { receives = {}, sends = {} } = roles.GW ?? {}
  const all = Object.keys(receives).map((it) => [it, 'M' as const])
  return { ...rest, roles: { GW: { receives: Object.fromEntries(all), sends } } }
}

const transport: Transport = {
  name: 'http-xml',
  send: async (bytes) => {
    const body = new TextDecoder().decode(bytes)
    const headers = { 'content-type': 'application/xml' }
    const { status, text } = await whole.ask('cs', 'POST', '/cim', { body, headers })
    const answered = new TextEncoder().encode(text)
    return { kind: 'answered', status, contentType: 'application/xml', bytes: answered }
  },
}

test('it keeps to each case of programmes', async () => {
  const [only, now] = [['C-DR'], () => whole.time.clock()]
  const asked = runFor(claiming(), ground, { only, now })
  const { results } = await run({ ...asked, judge, checks: CHECKS, transport })
  const said = results.cases.flatMap(({ id, verdict, why, findings }) => [
    ...(verdict === 'pass' ? [] : [`${id}: ${verdict} ${why ?? ''}`]),
    ...findings.map((it) => `${id}#${it.step} ${it.requirement}: ${it.message}`),
  ])
  assert.equal(said, [])
  const programs = register.scenarios.filter((it) => it.profiles.includes('C-DR'))
  assert.equal(results.cases.map((it) => it.id).sort(), programs.map((it) => it.id).sort())
})

test.run()
