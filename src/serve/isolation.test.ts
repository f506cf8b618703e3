// IT-33, P-20: whatever a third party asks, and in whatever order, nothing that it gets comes from what belongs to another
// one; and what belongs to another is told apart in nothing from what is not there.

import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { DER_FUNCTIONS } from '../flows/der-functions.fixture.ts'
import { answerOk, auth, openScene, until } from './scene.fixture.ts'
import type { Said, Scene } from './scene.fixture.ts'

const test = suite('serve: isolation')

let scene: Scene

/** Stands in every text of the other provider, and in nothing else. */
const SECRET = 'Zqx7-of-beta'
const SEED = 20260714
const START = '2026-01-01T00:00:00Z'

test.before(async () => {
  scene = await openScene((outside) => {
    const party = (id: string, org: string) =>
      `  "${id}": {${auth(id)}, org: ${org}, binding: {type: cim-xml, url: "${outside}/${encodeURIComponent(id)}"}}`
    return `
parties:
${[party('dso-cs', 'DSO'), party('tp:acme:cs', 'ACME'), party('tp:beta:cs', 'BETA')].join('\n')}
partyAliases: {derms-cs: "tp:{provider}:cs"}
routes:
  - {when: {noun: [CustomerAgreements, DERRegistrations, DERGroups], verb: [created, changed, closed, deleted], from: cimgate}, to: derms-cs}
  - {to: local}
`
  })
  scene.behave(({ body }, response) => answerOk(response, body))
  await stored(
    'dso-cs',
    'customer-agreements',
    'CustomerAgreement',
    agreement('BETA', BETAS.agreement, SECRET),
  )
  await stored(
    'dso-cs',
    'customer-agreements',
    'CustomerAgreement',
    agreement('ACME', OWN.agreement, 'acme'),
  )
  await stored(
    'dso-cs',
    'der-registrations',
    'DERRegistration',
    registration('BETA', BETAS.registration, SECRET),
  )
  await stored('tp:beta:cs', 'der-groups', 'EndDeviceGroup', group(BETAS.group, SECRET))
  await stored('tp:acme:cs', 'der-groups', 'EndDeviceGroup', group(OWN.group, 'acme'))
  await until(() => scene.heard.filter((it) => it.party === 'tp:beta:cs').length === 2)
})
test.after(() => scene.close())

const uuid = (n: number) => `0e0b0c0d-0000-4000-8000-00000000${1000 + n}`
const BETAS = { agreement: uuid(1), registration: uuid(2), group: uuid(3) }
const OWN = { agreement: uuid(4), group: uuid(5) }
const NOBODYS = uuid(6)

function agreement(provider: string, mRID: string, text: string) {
  return {
    mRID,
    revisionNumber: '1',
    loadMgmt: text,
    Customer: { Names: [{ name: `${text}-customer` }] },
    Names: [{ name: `${text}-contract` }],
    PricingStructures: [{ mRID: `${text}-tariff` }],
    ServiceCategory: { kind: 'electricity' },
    UsagePoints: [{ mRID: `${text}-point` }],
    validityInterval: { start: START },
    thirdParty: [{ provider: { Names: [{ name: provider }] }, validityInterval: { start: START } }],
  }
}

function registration(provider: string, mRID: string, text: string) {
  const quantity = (unit: string, value: number) => ({ multiplier: 'none', unit, value })
  return {
    mRID,
    EndDevice: { mRID: `${text}-device` },
    nameplate: {
      technology: 'photovoltaic',
      maxP: quantity('W', 5000),
      ratedS: quantity('VA', 7600),
      ratedU: quantity('V', 240),
    },
    ServiceRequest: { mRID: `${text}-request` },
    thirdPartyProvider: { Names: [{ name: provider }] },
    UsagePoint: { mRID: `${text}-registered`, phaseCode: 's12N' },
  }
}

function group(mRID: string, text: string) {
  return {
    mRID,
    description: text,
    DERFunction: Object.fromEntries(DER_FUNCTIONS.map((it) => [it, true])),
    EndDevices: [{ mRID: `${text}-member` }],
    Names: [{ name: `${text}-group` }],
  }
}

async function stored(party: string, resource: string, element: string, object: object) {
  const made = await scene.ask(party, 'POST', `/api/v1/${resource}`, {
    body: { [element]: [object] },
  })
  assert.is(made.status, 201, made.text)
}

/** [resource, noun, element, what of it is the other provider's] */
const KINDS = [
  ['customer-agreements', 'CustomerAgreements', 'CustomerAgreement', BETAS.agreement],
  ['der-registrations', 'DERRegistrations', 'DERRegistration', BETAS.registration],
  ['der-groups', 'DERGroups', 'EndDeviceGroup', BETAS.group],
] as const

const NAMESPACES: Readonly<Record<string, string>> = {
  CustomerAgreements: 'http://cimgate.example/draft/2026/CustomerAgreements#',
  DERRegistrations: 'http://cimgate.example/draft/2026/DERRegistrations#',
  DERGroups: 'http://iec.ch/TC57/2017/DERGroups#',
}

function message(verb: string, noun: string, inside: string): string {
  const id = crypto.randomUUID()
  return (
    `<RequestMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>${verb}</Verb><Noun>${noun}</Noun>` +
    `<MessageID>${id}</MessageID><CorrelationID>${id}</CorrelationID></Header>${inside}</RequestMessage>`
  )
}

