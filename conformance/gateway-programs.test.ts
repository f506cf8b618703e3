// Our own gateway in the cases of programmes: it keeps everything here, and keeps to each of them. In process; over sockets and
// in every carrier the same cases are there for whoever claims them.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LOCAL } from '../src/gateway/parties/party.ts'
import { openWhole, partyOf } from '../src/gateway/whole.fixture.ts'
import { CHECKS } from './checks/checks.ts'
import { run } from './engine/run.ts'
import { openGround } from './ground.fixture.ts'
import { runFor } from './selftest/playing.ts'
import type { Capability } from './shapes.ts'
import { statementOf } from './statement.ts'
import type { Transport } from './transport/answer.ts'

const test = suite('conformance of cimgate, programmes')
/** Where its answers come that are not given at once. */
const LATER = 'http://tester.test/later'
const whole = await openWhole({
  ...LOCAL,
  parties: [{ ...partyOf('cs'), replyAddresses: [LATER] }],
})
const ground = await openGround()
const { register, judge } = ground
test.after(async () => {
  await whole.close()
  await ground.close()
})

/** What `list --role GW` prints, and that answers may come later. */
function claiming(): Capability {
  const { options, ...rest } = statementOf('GW', register)
  return { ...rest, options: { ...options, async: true } }
}

const transport: Transport = {
  name: 'http-xml',
  later: {
    address: LATER,
    reply: async (id) => {
      const told = () => whole.sent.find((it) => it.correlationID === id && it.target !== '')
      await whole.until(async () => told() !== undefined)
      const { request = '', contentType = '', target } = told() ?? {}
      assert.is(target, `POST ${LATER}`)
      const bytes = new TextEncoder().encode(request)
      return { kind: 'answered', status: 200, contentType, bytes }
    },
  },
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
