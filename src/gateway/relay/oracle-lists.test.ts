// What a DERMS in Oracle's words hears of the devices that it has reserved, when all is known: one acknowledgement of each list,
// with what became of each record, at the path that is ours (RS-04); and where it is found by a DERMS that nobody can speak to.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Leg } from '../ledger.ts'
import type { PeerAnswer } from '../peer.ts'
import { bodyOf, inJson, msgAck, openOracle, sample } from '../oracle.fixture.ts'
import { wayTo } from '../whole.fixture.ts'

const test = suite('relay: oracle lists')

type Any = any

const { whole, told } = await openOracle({}, [
  {
    ...wayTo('cpm', { noun: ['EventParticipations'], verb: ['create'], from: ['derms'] }),
    ...{ reply: 'async', timeoutMs: 600_000, collection: 3 },
  },
  {
    ...wayTo('cpm', { noun: ['ProgramEnrollments'], verb: ['create'], from: ['derms'] }),
    reply: 'async',
  },
])
test.after(() => whole.close())

const AWAY: PeerAnswer = {
  ...{ kind: 'unreachable', reason: 'connection refused', sent: false, permanent: false },
}

const PATH = 'POST /event-device-reserve-ack'
let count = 0

/** A list of so many devices, and what the customer programme side is to say of it. */
async function reserve(
  devices: number,
  cpm: (leg: Leg) => PeerAnswer,
  derms = () => msgAck('SUCCESS'),
): Promise<string> {
  whole.answer((party, leg) => (party === 'cpm' ? cpm(leg) : derms()))
  const messageId = `list-${(count += 1)}`
  const { text, json } = await told('derms', 'oracle-derms/event-device-reserve', {
    ...{ messageId, eventType: 'EMERGENCY', eventStatus: 'SCHEDULED', eventId: `event-${count}` },
    ...{ eventStartDateTime: '2099-07-14T21:00:00Z', eventEndDateTime: '2099-07-14T22:00:00Z' },
    records: Array.from({ length: devices }, (_none, at) => ({
      ...{ recordId: `r${at + 1}`, nicId: `nic-${count}-${at + 1}`, headEndSystemId: 'HES' },
    })),
  })
  assert.equal([json.MsgAck.ackType, json.MsgAck.responses], ['SUCCESS', undefined], text)
  assert.match(json.MsgAck.value, /^0\.3 /)
  return messageId
}

/** The one acknowledgement of a list. */
function ended(messageId: string, path?: string): Any {
  const [ack, ...more] = bodies(messageId, path)
  assert.equal([ack !== undefined, more], [true, []])
  assert.match(ack.whenISO, /^\d{4}-/)
  return ack
}

const bodies = (messageId: string, path = PATH): readonly Any[] =>
  whole.sent
    .filter((it) => it.party === 'derms' && it.target === path)
    .map((it) => bodyOf(it).MsgAck)
    .filter((it) => it.messageId === messageId)

const codes = ({ responses }: Any) =>
  responses.response.map((it: Any) => `${it.id} ${it.responseCode} ${it.value.split(' ')[0]}`)

const said = (ackType: string, response: readonly Any[] = []) =>
  msgAck(ackType, response.length === 0 ? {} : { responses: { response } as Any })

/** Refuses the device of that record, and takes the others of its message. */
const refusing = (record: number) => (leg: Leg) => {
  const all: Any[] = bodyOf(leg).deviceList
  const isBad = ({ nicId }: Any) => nicId.endsWith(`-${record}`)
  if (!all.some(isBad)) return said('SUCCESS')
  return said(
    'ERROR',
    all.map((it) =>
      isBad(it)
        ? { id: it.nicId, responseCode: 'ERROR', value: 'away' }
        : { id: it.nicId, responseCode: 'SUCCESS', value: '' },
    ),
  )
}

