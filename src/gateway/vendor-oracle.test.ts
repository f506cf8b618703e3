// Oracle's own paths, from the JSON that comes in to the acknowledgement that goes out: every record has exactly one result, in
// the order in which they came, and what one of them lacks does not hold up the others.

import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openFixture } from './gateway.fixture.ts'
import { json } from './told.fixture.ts'

const test = suite('vendor: oracle')

const gateway = await openFixture()
test.after(() => gateway.close())

type Any = any

const ask = (path: string, body: unknown, method = 'POST') =>
  gateway.ask(method, `/vendor${path}`, body === undefined ? {} : { body: JSON.stringify(body) })

const sample = (name: string): Any =>
  JSON.parse(readFileSync(new URL(`../../../samples/${name}.json`, import.meta.url), 'utf8'))

/** Requests that differ in their ids alone. */
function requests(...ids: readonly string[]): Any {
  const whole = sample('oracle-derms/enrollment-requests')
  const [first] = whole.requests
  const one = (id: string) => {
    const [asset] = first.assetInfo.assetList
    const { assetId: _id, ...device } = asset
    const assetList = [{ ...device, nicId: `nic-${id}`, serialNo: `s-${id}`, badgeNo: `b-${id}` }]
    return structuredClone({
      ...first,
      transactionId: id,
      assetInfo: { ...first.assetInfo, assetList },
    })
  }
  return { ...whole, messageId: `m-${ids.join('-')}`, requests: ids.map(one) }
}

const PATH = '/oracle-derms/enroll-to-dacs'

test('a collection is acknowledged record by record, and each is there', async () => {
  const { status, text } = await ask(PATH, requests('a1', 'a2'))
  assert.is(status, 200, text)
  const { MsgAck } = JSON.parse(text)
  assert.is(MsgAck.ackType, 'SUCCESS', text)
  assert.match(MsgAck.whenISO, /^\d{4}-\d\d-\d\dT/)
  const all: Any[] = MsgAck.responses.response
  assert.equal(
    all.map((it) => [it.id, it.responseCode]),
    [
      ['a1', 'SUCCESS'],
      ['a2', 'SUCCESS'],
    ],
  )
  const [{ enrollmentId }] = all as [Any]
  const read = json(
    await ask(
      `/oracle-cpm/rest/apis/cross/digitalAssets/programEnrollments/enroll/${enrollmentId}`,
      undefined,
      'GET',
    ),
  ) as Any
  assert.equal([read.transactionId, read.programInfo.startDate], ['a1', '2026-07-13'])
})

test('what one record lacks does not hold up the others: k failures of n are k errors', async () => {
  const body = requests('b1', 'b2', 'b3', 'b4', 'b5')
  body.requests[1].assetInfo.installationMethod = 'X1UR'
  delete body.requests[2].programInfo.programCode
  delete body.requests[2].programInfo
  body.requests[3].customerInfo.cisPersonId = '1234567890123456789012345678901'
  const { status, text } = await ask(PATH, body)
  assert.is(status, 200, text)
  const { MsgAck } = JSON.parse(text)
  assert.is(MsgAck.ackType, 'ERROR')
  const all: Any[] = MsgAck.responses.response
  assert.equal(
    all.map((it) => `${it.id} ${it.responseCode}`),
    ['b1 SUCCESS', 'b2 ERROR', 'b3 ERROR', 'b4 ERROR', 'b5 SUCCESS'],
  )
  assert.match(all[1].value, /"X1UR" is no code of installationMethod.*Allowed are X1SI, X1UI/)
  assert.match(all[2].value, /programCode is missing.*startDateTimeISO is missing/)
  assert.match(all[3].value, /cisPersonId has 31 characters, and 30 are the most/)
})

