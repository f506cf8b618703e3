// What the metrics say, in the words of Prometheus, and that no id becomes a label.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Backlog } from '../gateway/ledger.ts'
import { meteredExchange, meteredPeer, meteredStore } from '../gateway/meter.ts'
import type { Meter } from '../gateway/meter.ts'
import { openFixture } from '../gateway/gateway.fixture.ts'
import { group, message, payload } from '../gateway/messages.fixture.ts'
import type { PeerAnswer } from '../gateway/peer.ts'
import { party } from '../gateway/access/parties.fixture.ts'
import { openMetrics } from './metrics.ts'
import { keep, sampleMessage } from './store/contract/samples.ts'

const test = suite('metrics')

const BACKLOG: readonly Backlog[] = [
  { party: 'wms', waiting: 3, parked: 1, oldestAt: '2026-07-14T08:00:00.000Z' },
  { party: 'cis', waiting: 0, parked: 2, oldestAt: '' },
]

const sources = {
  version: '1.2.3',
  now: () => Date.parse('2026-07-14T08:01:30.000Z'),
  backlog: async () => BACKLOG,
  circuits: () => [['wms', { state: 'open' }] as const, ['cis', { state: 'half-open' }] as const],
  sockets: () => 7,
}

/** Lines of our own that are no comments. */
async function linesOf(text: () => Promise<string>): Promise<readonly string[]> {
  return (await text()).split('\n').filter((it) => it.startsWith('cimgate_'))
}

test('shows queues, circuits, sockets, the build and the process', async () => {
  const { text } = openMetrics(sources)
  const lines = await linesOf(text)
  for (const line of [
    'cimgate_queue_depth{party="wms"} 3',
    'cimgate_queue_depth{party="cis"} 0',
    'cimgate_queue_oldest_age_seconds{party="wms"} 90',
    'cimgate_queue_oldest_age_seconds{party="cis"} 0',
    'cimgate_parked{party="wms"} 1',
    'cimgate_circuit_state{party="wms"} 2',
    'cimgate_circuit_state{party="cis"} 1',
    'cimgate_status_sockets 7',
    'cimgate_store_up 1',
    `cimgate_build_info{version="1.2.3",node="${process.version}"} 1`,
    'cimgate_messages_parked_total 0',
  ])
    assert.ok(lines.includes(line), line)
  assert.match(await text(), /^process_resident_memory_bytes \d+$/m)
})

test('forgets a queue that is gone, and answers when the store cannot', async () => {
  let isBroken = false
  let backlog = BACKLOG
  const { text } = openMetrics({
    ...sources,
    backlog: async () => {
      if (isBroken) throw new Error('disk')
      return backlog
    },
  })
  await text()
  backlog = BACKLOG.slice(1)
  assert.not.ok((await linesOf(text)).some((it) => /depth.*wms/.test(it)))
  isBroken = true
  assert.ok((await linesOf(text)).includes('cimgate_store_up 0'))
})

test('counts received, rejected and repeated messages by party and noun, never by an id', async () => {
  const gateway = await openFixture()
  const { meter, text } = openMetrics(sources)
  const logged: Readonly<Record<string, unknown>>[] = []
  const silent = () => undefined
  const exchange = meteredExchange(gateway.exchange, {
    meter,
    elapsed: () => 0,
    isNoun: gateway.schemas.catalogue.isNoun,
    log: { info: (fields) => logged.push(fields), warn: silent, error: silent },
  })
  const send = (xml: string) =>
    exchange.receive({ bytes: Buffer.from(xml), sender: { party: 'dms' }, bodyHash: xml })
  const good = message({ verb: 'create', id: 'id-1' }, payload(group({ description: 'geheim' })))
  await send(good)
  await send(good)
  await send(message({ verb: 'create', id: 'id-2' }, '<Payload/>'))
  await send(message({ verb: 'create', noun: 'Invented9', id: 'id-3' }, '<Payload/>'))
  await send('<a/>')
  const lines = await linesOf(text)
  for (const line of [
    'cimgate_messages_received_total{party="dms",noun="DERGroups"} 2',
    'cimgate_messages_rejected_total{party="dms",noun="DERGroups"} 1',
    'cimgate_messages_duplicate_total{party="dms"} 1',
    'cimgate_receive_duration_seconds_count{result="OK"} 1',
    'cimgate_receive_duration_seconds_count{result="FAILED"} 3',
  ])
    assert.ok(lines.includes(line), `${line}\n${lines.join('\n')}`)
  assert.not.match(lines.join('\n'), /id-\d|Invented9/)
  const [refused] = logged
  assert.is(logged.length, 3)
  assert.equal([refused?.['party'], refused?.['messageID']], ['dms', 'id-2'])
  assert.not.match(JSON.stringify(logged), /geheim|<Payload|EndDeviceGroup/)
  await gateway.close()
})

