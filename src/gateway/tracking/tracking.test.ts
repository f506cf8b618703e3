// What can be found out about messages on their way, by whom, and what a person may do about one.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { keep, sampleMessage } from '../../shell/store/contract/samples.ts'
import { openFixture } from '../gateway.fixture.ts'
import type { Asked } from '../gateway.fixture.ts'
import type { Leg } from '../ledger.ts'
import type { LegActions } from './routes.ts'

const test = suite('tracking')

// What JSON.parse gives; answers are looked at as their readers do.
type Any = any

const acted: (readonly [string, string, string])[] = []
const act =
  (name: string): LegActions['resend'] =>
  async (leg, by) => {
    acted.push([name, leg.id, by])
    if (leg.state === 'ACKED') return { kind: 'refused', reason: 'It has been delivered.' }
    return { kind: 'done', leg: name === 'resend' ? 'out-wms' : leg.id }
  }
const actions: LegActions = {
  resend: act('resend'),
  redrive: act('redrive'),
  close: act('close'),
  cancel: act('cancel'),
}

const broken = { isBroken: false }
const gateway = await openFixture({
  actions,
  store: (real) => ({
    ...real,
    legs: (query) => (broken.isBroken ? Promise.reject(new Error('disk')) : real.legs(query)),
  }),
})

const DMS = { party: 'dms' }
const OPS = { party: 'ops', operator: true }

const NOT_TEXT = 'data:application/octet-stream;base64,/wBh'
const FINDING = {
  ...{ layer: 'business', rule: 'X-1', severity: 'error', clause: '', path: '/a', line: 1 },
  ...{ column: 2, expected: 'a', found: 'b', message: 'Wrong.', mend: 'Mend it.' },
}

/** One conversation: received from dms, sent to wms and cis; and a message of wms that is parked. */
const LEGS: readonly Leg[] = [
  sampleMessage('in', {
    ...{ id: 'in-dms', exchangeId: 'x-1', party: 'dms', at: '2026-03-01T12:00:00.000Z' },
    ...{ state: 'PARTIAL', findings: JSON.stringify([FINDING]) },
  }),
  sampleMessage('wms', {
    ...{ id: 'out-wms', exchangeId: 'x-1', party: 'wms', direction: 'out', answers: 'in-dms' },
    ...{ at: '2026-03-01T12:00:00.000Z', state: 'ACKED', request: NOT_TEXT, verb: 'change' },
  }),
  sampleMessage('cis', {
    ...{ id: 'out-cis', exchangeId: 'x-1', party: 'cis', direction: 'out', answers: 'in-dms' },
    ...{ at: '2026-03-01T12:00:01.000Z', state: 'PARKED', reply: '', replyStatus: 0 },
    ...{ contentType: 'application/xhtml+xml', request: 'x'.repeat(300_000) },
  }),
  sampleMessage('other', {
    ...{ id: 'in-wms', exchangeId: 'x-2', party: 'wms', at: '2026-03-02T00:00:00.000Z' },
    ...{ state: 'PARKED', noun: 'Others' },
  }),
]

test.before(async () => {
  const [message, ...legs] = LEGS
  const keys = [{ leg: 'in-dms', name: 'Things.Thing.mRID', value: 'pump-1' }]
  const attempt = { leg: 'out-cis', tookMs: 7, outcome: 'technical', status: 503 } as const
  const attempts = [1, 2].map((n) => ({
    ...attempt,
    n,
    tries: n,
    at: `2026-03-01T12:00:0${n}.000Z`,
    answer: 'busy',
  }))
  const unit = { puts: [], removals: [], events: [], legs, keys, attempts }
  await keep(gateway.store, message === undefined ? unit : { ...unit, message })
})

test.after(() => gateway.close())

async function json(path: string, how: Asked = {}, method = 'GET'): Promise<Any> {
  const answer = await gateway.ask(method, path, { sender: OPS, ...how })
  return { status: answer.status, ...JSON.parse(answer.text) }
}

async function idsBy(query: Readonly<Record<string, string>>, sender = OPS as Asked['sender']) {
  const { messages } = await json('/api/v1/messages', { query, ...(sender && { sender }) })
  return messages.map((it: Any) => it.id).join(' ')
}

