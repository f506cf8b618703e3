// What becomes of a message whose sender was told that nobody had answered in time: it goes on by itself, and whoever has sent it
// hears of that, by asking again and where its dialect has a place for it.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Leg } from '../ledger.ts'
import type { PeerAnswer } from '../peer.ts'
import { bodyOf, inJson, msgAck, openOracle, sample } from '../oracle.fixture.ts'
import { wayTo } from '../whole.fixture.ts'

type Any = any

const test = suite('relay: after its time')

const slow = { timeoutMs: 30_000, retry: { delaysMs: Array.from({ length: 9 }, () => 60_000) } }
const { whole, told } = await openOracle({}, [
  { ...wayTo('cpm', { noun: ['ProgramEnrollments'], verb: ['create'], from: ['derms'] }), ...slow },
  {
    ...wayTo('cpm', { noun: ['ProgramEvents'], verb: ['create'], from: ['derms'] }),
    ...{ ...slow, order: { by: 'noun' } as const },
  },
])
test.after(() => whole.close())

const DOWN: PeerAnswer = inJson({ title: 'down' }, 500)

const messageOf = (id: string, count = 1): Any => {
  const { requests, ...about } = sample('oracle-derms/enrollment-requests')
  const all = Array.from({ length: count }, (_none, at) => {
    const [asset] = requests[0].assetInfo.assetList
    const { assetId: _id, ...device } = asset
    const own = `${id}-${at}`
    const assetList = [{ ...device, nicId: own, serialNo: own, badgeNo: own }]
    return {
      ...requests[0],
      transactionId: own,
      assetInfo: { ...requests[0].assetInfo, assetList },
    }
  })
  return { ...about, messageId: id, requests: all }
}

/** Lets time go by until the request is answered. */
async function enrolled(body: Any) {
  let said: Any
  const asking = told('derms', 'oracle-derms/enroll-to-dacs', body).then((it) => (said = it))
  await whole.until(async () => said !== undefined)
  return asking
}

const concluded = (id: string): readonly Any[] =>
  whole.sent
    .filter((it: Leg) => it.target === 'POST /enroll-to-dacs-ack')
    .map(bodyOf)
    .filter((it) => it.MsgAck.messageId === id)

const refusing = (word: string) => (party: string, leg: Leg) =>
  party === 'derms'
    ? msgAck('SUCCESS')
    : leg.request.includes(word)
      ? inJson({ problemDetailDocument: { httpStatus: 400, title: 'No such premise' } }, 400)
      : inJson(JSON.parse(leg.request))

for (const isRestarted of [false, true])
  test(`G-AC3, G-AC11: what was not answered in time goes on, and its sender is told the end of it${isRestarted ? ', also after a restart' : ''}`, async () => {
    const id = isRestarted ? 'late-2' : 'late-1'
    whole.answer(() => DOWN)
    const first = await enrolled(messageOf(id, 2))
    assert.is(first.status, 504, first.text)
    assert.match(
      first.text,
      /"FAILURE".*PEER-TIMEOUT.*goes on to cpm by itself.*The same message again/,
    )
    const again = await told('derms', 'oracle-derms/enroll-to-dacs', messageOf(id, 2))
    assert.match(again.text, /MSG-IN-FLIGHT/, again.text)
    assert.not.match(again.text, /PEER-TIMEOUT/)
    if (isRestarted) await whole.restart()
    whole.answer(refusing(`${id}-1`))
    await whole.until(async () => concluded(id).length > 0)
    await whole.quiet()
    const [end, ...more] = concluded(id)
    assert.is(more.length, 0, 'once')
    const results = (ack: Any) => ack.responses.response.map((it: Any) => [it.id, it.responseCode])
    const due = [
      [`${id}-0`, 'SUCCESS'],
      [`${id}-1`, 'ERROR'],
    ]
    assert.equal(results(end.MsgAck), due)
    const now = await told('derms', 'oracle-derms/enroll-to-dacs', messageOf(id, 2))
    assert.equal(results(now.json.MsgAck), due, now.text)
    assert.is(now.status, 200)
    assert.match(now.text, /No such premise/)
    assert.match(JSON.stringify(now.json.MsgAck.responses.response[0]), /enrollmentId/)
    const before = whole.sent.length
    const { requests, ...about } = messageOf(id, 1)
    const other = { ...about, messageId: `${id}-other`, requests }
    const known = await told('derms', 'oracle-derms/enroll-to-dacs', other)
    assert.match(known.text, /"SUCCESS".*rule=ENR-DUP/)
    assert.is(whole.sent.length, before, 'it is there, and nobody is asked again')
  })

/** Lets time go by until both are answered. */
async function announced(ids: readonly string[]) {
  const { stages, ...about } = sample('oracle-derms/events')
  const said = new Map<string, Any>()
  for (const id of ids) {
    const event = { ...about, eventId: id, stages: [{ ...stages[0], stageId: `${id}-A` }] }
    void told('derms', 'oracle-derms/program-event', event).then((it) => said.set(id, it))
    await whole.tried(1)
  }
  await whole.until(async () => said.size === ids.length)
  return ids.map((id) => said.get(id))
}

test('what waits behind another one is told that, and not that nobody is there', async () => {
  whole.sent.length = 0
  whole.answer(() => DOWN)
  const [first, behind] = await announced(['E-1', 'E-2'])
  assert.match(first.text, /PEER-TIMEOUT.*The last try: HTTP 500.*goes on to cpm by itself/)
  assert.match(behind.text, /PEER-NOT-SENT: The message waits behind another one to cpm/)
  assert.not.match(behind.text, /cannot be reached|Check its address/)
})

test.run()
