// Our own gateway as the product under test that sends: what it passes on to parties comes to the tester as server, which plays
// work management, DERMS Operations and Customer Support, loses, delays and refuses. The whole gateway, on virtual time.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openGround } from '../ground.fixture.ts'
import { LOCAL } from '../../src/gateway/parties/party.ts'
import { openWhole, partyOf, wayTo } from '../../src/gateway/whole.fixture.ts'
import { strangerClient } from '../stranger-client.fixture.ts'
import { isEvent } from '../stranger-messages.fixture.ts'
import type { ClientCase, Role } from '../shapes.ts'
import { playedWith } from './gateway-game.fixture.ts'
import type { Ran } from './summary.ts'

const test = suite('conformance: our gateway sends')

const WORK = ['WorkRequests', 'ServiceOrders', 'MaintenanceOrders']
/** nouns that have a way to a party here */
const SENT = [...WORK, 'DERGroups', 'OperationSet']
const whole = await openWhole({
  ...LOCAL,
  parties: ['wms', 'dop', 'dcs', 'cs'].map(partyOf),
  ways: [
    wayTo('wms', { noun: WORK, verb: ['create', 'change', 'cancel'] }),
    wayTo('dop', { noun: ['DERGroups'], verb: ['create', 'change', 'delete'] }),
    wayTo('dcs', { noun: ['DERGroups'], verb: ['created', 'changed', 'deleted'] }),
    wayTo('local', {}),
  ],
})
const ground = await openGround()
const { register } = ground
test.after(async () => {
  await whole.close()
  await ground.close()
})

/** What the gateway has said to who asked it to send, and who is told that it has said anything. */
let said: string[] = []
let told: () => void = () => undefined

/** Customer services, or where an event is meant the DERMS, for whom the gateway sends. */
const client = strangerClient(
  'none',
  async (_address, body) => {
    const party = isEvent(/<Verb>(\w+)</.exec(body)?.[1] ?? '') ? 'dop' : 'cs'
    const headers = { 'content-type': 'application/xml' }
    const { text } = await whole.ask(party, 'POST', '/cim', { body, headers })
    told()
    said.push(text)
    return text
  },
  { goesOn: 'change' },
)

async function played(only: readonly string[]) {
  said = []
  const ran = await playedWith(whole, ground, only, (it, answered) => {
    told = answered
    return client.obey(it)
  })
  return { ...ran, said }
}

/** Cases of a peer of the tester that our gateway is asked to send for. */
function casesOf(peer: Role, isMeant: (it: ClientCase) => boolean = () => true) {
  const own = register.clients.filter((it) => it.target.includes('GW') && it.peer === peer)
  // What it keeps itself it does not ask others for.
  const isSent = ({ message: { verb, noun } }: ClientCase) => verb !== 'get' && SENT.includes(noun)
  return own.filter((it) => isSent(it) && isMeant(it)).map((it) => it.id)
}

const verdicts = ({ results }: Ran) =>
  results.cases.map(
    (it) => `${it.id} ${[it.verdict, ...it.findings.map((one) => one.message)].join(' ')}`,
  )
const all = (ids: readonly string[], verdict: string) => ids.map((id) => `${id} ${verdict}`)
const isMistaken = (it: ClientCase) => it.answer === 'wrong-correlation'

for (const [peer, what] of [
  ['WMS', 'orders to work management'],
  ['DOP', 'groups to DERMS Operations'],
] as const)
  test(`it passes the cases of ${what}: accepted, refused, lost, late, under mRIDs that it is given`, async () => {
    const ids = casesOf(peer, (it) => !isMistaken(it))
    assert.ok(ids.length > 7)
    assert.equal(verdicts(await played(ids)), all(ids, 'pass'))
  })

test('it passes the cases of notices to Customer Support', async () => {
  const isPlain = (it: ClientCase) => it.answer === 'reference'
  const [plain, others] = [casesOf('DCS', isPlain), casesOf('DCS', (it) => !isPlain(it))]
  assert.ok(plain.length > 2 && others.length > 4)
  assert.equal(verdicts(await played(plain)), all(plain, 'pass'))
  assert.equal(verdicts(await played(others)), all(others, 'pass'))
})

test('a reply to another message it takes for no answer, and says so to who has asked', async () => {
  const ids = ['DOP' as const, 'WMS' as const].flatMap((it) => casesOf(it, isMistaken))
  const ran = await played(ids)
  assert.is(ids.length, 4)
  assert.equal(verdicts(ran), all(ids, 'inconclusive'))
  const told = ran.said.filter((it) =>
    /<Result>FAILED<.*<code>5.3<.*rule=PEER-INVALID-REPLY.*its CorrelationID is/.test(it),
  )
  assert.is(told.length, ids.length)
})

test.run()
