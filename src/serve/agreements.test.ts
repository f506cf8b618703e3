// Customer agreements among two third parties (CA-04, CA-05): each hears of its own customers and of no other, by whatever
// way it asks, and when one follows the other both are told, each of itself.

import { once } from 'node:events'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { WebSocket } from 'ws'
import { DER_FUNCTIONS } from '../flows/der-functions.fixture.ts'
import { answerOk, auth, openScene, until } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: agreements')

let scene: Scene

test.before(async () => {
  scene = await openScene((outside) => {
    const party = (id: string, org: string) =>
      `  "${id}": {${auth(id)}, org: ${org}, binding: {type: cim-xml, url: "${outside}/${encodeURIComponent(id)}"}}`
    const providers = ['acme', 'beta'].flatMap((it) =>
      ['cs', 'derms'].map((role) => party(`tp:${it}:${role}`, it.toUpperCase())),
    )
    return `
parties:
  watch: {${auth('watch')}, operator: true}
${[party('dso-cs', 'DSO'), party('dso-dms', 'DSO'), ...providers].join('\n')}
partyAliases: {derms: "tp:{provider}:derms", derms-cs: "tp:{provider}:cs"}
routes:
  - {when: {noun: Tariffs, verb: [created, changed, deleted], from: cimgate}, to: ["tp:acme:cs", "tp:beta:cs"]}
  - {when: {noun: CustomerAgreements, verb: [created, changed, closed, deleted], from: cimgate}, to: [derms-cs, dso-dms]}
  - {when: {noun: DERGroups, verb: [created, changed, deleted], from: cimgate}, to: derms}
  - {to: local}
`
  })
  scene.behave(({ body }, response) => answerOk(response, body))
})
test.after(() => scene.close())
test.before.each(() => void scene.heard.splice(0))

let count = 0
const fresh = () => `0d0b0c0d-0000-4000-8000-00000000${1000 + (count += 1)}`

const START = '2026-01-01T00:00:00Z'
const operated = (name: string, start: string, end?: string) => ({
  provider: { Names: [{ name }] },
  validityInterval: { start, ...(end === undefined ? {} : { end }) },
})

/** Every text in it begins with the name of its provider. */
async function signed(provider: string | undefined, more: object = {}): Promise<string> {
  const mRID = fresh()
  const agreement = {
    mRID,
    revisionNumber: '1',
    Customer: { Names: [{ name: `${provider ?? 'DSO'}-customer` }] },
    PricingStructures: [{ mRID: fresh() }],
    ServiceCategory: { kind: 'electricity' },
    UsagePoints: [{ mRID: fresh() }],
    validityInterval: { start: START },
    ...(provider === undefined ? {} : { thirdParty: [operated(provider, START)] }),
    ...more,
  }
  await done('dso-cs', 'POST', '/api/v1/customer-agreements', { CustomerAgreement: [agreement] })
  for (const it of ['offer', 'sign']) await step(mRID, it)
  return mRID
}

async function done(party: string, method: string, path: string, body?: object) {
  const answer = await scene.ask(party, method, path, body === undefined ? {} : { body })
  assert.ok(answer.status === 200 || answer.status === 201, answer.text)
  return answer
}

const pathOf = (mRID: string) => `/api/v1/customer-agreements/${mRID}`
const step = (mRID: string, name: string, body?: object) =>
  done('dso-cs', 'POST', `${pathOf(mRID)}:${name}`, body)
const read = (party: string, mRID: string) => scene.ask(party, 'GET', pathOf(mRID))
const to = (party: string) => scene.heard.filter((it) => it.party === party)
const told = (party: string) => to(party).map((it) => it.body)

test('CA-04: what happens to an agreement is told to the third party that it is about, and to no other', async () => {
  await signed('ACME')
  await signed('BETA')
  await signed(undefined)
  await until(() => to('dso-dms').length === 9)
  for (const [party, own] of [
    ['tp:acme:cs', 'ACME'],
    ['tp:beta:cs', 'BETA'],
  ] as const) {
    const bodies = told(party)
    assert.equal(
      bodies.map((it) => /<Verb>(\w+)<\/Verb>/.exec(it)?.[1]),
      ['created', 'changed', 'changed'],
      party,
    )
    for (const it of bodies) {
      assert.match(it, `${own}-customer`)
      assert.not.match(it, own === 'ACME' ? /BETA|DSO-customer/ : /ACME|DSO-customer/)
    }
  }
})