test('fields without a counterpart are said, kept, and come back', async () => {
  const body = { ...requests('c1'), drmsInstanceId: 'NMS-2' }
  body.requests[0].locationInfo.colour = 'red'
  const { text } = await ask(PATH, body)
  const { MsgAck } = JSON.parse(text)
  assert.is(MsgAck.ackType, 'SUCCESS', text)
  assert.match(
    MsgAck.responses.response[0].value,
    /rule=UNMAPPED.*\/requests\/0\/locationInfo\/colour/,
  )
  assert.match(MsgAck.value, /rule=UNMAPPED.*\/drmsInstanceId/)
  const [stored] = await gateway.store.objects(
    'ProgramEnrollments',
    [MsgAck.responses.response[0].enrollmentId],
    [],
  )
  assert.match(JSON.stringify(stored), /colour/)
})

test('a message that comes again is answered as it was the first time', async () => {
  const body = requests('d1')
  const [first, second] = [await ask(PATH, body), await ask(PATH, body)]
  assert.is(second.text, first.text)
  assert.is(second.headers?.['Idempotency-Replayed'], 'true')
})

test('a message that is none is told as a whole', async () => {
  const { status, text } = await ask(PATH, { messageId: 'e', requests: [] })
  assert.is(status, 200, text)
  const { MsgAck } = JSON.parse(text)
  assert.is(MsgAck.ackType, 'ERROR')
  assert.match(MsgAck.value, /^1\.8 \/requests.*an array with at least one object/)
})

test('one enrollment is answered by itself, or by a problem with a number', async () => {
  const path = '/oracle-cpm/rest/apis/cross/digitalAssets/programEnrollments/enroll'
  const { enrollmentId: _id, status: _status, ...body } = sample('oracle-cpm/enrollments')
  const made = await ask(path, { ...body, transactionId: 'f1' })
  assert.is(made.status, 200, made.text)
  const read = JSON.parse(made.text)
  assert.equal([read.transactionId, read.programInfo.startDate], ['f1', '2026-07-13'])
  assert.type(read.enrollmentId, 'string')
  const wrong = await ask(path, { ...body, enrollmentSource: 'X1SD', transactionId: 'f2' })
  assert.is(wrong.status, 400, wrong.text)
  const { problemDetailDocument: problem } = JSON.parse(wrong.text)
  assert.is(problem.httpStatus, 400)
  assert.match(problem.title, /"X1SD" is no code of enrollmentSource/)
})

test('of several messages about one noun a conversion takes the one that says the most', async () => {
  const body = JSON.stringify(sample('oracle-cpm/outcomes.cim'))
  const { text } = await gateway.ask('POST', '/api/v1/convert', {
    ...{ body, query: { dialect: 'oracle-cpm' } },
  })
  assert.equal(JSON.parse(text), sample('oracle-cpm/outcomes'), text)
})

