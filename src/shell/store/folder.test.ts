// What a data folder must look like to be opened, and what a stop leaves behind.

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Log } from '../../gateway/ports.ts'
import { MUCH_LATER, NOW, queued, sent } from './contract/ledger.ts'
import { counted, keep, sampleUnit } from './contract/samples.ts'
import { checkStore } from './check.ts'
import { openEmbedded } from './sqlite/open.ts'
import { openStore } from './index.ts'
import type { StoreError } from './index.ts'

const test = suite('store: data folder')
const home = mkdtempSync(join(tmpdir(), 'cimgate-folder-'))
const folders = counted(100)
  .map((n) => join(home, `${n}`))
  .values()
const nextFolder = () => folders.next().value ?? ''
test.after(() => rmSync(home, { recursive: true, force: true }))

/** A folder with one unit in it, closed. */
async function closedStore(): Promise<string> {
  const folder = nextFolder()
  const store = await openStore(folder)
  await keep(store, sampleUnit('a'))
  await store.close()
  return folder
}

async function refusal(folder: string): Promise<StoreError> {
  try {
    await (await openStore(folder)).close()
  } catch (error) {
    return error as StoreError
  }
  throw new Error(`${folder} was opened`)
}

function setMarker(folder: string, change: Readonly<Record<string, unknown>>): void {
  const file = join(folder, 'cimgate.json')
  const marker = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, unknown>>
  writeFileSync(file, JSON.stringify({ ...marker, ...change }))
}

test('makes an absent folder, and says in its marker what it is', async () => {
  const folder = join(nextFolder(), 'deep', 'er')
  const store = await openStore(folder)
  await store.close()
  const marker = JSON.parse(readFileSync(join(folder, 'cimgate.json'), 'utf8')) as object
  assert.equal(Object.keys(marker).sort(), ['created', 'format', 'schema', 'state'])
})

test('a folder that cannot be made is refused with what stands in the way and what to do', async () => {
  const file = nextFolder()
  writeFileSync(file, '')
  for (const folder of [file, join(file, 'data')]) {
    const { code, message } = await refusal(folder)
    assert.is(code, 'store-folder')
    assert.is(
      message,
      `The data folder is not one that this program may use. ${file} cannot be used: a file stands in its place. Choose another folder (--data DIR).`,
    )
  }
  assert.equal(checkStore(file, NOW)?.faults, [
    `${file} is no folder. Name that of the store (--data DIR).`,
  ])
})

test('a folder that the system lets nobody make is refused, and not waited for', async () => {
  if (!existsSync('/proc/self')) return
  const { code, message } = await refusal('/proc/cimgate/data')
  assert.is(code, 'store-folder')
  assert.match(message, /\/proc\/cimgate cannot be used: .* \(--data DIR\)\.$/)
})

test('finds everything again after it was closed, and goes on counting', async () => {
  const folder = await closedStore()
  const store = await openStore(folder)
  assert.ok(await store.message('north', 'message-a'))
  assert.is((await store.objects('Things', [], ['name of a'])).length, 1)
  assert.is((await store.commit(sampleUnit('a'))).kind, 'duplicate')
  assert.is((await keep(store, sampleUnit('b')))[0]?.seq, 2)
  await store.close()
})

test('leaves one database file and no owner behind when it is closed', async () => {
  const folder = await closedStore()
  assert.ok(existsSync(join(folder, 'cimgate.db')))
  assert.not.ok(existsSync(join(folder, 'cimgate.db-wal')))
  assert.not.ok(existsSync(join(folder, 'cimgate.pid')))
})

test('opens a folder that holds other files', async () => {
  const folder = nextFolder()
  mkdirSync(folder)
  writeFileSync(join(folder, 'notes.txt'), 'ours')
  await (await openStore(folder)).close()
})

test('takes up a first start that was cut off', async () => {
  const folder = await closedStore()
  setMarker(folder, { state: 'new' })
  const store = await openStore(folder)
  assert.ok(await store.message('north', 'message-a'))
  await store.close()
  setMarker(folder, { state: 'new' })
  rmSync(join(folder, 'cimgate.db'))
  await (await openStore(folder)).close()
})

test('makes no new store when it reopens and the folder is gone', async () => {
  const folder = nextFolder()
  const fault: unknown = await openEmbedded(folder, true).catch((error: unknown) => error)
  assert.is((fault as StoreError).code, 'store-folder')
  assert.not.ok(existsSync(folder))
})

