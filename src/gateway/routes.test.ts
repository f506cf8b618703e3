// Every route answers what it says, beside the façade's own, which facade.test.ts is about.

import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member, readJson } from '../schema/json-text.ts'
import type { Json } from '../schema/json-text.ts'
import { openFixture } from './gateway.fixture.ts'
import { group, message, payload } from './messages.fixture.ts'
import type { RouteAnswer } from './routes.ts'

const test = suite('routes')

const gateway = await openFixture()
test.before.each(() => gateway.forgetObjects())
test.after(() => gateway.close())

const SAMPLES = new URL('../../../samples/', import.meta.url)
const sample = (name: string) => readFileSync(new URL(name, SAMPLES), 'utf8')

function json({ text }: RouteAnswer): Json {
  const read = readJson(text)
  return 'value' in read ? read.value : null
}

test('POST /cim answers with the ids of its reply', async () => {
  const body = message({ verb: 'create', id: 'by-http' }, payload(group({ mRID: 'g' })))
  const answer = await gateway.ask('POST', '/cim', { body })
  assert.equal([answer.status, answer.contentType], [200, 'application/xml; charset=utf-8'])
  assert.is(answer.headers?.['CorrelationID'], 'by-http')
  assert.match(
    answer.text,
    new RegExp(`<MessageID>${answer.headers?.['MessageID'] ?? '-'}</MessageID>`),
  )
})

test('GET / lists every route and resource', async () => {
  const { text, contentType } = await gateway.ask('GET', '/')
  assert.is(contentType, 'text/html; charset=utf-8')
  for (const it of [
    '/cim',
    '/api/v1/validate',
    '/vendor/example/groups',
    '/api/v1/der-groups',
    '/livez',
  ])
    assert.ok(text.includes(`<code>${it}</code>`), it)
  assert.not.match(text, /-queries/)
})

test('the probes answer in plain words', async () => {
  for (const path of ['/livez', '/readyz']) assert.is((await gateway.ask('GET', path)).text, 'ok\n')
})

test('validate answers 200 whatever the verdict', async () => {
  for (const body of ['<a/>', '{', message({ verb: 'get' }, '')])
    assert.is((await gateway.ask('POST', '/api/v1/validate', { body })).status, 200)
})

test('convert gives the other form, and back the same message', async () => {
  const body = sample('der-group-form/request.xml')
  const there = await gateway.ask('POST', '/api/v1/convert', { body })
  assert.is(there.contentType, 'application/json; charset=utf-8')
  const back = await gateway.ask('POST', '/api/v1/convert', { body: there.text })
  assert.is(back.contentType, 'application/xml; charset=utf-8')
  const again = await gateway.ask('POST', '/api/v1/convert', { body: back.text })
  assert.is(again.text, there.text)
})

/** [what, query, body] */
const UNCONVERTIBLE: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  ['a form that there is none of', { to: 'yaml' }, '{}'],
  ['a dialect that there is none of', { dialect: 'none' }, '{}'],
  ['what is invalid', {}, '<a/>'],
  ['what no resource of the dialect reads', { dialect: 'example' }, '[{"banana":1}]'],
]

for (const [what, query, body] of UNCONVERTIBLE) {
  test(`convert refuses ${what}`, async () => {
    const answer = await gateway.ask('POST', '/api/v1/convert', { query, body })
    assert.is(answer.status, 400, answer.text)
    assert.is(member(json(answer), 'instance'), '/api/v1/convert')
  })
}

test('convert speaks the dialect in both directions', async () => {
  const query = { dialect: 'example' }
  const cim = await gateway.ask('POST', '/api/v1/convert', {
    query,
    body: sample('der-group-form/example.json'),
  })
  assert.is(cim.status, 200, cim.text)
  assert.match(cim.text, /<DERGroups /)
  const vendor = await gateway.ask('POST', '/api/v1/convert', { query, body: cim.text })
  assert.match(vendor.text, /"groupName": "Feeder 12 rooftop"/)
})

test('a vendor creates, reads, lists, changes and deletes in its own words', async () => {
  const groups = '/vendor/example/groups'
  const made = await gateway.ask('POST', groups, { body: sample('der-group-form/example.json') })
  assert.is(made.status, 201, made.text)
  const path = made.headers?.['Location'] ?? ''
  assert.match(path, /^\/vendor\/example\/groups\/f975be36-/)
  const read = await gateway.ask('GET', path)
  assert.is(member(json(read), 'groupName'), 'Feeder 12 rooftop')
  assert.is(read.headers?.['ETag'], '"1"')
  const items = member(json(await gateway.ask('GET', groups)), 'items')
  assert.equal(Array.isArray(items) ? items[0] : null, json(read))
  const changed = await gateway.ask('PATCH', path, { body: '{"note":"new"}' })
  assert.is(member(json(changed), 'note'), 'new', changed.text)
  assert.is((await gateway.ask('DELETE', path)).text, '{"reply":{"Result":"OK"}}')
  assert.is((await gateway.ask('GET', path)).status, 404)
})

test('a vendor is told what cannot be translated', async () => {
  const body = '{"groupName":"x","capabilities":["FLY"]}'
  const answer = await gateway.ask('POST', '/vendor/example/groups', { body })
  assert.is(answer.status, 400)
  assert.equal(
    [member(json(answer), 'rule'), member(json(answer), 'instance')],
    ['unmappable', '/vendor/example/groups'],
  )
})

test.run()
