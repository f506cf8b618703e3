// Compiles a clone and bundles its command line, for the launcher. A published package does not have it.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { utimesSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')
const lock = join(root, 'dist-lock')
const TEST = /\.(test|fixture|contract|samples)\.ts$/

/**
 * One start compiles, the others wait for it.
 * @param folders names of those that hold sources
 * @param stale says whether the build is older than they are
 */
export async function buildOnce(folders, stale) {
  while (!locked()) {
    await new Promise((done) => setTimeout(done, 100))
    if (!existsSync(lock) && !stale()) return
  }
  try {
    if (stale()) await build(folders.filter((it) => existsSync(join(root, it))))
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
async function build(folders) {
  const [fresh, old] = [`${dist}-${process.pid}`, `${dist}-old-${process.pid}`]
  const startedAt = new Date()
  const found = JSON.stringify(sources(folders))
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
  if (await bundle(fresh)) compileBundle(fresh)
  writeFileSync(join(fresh, '.built.json'), found)
  // What is written while it compiles is newer than this build.
  utimesSync(join(fresh, '.built.json'), startedAt, startedAt)
  if (existsSync(dist)) renameSync(dist, old)
  renameSync(fresh, dist)
  rmSync(old, { recursive: true, force: true })
}

/** What decides how is built, besides the sources. */
const OWN = ['tsconfig.json', 'package.json', 'src/launch.cjs', 'src/build.mjs', 'src/bundle.mjs']

/** What a build is made of, below the root: files of the program and all folders, and what is there for tests alone. */
function sources(folders) {
  const found = { program: [...OWN], tests: [] }
  const search = (folder) => {
    found.program.push(folder)
    for (const it of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${it.name}`
      if (it.isDirectory()) search(path)
      else if (it.name.endsWith('.ts')) found[TEST.test(it.name) ? 'tests' : 'program'].push(path)
    }
  }
  folders.forEach(search)
  return found
}

/** What is worked out once and not at every start: what the shipped schemas say about themselves. */
async function prepare(fresh) {
  const facts = join(fresh, 'src/shell/xml-in/xsd-facts.js')
  if (!existsSync(facts)) return
  const { buildFacts } = await import(pathToFileURL(facts).href)
  await buildFacts({ path: join(root, 'xsd'), shipped: true })
}

/** Keeps what V8 makes of the bundle when it judges the samples: to compile it at every start takes longer than to judge one. */
function compileBundle(fresh) {
  const command = [join(fresh, 'command/cli.cjs'), 'validate', join(root, 'samples')]
  spawnSync(process.execPath, [join(root, 'src/launch.cjs'), '--compile', ...command])
}

function compiler() {
  const require = createRequire(import.meta.url)
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
