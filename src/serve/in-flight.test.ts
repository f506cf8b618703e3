// Duplicates of a message whose party has not answered yet: one effect, no second question, and nobody is told a guess.

import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { listening } from '../shell/http/raw.fixture.ts'
import { waitFor } from '../shell/wait.fixture.ts'
import { groupJson, groupXml, newGroup } from './messages.fixture.ts'
import type { Group } from './messages.fixture.ts'
import { endAll, newFolder, start } from './process.fixture.ts'

const test = suite('serve: duplicates in flight')

const TIMES = 200
const FORMS = ['xml', 'json'] as const
type Form = (typeof FORMS)[number]

/** asked, and not answered yet */
const asked: { readonly messageID: string; readonly response: ServerResponse }[] = []
const party = createServer((request, response) => {
  void request.toArray().then((chunks) => {
    const text = Buffer.concat(chunks as Buffer[]).toString()
    const [, messageID = ''] = /<MessageID>([^<]*)/.exec(text) ?? []
    asked.push({ messageID, response })
  })
})
let address = ''

test.before(async () => {
  process.env['TEST_KEY_ME'] = 'key-of-me'
  const config = join(newFolder(), 'in-flight.yaml')
  const url = `http://127.0.0.1:${await listening(party)}`
  writeFileSync(
    config,
    `parties:\n  me: {auth: [{apiKey: "\${TEST_KEY_ME}"}], sources: [dso-dms]}\n` +
      `  dms: {binding: {type: cim-xml, url: "${url}"}}\nroutes:\n  - {to: dms, timeout: 10m}\n` +
      // All of them at once are to reach it.
      `load: {working: ${2 * TIMES}}\n`,
  )
  address = (await start(newFolder(), '--config', config)).address
})

test.after(async () => {
  await endAll()
  party.closeAllConnections()
  party.close()
})

/** Status and text. */
async function send(form: Form, id: string, group: Group): Promise<string> {
  const [path, headers, body] =
    form === 'xml'
      ? (['/cim', { 'Content-Type': 'application/xml' }, groupXml(group, id)] as const)
      : ([
          '/api/v1/der-groups',
          { 'Content-Type': 'application/json', 'Idempotency-Key': id },
          groupJson(group),
        ] as const)
  const answer = await fetch(address + path, {
    method: 'POST',
    headers: { ...headers, 'X-API-Key': 'key-of-me' },
    body,
  })
  return `${answer.status} ${await answer.text()}`
}

function answerOk(): void {
  const { messageID, response } = asked[0] as (typeof asked)[number]
  const reply =
    `<ResponseMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>reply</Verb><Noun>DERGroups</Noun>` +
    `<Timestamp>2026-07-14T09:31:07Z</Timestamp><Source>dms</Source><MessageID>r-${messageID}</MessageID>` +
    `<CorrelationID>${messageID}</CorrelationID></Header><Reply><Result>OK</Result></Reply></ResponseMessage>`
  response.writeHead(200, { 'Content-Type': 'application/xml' }).end(reply)
}

const BUSY: Readonly<Record<Form, RegExp>> = {
  xml: /^200 [^]*<Result>FAILED<[^]*<code>6\.1<[^]*rule=MSG-IN-FLIGHT/,
  json: /^409 [^]*MSG-IN-FLIGHT/,
}
const CONFLICT: Readonly<Record<Form, RegExp>> = {
  xml: /^200 [^]*<code>6\.1<[^]*rule=MSG-CONFLICT/,
  json: /^422 [^]*MSG-CONFLICT/,
}
const DONE: Readonly<Record<Form, RegExp>> = { xml: /^200 [^]*<Result>OK</, json: /^201 / }

for (const form of FORMS)
  test(`T3: ${TIMES} duplicates in ${form} while the party is asked: one is answered, all others are told to wait`, async () => {
    asked.length = 0
    const [id, group] = [randomUUID(), newGroup()]
    const answers: string[] = []
    const all = Array.from({ length: TIMES }, async () => {
      answers.push(await send(form, id, group))
    })
    await waitFor(() => answers.length === TIMES - 1, 'all duplicates are told')
    for (const it of answers) assert.match(it, BUSY[form])
    assert.match(await send(form, id, newGroup()), CONFLICT[form])
    await waitFor(() => asked.length > 0, 'the party is asked')
    answerOk()
    await Promise.all(all)
    assert.is(asked.length, 1, 'the party is asked once')
    const last = answers.at(-1) ?? ''
    assert.match(last, DONE[form])
    assert.is(await send(form, id, group), last, 'the stored reply')
    assert.match(await send(form, id, newGroup()), CONFLICT[form])
    assert.is(asked.length, 1, 'no second question')
  })

test.run()
