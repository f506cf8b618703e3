// A run of the tester as server, in memory: what comes is put before it without a socket, and nobody waits.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openCimgate } from '../../src/index.ts'
import type { Cimgate } from '../../src/index.ts'
import { CHECKS } from '../checks/checks.ts'
import type { Checks } from '../checks/checks.ts'
import { uuidOf } from '../ids.ts'
import type { Peer } from '../peers/peer.ts'
import { REFERENCE_PEERS } from '../peers/peers.ts'
import { readRegister, scenarioOf } from '../register.ts'
import { groundOf, runFor } from '../selftest/playing.ts'
import type { Ground } from '../selftest/playing.ts'
import { statementOf } from '../statement.ts'
import type { Role } from '../shapes.ts'
import { loadXml } from '../xml.ts'
import { playable } from './answering.ts'
import type { Playable } from './answering.ts'
import { compose } from './compose.ts'
import { openGame } from './game.ts'
import { judged } from './judge.ts'
import { planFor } from './plan.ts'
import type { Ran } from './summary.ts'

const NOW = '2026-07-14T09:00:00Z'
const test = suite('conformance: the game of a server')
const register = readRegister()
let cimgate: Cimgate
let ground: Ground
test.before(async () => {
  await loadXml()
  cimgate = await openCimgate()
  ground = groundOf(register, cimgate, 'seed')
})
test.after(() => cimgate.close())

interface Options {
  readonly checks?: Checks
  readonly judge?: Ground['judge']
  readonly peers?: readonly Playable[]
}

/** A game of one case each of create and delete; what came of it, and what was told. */
async function played(texts: readonly string[], { checks = CHECKS, ...rest }: Options = {}) {
  const only = ['clients/create', 'clients/delete']
  const clients = register.clients.filter((it) => only.includes(it.id))
  const capability = statementOf('AGG', register)
  const scenarios = clients.map(scenarioOf)
  const lines: string[] = []
  const game = openGame({
    ...runFor(capability, ground),
    plan: planFor(capability, { ...register, scenarios }, { only: [], strict: false }, 'sends'),
    ...{ judge: ground.judge, peers: REFERENCE_PEERS.map(playable), checks, clients, ...rest },
    ...{ place: { host: '', port: 0 }, waitMs: 0, forMs: undefined, trigger: undefined },
    ...{ stopped: new Promise(() => undefined), tell: (line) => void lines.push(line) },
  })
  const told: string[] = []
  for (const text of texts) {
    const bytes = new TextEncoder().encode(text)
    const headers = { 'content-type': 'application/xml' }
    const asked = { method: 'POST', path: addressOf('DOP'), headers, bytes }
    told.push(new TextDecoder().decode((await game.answer(asked))?.bytes))
  }
  return { ran: game.end(NOW, ''), told, lines }
}

/** The token of the run follows from its seed. */
const addressOf = (role: Role) => `/t/${uuidOf('seed', 'run').slice(0, 8)}/${role}`

function messages(): readonly string[] {
  const { scenarios, payload } = register
  const steps = scenarios.find((it) => it.id === 'DERG-4')?.steps ?? []
  const writing = { seed: 'seed', scenario: 'DERG-4', source: 'stranger', captured: {}, payload }
  const [create, , remove] = steps.map((it) => compose(it, { ...writing, now: NOW }).xml)
  return [create ?? '', remove ?? '']
}

const verdicts = ({ results }: Ran) => results.cases.map((it) => `${it.id} ${it.verdict}`)
const fail = () => {
  throw new Error('broken on purpose')
}

test('a check that fails by itself is the fault of the suite, in its case alone', async () => {
  let times = 0
  const transport = CHECKS.transport.map((it) => {
    const judge: typeof it.judge = (answer) => ((times += 1) === 1 ? fail() : it.judge(answer))
    return it.requirement === 'TRN-03' ? { ...it, judge } : it
  })
  const { ran, lines } = await played(messages(), { checks: { ...CHECKS, transport } })
  assert.equal(verdicts(ran), ['clients/create harness-error', 'clients/delete pass'])
  assert.is(ran.exitCode, 4)
  assert.match(lines.join('\n'), /step request .*; The check of TRN-03 failed by itself: broken/)
})

test('a peer of the suite that fails by itself is answered for by the suite', async () => {
  const [derms] = REFERENCE_PEERS
  assert.ok(derms)
  let times = 0
  const peer: Peer = {
    ...derms,
    hear: (...it) => ((times += 1) === 1 ? fail() : derms.hear(...it)),
  }
  const { ran, told } = await played(messages(), { peers: [playable(peer)] })
  assert.equal(verdicts(ran), ['clients/create harness-error', 'clients/delete pass'])
  assert.match(ran.results.cases[0]?.why ?? '', /The tester failed by itself as DOP: broken on p/)
  assert.match(told[0] ?? '', /FaultMessage.*The tester failed by itself as DOP/)
})

test('a message that the engine cannot judge is nothing of its sender', async () => {
  const failing = { ...cimgate, validate: () => Promise.reject(new Error('out of memory')) }
  const judge = (bytes: Uint8Array) => judged(bytes, failing)
  const { ran, lines } = await played(messages(), { judge })
  assert.equal(verdicts(ran), ['clients/create harness-error', 'clients/delete harness-error'])
  assert.match(
    lines.join('\n'),
    /taken for clients\/create, .*; The message could not be judged: out of memory/,
  )
})

test.run()
