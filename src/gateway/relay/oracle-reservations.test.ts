// Devices that a DERMS reserves in Oracle's words, on their way to a customer programme side that speaks them too.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../../schema/json-text.ts'
import { inJson, msgAck, openOracle, sample } from '../oracle.fixture.ts'
import { wayTo } from '../whole.fixture.ts'

type Any = any

const test = suite('gateway: oracle reservations')

const { whole, told } = await openOracle({}, [
  wayTo('cpm', { noun: ['EventParticipations'], verb: ['create'], from: ['derms'] }),
])
test.after(() => whole.close())

const reserve = async (messageId: string, devices: readonly JsonObject[]) => {
  const { records, ...about } = sample('oracle-derms/reservations')
  const all = devices.map((it, at) => ({ ...records[0], recordId: `${messageId}-${at}`, ...it }))
  const said = told('derms', 'oracle-derms/event-device-reserve', {
    ...{ ...about, messageId, records: all },
  })
  await whole.quiet()
  return (await said).json.MsgAck.responses?.response as Any[]
}

test('RS-01: a device without a name goes to nobody, and the others of its message do', async () => {
  whole.answer((_party, leg) => inJson(JSON.parse(leg.request)))
  const all = await reserve('r1', [{ nicId: '' }, { nicId: 'd1' }, { nicId: '  ' }])
  assert.equal(
    all.map(({ responseCode, value }) => [
      responseCode,
      /^5\.8 .*nicId, and that is missing/.test(value),
    ]),
    [
      ['ERROR', true],
      ['SUCCESS', false],
      ['ERROR', true],
    ],
    JSON.stringify(all),
  )
  const sent = whole.sent.filter(({ noun }) => noun === 'EventParticipations')
  assert.equal(
    sent.flatMap(({ request }) => JSON.parse(request).deviceList.map((it: Any) => it.nicId)),
    ['d1'],
  )
})

/** Reservations of devices in stages, as a batch in CIM-JSON, and what is said of each. */
async function batch(all: readonly (readonly [stage: string, nicId: string])[]): Promise<Any> {
  const by = (name: string, type: string) => ({
    Names: [{ name, NameType: { name: type, NameTypeAuthority: { name: 'HES' } } }],
  })
  const EventParticipation = all.map(([stage, nicId], at) => ({
    ...{ recordId: `${at}`, EndDevice: by(nicId, 'nicId') },
    stage: { Names: [{ name: stage, NameType: { name: 'externalId' } }] },
  }))
  const said = whole.ask('derms', 'POST', '/api/v1/event-participations', {
    body: JSON.stringify({ EventParticipation }),
    headers: { 'content-type': 'application/json' },
  })
  await whole.quiet()
  const { text } = await said
  return JSON.parse(text)
}

test('RS-03: what is said of the devices of one stage is not said of those of another', async () => {
  whole.answer((_party, leg) => msgAck(/"s2"/.test(leg.request) ? 'ERROR' : 'SUCCESS'))
  const { reply, EventParticipation } = await batch([
    ['s1', 'd1'],
    ['s1', 'd2'],
    ['s2', 'd1'],
  ])
  assert.is(reply.Result, 'PARTIAL')
  assert.equal(
    EventParticipation.map((it: Any) => it.recordId),
    ['0', '1'],
  )
})

test('RS-03: of one device in two stages the reservation is refused that is meant', async () => {
  const response = [
    { id: 'd3', responseCode: 'ERROR', value: 'away' },
    { id: 'd4', responseCode: 'SUCCESS', value: '' },
  ]
  whole.answer((_party, leg) =>
    /"s4"/.test(leg.request) ? msgAck('ERROR', { responses: { response } }) : msgAck('SUCCESS'),
  )
  const { reply, EventParticipation } = await batch(
    ['s3', 's4'].flatMap((stage) => ['d3', 'd4'].map((nicId) => [stage, nicId] as const)),
  )
  assert.is(reply.Result, 'PARTIAL')
  assert.equal(
    EventParticipation.map((it: Any) => it.recordId),
    ['0', '1', '3'],
  )
  const refused = reply.Error.filter(({ code }: Any) => code === '6.1')
  assert.equal(
    refused.map((it: Any) => [it.ID.$, it.relatedID.$, it.reason]),
    [['d3', 's4', 'away']],
  )
})

test.run()
