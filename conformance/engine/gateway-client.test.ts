// Our own gateway as the product under test that sends: what it passes on to parties comes to the tester as server, which plays
// work management, DERMS Operations and Customer Support, loses, delays and refuses. The whole gateway, on virtual time.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openGround } from '../ground.fixture.ts'
import type { Leg } from '../../src/gateway/ledger.ts'
import type { PeerAnswer } from '../../src/gateway/peer.ts'
import { LOCAL } from '../../src/gateway/parties/party.ts'
import { openWhole, partyOf, wayTo } from '../../src/gateway/whole.fixture.ts'
import { strangerClient } from '../stranger-client.fixture.ts'
import { isEvent } from '../stranger-messages.fixture.ts'
import type { Told } from '../transport/listen.ts'
import type { ClientCase, Role } from '../shapes.ts'
import type { Bell } from './bell.ts'
import { serverRun } from './game.fixture.ts'
import { openGame } from './game.ts'
import type { Trigger } from './server.ts'
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

/** after which the gateway gives up waiting, as its binding has it; the tester keeps back a late reply for longer */
const [TIMEOUT_MS, WAIT_MS] = [1000, 5000]

/** The time of the gateway is that of the tester. */
function bellOf({ timers, clock }: typeof whole.time): Bell {
  const waiting = new Set<() => void>()
  const ring = () => {
    const woken = [...waiting]
    waiting.clear()
    for (const wake of woken) wake()
  }
  return {
    ...{ now: () => Date.parse(clock()), ring, end: () => undefined },
    ringIn: (ms) => void timers.after(ms + 1, ring),
    later: (ms) => new Promise((done) => void timers.after(ms, done)),
    until: async (isSo) => {
      while (!isSo()) await new Promise<void>((wake) => waiting.add(wake))
    },
  }
}

/** As the binding of HTTP says it. */
function answerOf(told: Told | 'late'): PeerAnswer {
  const none = { kind: 'unreachable', sent: true, permanent: false } as const
  if (told === 'late') return { ...none, reason: `no answer within ${TIMEOUT_MS} ms` }
  if (told === undefined) return { ...none, reason: 'the connection was closed' }
  const { status, headers, bytes } = told
  return { kind: 'answered', status, contentType: String(headers['Content-Type'] ?? ''), bytes }
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** What the gateway has said to who asked it to send, and whether it has said or sent anything since it was asked. */
let said: string[] = []
let isSending = false

/** Customer services, or where an event is meant the DERMS, for whom the gateway sends. */
const client = strangerClient(
  'none',
  async (_address, body) => {
    const party = isEvent(/<Verb>(\w+)</.exec(body)?.[1] ?? '') ? 'dop' : 'cs'
    const headers = { 'content-type': 'application/xml' }
    const { text } = await whole.ask(party, 'POST', '/cim', { body, headers })
    isSending = false
    said.push(text)
    return text
  },
  { goesOn: 'change' },
)

/** Nothing is left to do but to let time go by: for a reply that is kept back, or a party that was away. */
async function settled(): Promise<void> {
  for (let ms = 0; isSending && ms < 100; ms += 2) await pause(2)
  await Promise.race([whole.quiet().then(() => pause(2)), pause(100)])
}

async function played(only: readonly string[]) {
  said = []
  /** where the tester listens, for the role of the case */
  let told = ''
  const bell = bellOf(whole.time)
  const run = serverRun(ground, {
    ...{ role: 'GW', only, bell, waitMs: WAIT_MS },
    trigger: async (it: Trigger) => {
      told = new URL(it.address).pathname
      isSending = true
      void client.obey(it)
      return undefined
    },
  })
  const game = openGame(run)
  whole.answer(async (party, leg: Leg) => {
    isSending = false
    const asked = {
      ...{ method: 'POST', path: told.replace(/[^/]+$/, party.toUpperCase()) },
      ...{
        headers: { 'content-type': leg.contentType },
        bytes: new TextEncoder().encode(leg.request),
      },
    }
    const late = bell.later(TIMEOUT_MS).then(() => 'late' as const)
    return answerOf(await Promise.race([game.answer(asked), late]))
  })
  let isOver = false
  void game.play('http://tester', () => false).then(() => (isOver = true))
  while (!isOver) {
    await settled()
    whole.time.step()
  }
  return { ...game.end(run.now(), ''), said }
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
