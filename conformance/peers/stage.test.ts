// What a stage does beyond carrying messages: replies are given back, time passes as parties want it, and a word between.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readXml, loadXml } from '../xml.ts'
import { textAt } from '../find.ts'
import { peerOf } from './party.ts'
import type { Party } from './party.ts'
import type { Peer } from './peer.ts'
import { isOk, requestOf } from './said.ts'
import { openStage } from './stage.ts'
import type { Passing, StageOptions } from './stage.ts'
import { element, writeXml } from './write.ts'

const NS = 'http://stage.example/#'
const ask = (verb: string) => element(NS, 'Work', [element(NS, 'what', verb)])
const TOOLS = {
  now: '2026-07-14T09:00:00.000Z',
  uuid: (...words: readonly string[]) => words.join('-'),
}

/** Asks Engineering by itself when it is asked, notes what came back, and asks once more in five days. */
const ASKING: Party<readonly string[]> = {
  role: 'CIS',
  namespaces: [NS],
  start: [],
  takes: {
    'create Work': (state, _ask, tools) => ({
      state,
      sends: [{ to: 'ENG', message: requestOf('CIS', 'change', ask('first'), tools, 'first') }],
      wakes: [
        { afterMs: 5 * 86_400_000, word: 'again in five days' },
        { afterMs: 60_000, word: 'again in a minute' },
      ],
    }),
  },
  follows: {
    'change Work': (state, sent, reply, { now }) => ({
      state: [
        ...state,
        `${textAt(sent, 'Payload/Work/what')} ${reply === undefined ? 'nothing' : String(isOk(reply))} ${now}`,
      ],
    }),
  },
  wakes: {
    again: (state, rest, tools) => ({
      state,
      sends: [{ to: 'ENG', message: requestOf('CIS', 'change', ask(rest), tools, rest) }],
    }),
  },
}
const OWN = { own: (state: unknown) => (state as { readonly own: readonly string[] }).own }

const ENG = peerOf<number>({
  role: 'ENG',
  namespaces: [NS],
  start: 0,
  takes: {
    'change Work': (count) =>
      count > 0
        ? { state: count, failures: [{ code: '6.1', reason: 'once is enough' }] }
        : { state: count + 1 },
    'get Work': (count) => ({ state: count, payload: ask(String(count)) }),
  },
}) as Peer

const test = suite('conformance stage')
test.before(loadXml)

const judge: StageOptions['judge'] = async (bytes) => ({
  ...{ bytes, root: readXml(bytes), observations: [], undecided: undefined },
})
const bytesOf = (verb: string) =>
  new TextEncoder().encode(writeXml(requestOf('CUST', verb, ask('begin'), TOOLS)))
const stageOf = (peers: readonly Peer[], meanwhile?: StageOptions['meanwhile']) =>
  openStage(peers, {
    ...{ judge, seed: 'seed', begins: TOOLS.now },
    ...(meanwhile === undefined ? {} : { meanwhile }),
  })

test('who has asked learns of the answer, and the clock jumps to what it comes back to, the earliest first', async () => {
  const stage = stageOf([peerOf(ASKING) as Peer, ENG])
  const passed = await stage.say('CUST', 'CIS', bytesOf('create'))
  assert.equal(OWN.own(stage.stateOf('CIS')), [
    'first true 2026-07-14T09:00:00.020Z',
    'in a minute false 2026-07-14T09:01:00.020Z',
    'in five days false 2026-07-19T09:00:00.020Z',
  ])
  assert.equal(
    passed.map((it) => [it.to, it.at.slice(0, 16), it.repliedAfter]),
    [
      ['CIS', '2026-07-14T09:00', 1],
      ['ENG', '2026-07-14T09:00', 2],
      ['ENG', '2026-07-14T09:01', 3],
      ['ENG', '2026-07-19T09:00', 4],
    ],
  )
})

test('who asks a role that nobody plays learns that nothing came', async () => {
  const stage = stageOf([peerOf(ASKING) as Peer])
  await stage.say('CUST', 'CIS', bytesOf('create'))
  assert.match(OWN.own(stage.stateOf('CIS'))[0] ?? '', /^first nothing/)
})

test('a word between is heard before the sender learns of the answer', async () => {
  const probe: Passing = { from: 'OPS', to: 'ENG', bytes: bytesOf('get') }
  const stage = stageOf([peerOf(ASKING) as Peer, ENG], ({ to, at }) =>
    to === 'ENG' && at.endsWith('.010Z') && at.startsWith('2026-07-14T09:00') ? [probe] : [],
  )
  await stage.say('CUST', 'CIS', bytesOf('create'))
  const [, asked, between] = stage.passed
  assert.is(asked?.to, 'ENG')
  assert.is(between?.from, 'OPS')
  assert.is(textAt(between?.reply?.root, 'Payload/Work/what'), '1')
  assert.match(OWN.own(stage.stateOf('CIS'))[0] ?? '', /^first true 2026-07-14T09:00:00.030Z/)
})

test('parties that answer each other without end are a fault', async () => {
  const again = (role: 'CIS' | 'ENG', to: 'CIS' | 'ENG') =>
    peerOf<number>({
      role,
      namespaces: [NS],
      start: 0,
      takes: {
        'create Work': (n, _ask, tools) => ({
          state: n + 1,
          sends: [{ to, message: requestOf(role, 'create', ask('x'), tools, String(n)) }],
        }),
      },
    }) as Peer
  try {
    await stageOf([again('CIS', 'ENG'), again('ENG', 'CIS')]).say('CUST', 'CIS', bytesOf('create'))
    assert.unreachable()
  } catch (error) {
    assert.match(String(error), /do not come to an end/)
  }
})

test.run()
