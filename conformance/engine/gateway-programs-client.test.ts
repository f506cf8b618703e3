// Our own gateway as the product that tells a system of programmes: what it passes on comes to the tester as server, which is
// busy, refuses by a status of HTTP alone, takes a part, loses its answer. The whole gateway, on virtual time.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LOCAL } from '../../src/gateway/parties/party.ts'
import { openWhole, partyOf, wayTo } from '../../src/gateway/whole.fixture.ts'
import { openGround } from '../ground.fixture.ts'
import type { Step } from '../shapes.ts'
import { compose } from './compose.ts'
import { playedWith } from './gateway-game.fixture.ts'
import type { Trigger } from './server.ts'

const test = suite('conformance: our gateway tells a system of programmes')
const whole = await openWhole({
  ...LOCAL,
  parties: ['gw', 'cs'].map(partyOf),
  ways: [
    wayTo('gw', { noun: ['ProgramEvents', 'EventParticipations'], verb: ['create', 'change'] }),
    wayTo('gw', { noun: ['ProgramSubscriptions'], verb: ['close'] }),
    wayTo('gw', { noun: ['EndDeviceStatuses'], verb: ['get'] }),
    wayTo('gw', { noun: ['DeviceScores'], verb: ['created'] }),
    wayTo('local', {}),
  ],
})
const ground = await openGround()
test.after(async () => {
  await whole.close()
  await ground.close()
})

type Said = readonly [words: string, payload: string, of?: Step['with']]
const EVENT = { event: 'event', start: 60, middle: 90, end: 120 }
const DEVICE =
  '<EndDeviceStatuses xmlns="http://cimgate.example/draft/2026/EndDeviceStatuses#"><EndDeviceStatus><EndDevice><mRID>{{uuid device}}</mRID></EndDevice></EndDeviceStatus></EndDeviceStatuses>'

/** What is told to the gateway before, which it keeps itself, by what it is to send. */
const BEFORE: Readonly<Record<string, readonly Said[]>> = {
  'change ProgramEvents': [['created ProgramEvents', 'event', EVENT]],
  'create EventParticipations': [['created ProgramEvents', 'event', EVENT]],
  'close ProgramSubscriptions': [
    ['create ProgramSubscriptions', 'subscription', { devices: 1, status: 'INACTIVE' }],
  ],
}

/** What it is to send. */
const ASKED: Readonly<Record<string, Said>> = {
  'create ProgramEvents': ['create ProgramEvents', 'event', EVENT],
  'change ProgramEvents': [
    'change ProgramEvents',
    'stage-cancelled',
    { event: 'event', text: 'mild' },
  ],
  'create EventParticipations': [
    'create EventParticipations',
    'reservations',
    { event: 'event', stage: 1, devices: 3 },
  ],
  'close ProgramSubscriptions': ['close ProgramSubscriptions', 'subscription-close'],
  'get EndDeviceStatuses': ['get EndDeviceStatuses', ''],
  'created DeviceScores': ['created DeviceScores', 'score', { score: '1', at: -60, value: '0.3' }],
}

function messageOf([words, payload, of = {}]: Said, scenario: string): string {
  const [verb = '', noun = ''] = words.split(' ')
  const kind = verb.endsWith('ed') ? 'event' : 'request'
  const content = verb === 'get' ? { request: DEVICE } : { payload: `draft/${payload}.xml` }
  const step = { id: words, from: 'AGG', to: 'GW', kind, verb, noun, with: of, ...content } as const
  const writing = { seed: 'seed', scenario, source: 'cs', captured: {} }
  const now = whole.time.clock()
  return compose(step, { ...writing, now, payload: ground.register.payload }).xml
}

async function obey({ case: id, expects: { verb, noun } }: Trigger): Promise<string> {
  const words = `${verb} ${noun}`
  const asked = ASKED[words]
  assert.ok(asked, `nothing is known of ${words}`)
  let text = ''
  for (const it of [...(BEFORE[words] ?? []), asked]) {
    const body = messageOf(it, id)
    const headers = { 'content-type': 'application/xml' }
    text = (await whole.ask('cs', 'POST', '/cim', { body, headers })).text
  }
  return text
}

test('it passes each case: busy, HTTP 400, taken in part, lost, late', async () => {
  const ids = ground.register.clients.filter((it) => it.peer === 'GW').map((it) => it.id)
  assert.ok(ids.length > 7)
  const { results } = await playedWith(whole, ground, ids, obey)
  const said = results.cases.flatMap(({ id, verdict, why = '', findings }) =>
    verdict === 'pass'
      ? []
      : [`${id} ${verdict} ${why} ${findings.map((it) => it.message).join(' ')}`],
  )
  assert.equal(said, [])
  assert.is(results.cases.length, ids.length)
})

test.run()
