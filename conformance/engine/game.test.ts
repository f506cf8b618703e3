// A run of the tester as server, in memory: what comes is put before it without a socket, and nobody waits.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openGround } from '../ground.fixture.ts'
import type { OpenGround } from '../ground.fixture.ts'
import { octetsOf } from '../captured/captured.ts'
import { CHECKS } from '../checks/checks.ts'
import { tokenOf } from '../ids.ts'
import type { Peer } from '../peers/peer.ts'
import { LISTENERS } from '../peers/listeners.ts'
import { REFERENCE_PEERS } from '../peers/peers.ts'
import { readRegister } from '../register.ts'
import { textAt } from '../find.ts'
import type { ClientCase, Role } from '../shapes.ts'
import type { Wrong } from '../stranger-client.fixture.ts'
import { written } from '../stranger-messages.fixture.ts'
import { readXml } from '../xml.ts'
import { playable } from './answering.ts'
import { compose } from './compose.ts'
import { playedBy, serverRun } from './game.fixture.ts'
import type { GameOptions } from './game.fixture.ts'
import { openGame } from './game.ts'
import { matched } from './inbox.ts'
import { judged } from './judge.ts'
import type { Ran } from './summary.ts'

const NOW = '2026-07-14T09:00:00Z'
const test = suite('conformance: the game of a server')
const register = readRegister()
let ground: OpenGround
test.before(async () => void (ground = await openGround()))
test.after(() => ground.close())

/** A game of one case each of create and delete; what came of it, and what was told. */
async function played(
  texts: readonly string[],
  { paths = [], ...options }: GameOptions & { readonly paths?: readonly string[] } = {},
) {
  const only = ['clients/create', 'clients/delete']
  const lines: string[] = []
  const tell = (line: string) => void lines.push(line)
  const game = openGame(serverRun(ground, { only, ...options, tell }))
  const told: string[] = []
  for (const [at, text] of texts.entries()) {
    const bytes = new TextEncoder().encode(text)
    const headers = { 'content-type': 'application/xml' }
    const asked = { method: 'POST', path: addressOf(paths[at] ?? 'DOP'), headers, bytes }
    told.push(new TextDecoder().decode((await game.answer(asked))?.bytes))
  }
  return { ran: game.end(NOW, ''), told, lines }
}

/** The token of the run follows from its seed. */
const addressOf = (role: string) => `/t/${tokenOf('seed')}/${role}`

function messages(): readonly string[] {
  const { scenarios, payload } = register
  const steps = scenarios.find((it) => it.id === 'DERG-4')?.steps ?? []
  const writing = { seed: 'seed', scenario: 'DERG-4', source: 'stranger', captured: {}, payload }
  return ['create', 'delete'].map((verb) => {
    const step = steps.find((it) => it.verb === verb)
    return step === undefined ? '' : compose(step, { ...writing, now: NOW }).xml
  })
}

const verdicts = ({ results }: Pick<Ran, 'results'>) =>
  results.cases
    .filter((it) => it.verdict !== 'not-applicable')
    .map((it) => `${it.id} ${it.verdict}`)
const found = ({ results }: Pick<Ran, 'results'>) =>
  results.cases.flatMap((it) => it.findings.map((one) => `${one.requirement} ${it.id}#${one.step}`))

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
  assert.equal(verdicts(ran), ['clients/create harness-error', 'clients/delete warning'])
  assert.match(ran.results.cases[0]?.why ?? '', /The tester failed by itself as DOP: broken on p/)
  assert.match(told[0] ?? '', /FaultMessage.*The tester failed by itself as DOP/)
})

test('a message that the engine cannot judge is nothing of its sender', async () => {
  const failing = { ...ground.cimgate, validate: () => Promise.reject(new Error('out of memory')) }
  const judge = (bytes: Uint8Array) => judged(bytes, failing)
  const { ran, lines } = await played(messages(), { judge })
  assert.equal(verdicts(ran), ['clients/create harness-error', 'clients/delete harness-error'])
  assert.match(
    lines.join('\n'),
    /taken for clients\/create, .*; The message could not be judged: out of memory/,
  )
})