test('is refused twice in one process as well', async () => {
  const folder = nextFolder()
  const store = await openStore(folder)
  const { code, message } = await refusal(folder)
  assert.is(code, 'store-in-use')
  assert.match(message, `process ${process.pid}`)
  await keep(store, sampleUnit('a'))
  await store.close()
})

test('gives back on opening what a dead process has leased', async () => {
  const folder = nextFolder()
  const request = { holder: 'one', now: NOW, until: MUCH_LATER, limit: 10, notTo: [] }
  const first = await openStore(folder)
  await keep(first, queued([sent('a')]))
  const [before] = await first.claim(request)
  assert.equal(await first.claim(request), [])
  await first.close()
  const second = await openStore(folder)
  const [after] = await second.claim(request)
  assert.is(after?.leg.id, 'leg-a')
  assert.ok((after?.lease.token ?? 0) > (before?.lease.token ?? 0))
  await second.close()
})

test('keeps on reopening what its own process has leased: it may be sending', async () => {
  const folder = nextFolder()
  const request = { holder: 'one', now: NOW, until: MUCH_LATER, limit: 10, notTo: [] }
  const first = await openStore(folder)
  await keep(first, queued([sent('a')]))
  assert.is((await first.claim(request)).length, 1)
  await first.close()
  const again = await openEmbedded(folder, true)
  assert.equal((await again.engine.claim(request)).claimed, [])
  await again.close()
})

test('checks the database when the last stop was not clean, and says so', async () => {
  const folder = await closedStore()
  writeFileSync(join(folder, 'cimgate.pid'), '{"pid":1,"host":"elsewhere"}')
  const warnings: string[] = []
  const log: Log = { info: () => {}, error: () => {}, warn: (_, text) => void warnings.push(text) }
  await (await openStore(folder, log)).close()
  assert.is(warnings.length, 1)
  assert.match(warnings[0] ?? '', 'not closed')
})

test('refuses a damaged database after a stop that was not clean', async () => {
  const folder = nextFolder()
  const store = await openStore(folder)
  for (const n of counted(50)) await keep(store, sampleUnit(`${n}`))
  await store.close()
  const file = join(folder, 'cimgate.db')
  const bytes = readFileSync(file)
  writeFileSync(file, bytes.fill(0xa5, 4_096 * 3, 4_096 * 4))
  writeFileSync(join(folder, 'cimgate.pid'), '{}')
  const { code, message } = await refusal(folder)
  assert.is(code, 'store-damaged')
  assert.match(message, 'Restore the whole folder')
})

// What was done to the folder, and what the refusal must say beside the remedy.
const REFUSED: Readonly<Record<string, readonly [(folder: string) => void, RegExp]>> = {
  'without its database': [
    (folder) => rmSync(join(folder, 'cimgate.db')),
    /cimgate\.db is missing/,
  ],
  'without its marker': [
    (folder) => rmSync(join(folder, 'cimgate.json')),
    /cimgate\.json is missing/,
  ],
  'with a WAL and nothing else': [
    (folder) => {
      rmSync(join(folder, 'cimgate.json'))
      rmSync(join(folder, 'cimgate.db'))
      writeFileSync(join(folder, 'cimgate.db-wal'), '')
    },
    /cimgate\.db-wal is there/,
  ],
  'with a marker that is no JSON': [
    (folder) => writeFileSync(join(folder, 'cimgate.json'), '{'),
    /no marker of cimgate/,
  ],
  'of another program': [
    (folder) => setMarker(folder, { format: 'other' }),
    /no marker of cimgate/,
  ],
  'of a newer version': [
    (folder) => setMarker(folder, { schema: 99 }),
    /schema version 99.*Start the version/,
  ],
  'with an empty database file': [
    (folder) => truncateSync(join(folder, 'cimgate.db')),
    /no database of cimgate/,
  ],
  'with a foreign file as database': [
    (folder) => writeFileSync(join(folder, 'cimgate.db'), 'no database at all'.repeat(1_000)),
    /not a database/,
  ],
  'with a newer database than its marker says': [
    // 4 bytes at offset 60 of the file are the version of the tables.
    (folder) => {
      const file = join(folder, 'cimgate.db')
      const bytes = readFileSync(file)
      bytes.writeUInt32BE(99, 60)
      writeFileSync(file, bytes)
    },
    /schema version 99/,
  ],
}

for (const [title, [change, says]] of Object.entries(REFUSED)) {
  test(`refuses a folder ${title}, naming a remedy`, async () => {
    const folder = await closedStore()
    change(folder)
    const { message } = await refusal(folder)
    assert.match(message, says)
    assert.match(message, /Restore the whole folder|Start the version/)
  })
}

test.run()
