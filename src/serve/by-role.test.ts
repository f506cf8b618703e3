// Who takes a step: nobody decides what it has asked for, signs for another, or says that it has been done, over whatever way.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { connecting } from './connecting.fixture.ts'
import { document } from './orchestration.fixture.ts'
import { auth, openScene } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: steps by role')

let scene: Scene

/** `cs` is nobody in particular, and prepares; all others have their roles. */
test.before(async () => {
  scene = await openScene(
    () => `
deployment: third-party
parties:
  cs: {${auth('cs')}, operator: true}
  dso-cs: {${auth('dso-cs')}}
  dso-eng: {${auth('dso-eng')}}
  wms: {${auth('wms')}}
  customer: {${auth('customer')}}
  "tp:acme:cs": {${auth('tp:acme:cs')}}
  helper: {${auth('helper')}, roles: [dso-eng]}
partyAliases: {derms-cs: "tp:{provider}:cs"}
routes: [{to: local}]
`,
  )
})
test.after(() => scene.close())

const { reviewed } = connecting(() => scene)
const THIRD = 'tp:acme:cs'

interface Problem {
  readonly status: number
  readonly whose: string
  readonly code: string
  readonly rule: string
  readonly detail: string
  readonly Error: readonly { readonly details: string }[]
}

async function asked(by: string, method: string, path: string, body?: unknown) {
  const { status, json } = await scene.ask(by, method, `/api/v1/${path}`, { body })
  return { ...(json as unknown as Problem), status }
}

/** 403 with whose part it is and how to go on. */
function refused(it: Problem, whose: RegExp): void {
  assert.is(it.status, 403, JSON.stringify(it))
  assert.equal([it.code, it.rule, it.whose], ['7.5', 'BY-ROLE', 'sender'])
  assert.match(it.detail, whose)
  assert.match(it.Error[0]?.details ?? '', /^rule=BY-ROLE; Leave it to .*roles of the party\.$/)
}

test('whoever asks for a group does not decide about it; Customer Support does', async () => {
  const mRID = crypto.randomUUID()
  const { tariff } = await reviewed()
  const request = {
    ...{ mRID, action: 'form', PricingStructure: { mRID: tariff } },
    EndDeviceGroup: { mRID: crypto.randomUUID() },
    criteria: { minSize: { unit: 'W', multiplier: 'k', value: 5 } },
    requestor: { Names: [{ name: 'acme' }] },
  }
  const path = `der-group-requests/${mRID}`
  const own = await asked(THIRD, 'POST', 'der-group-requests', { DERGroupRequest: [request] })
  assert.is(own.status, 201, JSON.stringify(own))
  refused(await asked(THIRD, 'POST', `${path}:check-compliance`), /is for dso-cs or cis; .* tp-cs/)
  assert.is((await asked('dso-cs', 'POST', `${path}:check-compliance`)).status, 200)
  refused(
    await asked(THIRD, 'POST', `${path}:approve`),
    /approve of DERGroupRequests is for dso-cs/,
  )
  assert.is((await asked('dso-cs', 'POST', `${path}:approve`)).status, 200)
})

test('a review is decided by Engineering alone, over every way, and not by telling of it either', async () => {
  const { review } = await reviewed()
  const decided = { mRID: review, modellingResult: { canAccommodate: true }, decision: 'approved' }
  refused(
    await asked('wms', 'PATCH', `interconnection-reviews/${review}`, decided),
    /is for dso-eng/,
  )
  const change = document('change', 'InterconnectionReviews', decided)
  const { text } = await scene.send('dso-cs', change)
  assert.match(text, /<code>7\.5<\/code>.*rule=BY-ROLE; Leave it to dso-eng/)
  const soap = change.replace(/^<\?xml[^>]*\?>\s*/, '')
  const ns = 'http://schemas.xmlsoap.org/soap/envelope/'
  const wrapped = `<s:Envelope xmlns:s="${ns}"><s:Body>${soap}</s:Body></s:Envelope>`
  const over = await scene.send('wms', wrapped)
  assert.match(over.text, /Envelope[^]*<code>7\.5<\/code>.*rule=BY-ROLE/)
  const { json } = await scene.ask('cs', 'GET', `/api/v1/interconnection-reviews/${review}`)
  const [own] = json['InterconnectionReview'] as { mRID: string }[]
  const told = document('changed', 'InterconnectionReviews', { ...own, ...decided })
  const news = (await scene.send('customer', told)).text
  assert.match(news, /<code>7\.5<\/code>/, news)
  const held = await asked('helper', 'POST', `interconnection-reviews/${review}:hold`)
  assert.is(held.status, 200, 'its configuration says that it is Engineering')
  assert.is(
    (await asked('dso-eng', 'POST', `interconnection-reviews/${review}:release`)).status,
    200,
  )
})

test('a third party signs nothing for a customer, and the customer offers nothing', async () => {
  const { tariff, point } = await reviewed()
  const mRID = crypto.randomUUID()
  const agreement = {
    ...{ mRID, revisionNumber: '1', Customer: { Names: [{ name: 'C-9' }] } },
    PricingStructures: [{ mRID: tariff }],
    ServiceCategory: { kind: 'gas' },
    UsagePoints: [{ mRID: point }],
    validityInterval: { start: '2026-08-01T00:00:00Z' },
  }
  const path = `customer-agreements/${mRID}`
  const made = await asked('dso-cs', 'POST', 'customer-agreements', {
    CustomerAgreement: [agreement],
  })
  assert.is(made.status, 201, JSON.stringify(made))
  refused(
    await asked('customer', 'POST', `${path}:offer`),
    /offer of CustomerAgreements is for dso-cs/,
  )
  assert.is((await asked('dso-cs', 'POST', `${path}:offer`)).status, 200)
  refused(await asked('wms', 'POST', `${path}:sign`), /sign of .* is for dso-cs or cis or customer/)
  assert.is((await asked('customer', 'POST', `${path}:sign`)).status, 200)
  refused(await asked('wms', 'POST', `${path}:close`), /close of/)
})

test('work that waits for approval is rejected by Engineering; whoever has asked for it cancels it', async () => {
  for (const [by, step, status] of [
    ['dso-cs', 'cancel', 200],
    ['dso-eng', 'reject', 200],
  ] as const) {
    const mRID = crypto.randomUUID()
    const work = { mRID, Work: [{ kind: 'service', statusKind: 'waitingOnApproval' }] }
    const made = await asked('dso-cs', 'POST', 'work-requests', { WorkRequest: [work] })
    assert.is(made.status, 201, JSON.stringify(made))
    refused(await asked('dso-cs', 'POST', `work-requests/${mRID}:reject`), /is for dso-eng;/)
    const done = await asked(by, 'POST', `work-requests/${mRID}:${step}`)
    assert.is(done.status, status, JSON.stringify(done))
  }
})

test('what is deleted is deleted by whose part it is', async () => {
  const mRID = crypto.randomUUID()
  const tariff = { PricingStructure: [{ mRID }] }
  assert.is((await asked('dso-cs', 'POST', 'tariffs', tariff)).status, 201)
  refused(await asked('customer', 'DELETE', `tariffs/${mRID}`), /delete of Tariffs/)
  assert.is((await asked('dso-cs', 'DELETE', `tariffs/${mRID}`)).status, 200)
})

test.run()
