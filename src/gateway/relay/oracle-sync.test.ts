// Subscriptions between two sides that speak Oracle's JSON: each message has an id of its own, says the whole subscription, and is
// acknowledged by that id.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../../schema/json-text.ts'
import { bodyOf, msgAck, sample } from '../oracle.fixture.ts'
import { ACK, openSync } from './oracle-sync.fixture.ts'

type Any = any

const test = suite('gateway: oracle sync')

const { whole, told, sync, ack, last, toDerms, stored, step } = await openSync()
test.after(() => whole.close())

test('G-AC9, G-AC12: a close has an id of its own, and an acknowledgement of before is none of it', async () => {
  await sync('S-1', 'sub-1')
  assert.is(last().dacsMessageId, 'S-1')
  const { text, status } = await ack('sub-1', 'S-1', { ackType: 'ERROR', message: 'not yet' })
  assert.is(status, 200, text)
  await step('sub-1', ':close', { endDateTime: '2026-09-30T05:00:00Z' })
  const { dacsMessageId, subscriptionInfo, locationInfo } = last()
  assert.is.not(dacsMessageId, 'S-1')
  assert.match(dacsMessageId, /^[\w-]{20,}$/)
  assert.is(subscriptionInfo.status, 'INACTIVE')
  assert.equal(
    locationInfo.controllableDevices.map((it: Any) => it.status),
    ['INACTIVE'],
  )
  const again = await ack('sub-1', 'S-1', { ackType: 'ERROR', message: 'not yet' })
  assert.is(again.status, 400, again.text)
  assert.match(again.text, /SUB-STALE/)
  assert.is((await stored('sub-1'))?.state, 'CLOSED_pending')
  const own = await ack('sub-1', dacsMessageId)
  assert.is(own.status, 200, own.text)
  assert.is((await stored('sub-1'))?.state, 'CLOSED_synced')
})

test('EN-04, K2: nobody acknowledges its own subscription: that is for whoever was told of it', async () => {
  await sync('S-9', 'sub-9')
  for (const ackType of ['SUCCESS', 'ERROR']) {
    const own = { subscriptionId: 'sub-9', syncRequestId: 'S-9', ackType }
    const { status, text } = await told('cpm', ACK, own)
    assert.is(status, 400, text)
    assert.match(text, /"7\.5".*rule=BY-ROLE.* is for derms or lec; the sender is cpm/)
    assert.is((await stored('sub-9'))?.state, 'ACTIVE_pending')
  }
  assert.is((await ack('sub-9', 'S-9')).status, 200)
  assert.is((await stored('sub-9'))?.state, 'ACTIVE_synced')
})

const UNENROLL = 'oracle-cpm/rest/apis/cross/digitalAssets/programEnrollments/unenroll'

/** As the customer programme side ends what it has told of by `sync`: it need not know the subscription, nor its devices. */
const unenroll = (
  cisPersonId: string,
  endDate?: string,
  { party = 'cpm', ...more }: JsonObject & { readonly party?: string } = {},
) => {
  const { customerInfo, programInfo, locationInfo, ...about } = sample('oracle-cpm/unenrollments')
  const { subscriptionInfo, locationInfo: its } = sample('oracle-cpm/subscriptions').sendDetails
  const { programCode } = subscriptionInfo
  const { endDate: _end, ...programme } = programInfo
  return told(party, UNENROLL, {
    ...{ ...about, ...more, customerInfo: { ...customerInfo, cisPersonId } },
    programInfo: { ...programme, programCode, ...(endDate === undefined ? {} : { endDate }) },
    locationInfo: { ...locationInfo, cisServicePointId: its.cisServicePointId },
  })
}

test('EN-05, K2, G-AC12: an unenrollment finds the subscription by customer, programme and usage point, and all of it ends, once', async () => {
  const cisPersonId = 'P-4'
  await sync('S-41', 'sub-41', { cisPersonId })
  const before = toDerms()
  const rejected = async () =>
    (await whole.store.legs({ state: ['REJECTED'], verb: ['close'], limit: 9 })).legs.length
  const kept = await rejected()
  const endless = await unenroll(cisPersonId)
  assert.is(endless.json.problemDetailDocument.problemType, '5.8', endless.text)
  assert.match(endless.text, /sub-41 is to be closed\. The message does not say when it ends/)
  const strange = await unenroll('nobody', '2026-09-30')
  assert.is(strange.json.problemDetailDocument.problemType, '5.8', strange.text)
  assert.match(strange.text, /No subscription is known here .* of the customer nobody in the/)
  assert.is(toDerms(), before, 'nobody is told')
  assert.is(await rejected(), kept + 2, 'both are on record')
  whole.answer(() => msgAck('SUCCESS'))
  const first = unenroll(cisPersonId, '2026-09-30')
  const done = await first
  assert.is(done.status, 200, done.text)
  assert.is(done.json.transactionId, 'UNENR-0001', 'it is known by the id of its request')
  const { dacsMessageId, subscriptionInfo, locationInfo } = last()
  assert.equal(
    [subscriptionInfo.subscriptionId, subscriptionInfo.status, subscriptionInfo.endDateTimeISO],
    ['sub-41', 'INACTIVE', '2026-09-30T00:00:00-05:00'],
  )
  assert.equal(
    locationInfo.controllableDevices.map((it: Any) => `${it.nicId} ${it.status}`),
    ['nic-sub-41 INACTIVE'],
  )
  assert.is((await stored('sub-41'))?.state, 'CLOSED_pending')
  assert.is((await unenroll(cisPersonId, '2026-09-30')).status, 200)
  await ack('sub-41', dacsMessageId)
  assert.is((await stored('sub-41'))?.state, 'CLOSED_synced')
  assert.is((await unenroll(cisPersonId, '2026-09-30')).status, 200)
  const other = await unenroll(cisPersonId, '2026-10-31')
  assert.match(other.text, /SUB-CLOSED: The subscription sub-41 has ended already/)
  assert.is(toDerms(), before + 1, 'its DERMS is told once')
})

