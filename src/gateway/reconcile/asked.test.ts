// Two sides compared by asking them what they have.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { Leg } from '../ledger.ts'
import type { PeerAnswer } from '../peer.ts'
import { OK_ANSWER, replyOf } from '../whole.fixture.ts'
import type { Whole } from '../whole.fixture.ts'
import {
  AWAY,
  NOUN,
  NS,
  comparedBy,
  opened,
  reportIn,
  sendMissing,
  sentSince,
  told,
} from './reconcile.fixture.ts'
import type { Report } from './reconcile.fixture.ts'

const test = suite('gateway: reconcile by asking')

/** What derms says when it is asked for its customers. */
function listing(leg: Leg, customers: readonly string[], code = '0.0'): PeerAnswer {
  const plain = replyOf(leg, `<Error><code>${code}</code></Error>`, 'OK')
  if (plain.kind !== 'answered') return plain
  const all = customers.map(
    (it) => `<Customer><mRID>${it}</mRID><kind>residential</kind></Customer>`,
  )
  const payload = `<Payload><${NOUN} xmlns="${NS}">${all.join('')}</${NOUN}></Payload>`
  const xml = new TextDecoder()
    .decode(plain.bytes)
    .replace('</ResponseMessage>', `${payload}</ResponseMessage>`)
  return { ...plain, bytes: new TextEncoder().encode(xml) }
}

async function reportOf(whole: Whole, mRID: string): Promise<Report> {
  return reportIn(await whole.ok('ops', 'GET', `/api/v1/operation-reports/${mRID}`))
}

const valueOf = ({ object }: Report) => member(object['status'], 'value')

test('derms is asked what it has, and its answer counts, also when it comes after a restart', async () => {
  const whole = await opened()
  try {
    await told(whole, 'lost')
    await told(whole, 'there')
    whole.answer(() => AWAY)
    const running = await comparedBy(whole, { target: 'dso-derms', ask: ['target'] })
    assert.is(valueOf(running), 'running')
    await whole.quiet()
    await whole.restart()
    whole.answer((_party, leg) =>
      leg.verb === 'get' ? listing(leg, ['there', 'theirs']) : OK_ANSWER,
    )
    await whole.until(async () => valueOf(await reportOf(whole, running.mRID)) === 'partial')
    const report = await reportOf(whole, running.mRID)
    assert.equal([...report.items].sort(), ['MISSING lost', 'SURPLUS theirs'])
    // It has acknowledged it before, and has lost it since: it is sent again, and nothing else is.
    const before = whole.sent.length
    assert.equal((await sendMissing(whole, report))['sent'], 1)
    await whole.quiet()
    assert.equal(sentSince(whole, before), ['lost'])
  } finally {
    await whole.close()
  }
})

test('both sides are asked, and a side that does not say what it has fails the comparison, not the objects', async () => {
  const whole = await opened()
  try {
    const both = { source: 'cis', ask: ['source', 'target'] }
    whole.answer((party, leg) =>
      leg.verb === 'get' ? listing(leg, party === 'cis' ? ['a', 'b'] : ['b', 'c']) : OK_ANSWER,
    )
    const asked = await comparedBy(whole, both)
    await whole.until(async () => valueOf(await reportOf(whole, asked.mRID)) === 'partial')
    assert.equal([...(await reportOf(whole, asked.mRID)).items].sort(), ['MISSING a', 'SURPLUS c'])
    for (const [code, says] of [
      ['5.3', /has not said what it has/],
      ['0.2', /in part only/],
    ] as const) {
      whole.answer((_party, leg) => {
        if (leg.verb !== 'get') return OK_ANSWER
        return code === '0.2'
          ? listing(leg, ['b'], code)
          : replyOf(leg, `<Error><code>${code}</code><level>FATAL</level></Error>`)
      })
      const failed = await comparedBy(whole, { ask: ['target'] })
      await whole.until(async () => valueOf(await reportOf(whole, failed.mRID)) === 'failed')
      const report = await reportOf(whole, failed.mRID)
      assert.match(String(report.object['reason']), says)
      assert.equal([report.items, (await sendMissing(whole, report))['sent']], [[], 0])
    }
    whole.answer((_party, leg) =>
      leg.verb === 'get'
        ? replyOf(leg, '<Error><code>99.1</code><level>FATAL</level></Error>')
        : OK_ANSWER,
    )
    const empty = await comparedBy(whole, { ask: ['target'] })
    await whole.until(async () => valueOf(await reportOf(whole, empty.mRID)) !== 'running')
    assert.is(
      valueOf(await reportOf(whole, empty.mRID)),
      'succeeded',
      'to have nothing is an answer',
    )
  } finally {
    await whole.close()
  }
})

test.run()
