#!/usr/bin/env node
// Starts the compiled program. In a clone it compiles first whenever a source is newer than the last
// build, so that `npm ci` alone is enough, also where install scripts are switched off.
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { utimesSync, writeFileSync } from 'node:fs'
import * as module from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')
const stamp = join(dist, '.built.json')
const lock = join(root, 'dist-lock')
const FOLDERS = ['src', 'conformance', 'bench']
const TEST = /\.(test|fixture|contract|samples)\.ts$/

const [flag, file] = process.argv.slice(2)
// A published package has no tsconfig.json and brings its dist/ along.
if (existsSync(join(root, 'tsconfig.json')) && stale()) await buildOnce()
if (flag !== '--build') {
  startFast()
  if (flag === '--run') process.argv.splice(1, 3, join(dist, file))
  await import(pathToFileURL(join(dist, flag === '--run' ? file : command())).href)
}

/** The command line, bundled where there is a bundle. */
function command() {
  return existsSync(join(dist, 'command/cli.js')) ? 'command/cli.js' : 'src/cli.js'
}

/**
 * Newer sources; newer folders too, so that what was deleted does not live on in dist/. A start looks only at what the
 * program is made of, and a build at the tests too. Both look at what the last build has found: to search for it again
 * takes as long as to look at it.
 */
function stale() {
  const built = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs
  if (built === undefined) return true
  const { program, tests } = JSON.parse(readFileSync(stamp, 'utf8'))
  const newer = (path) => !(statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs <= built)
  const unknown = (folder) => !program.includes(folder) && existsSync(join(root, folder))
  return program.some(newer) || FOLDERS.some(unknown) || (flag === '--build' && tests.some(newer))
}

/** What a build is made of, below the root: files of the program and all folders, and what is there for tests alone. */
function sources() {
  const found = { program: ['tsconfig.json', 'package.json', 'src/bundle.mjs'], tests: [] }
  const search = (folder) => {
    found.program.push(folder)
    for (const it of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${it.name}`
      if (it.isDirectory()) search(path)
      else if (it.name.endsWith('.ts')) found[TEST.test(it.name) ? 'tests' : 'program'].push(path)
    }
  }
  for (const it of FOLDERS) if (existsSync(join(root, it))) search(it)
  return found
}

/** One start compiles, the others wait for it. */
async function buildOnce() {
  while (!locked()) {
    await new Promise((done) => setTimeout(done, 100))
    if (!existsSync(lock) && !stale()) return
  }
  try {
    if (stale()) await build()
  } finally {
    rmSync(lock, { force: true })
  }
}

/** True when the lock is ours now. That of a process which is gone counts no more. */
function locked() {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    if (isAbandoned()) rmSync(lock, { force: true })
    return false
  }
}

function isAbandoned() {
  try {
    const pid = Number(readFileSync(lock, 'utf8'))
    // Between its creation and its content the lock is empty.
    return pid > 0 && !isAlive(pid)
  } catch {
    return false // it has just been given back
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Compiles beside the old build and swaps it in by renaming: nobody ever reads half-written files. */
async function build() {
  const { spawnSync } = await import('node:child_process')
  const [fresh, old] = [`${dist}-${process.pid}`, `${dist}-old-${process.pid}`]
  const startedAt = new Date()
  const found = JSON.stringify(sources())
  const run = spawnSync(process.execPath, [compiler(), '-p', root, '--outDir', fresh], {
    encoding: 'utf8',
  })
  if (run.status !== 0) {
    rmSync(fresh, { recursive: true, force: true })
    giveUp(`${run.stdout ?? ''}${run.stderr ?? ''}${run.error ?? ''}\ncimgate does not compile.`)
  }
  await prepare(fresh).catch((error) => {
    rmSync(fresh, { recursive: true, force: true })
    giveUp(`The shipped schemas cannot be read: ${error.message}`)
  })
  const { bundle } = await import('./bundle.mjs')
  await bundle(fresh)
  writeFileSync(join(fresh, '.built.json'), found)
  // What is written while it compiles is newer than this build.
  utimesSync(join(fresh, '.built.json'), startedAt, startedAt)
  if (existsSync(dist)) renameSync(dist, old)
  renameSync(fresh, dist)
  rmSync(old, { recursive: true, force: true })
}

/** What is worked out once and not at every start: what the shipped schemas say about themselves. */
async function prepare(fresh) {
  const facts = join(fresh, 'src/shell/xml-in/xsd-facts.js')
  if (!existsSync(facts)) return
  const { buildFacts } = await import(pathToFileURL(facts).href)
  await buildFacts({ path: join(root, 'xsd'), shipped: true })
}

function compiler() {
  const require = module.createRequire(import.meta.url)
  try {
    const path = require.resolve('typescript/package.json')
    return join(path, '..', require(path).bin.tsc)
  } catch {
    return giveUp(
      'cimgate is not compiled yet, and no compiler is installed: run npm ci --include=dev.',
    )
  }
}

function giveUp(why) {
  rmSync(lock, { force: true })
  process.stderr.write(`${why}\n`)
  process.exit(2)
}

/** Most commands end before the optimizing compilers have paid for themselves. */
function startFast() {
  // from Node 22.1: what was compiled by an earlier start is kept
  module.enableCompileCache?.()
  if (parseInt(process.versions.v8) > 11) return
  // Imported, it would make all its parts at once.
  const { setFlagsFromString } = process.getBuiltinModule('node:v8')
  // Node 20 optimizes WebAssembly after 1,800,000 octets run, later versions after 13,000,000.
  setFlagsFromString('--wasm-tiering-budget=13000000')
  // It optimizes JavaScript so early, after 67,584, that much of it is thrown away and done again: to judge 2,000 messages
  // takes half as long by this, and only from 20,000 on it is the other way round. What runs for long has the time.
  if (flag !== 'serve' && flag !== '--run') setFlagsFromString('--interrupt-budget=300000')
}