/** [query, ids found] */
const SEARCHES: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
  [{}, 'in-wms out-cis out-wms in-dms'],
  [{ noun: 'Others' }, 'in-wms'],
  [{ verb: 'change' }, 'out-wms'],
  [{ party: 'wms' }, 'in-wms out-wms'],
  [{ party: 'wms', direction: 'in' }, 'in-wms'],
  [{ state: 'PARKED' }, 'in-wms out-cis'],
  [{ state: 'acked, partial' }, 'out-wms in-dms'],
  [{ key: 'pump-1' }, 'in-dms'],
  [{ key: 'pump-2' }, ''],
  [{ messageID: 'message-cis' }, 'out-cis'],
  [{ correlationID: 'correlation-in' }, 'in-dms'],
  [{ exchangeId: 'x-2' }, 'in-wms'],
  [{ from: '2026-03-01T12:00:01Z' }, 'in-wms out-cis'],
  [{ from: '2026-03-01T13:00:01+01:00', to: '2026-03-02T00:00:00Z' }, 'out-cis'],
  [{ to: '2026-03-01T12:00:01Z' }, 'out-wms in-dms'],
  [{ after: '', limit: '2' }, 'in-wms out-cis'],
  [{ noun: 'Others, DERGroups' }, 'in-wms'],
  [{ verb: 'change,delete' }, 'out-wms'],
]

for (const [query, expected] of SEARCHES)
  test(`finds by ${JSON.stringify(query)}`, async () => assert.is(await idsBy(query), expected))

/** [query, what is wrong, what to do] */
const WRONG: readonly (readonly [Readonly<Record<string, string>>, RegExp, RegExp])[] = [
  [{ stat: 'x' }, /no parameter stat/, /Did you mean state\?/],
  [{ key: '' }, /key is empty/, /value behind key=/],
  [{ noun: '', limit: '2' }, /noun is empty/, /leave it out/],
  [{ q: 'x' }, /no parameter q/, /There are noun, verb/],
  [{ state: 'PARKD' }, /PARKD is no state/, /RECEIVED, REJECTED/],
  [{ direction: 'up' }, /in or out, not up/, /Write in/],
  [{ from: 'yesterday' }, /from is a time/, /from=2026/],
  [{ from: '2026-03-01' }, /from is a time/, /from=2026/],
  [{ to: '2026-13-01T00:00:00Z' }, /to is a time/, /to=2026/],
  [{ after: 'garbage' }, /no cursor/, /value of next/],
  [{ noun: 'Others,DERGroup' }, /No schema has the noun DERGroup/, /Did you mean DERGroups\?/],
  [{ verb: 'creat' }, /creat is no verb/, /Did you mean create\?/],
  [{ verb: 'zzz' }, /zzz is no verb/, /There are .*create/],
  [{ limit: '0' }, /from 1 to 1000, not 0/, /limit=100/],
]

for (const [query, detail, mend] of WRONG)
  test(`refuses ${JSON.stringify(query)}`, async () => {
    const problem = await json('/api/v1/messages', { query })
    assert.is(problem.status, 400)
    assert.match(problem.detail, detail)
    assert.match(problem.Error[0].details, mend)
  })

test('goes on from page to page', async () => {
  const first = await json('/api/v1/messages', { query: { limit: '3' } })
  const second = await json('/api/v1/messages', { query: { limit: '3', after: first.next } })
  assert.equal([first.messages.length, second.messages.length, second.next], [3, 1, null])
  assert.is(second.messages[0].id, 'in-dms')
})

test('a party sees its own legs, and is not told that there are others', async () => {
  assert.is(await idsBy({}, DMS), 'in-dms')
  assert.is(await idsBy({ party: 'wms' }, DMS), '')
  assert.is(await idsBy({ exchangeId: 'x-1' }, { party: 'wms' }), 'out-wms')
  for (const path of [
    '/messages/out-wms',
    '/messages/none',
    '/messages/out-wms/raw',
    '/exchanges/x-2',
  ])
    assert.is((await json(`/api/v1${path}`, { sender: DMS })).status, 404, path)
  const conversation = await json('/api/v1/exchanges/x-1', { sender: DMS })
  assert.equal(
    conversation.messages.map((it: Any) => it.id),
    ['in-dms'],
  )
})