interface Try {
  readonly kind: (typeof KINDS)[number]
  readonly way: string
  readonly id: string
  readonly text: string
}

const acme = 'tp:acme:cs'

/** Every way in which somebody may ask for an object. */
const WAYS: Readonly<Record<string, (it: Try) => Promise<Said>>> = {
  read: ({ kind: [resource], id }) => scene.ask(acme, 'GET', `/api/v1/${resource}/${id}`),
  list: ({ kind: [resource] }) => scene.ask(acme, 'GET', `/api/v1/${resource}?limit=1000`),
  byName: ({ kind: [resource], text }) =>
    scene.ask(acme, 'GET', `/api/v1/${resource}?name=${encodeURIComponent(text.slice(0, 5))}`),
  patch: ({ kind: [resource, , element], id, text }) =>
    scene.ask(acme, 'PATCH', `/api/v1/${resource}/${id}`, {
      body: { [element]: [{ Names: [{ name: text }] }] },
    }),
  put: ({ kind: [resource], id, text }) =>
    scene.ask(acme, 'PUT', `/api/v1/${resource}/${id}`, { body: { description: text } }),
  remove: ({ kind: [resource], id }) => scene.ask(acme, 'DELETE', `/api/v1/${resource}/${id}`),
  step: ({ kind: [resource], id }) => scene.ask(acme, 'POST', `/api/v1/${resource}/${id}:close`),
  changeProvider: ({ id }) =>
    scene.ask(acme, 'POST', `/api/v1/customer-agreements/${id}:change-provider`, {
      body: { newProvider: { Names: [{ name: 'ACME' }] }, effective: '2026-03-01T00:00:00Z' },
    }),
  get: ({ kind: [, noun], id }) =>
    scene.send(acme, message('get', noun, `<Request><ID kind="uuid">${id}</ID></Request>`)),
  getAll: ({ kind: [, noun] }) => scene.send(acme, message('get', noun, '<Request/>')),
  change: ({ kind: [, noun, element], id, text }) =>
    scene.send(
      acme,
      message(
        'change',
        noun,
        `<Payload><${noun} xmlns="${NAMESPACES[noun]}"><${element}><mRID>${id}</mRID><Names><name>${text}</name></Names></${element}></${noun}></Payload>`,
      ),
    ),
  delete: ({ kind: [, noun], id }) =>
    scene.send(acme, message('delete', noun, `<Payload><ID kind="uuid">${id}</ID></Payload>`)),
  messages: () => scene.ask(acme, 'GET', '/api/v1/messages?limit=1000'),
  vendor: ({ id }) => scene.ask(acme, 'GET', `/vendor/example/agreements/${id}`),
}

const tries = fc.record({
  kind: fc.constantFrom(...KINDS),
  way: fc.constantFrom(...Object.keys(WAYS)),
  id: fc.constantFrom(...Object.values(BETAS), NOBODYS, OWN.group, OWN.agreement),
  text: fc.constantFrom('acme-contract', 'acme-new', 'other'),
})

test(`P-20: no sequence of requests of one provider returns what is another's (seed ${SEED})`, async () => {
  const before = await theirs()
  await fc.assert(
    fc.asyncProperty(fc.array(tries, { minLength: 1, maxLength: 8 }), async (sequence) => {
      for (const it of sequence) {
        const { text } = (await WAYS[it.way]?.(it)) ?? { text: '' }
        assert.not.match(text, SECRET, `${it.way} ${it.kind[1]} ${it.id}`)
        assert.not.match(text, 'BETA', `${it.way} ${it.kind[1]} ${it.id}`)
      }
    }),
    { seed: SEED, numRuns: 40 },
  )
  assert.equal(await theirs(), before, 'nothing of the other provider has changed')
  for (const { party, body } of scene.heard)
    if (party === acme) assert.not.match(body, new RegExp(`${SECRET}|BETA`))
})

async function theirs(): Promise<readonly string[]> {
  const all = await Promise.all(
    KINDS.map(([resource, , , id]) => scene.ask('tp:beta:cs', 'GET', `/api/v1/${resource}/${id}`)),
  )
  for (const it of all) assert.is(it.status, 200, it.text)
  return all.map((it) => it.text)
}

for (const [resource, noun, , id] of KINDS)
  test(`IT-33: ${noun} of another provider and ${noun} that nobody has are answered alike`, async () => {
    const alike = async (ask: (id: string) => Promise<Said>) => {
      const [other, nobodys] = [await ask(id), await ask(NOBODYS)]
      const same = ({ status, text }: Said, own: string) => [
        status,
        text.replaceAll(own, 'ID').replace(/<(MessageID|CorrelationID|Timestamp)>[^<]*/g, '<$1>'),
      ]
      assert.equal(same(other, id), same(nobodys, NOBODYS))
    }
    const it = (way: string) => (own: string) =>
      WAYS[way]?.({
        kind: KINDS.find(([one]) => one === resource) ?? KINDS[0],
        way,
        id: own,
        text: 'x',
      }) ?? Promise.reject(new Error(way))
    for (const way of ['read', 'remove', 'step', 'get', 'change', 'delete']) await alike(it(way))
  })

test.run()
