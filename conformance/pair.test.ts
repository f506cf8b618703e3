// Both ends of every scenario: reference peers keep to all of them, without so much as a warning, and nothing passes in silence.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openGround } from './ground.fixture.ts'
import type { OpenGround } from './ground.fixture.ts'
import { beside as besideIt } from './engine/beside.ts'
import { pair } from './engine/pair.ts'
import type { PairRun } from './engine/pair.ts'
import { planFor } from './engine/plan.ts'
import { unstated } from './modes.ts'
import { openProduct } from './peer-product.fixture.ts'
import { CUSTOMER_SUPPORT, supportOf } from './peers/customer-support.ts'
import { contractsOf, tellDerms } from './peers/customer-support-contracts.ts'
import type { Peer, Sent, Turn } from './peers/peer.ts'
import { replyTo } from './peers/reply.ts'
import { askedBy } from './peers/said.ts'
import { withText } from './mutate/tree.ts'
import { readRegister } from './register.ts'
import { caseOf, playedOf } from './script.ts'
import type { Role } from './shapes.ts'
import { overHttp } from './transport/http.ts'
import type { Node } from './xml.ts'

const test = suite('conformance pair')
const register = readRegister()
const all = register.scripts.flatMap(playedOf)
let ground: OpenGround
test.before(async () => void (ground = await openGround()))
test.after(() => ground.close())

async function ran(only: readonly string[], more: Partial<PairRun> = {}) {
  const capability = unstated({ mode: 'pair', wait: 1, header: {} }, register)
  const scenarios = all.map(caseOf)
  const none = '0'.repeat(64)
  return pair({
    ...{ register, capability, waivers: [], seed: 'seed', strict: false },
    plan: planFor(capability, { ...register, scenarios }, { only, strict: false }),
    suite: { name: 'cimgate conformance', version: 'test', hash: none, schemas: none, node: '' },
    ...{ now: () => '2026-11-29T20:00:00Z', progress: () => undefined },
    judge: ground.judge,
    scripts: new Map(all.map((it) => [it.branch.id, it])),
    ...more,
  })
}

for (const { id } of register.scripts)
  test(`${id}: reference peers keep to every branch`, async () => {
    const { results, exitCode } = await ran([id])
    const said = results.cases.flatMap(({ id: branch, verdict, why, findings, steps }) => [
      ...(verdict === 'pass' ? [] : [`${branch}: ${verdict} ${why ?? ''}`]),
      ...findings.map((it) => `${branch}#${it.step} ${it.requirement} ${it.blame}: ${it.message}`),
      ...steps.flatMap((it) => (it.why === undefined ? [] : [`${branch}#${it.id}: ${it.why}`])),
    ])
    assert.equal(said, [])
    assert.is(exitCode, 0)
    const judged = results.cases.filter((it) => it.layers.L7 === 'pass')
    assert.is(judged.length, results.cases.length, 'order and invariants are judged in each')
  })

test('every step of a script is due, forbidden or optional in some branch', () => {
  for (const { id, steps, branches } of register.scripts) {
    const named = new Set(branches.flatMap(({ passes, never }) => [...passes, ...never]))
    const idle = steps.filter((it) => !named.has(it.id) && it.optional !== true)
    assert.equal(
      idle.map((it) => it.id),
      [],
      id,
    )
  }
})

/** Says OK to everything, and nothing else. */
const AGREEABLE: Peer = {
  ...{ role: 'DOP', takes: [], start: undefined },
  hear: (state, { root }, tools) => {
    const isAsked = root?.name === 'RequestMessage'
    const id = tools.uuid(JSON.stringify(root))
    return {
      state,
      reply: isAsked ? replyTo(root, {}, 'DOP', id, tools) : undefined,
      sends: [],
    }
  },
}

/** What the tester says of a product over sockets that plays this role. */
async function beside(role: Role, peer: Peer, only: readonly string[], quietMs = 200) {
  const { judge } = ground
  const product = await openProduct(peer, judge)
  const lines: string[] = []
  const away = await besideIt(
    {
      ...{ products: new Set([role]), target: product.address, transport: 'http', quietMs, judge },
      ...{ place: { host: '127.0.0.1', port: 0 }, token: 'run', seed: 'seed' },
      wayTo: () => overHttp({ url: product.address, waitMs: 10_000, headers: {} }),
      now: () => new Date().toISOString(),
      tell: (line) => {
        lines.push(line)
        product.told(line)
      },
    },
    ['AGG', 'CIS', 'DCS', 'DOP', 'OPS'],
  )
  try {
    return { ...(await ran(only, { away })), lines }
  } finally {
    await away.close()
    await product.close()
  }
}

test('a product over sockets plays one role, and is told where the others are', async () => {
  const { results, lines } = await beside('DCS', CUSTOMER_SUPPORT as Peer, ['S-5-1/formed'])
  assert.equal(
    lines.map((it) => it.replace(/\d+(?=\/t\/run)/, 'n')),
    ['AGG', 'CIS', 'DOP', 'OPS'].map((it) => `${it}: http://127.0.0.1:n/t/run/${it}`),
  )
  const [formed] = results.cases
  assert.equal(formed?.findings, [])
  assert.is(formed?.verdict, 'pass')
  assert.equal(results.roles, [{ role: 'DCS', verdict: 'pass' }])
  assert.is(results.run.clock, 'real')
})

test('what is wrong in a product over sockets is found, is its own, and nothing of the tester is', async () => {
  const broken = supportOf(contractsOf(tellDerms)) as Peer
  const { results } = await beside('DCS', broken, ['S-5-1/formed'])
  const found = results.cases.flatMap(({ findings }) => findings)
  assert.equal(
    found.map((it) => [it.requirement, it.blame]),
    [['GFO-03', 'DCS']],
  )
})

