// For tests only: data folders as a kill -9 has left them, damaged in one way each (T2). A folder is either opened with
// whole messages, or refused with what is missing and a remedy; nothing new is ever made in its place. What the high-water
// file is to find later is not asked here: a WAL that is cut loses its end, and says nothing.

import { cpSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import type { Random } from '../../gateway/peer.ts'
import type { Store } from '../../gateway/ports.ts'
import { counted, keep, sampleMessage, samplePut, sampleUnit } from './contract/samples.ts'
import { openStore } from './index.ts'
import type { StoreError } from './index.ts'

/** messages in the database, and behind them in its WAL */
const [KEPT, IN_WAL] = [60, 60] as const
const ALL = KEPT + IN_WAL
const PAGE = 4_096
/** octets at the end of a WAL that are damaged */
const TAIL = 64 * 1_024

/** Folders to be damaged, of which one lies as it was when its process was killed. */
export interface Damaged {
  /** a copy of the folder of a process that was killed */
  readonly killed: () => string
  /** a copy of a folder that was closed, with the first messages alone */
  readonly closed: () => string
}

/** Makes the folders that the others are copies of, below `home`. */
export async function damagedIn(home: string): Promise<Damaged> {
  const [own, closed, killed] = ['own', 'closed', 'killed'].map((it) => join(home, it)) as [
    string,
    string,
    string,
  ]
  const before = await openStore(own)
  for (const n of counted(KEPT)) await keep(before, unit(n))
  await before.close()
  cpSync(own, closed, { recursive: true })
  const store = await openStore(own)
  for (const n of counted(IN_WAL, KEPT)) await keep(store, unit(n))
  // Copied while it is open: what kill -9 leaves.
  cpSync(own, killed, { recursive: true })
  await store.close()
  let copies = 0
  const copyOf = (it: string) => () => {
    const folder = join(home, `copy ${(copies += 1)}`)
    cpSync(it, folder, { recursive: true })
    return folder
  }
  return { killed: copyOf(killed), closed: copyOf(closed) }
}

function unit(n: number) {
  const put = samplePut(`o${n}`, { names: [], body: `{"n":${n}}` })
  return { ...sampleUnit(`${n}`, [put]), message: message(n) }
}

function message(n: number) {
  return sampleMessage(`${n}`, {
    request: `<RequestMessage>${'x'.repeat(900)}${n}</RequestMessage>`,
  })
}

/** One way to damage a folder, and what is true of it afterwards. */
export type Damage = (folders: Damaged, random: Random) => Promise<void>

const DATABASE = 'cimgate.db'
const WAL = 'cimgate.db-wal'
const MARKER = 'cimgate.json'

/** By what is damaged. */
export const DAMAGES: Readonly<Record<string, Damage>> = {
  'the WAL is cut in its last 64 KB': async ({ killed }, random) => {
    const folder = killed()
    const wal = readFileSync(join(folder, WAL))
    truncateSync(join(folder, WAL), lastOf(wal) - within(TAIL, random))
    await judgePrefix(folder)
  },
  'octets of the WAL are flipped in its last 64 KB': async ({ killed }, random) => {
    const folder = killed()
    const wal = readFileSync(join(folder, WAL))
    flip(join(folder, WAL), lastOf(wal) - within(TAIL, random), 1 + within(16, random))
    await judgePrefix(folder)
  },
  'a page of a table or an index is damaged': async ({ closed }, random) => {
    const folder = closed()
    flip(join(folder, DATABASE), treePage(folder, random) * PAGE, 8)
    // Nobody has said goodbye: the whole is checked before anything is told.
    writeFileSync(join(folder, 'cimgate.pid'), '{}')
    await judgeRefused(folder, 'store-damaged', DATABASE)
  },
  'a page is damaged after a clean stop': async ({ closed }, random) => {
    const folder = closed()
    flip(join(folder, DATABASE), treePage(folder, random) * PAGE, 8)
    await judgeQuarantined(folder)
  },
  'the database is missing': async ({ killed }) => {
    const folder = killed()
    rmSync(join(folder, DATABASE))
    await judgeRefused(folder, 'store-folder', DATABASE)
  },
  'the marker is missing': async ({ killed }) => {
    const folder = killed()
    rmSync(join(folder, MARKER))
    await judgeRefused(folder, 'store-folder', MARKER)
  },
  'all but the WAL is missing': async ({ killed }) => {
    const folder = killed()
    for (const it of [DATABASE, MARKER]) rmSync(join(folder, it))
    await judgeRefused(folder, 'store-folder', MARKER)
  },
  'a foreign file lies in the place of the database': async ({ killed }, random) => {
    const folder = killed()
    rmSync(join(folder, WAL))
    writeFileSync(join(folder, DATABASE), Buffer.alloc(PAGE * 4, 1 + within(255, random)))
    await judgeRefused(folder, 'store-damaged', DATABASE)
  },
  'an old backup is put back': async ({ closed }) => {
    const folder = closed()
    assert.is(await found(folder), KEPT)
  },
  'a second process opens the folder': async ({ closed }) => {
    const folder = closed()
    const store = await openStore(folder)
    try {
      const { code, message } = await refusalOf(folder)
      assert.is(code, 'store-in-use')
      assert.match(message, `process ${process.pid}`)
      assert.is(await wholeIn(store), KEPT)
    } finally {
      await store.close()
    }
  },
}

/** From 0 to below. */
function within(below: number, random: Random): number {
  return Math.floor(random() * below)
}

/** Behind the last frame of the log that counts: a WAL that begins anew keeps older frames behind it. */
function lastOf(wal: Buffer): number {
  const frame = 24 + PAGE
  const salt = wal.subarray(16, 24)
  let end = 32
  while (end + frame <= wal.length && wal.subarray(end + 8, end + 16).equals(salt)) end += frame
  return end
}

function flip(file: string, at: number, octets: number): void {
  const bytes = readFileSync(file)
  for (let n = at; n < Math.min(at + octets, bytes.length); n += 1)
    bytes[n] = ~(bytes[n] ?? 0) & 255
  writeFileSync(file, bytes)
}

/** Number of a page of a tree that is in use; the first octet says so. The first page is judged elsewhere. */
function treePage(folder: string, random: Random): number {
  const bytes = readFileSync(join(folder, DATABASE))
  const trees = counted(bytes.length / PAGE - 1, 1).filter((it) =>
    [2, 5, 10, 13].includes(bytes[it * PAGE] ?? 0),
  )
  return trees[within(trees.length, random)] ?? 1
}

/** Opened: the first messages without a gap, each whole with its object and its event, and none besides. */
async function judgePrefix(folder: string): Promise<void> {
  const many = await found(folder)
  assert.ok(many >= KEPT && many <= ALL, `${many} messages`)
}

async function found(folder: string): Promise<number> {
  const store = await openStore(folder)
  try {
    return await wholeIn(store)
  } finally {
    await store.close()
  }
}

async function wholeIn(store: Store): Promise<number> {
  const { last } = await store.horizon()
  for (const n of counted(ALL)) {
    const leg = await store.message('north', `message-${n}`)
    const [object] = await store.objects('Things', [`o${n}`], [])
    const due = n < last
    assert.is(leg?.request, due ? message(n).request : undefined, `message ${n} of ${last}`)
    assert.is(object?.body, due ? `{"n":${n}}` : undefined, `object ${n} of ${last}`)
  }
  const events = await store.events(0, ALL + 1)
  assert.equal(
    events.map((it) => it.seq),
    counted(last, 1),
  )
  return last
}

/** Refused with its name and a remedy; the files are as they were. */
async function judgeRefused(
  folder: string,
  code: StoreError['code'],
  named: string,
): Promise<void> {
  const before = filesIn(folder)
  const error = await refusalOf(folder)
  assert.is(error.code, code, error.message)
  assert.match(error.message, named)
  assert.match(error.message, 'Restore the whole folder')
  assert.equal(filesIn(folder), before, 'nothing is made, nothing is mended')
}

/** Names of all but the notes of who has it, and the size of the database. */
function filesIn(folder: string): readonly string[] {
  const notes = ['cimgate.pid', 'cimgate.db-shm', WAL]
  return readdirSync(folder).filter((it) => !notes.includes(it))
}

async function refusalOf(folder: string): Promise<StoreError> {
  try {
    await (await openStore(folder)).close()
  } catch (error) {
    return error as StoreError
  }
  throw new Error('it was opened')
}

/** Each message is whole, or the store says that it is damaged; the others can be read. */
async function judgeQuarantined(folder: string): Promise<void> {
  let store: Store
  try {
    store = await openStore(folder)
  } catch (error) {
    // A page that opening itself needs.
    assert.is((error as StoreError).code, 'store-damaged', (error as Error).message)
    return
  }
  try {
    for (const n of counted(KEPT)) {
      const read = await store.message('north', `message-${n}`).then(
        (it) => it?.request,
        (error: StoreError) => error.code,
      )
      assert.ok(read === message(n).request || read === 'store-damaged', `message ${n}: ${read}`)
    }
  } finally {
    await store.close()
  }
}
