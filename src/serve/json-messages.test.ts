// Systems that speak CIM-JSON in both directions: they ask, report and hear of outcomes as CIM systems do.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { answerOk, auth, openScene, until } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: messages in JSON')

let scene: Scene

test.before(async () => {
  scene = await openScene(
    (outside) => `
parties:
  cs: {${auth('cs')}, operator: true, binding: {type: json, url: "${outside}/cs"}}
  wms: {${auth('wms')}, binding: {type: cim-xml, url: "${outside}/wms", timeout: 2s}}
routes:
  - {when: {noun: WorkRequests, from: cs}, to: wms, timeout: 5s, order: none}
  - {when: {noun: WorkRequests, from: wms}, to: cs, timeout: 5s, order: none}
`,
  )
  scene.behave(({ party, body }, response) =>
    party === 'wms' ? answerOk(response, body) : response.writeHead(204).end(),
  )
})
test.after(() => scene.close())
test.before.each(() => void scene.heard.splice(0))

const MRID = 'ea625101-b73a-4c8b-a836-f584fceeb0b3'

function message(verb: string, statusKind: string, header: object = {}): string {
  const id = crypto.randomUUID()
  const WorkTasks = [{ instruction: 'Set it.', subject: 'Larger service', taskKind: 'install' }]
  const Work = [
    { kind: 'construction', requestDateTime: '2026-07-14T09:58:00Z', statusKind, WorkTasks },
  ]
  return JSON.stringify({
    message: /ed$/.test(verb) ? 'EventMessage' : 'RequestMessage',
    header: { Verb: verb, Noun: 'WorkRequests', ...header, MessageID: id, CorrelationID: id },
    payload: { WorkRequests: { WorkRequest: [{ mRID: MRID, Work }] } },
  })
}

const post = (body: string) => scene.ask('cs', 'POST', '/cim', { body })

const to = (party: string) => scene.heard.filter((it) => it.party === party).map((it) => it.body)

test('who does not wait hears later, in CIM-JSON, what the party has said in XML', async () => {
  const ReplyAddress = `${scene.outside}/cs/replies`
  const { text } = await post(
    message('create', 'waitingOnApproval', { AsyncReplyFlag: true, ReplyAddress }),
  )
  assert.match(text, /"message":"ResponseMessage".*"code":"0\.3"/)
  await until(() => to('cs').length === 1)
  assert.match(to('wms')[0] ?? '', /^<\?xml.*<WorkRequest>/s)
  const later = JSON.parse(to('cs')[0] ?? '')
  assert.is(later.message, 'ResponseMessage')
  assert.is(later.reply.Result, 'OK')
})

test('what it reports is recorded, and told on in XML', async () => {
  const { text } = await post(message('changed', 'approved'))
  assert.is(JSON.parse(text).reply.Result, 'OK')
  await until(() => to('wms').length === 1)
  assert.match(to('wms')[0] ?? '', '<EventMessage')
  const { json } = await scene.ask('cs', 'GET', `/api/v1/work-requests/${MRID}`)
  assert.match(JSON.stringify(json), '"statusKind":"approved"')
})

test('a repeat gets the reply that it had, byte by byte', async () => {
  const body = message('change', 'scheduled')
  const [first, second] = [await post(body), await post(body)]
  assert.is(second.text, first.text)
  assert.is(JSON.parse(first.text).message, 'ResponseMessage')
  assert.is(to('wms').length, 1)
})

test.run()