test('EN-05: an unenrollment finds the subscription by the transactionId of its enrollment alone', async () => {
  const body = requests('u1')
  const { text } = await ask(PATH, body)
  const [{ enrollmentId }] = JSON.parse(text).MsgAck.responses.response as [Any]
  const subscription = {
    ...{ mRID: '1f0c2a52-8a2f-4c5e-9b7d-0b6d1a8e7f01', status: { value: 'INACTIVE' } },
    ProgramEnrollment: { mRID: enrollmentId },
    Customer: { Names: [{ name: 'C-1' }] },
    UsagePoint: { Names: [{ name: 'SP-1' }] },
    DemandResponseProgram: { Names: [{ name: 'SPS-2026' }] },
    EndDevices: [{ mRID: '1f0c2a52-8a2f-4c5e-9b7d-0b6d1a8e7f02' }],
    validityInterval: { start: '2026-07-14T00:00:00Z' },
  }
  const made = await gateway.ask('POST', '/api/v1/program-subscriptions', {
    body: JSON.stringify({ ProgramSubscription: [subscription] }),
  })
  assert.is(made.status, 201, made.text)
  const path = '/oracle-cpm/rest/apis/cross/digitalAssets/programEnrollments/unenroll'
  const leaving = (transactionId: string) => ({
    ...{ transactionId, unenrollReason: 'MOVED' },
    programInfo: { endDate: '2026-07-20' },
    locationInfo: { timeZone: 'America/Chicago' },
    assetInfo: { removalMethod: 'X1KP' },
  })
  const left = await ask(path, leaving('u1'))
  assert.is(left.status, 200, left.text)
  const [stored] = await gateway.store.objects('ProgramSubscriptions', [subscription.mRID], [])
  assert.match(stored?.state ?? '', /^CLOSED/)
  assert.match(stored?.body ?? '', /"end":"2026-07-20/)
  assert.not.match(stored?.body ?? '', /transactionId/)
  const unknown = await ask(path, leaving('nobody'))
  assert.is(unknown.status, 400)
  assert.match(unknown.text, /5\.8.*No subscription is known here of .* transactionId nobody\./)
})

test('DC-01: a check that is not answered by anybody, or answers nothing, is refused in the shape of its path', async () => {
  const cpm = '/oracle-cpm/rest/apis/cross/digitalAssets/controllableDeviceStatus/response'
  const answer = { responseDetail: { transactionID: 'never-asked', result: { status: 'SUCCESS' } } }
  const toCpm = await ask(cpm, answer)
  assert.is(toCpm.status, 400, toCpm.text)
  const { problemDetailDocument: problem } = JSON.parse(toCpm.text)
  assert.match(problem.title, /never-asked/)
  const toDerms = await ask('/oracle-derms/status-check-ack-to-dacs', {
    ...{ dacsMessageId: 'never-asked', responseCode: 'SUCCESS', value: 'reachable' },
  })
  const [toldDerms] = JSON.parse(toDerms.text).MsgAck.responses.response as [Any]
  assert.match(toldDerms.value, /rule=DSC-UNASKED.*never-asked/)
  assert.is(JSON.parse(toDerms.text).MsgAck.ackType, 'ERROR')
  const nobody = await ask('/oracle-derms/status_check', {
    dacsMessageId: 'q1',
    DeviceInfo: { division: 'D', headEndSystem: 'HES', nicid: 'nobody-has-this' },
  })
  const [said] = JSON.parse(nobody.text).MsgAck.responses.response as [Any]
  assert.equal([said.id, said.responseCode], ['q1', 'ERROR'], nobody.text)
  assert.match(said.value, /^99\.1.*EndDevice .*nobody-has-this.* does not exist/)
})

const CPM = '/oracle-cpm/rest/apis/cross/service'

test('a stage is a programme event: n of them make one event, and each is found by the id of its stage', async () => {
  const event = sample('oracle-cpm/events')
  const second = {
    ...event,
    externalIdentifier: 'EVT-2026-0714-A2',
    startDateTime: '2026-07-14T22:00:00Z',
    endDateTime: '2026-07-14T23:00:00Z',
  }
  for (const it of [event, second, event]) {
    const { status, text } = await ask(`${CPM}/programEvent/`, it)
    assert.is(status, 200, text)
  }
  const { objects } = await gateway.store.page('ProgramEvents', { limit: 10 })
  assert.is(objects.length, 1)
  const step = {
    ...sample('oracle-cpm/event-actions'),
    eventExternalIdentifier: 'EVT-2026-0714-A2',
  }
  const cancelled = await ask(`${CPM}/programEvent/lifecycle`, step)
  assert.is(cancelled.status, 200, cancelled.text)
  const again = await ask(`${CPM}/programEvent/lifecycle`, { ...step, action: 'F1CO' })
  assert.is(again.status, 400, again.text)
  const unknown = await ask(`${CPM}/programEvent/lifecycle`, {
    ...step,
    eventExternalIdentifier: 'nobody',
  })
  assert.is(unknown.status, 400, unknown.text)
  const [{ body = '' } = {}] = (await gateway.store.page('ProgramEvents', { limit: 10 }))
    .objects as Any[]
  assert.match(JSON.stringify({ body }), /SCHEDULED[^]*CANCELED|CANCELED[^]*SCHEDULED/)
})

test('EV-02/AC2: what the DERMS has CANCELED is CANCELLED for the customer programme side, and canceled in the feed', async () => {
  const [first] = sample('oracle-derms/events').stages
  const stages = [{ ...first, stageId: 'S-ac2' }]
  const event = { ...sample('oracle-derms/events'), eventId: 'E-ac2', stages }
  const listed = async () => {
    const { items } = json(await ask(`${CPM}/programEvent/`, undefined, 'GET')) as Any
    return items.filter((it: Any) => it.externalIdentifier === 'S-ac2')
  }
  assert.match((await ask('/oracle-derms/program-event', event)).text, '"ackType":"SUCCESS"')
  assert.equal(await listed(), [
    { eventExternalIdentifier: 'E-ac2', externalIdentifier: 'S-ac2', status: 'SCHEDULED' },
  ])
  const cancelled = { ...event, stages: [{ ...stages[0], status: 'CANCELED' }] }
  assert.match((await ask('/oracle-derms/event-cancel', cancelled)).text, '"ackType":"SUCCESS"')
  assert.is((await listed())[0].status, 'CANCELLED')
  const last = (await gateway.events()).findLast((it) => it.noun === 'ProgramEvents')
  assert.equal([last?.verb, last?.state], ['canceled', 'CANCELED'])
})

test('G-AC33: a code that nobody has mapped is an error of its sender, and the programme stays as it was', async () => {
  const programme = sample('oracle-derms/programs')
  const path = '/oracle-derms/program-rule-sync'
  const sync = (rules: readonly Any[]) => ask(path, { ...programme, rules })
  assert.match((await sync(programme.rules)).text, '"ackType":"SUCCESS"')
  const read = async () => (await gateway.store.objects('Programs', [programme.programId], []))[0]
  const before = await read()
  const [days] = programme.rules
  const window = (allowEventDays: readonly string[]) => ({
    ...days,
    windows: [{ ...days.windows[0], allowEventDays }],
  })
  const cycle = { ruleCode: 'R-CYCLE', ruleType: 'CycleFrequency' }
  for (const [rule, said] of [
    [window(['MON', 'HOL']), /"HOL" is no code of allowEventDays.*Allowed are MON, TUE/],
    [window(['']), /"" is no code of allowEventDays/],
    [window([]), /PRG-VALUE.*has to say windows, each with dayOfWeek/],
    [{ ...days, ruleType: 'AllowedEventDays' }, /"AllowedEventDays" is no code of ruleType/],
    [{ ...cycle, ruleType: 'CYCLE' }, /"CYCLE" is no code of ruleType/],
    [cycle, /\/rules\/0\/count: count or quantity or windows is missing/],
  ] as const) {
    const { text } = await sync([rule])
    assert.match(text, '"ackType":"ERROR"')
    assert.match(text.replaceAll('\\"', '"'), said)
    assert.equal(await read(), before, 'nothing of it is kept')
  }
  assert.match((await sync([{ ...cycle, count: 2 }])).text, '"ackType":"SUCCESS"')
  assert.match((await read())?.body ?? '', '"kind":"cycleFrequency"')
})

test('times of an office are those of the zone that is agreed, and refused where none is', async () => {
  const event = {
    ...sample('oracle-cpm/events'),
    eventExternalIdentifier: 'e-9',
    externalIdentifier: 's-9',
  }
  const { status, text } = await ask(`${CPM}/programEvent/`, {
    ...event,
    startDateTime: '10-15-2026 05:00:00PM',
  })
  assert.is(status, 400)
  assert.match(text, /says no zone, and none is declared/)
})

test.run()
