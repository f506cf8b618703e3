// What reaches the disk, how often it is synced, and what happens when the disk refuses.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { HANG_MS } from '../wait.fixture.ts'
import { counted, keep, samplePut, sampleUnit } from './contract/samples.ts'
import { kyselyOn } from './sqlite/open.ts'
import { engineOn } from './engine.ts'
import { openStore } from './index.ts'
import { openFile } from './sqlite/connection.ts'
import { migrate } from './sqlite/migrate.ts'

const test = suite('store: durability')
const home = mkdtempSync(join(tmpdir(), 'cimgate-durable-'))
test.after(() => rmSync(home, { recursive: true, force: true }))

const fixture = (name: string) => fileURLToPath(new URL(`./${name}.fixture.js`, import.meta.url))

/** A test that needs a tool of the system: without it, it is skipped and says so; it never passes. */
function testWith(tool: string, probe: readonly string[], title: string, check: () => void): void {
  const isThere = spawnSync(tool, probe).status === 0
  if (isThere) test(title, check)
  else test.skip(`${title} (not run: no ${tool})`, check)
}

test('commits fewer times than there are units when they come together', async () => {
  const folder = join(home, 'group')
  const store = await openStore(folder)
  const before = commitsIn(join(folder, 'cimgate.db-wal'))
  await Promise.all(counted(64).map((n) => keep(store, sampleUnit(`${n}`))))
  const commits = commitsIn(join(folder, 'cimgate.db-wal')) - before
  await store.close()
  assert.ok(commits >= 1 && commits <= 4, `${commits} commits for 64 units`)
})

/** Counts the frames of a WAL that end a transaction: those that give the size of the database. */
function commitsIn(file: string): number {
  const wal = readFileSync(file)
  const frame = 24 + wal.readUInt32BE(8)
  const salt = wal.subarray(16, 24)
  const starts = counted(Math.floor((wal.length - 32) / frame)).map((n) => 32 + n * frame)
  const live = starts.filter((at) => wal.subarray(at + 8, at + 16).equals(salt))
  return live.filter((at) => wal.readUInt32BE(at + 4) > 0).length
}

testWith('strace', ['-V'], 'syncs the disk once for each commit', () => {
  assert.ok(syncs(40) - syncs(10) >= 30)
})

/** Syncs that a process makes which commits so many units one after the other. */
function syncs(units: number): number {
  const file = join(home, `strace-${units}`)
  const watched = ['-f', '-e', 'trace=fsync,fdatasync', '-o', file, process.execPath]
  const args = [join(home, `synced-${units}`), join(home, 'ledger'), 'r', '1', `${units}`]
  const run = spawnSync('strace', [...watched, fixture('writers'), ...args], { encoding: 'utf8' })
  assert.is(run.status, 0, run.stderr)
  return readFileSync(file, 'utf8').match(/(fsync|fdatasync)\(/g)?.length ?? 0
}

test('keeps nothing of a group that finds the database full, and goes on when there is space', async () => {
  const connection = openFile(join(home, 'full.db'))
  const db = kyselyOn(connection)
  await migrate(db, 0)
  const engine = engineOn(db)
  connection.pragma('max_page_count = 40')
  const big = [samplePut('b', { body: 'x'.repeat(200_000) })]
  const group = [sampleUnit('a'), sampleUnit('b', big), sampleUnit('c')]
  const fault: unknown = await engine.commit(group).catch((error: unknown) => error)
  assert.is((fault as { readonly code?: string }).code, 'store-full')
  assert.is(await engine.message('north', 'message-a'), undefined)
  assert.equal(await engine.horizon(), { oldest: 0, last: 0 })
  connection.pragma('max_page_count = 4000')
  const kinds = (await engine.commit(group)).map(({ kind }) => kind)
  assert.equal(kinds, ['committed', 'committed', 'committed'])
  assert.equal(await engine.horizon(), { oldest: 1, last: 3 })
  await db.destroy()
})

interface Report {
  readonly code: string
  readonly written: string
  readonly refused: string
  readonly reopened: number
  readonly acked: number
  readonly objects: number
  readonly lastIsThere: boolean
  readonly gapFree: boolean
  readonly toldAll: boolean
}

function reportOf(command: string, args: readonly string[]): Report {
  const run = spawnSync(command, args, { encoding: 'utf8', timeout: 2 * HANG_MS })
  assert.is(run.status, 0, run.stderr)
  return JSON.parse(run.stdout) as Report
}

const OWN_MOUNT = ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=1m tmpfs /mnt']
testWith(
  'unshare',
  OWN_MOUNT,
  'acknowledges nothing on a full disk, and goes on when there is space',
  () => {
    const disk = join(home, 'disk')
    const script =
      'mkdir "$1" && mount -t tmpfs -o size=4m tmpfs "$1" && head -c 1500000 /dev/zero > "$1/ballast" && exec "$2" "$3" "$1/data" "rm $1/ballast"'
    const args = ['-rm', 'sh', '-c', script, 'sh', disk, process.execPath, fixture('disk')]
    const report = reportOf('unshare', args)
    assert.is(report.code, 'store-full')
    assert.is(report.written, 'no')
    assert.is(report.reopened, 0)
    assert.not.ok(report.lastIsThere)
    assert.is(report.objects, report.acked)
    assertWhole(report)
  },
)

testWith('prlimit', ['--version'], 'reopens by itself after an error of the disk', () => {
  const args = [
    '--fsize=2000000:unlimited',
    process.execPath,
    fixture('disk'),
    join(home, 'limited'),
  ]
  const report = reportOf('prlimit', [...args, 'prlimit --pid $PID --fsize=unlimited'])
  assert.is(report.code, 'store-io')
  assert.is(report.written, 'unknown')
  assert.ok(report.reopened >= 1, 'the connection that failed is not used again')
  assert.is(report.objects, report.acked + Number(report.lastIsThere))
  assertWhole(report)
})

function assertWhole(report: Report): void {
  assert.ok(report.acked > 10, 'some units were kept before')
  assert.not.equal(report.refused, 'kept')
  assert.ok(report.gapFree, 'the feed has a gap')
  assert.ok(report.toldAll, 'listeners were not told everything')
}

test.run()
