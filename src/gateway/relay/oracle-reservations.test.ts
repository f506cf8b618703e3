// Devices that a DERMS reserves in Oracle's words, on their way to a customer programme side that speaks them too.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../../schema/json-text.ts'
import { inJson, openOracle, sample } from '../oracle.fixture.ts'
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

test('ID-1: a device without a name goes to nobody, and the others of its message do', async () => {
  whole.answer((_party, leg) => inJson(JSON.parse(leg.request)))
  const all = await reserve('r1', [{ nicId: '' }, { nicId: 'd1' }, { nicId: '  ' }])
  assert.equal(
    all.map(({ responseCode, value }) => [responseCode, /5\.8 rule=ID-1/.test(value)]),
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

test.run()
