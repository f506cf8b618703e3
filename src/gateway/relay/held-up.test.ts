// Whoever keeps the contracts carries out a part of their change: the request for the group stands out until the rest is done,
// and then goes on by itself.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { FUNCTIONS, fleet, formRequest, steps } from '../../flows/acceptance/groups.fixture.ts'
import type { Identified } from '../../flows/acceptance/connection.fixture.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Leg } from '../ledger.ts'
import { LOCAL } from '../parties/party.ts'
import { openWhole, partyOf, replyOf, wayTo } from '../whole.fixture.ts'

const test = suite('relay: held up')

const whole = await openWhole({
  ...LOCAL,
  parties: [partyOf('cis'), partyOf('derms')],
  ways: [
    // What the customers have agreed on is kept here; the contracts about groups are the customer information's.
    wayTo('cis', { noun: ['CustomerAgreements'], from: ['cimgate'] }),
    wayTo('derms', { noun: ['DERGroups'], verb: ['create', 'change', 'delete'] }),
    wayTo('local', {}),
  ],
  orchestrated: ['der-group-request'],
})
test.after(() => whole.close())

const its = await fleet(whole.asking, 2)

/** The customer information takes all but these. */
function refusing(...agreements: readonly string[]): void {
  whole.answer((party, leg) => (party === 'cis' ? partOf(leg, agreements) : replyOf(leg)))
}

function partOf(leg: Leg, agreements: readonly string[]) {
  const refused = agreements.filter((it) => leg.request.includes(it))
  if (refused.length === 0) return replyOf(leg)
  const errors = refused.map(
    (it) =>
      `<Error><code>6.1</code><level>FATAL</level><reason>Account closed.</reason><ID kind="uuid" objectType="CustomerAgreement">${it}</ID></Error>`,
  )
  const answer = replyOf(leg, `<Error><code>0.2</code></Error>${errors.join('')}`)
  const text = new TextDecoder().decode((answer as { readonly bytes: Uint8Array }).bytes)
  const bytes = new TextEncoder().encode(text.replace('>FAILED<', '>PARTIAL<'))
  return { kind: 'answered', status: 200, contentType: 'application/xml', bytes } as const
}

async function stateOf({ mRID }: Identified): Promise<string | undefined> {
  return (await whole.store.objects('DERGroupRequests', [mRID], []))[0]?.state
}

async function alarms(): Promise<readonly JsonObject[]> {
  return (await whole.ok('cs', 'GET', '/api/v1/alarms'))['alarms'] as readonly JsonObject[]
}

const agreements = async () =>
  (await whole.store.page('CustomerAgreements', { limit: 10 })).objects.map(({ id }) => id)

async function approved(): Promise<Identified> {
  const asked = formRequest(its.devices, its.tariff, { DERFunction: FUNCTIONS })
  await whole.asking.ok({ verb: 'create', noun: 'DERGroupRequests', object: asked })
  await steps(whole.asking, asked.mRID, ['check-compliance', 'approve'])
  await whole.quiet()
  return asked
}

/** It stands out once, and names what is left. */
async function heldUp(left: string): Promise<JsonObject> {
  const [alarm, ...more] = await alarms()
  assert.equal(more, [])
  assert.equal(
    [alarm?.['kind'], alarm?.['party'], alarm?.['noun']],
    ['state', 'cis', 'DERGroupRequests'],
  )
  assert.ok(String(alarm?.['reason']).includes(left), String(alarm?.['reason']))
  for (const it of await agreements())
    if (it !== left) assert.not.ok(String(alarm?.['reason']).includes(it))
  return alarm ?? {}
}

test('GF-03: a part of the contracts is an alarm, also after a new start, and the rest leads on', async () => {
  const [first = '', second = ''] = await agreements()
  refusing(second)
  const request = await approved()
  assert.is(await stateOf(request), 'approved')
  await whole.restart()
  const { message } = await heldUp(second)
  // Refused once more: one alarm, of the message that was sent last.
  await whole.ok('cs', 'POST', `/api/v1/messages/${String(message)}:resend`)
  await whole.quiet()
  const again = await heldUp(second)
  assert.is.not(again['message'], message)
  refusing()
  await whole.ok('cs', 'POST', `/api/v1/messages/${String(again['message'])}:resend`)
  await whole.until(async () => (await stateOf(request)) === 'available')
  assert.equal(await alarms(), [])
  const made = whole.sent.filter(({ party }) => party === 'derms')
  assert.equal(
    made.map((it) => `${it.verb} ${it.noun}`),
    ['create DERGroups'],
  )
  assert.ok(first !== '')
})

test.run()
