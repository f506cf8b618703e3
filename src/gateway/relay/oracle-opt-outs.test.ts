// Customers who opt out in Oracle's words of what is still on its way to be reserved.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../../schema/json-text.ts'
import { inJson, msgAck, openOracle, sample } from '../oracle.fixture.ts'
import type { PeerAnswer } from '../peer.ts'
import { wayTo } from '../whole.fixture.ts'

const test = suite('gateway: oracle opt-outs')

const [NOUN, RETRY] = ['EventParticipations', { delaysMs: Array.from({ length: 9 }, () => 1_000) }]
const { whole, told } = await openOracle({}, [
  {
    ...wayTo('cpm', { noun: [NOUN], verb: ['create'], from: ['derms'] }),
    reply: 'async',
    retry: RETRY,
  },
  wayTo('derms', { noun: [NOUN], verb: ['change'], from: ['cpm'] }),
])
test.after(() => whole.close())

const SAMPLE = sample('oracle-derms/reservations')

/** What the DERMS is told by, and what the customer programme side answers for a reservation until it goes on. */
let reserved: ((request: string) => PeerAnswer) | undefined
whole.answer((party, leg) =>
  party === 'derms' ? msgAck('SUCCESS') : (reserved?.(leg.request) ?? inJson({}, 503)),
)

async function reserve(messageId: string, nicIds: readonly string[]): Promise<void> {
  reserved = undefined
  const { records, ...about } = SAMPLE
  const all = nicIds.map((nicId) => ({ ...records[0], recordId: `${messageId}-${nicId}`, nicId }))
  const before = whole.sent.length
  const { text } = await told('derms', 'oracle-derms/event-device-reserve', {
    ...{ ...about, messageId, records: all },
  })
  assert.match(text, /0\.3/)
  await whole.tried(before + 1)
}

const optOut = (nicId: string, more: JsonObject = {}) =>
  told('cpm', 'oracle-derms/event-opt-out', {
    ...{ stageId: SAMPLE.eventId, nicId, headEndSystem: SAMPLE.records[0].headEndSystemId },
    ...{ preemptiveOptOut: true, ...more },
  })

async function stateOf(nicId: string): Promise<string | undefined> {
  const { objects } = await whole.store.page(NOUN, { limit: 99 })
  return objects.find(({ body }) => body.includes(`"${nicId}"`))?.state
}

/** Of an opt-out that was held, and is over. */
async function overBecause(nicId: string): Promise<string | undefined> {
  const asked = { direction: 'in', verb: ['change'], key: nicId, state: ['CLOSED'] } as const
  return (await whole.store.legs({ ...asked, limit: 1 })).legs[0]?.reason
}

test('OPT-MAKING, OO-01/AC1, G-AC31: an opt-out of what is being reserved waits for that, and counts', async () => {
  await reserve('o1', ['o1-a', 'o1-b'])
  const { text } = await optOut('o1-b')
  assert.match(text, /"ackType":"SUCCESS".*6\.2.*OPT-MAKING/)
  assert.match(text, /The EventParticipation is being made/)
  reserved = (request) => inJson(JSON.parse(request))
  await whole.until(async () => (await stateOf('o1-b')) === 'OPTED_OUT')
  assert.is(await stateOf('o1-a'), 'RESERVED')
  const words = whole.sent.filter(({ party }) => party === 'derms').map(({ request }) => request)
  assert.ok(words.some((it) => it.includes('o1-b') && it.includes('"preemptiveOptOut":true')))
})

test('OO-01: an opt-out of what is not reserved after all is over with it, and says why', async () => {
  await reserve('o2', ['o2-a'])
  const { text } = await optOut('o2-a')
  assert.match(text, /OPT-MAKING/)
  reserved = () =>
    inJson({ problemDetailDocument: { httpStatus: 400, title: 'Unknown device' } }, 400)
  await whole.until(async () => (await overBecause('o2-a')) !== undefined)
  assert.match((await overBecause('o2-a')) ?? '', /refused: The device .*o2-a.* is not reserved/)
})

test('OO-01: an opt-out of a device that is not in the list that is on its way is refused', async () => {
  await reserve('o3', ['o3-a'])
  const { text } = await optOut('o3-b')
  assert.match(text, /"ERROR".*OPT-STATE/)
  reserved = (request) => inJson(JSON.parse(request))
  await whole.until(async () => (await stateOf('o3-a')) === 'RESERVED')
})

test.run()
