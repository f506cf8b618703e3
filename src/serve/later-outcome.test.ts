// What became of a message whose sender went on: found where its answer says, with code, reason and the reply itself.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { groupJson, groupXml, newGroup } from './messages.fixture.ts'
import {
  answerOk,
  answerXml,
  auth,
  csToDms,
  legsOf,
  openScene,
  replyXml,
  until,
} from './scene.fixture.ts'
import type { Behave, Scene } from './scene.fixture.ts'

const test = suite('serve: outcomes that are looked up')

let scene: Scene

test.before(async () => {
  scene = await openScene((outside) =>
    csToDms(outside, {
      parties: `  web: {${auth('web')}}\n  nosy: {${auth('nosy')}}`,
      routes:
        '  - {when: {noun: [DERGroups, OperationSet], from: web}, to: dms, order: none, timeout: 60s}',
      route: 'order: none, reply: async, timeout: 60s',
    }),
  )
})
test.before.each(() => {
  scene.behave(({ body }, response) => answerOk(response, body))
})
test.after(() => scene.close())

const later =
  (go: Behave): Behave =>
  (heard, response) =>
    void setTimeout(() => go(heard, response), 100)

const REFUSES: Behave = ({ messageID }, response) =>
  answerXml(
    response,
    replyXml(
      messageID,
      'FAILED',
      '<Error><code>6.1</code><level>FATAL</level><reason>Not like that.</reason></Error>',
    ),
  )

const PATH = '/api/v1/der-groups'

interface Shown {
  readonly state: string
  readonly reason: string
  readonly links: Readonly<Record<string, string>>
}

/** A group asked for by web, and what is found of it when it is over. */
async function outcomeOf(prefer: string, group = newGroup()) {
  const { status, headers, text } = await scene.ask('web', 'POST', PATH, {
    body: groupJson(group),
    headers: { Prefer: prefer },
  })
  assert.is(status, 202, text)
  const location = headers.get('Location') ?? ''
  const look = async () => (await scene.ask('web', 'GET', location)).json as unknown as Shown
  await until(async () => (await look()).state !== 'ACCEPTED')
  assert.is((await scene.ask('nosy', 'GET', location)).status, 404)
  const shown = await look()
  const link = shown.links['later'] ?? shown.links['reply'] ?? ''
  assert.is((await scene.ask('nosy', 'GET', link)).status, 404)
  return { shown, answer: await scene.ask('web', 'GET', link) }
}

for (const prefer of ['respond-async', 'wait=0'])
  test(`after Prefer: ${prefer} the sender finds the object`, async () => {
    scene.behave(later(({ body }, response) => answerOk(response, body)))
    const group = newGroup()
    const { shown, answer } = await outcomeOf(prefer, group)
    assert.equal([shown.state, shown.reason], ['ACKED', ''])
    assert.match(JSON.stringify(answer.json['EndDeviceGroup']), group.mRID)
  })

for (const prefer of ['respond-async', 'wait=0'])
  test(`after Prefer: ${prefer} the sender finds code and reason of a refusal`, async () => {
    scene.behave(later(REFUSES))
    const { shown, answer } = await outcomeOf(prefer)
    assert.equal([shown.state, shown.reason], ['REJECTED', '6.1 Not like that.'])
    assert.equal([answer.json['code'], answer.json['whose']], ['6.1', 'sender'], answer.text)
  })

/** [what, method, body] of requests about a group that is there */
const REQUESTS: readonly (readonly [string, 'PATCH' | 'DELETE', unknown])[] = [
  ['a change', 'PATCH', { description: 'Two feeders.' }],
  ['a removal', 'PATCH', { description: null, Names: [{ name: 'another' }] }],
  ['a deletion', 'DELETE', undefined],
]

/** Asks without waiting; where it is looked up what becomes of it. */
async function begun(method: string, path: string, body: unknown): Promise<string> {
  const headers = { Prefer: 'respond-async' }
  const asked = await scene.ask('web', method, path, { body, headers })
  assert.is(asked.status, 202, asked.text)
  return asked.headers.get('Location') ?? ''
}

/** The state of what is over, and what is kept of its answer. */
async function ended(location: string) {
  const look = async () => (await scene.ask('web', 'GET', location)).json as unknown as Shown
  await until(async () => (await look()).state !== 'ACCEPTED')
  const { state, links } = await look()
  return { state, kept: await scene.ask('web', 'GET', links['later'] ?? '') }
}

