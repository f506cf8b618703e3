// A party that answers later (0.3, then a message of its own): in order, in the other order, too late, and to nobody.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { serve } from '../main.ts'
import type { Running } from '../main.ts'
import { listening } from '../shell/http/raw.fixture.ts'
import { groupXml, newGroup, request as requestXml } from './messages.fixture.ts'

const test = suite('serve: asynchronous replies')

const folder = mkdtempSync(join(tmpdir(), 'cimgate-async-'))
let running: Running
let address = ''
/** what the party does with a request of this MessageID */
let behave: (messageID: string, response: ServerResponse, body: string) => unknown = () => undefined

const party = createServer((request, response) => {
  void request.toArray().then((chunks) => {
    const body = Buffer.concat(chunks as Buffer[]).toString()
    const [, id = ''] = /<MessageID>([^<]*)/.exec(body) ?? []
    return behave(id, response, body)
  })
})

test.before(async () => {
  const url = `http://127.0.0.1:${await listening(party)}`
  const config = join(folder, 'cimgate.yaml')
  process.env['KEY_OF_CS'] = 'key-of-cs'
  process.env['KEY_OF_DMS'] = 'key-of-dms'
  writeFileSync(
    config,
    `
parties:
  cs: {auth: [{apiKey: "\${KEY_OF_CS}"}], operator: true, sources: [dso-dms]}
  dms: {auth: [{apiKey: "\${KEY_OF_DMS}"}], binding: {type: cim-xml, url: "${url}", timeout: 1s}}
  json: {binding: {type: json, dialect: cim-json, url: "${url}"}}
routes:
  - {when: {noun: DERGroups, from: cs, verb: delete}, to: json, timeout: 5s, retry: [1h]}
  - {when: {noun: DERGroups, from: cs}, to: dms, timeout: 5s, retry: [1h]}
`,
  )
  running = await serve(
    { port: 0, host: '127.0.0.1', data: join(folder, 'data'), log: 'silent' },
    { xsd: [], config },
  )
  address = running.address
})

test.after(async () => {
  await running.close()
  party.close()
  party.closeAllConnections()
  rmSync(folder, { recursive: true })
})

function reply(correlationID: string, result: string, code: string): string {
  return (
    `<ResponseMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>reply</Verb><Noun>DERGroups</Noun>` +
    `<Timestamp>2026-07-14T09:31:07Z</Timestamp><Source>dms</Source><MessageID>${correlationID}-${code}</MessageID>` +
    `<CorrelationID>${correlationID}</CorrelationID></Header><Reply><Result>${result}</Result>` +
    `<Error><code>${code}</code></Error></Reply></ResponseMessage>`
  )
}

async function post(key: string, body: string): Promise<string> {
  const headers = { 'Content-Type': 'application/xml', 'X-API-Key': key }
  const response = await fetch(`${address}/cim`, { method: 'POST', headers, body })
  return response.text()
}

function answer(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'Content-Type': 'application/xml' }).end(body)
}

async function legs(query: string): Promise<readonly Record<string, unknown>[]> {
  const response = await fetch(`${address}/api/v1/messages?${query}`, {
    headers: { 'X-API-Key': 'key-of-cs' },
  })
  return ((await response.json()) as { messages: Record<string, unknown>[] }).messages
}

test('a reply that comes after its acknowledgement answers whoever waits', async () => {
  behave = (id, response) => {
    answer(response, reply(id, 'OK', '0.3'))
    setTimeout(() => void post('key-of-dms', reply(id, 'OK', '0.0')), 200)
  }
  const group = newGroup()
  assert.match(await post('key-of-cs', groupXml(group)), /<Result>OK/)
  const [sent] = await legs(`direction=out&key=${group.mRID}`)
  assert.is(sent?.['state'], 'ACKED')
})

test('so does one that overtakes its acknowledgement', async () => {
  behave = async (id, response) => {
    await post('key-of-dms', reply(id, 'OK', '0.0'))
    answer(response, reply(id, 'OK', '0.3'))
  }
  const group = newGroup()
  assert.match(await post('key-of-cs', groupXml(group)), /<Result>OK/)
  const [sent] = await legs(`direction=out&key=${group.mRID}`)
  assert.is(sent?.['state'], 'ACKED')
})

test('so does one to a try that seemed to have failed, and it is not sent again', async () => {
  let tries = 0
  behave = (id, response) => {
    tries += 1
    response.destroy()
    setTimeout(() => void post('key-of-dms', reply(id, 'OK', '0.0')), 200)
  }
  const group = newGroup()
  assert.match(await post('key-of-cs', groupXml(group)), /<Result>OK/)
  const [sent] = await legs(`direction=out&key=${group.mRID}`)
  assert.equal([sent?.['state'], tries], ['ACKED', 1])
})

test('one that comes when nobody waits any more is kept, marked, and ends the repetitions', async () => {
  let id = ''
  behave = (own, response) => {
    id = own
    answer(response, reply(own, 'OK', '0.3'))
  }
  const group = newGroup()
  assert.match(await post('key-of-cs', groupXml(group)), /4\.1/)
  const [waits] = await legs(`direction=out&key=${group.mRID}`)
  assert.equal([waits?.['state'], waits?.['reason']], ['FAILED', 'No reply in time.'])
  await post('key-of-dms', reply(id, 'OK', '0.0'))
  const [late] = await legs(`direction=in&messageID=${id}-0.0`)
  assert.is(late?.['late'], true)
  const [sent] = await legs(`direction=out&key=${group.mRID}`)
  assert.is(sent?.['state'], 'ACKED')
})

test('one to nobody is told so, and parked', async () => {
  assert.match(await post('key-of-dms', reply('unheard-of', 'OK', '0.0')), /<Result>FAILED/)
  const [parked] = await legs('messageID=unheard-of-0.0')
  assert.is(parked?.['state'], 'PARKED')
})

/** [answer of a party that speaks CIM-JSON, its type, what its message has become] */
const IN_JSON = [
  [{ reply: { Result: 'FAILED', Error: [{ code: '6.1', level: 'FATAL' }] } }, 'PARKED'],
  [{ reply: { Result: 'OK', Error: [{ code: '0.0' }] } }, 'ACKED'],
  [{ taken: true }, 'ACKED'],
] as const

for (const [said, state] of IN_JSON)
  test(`${JSON.stringify(said)} in CIM-JSON is ${state}`, async () => {
    let sent = ''
    behave = (_, response, body) => {
      const { header } = JSON.parse(body) as { header: { MessageID: string } }
      sent = header.MessageID
      const own = {
        message: 'ResponseMessage',
        header: {
          Verb: 'reply',
          Noun: 'DERGroups',
          Timestamp: '2026-07-14T09:31:07Z',
          Source: 'json',
          MessageID: `${sent}-r`,
          CorrelationID: sent,
        },
      }
      const answered = 'reply' in said ? { ...own, ...said } : said
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answered))
    }
    const id = crypto.randomUUID()
    const text = await post(
      'key-of-cs',
      requestXml('delete', id, `<EndDeviceGroup><mRID>${id}</mRID></EndDeviceGroup>`),
    )
    const [leg] = await legs(`direction=out&messageID=${sent}`)
    assert.is(leg?.['state'], state, text)
    if (state === 'PARKED') assert.match(text, /<code>6\.1<\/code>/)
  })

test.run()
