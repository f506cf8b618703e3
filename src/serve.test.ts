// The gateway as a process: started, restarted, ended. What was acknowledged is there, whatever happened.

import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { allEvents, create, read, storedIds } from './serve/client.fixture.ts'
import { newGroup } from './serve/messages.fixture.ts'
import { endAll, newFolder, start } from './serve/process.fixture.ts'
import { subscriber } from './shell/websocket/client.fixture.ts'
import { HANG_MS, waitFor } from './shell/wait.fixture.ts'

const test = suite('serve')

const CLIENTS = 8
/** acknowledged in a round before the end comes, whatever time that takes: some between these two */
const ACKNOWLEDGED = { least: 10, most: 30 }

test.after(endAll)

interface Ledger {
  readonly tried: Set<string>
  readonly acked: Set<string>
  /** made after the signal, or while it came: nothing is known of them */
  failed: number
}

/** Clients that make groups in both forms until they may not, or cannot, go on. */
async function load(address: string, ledger: Ledger, goesOn: () => boolean): Promise<void> {
  const client = async (_: unknown, at: number) => {
    while (goesOn()) {
      const group = newGroup(5)
      ledger.tried.add(group.mRID)
      try {
        await create(address, group, at % 2 === 0 ? 'xml' : 'json')
        ledger.acked.add(group.mRID)
      } catch {
        ledger.failed += 1
        return
      }
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
}

/** Waits until a random number more have been acknowledged. */
function someMore({ acked }: Ledger): Promise<void> {
  const { least, most } = ACKNOWLEDGED
  const due = acked.size + least + Math.floor(Math.random() * (most - least + 1))
  return waitFor(() => acked.size >= due, `${due} acknowledgements`)
}

async function compare(address: string, { tried, acked }: Ledger, how: string): Promise<void> {
  const stored = await storedIds(address)
  const there = new Set(stored)
  assert.is(there.size, stored.length, `doubled, ${how}`)
  assert.equal(
    [...acked].filter((it) => !there.has(it)),
    [],
    `lost, ${how}`,
  )
  assert.equal(
    stored.filter((it) => !tried.has(it)),
    [],
    `never tried, ${how}`,
  )
  const events = await allEvents(address, stored.length)
  assert.equal(new Set(events.map((it) => it.subject)), there, `status, ${how}`)
  assert.is(events.length, stored.length, `status, ${how}`)
}

test('says where it is ready, and that it asks nobody who they are', async () => {
  const served = await start(newFolder())
  assert.match(served.address, /^http:\/\/127\.0\.0\.1:\d+$/)
  assert.is((await read(`${served.address}/readyz`)).status, 200)
  assert.match(served.said(), /Authentication is off/)
  assert.is(await served.end('SIGINT'), 0)
})

test('shows after a restart what it had before', async () => {
  const folder = newFolder()
  const group = newGroup(3)
  const first = await start(folder)
  const path = `/api/v1/der-groups/${group.mRID}`
  await create(first.address, group, 'xml')
  const before = await read(first.address + path)
  assert.is(await first.end('SIGTERM'), 0)
  const second = await start(folder)
  const after = await read(second.address + path)
  assert.equal([after.status, after.text], [200, before.text])
  assert.is(after.headers.get('etag'), before.headers.get('etag'))
  assert.is((await allEvents(second.address, 1))[0]?.subject, group.mRID)
  await second.end('SIGTERM')
})

test('answers on SIGTERM all that is under way, and leaves in spite of idle connections', async () => {
  const folder = newFolder()
  const ledger: Ledger = { tried: new Set(), acked: new Set(), failed: 0 }
  const served = await start(folder)
  const port = Number(new URL(served.address).port)
  const idle = connect(port, '127.0.0.1').on('error', () => undefined)
  await once(idle, 'connect')
  const [listens, stalled] = await Promise.all([subscriber(port), subscriber(port)])
  stalled.socket.pause()
  let isEnding = false
  const loading = load(served.address, ledger, () => !isEnding)
  await someMore(ledger)
  isEnding = true
  const code = await served.end('SIGTERM')
  await loading
  assert.is(code, 0)
  // A request may be on its way over a kept connection just when that is closed: it is never read.
  assert.ok(ledger.failed <= CLIENTS / 4, `${ledger.failed} not answered`)
  assert.is(await listens.closed(), 1001)
  stalled.socket.terminate()
  idle.destroy()
  const again = await start(folder)
  assert.equal(new Set(await storedIds(again.address)), ledger.acked, 'only what was answered')
  await compare(again.address, ledger, 'after SIGTERM')
  assert.not.match(again.said(), /not closed/)
  await again.end('SIGTERM')
})

/** Starts one that is to fail; its exit code and what it said. */
function refusal(...args: readonly string[]): readonly [number | null, string] {
  const launch = fileURLToPath(new URL('../../src/launch.cjs', import.meta.url))
  const { status, stderr } = spawnSync(process.execPath, [launch, 'serve', ...args], {
    encoding: 'utf8',
    timeout: HANG_MS,
  })
  return [status, stderr]
}

test('ends with one sentence when the port or the folder is taken', async () => {
  const folder = newFolder()
  const served = await start(folder)
  const { port } = new URL(served.address)
  assert.equal(refusal('--port', port, '--data', newFolder()), [
    2,
    `Port ${port} is in use; choose another with --port.\n`,
  ])
  const [code, said] = refusal('--port', '0', '--data', folder)
  assert.is(code, 2)
  assert.match(
    said,
    new RegExp(
      `^Another process has the data folder open\\. \\S+ is held by process ${served.child.pid} on .+ Stop it, or start with another folder \\(--data DIR\\)\\.\\n$`,
    ),
  )
  assert.is((await read(`${served.address}/livez`)).status, 200)
  await served.end('SIGTERM')
})

test.run()
