// P-07 through the gateway: whatever is asked of an object in whatever order, it is where its table says, and a step that
// there is not changes no octet of it.

import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { statesOf } from '../../lifecycles/lifecycle.ts'
import type { Lifecycle } from '../../lifecycles/lifecycle.ts'
import { AGREEMENT } from '../../lifecycles/agreement.ts'
import { SERVICE_REQUEST } from '../../lifecycles/service-request.ts'
import { WORK } from '../../lifecycles/work.ts'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { agreement } from './agreement.fixture.ts'
import { fresh, request } from './connection.fixture.ts'
import type { Identified } from './connection.fixture.ts'
import { openWays, saidIn } from './ways.fixture.ts'

const test = suite('illegal steps')

const ways = await openWays()
test.after(() => ways.gateway.close())

/** What lives by a table, and how a state is asked for. */
interface Living {
  readonly noun: string
  readonly lifecycle: Lifecycle
  readonly make: () => Identified
  readonly asking: (state: string) => JsonObject
}

const status = (value: string) => ({ status: { value } })

const works = (statusKind: string) => ({ Work: [{ kind: 'service', statusKind }] })

const SR = { noun: 'ServiceRequests', lifecycle: SERVICE_REQUEST, asking: status }

const LIVING: readonly Living[] = [
  { ...SR, make: () => request('derInterconnection') },
  { ...SR, make: () => request('accountIssue') },
  { noun: 'CustomerAgreements', lifecycle: AGREEMENT, make: agreement, asking: status },
  ...['ServiceOrders', 'WorkRequests'].map((noun) => ({
    noun,
    lifecycle: WORK,
    make: () => ({ mRID: fresh(), ...works('waitingOnApproval') }),
    asking: works,
  })),
]

async function stored(noun: string, mRID: string) {
  const [it] = await ways.gateway.store.objects(noun, [mRID], [])
  assert.ok(it)
  return it
}

const eventCount = async () =>
  (await ways.gateway.events()).filter((it) => it.noun !== 'messages').length

/** True when some row of the table leads from one state to the other. */
function isStep({ steps }: Lifecycle, from: string, to: string): boolean {
  return steps.some((it) => it.from === from && it.to === to)
}

async function played(it: Living, states: readonly string[]): Promise<void> {
  const object = it.make()
  await ways.ok({ verb: 'create', noun: it.noun, object })
  for (const state of states) {
    const [before, events] = [await stored(it.noun, object.mRID), await eventCount()]
    const asked = { mRID: object.mRID, ...it.asking(state) }
    const reply = await ways.sent({ verb: 'change', noun: it.noun, object: asked })
    const after = await stored(it.noun, object.mRID)
    const where = `${it.noun} ${before.state} ${state}`
    if (member(reply['reply'], 'Result') === 'OK') {
      assert.is(after.state, state, where)
      assert.ok(isStep(it.lifecycle, before.state, state), where)
      continue
    }
    assert.equal(after, before, where)
    assert.is(await eventCount(), events, where)
    const { code, rule, ids } = saidIn(reply['reply'])
    assert.match(code, /^6\.[12]$/, where)
    assert.match(rule, /^[A-Z][A-Z]+-/, where)
    assert.is(ids[0], object.mRID, where)
  }
}

for (const [at, it] of LIVING.entries())
  test(`P-07: ${it.noun} ${at}: an illegal step leaves everything as it is, and says which rule forbids it`, async () => {
    const states = statesOf(it.lifecycle).filter((one) => !it.lifecycle.terminal.includes(one))
    const sequences = fc.array(fc.constantFrom(...states), { minLength: 1, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(sequences, (list) => played(it, list)),
      { numRuns: 12 },
    )
  })

test.run()
