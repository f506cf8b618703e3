// Whose a DER is: as its registration says, and never as a message claims. Whatever names the DER later, its device or its
// usage point, goes to that provider alone.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { answerOk, auth, openScene, until } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: registered')

let scene: Scene

test.before(async () => {
  scene = await openScene((outside) => {
    const party = (id: string, more = '') =>
      `  "${id}": {${auth(id)}, binding: {type: cim-xml, url: "${outside}/${encodeURIComponent(id)}"}${more}}`
    const providers = ['acme', 'beta'].flatMap((it) =>
      ['cs', 'derms'].map((role) => party(`tp:${it}:${role}`, `, org: ${it.toUpperCase()}`)),
    )
    return `
parties:
  ami: {${auth('ami')}}
${[party('dso-cs', ', org: DSO'), ...providers].join('\n')}
partyAliases: {derms: "tp:{provider}:derms", derms-cs: "tp:{provider}:cs"}
routes:
  - {when: {noun: DERRegistrations, verb: [created, changed, deleted], from: [cimgate, dso-cs]}, to: derms-cs}
  - {when: {noun: MeterReadings, verb: created, from: ami}, to: derms}
  - {to: local}
`
  })
  scene.behave(({ body }, response) => answerOk(response, body))
})
test.after(() => scene.close())
test.before.each(() => void scene.heard.splice(0))

const uuid = (n: number) => `0c0b0c0d-0000-4000-8000-00000000${1000 + n}`

function registration(n: number, provider?: string) {
  const quantity = (unit: string, value: number) => ({ multiplier: 'none', unit, value })
  return {
    mRID: uuid(n),
    EndDevice: { mRID: uuid(n + 100), Names: [{ name: `9876543210987654${3000 + n}` }] },
    nameplate: {
      technology: 'photovoltaic',
      maxP: quantity('W', 5000),
      ratedS: quantity('VA', 7600),
      ratedU: quantity('V', 240),
    },
    ServiceRequest: { mRID: uuid(n + 200) },
    ...(provider === undefined ? {} : { thirdPartyProvider: { Names: [{ name: provider }] } }),
    UsagePoint: { mRID: uuid(n + 300), phaseCode: 's12N' },
  }
}

const register = (party: string, n: number, provider?: string) =>
  scene.ask(party, 'POST', '/api/v1/der-registrations', {
    body: { DERRegistration: [registration(n, provider)] },
  })
const read = (party: string, n: number) =>
  scene.ask(party, 'GET', `/api/v1/der-registrations/${uuid(n)}`)
const parties = () => [...new Set(scene.heard.map((it) => decodeURIComponent(it.party)))]

let minute = 10

/** Each for another time: the same value again would be no news. */
function usage(point: string): string {
  minute += 1
  const id = crypto.randomUUID()
  const [meter, place] = point.startsWith('<Meter>') ? [point, ''] : ['', point]
  return (
    `<EventMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>created</Verb><Noun>MeterReadings</Noun>` +
    `<MessageID>${id}</MessageID></Header><Payload><MeterReadings xmlns="http://iec.ch/TC57/2011/MeterReadings#"><MeterReading>` +
    `${meter}<Readings><timeStamp>2026-07-14T08:${minute}:00Z</timeStamp><value>007.50</value><ReadingType ref="0.0.0.1.19.1.12.0.0.0.0.0.0.0.0.3.72.0"/></Readings>` +
    `${place}</MeterReading></MeterReadings></Payload></EventMessage>`
  )
}

test('a registration belongs to the provider that it names, which may read it, and to no other', async () => {
  assert.is((await register('dso-cs', 1, 'ACME')).status, 201)
  assert.is((await read('tp:acme:derms', 1)).status, 200)
  const { status, text } = await read('tp:beta:cs', 1)
  assert.is(status, 404)
  assert.match(text, '99.1')
  assert.is((await read('dso-cs', 1)).status, 200)
})

for (const [what, point] of [
  ['its device', (n: number) => `<Meter><mRID>${uuid(n + 100)}</mRID></Meter>`],
  [
    'a name of its device',
    (n: number) => `<Meter><Names><name>9876543210987654${3000 + n}</name></Names></Meter>`,
  ],
  [
    'its usage point',
    (n: number) => `<UsagePoint><mRID>${uuid(n + 300).toUpperCase()}</mRID></UsagePoint>`,
  ],
] as const)
  test(`F32-H: usage that names ${what} goes to the DERMS of its provider`, async () => {
    for (const [n, name, due] of [
      [2, 'ACME', 'tp:acme:derms'],
      [3, 'BETA', 'tp:beta:derms'],
    ] as const) {
      const made = await register('dso-cs', n, name)
      assert.ok(made.status === 201 || made.status === 409, made.text)
      const { text } = await scene.send('ami', usage(point(n)))
      assert.match(text, /<Result>OK/)
      await until(() => scene.heard.length > 0)
      assert.equal(parties(), [due])
      assert.match(scene.heard[0]?.body ?? '', '<value>007.50</value>')
      scene.heard.splice(0)
    }
  })

test('usage of a DER that nobody has registered is told to no provider: 5.2, and parked', async () => {
  const { text } = await scene.send('ami', usage(`<Meter><mRID>${uuid(999)}</mRID></Meter>`))
  assert.match(text, /<code>5\.2<\/code>[^]*no provider is registered/)
  assert.equal(scene.heard, [])
})

test('a provider cannot give its things to another one, nor take what is another’s', async () => {
  const made = await register('tp:beta:cs', 4, 'ACME')
  assert.is(made.status, 201, made.text)
  assert.is((await read('tp:acme:cs', 4)).status, 404)
  assert.is((await read('tp:beta:derms', 4)).status, 200)
  assert.is((await register('dso-cs', 5, 'ACME')).status, 201)
  const path = `/api/v1/der-registrations/${uuid(5)}`
  const body = { DERRegistration: [{ thirdPartyProvider: { Names: [{ name: 'BETA' }] } }] }
  assert.is((await scene.ask('tp:beta:cs', 'PATCH', path, { body })).status, 404)
  const own = await scene.ask('tp:acme:cs', 'PATCH', path, { body })
  assert.is(own.status, 200, own.text)
  assert.is(
    (await read('tp:acme:cs', 5)).status,
    200,
    'it keeps what only the registrar can give away',
  )
})

test('when the registrar changes the provider, the registration and all that names its DER is of the new one', async () => {
  assert.is((await register('dso-cs', 6, 'ACME')).status, 201)
  const path = `/api/v1/der-registrations/${uuid(6)}`
  const body = { DERRegistration: [{ thirdPartyProvider: { Names: [{ name: 'BETA' }] } }] }
  const changed = await scene.ask('dso-cs', 'PATCH', path, { body })
  assert.is(changed.status, 200, changed.text)
  assert.equal(
    [(await read('tp:acme:cs', 6)).status, (await read('tp:beta:cs', 6)).status],
    [404, 200],
  )
  await scene.send('ami', usage(`<UsagePoint><mRID>${uuid(306)}</mRID></UsagePoint>`))
  await until(() => scene.heard.length > 0)
  assert.equal(parties(), ['tp:beta:derms'])
})

test.run()
