// Builds, runs every *.test.js under uvu with per-file coverage floors, and ends with one plain line
// that any CI can read: `N passed, N failed`. The tests run in parts of about the same length, some of them side by side,
// so that none comes near its limit on a machine that is busy.
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = (name, path) => join(root, 'node_modules', name, path)
/** What each part has, of what none before it has; the last has the rest. What takes longest comes first: whole servers, and whole runs of the suite. */
const SHARES = [
  'src/serve/crash-points',
  'conformance/[a-f]',
  'src/shell/store/',
  'conformance/',
  'src/serve/[a-f]',
  'src/serve/[g-q]',
  'src/serve/',
  'src/(cli|shell)',
  'src/schema/',
  'src/gateway/',
  '',
]
const PARTS = SHARES.map((it, at) => `^${SHARES.slice(0, at).map((other) => `(?!${other})`).join('')}${it}`)
/** Most tests wait for a disk or a process now and then: more than there are cores. */
const AT_ONCE = Math.max(3, availableParallelism())
/** Folders of tests are in memory where it has room: a store waits for no disk, and kill -9 takes nothing from either. */
const MEMORY = { path: '/dev/shm', leastBytes: 4 * 2 ** 30 }
/** A server that a test has left open would keep a part from ending. */
const LONGEST_MS = 9 * 60_000

/** What has come of the tests that show an acceptance criterion; a new build begins without. */
const ACCEPTANCE = join(root, 'dist', 'acceptance.json')
/** It bears the ids of the criteria before its first colon: `SR-04/AC1, G-AC38: …` */
const CRITERIA = /^[^:]*(?:\/AC|G-AC)\d/
const RECORDING = new URL('./recording.mjs', import.meta.url).href

const [pattern] = process.argv.slice(2)
if (pattern === '--parts') tally(await run(PARTS))
else await main()

async function main() {
  const build = spawnSync(process.execPath, [join(root, 'src/launch.cjs'), '--build'], { stdio: 'inherit' })
  if (build.status !== 0) return finish(0, 1)
  if (pattern !== undefined) return finish(...(await run([pattern])))
  // The coverage of all parts is counted together: the floors are those of the whole run.
  const parts = [process.execPath, fileURLToPath(import.meta.url), '--parts']
  const { output, code } = await ended([bin('c8', 'bin/c8.js'), ...parts])
  const [, passed = 0, failed = 1] = /^tests: (\d+) good, (\d+) bad$/m.exec(output)?.map(Number) ?? []
  // A crash, or a coverage floor not met, fails the run although no single test did.
  finish(passed, code === 0 ? failed : Math.max(failed, 1))
}

/** The sums of what passed and what failed. */
async function run(parts) {
  const uvu = (part) => ['--import', RECORDING, bin('uvu', 'bin.js'), 'dist', `${part}.*\\.test\\.js$`]
  const folder = mkdtempSync(join(hasRoom(MEMORY) ? MEMORY.path : tmpdir(), 'cimgate-tests-'))
  // A database server that root starts runs as nobody, and has to get to its own folder.
  chmodSync(folder, 0o711)
  const [RECORDED_TESTS, TMPDIR] = ['recorded', 'tmp'].map((it) => join(folder, it))
  for (const it of [RECORDED_TESTS, TMPDIR]) mkdirSync(it)
  const how = { timeout: LONGEST_MS, env: { ...process.env, RECORDED_TESTS, TMPDIR } }
  const runs = await someAtOnce(parts.map((it, at) => () => ended(uvu(it), { ...how, live: at === 0 })))
  const noted = readdirSync(RECORDED_TESTS).flatMap((it) => JSON.parse(readFileSync(join(RECORDED_TESTS, it), 'utf8')))
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  keep(noted, parts === PARTS)
  tellLongest(noted)
  tellFailed(noted)
  const counts = runs.map(countsOf)
  return [0, 1].map((at) => counts.reduce((sum, it) => sum + it[at], 0))
}

/** Where the time goes, in the files that take most of it. */
function tellLongest(noted) {
  const sums = new Map()
  for (const { file, ms = 0 } of noted) sums.set(file, (sums.get(file) ?? 0) + ms)
  const longest = [...sums].sort(([, a], [, b]) => b - a).slice(0, 10)
  for (const [file, ms] of longest) console.log(`${(ms / 1000).toFixed(1).padStart(7)} s  ${file}`)
}

/** Once more at the end, where a log that is cut short still has it. */
function tellFailed(noted) {
  for (const { file, name, result, failure = result } of noted.filter(({ result }) => result === 'failed' || result === 'not run'))
    console.log(`\nFAILED ${file}: ${name}\n${failure}`)
}

/** A platform that has no such place says so. */
function hasRoom({ path, leastBytes }) {
  try {
    const { bavail, bsize } = statfsSync(path)
    return bavail * bsize >= leastBytes
  } catch {
    return false
  }
}

/** The next begins when one has ended. */
async function someAtOnce(tasks) {
  const results = []
  const waiting = tasks.entries()
  const work = async () => {
    for (const [at, task] of waiting) results[at] = await task()
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return results
}

/** @param whole true = every test there is; else what other files have come to is kept */
function keep(noted, whole) {
  const shown = noted.filter(({ name }) => CRITERIA.test(name)).map(({ file, name, result }) => ({ file, name, result }))
  const files = new Set(noted.map(({ file }) => file))
  const before = whole ? { whole, tests: [] } : kept()
  const tests = [...before.tests.filter(({ file }) => !files.has(file)), ...shown]
  writeFileSync(ACCEPTANCE, JSON.stringify({ at: new Date().toISOString(), whole: before.whole, tests }))
}

function kept() {
  try {
    return JSON.parse(readFileSync(ACCEPTANCE, 'utf8'))
  } catch {
    return { whole: false, tests: [] }
  }
}

function countsOf({ output, code }) {
  const plain = output.replace(/\x1b\[[0-9;]*m/g, '')
  const count = (label) =>
    Number([...plain.matchAll(new RegExp(`^ *${label}: +(\\d+)`, 'gm'))].at(-1)?.[1] ?? 0)
  const failed = count('Total') - count('Passed')
  return [count('Passed'), code === 0 ? failed : Math.max(failed, 1)]
}

/** @param live false: the output is shown when the child has ended, so that they do not mix */
function ended(args, { timeout, env, live = true } = {}) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], timeout, env })
  return new Promise((done) => {
    let output = ''
    const show = (text) => void (live && process.stdout.write(text))
    child.stdout.on('data', (chunk) => {
      output += chunk
      show(chunk)
    })
    child.on('close', (code, signal) => {
      if (!live) process.stdout.write(output)
      if (signal !== null) console.log(`stopped by ${signal}: after nine minutes, or from outside`)
      done({ output, code })
    })
  })
}

function tally([passed, failed]) {
  console.log(`tests: ${passed} good, ${failed} bad`)
  process.exitCode = failed === 0 ? 0 : 1
}

function finish(passed, failed) {
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1
}
