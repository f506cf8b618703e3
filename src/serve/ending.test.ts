// The end of a gateway in front of a party that does not answer: nobody is kept waiting, nothing is lost, and the next start
// carries on with what it has never seen.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { groupXml, newGroup } from './messages.fixture.ts'
import { answerXml, auth, openScene, replyXml, until } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: ending')

let scene: Scene

test.before(async () => {
  scene = await openScene(
    (outside) => `
parties:
  cs: {${auth('cs')}, operator: true, sources: [dso-dms], aliases: {verbs: {Create: create}}}
  dms: {${auth('dms')}, binding: {type: cim-xml, url: "${outside}/dms", timeout: 1h}}
routes:
  - {when: {noun: DERGroups, from: cs}, to: dms, timeout: 1h, order: none, retry: [1h]}
`,
  )
})
test.after(() => scene.close())

test('whoever waits is acknowledged, and what was under way is carried on by the next start', async () => {
  scene.behave(() => undefined)
  const [plain, wide] = [newGroup(), newGroup()]
  const inAlias = groupXml(wide).replace('>create<', '>Create<')
  const asking = [scene.send('cs', groupXml(plain)), scene.send('cs', utf16(inAlias))]
  await until(() => scene.heard.length === 2)
  const before = new Set(scene.heard.map((it) => it.messageID))
  const restarted = scene.restart()
  for (const it of asking) assert.match((await it).text, /<Result>OK[^]*<code>0\.3/)
  scene.behave(({ messageID }, response) =>
    answerXml(response, replyXml(messageID, 'OK', '<Error><code>0.0</code></Error>')),
  )
  await restarted
  for (const { mRID } of [plain, wide])
    await until(
      async () => (await scene.ask('cs', 'GET', `/api/v1/der-groups/${mRID}`)).status === 200,
    )
  assert.equal(new Set(scene.heard.map((it) => it.messageID)), before)
  assert.is(scene.heard.length, 4)
  // Asked again, in the very octets that were sent before.
  for (const xml of [groupXml(plain), utf16(inAlias)])
    assert.match((await scene.send('cs', xml)).text, /<Result>OK<\/Result>(?![^]*0\.3)/)
})

/** With a BOM, as Windows systems write it. */
function utf16(xml: string): Uint8Array {
  return Buffer.from(`\ufeff${xml}`, 'utf16le')
}

test.run()
