// IT-33 over tracking and SOAP, in the shipped preset of third parties: messages and conversations of one provider are
// told apart in nothing, by another one, from such as never were.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { DER_FUNCTIONS } from '../flows/der-functions.fixture.ts'
import { ANSWERS, betaAndWatch, openArchitecture } from './architecture.fixture.ts'
import type { Architecture } from './architecture.fixture.ts'
import { until } from './scene.fixture.ts'
import type { Said } from './scene.fixture.ts'

const test = suite('serve: isolation in tracking')

/** Stands in every text of beta, and in nothing else. */
const SECRET = 'Zqx8-of-beta'
const GROUP = '0e0b0c0d-0000-4000-8000-000000002001'
const NEVER = '0e0b0c0d-0000-4000-8000-000000002999'

/** A message of beta as an operator sees it. */
interface Hop {
  readonly id: string
  readonly exchangeId: string
  readonly messageID: string
  readonly party: string
  readonly state: string
}

let scene: Architecture
let hops: readonly Hop[] = []

test.before(async () => {
  scene = await openArchitecture('third-party', { parties: betaAndWatch })
  // The DERMS of beta refuses: what is sent to it is parked.
  scene.behave((heard, response) =>
    heard.party === 'tp:beta:derms'
      ? void response.writeHead(400).end(SECRET)
      : ANSWERS(heard, response),
  )
  await scene.tell('tp:beta:cs', 'create', 'DERGroups', { EndDeviceGroup: [group()] })
  await until(async () => (await hopsOf('watch')).some((it) => it.state === 'PARKED'))
  hops = (await hopsOf('watch')).filter((it) => it.party.startsWith('tp:beta'))
})
test.after(() => scene.close())

function group() {
  return {
    mRID: GROUP,
    description: SECRET,
    DERFunction: Object.fromEntries(DER_FUNCTIONS.map((it) => [it, true])),
    EndDevices: [{ mRID: `${SECRET}-member` }],
    Names: [{ name: `${SECRET}-group` }],
  }
}

async function hopsOf(party: string, query = ''): Promise<readonly Hop[]> {
  const { json, text } = await scene.ask(party, 'GET', `/api/v1/messages?limit=1000${query}`)
  assert.ok(Array.isArray(json['messages']), text)
  return json['messages'] as Hop[]
}

/** [method, path of one of them, what names it] */
const OF_ONE: readonly (readonly [string, (id: string) => string, keyof Hop])[] = [
  ['GET', (id) => `/api/v1/messages/${id}`, 'id'],
  ['GET', (id) => `/api/v1/messages/${id}/raw`, 'id'],
  ['GET', (id) => `/api/v1/messages/${id}/raw?part=reply`, 'id'],
  ...(['resend', 'redrive', 'cancel', 'close'] as const).map(
    (it) => ['POST', (id: string) => `/api/v1/messages/${id}:${it}`, 'id'] as const,
  ),
  ['GET', (id) => `/api/v1/exchanges/${id}`, 'exchangeId'],
  ['GET', (id) => `/api/v1/messages?messageID=${id}`, 'messageID'],
  ['GET', (id) => `/api/v1/messages?correlationID=${id}`, 'messageID'],
  ['GET', (id) => `/api/v1/messages?exchangeID=${id}`, 'exchangeId'],
]

test('IT-33: there are messages of the other provider, received, sent and parked', () => {
  const seen = new Set(hops.map(({ party, state }) => `${party} ${state}`))
  assert.ok(seen.has('tp:beta:derms PARKED'), [...seen].join(', '))
  assert.ok([...seen].some((it) => it.startsWith('tp:beta:cs ')))
})

test('its own party finds each of them', async () => {
  for (const { id, party, exchangeId } of hops)
    for (const path of [`messages/${id}`, `messages/${id}/raw`, `exchanges/${exchangeId}`])
      assert.is((await scene.ask(party, 'GET', `/api/v1/${path}`)).status, 200, `${party} ${path}`)
})

for (const [method, path, by] of OF_ONE)
  test(`IT-33: ${method} ${path('{…}')} of the other provider is as of what never was`, async () => {
    for (const hop of hops) {
      const [other, nobodys] = [hop[by], NEVER]
      const told = alike(await scene.ask('tp:acme:cs', method, path(other)), other)
      assert.equal(told, alike(await scene.ask('tp:acme:cs', method, path(nobodys)), nobodys))
      assert.not.match(told.join(' '), new RegExp(`${SECRET}|BETA|tp:beta`))
    }
  })

/** Without what names it. */
const alike = ({ status, text }: Said, id: string) => [status, text.replaceAll(id, 'ID')]

/** Lists, by which it might be come upon. */
const LISTS = [
  '/api/v1/messages?limit=1000',
  '/api/v1/messages?limit=1000&party=tp:beta:cs',
  `/api/v1/messages?key=${GROUP}`,
  `/api/v1/messages?key=${SECRET}-group`,
  '/api/v1/messages?state=PARKED',
  '/api/v1/parked',
  '/api/v1/alarms',
  '/api/v1/der-groups?limit=1000',
  `/api/v1/der-groups?name=${SECRET}-group`,
  `/api/v1/der-groups/${GROUP}/members?at=2026-07-14T00:00:00Z`,
]

for (const path of LISTS)
  test(`IT-33: nothing of the other provider is in ${path}`, async () => {
    const { text } = await scene.ask('tp:acme:cs', 'GET', path)
    const asked = text.replaceAll(path, '').replaceAll(GROUP, '')
    for (const it of hops) assert.not.match(asked, it.id)
    assert.not.match(asked.replaceAll(`${SECRET}-group`, ''), new RegExp(`${SECRET}|BETA`))
  })

test('IT-33: the cursor of another provider leads to what is one’s own', async () => {
  const { json } = await scene.ask('watch', 'GET', '/api/v1/messages?limit=1')
  assert.type(json['next'], 'string')
  const own = await hopsOf('tp:acme:cs', `&after=${String(json['next'])}`)
  for (const it of own) assert.ok(it.party.startsWith('tp:acme'), it.party)
})

test('IT-33: SOAP asks the DERMS of one’s own provider, and answers of the group of the other one as of none', async () => {
  const asked = async (id: string) => {
    const { status, text } = await scene.ask('tp:acme:cs', 'POST', '/soap', {
      body: soapGet(id),
      headers: { 'Content-Type': 'text/xml', SOAPAction: '' },
    })
    return [
      status,
      text
        .replaceAll(id, 'ID')
        .replace(/<(\w*:?(?:MessageID|CorrelationID|Timestamp))>[^<]*/g, '<$1>'),
    ]
  }
  const other = await asked(GROUP)
  assert.equal(other, await asked(NEVER))
  assert.match(String(other[1]), /Envelope[^]*<Result>OK</)
  assert.not.match(String(other[1]), SECRET)
  assert.is(scene.sentTo('tp:acme:derms', 'DERGroups', 'get').length, 2)
  assert.is(scene.sentTo('tp:beta:derms', 'DERGroups', 'get').length, 0)
})

function soapGet(id: string): string {
  const own = crypto.randomUUID()
  return (
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>' +
    '<RequestMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>get</Verb><Noun>DERGroups</Noun>' +
    `<MessageID>${own}</MessageID><CorrelationID>${own}</CorrelationID></Header>` +
    `<Request><ID kind="uuid">${id}</ID></Request></RequestMessage></s:Body></s:Envelope>`
  )
}

test.run()
