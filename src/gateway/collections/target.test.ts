// Long lists whose target is away, or is told where; lists that are none, and lists of objects.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openWhole, replyOf } from '../whole.fixture.ts'
import { EVENT, STAGE, csvOf, listXml, objectsXml, usual } from './list.fixture.ts'
import { DERMS, codesIn, results, send, sizesOf, toCpm, told } from './reserving.fixture.ts'

const test = suite('collections: target')

test('G-AC25: a target that is not well gets nothing until it is, and nothing after the event has begun', async () => {
  const whole = await openWhole(toCpm())
  whole.answer((_, leg) => replyOf(leg))
  whole.healthy(false)
  const text = await send(whole, listXml(csvOf(60), { start: '2026-09-14T12:00:00Z' }))
  assert.equal(codesIn(text), ['0.3'])
  await whole.quiet()
  for (let n = 0; n < 3; n += 1) {
    whole.time.step()
    await whole.quiet()
  }
  assert.equal(whole.sent, [])
  whole.healthy(true)
  await whole.until(async () => whole.sent.length === 2)
  await whole.quiet()
  assert.equal(codesIn(await told(whole)), ['0.0'])
  await whole.close()

  const late = await openWhole(toCpm())
  late.healthy(false)
  await send(late, listXml(csvOf(60), { start: '2026-07-14T08:00:20Z' }))
  await late.until(
    async () =>
      (await late.store.legs({ direction: 'out', state: ['EXPIRED'], limit: 9 })).legs.length === 2,
  )
  assert.is(late.time.passed(), 20_000, 'as soon as it has begun')
  await late.quiet()
  assert.equal(late.sent, [])
  const xml = await told(late)
  assert.match(xml, /<Result>FAILED</)
  assert.match(xml, /rule=EXPIRED/)
  await late.close()
})

test('G-AC25: where the route refuses, a target that is not well is answered 5.2 at once', async () => {
  const whole = await openWhole(toCpm({ whenTargetDown: 'refuse' }))
  whole.healthy(false)
  const text = await send(whole, listXml(csvOf(60)))
  assert.equal(codesIn(text), ['5.2'])
  assert.match(text, /<Result>FAILED</)
  await whole.quiet()
  assert.equal(whole.sent, [])
  await whole.close()
})

test('RS-01/AC4: whoever has named an address is told there, once', async () => {
  const whole = await openWhole(toCpm())
  const address = 'https://derms.example/replies'
  whole.answer((party, leg) => (party === 'cpm' ? replyOf(leg) : { ...replyOf(leg), status: 204 }))
  const header = `<AsyncReplyFlag>true</AsyncReplyFlag><ReplyAddress>${address}</ReplyAddress>`
  await send(whole, listXml(csvOf(120), { header }))
  await whole.quiet()
  const replies = whole.sent.filter((it) => it.target === `POST ${address}`)
  assert.is(replies.length, 1)
  assert.match(replies[0]?.request ?? '', /All 120 records have been carried out/)
  assert.is(await told(whole), replies[0]?.request)
  const events = await whole.store.events(0, 10_000)
  const ends = events.filter((it) => it.previous === 'ACCEPTED')
  assert.equal(
    ends.map((it) => it.state),
    ['ACKED'],
  )
  await whole.close()
})

test('RS-04: whoever has sent a list in CIM-JSON is told in a message in CIM-JSON', async () => {
  const whole = await openWhole(toCpm())
  const address = 'https://derms.example/replies'
  whole.answer((party, leg) => (party === 'cpm' ? replyOf(leg) : { ...replyOf(leg), status: 204 }))
  const key = { name: '1', NameType: { name: 'nicId', NameTypeAuthority: { name: 'HES' } } }
  const all = Array.from({ length: 101 }, (_, n) => ({
    recordId: `${n}`,
    EndDevice: { Names: [{ ...key, name: `${n}` }] },
    ProgramEvent: { mRID: EVENT },
    stage: { mRID: STAGE },
  }))
  const ids = { MessageID: 'list-1', CorrelationID: 'list-1' }
  const message = {
    header: {
      ...{ Verb: 'create', Noun: 'EventParticipations', ...ids },
      ...{ AsyncReplyFlag: true, ReplyAddress: address },
    },
    payload: { EventParticipations: { EventParticipation: all } },
  }
  const headers = { 'content-type': 'application/json' }
  await whole.ask(DERMS, 'POST', '/cim', { body: JSON.stringify(message), headers })
  await whole.quiet()
  const [reply, ...more] = whole.sent.filter((it) => it.target === `POST ${address}`)
  assert.equal(more, [])
  const said = JSON.parse(reply?.request ?? '') as Record<string, Record<string, unknown>>
  assert.is(said['message'], 'ResponseMessage')
  assert.is(said['header']?.['CorrelationID'], 'list-1')
  assert.is(said['reply']?.['Result'], 'OK')
  await whole.close()
})

test('RS-04: the end of a list is a report, for the mail to the stakeholders', async () => {
  const whole = await openWhole()
  await send(whole, listXml(csvOf(60, (n) => (n === 5 ? '5,,,,' : usual(n)))))
  await whole.quiet()
  const { objects } = await whole.store.page('OperationReports', { limit: 10 })
  assert.is(objects.length, 1)
  const report = JSON.parse(objects[0]?.body ?? '') as Record<string, unknown>
  assert.equal(
    [report['kind'], report['totalCount'], report['succeededCount'], report['failedCount']],
    ['deviceReservation', 60, 59, 1],
  )
  assert.match(String(report['text']), /Record 5, device .*1\.8/)
  await whole.close()
})

test('objects in the open are a list as well, when they are more than are decided on together', async () => {
  const whole = await openWhole(toCpm())
  whole.answer((_, leg) => replyOf(leg))
  const numbers = Array.from({ length: 101 }, (_, at) => at + 1)
  assert.equal(codesIn(await send(whole, objectsXml(numbers))), ['0.3'])
  await whole.quiet()
  assert.equal(sizesOf(whole), [50, 50, 1])
  assert.is((await results(whole, { result: 'ok' })).length, 101)
  await whole.close()
})

const NONE: Readonly<
  Record<string, readonly [csv: string, codes: readonly string[], says: RegExp]>
> = {
  'no record': [csvOf(0), ['1.7'], /no record/],
  'nothing at all': ['', ['1.7'], /no record/],
  'a column that there is not': [
    'recordId,nicId,headEndSystemId,x\n1,2,3,4',
    ['1.8'],
    /no column x/,
  ],
  'a column too few': ['recordId,nicId\n1,2', ['1.8'], /no column headEndSystemId/],
  'a quotation mark that stays open': [
    `${csvOf(1)}\n2,"x,y,,`,
    ['1.8'],
    /in line 3 is never closed/,
  ],
}

for (const [what, [csv, codes, says]] of Object.entries(NONE))
  test(`RS-01: a list with ${what} is refused as a whole`, async () => {
    const whole = await openWhole(toCpm())
    const text = await send(whole, listXml(csv))
    assert.equal(codesIn(text), codes)
    assert.match(text, says)
    await whole.quiet()
    assert.equal(whole.sent, [])
    await whole.close()
  })

test.run()
