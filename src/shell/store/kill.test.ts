// kill -9 under load, again and again on one folder: what was acknowledged is there, what is there was
// attempted, and no unit is there in part.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { SequencedEvent, Store } from '../../gateway/ports.ts'
import { waitFor } from '../wait.fixture.ts'
import { counted, keep, sampleUnit } from './contract/samples.ts'
import { openStore } from './index.ts'

const ROUNDS = 8
const WRITERS = 8
/** acknowledged in a round before the kill, at most */
const MOST_ACKED = 200

const test = suite('store: kill -9')
const home = mkdtempSync(join(tmpdir(), 'cimgate-kill-'))
const folder = join(home, 'data')
const ledgerFile = join(home, 'ledger')

for (const round of counted(ROUNDS)) {
  test(`loses nothing that was acknowledged, round ${round + 1}`, async () => {
    const acked = await killUnderLoad(`${round}`)
    const store = await openStore(folder)
    try {
      await compare(store, ledger(), `killed after ${acked} acknowledgements`)
      await keep(store, sampleUnit(`after ${round}`, []))
    } finally {
      await store.close()
    }
  })
}

async function killUnderLoad(round: string): Promise<number> {
  const script = fileURLToPath(new URL('./writers.fixture.js', import.meta.url))
  const args = [script, folder, ledgerFile, round, `${WRITERS}`]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  const exited = once(child, 'exit')
  const due = 1 + Math.floor(Math.random() * MOST_ACKED)
  await waitFor(() => ackedIn(round) >= due, `${due} acknowledgements`)
  child.kill('SIGKILL')
  await exited
  return ackedIn(round)
}

function ackedIn(round: string): number {
  return ledger().acked.filter((key) => key.startsWith(`${round}-`)).length
}

interface Ledger {
  readonly tried: readonly string[]
  readonly acked: readonly string[]
}

function ledger(): Ledger {
  const lines = existsSync(ledgerFile) ? readFileSync(ledgerFile, 'utf8').split('\n') : []
  const keys = (word: string) =>
    lines.filter((line) => line.startsWith(word)).map((line) => line.slice(word.length))
  return { tried: keys('try '), acked: keys('ack ') }
}

async function compare(store: Store, { tried, acked }: Ledger, how: string): Promise<void> {
  const events = await store.events(0, 10_000_000)
  assert.equal(
    events.map(({ seq }) => seq),
    counted(events.length, 1),
    `a gap, ${how}`,
  )
  const there = new Set(events.map(({ subject }) => subject))
  assert.equal(
    acked.filter((key) => !there.has(key)),
    [],
    `acknowledged but lost, ${how}`,
  )
  const known = new Set(tried)
  const keys = [...there].filter((key) => key.split('-').length === 3)
  assert.equal(
    keys.filter((key) => !known.has(key)),
    [],
    `never attempted, ${how}`,
  )
  await compareObjects(store, keys, events, how)
}

/** A unit is there as a whole: the message, its object, and the count of its writer. */
async function compareObjects(
  store: Store,
  keys: readonly string[],
  events: readonly SequencedEvent[],
  how: string,
): Promise<void> {
  assert.is((await store.objects('Things', keys, [])).length, keys.length, `torn, ${how}`)
  const sample = keys.filter((_, n) => n % 50 === 0 || n > keys.length - 2 * WRITERS)
  for (const key of sample)
    assert.ok(await store.message('north', `message-${key}`), `${key} torn, ${how}`)
  const counters = [...new Set(keys.map((key) => key.slice(0, key.lastIndexOf('-'))))]
  for (const counter of await store.objects('Things', counters, [])) {
    const units = keys.filter((key) => key.startsWith(`${counter.id}-`)).length
    const changes = events.filter(({ subject }) => subject === counter.id).length
    assert.equal([counter.revision, changes], [units, units], `${counter.id} torn, ${how}`)
  }
}

test('is refused while another process has the folder, naming it', async () => {
  const script = fileURLToPath(new URL('./writers.fixture.js', import.meta.url))
  const child = spawn(process.execPath, [script, folder, ledgerFile, 'held'], { stdio: 'ignore' })
  const exited = once(child, 'exit')
  try {
    await waitFor(() => ackedIn('held') > 0, 'an acknowledgement')
    const refusal: unknown = await openStore(folder).catch((error: unknown) => error)
    assert.match(String(refusal), `process ${child.pid} on`)
    assert.is((refusal as { readonly code?: string }).code, 'store-in-use')
  } finally {
    child.kill('SIGKILL')
    await exited
  }
  const store = await openStore(folder)
  await store.close()
})

test.after(() => rmSync(home, { recursive: true, force: true }))

test.run()