test('CA-05/AC2: a third party finds the agreements of its own customers, and those of nobody else', async () => {
  const [acme, beta, own] = [await signed('ACME'), await signed('BETA'), await signed(undefined)]
  for (const [party, seen, ...hidden] of [
    ['tp:acme:cs', acme, beta, own],
    ['tp:beta:derms', beta, acme, own],
  ] as const) {
    assert.is((await read(party, seen)).status, 200)
    for (const it of hidden) {
      const { status, text } = await read(party, it)
      assert.is(status, 404)
      assert.match(text, '99.1')
    }
    const { text } = await done(party, 'GET', '/api/v1/customer-agreements?limit=1000')
    assert.match(text, seen)
    for (const it of hidden) assert.not.match(text, it)
  }
  for (const it of [acme, beta, own]) assert.is((await read('dso-cs', it)).status, 200)
})

/** A group of a third party with one DER, registered by the DSO. */
async function grouped(
  provider: string,
): Promise<{ device: string; registration: string; group: string }> {
  const [device, registration, group, request] = [fresh(), fresh(), fresh(), fresh()]
  const quantity = (unit: string, value: number) => ({ multiplier: 'none', unit, value })
  const UsagePoint = { mRID: fresh(), phaseCode: 's12N' }
  await done('dso-cs', 'POST', '/api/v1/service-requests', {
    ServiceRequest: [
      {
        mRID: request,
        createdDateTime: START,
        kind: 'derInterconnection',
        Customer: { Names: [{ name: 'C-1' }] },
        UsagePoint: { mRID: UsagePoint.mRID },
      },
    ],
  })
  await done('dso-cs', 'POST', '/api/v1/der-registrations', {
    DERRegistration: [
      {
        mRID: registration,
        EndDevice: { mRID: device },
        nameplate: {
          technology: 'photovoltaic',
          maxP: quantity('W', 5000),
          ratedS: quantity('VA', 7600),
          ratedU: quantity('V', 240),
        },
        ServiceRequest: { mRID: request },
        UsagePoint,
      },
    ],
  })
  await done(`tp:${provider}:derms`, 'POST', '/api/v1/der-groups', {
    EndDeviceGroup: [
      {
        mRID: group,
        DERFunction: Object.fromEntries(DER_FUNCTIONS.map((it) => [it, true])),
        EndDevices: [{ mRID: device }, { mRID: fresh() }],
        Names: [{ name: group }],
      },
    ],
  })
  return { device, registration, group }
}

async function membersOf(party: string, group: string): Promise<string> {
  return (await done(party, 'GET', `/api/v1/der-groups/${group}`)).text
}