test('EN-05: an unenrollment that comes again while the first is under way is none of its own', async () => {
  const cisPersonId = 'P-5'
  await sync('S-51', 'sub-51', { cisPersonId })
  const before = whole.sent.length
  let arrive = () => {}
  whole.answer(async () => {
    await new Promise<void>((resolve) => (arrive = resolve))
    return msgAck('SUCCESS')
  })
  const first = unenroll(cisPersonId, '2026-11-30')
  await Promise.race([first, whole.tried(before + 1)])
  const again = await unenroll(cisPersonId, '2026-11-30')
  whole.answer(() => msgAck('SUCCESS'))
  arrive()
  assert.match(again.text, /MSG-IN-FLIGHT/)
  assert.is((await first).status, 200)
  assert.is(whole.sent.length, before + 1)
})

test('K2, SUB-CLOSE: what a close lacks is mended in the words of its sender, at the field that lacks', async () => {
  await sync('S-8', 'sub-8')
  const { sendDetails } = sample('oracle-cpm/subscriptions')
  const { endDateTime: _end, ...subscriptionInfo } = sendDetails.subscriptionInfo
  const { text } = await told('cpm', 'oracle-cpm/enrollment-sync', {
    sendDetails: {
      ...{ ...sendDetails, syncRequestId: 'S-81', locationInfo: {} },
      subscriptionInfo: { ...subscriptionInfo, subscriptionId: 'sub-8', status: 'INACTIVE' },
    },
  })
  assert.match(text, /SUB-CLOSE.*Write endDateTime and status INACTIVE in subscriptionInfo/)
  assert.not.match(text, 'Write validityInterval')
  assert.match(text, 'EndDevices at /sendDetails/locationInfo/controllableDevices')
})

test('EN-05: an unenrollment that is passed on says what its sender has said, and nothing of an earlier message', async () => {
  const cisPersonId = 'P-6'
  await sync('S-61', 'sub-61', { cisPersonId })
  const said = await ack('sub-61', 'S-61', { errorMessage: 'CIS_PERSON_ID is null' })
  assert.is(said.status, 200, said.text)
  const more = { party: 'derms', transactionId: 'END-6', ticket: { number: '17' } }
  const { status, text } = await unenroll(cisPersonId, '2026-12-05', more)
  assert.is(status, 200, text)
  const { transactionId, ticket, errorMessage } = bodyOf(
    whole.sent.findLast((it) => it.party === 'cpm' && it.verb === 'close'),
  )
  assert.equal([transactionId, ticket, errorMessage], ['END-6', { number: '17' }, undefined])
  const it = await stored('sub-61')
  assert.match(it?.body ?? '', 'CIS_PERSON_ID is null', 'what is kept stays')
  assert.not.match(it?.body ?? '', 'END-6')
})

test('EN-04: a change of a part goes as the whole subscription', async () => {
  await sync('S-3', 'sub-3')
  await step('sub-3', '', { type: 'THERMOSTAT-2' }, 'PATCH')
  const { dacsMessageId, subscriptionInfo, locationInfo, contactInfo } = last()
  assert.is.not(dacsMessageId, 'S-3')
  assert.is(subscriptionInfo.subscriptionType, 'THERMOSTAT-2')
  assert.is(subscriptionInfo.status, 'ACTIVE')
  assert.is(locationInfo.controllableDevices[0].nicId, 'nic-sub-3')
  assert.type(contactInfo.cisPersonId, 'string')
})

test('EV-01: an event names its programme to each side as that side knows it', async () => {
  await whole.ok('cpm', 'POST', '/api/v1/programs', {
    Program: [
      {
        ...{ mRID: 'prg-1', code: 'PEAK-SAVER', type: 'DR' },
        Names: [{ name: 'PRG-12', NameType: { name: 'externalId' } }],
        validityInterval: { start: '2026-01-01T00:00:00Z' },
      },
    ],
  })
  const { stages, ...about } = sample('oracle-derms/events')
  const event = { ...about, stages: stages.slice(0, 1) }
  const { text, json } = await told('derms', 'oracle-derms/program-event', event)
  assert.is(json.MsgAck.ackType, 'SUCCESS', text)
  const sent = whole.sent.filter((it) => it.party === 'cpm' && it.noun === 'ProgramEvents')
  assert.equal([...new Set(sent.map((it) => bodyOf(it).programExternalIdentifier))], ['PRG-12'])
  assert.not.match(text, /DemandResponseProgram/)
})

test.run()
