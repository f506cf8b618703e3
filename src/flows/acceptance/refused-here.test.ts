// Collections on their way to a party of which our own record refuses a part: that is told object by object, and the others go on,
// also over a restart in between.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LOCAL } from '../../gateway/parties/party.ts'
import { openWhole, partyOf, replyOf, wayTo } from '../../gateway/whole.fixture.ts'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { ENROLLMENTS, application } from './enrollment.fixture.ts'

const test = suite('refused here, and the others go on')

const PATH = '/api/v1/program-enrollments'
const profile = { operationSets: true, collections: false }
const asks = (to: string, from: string) => wayTo(to, { noun: [ENROLLMENTS], from: [from] })
const topology = {
  ...LOCAL,
  parties: [partyOf('cpm'), { ...partyOf('single'), profile }, ...['lec', 'derms'].map(partyOf)],
  ways: [asks('cpm', 'lec'), asks('single', 'derms'), wayTo('local', {})],
}
const whole = await openWhole(topology)
const strict = await openWhole(topology, () => ({ mixedBatch: 'failed' }))
test.after(async () => {
  await Promise.all([whole.close(), strict.close()])
})
for (const it of [whole, strict])
  await it.ok('cis', 'PUT', '/api/v1/customers/cu-1', {
    Customer: [{ mRID: 'cu-1', Names: [{ name: 'C-1002003' }] }],
  })

const stranger = () => application({ Customer: { Names: [{ name: 'nobody' }] } })

function unnamed({ mRID: _own, ...it }: JsonObject): JsonObject {
  return it
}

async function posted(own: typeof whole, party: string, all: readonly JsonObject[], prefer = '') {
  const headers = { 'content-type': 'application/json', ...(prefer === '' ? {} : { prefer }) }
  const body = JSON.stringify({ ProgramEnrollment: all })
  return own.ask(party, 'POST', PATH, { headers, body })
}

/** Code and ID of each Error that says that something has not been done. */
function failedIn(text: string): readonly string[] {
  const json = JSON.parse(text) as JsonObject
  const list = (member(json['reply'], 'Error') ?? json['Error']) as readonly JsonObject[]
  return list
    .filter(({ code }) => !String(code).startsWith('0.'))
    .map((it) => `${String(it['code'])} ${String(member(it['ID'], '$') ?? 'no ID')}`)
}

const kept = async (own: typeof whole, all: readonly JsonObject[]) => {
  const ids = all.map(({ mRID }) => String(mRID))
  return (await own.store.objects(ENROLLMENTS, ids, [])).length
}

test('EN-01/AC1, G-AC2: what is refused here is told by its place, and the others are sent and kept', async () => {
  const [first, last] = [application(), application()]
  whole.answer((_party, leg) => replyOf(leg))
  const before = whole.sent.length
  const said = await posted(whole, 'lec', [first, unnamed(stranger()), last])
  assert.match(said.text, /"Result":"PARTIAL"/)
  assert.equal(failedIn(said.text), ['2.22 2'])
  const [sent, ...others] = whole.sent.slice(before)
  assert.is(others.length, 0)
  assert.is(sent?.request.match(/<transactionId>/g)?.length, 2)
  assert.not.match(sent?.request ?? '', /nobody/)
  assert.is(await kept(whole, [first, last]), 2)
  const { legs } = await whole.store.legs({ direction: 'in', limit: 1 })
  assert.is(legs[0]?.state, 'PARTIAL')
})

test('G-AC1: what a party says of those that it has been sent stands at the places of those that came', async () => {
  const bad = unnamed(application())
  const no = '<Error><code>6.1</code><level>FATAL</level><reason>no</reason></Error>'
  const isBad = (text: string) => text.includes(String(bad['transactionId']))
  whole.answer((_party, leg) => (isBad(leg.request) ? replyOf(leg, no) : replyOf(leg)))
  const said = await posted(whole, 'derms', [unnamed(stranger()), application(), bad])
  assert.equal(failedIn(said.text).toSorted(), ['2.22 1', '6.1 3'])
})

test('G-AC2: who is told later is told at once what is refused, and once more in the end, also after a restart', async () => {
  const good = application()
  whole.answer(() => ({ kind: 'unreachable', reason: 'down', sent: false, permanent: false }))
  const said = await posted(whole, 'lec', [stranger(), good], 'respond-async')
  assert.is(said.status, 202, said.text)
  assert.is(failedIn(said.text).length, 1)
  await whole.restart()
  whole.answer((_party, leg) => replyOf(leg))
  await whole.until(async () => (await kept(whole, [good])) === 1)
  const { legs } = await whole.store.legs({ direction: 'in', limit: 1 })
  assert.is(legs[0]?.state, 'PARTIAL')
  assert.match(legs[0]?.reason ?? '', /2\.22/)
  const shown = await whole.ok('lec', 'GET', `/api/v1/messages/${legs[0]?.id}`)
  const findings = shown['findings'] as readonly JsonObject[]
  assert.ok(findings.some(({ layer }) => layer === 'business'))
  assert.not.match(JSON.stringify(findings), /"refused"/)
})

test('EN-01: where a half-failed batch is FAILED nothing of it is sent, and nothing where nothing is left', async () => {
  const all = [stranger(), application()]
  assert.equal((await failures(strict, all)).toSorted(), ['2.22', '5.9'])
  assert.equal(await failures(whole, [stranger(), stranger()]), ['2.22', '2.22'])
})

async function failures(own: typeof whole, all: readonly JsonObject[]) {
  const before = own.sent.length
  const said = await posted(own, 'lec', all)
  assert.is(own.sent.length, before, 'nothing is sent')
  return failedIn(said.text).map((it) => it.split(' ')[0] ?? '')
}

test.run()
