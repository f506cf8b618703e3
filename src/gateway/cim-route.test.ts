// Whole messages in CIM-JSON: they go the way of those in XML, and the reply comes back in CIM-JSON.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member, readJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { openFixture } from './gateway.fixture.ts'
import { group, message, payload } from './messages.fixture.ts'
import type { RouteAnswer } from './routes.ts'

const test = suite('cim route')

const gateway = await openFixture()
test.before.each(() => gateway.forgetObjects())
test.after(() => gateway.close())

const JSON_BODY = { 'content-type': 'application/json' }

function post(body: string, headers = JSON_BODY): Promise<RouteAnswer> {
  return gateway.ask('POST', '/cim', { body, headers })
}

function json({ text }: RouteAnswer): Json {
  const read = readJson(text)
  return 'value' in read ? read.value : null
}

/** The message as CIM-JSON text. */
async function inJson(xml: string): Promise<string> {
  const { text } = await gateway.ask('POST', '/api/v1/convert', { body: xml })
  return text
}

const created = (id: string, mRID = id) =>
  inJson(message({ verb: 'create', id }, payload(group({ mRID }))))

const result = (answer: RouteAnswer) => member(member(json(answer), 'reply'), 'Result')

test('a request in CIM-JSON is answered in CIM-JSON, and the answer is a valid message', async () => {
  const answer = await post(await created('j-1'))
  assert.equal([answer.status, answer.contentType], [200, 'application/json; charset=utf-8'])
  assert.is(member(json(answer), 'message'), 'ResponseMessage')
  assert.is(result(answer), 'OK')
  const header = member(json(answer), 'header')
  assert.is(member(header, 'CorrelationID'), 'j-1')
  assert.is(member(header, 'MessageID'), answer.headers?.['MessageID'])
  const back = await gateway.ask('POST', '/api/v1/convert', { body: answer.text })
  assert.is((await gateway.validate.judge(new TextEncoder().encode(back.text))).verdict, 'valid')
  assert.is((await gateway.store.objects('DERGroups', ['j-1'], [])).length, 1)
})

test('an event in CIM-JSON is taken: a JSON system reports as a CIM system does', async () => {
  const event = message({ verb: 'created', id: 'j-2' }, payload(group({ mRID: 'j-2' })))
  const answer = await post(await inJson(event))
  assert.is(result(answer), 'OK', answer.text)
  const told = (await gateway.events()).filter((it) => it.subject === 'j-2')
  assert.equal(
    told.map((it) => [it.verb, it.flow]),
    [['created', 'der-group-notice']],
  )
})

test('a repeat gets the reply that it had, in CIM-JSON too, and has no second effect', async () => {
  const body = await created('j-3')
  const [first, second] = [await post(body), await post(body)]
  assert.is(second.text, first.text)
  const told = (await gateway.events()).filter((it) => it.subject === 'j-3')
  assert.is(told.length, 1)
})

test('what is refused by a rule is a reply that says FAILED, with the code of the CIM side', async () => {
  await post(await created('j-4'))
  const answer = await post(await created('j-5', 'j-4'))
  assert.equal([answer.status, result(answer)], [200, 'FAILED'])
  assert.match(answer.text, '"code":"6.1"')
})

test('what its schema does not allow is refused as over XML', async () => {
  const body = JSON.parse(await created('j-6'))
  delete body.payload.DERGroups.EndDeviceGroup[0].DERFunction
  const answer = await post(JSON.stringify(body))
  assert.equal([answer.status, result(answer)], [200, 'FAILED'])
  assert.match(answer.text, 'DERFunction')
})

test('what no XML can be written of is a problem document with every place, and on record', async () => {
  const body = (await created('j-7')).replace('"mRID"', '"mRIDD"')
  const answer = await post(body)
  assert.equal(
    [answer.status, answer.contentType],
    [400, 'application/problem+json; charset=utf-8'],
  )
  const [first] = member(json(answer), 'findings') as readonly JsonObject[]
  assert.match(String(member(first, 'path')), '/payload')
  const { legs } = await gateway.store.legs({ limit: 1 })
  assert.is(legs[0]?.state, 'REJECTED')
})

test('what is no message at all is a fault in CIM-JSON, and what is no JSON a problem document', async () => {
  for (const body of ['{"DERGroups":{"EndDeviceGroup":[]}}', '{"header":{"Verb":"get"}}'])
    assert.is.not((await post(body)).status, 500, body)
  for (const body of ['', '{', '[]', '7', 'null']) {
    const answer = await post(body)
    assert.equal(
      [answer.status, answer.contentType.split(';')[0]],
      [400, 'application/problem+json'],
    )
    assert.is(member(json(answer), 'instance'), '/cim')
  }
})

test('a strongly typed message in CIM-JSON is answered by the typed reply', async () => {
  const xml = message({ verb: 'create', id: 'j-8' }, payload(group({ mRID: 'j-8' })))
  const query = { form: 'typed', to: 'json' }
  const typed = await gateway.ask('POST', '/api/v1/convert', { body: xml, query })
  const answer = await post(typed.text)
  assert.is(member(json(answer), 'message'), 'DERGroupsResponseMessage', answer.text)
})

test('a strongly typed message of an edition that nobody has a schema of is refused in a generic reply', async () => {
  const xml = message({ verb: 'create', id: 'j-9' }, payload(group({ mRID: 'j-9' })))
  const query = { form: 'typed' }
  const typed = await gateway.ask('POST', '/api/v1/convert', { body: xml, query })
  const older = typed.text.replaceAll('/TC57/2017/', '/TC57/2016/')
  const answer = await post(older, { 'content-type': 'application/xml' })
  assert.match(
    answer.text,
    /<(Response|Fault)Message xmlns="http:\/\/iec.ch\/TC57\/2011\/schema\/message">/,
  )
  assert.match(answer.text, /<Result>FAILED<\/Result><Error><code>1\.8</)
})

test('what is refused unread is told in the notation of its Content-Type', async () => {
  const route = gateway.routes.find((it) => it.path === '/cim')
  const error = { code: '3.1', reason: 'too long' }
  const refused = (type: string) => route?.refuse?.(error, 413, { 'content-type': type })
  assert.match((await refused('application/json'))?.contentType ?? '', 'application/problem+json')
  assert.match((await refused('application/cim+json; a=b'))?.contentType ?? '', 'problem+json')
  for (const it of ['text/xml', 'application/jsonish', ''])
    assert.match((await refused(it))?.text ?? '', 'FaultMessage')
})

test.run()
