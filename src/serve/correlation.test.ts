// P-17: many requests at once, answered in any order: each caller gets the reply to its own request, and nobody another's.

import fc from 'fast-check'
import type { ServerResponse } from 'node:http'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { answerXml, auth, openScene, replyXml, until } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: correlation')

let scene: Scene
const SEED = 20260714
const CALLERS = ['one', 'two', 'three']

test.before(async () => {
  scene = await openScene(
    (outside) => `
parties:
${CALLERS.map((it) => `  ${it}: {${auth(it)}}`).join('\n')}
  dms: {binding: {type: cim-xml, url: "${outside}/dms"}}
routes:
  - {when: {noun: DERGroups, verb: get}, to: dms, order: none, timeout: 30s}
`,
  )
})
test.after(() => scene.close())

let count = 0

function question(group: string): string {
  const id = `0f0b0c0d-0000-4000-8000-${String((count += 1)).padStart(12, '0')}`
  return (
    `<RequestMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>get</Verb><Noun>DERGroups</Noun>` +
    `<MessageID>${id}</MessageID><CorrelationID>c-${group}</CorrelationID></Header>` +
    `<Request><ID kind="name">${group}</ID></Request></RequestMessage>`
  )
}

/** What came to the party and waits for its answer. */
interface Waiting {
  readonly group: string
  readonly answer: () => void
}

test(`P-17: each caller gets exactly its own reply, whatever the order of the replies (seed ${SEED})`, async () => {
  const orders = fc
    .integer({ min: 2, max: 6 })
    .chain((many) => fc.shuffledSubarray([...Array(many).keys()], { minLength: many }))
  await fc.assert(
    fc.asyncProperty(orders, async (order) => {
      const waiting: Waiting[] = []
      scene.behave(({ body, messageID }, response: ServerResponse) => {
        const group = /<ID kind="name">([^<]*)</.exec(body)?.[1] ?? ''
        const error = `<Error><code>99.1</code><level>FATAL</level><reason>of ${group}</reason></Error>`
        waiting.push({
          group,
          answer: () => answerXml(response, replyXml(messageID, 'FAILED', error)),
        })
      })
      const groups = order.map((at) => `group-${(count += 1)}-${at}`)
      const asked = groups.map((it, at) => scene.send(CALLERS[at % 3] ?? '', question(it)))
      await until(() => waiting.length === groups.length)
      for (const at of order) waiting.find((it) => it.group === groups[at])?.answer()
      for (const [at, { text }] of (await Promise.all(asked)).entries()) {
        assert.match(text, `<reason>of ${groups[at]}</reason>`)
        assert.match(text, `<CorrelationID>c-${groups[at]}</CorrelationID>`)
        for (const other of groups)
          if (other !== groups[at]) assert.not.match(text, new RegExp(`${other}\\b`))
      }
    }),
    { seed: SEED, numRuns: 12 },
  )
})

test.run()