test('counts tries by what became of them, and times them', async () => {
  const { meter, text } = openMetrics(sources)
  let clock = 0
  const answered = (status: number): PeerAnswer => ({
    ...{ kind: 'answered', status, contentType: '', bytes: new Uint8Array() },
  })
  const unreachable = { kind: 'unreachable', reason: '', permanent: false } as const
  const answers: PeerAnswer[] = [
    answered(200),
    answered(202),
    answered(503),
    { ...unreachable, sent: false },
    { ...unreachable, sent: true },
  ]
  const peer = meteredPeer(
    { send: async () => answers.shift() as PeerAnswer, probe: async () => true },
    { meter, elapsed: () => (clock += 250) },
  )
  for (const _ of [...answers]) await peer.send(party('wms'), sampleMessage('x'))
  const lines = await linesOf(text)
  for (const line of [
    'cimgate_messages_sent_total{party="wms"} 2',
    'cimgate_send_attempts_total{party="wms",outcome="5xx"} 1',
    'cimgate_send_attempts_total{party="wms",outcome="unreachable"} 1',
    'cimgate_send_attempts_total{party="wms",outcome="unknown"} 1',
    'cimgate_send_duration_seconds_sum{party="wms",outcome="2xx"} 0.5',
  ])
    assert.ok(lines.includes(line), line)
})

test('counts what has become durable, and nothing else', async () => {
  const gateway = await openFixture()
  const steps: string[] = []
  let late = 0
  const meter: Meter = {
    received: () => undefined,
    tried: () => undefined,
    stepped: (to) => steps.push(to),
    overdue: (count) => void (late += count),
  }
  const store = meteredStore(gateway.store, meter)
  const unit = { puts: [], removals: [], events: [] }
  const legs = [sampleMessage('out', { direction: 'out', state: 'PARKED' })]
  await keep(store, { ...unit, message: sampleMessage('in'), legs })
  const step = { leg: 'leg-out', from: 'PARKED', to: 'CLOSED', reason: '' } as const
  await keep(store, { ...unit, steps: [step] })
  // Somebody else was quicker: nothing has happened.
  assert.is((await store.commit({ ...unit, steps: [step] })).kind, 'late')
  assert.is((await store.commit({ ...unit, message: sampleMessage('in') })).kind, 'duplicate')
  await keep(store, { ...unit, overdue: ['a', 'b'] })
  assert.equal(steps, ['ACKED', 'PARKED', 'CLOSED'])
  assert.is(late, 2)
  await gateway.close()
})

test('times answers by the path of their route', async () => {
  const { answered, text } = openMetrics(sources)
  const route = '/api/v1/messages/:id'
  answered({ method: 'GET', route, status: 200, tookMs: 3 })
  answered({ method: 'GET', route, status: 200, tookMs: 2_000 })
  const lines = await linesOf(text)
  const labels = `method="GET",route="${route}",status="200"`
  assert.ok(lines.includes(`cimgate_http_request_duration_seconds_count{${labels}} 2`))
  const first = lines.find((it) => it.includes('http_request_duration_seconds_bucket{le="0.005"'))
  assert.match(first ?? '', / 1$/)
})

test.run()
