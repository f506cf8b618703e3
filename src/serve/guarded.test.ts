// A message that another party would carry out, and that the flow of its noun does not allow: refused before the party is
// asked, in the same words over every way.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { answerOk, auth, openScene } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: guarded')

let scene: Scene

test.before(async () => {
  scene = await openScene(
    (outside) => `
parties:
  cs: {${auth('cs')}, operator: true}
  wms: {${auth('wms')}, binding: {type: cim-xml, url: "${outside}/wms", timeout: 2s}}
routes:
  - {when: {noun: ServiceOrders, from: cs}, to: wms, timeout: 5s, order: none, retry: [50ms]}
  - {when: {noun: WorkRequests, from: cs}, to: wms, timeout: 5s, order: none, retry: [50ms]}
flows:
  service-order: {guard: false}
`,
  )
  scene.behave(({ body }, response) => answerOk(response, body))
})
test.after(() => scene.close())
test.before.each(() => void scene.heard.splice(0))

/** An mRID for a letter, of the object or of its work. */
const uuid = (letter: string, of = 0) =>
  `0${of}0b0c0d-0000-4000-8000-${letter.charCodeAt(0).toString(16).padStart(12, '0')}`

const work = (letter: string, statusKind: string) =>
  workOf(uuid(letter), uuid(letter, 1), statusKind)

const workOf = (mRID: string, own: string, statusKind: string) =>
  `<WorkRequest><mRID>${mRID}</mRID><Work><mRID>${own}</mRID><kind>construction</kind>` +
  `<requestDateTime>2026-07-14T09:58:00Z</requestDateTime><statusKind>${statusKind}</statusKind><WorkTasks>` +
  `<instruction>Set it.</instruction><subject>Larger service</subject><taskKind>install</taskKind></WorkTasks></Work></WorkRequest>`

function message(verb: string, ...works: readonly string[]): string {
  const id = crypto.randomUUID()
  return (
    `<RequestMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>${verb}</Verb><Noun>WorkRequests</Noun>` +
    `<MessageID>${id}</MessageID><CorrelationID>${id}</CorrelationID></Header><Payload>` +
    `<WorkRequests xmlns="http://iec.ch/TC57/2015/WorkRequests#">${works.join('')}</WorkRequests></Payload></RequestMessage>`
  )
}

const inSoap = (xml: string) =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${xml}</s:Body></s:Envelope>`

async function ok(xml: string): Promise<void> {
  const { text } = await scene.send('cs', xml)
  assert.match(text, /<Result>OK<\/Result>/, text)
}

const patched = (letter: string, statusKind: string) => {
  const WorkTasks = [{ instruction: 'Set it.', subject: 'Larger service', taskKind: 'install' }]
  const more = { kind: 'construction', requestDateTime: '2026-07-14T09:58:00Z', WorkTasks }
  const body = { Work: [{ mRID: uuid(letter, 1), statusKind, ...more }] }
  return scene.ask('cs', 'PATCH', `/api/v1/work-requests/${uuid(letter)}`, { body })
}

test('WR/AC2, G-AC42: work that Engineering has not approved never comes to the party, whichever way it is asked for', async () => {
  await ok(message('create', work('a', 'waitingOnApproval')))
  assert.is(scene.heard.length, 1)
  const xml = await scene.send('cs', message('change', work('a', 'scheduled')))
  assert.match(
    xml.text,
    /<Result>FAILED<\/Result>[^]*<code>6\.1<\/code>[^]*rule=WR-ENG[^]*>[\w-]*61<\/ID>/,
  )
  const soap = await scene.send('cs', inSoap(message('change', work('a', 'scheduled'))))
  assert.match(soap.text, /Envelope>?[^]*<code>6\.1<\/code>[^]*rule=WR-ENG[^]*>[\w-]*61<\/ID>/)
  const json = await patched('a', 'scheduled')
  assert.is(json.status, 409, json.text)
  assert.match(json.text, /"code":"6\.1"[^]*rule=WR-ENG/)
  assert.is(scene.heard.length, 1, 'the party has heard of none')
})

test('what is allowed goes on, and our record follows it step by step', async () => {
  await ok(message('create', work('b', 'waitingOnApproval')))
  for (const status of ['approved', 'waitingToBeScheduled', 'scheduled'])
    await ok(message('change', work('b', status)))
  assert.is(scene.heard.length, 4)
  assert.is((await patched('b', 'approved')).status, 409)
  assert.is(scene.heard.length, 4)
})

test('WRK-FROZEN: what is approved comes to the party as it was approved', async () => {
  await ok(message('create', work('f', 'waitingOnApproval')))
  await ok(message('change', work('f', 'approved')))
  const other = work('f', 'approved').replace('>construction<', '>disconnect<')
  const { text } = await scene.send('cs', message('change', other))
  assert.match(
    text,
    /<Result>FAILED<\/Result>[^]*<code>6\.1<\/code>[^]*rule=WRK-FROZEN; Cancel the work/,
  )
  const soap = await scene.send('cs', inSoap(message('change', other)))
  assert.match(soap.text, /<code>6\.1<\/code>[^]*rule=WRK-FROZEN/)
  assert.is(scene.heard.length, 2, 'the party has heard of none')
})

test('of two works one is refused: it is told why, and the other is sent on', async () => {
  await ok(message('create', work('c', 'waitingOnApproval'), work('d', 'waitingOnApproval')))
  await ok(message('change', work('d', 'approved')))
  const xml = message('change', work('c', 'scheduled'), work('d', 'scheduled'))
  const { text } = await scene.send('cs', xml)
  assert.match(text, /<Result>PARTIAL<\/Result>[^]*<code>6\.1<\/code>[^]*>[\w-]*63<\/ID>/)
  assert.not.match(text, /64<\/ID>/)
  assert.is(scene.heard.length, 3)
  assert.match(scene.heard[2]?.body ?? '', /64<\/mRID>/)
  assert.not.match(scene.heard[2]?.body ?? '', /63<\/mRID>/)
  assert.is((await scene.send('cs', xml)).text, text, 'repeated, it is answered alike')
})

test('what our record does not know is for the party to say', async () => {
  await ok(message('change', work('z', 'scheduled')))
  await ok(message('create', work('e', 'waitingOnApproval')))
  await ok(message('create', work('e', 'waitingOnApproval')))
  assert.is(scene.heard.length, 3)
})

test('a flow whose rules are left to the party is not judged on the way to it', async () => {
  const order = (statusKind: string) =>
    work('o', statusKind)
      .replaceAll('WorkRequest>', 'ServiceOrder>')
      .replace('<WorkTasks>', '<WorkTasks><crewETA>2026-07-15T09:00:00Z</crewETA>')
      .replace('<subject>', '<statusKind>scheduled</statusKind><subject>')
  const about = (verb: string, statusKind: string) =>
    message(verb, order(statusKind)).replaceAll('WorkRequests', 'ServiceOrders')
  await ok(about('create', 'inProgress'))
  await ok(about('change', 'scheduled'))
  assert.is(scene.heard.length, 2, 'a step back: for the party to say')
})

test.run()
