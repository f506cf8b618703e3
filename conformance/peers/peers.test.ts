// Reference peers keep to every case of their role, and are pure: the same message in the same state gives the same turn.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openGround } from '../ground.fixture.ts'
import type { OpenGround } from '../ground.fixture.ts'
import { compose } from '../engine/compose.ts'
import { textAt } from '../find.ts'
import { played } from '../selftest/playing.ts'
import type { Node } from '../xml.ts'
import { REFERENCE_PEERS } from './peers.ts'
import { PROGRAMS } from './programs.ts'
import { openStage } from './stage.ts'
import { writeXml } from './write.ts'

const NOW = '2026-07-14T09:00:00.000Z'
const test = suite('conformance peers')
let ground: OpenGround
test.before(async () => void (ground = await openGround()))
test.after(() => ground.close())

for (const peer of [...REFERENCE_PEERS, PROGRAMS])
  test(`${peer.role} keeps to every case, without so much as a warning`, async () => {
    const { results, exitCode } = await played(peer, ground)
    const findings = results.cases.flatMap((it) =>
      it.findings.map(
        (one) => `${it.id}#${one.step} ${one.requirement}: ${one.message} ${one.path}`,
      ),
    )
    assert.equal(findings, [])
    const applied = results.cases.filter((it) => it.verdict !== 'not-applicable')
    assert.equal([...new Set(applied.map((it) => it.verdict))], ['pass'])
    const isOwn = ({ pack }: { readonly pack: string }) =>
      (peer === PROGRAMS) === /programs$/.test(pack)
    const own = results.cases.filter((it) => it.roles.includes(peer.role) && isOwn(it))
    assert.equal(
      own.flatMap((it) =>
        it.verdict === 'not-applicable' && !/^the option /.test(it.why ?? '') ? [it.id] : [],
      ),
      [],
      'a case of its role is beyond it',
    )
    assert.is(exitCode, 0)
  })

test('what peers tell each other is valid and taken, and Customer Support knows each group as it is', async () => {
  const { register, judge } = ground
  const stage = openStage(REFERENCE_PEERS, { judge, seed: 'seed', begins: NOW })
  const cases = register.scenarios.filter((it) => it.target.includes('DOP') && it.pack === 'part5')
  for (const { id: scenario, steps } of cases)
    for (const step of steps.filter((it) => it.kind === 'request' && it.resend === undefined)) {
      const place = { seed: 'seed', scenario, source: 'AGG', now: NOW, captured: {} }
      const { xml } = compose(step, { ...place, payload: register.payload })
      await stage.say('AGG', 'DOP', new TextEncoder().encode(xml))
    }
  const events = stage.passed.filter((it) => it.from === 'DOP')
  assert.ok(events.length > cases.length, 'most cases change a group, and two parties hear of it')
  for (const { message, reply } of events) {
    assert.equal(message.observations, [])
    assert.equal(reply?.observations, [])
    assert.is(textAt(reply?.root, 'Reply/Result'), 'OK')
  }
  assert.equal(groupsOf(stage.stateOf('DCS')), groupsOf(stage.stateOf('DOP')))
  assert.ok(groupsOf(stage.stateOf('DOP')).length > 10)
})

function groupsOf(state: unknown): readonly string[] {
  const { own } = state as { readonly own: { readonly groups: ReadonlyMap<string, Node> } }
  return [...own.groups.values()].map(writeXml).sort()
}

test('a message to a role that nobody plays is taken down, without an answer', async () => {
  const { register, judge } = ground
  const peers = REFERENCE_PEERS.filter((it) => it.role !== 'CIS')
  const stage = openStage(peers, { judge, seed: 'seed', begins: NOW })
  const step = register.scenarios.find((it) => it.id === 'WR-1a')?.steps[0]
  assert.ok(step)
  const place = { seed: 'seed', scenario: 'WR-1a', source: 'CIS', now: NOW, captured: {} }
  const { xml } = compose(step, { ...place, payload: register.payload })
  const [asked, told] = await stage.say('CIS', 'WMS', new TextEncoder().encode(xml))
  assert.is(textAt(asked?.reply?.root, 'Reply/Result'), 'OK')
  assert.is(told?.to, 'CIS')
  assert.is(textAt(told?.message.root, 'Header/Verb'), 'created')
  assert.equal(told?.message.observations, [])
  assert.is(told?.reply, undefined)
})

test.run()
