// The outcome of a run by mail, through the gateway as it is served and a real SMTP server, which is away at first.

import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { manifestOf, putFile, scoreLine, scores } from '../gateway/files/folder.fixture.ts'
import { serve } from '../main.ts'
import { waitFor } from '../shell/wait.fixture.ts'
import { endAll, newFolder } from './process.fixture.ts'

const test = suite('serve: mails of files')
test.after(endAll)

test('G-AC20: one mail lists all files of a run; it waits while its server is away, and comes once over a restart', async () => {
  const folder = newFolder()
  const inbox = join(folder, 'in')
  mkdirSync(inbox)
  putFile(inbox, 'a.csv', scores(scoreLine('A', '0.1')))
  putFile(inbox, 'b.csv', scores(scoreLine('B', '0.1')), { recordCount: 2 })
  const port = await freePort()
  const config = join(folder, 'cimgate.yaml')
  writeFileSync(config, configOf(inbox, port))
  const begin = () =>
    serve(
      { port: 0, host: '127.0.0.1', data: join(folder, 'data'), log: 'silent' },
      { config, xsd: [] },
    )
  const first = await begin()
  await waitFor(async () => (await reports(first.address)) === 1, 'the report')
  await first.close()
  const mails: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      let text = ''
      stream.on('data', (it: Buffer) => (text += it.toString()))
      stream.on('end', () => (mails.push(text), done()))
    },
  })
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  const second = await begin()
  try {
    await waitFor(async () => mails.length > 0, 'the mail')
    const [mail = ''] = mails
    assert.match(mail, /a\.csv \(now a\.csv\.done\): taken/)
    assert.match(mail, /b\.csv \(now b\.csv\.failed\): FAILED/)
    assert.match(mail, /To: programmes@dso\.test/)
    const text = scores(scoreLine('C', '0.1'))
    assert.equal(
      [await putOver(second.address, 'c.csv', text), await putOver(second.address, 'c.csv', text)],
      [202, 202],
    )
    const manifest = JSON.stringify(manifestOf('c.csv', text))
    assert.is(await putOver(second.address, 'c.csv.manifest.json', manifest), 202)
    await waitFor(async () => mails.length > 1, 'the mail about what was put')
    assert.match(mails[1] ?? '', /c\.csv \(now c\.csv\.done\): taken/)
    assert.is(await putOver(second.address, 'c.csv', text), 200)
  } finally {
    await second.close()
    await new Promise<void>((done) => server.close(() => done()))
  }
  assert.is(mails.length, 2)
})

/** Puts a file as its party, in small pieces. @returns the status */
async function putOver(address: string, name: string, text: string): Promise<number> {
  const body = new ReadableStream({
    start: (stream) => {
      for (const it of text.match(/[^]{1,20}/g) ?? []) stream.enqueue(new TextEncoder().encode(it))
      stream.close()
    },
  })
  const init = { method: 'PUT', headers: { 'X-API-Key': 'key' }, body, duplex: 'half' }
  return (await fetch(`${address}/api/v1/files/device-scores/${name}`, init as RequestInit)).status
}

function configOf(inbox: string, port: number): string {
  process.env['KEY_OF_FILES'] = 'key'
  return `
parties:
  cpm: {auth: [{apiKey: "\${KEY_OF_FILES}"}], operator: true}
  stakeholders: {binding: {type: notify, technical: [ops@dso.test], business: [programmes@dso.test]}}
routes:
  - {when: {noun: OperationReports}, to: stakeholders, retry: [100ms, 100ms, 100ms, 200ms, 200ms, 1s, 1s, 1s, 1s, 1s, 1s, 1s]}
  - to: local
files:
  device-scores: {folder: ${JSON.stringify(inbox)}, from: cpm}
mail: {host: 127.0.0.1, port: ${port}, security: none, from: cimgate@dso.test}
`
}

/** How many reports of files there are. */
async function reports(address: string): Promise<number> {
  const response = await fetch(`${address}/api/v1/messages?noun=OperationReports`, {
    headers: { 'X-API-Key': 'key' },
  })
  const { messages } = (await response.json()) as { readonly messages: readonly object[] }
  return messages.length
}

/** One on which nobody listens. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((done) => server.close(() => done()))
  return port
}

test.run()
