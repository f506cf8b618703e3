// Notices on their way to the customer: each alone, once, in its hours, and nothing of what has been refused.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { TAKES, auth, legsOf, openScene, until } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: notices')

let scene: Scene

test.before(async () => {
  scene = await openScene(
    (outside) => `
parties:
  cs: {${auth('cs')}, operator: true}
  customer: {binding: {type: cim-xml, url: "${outside}/customer"}}
routes:
  - {when: {noun: CustomerNotifications, verb: created, from: cs}, to: customer, retry: [50ms, 1h]}
`,
  )
})
test.after(() => scene.close())
test.before.each(() => {
  scene.behave(TAKES)
  scene.heard.splice(0)
})

interface Notice {
  readonly about: string
  readonly text?: string
  readonly earliest?: string
  readonly latest?: string
}

function noticeXml({ about, text = 'It is done.', earliest, latest }: Notice): string {
  const time = (name: string, at?: string) => (at === undefined ? '' : `<${name}>${at}</${name}>`)
  return (
    '<CustomerNotification><contactType>email</contactType><contactValue>c@customers.example</contactValue>' +
    `${time('earliestDateTimeToCall', earliest)}${time('latestDateTimeToCall', latest)}<text>${text}</text>` +
    `<trigger>workCompleted</trigger><about><mRID>${about}</mRID><objectType>Work</objectType></about>` +
    '<Customer><Names><name>C-1</name></Names></Customer></CustomerNotification>'
  )
}

function told(...notices: readonly Notice[]) {
  const id = crypto.randomUUID()
  return scene.send(
    'cs',
    `<EventMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>created</Verb>` +
      `<Noun>CustomerNotifications</Noun><Timestamp>2026-07-14T08:00:00Z</Timestamp><MessageID>${id}</MessageID>` +
      `<CorrelationID>${id}</CorrelationID></Header><Payload><CustomerNotifications ` +
      `xmlns="http://cimgate.example/draft/2026/CustomerNotifications#">${notices.map(noticeXml).join('')}` +
      '</CustomerNotifications></Payload></EventMessage>',
  )
}

/** What the customer has heard, each message as the matters that it is about. */
const heard = () =>
  scene.heard.map(({ body }) =>
    [...body.matchAll(/<about><mRID>([^<]*)/g)].map(([, it]) => it).join(' '),
  )

const HOUR = 3_600_000
const inHours = (n: number) => new Date(Date.now() + n * HOUR).toISOString()

/** What becomes of the notices that wait for the customer. */
const waiting = async (state: string) =>
  (await legsOf(scene, 'party=customer')).filter((it) => it.state === state).length

test('SR-07/AC1: whatever is repeated, the customer hears of a matter once', async () => {
  await told({ about: 'a' })
  await until(() => heard().length === 1)
  assert.match((await told({ about: 'a' })).text, /<Result>OK/)
  assert.match((await told({ about: 'a', text: 'Done.' })).text, /<Result>FAILED[^]*rule=NTC-ONCE/)
  await told({ about: 'b' })
  await until(() => heard().length === 2)
  assert.equal(heard(), ['a', 'b'])
})

test('SR-07/AC1: of several notices those that are good and new go on, each alone', async () => {
  await told({ about: 'c' })
  await until(() => heard().length === 1)
  const late = { about: 'd', latest: '2020-01-01T00:00:00Z' }
  const { text } = await told({ about: 'c' }, late, { about: 'e' }, { about: 'f' })
  assert.match(text, /<Result>PARTIAL[^]*rule=NTC-HOURS/)
  await until(() => heard().length === 3)
  assert.equal(heard().toSorted(), ['c', 'e', 'f'])
})

test('SR-07/AC1: quiet hours are kept, and what waits for its hour stands in nobody’s way', async () => {
  await told({ about: 'g', earliest: inHours(8), latest: inHours(10) })
  await told({ about: 'h', earliest: inHours(-1), latest: inHours(1) })
  await until(() => heard().length === 1)
  assert.equal(heard(), ['h'])
  assert.is(await waiting('QUEUED'), 1)
  scene.behave((_heard, response) => void response.writeHead(503).end())
  await told({ about: 'i', latest: new Date(Date.now() + 1_500).toISOString() })
  await until(async () => (await waiting('EXPIRED')) === 1)
  scene.behave(TAKES)
  await told({ about: 'j' })
  await until(() => heard().includes('j'))
  const tries = heard().filter((it) => it === 'i').length
  await told({ about: 'k' })
  await until(() => heard().includes('k'))
  assert.is(heard().filter((it) => it === 'i').length, tries, 'what is late is never told')
})

test.run()
