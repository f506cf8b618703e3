// Participation, Figs. 3-1 H and 3-2 G: a customer is told what its own devices delivered, and nothing of others or of any
// group, over every way.

import { once } from 'node:events'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { WebSocket } from 'ws'
import type { JsonObject } from '../schema/json-text.ts'
import { DISPATCH, GROUP_NAME, IDS, group } from './architecture-messages.fixture.ts'
import { openArchitecture } from './architecture.fixture.ts'
import type { Architecture } from './architecture.fixture.ts'
import { auth, until } from './scene.fixture.ts'

const test = suite('serve: customers')

let it: Architecture

const device = (customer: string) => `device-of-${customer}`
const CUSTOMERS = ['customer:4711', 'customer:0815'] as const

test.before(async () => {
  it = await openArchitecture('centralized', {
    parties: (outside) =>
      CUSTOMERS.map(
        (id) =>
          `  "${id}": {${auth(id)}, serves: ["${device(id)}"], topics: ["DERParticipations/*"], binding: {type: cim-xml, url: "${outside}/${encodeURIComponent(id)}"}}`,
      ).join('\n'),
    lines: 'partyAliases: {customers: "customer:{provider}"}',
  })
  // There is a group, it is dispatched, and the devices of both customers are in it.
  const members = CUSTOMERS.map((id) => ({ mRID: device(id) }))
  await it.tell('dso-derms', 'created', 'DERGroups', group(members))
  await it.tell('dso-derms', 'created', 'DERGroupDispatches', DISPATCH)
})
test.after(() => it.close())

function participation(customer: string, more: JsonObject = {}): JsonObject {
  const delivered = { multiplier: 'k', unit: 'Wh', value: 4.75 }
  return {
    mRID: `participation-of-${customer}`,
    delivered,
    DERGroupDispatch: { mRID: IDS.dispatch },
    EndDevice: { mRID: device(customer) },
    interval: { start: '2026-07-14T14:00:00Z', end: '2026-07-14T16:00:00Z' },
    ...more,
  }
}

const [own, other] = CUSTOMERS
const FOREIGN = [device(other), `participation-of-${other}`, IDS.group, GROUP_NAME]

function seesOwnAlone(text: string): void {
  assert.match(text, `participation-of-${own}`)
  for (const one of FOREIGN) assert.not.match(text, one)
}

test('F31-H/AC1: each customer is told of its own devices, and of no group', async () => {
  for (const id of CUSTOMERS) {
    const root = { DERParticipation: [participation(id)] }
    const said = await it.tell('dso-cs', 'created', 'DERParticipations', root)
    assert.match(said.text, /"Result":"OK"/, said.text)
  }
  await until(() => CUSTOMERS.every((id) => it.sentTo(id, 'DERParticipations').length > 0))
  assert.is(it.sentTo(own, 'DERParticipations').length, 1)
  seesOwnAlone(it.sentTo(own, 'DERParticipations')[0]?.body ?? '')
})

test('F31-H/AC1: asked over JSON, a list and single objects', async () => {
  const list = await it.ask(own, 'GET', '/api/v1/der-participations')
  assert.is(list.status, 200, list.text)
  seesOwnAlone(list.text)
  const one = await it.ask(own, 'GET', `/api/v1/der-participations/participation-of-${own}`)
  seesOwnAlone(one.text)
  const foreign = await it.ask(own, 'GET', `/api/v1/der-participations/participation-of-${other}`)
  assert.is(foreign.status, 404)
  assert.match(foreign.text, '99.1')
  assert.match((await it.ask('dso-cs', 'GET', '/api/v1/der-participations')).text, device(other))
})

test('F31-H/AC1: asked over XML and over SOAP', async () => {
  const xml = (id: string) =>
    `<RequestMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>get</Verb><Noun>DERParticipations</Noun><MessageID>${crypto.randomUUID()}</MessageID></Header>` +
    `<Request><ID kind="other">participation-of-${id}</ID></Request></RequestMessage>`
  const soap = (body: string) =>
    `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`
  for (const write of [(text: string) => text, soap]) {
    seesOwnAlone((await it.send(own, write(xml(own)))).text)
    const foreign = (await it.send(own, write(xml(other)))).text
    assert.match(foreign, '99.1')
    for (const text of [device(other), IDS.group, GROUP_NAME]) assert.not.match(foreign, text)
  }
})

test('F31-H/AC1: nothing of groups is there for a customer: no resource, no topic, no message', async () => {
  for (const id of [own, 'customer']) {
    for (const path of ['der-groups', 'der-group-dispatches']) {
      const list = await it.ask(id, 'GET', `/api/v1/${path}`)
      assert.not.match(list.text, /mRID|device-of/, list.text)
      const one = await it.ask(
        id,
        'GET',
        `/api/v1/${path}/${path === 'der-groups' ? IDS.group : IDS.dispatch}`,
      )
      assert.is(one.status, 404, one.text)
    }
    const header = { Verb: 'get', Noun: 'DERGroups', MessageID: crypto.randomUUID() }
    const request = { ID: [{ '@kind': 'uuid', $: IDS.group }] }
    const body = { message: 'RequestMessage', header, request }
    const said = await it.ask(id, 'POST', '/cim', { body })
    assert.match(said.text, '"code":"5.2"')
    assert.not.match(said.text, /device-of/)
  }
  assert.match((await it.ask('dso-cs', 'GET', '/api/v1/der-groups')).text, device(own))
  const url = `${it.address.replace('http', 'ws')}/status?topics=DERGroups/*`
  for (const id of [own, 'customer']) {
    const socket = new WebSocket(url, { headers: { 'X-API-Key': `key-of-${id}` } })
    const [error] = (await once(socket, 'error')) as [Error]
    assert.match(error.message, '403')
  }
})

test('F31-H/AC1: the status feed tells a customer of its own participations alone', async () => {
  const url = `${it.address.replace('http', 'ws')}/status?since=0`
  const socket = new WebSocket(url, { headers: { 'X-API-Key': `key-of-${own}` } })
  const frames: string[] = []
  socket.on('message', (frame: Buffer) => void frames.push(frame.toString()))
  await once(socket, 'open')
  const told = () => frames.filter((one) => one.includes('"type":"status"'))
  await until(() => told().length > 0)
  // One more of each: what comes last shows that nothing else has come before.
  for (const id of [other, own]) {
    const interval = { start: '2026-07-15T14:00:00Z', end: '2026-07-15T16:00:00Z' }
    const more = { mRID: `participation-of-${id}-2`, interval }
    await it.tell('dso-cs', 'created', 'DERParticipations', {
      DERParticipation: [participation(id, more)],
    })
  }
  await until(() => told().some((one) => one.includes(`participation-of-${own}-2`)))
  socket.close()
  assert.is(told().length, 2, told().join('\n'))
  seesOwnAlone(told().join('\n'))
})

test('F31-H/AC1: to the portal each goes by itself, so that no notice holds two customers', async () => {
  const two = await openArchitecture('centralized')
  try {
    const root = { DERParticipation: CUSTOMERS.map((id) => participation(id)) }
    const said = await two.tell('dso-cs', 'created', 'DERParticipations', root)
    assert.match(said.text, /"Result":"OK"/, said.text)
    await until(() => two.sentTo('customer', 'DERParticipations').length >= 2)
    const sent = two.sentTo('customer', 'DERParticipations')
    assert.is(sent.length, 2)
    seesOwnAlone(sent.find(({ body }) => body.includes(own))?.body ?? '')
  } finally {
    await two.close()
  }
})

test.run()