test('RS-04, G-AC26: a reservation is acknowledged at its end, record by record', async () => {
  const id = await reserve(3, () => said('SUCCESS'))
  await whole.quiet()
  const ack = ended(id)
  assert.is(ack.ackType, 'SUCCESS')
  assert.equal(codes(ack), ['r1 SUCCESS 0.0', 'r2 SUCCESS 0.0', 'r3 SUCCESS 0.0'])
})

test('RS-04: what is refused is told of its own record, also by a process that has not received it', async () => {
  let isAway = true
  const id = await reserve(3, (leg) => (isAway ? AWAY : refusing(2)(leg)))
  await whole.restart()
  isAway = false
  await whole.until(async () => bodies(id).length > 0)
  const ack = ended(id)
  assert.is(ack.ackType, 'ERROR')
  assert.equal(codes(ack), ['r1 SUCCESS 0.0', 'r2 ERROR 6.1', 'r3 SUCCESS 0.0'])
  assert.match(ack.responses.response[1].value, /away/)
})

test('RS-01/AC3, RS-01/AC4: a long list has one acknowledgement, with as many records as it has', async () => {
  const id = await reserve(8, refusing(5))
  await whole.quiet()
  const ack = ended(id)
  assert.is(ack.ackType, 'ERROR')
  assert.match(
    ack.value,
    /^1 of 8 records have failed; each is found at \/api\/v1\/messages\/[\w-]+\/results\.$/,
  )
  assert.equal(
    codes(ack),
    [1, 2, 3, 4, 5, 6, 7, 8].map((n) => (n === 5 ? 'r5 ERROR 6.1' : `r${n} SUCCESS 0.0`)),
  )
})

test('RS-04: a DERMS that is away when a list ends is told once, when it is back', async () => {
  let tries = 0
  const derms = () => ((tries += 1) < 2 ? AWAY : said('SUCCESS'))
  const id = await reserve(2, () => said('SUCCESS'), derms)
  await whole.until(async () => tries >= 2)
  await whole.quiet()
  assert.is(bodies(id).length, 2, 'the same, until it is taken')
  const reply = { party: 'derms', direction: 'out', verb: ['reply'], limit: 1 } as const
  assert.is((await whole.store.legs(reply)).legs[0]?.state, 'ACKED')
})

test('EN-01: applications that were only acknowledged are answered in the end, each with its enrollmentId', async () => {
  const refusal = { problemDetailDocument: { httpStatus: 400, title: 'no such programme' } }
  whole.answer((party, leg) => {
    if (party === 'derms') return msgAck('SUCCESS')
    const { transactionId } = bodyOf(leg)
    return transactionId === 'en-2' ? inJson(refusal, 400) : inJson({ transactionId })
  })
  const { requests, ...about } = sample('oracle-derms/enrollment-requests')
  const [first] = requests
  const [{ assetId: _id, ...asset }] = first.assetInfo.assetList
  const all = ['en-1', 'en-2'].map((id) => {
    const assetList = [{ ...asset, nicId: `nic-${id}`, serialNo: id, badgeNo: id }]
    return { ...first, transactionId: id, assetInfo: { ...first.assetInfo, assetList } }
  })
  const { text } = await told('derms', 'oracle-derms/enroll-to-dacs', {
    ...{ ...about, messageId: 'enrolled', requests: all },
  })
  assert.match(text, /0\.3/)
  await whole.quiet()
  const ack = ended('enrolled', 'POST /enroll-to-dacs-ack')
  assert.is(ack.ackType, 'ERROR')
  assert.equal(
    ack.responses.response.map((it: Any) => [it.id, it.responseCode, typeof it.enrollmentId]),
    [
      ['en-1', 'SUCCESS', 'string'],
      ['en-2', 'ERROR', 'undefined'],
    ],
  )
})

test('RS-04: what nobody has answered in its time is FAILURE, so that it may be sent again', async () => {
  const id = await reserve(2, () => AWAY)
  await whole.until(async () => bodies(id).length > 0)
  const ack = ended(id)
  assert.is(ack.ackType, 'FAILURE')
  assert.equal(codes(ack), ['r1 FAILURE 5.2', 'r2 FAILURE 5.2'])
})

test.run()
