// Two sides compared over a whole gateway in virtual time: by what has been acknowledged, and by lists; what is missing is sent,
// and nothing else.

import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../../schema/json-text.ts'
import { virtualTime } from '../delivery/virtual-time.fixture.ts'
import { OK_ANSWER } from '../whole.fixture.ts'
import { lastDue } from './nightly.ts'
import {
  AWAY,
  NOUN,
  REFUSED,
  TOPOLOGY,
  comparedBy,
  customer,
  opened,
  sendMissing,
  sentSince,
  told,
} from './reconcile.fixture.ts'

const test = suite('gateway: reconcile')

test('G2: what derms has not acknowledged is listed with its reason, published, and sent by an explicit action alone', async () => {
  const whole = await opened()
  try {
    await told(whole, 'known')
    whole.answer((party) => (party === 'derms' ? REFUSED : OK_ANSWER))
    await told(whole, 'missing')
    await told(whole, 'known', 'commercialIndustrial')
    await told(whole, 'also')
    whole.answer(() => OK_ANSWER)
    await told(whole, 'fine')
    const before = whole.sent.length
    const report = await comparedBy(whole)
    assert.equal([...report.items].sort(), ['DIFFERENT known', 'MISSING also', 'MISSING missing'])
    assert.equal([report.object['totalCount'], report.object['succeededCount']], [4, 1])
    await whole.quiet()
    assert.equal(sentSince(whole, before), [], 'a comparison sends nothing')
    assert.ok(whole.sent.some((it) => it.party === 'mail' && it.request.includes(report.mRID)))
    const list = await whole.ok('ops', 'GET', '/api/v1/operation-reports')
    assert.match(JSON.stringify(list), report.mRID)
    const sent = await sendMissing(whole, report)
    assert.equal([sent['sent'], sent['left'], sent['unknown']], [3, 0, 0])
    await whole.quiet()
    assert.equal([...sentSince(whole, before)].sort(), ['also', 'known', 'missing'])
    assert.match(
      whole.sent
        .filter((it) => it.noun === NOUN)
        .map((it) => it.verb)
        .slice(-2)
        .sort()
        .join(),
      'changed,created',
    )
    assert.equal((await comparedBy(whole)).items, [])
    // A second time there is nothing left to be sent.
    assert.equal((await sendMissing(whole, report))['sent'], 0)
    assert.equal([...sentSince(whole, before)].length, 3)
  } finally {
    await whole.close()
  }
})

test('what is on its way to derms is told apart, and not sent twice', async () => {
  const whole = await opened(AWAY)
  try {
    await told(whole, 'waits')
    assert.equal((await comparedBy(whole)).items, ['SKIPPED waits'])
    whole.answer(() => REFUSED)
    await whole.until(async () => (await comparedBy(whole)).items.join() === 'MISSING waits')
    const report = await comparedBy(whole)
    whole.answer(() => AWAY)
    const [one, other] = await Promise.all([sendMissing(whole, report), sendMissing(whole, report)])
    assert.is(Number(one['sent']) + Number(other['sent']), 1)
  } finally {
    await whole.close()
  }
})

test('a list that is given counts for its side: what it lacks is surplus, and what is not known here is not invented', async () => {
  const whole = await opened()
  try {
    await told(whole, 'both')
    await told(whole, 'gone')
    const lists = { source: { Customer: [customer('both'), customer('strange')] } }
    const report = await comparedBy(whole, { source: 'cis', lists })
    assert.equal([...report.items].sort(), ['MISSING strange', 'SURPLUS gone'])
    const sent = await sendMissing(whole, report)
    assert.equal([sent['sent'], sent['unknown']], [0, 1])
    const target = { Customer: [customer('both', 'residentialAndCommercial'), customer('more')] }
    const byContent = await comparedBy(whole, { lists: { target } })
    assert.equal([...byContent.items].sort(), ['DIFFERENT both', 'MISSING gone', 'SURPLUS more'])
    assert.equal((await sendMissing(whole, byContent))['sent'], 2)
  } finally {
    await whole.close()
  }
})