test('so it is where the gateway has been started anew meanwhile: objects, and refusals with code and reason', async () => {
  const [made, refused, whole] = [newGroup(), newGroup(), newGroup()]
  const there = REQUESTS.map(() => newGroup())
  for (const it of there) await scene.ask('web', 'POST', PATH, { body: groupJson(it) })
  const heard = scene.heard.length
  scene.behave(() => undefined)
  const [creating, refusing, ...asked] = await Promise.all([
    begun('POST', PATH, groupJson(made)),
    begun('POST', PATH, groupJson(refused)),
    ...REQUESTS.map(([, method, body], at) => begun(method, `${PATH}/${there[at]?.mRID}`, body)),
  ])
  const header = { Verb: 'create', Noun: 'DERGroups', MessageID: whole.mRID }
  const payload = { DERGroups: JSON.parse(groupJson(whole)) as object }
  await scene.ask('cs', 'POST', '/cim', { body: { header, payload } })
  await until(() => scene.heard.length === heard + REQUESTS.length + 3)
  scene.behave((it, response) =>
    it.body.includes(refused.mRID) ? REFUSES(it, response) : answerOk(response, it.body),
  )
  await scene.restart()
  const object = await ended(creating ?? '')
  assert.is(object.state, 'ACKED')
  assert.match(JSON.stringify(object.kept.json['EndDeviceGroup']), made.mRID)
  const refusal = await ended(refusing ?? '')
  assert.equal([refusal.state, refusal.kept.json['code']], ['REJECTED', '6.1'])
  assert.is(refusal.kept.json['detail'], 'Not like that.')
  // Who has sent a whole message is answered with one, in its notation.
  const reply = await replyTo(whole.mRID)
  assert.match(reply, /"message":"ResponseMessage"[^]*"Result":"OK"/, reply)
  for (const [at, location] of asked.entries()) {
    const [what = '', method] = REQUESTS[at] ?? []
    const { state, kept } = await ended(location)
    assert.is(state, 'ACKED', what)
    if (method === 'DELETE') assert.equal(kept.json, { reply: { Result: 'OK' } })
    else assert.match(JSON.stringify(kept.json['EndDeviceGroup']), there[at]?.mRID ?? 'none', what)
  }
})

/** What the sender of a message finds of its reply. */
async function replyTo(mRID: string): Promise<string> {
  const found = async () =>
    (await legsOf(scene, `party=cs&key=${mRID}`)).find(({ verb }) => verb === 'reply')
  await until(async () => (await found()) !== undefined)
  return (await scene.ask('cs', 'GET', `/api/v1/messages/${(await found())?.id}/raw`)).text
}

test('a route that is asynchronous keeps the reply for a sender without ReplyAddress', async () => {
  scene.behave(later(REFUSES))
  const group = newGroup()
  assert.match((await scene.send('cs', groupXml(group))).text, '<code>0.3</code>')
  const found = async () =>
    (await scene.ask('cs', 'GET', `/api/v1/messages?party=cs&key=${group.mRID}`)).json[
      'messages'
    ] as {
      readonly id: string
      readonly verb: string
      readonly state: string
      readonly reason: string
    }[]
  await until(async () => (await found()).some((it) => it.verb === 'reply'))
  const [reply] = (await found()).filter((it) => it.verb === 'reply')
  const { text } = await scene.ask('cs', 'GET', `/api/v1/messages/${reply?.id}/raw`)
  assert.match(text, `<CorrelationID>${group.mRID}</CorrelationID>`)
  assert.match(text, '<reason>Not like that.</reason>')
  const [asked] = (await found()).filter((it) => it.verb === 'create')
  assert.equal([asked?.state, asked?.reason], ['REJECTED', '6.1 Not like that.'])
})

test('what is refused at once says why as well', async () => {
  scene.behave(REFUSES)
  const group = newGroup()
  await scene.ask('web', 'POST', PATH, { body: groupJson(group) })
  const { json } = await scene.ask('web', 'GET', `/api/v1/messages?direction=in&key=${group.mRID}`)
  const [leg] = json['messages'] as { readonly reason: string }[]
  assert.is(leg?.reason, '6.1 Not like that.')
})

test.run()
