// kill -9 between a change and what follows from it: whatever point the gateway dies at, each notice is made once, and the
// customer is sent it under one MessageID.

import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../schema/json-text.ts'
import { listening } from '../shell/http/raw.fixture.ts'
import type { CrashPoint } from '../shell/store/crash.ts'
import { waitFor } from '../shell/wait.fixture.ts'
import { document } from './orchestration.fixture.ts'
import { endAll, newFolder, startIn } from './process.fixture.ts'
import type { Served } from './process.fixture.ts'
import { answerOk, auth } from './scene.fixture.ts'

const test = suite('serve: orchestration, kill -9')

/** bodies that the customer has been sent */
const heard: string[] = []
let server: Server
let url: string

test.before(async () => {
  server = createServer((asked, response) => {
    void asked.toArray().then((chunks) => {
      const body = Buffer.concat(chunks as Buffer[]).toString()
      heard.push(body)
      answerOk(response, body)
    })
  })
  url = `http://127.0.0.1:${await listening(server)}/customer`
})
test.before.each(() => void heard.splice(0))
test.after(async () => {
  await endAll()
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
})

function configured(folder: string): string {
  const file = join(folder, 'cimgate.yaml')
  writeFileSync(
    file,
    `
parties:
  # Who orders this work does it, too.
  wms: {${auth('wms')}, operator: true, roles: [dso-cs, dso-eng]}
  customer: {binding: {type: cim-xml, url: "${url}"}}
routes:
  - {when: {noun: CustomerNotifications, verb: created}, to: customer, retry: [50ms]}
  - {to: local}
flows: {work-request: {orchestrate: true, contactType: portal}}
`,
  )
  return file
}

/** What is asked of one piece of work, in order. @param n its number */
function asked(n: number): readonly string[] {
  const mRID = `0a0b0c0d-0000-4000-8000-${String(n).padStart(12, '0')}`
  const work = (statusKind: string): JsonObject => ({
    mRID,
    Names: [{ name: 'C-1002003', NameType: { name: 'customer' } }],
    Work: [{ mRID: mRID.replace(/^0/, '1'), kind: 'construction', statusKind }],
  })
  const states = ['approved', 'scheduled', 'completed', 'closed']
  return [
    document('create', 'WorkRequests', work('waitingOnApproval')),
    ...states.map((it) => document('change', 'WorkRequests', work(it))),
  ]
}

const ask = ({ address }: Served, path: string, body?: string) =>
  fetch(`${address}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body === undefined ? {} : { body }),
    headers: { 'Content-Type': 'application/xml', 'X-API-Key': 'key-of-wms' },
  })

const open = async (served: Served) => {
  const path = '/api/v1/messages?state=QUEUED,SENDING,FAILED,SENT,ACCEPTED,PARKED'
  const { messages } = (await (await ask(served, path)).json()) as {
    readonly messages: readonly unknown[]
  }
  return messages.length
}

const one = (name: string, body: string) => new RegExp(`<${name}>([^<]*)`).exec(body)?.[1] ?? ''

const PIECES = 3

/** Points at which a change is on disk, or what follows from it is half on its way; the n-th time that each is reached. */
const POINTS: readonly (readonly [CrashPoint, number])[] = [
  ['before-commit', 5],
  ['after-commit', 5],
  ['before-send', 2],
  ['after-send', 2],
  ['after-mark', 2],
]

for (const [point, n] of POINTS)
  test(`${point}: everything that follows is sent, and once`, async () => {
    const folder = newFolder()
    const args = ['--config', configured(folder)]
    let deaths = 0
    let served = await startIn({ CIMGATE_CRASH_AT: `${point}:${n}` }, folder, ...args)
    const again = async () => {
      await waitFor(() => served.child.signalCode !== null, `${point}`)
      deaths += 1
      served = await startIn({}, folder, ...args)
    }
    /** Asked again, blindly, of the gateway that comes after. */
    const surely = async <T>(what: () => Promise<T>): Promise<T> =>
      what().catch(async () => (await again(), what()))
    for (let piece = 1; piece <= PIECES; piece += 1)
      for (const xml of asked(piece)) {
        const text = await surely(async () => (await ask(served, '/cim', xml)).text())
        assert.match(text, /<Result>OK<\/Result>/, text)
      }
    await waitFor(async () => (await surely(() => open(served))) === 0, 'nothing to be on its way')
    assert.is(deaths, 1, `${point} was reached`)
    const told = new Map<string, Set<string>>()
    for (const body of heard) {
      const matter = `${one('trigger', body)} ${/<about><mRID>([^<]*)/.exec(body)?.[1] ?? ''}`
      told.set(matter, (told.get(matter) ?? new Set()).add(one('MessageID', body)))
    }
    assert.is(told.size, 2 * PIECES)
    for (const [matter, ids] of told) assert.is(ids.size, 1, `${matter} is one message`)
    const kept = (await (await ask(served, '/api/v1/customer-notifications')).json()) as {
      readonly CustomerNotification: readonly unknown[]
    }
    assert.is(kept.CustomerNotification.length, 2 * PIECES)
    assert.is(await served.end('SIGTERM'), 0)
  })

test.run()