test('of every case the peer that it needs can be played, and takes what begins it', () => {
  const lacking = register.clients.filter(({ peer, message: { verb, noun } }) => {
    const listener = LISTENERS.find((it) => it.role === peer)
    return listener?.takes.includes(`${verb} ${noun}`) !== true
  })
  assert.equal(
    lacking.map((it) => it.id),
    [],
  )
})

for (const role of ['AGG', 'CIS', 'OPS', 'DOP', 'WMS', 'GW'] as const)
  test(`a client that keeps to everything passes every case of ${role}`, async () => {
    const ran = await playedBy('none', ground, { role })
    assert.equal(found(ran), [])
    assert.equal([ran.results.verdict, ran.results.unmatched], ['pass', []])
    assert.ok(verdicts(ran).length > 8, String(verdicts(ran).length))
  })

/** [what is wrong with a client, as whom, what of it has to be named; all that has to be] */
const WRONG: readonly (readonly [Wrong, Role, readonly string[]])[] = [
  ['new-id-on-retry', 'CIS', ['CLI-03']],
  ['no-retry', 'CIS', ['CLI-02']],
  ['stubborn', 'CIS', ['CLI-04']],
  ['own-mrid', 'CIS', ['CLI-05', 'CLI-08']],
  ['any-reply', 'CIS', ['CLI-06']],
  ['new-id-on-retry', 'WMS', ['CLI-03']],
  ['stubborn', 'WMS', ['CLI-04']],
  ['waits-for-words', 'WMS', ['CLI-07']],
  ['forgetful', 'WMS', ['CLI-08']],
  ['new-id-on-retry', 'DOP', ['CLI-03']],
  ['stubborn', 'DOP', ['CLI-04']],
  ['waits-for-words', 'DOP', ['CLI-07']],
  ['forgetful', 'DOP', ['CLI-08']],
  ['deaf', 'DOP', ['CLI-01']],
  ['no-retry', 'GW', ['CLI-02', 'CLI-10']],
  ['stubborn', 'GW', ['CLI-04', 'CLI-09']],
]

for (const [wrong, role, named] of WRONG)
  test(`of a ${role} that is wrong in one thing, ${wrong}, that is named and nothing else`, async () => {
    const ran = await playedBy(wrong, ground, { role })
    assert.equal([...new Set(found(ran).map((it) => it.split(' ')[0]))].sort(), named)
  })

test('what comes to none of our addresses is taken by the CorrelationID that was given out', async () => {
  const only = ['clients/created-DERGroups-OPS', 'clients/create-WorkRequests']
  const ran = await playedBy('none', ground, { role: 'GW', only, path: '/cim' })
  assert.equal(
    verdicts(ran),
    only.map((it) => `${it} pass`),
  )
  const came = ran.lines.filter((it) => it.startsWith('came: '))
  assert.equal(
    came.map((it) => it.replace(/ \[.*?\]/, '')),
    [
      'came: created DERGroups, taken for clients/created-DERGroups-OPS, step request (by a CorrelationID of ours)',
      'came: create WorkRequests, taken for clients/create-WorkRequests, step request (by a CorrelationID of ours)',
    ],
  )
})

test('a CorrelationID that was given out says which of several cases is meant', () => {
  const [create, other] = ['clients/create', 'clients/lost'].map((id) =>
    register.clients.find((it) => it.id === id),
  )
  assert.ok(create && other)
  const begun = { first: undefined, follow: [], until: undefined }
  const played = [create, other].map((client) => ({ ...begun, client }))
  const [text = ''] = messages()
  const id = textAt(readXml(octetsOf(text)), 'Header/CorrelationID') ?? ''
  const known = { token: 't', roles: ['DOP' as const], issued: new Map([[id, other]]) }
  const at = (path: string, issued: ReadonlyMap<string, ClientCase>, names: readonly string[]) => {
    const it = { path, root: readXml(octetsOf(text)), bytes: octetsOf(text) }
    const found = matched(it, played, { ...known, issued, names: new Set(names) }, 0)
    return 'client' in found ? `${found.client.id} by ${found.by}` : found.why
  }
  const none = new Map<string, ClientCase>()
  assert.is(at('/t/t/DOP', none, []), 'clients/create by the address')
  assert.is(at('/t/t/DOP', known.issued, []), 'clients/lost by the address')
  assert.is(at('/cim', known.issued, []), 'clients/lost by a CorrelationID of ours')
  assert.is(at('/cim', none, ['stranger']), 'clients/create by Source stranger')
  assert.match(at('/cim', none, []), /has no CorrelationID of ours, and nobody knows its Source/)
})

