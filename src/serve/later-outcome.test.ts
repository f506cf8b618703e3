// What became of a message whose sender went on: found where its answer says, with code, reason and the reply itself.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { groupJson, groupXml, newGroup } from './messages.fixture.ts'
import { answerOk, answerXml, auth, csToDms, openScene, replyXml, until } from './scene.fixture.ts'
import type { Behave, Scene } from './scene.fixture.ts'

const test = suite('serve: outcomes that are looked up')

let scene: Scene

test.before(async () => {
  scene = await openScene((outside) =>
    csToDms(outside, {
      parties: `  web: {${auth('web')}}\n  nosy: {${auth('nosy')}}`,
      routes: '  - {when: {noun: DERGroups, from: web}, to: dms, order: none, timeout: 5s}',
      route: 'order: none, reply: async, timeout: 5s',
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

interface Shown {
  readonly state: string
  readonly reason: string
  readonly links: Readonly<Record<string, string>>
}

/** A group asked for by web, and what is found of it when it is over. */
async function outcomeOf(prefer: string, group = newGroup()) {
  const { status, headers, text } = await scene.ask('web', 'POST', '/api/v1/der-groups', {
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
  await scene.ask('web', 'POST', '/api/v1/der-groups', { body: groupJson(group) })
  const { json } = await scene.ask('web', 'GET', `/api/v1/messages?direction=in&key=${group.mRID}`)
  const [leg] = json['messages'] as { readonly reason: string }[]
  assert.is(leg?.reason, '6.1 Not like that.')
})

test.run()
