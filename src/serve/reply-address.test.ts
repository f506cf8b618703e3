// Later replies to whoever is not spoken to over HTTP otherwise: at the address that it may name, in the carrier of its
// request, and without anything that we prove ourselves by.

import { tmpdir } from 'node:os'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inEnvelope, wrapped } from '../gateway/soap/carried.ts'
import { groupXml, newGroup } from './messages.fixture.ts'
import { answerOk, auth, legsOf, openScene, until } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: replies at an address alone')

let scene: Scene
const ASKERS = ['bare', 'filing', 'noticed'] as const

test.before(async () => {
  const bindings = {
    bare: '',
    filing: `, binding: {type: file, folder: "${tmpdir()}/cimgate-no-replies", format: xml}`,
    noticed: ', binding: {type: notify, template: n}',
  }
  scene = await openScene(
    (outside) => `
parties:
${ASKERS.map((it) => `  ${it}: {${auth(it)}, replyAddresses: ["${outside}/${it}/replies"]${bindings[it]}}`).join('\n')}
  cs: {${auth('cs')}, operator: true}
  dms: {binding: {type: cim-xml, url: "${outside}/dms", timeout: 1s}}
routes:
  - {when: {noun: DERGroups, from: [${ASKERS.join(', ')}]}, to: dms, order: none, timeout: 5s}
`,
  )
  scene.behave(({ body, party }, response) => {
    if (party === 'dms') answerOk(response, body)
    else response.writeHead(200).end()
  })
})
test.after(() => scene.close())

for (const asker of ASKERS)
  for (const carrier of ['xml', 'soap'] as const)
    test(`${asker} hears at its address, in ${carrier}`, async () => {
      const group = newGroup()
      const address = `${scene.outside}/${asker}/replies/${group.mRID}`
      const xml = groupXml(group)
        .replace('dso-dms', asker)
        .replace(
          '<MessageID>',
          `<AsyncReplyFlag>true</AsyncReplyFlag><ReplyAddress>${address}</ReplyAddress><MessageID>`,
        )
      const { text } =
        carrier === 'xml'
          ? await scene.send(asker, xml)
          : await scene.ask(asker, 'POST', '/soap', {
              body: inEnvelope(wrapped(xml, 'Request'), '1.1').xml,
              headers: { 'Content-Type': 'text/xml' },
            })
      assert.match(text, '<code>0.3</code>')
      await until(() => scene.heard.some((it) => it.path === `/${asker}/replies/${group.mRID}`))
      const [heard] = scene.heard.filter((it) => it.path.endsWith(group.mRID))
      assert.match(heard?.body ?? '', '<Result>OK</Result>')
      assert.is(/Envelope/.test(heard?.body ?? ''), carrier === 'soap')
      await until(async () => {
        const [leg] = await legsOf(scene, `direction=out&party=${asker}&key=${group.mRID}`)
        return leg?.state === 'ACKED'
      })
    })

test.run()
