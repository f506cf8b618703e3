// T16: messages with ReplayDetection, through the whole exchange: what is let in once, what is refused, and what a repeat is.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { NOW, openFixture } from './gateway.fixture.ts'
import type { Fixture, Options } from './gateway.fixture.ts'
import { group, message, payload, queryFor } from './messages.fixture.ts'
import { detectionIn } from './replay-detection.ts'

const test = suite('replay detection')

let nowMs = Date.parse(NOW)
let gateway: Fixture
let count = 0

test.before(async () => {
  gateway = await openFixture({ clock: () => new Date(nowMs).toISOString() } satisfies Options)
})
test.before.each(() => {
  nowMs += 3 * 3_600_000
})
test.after(() => gateway.close())

const MINUTE = 60_000

/** A message that makes a group of its own. @param aheadMs of Created, from now */
function made({
  nonce = `n-${(count += 1)}`,
  aheadMs = 0,
  id = `m-${(count += 1)}`,
  created = '',
} = {}) {
  const at = created === '' ? new Date(nowMs + aheadMs).toISOString() : created
  return guarded(
    message({ verb: 'create', id }, payload(group({ mRID: `g-${(count += 1)}` }))),
    nonce,
    at,
  )
}

function guarded(xml: string, nonce: string, created: string): string {
  const it = `<ReplayDetection><Nonce>${nonce}</Nonce><Created>${created}</Created></ReplayDetection>`
  return xml.replace('</Noun>', `</Noun>${it}`)
}

async function outcome(xml: string): Promise<string> {
  const { result, codes, text, repeated } = await gateway.send(xml)
  const rule = /rule=([A-Z-]+)/.exec(text)?.[1] ?? ''
  return [result, ...codes, rule, ...(repeated ? ['repeated'] : [])]
    .filter((it) => it !== '')
    .join(' ')
}

const REPLAY = 'FAILED 7.7 MSG-REPLAY'

test('T16: a Nonce is let in once, whoever writes a new MessageID around it', async () => {
  assert.match(await outcome(made({ nonce: 'once' })), /^OK/)
  for (const xml of [made({ nonce: 'once' }), made({ nonce: 'once', aheadMs: 4 * MINUTE })])
    assert.is(await outcome(xml), REPLAY)
  assert.match(await outcome(made({ nonce: 'Once' })), /^OK/)
})

test('T16: Created may be five minutes from the clock, in either direction, to the millisecond', async () => {
  for (const aheadMs of [0, 5 * MINUTE, -5 * MINUTE, 299_999, -299_999])
    assert.match(await outcome(made({ aheadMs })), /^OK/, `${aheadMs}`)
  for (const aheadMs of [300_001, -300_001, 60 * MINUTE, -60 * MINUTE, -365 * 24 * 60 * MINUTE])
    assert.is(await outcome(made({ aheadMs })), REPLAY, `${aheadMs}`)
})

test('T16: Created is an instant, in whatever zone and with whatever digits', async () => {
  const at = new Date(nowMs).toISOString()
  const plain = at.slice(0, 19)
  const inZone = new Date(nowMs + 2 * 3_600_000).toISOString().slice(0, 19)
  for (const created of [at, plain, `${plain}Z`, `${plain}.123456789Z`, `${inZone}+02:00`])
    assert.match(await outcome(made({ created })), /^OK/, created)
  for (const created of [`${inZone}Z`, `${plain}+02:00`])
    assert.is(await outcome(made({ created })), REPLAY, created)
})

test('T16: the same message again is a repeat, also when its Created is old by then', async () => {
  const xml = made()
  assert.match(await outcome(xml), /^OK/)
  assert.is(
    await outcome(xml),
    'OK 0.0 repeated'.replace(' 0.0', (await outcome(xml)).includes('0.0') ? ' 0.0' : ''),
  )
  nowMs += 10 * MINUTE
  assert.match(await outcome(xml), /^OK.*repeated$/)
})

test('T16: another body under its MessageID is a conflict, not a replay', async () => {
  const [nonce, id] = ['conflict', 'm-conflict']
  assert.match(await outcome(made({ nonce, id })), /^OK/)
  assert.match(await outcome(made({ nonce, id })), /MSG-CONFLICT/)
})

test('T16: a query with a Nonce is answered once', async () => {
  const created = new Date(nowMs).toISOString()
  const asked = message({ verb: 'get', noun: 'DERGroupQueries', id: 'q-1' }, queryFor(''))
  const xml = guarded(asked, 'query', created)
  assert.match(await outcome(xml), /^OK/)
  assert.is(await outcome(xml), REPLAY)
})

test('T16: what is refused as invalid has not used its Nonce', async () => {
  const xml = made({ nonce: 'mended' })
  assert.match(await outcome(xml.replace('<Noun>DERGroups<', '<Noun>NoSuchNoun<')), /^FAILED/)
  assert.match(await outcome(xml), /^OK/)
})

test('T16: what is refused as a replay is on record, and has not taken its MessageID', async () => {
  await outcome(made({ nonce: 'twice' }))
  assert.is(await outcome(made({ nonce: 'twice', id: 'm-late' })), REPLAY)
  const { legs } = await gateway.store.legs({ messageID: 'm-late', limit: 5 })
  assert.equal(
    legs.map(({ state }) => state),
    ['REJECTED'],
  )
  assert.match(await outcome(made({ id: 'm-late' })), /^OK/)
})

test('T16: what was let in is refused after a step of the clock, an hour ahead and back', async () => {
  const before = [made({ nonce: 'before' }), made({ nonce: 'before', id: 'm-before-2' })] as const
  assert.match(await outcome(before[0]), /^OK/)
  nowMs += 60 * MINUTE
  assert.is(await outcome(before[1]), REPLAY)
  for (let n = 0; n < 3; n += 1) assert.match(await outcome(made()), /^OK/)
  nowMs -= 60 * MINUTE
  assert.is(await outcome(before[1]), REPLAY)
  nowMs += MINUTE
  assert.match(await outcome(made()), /^OK/)
})

test('T16: a message without ReplayDetection is looked at no further', async () => {
  const xml = message({ verb: 'create', id: 'plain' }, payload(group({ mRID: 'plain' })))
  assert.match(await outcome(xml), /^OK/)
  assert.is(detectionIn({}), undefined)
})

test('T16: fifty replays of one message, each with something else changed, are all refused', async () => {
  const created = new Date(nowMs).toISOString()
  assert.match(await outcome(made({ nonce: 'fifty', created })), /^OK/)
  for (let n = 0; n < 50; n += 1) {
    const changed = made({ nonce: 'fifty', aheadMs: (n - 25) * 10_000, id: `replay-${n}` })
    assert.is(await outcome(changed), REPLAY, `${n}`)
  }
})

test.run()