test('of a product that calls none of our addresses the Source is enough for any role', async () => {
  const only = ['clients/created-DERGroups', 'clients/changed-DERGroupStatuses-silent']
  const lines: string[] = []
  const tell = (line: string) => void lines.push(line)
  const run = serverRun(ground, { role: 'DOP', only, tell })
  const product = { ...run.capability.product, name: 'stranger' }
  const game = openGame({ ...run, capability: { ...run.capability, product } })
  for (const noun of ['DERGroupStatuses', 'DERGroups']) {
    const verb = noun === 'DERGroups' ? 'created' : 'changed'
    const { text } = written({ verb, noun, mRID: 'g', number: 1 }, `id of ${noun}`)
    const headers = { 'content-type': 'application/xml' }
    await game.answer({ method: 'POST', path: '/', headers, bytes: octetsOf(text) })
  }
  assert.equal(verdicts(game.end(NOW, '')), [
    'clients/created-DERGroups pass',
    'clients/changed-DERGroupStatuses-silent pass',
  ])
  assert.match(lines.join('\n'), /for clients\/created-DERGroups, step request \(by Source strang/)
})

const renumbered = (text: string) => text.replace(/(?<=<MessageID>)[^<]+/, 'another')

/** [what no case waits for, octets, where it is sent, what has to be named]; the first is of the product, as its address says */
const STRAYS: readonly (readonly [
  string,
  (create: string) => string,
  string,
  readonly string[],
])[] = [
  ['a verb that there is not', (it) => it.replace('>create<', '>update<'), 'DOP', ['MSG-01']],
  ['octets that are no message', () => 'garbage', 'DOP', ['XML-01']],
  ['a noun that nobody knows', (it) => it.replace(/(?<=<Noun>)\w+/, 'Bananas'), 'DOP', ['NOU-02']],
  ['what is right', (it) => it.replace('>create<', '>change<'), 'DOP', []],
  ['what is wrong, to a role that nobody plays', () => 'garbage', 'NOPE', ['XML-01']],
]

for (const [what, write, role, named] of STRAYS)
  test(`what no case waits for is judged like all else: ${what}`, async () => {
    const [create = ''] = messages()
    const { ran } = await played([create, write(renumbered(create))], {
      only: ['clients/create'],
      paths: ['DOP', role],
    })
    const id = role === 'DOP' ? 'unmatched/DOP' : 'unmatched'
    assert.equal(
      [...new Set(found(ran))].sort(),
      named.map((it) => `${it} ${id}#message`),
    )
    assert.equal(verdicts(ran), [
      'clients/create pass',
      ...(named.length === 0 ? [] : [`${id} fail`]),
    ])
    const verdict = named.length === 0 ? 'pass' : 'fail'
    assert.equal(ran.results.roles, [{ role: 'AGG', verdict }])
    assert.is(ran.exitCode, named.length === 0 ? 0 : 1)
    const [finding] = ran.results.cases.flatMap((it) => it.findings)
    if (finding !== undefined)
      assert.equal([finding.blame, finding.wire], ['target', ran.results.unmatched?.[0]?.file])
  })

test("what may be anybody else's, and what is no POST, is told of and weighs nothing", async () => {
  const game = openGame(serverRun(ground, { only: ['clients/create'] }))
  const [create = ''] = messages()
  const ask = (method: string, path: string, text: string) =>
    game.answer({ method, path, headers: {}, bytes: octetsOf(text) })
  await ask('POST', addressOf('DOP'), create)
  await ask('POST', '/t/another/DOP', 'garbage')
  await ask('GET', addressOf('DOP'), '')
  const ran = game.end(NOW, '')
  assert.equal(ran.results.unmatched?.length, 2)
  assert.equal(verdicts(ran).length, 1)
})

test.run()
