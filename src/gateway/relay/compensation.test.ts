// Operations refuses a group after the contracts were changed: the request stands out until the contracts are put back, whether
// the parties send themselves or the gateway does.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { FUNCTIONS, formRequest, steps } from '../../flows/acceptance/groups.fixture.ts'
import type { Identified } from '../../flows/acceptance/connection.fixture.ts'
import { replyOf } from '../whole.fixture.ts'
import {
  REFUSED,
  alarms,
  contracted,
  creating,
  named,
  openDerms,
  put,
  stateOf,
  told,
} from './compensation.fixture.ts'

const test = suite('relay: compensation')

const { plain, sending, mine, theirs, takes, close } = await openDerms()
test.after(close)
test.before.each(takes)

test('G-AC43: what the DERMS refuses after contracts were changed stands out until they are put back', async () => {
  const request = await contracted(plain, mine)
  const agreements = await named(plain, request)
  plain.answer((_party, leg) => replyOf(leg, REFUSED))
  const said = await plain.ask('cs', 'POST', '/api/v1/der-groups', {
    body: JSON.stringify(creating(mine.devices, request)),
    headers: { 'content-type': 'application/json' },
  })
  assert.match(said.text, /Feeder full/)
  assert.is(await stateOf(plain, request.mRID), 'addRefused')
  assert.equal(await told(plain, request.mRID), ['contracted', 'addRefused'])
  const [alarm, ...more] = await alarms(plain)
  assert.equal([more.length, alarm?.['party'], alarm?.['noun']], [0, 'derms', 'DERGroupRequests'])
  for (const it of agreements) assert.match(String(alarm?.['reason']), it)
  const path = `/api/v1/der-group-requests/${request.mRID}:undo-contracts`
  assert.ok(String(alarm?.['mend']).includes(path))
  const [first = '', ...rest] = agreements
  await put(plain, first)
  const early = await plain.ask('cs', 'POST', path)
  assert.equal([early.status, /"rule":"([^"]*)/.exec(early.text)?.[1]], [409, 'GRP-UNDO'])
  assert.not.match(String((await alarms(plain))[0]?.['reason']), first)
  for (const it of rest) await put(plain, it)
  await plain.restart()
  assert.is((await alarms(plain)).length, 1, 'also after a new start')
  await plain.ok('cs', 'POST', path)
  assert.is(await stateOf(plain, request.mRID), 'compensated')
  assert.equal(await alarms(plain), [])
})

test('a group that cannot be told of for good stands out too, and is there when the DERMS takes it after all', async () => {
  const request = await contracted(plain, mine)
  plain.answer(() => ({ kind: 'unreachable', reason: 'down', sent: false, permanent: false }))
  const before = plain.sent.length
  const sent = plain.ask('cs', 'POST', '/api/v1/der-groups', {
    body: JSON.stringify(creating(mine.devices, request)),
    headers: { 'content-type': 'application/json' },
  })
  // What the answer may take begins when the message is taken in: no time passes before it is on its way.
  await plain.tried(before + 1)
  await plain.until(async () => (await stateOf(plain, request.mRID)) === 'addRefused')
  assert.is((await sent).status, 502)
  assert.is((await alarms(plain)).length, 1)
  plain.answer((_party, leg) => replyOf(leg))
  await plain.ok('cs', 'POST', '/api/v1/der-groups', creating(mine.devices, request))
  assert.is(await stateOf(plain, request.mRID), 'available')
  assert.equal(await alarms(plain), [])
})

test('of several groups only the one that is refused stands out', async () => {
  const both = [await contracted(plain, mine), await contracted(plain, mine)]
  const [good, bad] = both.map((it) => creating(mine.devices, it).EndDeviceGroup[0]) as [
    Identified,
    Identified,
  ]
  const own = `<Error><code>6.1</code><level>FATAL</level><ID kind="uuid">${bad.mRID}</ID></Error>`
  plain.answer((_party, leg) => {
    const answer = replyOf(leg, `<Error><code>0.2</code></Error>${own}`)
    const text = new TextDecoder().decode((answer as { readonly bytes: Uint8Array }).bytes)
    const bytes = new TextEncoder().encode(text.replace('>FAILED<', '>PARTIAL<'))
    return { kind: 'answered', status: 200, contentType: 'application/xml', bytes }
  })
  await plain.ok('cs', 'POST', '/api/v1/der-groups', { EndDeviceGroup: [good, bad] })
  assert.equal(await Promise.all(both.map((it) => stateOf(plain, it.mRID))), [
    'available',
    'addRefused',
  ])
})

test('where the gateway sends itself it puts the contracts back, and the request ends', async () => {
  sending.answer((_party, leg) => replyOf(leg, REFUSED))
  const asked = formRequest(theirs.devices, theirs.tariff, { DERFunction: FUNCTIONS })
  await sending.asking.ok({ verb: 'create', noun: 'DERGroupRequests', object: asked })
  await steps(sending.asking, asked.mRID, ['check-compliance', 'approve'])
  await sending.until(async () => (await stateOf(sending, asked.mRID)) === 'compensated')
  assert.equal(await told(sending, asked.mRID), ['addRefused', 'compensated'])
  assert.equal(
    sending.sent.map((it) => `${it.verb} ${it.noun}`),
    ['create DERGroups'],
  )
  const { objects } = await sending.store.page('CustomerAgreements', { limit: 100 })
  const revisions = objects.map(({ revision }) => revision)
  assert.ok(
    revisions.every((it) => it >= 5),
    `made, offered, signed, with the group, without it: ${revisions.join()}`,
  )
  assert.ok(objects.every(({ body }) => !body.includes('EndDeviceGroups')))
  assert.equal(await alarms(sending), [])
})

test.run()