/** What DERMS was told in the first branch it is told once more, as news, when the second is being prepared. */
function tellingLate(peer: Peer, change = (it: Node) => it): Peer {
  let first: Sent | undefined
  let late: Node | undefined
  const noting = (turn: Turn<unknown>) => {
    first ??= turn.sends.find((it) => it.to === 'DOP')
    return turn
  }
  const nothing = (state: unknown) => ({ state, sends: [], reply: undefined })
  return {
    ...peer,
    hear: (state, heard, tools) => {
      const told = first
      const turn = noting(peer.hear(state, heard, tools))
      const isNext =
        heard.root !== undefined && askedBy(heard.root) === 'created CustomerAgreements'
      if (told === undefined || late !== undefined || !isNext) return turn
      late = change(withText(told.message, 'Header/MessageID', () => tools.uuid('late')))
      return { ...turn, sends: [{ ...told, message: late }, ...turn.sends] }
    },
    answered: (state, sent, reply, tools) =>
      sent === late
        ? nothing(state)
        : noting(peer.answered?.(state, sent, reply, tools) ?? nothing(state)),
  }
}

test('what comes late for a branch is nothing of the next: it is kept, told, and judged by itself', async () => {
  const branches = ['S-5-1/formed', 'S-5-1/by-dso']
  const late = tellingLate(CUSTOMER_SUPPORT as Peer)
  const { results, passed, lines } = await beside('DCS', late, branches)
  assert.equal(
    results.cases.map((it) => [it.id, it.verdict, it.findings.length]),
    branches.map((it) => [it, 'pass', 0]),
  )
  const [it, ...more] = results.unmatched ?? []
  assert.equal(more, [])
  assert.match(
    it?.why ?? '',
    /^it is of S-5-1\/formed, which was over when it came; a longer --wait/,
  )
  assert.ok(lines.some((line) => line.startsWith('came: ') && line.endsWith(it?.why ?? '-')))
  const kept = passed.filter((one) => one.scenario === 'unmatched')
  assert.equal(
    kept.map((one) => [one.direction, one.from, one.to, one.status]),
    [
      ['request', 'DCS', 'DOP', null],
      ['reply', 'DOP', 'DCS', 404],
    ],
  )
  assert.is(kept[0]?.file, it?.file)
  assert.match(Buffer.from(kept[0]?.bytes ?? '').toString(), /<Noun>DERGroups<\/Noun>/)
})

test('what is wrong in a message of no branch weighs on who has sent it', async () => {
  const zoneless = (it: Node) => withText(it, 'Header/Timestamp', () => '2026-07-14T09:00:00')
  const wrong = tellingLate(CUSTOMER_SUPPORT as Peer, zoneless)
  const { results } = await beside('DCS', wrong, ['S-5-1/formed', 'S-5-1/by-dso'])
  const stray = results.cases.find((it) => it.id === 'unmatched')
  assert.equal(
    stray?.findings.map((it) => [it.requirement, it.blame, it.step]),
    [['HDR-04', 'DCS', 'message']],
  )
})

const LEFT_ALONE = ['S-5-1/unregistered-member', 'S-5-1/no-uuid', 'S-5-2/unknown']

test('a product that is left alone in a branch, or may be silent in it, has shown nothing', async () => {
  const { results } = await beside('DOP', AGREEABLE, LEFT_ALONE, 50)
  assert.equal(
    results.cases.map((it) => [it.id, it.verdict]),
    LEFT_ALONE.map((it) => [it, 'not-applicable']),
  )
  assert.match(results.cases[0]?.why ?? '', /^DOP had nothing to do in it/)
  assert.equal(results.roles, [{ role: 'DOP', verdict: 'not-applicable' }])
  const shown = results.requirements.filter((it) => it.cases.length > 0)
  assert.equal(shown, [], 'and no requirement is shown by it')
})

test('a product that says OK to everything, keeps nothing and tells nobody does not pass where groups end', async () => {
  const ends = ['S-5-2/last-member', 'S-5-2/twice']
  const { results } = await beside('DOP', AGREEABLE, ends, 50)
  for (const { id, verdict, findings } of results.cases) {
    assert.is(verdict, 'fail', id)
    const found = new Set(findings.map((it) => it.requirement))
    assert.equal([...found].sort(), ['GDI-09', 'GRP-04'], id)
    assert.ok(findings.every((it) => it.blame === 'DOP'))
  }
})

test('a product that nobody is at is told so, and so is a branch that could not begin', async () => {
  const away = await besideIt(
    {
      ...{ products: new Set<Role>(['CIS']), target: 'http://127.0.0.1:9/cim', transport: 'http' },
      ...{ quietMs: 1, token: 'run', seed: 'seed', place: { host: '127.0.0.1', port: 0 } },
      judge: ground.judge,
      wayTo: () => ({
        name: 'http-xml',
        send: async () => ({ kind: 'unreachable' as const, why: 'connection refused' }),
      }),
      ...{ now: () => new Date().toISOString(), tell: () => undefined },
    },
    ['CIS'],
  )
  const { results, exitCode } = await ran(['S-5-1/formed'], { away })
  await away.close()
  assert.is(exitCode, 5)
  assert.match(results.why ?? '', /127.0.0.1:9\/cim is not reached: connection refused/)
  assert.match(results.cases[0]?.why ?? '', /not taken: create Tariffs to CIS: no answer/)
})

test.run()
