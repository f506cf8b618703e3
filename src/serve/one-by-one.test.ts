// A party that takes its objects one by one: a message about several goes to it in pieces, in order, and its sender gets one
// answer that says of each what became of it.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { DER_FUNCTIONS } from '../flows/der-functions.fixture.ts'
import { answerXml, auth, openScene, replyXml, until } from './scene.fixture.ts'
import type { Behave, Scene } from './scene.fixture.ts'

const test = suite('serve: one by one')

let scene: Scene

test.before(async () => {
  scene = await openScene(
    (outside) => `
parties:
  cs: {${auth('cs')}, operator: true}
  single: {${auth('single')}, profile: {collections: false}, binding: {type: cim-xml, url: "${outside}/single", timeout: 2s}}
  vendor: {binding: {type: json, dialect: example, url: "${outside}/vendor"}}
routes:
  - {when: {noun: DERGroups, verb: [create, change, get], from: cs}, to: single, timeout: 5s, order: none, retry: [50ms]}
  - {when: {noun: DERGroups, verb: delete, from: cs}, to: vendor, timeout: 5s}
  - {when: {noun: DERGroups, verb: [created], from: cimgate}, to: single}
`,
  )
})
test.after(() => scene.close())
test.before.each(() => void scene.heard.splice(0))

const whole = (id: string) =>
  `<EndDeviceGroup><mRID>${id}</mRID><DERFunction>${DER_FUNCTIONS.map((it) => `<${it}>true</${it}>`).join('')}</DERFunction><Names><name>${id}</name></Names></EndDeviceGroup>`

function message(verb: string, payload: string): string {
  const id = crypto.randomUUID()
  return (
    `<RequestMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>${verb}</Verb><Noun>DERGroups</Noun>` +
    `<MessageID>${id}</MessageID><CorrelationID>${id}</CorrelationID></Header><Payload>${payload}</Payload></RequestMessage>`
  )
}

const create = (...ids: readonly string[]) =>
  message(
    'create',
    `<DERGroups xmlns="http://iec.ch/TC57/2017/DERGroups#">${ids.map(whole).join('')}</DERGroups>`,
  )

/** Refuses what is called so. */
const refusing =
  (bad: RegExp): Behave =>
  ({ messageID, body }, response) =>
    answerXml(
      response,
      bad.test(body)
        ? replyXml(messageID, 'FAILED', '<Error><code>6.1</code><level>FATAL</level></Error>')
        : replyXml(messageID, 'OK', '<Error><code>0.0</code></Error>'),
    )

const idsHeard = () =>
  scene.heard.map(({ body }) => [...body.matchAll(/<mRID>([^<]*)/g)].map((it) => it[1]))

async function isKept(id: string): Promise<boolean> {
  return (await scene.ask('cs', 'GET', `/api/v1/der-groups/${id}`)).status === 200
}

test('all are taken: one message each, in order, and one OK', async () => {
  scene.behave(refusing(/none/))
  const { text } = await scene.send('cs', create('a1', 'a2', 'a3'))
  assert.match(text, /<Result>OK<\/Result>/)
  assert.equal(idsHeard(), [['a1'], ['a2'], ['a3']])
  assert.is(new Set(scene.heard.map((it) => it.messageID)).size, 3)
  for (const it of ['a1', 'a2', 'a3']) assert.ok(await isKept(it), it)
})

test('some are refused: PARTIAL, the ID of each that is, and a record of the others', async () => {
  scene.behave(refusing(/>b2</))
  const xml = create('b1', 'b2', 'b3')
  const { text } = await scene.send('cs', xml)
  assert.match(text, /<Result>PARTIAL<\/Result>/)
  assert.match(text, /<code>0\.2<\/code>/)
  assert.match(text, /<code>6\.1<\/code>[^]*<ID kind="other" objectType="EndDeviceGroup">b2<\/ID>/)
  assert.equal(idsHeard(), [['b1'], ['b2'], ['b3']])
  assert.equal([await isKept('b1'), await isKept('b2'), await isKept('b3')], [true, false, true])
  assert.is((await scene.send('cs', xml)).text, text)
})

test('none is taken: FAILED, with the ID of each', async () => {
  scene.behave(refusing(/>c[12]</))
  const { text } = await scene.send('cs', create('c1', 'c2'))
  assert.match(text, /<Result>FAILED<\/Result>[^]*>c1<\/ID>[^]*>c2<\/ID>/)
  assert.not.match(text, /<code>0\.2/)
})

test('the answers of all are waited for, also when they come later and in another order', async () => {
  const ids: string[] = []
  scene.behave(({ messageID }, response) => {
    ids.push(messageID)
    answerXml(response, replyXml(messageID, 'OK', '<Error><code>0.3</code></Error>'))
  })
  const asking = scene.send('cs', create('d1', 'd2', 'd3'))
  await until(() => ids.length === 3)
  const say = (id = '', result = 'OK', code = '0.0') =>
    scene.send('single', replyXml(id, result, `<Error><code>${code}</code></Error>`))
  await Promise.all([say(ids[2]), say(ids[0]), say(ids[1], 'FAILED', '6.1')])
  assert.match((await asking).text, /<Result>PARTIAL[^]*<code>6\.1<\/code>[^]*>d2<\/ID>/)
  assert.equal([await isKept('d1'), await isKept('d2'), await isKept('d3')], [true, false, true])
})

test('in JSON the answer has what was accepted beside what was not', async () => {
  scene.behave(refusing(/>e2</))
  const object = (mRID: string) => ({
    mRID,
    DERFunction: Object.fromEntries(DER_FUNCTIONS.map((it) => [it, true])),
    Names: [{ name: mRID }],
  })
  const body = { EndDeviceGroup: [object('e1'), object('e2')] }
  const { status, json } = await scene.ask('cs', 'POST', '/api/v1/der-groups', { body })
  assert.is(status, 200)
  const said = json as unknown as {
    readonly reply: {
      readonly Result: string
      readonly Error: readonly { readonly code: string }[]
    }
    readonly EndDeviceGroup: readonly { readonly mRID: string }[]
  }
  assert.is(said.reply.Result, 'PARTIAL')
  assert.equal(
    said.reply.Error.map((it) => it.code),
    ['0.2', '6.1'],
  )
  assert.equal(
    said.EndDeviceGroup.map((it) => it.mRID),
    ['e1'],
  )
})

test('a vendor whose paths name one object is asked once for each, and all answers count', async () => {
  scene.behave(refusing(/none/))
  await scene.send('cs', create('f1', 'f2'))
  scene.heard.splice(0)
  scene.behave(({ path }, response) => void response.writeHead(/f2/.test(path) ? 404 : 204).end())
  const groups = `<DERGroups xmlns="http://iec.ch/TC57/2017/DERGroups#">${['f1', 'f2'].map((it) => `<EndDeviceGroup><mRID>${it}</mRID></EndDeviceGroup>`).join('')}</DERGroups>`
  const { text } = await scene.send('cs', message('delete', groups))
  assert.equal(scene.heard.map((it) => it.path).sort(), ['/vendor/groups/f1', '/vendor/groups/f2'])
  assert.match(text, /<Result>PARTIAL[^]*<code>5\.3<\/code>[^]*>f2<\/ID>/)
  assert.equal([await isKept('f1'), await isKept('f2')], [false, true])
})

test('a message about one object goes as it is', async () => {
  scene.behave(refusing(/none/))
  await scene.send('cs', create('g1'))
  assert.is(scene.heard.length, 1)
  assert.not.match(scene.heard[0]?.messageID ?? '.', /\./)
})

test.run()
