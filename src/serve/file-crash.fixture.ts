// kill -9 on the way of files: a gateway takes three of them in its folder, dies at a point, and the next one goes on. Whatever the
// point, each record is kept once and told once, and every file is reported.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { putFile, scoreLine, scores } from '../gateway/files/folder.fixture.ts'
import type { FilePoint } from '../gateway/files/transfer.ts'
import { waitFor } from '../shell/wait.fixture.ts'
import { newFolder, startIn } from './process.fixture.ts'

/** records of a file, and of a message */
const [RECORDS, COLLECTION] = [25, 10] as const
const FILES = ['a.csv', 'b.csv', 'c.csv'] as const

/** Kills a gateway at the n-th time that a point is reached, and judges what the next one makes of it. */
export async function killFilesAt(point: FilePoint, n: number): Promise<void> {
  const folder = newFolder()
  const inbox = join(folder, 'in')
  mkdirSync(inbox)
  for (const [at, name] of FILES.entries()) putFile(inbox, name, fileOf(name), { sequence: at })
  const derms = await listening()
  const config = join(folder, 'cimgate.yaml')
  writeFileSync(config, configOf(inbox, derms.address))
  const args = [join(folder, 'data'), '--config', config] as const
  try {
    const died = await startIn({ CIMGATE_CRASH_AT: `${point}:${n}`, KEY: 'key' }, ...args)
    await waitFor(() => died.child.signalCode === 'SIGKILL', `${point} ${n}`)
    const served = await startIn({ KEY: 'key' }, ...args)
    await waitFor(async () => (await reportedIn(served.address)).size === FILES.length, 'reports')
    await judge(served.address, inbox, derms.heard, `${point} ${n}`)
    assert.is(await served.end('SIGTERM'), 0)
  } finally {
    await derms.close()
  }
}

function fileOf(name: string): string {
  return scores(...Array.from({ length: RECORDS }, (_, n) => scoreLine(`${name}-${n}`, `0.${n}`)))
}

function configOf(inbox: string, derms: string): string {
  return `
parties:
  cpm: {auth: [{apiKey: "\${KEY}"}], operator: true}
  derms: {binding: {type: cim-xml, url: "${derms}/derms"}}
routes:
  - {when: {noun: DeviceScores, verb: created}, to: derms}
  - to: local
files:
  device-scores: {folder: ${JSON.stringify(inbox)}, from: cpm, every: 1s, collection: ${COLLECTION}}
`
}

/** A party that takes what it is sent, and remembers what was in it by MessageID. */
async function listening() {
  const heard = new Map<string, string>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (it: Buffer) => chunks.push(it))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      heard.set(/<MessageID>(.*?)</.exec(text)?.[1] ?? '', text)
      response.writeHead(204).end()
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    heard,
    address: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((done) => (server.closeAllConnections(), server.close(() => done()))),
  }
}

async function askedOf(address: string, path: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${address}${path}`, { headers: { 'X-API-Key': 'key' } })
  return (await response.json()) as Record<string, unknown>
}

/** Names of the files that are reported as taken, and how often. */
async function reportedIn(address: string): Promise<ReadonlyMap<string, number>> {
  const json = await askedOf(address, '/api/v1/operation-reports')
  const reports = (json['OperationReport'] ?? []) as readonly {
    readonly files?: readonly {
      readonly fileName: string
      readonly status: { readonly value: string }
    }[]
  }[]
  const names = reports
    .flatMap((it) => it.files ?? [])
    .filter((it) => it.status.value === 'renamed')
    .map((it) => it.fileName)
  return new Map(names.map((it) => [it, names.filter((one) => one === it).length]))
}

async function judge(
  address: string,
  inbox: string,
  heard: ReadonlyMap<string, string>,
  how: string,
): Promise<void> {
  const due = FILES.flatMap((name) =>
    Array.from({ length: RECORDS }, (_, n) => `${name}-${n}`),
  ).toSorted()
  const kept = await askedOf(address, '/api/v1/device-scores?limit=1000')
  const names = (JSON.stringify(kept).match(/[abc]\.csv-\d+/g) ?? []).toSorted()
  assert.equal(names, due, `${how}: kept`)
  const told = [...heard.values()].flatMap((it) => it.match(/[abc]\.csv-\d+/g) ?? []).toSorted()
  assert.equal(told, due, `${how}: told`)
  assert.equal(
    readdirSync(inbox)
      .filter((it) => !it.includes('manifest'))
      .toSorted(),
    FILES.map((it) => `${it}.done`),
    `${how}: called otherwise`,
  )
  for (const [name, times] of await reportedIn(address))
    assert.is(times, 1, `${how}: ${name} reported`)
  const messages = await askedOf(address, '/api/v1/messages?noun=DeviceScores&limit=1000')
  const own = (messages['messages'] as readonly { readonly direction: string }[]).filter(
    (it) => it.direction === 'in',
  )
  assert.is(own.length, FILES.length * Math.ceil(RECORDS / COLLECTION), `${how}: messages`)
}