test('what cannot be compared is refused with what to write instead', async () => {
  const whole = await opened()
  try {
    const cases: readonly (readonly [JsonObject, RegExp])[] = [
      [{ noun: 'Nothing', target: 'derms' }, /noun is the name of a noun/],
      [{ noun: NOUN }, /target is the name of a party/],
      [{ noun: NOUN, target: 'nobody' }, /target is the name of a party, not nobody/],
      [{ noun: NOUN, target: 'derms', source: 'nobody' }, /source is the name of a party/],
      [{ noun: NOUN, target: 'derms', ask: ['all'] }, /ask is a list of source and target/],
      [{ noun: NOUN, target: 'derms', ask: ['source'] }, /has to be named/],
      [{ noun: NOUN, target: 'derms', send: true }, /has no send/],
      [{ noun: 'DERGroups', target: 'derms' }, /not kept who has acknowledged/],
    ]
    for (const [body, says] of cases) {
      const said = await whole.ask('ops', 'POST', '/api/v1/reconciliations', {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      })
      assert.is(said.status, 400, said.text)
      assert.match(said.text, says)
    }
    assert.is((await whole.ask('ops', 'POST', '/api/v1/reconciliations/none:send')).status, 404)
  } finally {
    await whole.close()
  }
})

test('K2: the nightly comparison runs once a day, whatever is restarted', async () => {
  const soon = new Date(Date.parse(virtualTime().clock()) + 120_000)
  const atMinute = soon.getUTCHours() * 60 + soon.getUTCMinutes()
  const nightly = { id: 'customers', noun: NOUN, source: '', target: 'derms', ask: [], atMinute }
  const whole = await opened(REFUSED, { ...TOPOLOGY, reconciliations: [nightly] })
  try {
    await told(whole, 'missing')
    const reports = async () =>
      ((await whole.ok('ops', 'GET', '/api/v1/operation-reports'))['OperationReport'] ??
        []) as readonly JsonObject[]
    await whole.restart()
    assert.is((await reports()).length, 0, 'the first day is the one that begins')
    await whole.until(async () => (await reports()).length > 0)
    const [first] = await reports()
    assert.is(first?.['failedCount'], 1)
    await whole.restart()
    await new Promise((done) => setTimeout(done, 5))
    assert.is((await reports()).length, 1, 'a day has one')
  } finally {
    await whole.close()
  }
})

test('when it was due last follows from the time of the day', () => {
  const at = (now: string) => new Date(lastDue({ atMinute: 120 }, Date.parse(now))).toISOString()
  assert.is(at('2026-07-15T02:00:00Z'), '2026-07-15T02:00:00.000Z')
  assert.is(at('2026-07-15T01:59:59Z'), '2026-07-14T02:00:00.000Z')
})

test('G2: whatever has been told and refused, what is sent is what is lacking, and then nothing is', async () => {
  const whole = await opened()
  const step = fc.tuple(
    fc.constantFrom('a', 'b', 'c', 'd'),
    fc.constantFrom('residential', 'other'),
    fc.boolean(),
  )
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        for (const [id, kind, isTaken] of steps) {
          whole.answer((party) => (party === 'derms' && !isTaken ? REFUSED : OK_ANSWER))
          await told(whole, id, kind)
        }
        whole.answer(() => OK_ANSWER)
        const report = await comparedBy(whole)
        const lacking = report.items.map((it) => it.split(' ')[1] ?? '').sort()
        const before = whole.sent.length
        await sendMissing(whole, report)
        await whole.quiet()
        assert.equal([...sentSince(whole, before)].sort(), lacking)
        assert.equal((await comparedBy(whole)).items, [])
      }),
      { numRuns: 8 },
    )
  } finally {
    await whole.close()
  }
})

test.run()