test('shows one message with findings, attempts and where there is more', async () => {
  const one = await json('/api/v1/messages/out-cis')
  assert.equal([one.state, one.party, one.traceparent], ['PARKED', 'cis', ''])
  assert.equal(
    one.attempts.map((it: Any) => [it.n, it.outcome, it.status]),
    [
      [1, 'technical', 503],
      [2, 'technical', 503],
    ],
  )
  assert.equal(one.links, {
    exchange: '/api/v1/exchanges/x-1',
    request: '/api/v1/messages/out-cis/raw',
  })
  const received = await json('/api/v1/messages/in-dms')
  assert.equal(received.findings, [FINDING])
  assert.is(received.links.reply, '/api/v1/messages/in-dms/raw?part=reply')
  assert.not.ok('request' in received)
})

test('shows a conversation hop by hop with both bodies', async () => {
  const { id, messages } = await json('/api/v1/exchanges/x-1')
  assert.is(id, 'x-1')
  assert.equal(
    messages.map((it: Any) => [it.id, it.attempts.length]),
    [
      ['in-dms', 0],
      ['out-wms', 0],
      ['out-cis', 2],
    ],
  )
  const [received, packed, long] = messages
  assert.equal([received.request, received.reply], [LEGS[0]?.request, LEGS[0]?.reply])
  // Octets that are no text, and what is too long to be shown among others, are asked for by their links.
  assert.equal([packed.request, long.request, long.reply], [null, null, ''])
})

test('gives octets back as they came, and no browser runs them', async () => {
  const of = async (path: string, part?: string) =>
    gateway.ask('GET', `/api/v1/messages/${path}/raw`, {
      sender: OPS,
      headers: { accept: 'application/xml' },
      ...(part === undefined ? {} : { query: { part } }),
    })
  const received = await of('in-dms')
  assert.is(Buffer.from(received.bytes ?? []).toString(), LEGS[0]?.request)
  assert.is(received.contentType, 'application/xml')
  assert.equal([...((await of('out-wms')).bytes ?? [])], [0xff, 0, 0x61])
  const reply = await of('in-dms', 'reply')
  assert.is(Buffer.from(reply.bytes ?? []).toString(), LEGS[0]?.reply)
  const page = await of('out-cis')
  assert.is(page.contentType, 'application/xhtml+xml')
  assert.match(page.headers?.['Content-Security-Policy'] ?? '', /sandbox/)
  assert.is(page.headers?.['Content-Disposition'], 'attachment')
  assert.is((await of('out-cis', 'reply')).status, 404)
  assert.is((await of('out-cis', 'both')).status, 400)
})

test('lists what is parked', async () => {
  const all = await json('/api/v1/parked')
  assert.equal(
    all.messages.map((it: Any) => it.id),
    ['in-wms', 'out-cis'],
  )
  assert.is((await json('/api/v1/parked', { query: { noun: 'Others' } })).messages.length, 1)
  assert.is((await json('/api/v1/parked', { sender: DMS })).messages.length, 0)
  assert.is((await json('/api/v1/parked', { query: { state: 'ACKED' } })).status, 400)
})

test('does what an operator asks, in his name, and says why not', async () => {
  const resent = await json('/api/v1/messages/out-cis:resend', {}, 'POST')
  assert.is(resent.id, 'out-wms')
  assert.is((await json('/api/v1/messages/out-cis:redrive', {}, 'POST')).id, 'out-cis')
  const refused = await json('/api/v1/messages/out-wms:close', {}, 'POST')
  assert.equal([refused.status, refused.detail], [409, 'It has been delivered.'])
  assert.is(refused.instance, '/api/v1/messages/out-wms:close')
  assert.is((await json('/api/v1/messages/none:cancel', {}, 'POST')).status, 404)
  assert.equal(acted, [
    ['resend', 'out-cis', 'ops'],
    ['redrive', 'out-cis', 'ops'],
    ['close', 'out-wms', 'ops'],
  ])
  const doors = gateway.routes.filter(({ path }) => /^\/api\/v1\/messages\/.*\\:/.test(path))
  assert.equal(
    doors.map(({ access }) => access),
    ['operate', 'operate', 'operate', 'operate'],
  )
})

test('says that it is ours when the store fails', async () => {
  broken.isBroken = true
  const failed = await gateway.ask('GET', '/api/v1/messages', { sender: OPS }).catch((it) => it)
  broken.isBroken = false
  assert.is(failed.code, 'overloaded')
})

test.run()