for (const [when, effective, isKnown] of [
  ['at once', '2026-02-01T00:00:00Z', false],
  ['later', '2126-02-01T00:00:00Z', true],
] as const)
  test(`CA-05/AC1, G-AC40: a provider that follows ${when}: both hear of it, each of itself, and the groups of the old one lose the DER`, async () => {
    const { device, registration, group } = await grouped('acme')
    const registered = (await done('dso-cs', 'GET', `/api/v1/der-registrations/${registration}`))
      .text
    const other = await grouped('beta')
    const { UsagePoint } = JSON.parse(registered).DERRegistration[0]
    const mRID = await signed('ACME', {
      DERRegistrations: [{ mRID: registration }],
      UsagePoints: [{ mRID: UsagePoint.mRID }],
      EndDeviceGroups: [{ mRID: group }],
    })
    const before = JSON.parse((await read('dso-cs', mRID)).text).CustomerAgreement[0]
    await until(() => to('tp:acme:cs').length === 3)
    scene.heard.splice(0)
    const newProvider = { Names: [{ name: 'BETA' }] }
    await step(mRID, 'change-provider', { newProvider, effective })
    await until(() => to('tp:beta:cs').length === 1 && to('tp:acme:cs').length === 1)
    const [after] = JSON.parse((await read('dso-cs', mRID)).text).CustomerAgreement
    assert.equal(after.thirdParty, [
      operated('ACME', START, effective),
      operated('BETA', effective),
    ])
    for (const it of [
      'mRID',
      'PricingStructures',
      'revisionNumber',
      'signDate',
      'DERRegistrations',
    ])
      assert.equal(after[it], before[it], it)
    assert.is(after.EndDeviceGroups, undefined)

    const [[ofAcme = ''], [ofBeta = '']] = [told('tp:acme:cs'), told('tp:beta:cs')]
    assert.match(ofAcme, `<end>${effective}</end>`)
    assert.not.match(ofAcme, 'BETA')
    assert.match(ofBeta, `<start>${effective}</start>`)
    assert.not.match(ofBeta, new RegExp(`<name>ACME</name>|${group}`))
    const leaving = new RegExp(`<Verb>executed</Verb>.*<elementOperation>true</.*${device}`, 's')
    await until(() => to('tp:acme:derms').some((it) => leaving.test(it.body)))

    assert.not.match(await membersOf('tp:acme:derms', group), device)
    assert.match(await membersOf('tp:beta:derms', other.group), other.device)
    const still = await done('dso-cs', 'GET', `/api/v1/der-registrations/${registration}`)
    assert.is(still.text, registered, 'the DER is identified as before')
    assert.is((await read('tp:acme:cs', mRID)).status, isKnown ? 200 : 404)
    const own = await read('tp:beta:cs', mRID)
    assert.is(own.status, 200)
    assert.not.match(own.text, '"name":"ACME"')
  })

test('CA-04: the status feed tells a third party of its own agreements, also of the change by which it loses one', async () => {
  const [acme, beta] = [await signed('ACME'), await signed('BETA')]
  const subjects: string[] = []
  const url = `${scene.address.replace('http', 'ws')}/status?topics=${encodeURIComponent('CustomerAgreements/*')}`
  const socket = new WebSocket(url, { headers: { 'X-API-Key': 'key-of-tp:acme:cs' } })
  socket.on('message', (it: Buffer) => {
    const frame = JSON.parse(it.toString()) as Record<string, string>
    if (frame['type'] === 'status') subjects.push(frame['subject'] ?? '')
  })
  await once(socket, 'open')
  await step(beta, 'suspend')
  const newProvider = { Names: [{ name: 'BETA' }] }
  await step(acme, 'change-provider', { newProvider, effective: '2026-02-01T00:00:00Z' })
  await step(acme, 'suspend')
  const last = await signed('ACME')
  await until(() => subjects.filter((it) => it === last).length === 3)
  socket.close()
  assert.equal(subjects, [acme, last, last, last])
})

test('CA-05: who is no party to an agreement cannot change its provider, and is told that there is none', async () => {
  const mRID = await signed('ACME')
  const body = { newProvider: { Names: [{ name: 'BETA' }] }, effective: '2026-02-01T00:00:00Z' }
  const { status, text } = await scene.ask(
    'tp:beta:cs',
    'POST',
    `${pathOf(mRID)}:change-provider`,
    {
      body,
    },
  )
  assert.is(status, 404)
  assert.match(text, '99.1')
  assert.not.match((await read('dso-cs', mRID)).text, 'BETA')
})

// Last: where tariffs are kept, an agreement names one of them.
test('CA-01: a tariff is published to every third party, and each may ask for it', async () => {
  const mRID = fresh()
  const PricingStructure = [
    { mRID, title: 'Time of use', ServiceCategory: { kind: 'electricity' } },
  ]
  await done('dso-cs', 'POST', '/api/v1/tariffs', { PricingStructure })
  // Notices of what came before may still be on their way.
  const isTold = (party: string) => told(party).some((it) => it.includes(mRID))
  await until(() => isTold('tp:acme:cs') && isTold('tp:beta:cs'))
  for (const party of ['tp:acme:cs', 'tp:beta:derms', 'dso-cs']) {
    const { text } = await done(party, 'GET', '/api/v1/tariffs?kind=electricity')
    assert.match(text, mRID)
    assert.is((await scene.ask(party, 'GET', `/api/v1/tariffs/${mRID}`)).status, 200)
  }
})

test.run()
